//! A string that remembers where it came from.
//!
//! A [`Text`] is its characters and a list of [`Run`]s that cover them in order. A run without a
//! rule stands as in the source; a run with one replaces what its span covers. Nothing else may
//! be in a text, so the source can always be put together again.

use super::ledger::RuleId;
use crate::source::{FileId, Span};
use serde::{Serialize, Serializer};
use std::ops::Range;

/// `len` bytes of a text and the source they stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Bytes in the text; 0 where a rule left nothing.
    pub len: usize,
    /// The source it stands for; empty where a rule put in something new.
    pub span: Span,
    /// The rule that changed it; `None` when it stands as in the source.
    pub rule: Option<RuleId>,
}

/// A string with its origin.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    value: String,
    runs: Vec<Run>,
}

impl Text {
    /// `value` as it stands in the source at `start`.
    #[must_use]
    pub fn kept(value: &str, file: FileId, start: usize) -> Self {
        let span = Span::new(file, start..start + value.len());
        Self { value: value.to_owned(), runs: vec![Run { len: value.len(), span, rule: None }] }
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// Whether there are no characters; there may still be runs that account for removed ones.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.value.is_empty()
    }

    /// The runs, in order.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Adds characters and their run, joining it to the last one where both stand as in the
    /// source and touch there.
    pub fn push(&mut self, value: &str, span: Span, rule: Option<RuleId>) {
        self.value.push_str(value);
        if let Some(last) = self.runs.last_mut()
            && rule.is_none()
            && last.rule.is_none()
            && last.span.file == span.file
            && last.span.end == span.start
        {
            last.len += value.len();
            last.span.end = span.end;
            return;
        }
        self.runs.push(Run { len: value.len(), span, rule });
    }

    /// Adds all of another text.
    pub fn append(&mut self, other: &Self) {
        let mut at = 0;
        for run in &other.runs {
            let value = other.value.get(at..at + run.len).unwrap_or_default();
            self.push(value, run.span, run.rule);
            at += run.len;
        }
    }

    /// The part in `range`, bytes of the text on character boundaries. A changed run that is cut
    /// gives its source to the first part. Out of range gives an empty text.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let mut out = Self::default();
        let mut at = 0;
        for run in &self.runs {
            let (from, to) = (range.start.max(at), range.end.min(at + run.len));
            let whole_gap = run.len == 0 && range.start <= at && at < range.end;
            if let Some(value) = self.value.get(from..to)
                && (from < to || whole_gap)
            {
                out.push(value, cut(run, from - at..to - at), run.rule);
            }
            at += run.len;
        }
        out
    }

    /// Where in the source the character at byte `at` of the text came from.
    #[must_use]
    pub fn origin(&self, at: usize) -> Option<Span> {
        let mut start = 0;
        for run in &self.runs {
            if at < start + run.len {
                return Some(cut(run, at - start..at - start + 1));
            }
            start += run.len;
        }
        self.runs.last().map(|run| run.span)
    }
}

/// The source of a part of a run.
fn cut(run: &Run, part: Range<usize>) -> Span {
    let Span { file, start, end } = run.span;
    if run.rule.is_none() {
        Span::new(file, start + part.start..start + part.end)
    } else if part.start == 0 {
        run.span
    } else {
        Span::new(file, end..end)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: FileId = FileId(0);
    const RULE: RuleId = RuleId("punctuation::marks");

    #[test]
    fn touching_kept_runs_join() {
        let mut text = Text::kept("一二", FILE, 0);
        text.push("三", Span::new(FILE, 6..9), None);
        assert_eq!(text.runs().len(), 1);
        text.push("四", Span::new(FILE, 12..15), None);
        assert_eq!(text.runs().len(), 2);
    }

    #[test]
    fn a_slice_keeps_its_origin() {
        let mut text = Text::kept("一二", FILE, 10);
        text.push("，", Span::new(FILE, 16..17), Some(RULE));
        let slice = text.slice(3..9);
        assert_eq!(slice.as_str(), "二，");
        assert_eq!(slice.runs()[0].span.range(), 13..16);
        assert_eq!(slice.runs()[1].span.range(), 16..17);
        assert_eq!(text.origin(6).unwrap().range(), 16..17);
    }
}
