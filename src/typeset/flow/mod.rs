//! Galleys → pages: which line stands on which page, in which column and row.
//!
//! Everything is counted in rows of the baseline grid. An article is cut where what spans all
//! columns meets what stands in one ([`compose`]); each stretch fills the columns of what is left
//! of its page ([`fill`]) and, where it ends on a page, its columns are made equally long (通栏均分,
//! MC1).

mod compose;
mod fill;
#[cfg(test)]
mod tests;

use super::blocks::{Galley, Slab};
use crate::length::{Pt, Rows};
use crate::template::{Opening, Template};
use compose::Composer;

/// A line in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PlacedLine {
    pub(super) slab: usize,
    pub(super) line: usize,
    /// Page of the body, from 0.
    pub(super) page: usize,
    /// Column of the page, from 0.
    pub(super) column: usize,
    /// Row at the top of the line.
    pub(super) row: Rows,
    /// A table's head, once more at the top of a column.
    pub(super) again: bool,
}

/// A line of a note at the foot of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PlacedNote {
    pub(super) note: usize,
    pub(super) line: usize,
    pub(super) page: usize,
    pub(super) column: usize,
    /// From the beginning of the type area to the top of the line.
    pub(super) top: Pt,
    /// Whether it is the first line of the notes there: a rule stands above it.
    pub(super) first: bool,
}

/// An article in its columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    pub(super) lines: Vec<PlacedLine>,
    pub(super) notes: Vec<PlacedNote>,
    /// The page it begins on, of the body, from 0.
    pub(super) first_page: usize,
    /// The page it ends on.
    pub(super) last_page: usize,
    /// Whether it begins at the head of its page.
    pub(super) opens_page: bool,
}

/// All articles, set and in their columns.
#[derive(Debug)]
pub(super) struct Flowed {
    pub(super) galleys: Vec<Galley>,
    pub(super) bodies: Vec<Body>,
    /// The number of the first page.
    pub(super) first_number: usize,
}

impl Flowed {
    /// Articles with their columns, in order.
    pub(super) fn articles(&self) -> impl Iterator<Item = (&Galley, &Body)> {
        self.galleys.iter().zip(&self.bodies)
    }

    /// An article by its number, from 0.
    pub(super) fn article(&self, at: usize) -> Option<(&Galley, &Body)> {
        Some((self.galleys.get(at)?, self.bodies.get(at)?))
    }

    /// Lets go of an article's lines, once they stand on their pages.
    pub(super) fn clear(&mut self, article: usize) {
        if let Some(galley) = self.galleys.get_mut(article) {
            galley.slabs.iter_mut().chain(&mut galley.notes).for_each(Slab::clear);
        }
    }

    /// Pages of all articles.
    pub(super) fn pages(&self) -> usize {
        self.bodies.iter().map(|body| body.last_page + 1).max().unwrap_or(0)
    }

    /// The number of a page, from 0.
    pub(super) const fn number(&self, page: usize) -> usize {
        self.first_number + page
    }
}

/// Flows every article into columns.
pub(super) fn flow(galleys: Vec<Galley>, template: &Template, first_number: usize) -> Flowed {
    let mut composer = Composer::new(template);
    let mut bodies = Vec::with_capacity(galleys.len());
    for (at, galley) in galleys.iter().enumerate() {
        if at > 0 {
            composer.next_article(template.opening, first_number);
        } else if template.opening == Opening::Recto && first_number.is_multiple_of(2) {
            composer.blank();
        }
        bodies.push(composer.article(galley));
    }
    Flowed { galleys, bodies, first_number }
}

/// Flows what is no article, such as contents, into pages of its own.
pub(super) fn pages_of(galley: &Galley, template: &Template) -> Body {
    Composer::new(template).article(galley)
}
