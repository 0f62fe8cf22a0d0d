//! The words of one paragraph with how they look: what goes into the line engine.

use crate::colour::Colour;
use crate::fonts::Voice;
use crate::length::Pt;
use crate::page::Mark;

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// Its faces.
    pub(super) voice: Voice,
    /// Type size.
    pub(super) size: Pt,
    /// Colour.
    pub(super) colour: Colour,
}

/// A part of a strand, up to `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// One past its last byte.
    pub(super) end: usize,
    /// How it looks.
    pub(super) look: Look,
    /// What it belongs to.
    pub(super) mark: Mark,
}

/// Text in pieces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Strand {
    /// All characters.
    pub(super) text: String,
    /// The pieces, covering the text in order.
    pub(super) pieces: Vec<Piece>,
}

impl Strand {
    /// A strand of one piece.
    #[must_use]
    pub(super) fn of(text: &str, look: Look, mark: Mark) -> Self {
        let mut strand = Self::default();
        strand.push(text, look, mark);
        strand
    }

    /// Adds a piece.
    pub(super) fn push(&mut self, text: &str, look: Look, mark: Mark) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        self.pieces.push(Piece { end: self.text.len(), look, mark });
    }

    /// Adds another strand's pieces.
    pub(super) fn append(&mut self, other: Self) {
        let start = self.text.len();
        self.text.push_str(&other.text);
        let moved = other.pieces.into_iter().map(|p| Piece { end: p.end + start, ..p });
        self.pieces.extend(moved);
    }
}
