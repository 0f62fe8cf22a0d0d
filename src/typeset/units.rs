//! Text → units: single characters, —— and …… by twos, bases with their marks, numbers of vertical
//! text in one cell. What the shaper takes one by one.

use super::classes::{Class, class_in, is_attached};
use super::region::Region;
use super::strand::Strand;
use crate::length::Em;

/// A character, or several that stay together, before shaping.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    pub(super) c: char,
    pub(super) class: Class,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) piece: usize,
    /// Whether marks are attached to it.
    pub(super) attached: bool,
    /// Whether it is a number in one cell.
    pub(super) combined: bool,
}

/// Cuts the text into units: single characters, —— and …… by twos, bases with their marks.
pub(super) fn classify(strand: &Strand, region: Region) -> Vec<Unit> {
    let chars: Vec<(usize, char)> = strand.text.char_indices().collect();
    let char_at = |at: usize| chars.get(at).map(|(_, c)| *c);
    let mut units: Vec<Unit> = Vec::with_capacity(chars.len());
    let mut piece = 0;
    let mut at = 0;
    while let Some((start, c)) = chars.get(at).copied() {
        while strand.pieces.get(piece).is_some_and(|p| p.end <= start) {
            piece += 1;
        }
        let before = at.checked_sub(1).and_then(char_at);
        let mut class = class_in(region, c, before, char_at(at + 1));
        let mut next = at + 1;
        if matches!(c, '—' | '…' | '⋯') && char_at(next) == Some(c) {
            class = Class::Long;
            next += 1;
        }
        let base_end = next;
        while char_at(next).is_some_and(is_attached) {
            next += 1;
        }
        let end = chars.get(next).map_or(strand.text.len(), |(start, _)| *start);
        let attached = next > base_end && !class.is_western();
        units.push(Unit { c, class, start, end, piece, attached, combined: false });
        at = next;
    }
    units
}

/// The most digits that stand in one cell of vertical text.
const COMBINED: usize = 3;

/// Joins short numbers into one unit each: those with no Western text beside them.
pub(super) fn combine(units: &mut Vec<Unit>) {
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    let mut at = 0;
    while let Some(unit) = units.get(at).copied() {
        let same = |u: &&Unit| u.class == Class::Digit && u.piece == unit.piece;
        let count = units[at..].iter().take_while(same).count();
        let western = |unit: Option<&Unit>| unit.is_some_and(|unit| unit.class.is_western());
        let alone =
            !western(at.checked_sub(1).map(|at| &units[at])) && !western(units.get(at + count));
        if count == 0 {
            out.push(unit);
            at += 1;
            continue;
        }
        if alone && count <= COMBINED {
            let end = units[at + count - 1].end;
            out.push(Unit { class: Class::Han, end, combined: true, ..unit });
        } else {
            out.extend_from_slice(&units[at..at + count]);
        }
        at += count;
    }
    *units = out;
}

/// How many ems a long mark takes: one for each of its characters, two for ⸺.
pub(super) fn strand_ems(text: &str) -> i64 {
    text.chars().map(|c| if c == '⸺' { 2 } else { 1 }).sum()
}

/// Cells of the connecting marks (GB/T 15834 5.1.7): – half an em, — and ～ one.
pub(super) const fn connector(c: char) -> Option<Em> {
    match c {
        '–' | '-' => Some(Em::HALF),
        '—' | '～' => Some(Em::ONE),
        _ => None,
    }
}
