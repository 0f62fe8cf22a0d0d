//! The words of one paragraph with how they look: what goes into the line engine.

use crate::colour::Colour;
use crate::fonts::Voice;
use crate::length::{Em, Pt};
use crate::page::Mark;
use std::ops::Range;

/// Words higher or lower than the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Rise {
    /// On the line.
    #[default]
    None,
    /// 上标.
    Up,
    /// 下标.
    Down,
}

impl Rise {
    /// The size of raised and lowered words, in hundredths of the line's.
    const SIZE: i64 = 62;

    /// How far above the baseline the words stand, in the size of the line.
    pub(super) const fn shift(self) -> Em {
        match self {
            Self::None => Em::ZERO,
            Self::Up => Em::from_millis(340),
            Self::Down => Em::from_millis(-140),
        }
    }
}

/// What is drawn beside words (行间标点).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Drawn {
    /// A line below, for names and for stress.
    pub(super) under: bool,
    /// A wavy line below, for titles of books.
    pub(super) wavy: bool,
    /// A line through.
    pub(super) through: bool,
    /// 着重号: a dot for each character.
    pub(super) dots: bool,
    /// Which of the paragraph's marked parts it is: two that touch are drawn apart.
    pub(super) part: u16,
}

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// Its faces.
    pub(super) voice: Voice,
    /// Type size.
    pub(super) size: Pt,
    /// Colour.
    pub(super) colour: Colour,
    /// Higher or lower than the line.
    pub(super) rise: Rise,
    /// What is drawn beside it.
    pub(super) drawn: Drawn,
    /// For a reference to a note: which note of the article it is, from 1; 0 for words.
    pub(super) note: u16,
    /// The picture that stands in its place.
    pub(super) object: Option<Object>,
}

/// A picture among words: one character wide or more, its foot where theirs is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Object {
    /// Which of the article's pictures.
    pub(super) picture: usize,
    pub(super) width: Pt,
    pub(super) height: Pt,
}

/// Stands for a picture in a strand's text (U+FFFC OBJECT REPLACEMENT CHARACTER); it is in no run.
pub(super) const OBJECT: &str = "\u{FFFC}";

impl Look {
    /// Words of one tone, size and colour.
    pub(super) const fn new(voice: Voice, size: Pt, colour: Colour) -> Self {
        let drawn = Drawn { under: false, wavy: false, through: false, dots: false, part: 0 };
        Self { voice, size, colour, rise: Rise::None, drawn, note: 0, object: None }
    }

    /// The same, raised or lowered, and smaller.
    pub(super) fn risen(self, rise: Rise) -> Self {
        Self { rise, size: self.size.scale(Rise::SIZE, 100), ..self }
    }

    /// How far above the baseline it stands.
    pub(super) fn lift(&self) -> Pt {
        self.rise.shift().at(self.size.scale(100, Rise::SIZE))
    }
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
    /// Words with their readings, in order.
    pub(super) rubies: Vec<Ruby>,
}

/// A word with its reading (行间注).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ruby {
    /// The word, in bytes of the strand.
    pub(super) base: Range<usize>,
    /// How it is read.
    pub(super) reading: String,
    /// What the reading belongs to.
    pub(super) mark: Mark,
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

    /// Adds a word with its reading, each with what it belongs to.
    pub(super) fn push_ruby(
        &mut self,
        (base, of): (&str, Mark),
        (reading, mark): (&str, Mark),
        look: Look,
    ) {
        let start = self.text.len();
        self.push(base, look, of);
        if !base.is_empty() && !reading.is_empty() {
            let base = start..self.text.len();
            self.rubies.push(Ruby { base, reading: reading.to_owned(), mark });
        }
    }

    /// Parts the strand before a byte that begins a character and is inside no word with a reading.
    pub(super) fn part(mut self, at: usize) -> (Self, Self) {
        let rest = self.text.split_off(at);
        let mut after = Self { text: rest, ..Self::default() };
        for piece in self.pieces.iter().filter(|piece| piece.end > at) {
            after.pieces.push(Piece { end: piece.end - at, ..*piece });
        }
        let mut start = 0;
        self.pieces.retain_mut(|piece| {
            let kept = start < at;
            start = piece.end;
            piece.end = piece.end.min(at);
            kept
        });
        for ruby in self.rubies.iter().filter(|ruby| ruby.base.start >= at) {
            let base = ruby.base.start - at..ruby.base.end - at;
            after.rubies.push(Ruby { base, ..ruby.clone() });
        }
        self.rubies.retain(|ruby| ruby.base.end <= at);
        (self, after)
    }

    /// Adds another strand's pieces.
    pub(super) fn append(&mut self, other: Self) {
        let start = self.text.len();
        self.text.push_str(&other.text);
        let moved = other.pieces.into_iter().map(|p| Piece { end: p.end + start, ..p });
        self.pieces.extend(moved);
        self.rubies.extend(
            other
                .rubies
                .into_iter()
                .map(|ruby| Ruby { base: ruby.base.start + start..ruby.base.end + start, ..ruby }),
        );
    }
}
