//! What a design draws on a cover.

use super::{Ink, StyleId};
use crate::length::Pt;

/// A box on the page, from its top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MmBox {
    /// From the left edge.
    pub x: Pt,
    /// From the top.
    pub y: Pt,
    /// Width.
    pub width: Pt,
    /// Height.
    pub height: Pt,
}

/// One element, drawn in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverElement {
    /// What it is.
    pub kind: CoverKind,
    /// Where.
    pub area: MmBox,
}

/// The kinds of elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoverKind {
    /// A filled box.
    Block {
        /// Its colour.
        ink: Ink,
    },
    /// A line of text; `{title}`, `{author}`, `{source}`, `{date}` are filled in.
    Text {
        /// The words.
        text: String,
        /// Their style.
        style: StyleId,
    },
    /// The headings of the article, one a line.
    Parts {
        /// Their style.
        style: StyleId,
    },
    /// One bar a sentence, as high as the sentence is long.
    Skyline {
        /// The colour, which is drawn in tints.
        ink: Ink,
    },
    /// A square seal with up to four characters.
    Seal {
        /// The words.
        text: String,
        /// Their style.
        style: StyleId,
        /// The colour of the square.
        ink: Ink,
    },
}
