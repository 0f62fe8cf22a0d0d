//! Faces found, covered, allowed, subset.
//!
//! In: font files, bundled or the user's. Out: a [`Library`] that answers which face has a
//! character and how wide its glyph is, and subsets of faces for editions. Tables are read where
//! they lie; nothing is copied at the start.

mod bundle;
mod collection;
mod face;
mod guard;
mod library;
mod subset;
mod webfont;

pub use bundle::{BUNDLE, Bundled};
pub use collection::faces_of;
pub use face::{Face, FaceData, Metrics, OutlinePen, Reader};
pub use library::{FaceId, Library, Origin as FaceOrigin, Role, Voice};
pub use subset::{Subset, subset};
pub use webfont::{webfont, woff2};

/// Why a face cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    /// A table is missing or cannot be read.
    #[error("{0}")]
    Broken(String),
    /// The licence bits (`OS/2.fsType`) forbid embedding or subsetting.
    #[error("embedding is forbidden by its licence bits")]
    Forbidden,
    /// There are more faces than a run can have.
    #[error("more than 255 faces")]
    TooMany,
    /// No face stands in for a role that the designs need.
    #[error("no face for the role {0}")]
    NoFace(&'static str),
}
