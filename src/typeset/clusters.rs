//! The clusters of a paragraph: what is never broken, with its class, its width and its glyphs.
//!
//! Flat arrays, one place a cluster, so that a paragraph costs a few allocations however long it
//! is. The shaper fills them, spacing and breaking read them.

use super::classes::Class;
use super::ruby::Reading;
use super::strand::Rise;
use crate::fonts::FaceId;
use crate::length::{Em, Pt};
use crate::page::Turn;

/// A glyph of a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ShapedGlyph {
    pub(super) id: u16,
    pub(super) face: FaceId,
    /// From the cluster's body, in units.
    pub(super) x: i64,
}

/// A hyphen that a parted word ends its line with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hyphen {
    pub(super) glyph: ShapedGlyph,
    /// Its advance, in units.
    pub(super) width: i64,
}

/// The clusters of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Clusters {
    pub(super) class: Vec<Class>,
    /// Where each begins in the strand's text; one more at the end.
    pub(super) text: Vec<usize>,
    /// Where each one's glyphs begin; one more at the end.
    pub(super) first: Vec<usize>,
    /// Width without the blanks of marks, in units.
    pub(super) body: Vec<i64>,
    /// The blank before each body that a line start or a neighbour may take, in units.
    pub(super) lead: Vec<i64>,
    /// The blank after each body.
    pub(super) trail: Vec<i64>,
    /// The piece of the strand each belongs to.
    pub(super) piece: Vec<usize>,
    pub(super) glyphs: Vec<ShapedGlyph>,
    /// How each stands.
    pub(super) turn: Vec<Turn>,
    /// Numbers set in one cell of vertical text (纵中横), and the size that makes them fit.
    pub(super) combined: Vec<(usize, Pt)>,
    /// Words with their readings, in order.
    pub(super) readings: Vec<Reading>,
    /// Type size of each piece.
    pub(super) sizes: Vec<Pt>,
    /// Which pieces are raised or lowered.
    pub(super) rises: Vec<Rise>,
    /// Long dashes of vertical text.
    pub(super) lying: Vec<usize>,
    /// Clusters that are kana.
    pub(super) kana: Vec<usize>,
    /// Clusters that end with a hyphen inside a word.
    pub(super) hyphens: Vec<usize>,
    /// Clusters after which a word may be parted, and the hyphen it is parted with.
    pub(super) partings: Vec<(usize, Hyphen)>,
    /// Spaces and their advances, in units.
    pub(super) spaces: Vec<(usize, i64)>,
    /// Clusters that are particles, which no line of a title begins with.
    pub(super) particles: Vec<usize>,
}

impl Clusters {
    pub(super) fn len(&self) -> usize {
        self.class.len()
    }

    pub(super) fn size_at(&self, at: usize) -> Pt {
        self.sizes.get(self.piece[at]).copied().unwrap_or_default()
    }

    pub(super) fn glyphs_of(&self, at: usize) -> &[ShapedGlyph] {
        &self.glyphs[self.first[at]..self.first[at + 1]]
    }

    /// The advance of a space, in units; a quarter of an em where the face has none.
    pub(super) fn space_width(&self, at: usize) -> i64 {
        match self.spaces.binary_search_by_key(&at, |(cluster, _)| *cluster) {
            Ok(found) => self.spaces[found].1,
            Err(_) => Em::QUARTER.at(self.size_at(at)).units(),
        }
    }

    /// Whether a particle stands at a place.
    pub(super) fn is_particle(&self, at: usize) -> bool {
        self.particles.binary_search(&at).is_ok()
    }

    /// Whether a cluster stands on the line, higher or lower.
    pub(super) fn rise_at(&self, at: usize) -> Rise {
        self.rises.get(self.piece[at]).copied().unwrap_or_default()
    }

    /// Whether a cluster is kana.
    pub(super) fn is_kana(&self, at: usize) -> bool {
        self.kana.binary_search(&at).is_ok()
    }

    /// Whether a cluster and the next belong to one word with a reading.
    pub(super) fn shares_reading(&self, at: usize) -> bool {
        let found = self.readings.partition_point(|reading| reading.base.end <= at);
        self.readings.get(found).is_some_and(|r| r.base.start <= at && at + 1 < r.base.end)
    }

    /// Makes a cluster wider, its glyphs in the middle or at the left.
    pub(super) fn widen(&mut self, at: usize, by: i64, middle: bool) {
        self.body[at] += by;
        if middle {
            let glyphs = self.first[at]..self.first[at + 1];
            self.glyphs[glyphs].iter_mut().for_each(|glyph| glyph.x += by / 2);
        }
    }

    pub(super) fn ends_with_hyphen(&self, at: usize) -> bool {
        self.hyphens.binary_search(&at).is_ok()
    }

    /// The hyphen of a word that is parted after a cluster; `None` where it may not be.
    pub(super) fn parting(&self, at: usize) -> Option<Hyphen> {
        let found = self.partings.binary_search_by_key(&at, |(cluster, _)| *cluster).ok()?;
        Some(self.partings[found].1)
    }

    pub(super) fn push(&mut self, class: Class, text: usize, piece: usize, body: i64) {
        self.lead.push(0);
        self.trail.push(0);
        self.turn.push(Turn::Level);
        self.class.push(class);
        self.text.push(text);
        self.first.push(self.glyphs.len());
        self.body.push(body);
        self.piece.push(piece);
    }

    /// Gives the last cluster its blanks.
    pub(super) fn blanks(&mut self, lead: i64, trail: i64) {
        if let (Some(before), Some(after)) = (self.lead.last_mut(), self.trail.last_mut()) {
            (*before, *after) = (lead, trail);
        }
    }

    /// In vertical text Western words lie down, numbers in one cell are level, all else stands.
    pub(super) fn stand(&mut self) {
        for (turn, class) in self.turn.iter_mut().zip(&self.class) {
            let lies = class.is_western() || *class == Class::Space;
            *turn = if lies { Turn::Rotated } else { Turn::Upright };
        }
        for at in &self.lying {
            self.turn[*at] = Turn::Rotated;
        }
        for (at, _) in &self.combined {
            self.turn[*at] = Turn::Level;
        }
    }

    pub(super) fn finish(&mut self, text: usize) {
        self.text.push(text);
        self.first.push(self.glyphs.len());
    }
}
