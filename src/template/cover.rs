//! What a design draws on covers and other pages without a text of their own.

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
    /// The colour of its words, where it is not that of their style.
    pub ink: Option<Ink>,
}

/// The kinds of elements. In texts `{title}`, `{author}`, `{source}`, `{date}`, `{year}`,
/// `{number}`, `{issue}`, `{total}`, `{publisher}`, `{price}`, `{issn}` and `{cn}` are filled in; a text with one
/// that the issue does not have is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoverKind {
    /// A filled box.
    Block {
        /// Its colour.
        ink: Ink,
        /// How strong, per cent.
        tint: u8,
    },
    /// Hairlines as far apart as lines of vertical text.
    Grid {
        /// Their colour.
        ink: Ink,
    },
    /// A line of text, as large as fits the box up to the size of its style.
    Text {
        /// The words.
        text: String,
        /// Their style.
        style: StyleId,
    },
    /// Text that runs down, its first line at the right edge of the box.
    Vertical {
        /// The words.
        text: String,
        /// Their style.
        style: StyleId,
    },
    /// Very large figures, as high as the box; they may run off the page.
    Figure {
        /// The words.
        text: String,
        /// Their style.
        style: StyleId,
        /// How strong their colour is, per cent.
        tint: u8,
    },
    /// What the issue announces, one a line.
    Headlines {
        /// Their style.
        style: StyleId,
    },
    /// The names of the sections, one after the other.
    Sections {
        /// Their style.
        style: StyleId,
    },
    /// The headings of a single article, one a line; the titles of an issue's articles.
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
    /// The cover's picture, filling the box.
    Picture,
    /// The bar code of the ISSN with that of the issue, on white.
    Barcode {
        /// The style of its digits.
        style: StyleId,
    },
}
