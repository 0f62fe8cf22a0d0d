//! What stands on a page.

use super::NodeId;
use crate::colour::Colour;
use crate::fonts::FaceId;
use crate::length::{Pt, Rect};
use std::ops::Range;

/// What an item means: a part of the text, or furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Belongs to a node of the structure.
    Node(NodeId),
    /// Running heads, folios, rules, decoration.
    Artefact,
}

/// One glyph of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// How many bytes of the run's characters it stands for; 0 when an earlier glyph does.
    pub text: u8,
    /// Its origin, in 1/65 536 pt from the run's.
    pub x: i32,
}

/// How glyphs stand on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub enum Turn {
    /// Side by side on a baseline.
    #[default]
    Level,
    /// One below the other, each upright: 直排. The run's `x` is the middle of the column, its
    /// `baseline` the top of the first em box, and glyphs are that far down.
    Upright,
    /// On a baseline that runs down, tops to the right. The run's `x` is that baseline.
    Rotated,
}

/// Glyphs of one face, size and colour on one baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlyphRun {
    /// The face.
    pub face: FaceId,
    /// Type size.
    pub size: Pt,
    /// Colour.
    pub colour: Colour,
    /// Origin, from the left edge of the page.
    pub x: Pt,
    /// Baseline, from the top of the page.
    pub baseline: Pt,
    /// Which of the page's glyphs.
    pub glyphs: Range<usize>,
    /// Which of the page's characters.
    pub text: Range<usize>,
    /// How its glyphs stand.
    pub turn: Turn,
    /// What it belongs to.
    pub mark: Mark,
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// Glyphs.
    Text(GlyphRun),
    /// A filled rectangle; rules are thin ones.
    Fill {
        /// Where.
        rect: Rect,
        /// In which colour.
        colour: Colour,
        /// Always furniture.
        mark: Mark,
    },
    /// A filled rectangle that lets through what lies below.
    Veil {
        /// Where.
        rect: Rect,
        /// In which colour.
        colour: Colour,
        /// How much it hides, per cent.
        opacity: u8,
    },
    /// A filled polygon: dots and waves beside words.
    Polygon {
        /// Its corners, in order.
        points: Vec<(Pt, Pt)>,
        /// In which colour.
        colour: Colour,
        /// Always furniture.
        mark: Mark,
    },
    /// A picture, filling its rectangle.
    Picture {
        /// Which of the layout's.
        picture: usize,
        /// Where.
        rect: Rect,
        /// What it belongs to.
        mark: Mark,
    },
}

/// A place that leads elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it can be clicked.
    pub rect: Rect,
    /// Where it leads to.
    pub target: Target,
    /// Its node in the structure.
    pub node: NodeId,
}

/// Where a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A place of the edition.
    Place {
        /// The page, from 0.
        page: usize,
        /// How far down that page.
        y: Pt,
    },
    /// Outside the edition.
    Address(String),
}
