//! What input may ask for at most; every bound of this room stands here.
//!
//! Real articles stay far below. What goes over is refused or left out with a message that names
//! the limit.

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 64 * 1024 * 1024;

/// The deepest that elements of a page may be nested; tags below are left out, their words kept.
pub const HTML_DEPTH: usize = 256;

/// Elements and texts of a page.
pub const HTML_NODES: usize = 2_000_000;

/// Attributes of one element of a page.
pub const HTML_ATTRIBUTES: usize = 10_000;

/// The deepest that quotations and lists of Markdown may be nested.
pub const MARKDOWN_DEPTH: usize = 100;

/// Entries of a Word file.
pub const ZIP_ENTRIES: usize = 10_000;

/// Bytes of one unpacked entry of a Word file.
pub const ZIP_ENTRY: u64 = 64 * 1024 * 1024;

/// Bytes of all unpacked entries of a Word file.
pub const ZIP_TOTAL: u64 = 512 * 1024 * 1024;

/// The deepest that elements of a Word file's parts may be nested.
pub const XML_DEPTH: usize = 256;

/// Elements of one of a Word file's parts.
pub const XML_NODES: usize = 2_000_000;

/// Attributes of one element of a Word file's parts.
pub const XML_ATTRIBUTES: usize = 1_000;

/// Bytes of one picture.
pub const PICTURE: u64 = 64 * 1024 * 1024;

/// Pixels of one picture.
pub const PIXELS: u64 = 200_000_000;

/// Columns or rows that one cell of a table may take.
pub const SPAN: u16 = 1_000;
