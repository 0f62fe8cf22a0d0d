//! Words of Markdown with their places: entities, ruby, and line ends that are spaces or nothing.

use super::builder::{Builder, Open};
use super::ruby;
use crate::article::{Inline, RuleId, Text};
use crate::source::Span;
use std::ops::Range;

const ENTITY: RuleId = RuleId("markdown::entity");
const LINE_END: RuleId = RuleId("markdown::line-end");

impl Builder<'_> {
    pub(super) fn text(&mut self, value: &str, range: Range<usize>) {
        if let Some(Open::Code { text, .. }) = self.stack.last_mut() {
            let rule = (self.source.get(range.clone()) != Some(value)).then_some(ENTITY);
            text.push(value, Span::new(self.file, range), rule);
            return;
        }
        if self.source.get(range.clone()) != Some(value) {
            self.settle_line_end_before(value.chars().next());
            let text = self.origin(value, range);
            self.push_inline(Inline::Text(text));
            return;
        }
        self.words(value, range);
    }

    /// Words as they stand in the file, ruby among them.
    pub(super) fn words(&mut self, value: &str, range: Range<usize>) {
        let mut rest = value;
        let mut start = range.start;
        // `\{` is no ruby.
        let before = range.start.checked_sub(1).and_then(|at| self.source.as_bytes().get(at));
        let mut from = usize::from(before == Some(&b'\\'));
        while let Some((all, readings)) = ruby::find(rest, from) {
            from = 0;
            self.plain_words(rest.get(..all.start).unwrap_or_default(), start);
            let text = |part: Range<usize>| {
                let value = rest.get(part.clone()).unwrap_or_default();
                Text::kept(value, self.file, start + part.start)
            };
            let ruby: Vec<_> = readings
                .into_iter()
                .map(|r| Inline::Ruby { base: text(r.base), reading: text(r.reading) })
                .collect();
            ruby.into_iter().for_each(|inline| self.push_inline(inline));
            start += all.end;
            rest = rest.get(all.end..).unwrap_or_default();
        }
        self.plain_words(rest, start);
    }

    fn plain_words(&mut self, value: &str, start: usize) {
        if !value.is_empty() {
            self.settle_line_end_before(value.chars().next());
            self.push_inline(Inline::Text(Text::kept(value, self.file, start)));
        }
    }

    /// A value as it stands in the file, or as what an entity stands for.
    pub(super) fn origin(&self, value: &str, range: Range<usize>) -> Text {
        let mut text = Text::default();
        let rule = (self.source.get(range.clone()) != Some(value)).then_some(ENTITY);
        text.push(value, Span::new(self.file, range), rule);
        text
    }

    /// The words of a code span, without its backticks.
    pub(super) fn code_span(&self, value: &str, range: &Range<usize>) -> Text {
        let source = self.source.get(range.clone()).unwrap_or_default();
        match source.find(value) {
            Some(at) => Text::kept(value, self.file, range.start + at),
            None => self.origin(value, range.clone()),
        }
    }

    pub(super) fn settle_line_end(&mut self) {
        self.settle_line_end_before(None);
    }

    /// A line end is a space between Western words, and nothing beside Chinese.
    fn settle_line_end_before(&mut self, next: Option<char>) {
        let Some(range) = self.line_end.take() else { return };
        let before = self.source.get(..range.start).and_then(|s| s.trim_end().chars().next_back());
        let next = next.or_else(|| {
            self.source.get(range.end..).and_then(|rest| rest.trim_start().chars().next())
        });
        if !matches!(self.stack.last(), Some(Open::Inlines(row)) if !row.is_empty()) {
            return;
        }
        let western = |c: Option<char>| c.is_some_and(|c| u32::from(c) < 0x2E80);
        if western(before) && western(next) {
            let mut space = Text::default();
            space.push(" ", Span::new(self.file, range), Some(LINE_END));
            self.push_inline(Inline::Text(space));
        }
    }
}
