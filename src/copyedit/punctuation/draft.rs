//! A paragraph as a row of characters that remember their place.
//!
//! Rules change, drop and insert characters here; [`Draft::write_back`] turns the row into texts
//! again, with a run for every change.

use crate::article::{RuleId, Text, Words};
use crate::copyedit::quotations::Quotation;
use crate::source::Span;

/// A character of the paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) c: char,
    /// Protected by N0.
    pub(super) guarded: bool,
    /// The text it belongs to.
    leaf: usize,
    /// The bytes of that text it stands for; empty when it was inserted.
    from: usize,
    to: usize,
    /// The rule that made it; `None` as it was.
    rule: Option<RuleId>,
}

/// How many spaces a neighbour is looked for behind: in longer runs only the first ones know it,
/// and the rest are dropped as repeated spaces.
const REACH: usize = 64;

/// A paragraph under the rules.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) units: Vec<Unit>,
    /// The part of a quotation that the paragraph has.
    pub(super) quotation: Quotation,
    /// What was dropped: text, bytes, rule; sorted when written back.
    dropped: Vec<(usize, usize, usize, RuleId)>,
    /// What a rule wants to be replaced, in order.
    wanted: Vec<(usize, usize, String, RuleId)>,
}

impl Draft {
    pub(super) fn new(words: &[Words<'_>], quotation: Quotation) -> Self {
        let units = words.iter().enumerate().flat_map(|(leaf, words)| {
            words.text.as_str().char_indices().map(move |(from, c)| {
                let to = from + c.len_utf8();
                Unit { c, guarded: words.verbatim, leaf, from, to, rule: None }
            })
        });
        let (dropped, wanted) = (Vec::new(), Vec::new());
        Self { units: units.collect(), quotation, dropped, wanted }
    }

    /// The characters as they are now.
    pub(super) fn text(&self) -> String {
        self.units.iter().map(|unit| unit.c).collect()
    }

    /// The character at a place, when it is not protected.
    pub(super) fn free(&self, at: usize) -> Option<char> {
        self.units.get(at).filter(|unit| !unit.guarded).map(|unit| unit.c)
    }

    /// Makes the character at a place another one.
    pub(super) fn set(&mut self, at: usize, c: char, rule: RuleId) {
        if let Some(unit) = self.units.get_mut(at)
            && unit.c != c
        {
            unit.c = c;
            unit.rule = Some(rule);
        }
    }

    /// Drops the characters for which `doomed` says so.
    pub(super) fn drop_where(&mut self, rule: RuleId, doomed: impl Fn(&[Unit], usize) -> bool) {
        let marked: Vec<bool> = (0..self.units.len()).map(|at| doomed(&self.units, at)).collect();
        let mut at = 0;
        let dropped = &mut self.dropped;
        self.units.retain(|unit| {
            let drop = marked.get(at).copied().unwrap_or(false);
            at += 1;
            if drop {
                dropped.push((unit.leaf, unit.from, unit.to, rule));
            }
            !drop
        });
    }

    /// Asks for `with` in place of the characters `start..end`, at least one. It is put there when
    /// the rule is done ([`Draft::settle`]), so that a rule costs one walk however often it is
    /// needed.
    pub(super) fn replace(&mut self, start: usize, end: usize, with: &str, rule: RuleId) {
        let old = self.units.get(start..end).unwrap_or_default();
        if !old.is_empty() && !old.iter().map(|unit| unit.c).eq(with.chars()) {
            self.wanted.push((start, end, with.to_owned(), rule));
        }
    }

    /// Puts in what a rule asked for.
    pub(super) fn settle(&mut self) {
        if self.wanted.is_empty() {
            return;
        }
        let mut wanted = std::mem::take(&mut self.wanted);
        wanted.sort_by_key(|(start, ..)| *start);
        let mut units = Vec::with_capacity(self.units.len());
        let mut at = 0;
        for (start, end, with, rule) in wanted {
            // What overlaps waits for the next round.
            if start < at {
                continue;
            }
            units.extend_from_slice(self.units.get(at..start).unwrap_or_default());
            let old = self.units.get(start..end).unwrap_or_default();
            units.extend(replaced(old, &with, rule));
            let gone = old.get(with.chars().count()..).unwrap_or_default();
            self.dropped.extend(gone.iter().map(|unit| (unit.leaf, unit.from, unit.to, rule)));
            at = end;
        }
        units.extend_from_slice(self.units.get(at..).unwrap_or_default());
        self.units = units;
    }

    /// The nearest character that is no space, to the left of a place.
    pub(super) fn left(&self, at: usize) -> Option<&Unit> {
        self.units.get(..at)?.iter().rev().take(REACH).find(|unit| !unit.c.is_whitespace())
    }

    /// The nearest character that is no space, to the right of a place.
    pub(super) fn right(&self, at: usize) -> Option<&Unit> {
        self.units.get(at + 1..)?.iter().take(REACH).find(|unit| !unit.c.is_whitespace())
    }

    /// Writes the characters into the texts they came from.
    pub(super) fn write_back(mut self, words: &mut [Words<'_>]) {
        let unchanged = self.dropped.is_empty() && self.units.iter().all(|u| u.rule.is_none());
        if unchanged {
            return;
        }
        self.dropped.sort_unstable_by_key(|(leaf, from, ..)| (*leaf, *from));
        let (mut units, mut dropped) = (self.units.as_slice(), self.dropped.as_slice());
        for (leaf, words) in words.iter_mut().enumerate() {
            // Characters stand in the order of their texts.
            let own = units.partition_point(|unit| unit.leaf <= leaf);
            let gone = dropped.partition_point(|(l, ..)| *l <= leaf);
            let ((own, rest), (gone, left)) = (units.split_at(own), dropped.split_at(gone));
            (units, dropped) = (rest, left);
            *words.text = rewritten(words.text, own.iter(), gone.iter());
        }
    }
}

/// Characters in place of old ones; those that are the same stay what they are.
fn replaced(old: &[Unit], with: &str, rule: RuleId) -> Vec<Unit> {
    let Some(last) = old.last().copied() else { return Vec::new() };
    let after = Unit { from: last.to, ..last };
    let new = with.chars().enumerate().map(|(at, c)| match old.get(at) {
        Some(place) if place.c == c => *place,
        Some(place) => Unit { c, rule: Some(rule), ..*place },
        None => Unit { c, rule: Some(rule), ..after },
    });
    new.collect()
}

/// One text, from its kept and new characters and the places of its dropped ones.
fn rewritten<'a>(
    old: &Text,
    units: impl Iterator<Item = &'a Unit>,
    dropped: impl Iterator<Item = &'a (usize, usize, usize, RuleId)>,
) -> Text {
    let mut new = Text::default();
    let mut dropped = dropped.peekable();
    let mut buffer = [0; 4];
    for unit in units {
        while let Some((_, from, to, rule)) = dropped.next_if(|(_, from, ..)| *from < unit.to) {
            new.push("", covered(old, *from, *to), Some(*rule));
        }
        match unit.rule {
            None => copy(old, unit.from, unit.to, &mut new),
            Some(rule) => {
                let value = unit.c.encode_utf8(&mut buffer);
                new.push(value, covered(old, unit.from, unit.to), Some(rule));
            }
        }
    }
    for (_, from, to, rule) in dropped {
        new.push("", covered(old, *from, *to), Some(*rule));
    }
    new
}

/// Takes over bytes as they are, with whatever runs they have.
fn copy(old: &Text, from: usize, to: usize, new: &mut Text) {
    let part = old.slice(from..to);
    let mut at = 0;
    for run in part.runs() {
        new.push(&part.as_str()[at..at + run.len], run.span, run.rule);
        at += run.len;
    }
}

/// The source that bytes of a text stand for.
fn covered(old: &Text, from: usize, to: usize) -> Span {
    if from == to {
        let at = from.checked_sub(1).and_then(|before| old.origin(before));
        let at = at.or_else(|| old.origin(from)).unwrap_or_default();
        return Span::new(at.file, at.end..at.end);
    }
    let part = old.slice(from..to);
    let (first, last) = (part.runs().first(), part.runs().last());
    match (first, last) {
        (Some(first), Some(last)) => Span::new(first.span.file, first.span.start..last.span.end),
        _ => Span::default(),
    }
}
