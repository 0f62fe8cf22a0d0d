//! Pictures of an edition, as they came.

use std::sync::Arc;

/// A picture that pages refer to by its place in [`super::Layout::pictures`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The name people know it by.
    pub name: String,
    /// Width in pixels, as it is shown.
    pub width: u32,
    /// Height in pixels, as it is shown.
    pub height: u32,
    /// The file: JPEG, PNG, GIF or WebP, told apart by how it begins.
    pub bytes: Arc<[u8]>,
}
