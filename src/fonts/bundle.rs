//! The faces that come with the program, by file name and role.
//!
//! The bytes are not here: the binary links them, tests read the same files from `fonts/`.

use super::library::Role;

/// A bundled face's file in `fonts/` and its role.
pub const BUNDLE: &[(&str, Role)] = &[
    ("NotoSerifSC-Regular.otf", Role::Song),
    ("NotoSerifSC-Bold.otf", Role::SongBold),
    ("NotoSansSC-Regular.otf", Role::Hei),
    ("NotoSansSC-Bold.otf", Role::HeiBold),
    ("LXGWWenKai-Regular.ttf", Role::Kai),
    ("SourceSerifPro-Regular.otf", Role::Latin),
    ("SourceSerifPro-Bold.otf", Role::LatinBold),
    ("SourceSerifPro-It.otf", Role::LatinItalic),
    ("NotoSansMono-Regular.otf", Role::Mono),
];

/// A file of the bundle, as the binary links it.
#[derive(Debug, Clone, Copy)]
pub struct Bundled {
    /// The file's name, as in [`BUNDLE`].
    pub file: &'static str,
    /// What is in it.
    pub bytes: &'static [u8],
}
