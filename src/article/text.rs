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
    /// Where each run begins in the text: a paragraph may have a run for every mark.
    starts: Vec<usize>,
}

impl Text {
    /// `value` as it stands in the source at `start`.
    #[must_use]
    pub fn kept(value: &str, file: FileId, start: usize) -> Self {
        let span = Span::new(file, start..start + value.len());
        let run = Run { len: value.len(), span, rule: None };
        Self { value: value.to_owned(), runs: vec![run], starts: vec![0] }
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
        let start = self.value.len();
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
        self.starts.push(start);
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
        let first = self.starts.partition_point(|start| *start < range.start).saturating_sub(1);
        let runs = self.runs.iter().zip(&self.starts).skip(first);
        for (run, &at) in runs.take_while(|(_, start)| **start < range.end) {
            let (from, to) = (range.start.max(at), range.end.min(at + run.len));
            let whole_gap = run.len == 0 && range.start <= at && at < range.end;
            if let Some(value) = self.value.get(from..to)
                && (from < to || whole_gap)
            {
                out.push(value, cut(run, from - at..to - at), run.rule);
            }
        }
        out
    }

    /// Where in the source the character at byte `at` of the text came from.
    #[must_use]
    pub fn origin(&self, at: usize) -> Option<Span> {
        let found = self.starts.partition_point(|start| *start <= at).checked_sub(1);
        let run = found.and_then(|found| Some((self.runs.get(found)?, self.starts.get(found)?)));
        match run {
            Some((run, start)) if at < start + run.len => {
                let length = self.value.get(at..).and_then(|rest| rest.chars().next());
                let length = length.map_or(1, char::len_utf8);
                Some(cut(run, at - start..at - start + length))
            }
            _ => self.runs.last().map(|run| run.span),
        }
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
        text.push("", Span::new(FILE, 17..20), Some(RULE));
        text.push("三", Span::new(FILE, 20..23), None);
        assert_eq!(text.slice(6..12).runs().len(), 3, "what was taken out inside stays inside");
        assert_eq!(text.slice(3..9).runs().len(), 2);
        assert_eq!(text.origin(9).unwrap().range(), 20..23, "the whole character");
    }
}
