//! Where each token of a page stands in its file.
//!
//! The tokenizer gives tokens without places. This cursor walks the file beside it: characters
//! are matched one by one, an entity or a line end of two bytes against what it became, a tag by
//! its quotes. So every word of a page keeps the very bytes it was written with.

use crate::article::{RuleId, Text};
use crate::source::{FileId, Span};
use html5ever::data::NAMED_ENTITIES;
use std::ops::Range;

const ENTITY: RuleId = RuleId("html::entity");

/// Where an attribute's name and value stand in the file.
pub(super) struct AttributePlace {
    pub(super) name: Range<usize>,
    pub(super) value: Range<usize>,
}

/// A place in the file, just after the last token.
pub(super) struct Cursor<'a> {
    source: &'a str,
    file: FileId,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(source: &'a str, file: FileId) -> Self {
        Self { source, file, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// Characters as the tokenizer gives them, with their places. In raw text (scripts) entities
    /// are not read.
    pub(super) fn characters(&mut self, value: &str, raw: bool) -> Text {
        let mut text = Text::default();
        let mut left = value;
        while let Some(c) = left.chars().next() {
            let plain = self.plain_run(left, raw);
            if plain > 0 {
                let (same, after) = left.split_at(plain);
                text.push(same, Span::new(self.file, self.at..self.at + plain), None);
                self.at += plain;
                left = after;
                continue;
            }
            if self.skip_silent() {
                continue;
            }
            let (wide, became) = self.replaced(c, left, raw);
            let span = Span::new(self.file, self.at..self.at + wide);
            let (new, after) = left.split_at(became);
            text.push(new, span, Some(ENTITY));
            self.at += wide;
            left = after;
        }
        text
    }

    /// How many bytes stand in the file just as the tokenizer gave them.
    fn plain_run(&self, value: &str, raw: bool) -> usize {
        let source = self.rest().as_bytes();
        let same = source.iter().zip(value.as_bytes()).take_while(|(a, b)| a == b);
        let mut run = same.take_while(|(a, _)| raw || **a != b'&').count();
        // A bare ampersand is a character like any other.
        if run == 0 && !raw && source.first() == Some(&b'&') && value.starts_with('&') {
            run = usize::from(entity(self.rest()).is_none());
        }
        while !value.is_char_boundary(run) {
            run -= 1;
        }
        run
    }

    /// What stands in the file for characters that are not there: the bytes of an entity or a
    /// line end, and how many bytes of the value they became.
    fn replaced(&self, c: char, value: &str, raw: bool) -> (usize, usize) {
        let rest = self.rest();
        if c == '\n' && rest.starts_with('\r') {
            return (if rest.starts_with("\r\n") { 2 } else { 1 }, 1);
        }
        match entity(rest).filter(|_| !raw) {
            Some((wide, 2)) => (wide, value.chars().take(2).map(char::len_utf8).sum()),
            Some((wide, _)) => (wide, c.len_utf8()),
            // Nothing there explains it: it is new, and nothing of the file is used up.
            None => (0, c.len_utf8()),
        }
    }

    /// Goes over what the tokenizer reads without a word: an end tag without a name, and the
    /// brackets of a section of characters (HTML Standard §13.2.5.7, §13.2.5.69).
    fn skip_silent(&mut self) -> bool {
        let silent = ["</>", "<![CDATA[", "]]>"];
        let found = silent.into_iter().find(|mark| self.rest().starts_with(mark));
        self.at += found.map_or(0, str::len);
        found.is_some()
    }

    /// A byte that the tokenizer reports on its own: U+0000.
    pub(super) fn null(&mut self) {
        self.at += usize::from(self.rest().starts_with('\0'));
    }

    /// A tag: its place, from `<` to `>`.
    pub(super) fn tag(&mut self) -> Range<usize> {
        while self.skip_silent() {}
        // Whatever stands before it was read without a word too.
        self.at += self.rest().find('<').unwrap_or(0);
        let start = self.at;
        self.at = start + tag_end(self.rest());
        start..self.at
    }

    /// A comment, as the tokenizer reads them: `<!-- … -->`, `<! … >`, `<? … >`, `</ … >`.
    pub(super) fn comment(&mut self) {
        while self.rest().starts_with("</>") {
            self.at += "</>".len();
        }
        let rest = self.rest();
        let end = match rest.strip_prefix("<!--") {
            Some(inner) if inner.starts_with('>') => 5,
            Some(inner) if inner.starts_with("->") => 6,
            Some(inner) => {
                let plain = inner.find("-->").map(|at| at + 3);
                let odd = inner.find("--!>").map(|at| at + 4);
                let first = match (plain, odd) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                };
                first.map_or(rest.len(), |end| end + 4)
            }
            None => rest.find('>').map_or(rest.len(), |at| at + 1),
        };
        self.at += end;
    }
}

/// The bytes of the entity that a text begins with, and how many characters it stands for.
pub(super) fn entity(text: &str) -> Option<(usize, usize)> {
    let name = text.strip_prefix('&')?;
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.starts_with(['x', 'X']);
        let digits = number.get(usize::from(hex)..).unwrap_or_default();
        let is_digit = |c: char| if hex { c.is_ascii_hexdigit() } else { c.is_ascii_digit() };
        let count = digits.find(|c| !is_digit(c)).unwrap_or(digits.len());
        let closed = digits.get(count..).is_some_and(|rest| rest.starts_with(';'));
        return (count > 0).then_some((2 + usize::from(hex) + count + usize::from(closed), 1));
    }
    // The longest name in HTML's list has 32 characters.
    let longest = name.bytes().take(33).take_while(u8::is_ascii_alphanumeric).count();
    let closed = usize::from(name.as_bytes().get(longest) == Some(&b';'));
    (1..=longest + closed).rev().find_map(|wide| {
        let known = NAMED_ENTITIES.get(name.get(..wide)?)?;
        (known.0 != 0).then_some((wide + 1, if known.1 == 0 { 1 } else { 2 }))
    })
}

/// How long the tag is that a text begins with.
pub(super) fn tag_end(text: &str) -> usize {
    let mut end = text.len();
    attributes(text, |_| {}, |at| end = at);
    end
}

/// The attributes of the tag that a text begins with, at their places in it.
pub(super) fn attribute_places(text: &str) -> Vec<AttributePlace> {
    let mut out = Vec::new();
    attributes(text, |place| out.push(place), |_| {});
    out
}

/// The most attributes that a tag of a page has; what looks like a tag in a script counts too.
pub(super) fn most_attributes(source: &str) -> usize {
    let (mut at, mut most) = (0, 0);
    while let Some(open) = source.get(at..).and_then(|rest| rest.find('<')).map(|to| at + to) {
        let rest = source.get(open..).unwrap_or_default();
        let is_tag = rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
        let (mut count, mut length) = (0, 1);
        if is_tag {
            attributes(rest, |_| count += 1, |end| length = end);
        }
        most = most.max(count);
        at = open + length.max(1);
    }
    most
}

/// Walks a tag as HTML's tokenizer does (HTML Standard §13.2.5.32–39).
fn attributes(text: &str, mut each: impl FnMut(AttributePlace), end: impl FnOnce(usize)) {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied();
    let blank = |b: u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0C);
    let mut at = 1;
    let skip = |mut at: usize, stop: &dyn Fn(u8) -> bool| {
        while byte(at).is_some_and(|b| !stop(b)) {
            at += 1;
        }
        at
    };
    at = skip(at, &|b| blank(b) || b == b'>' || b == b'/' && at > 1);
    loop {
        at = skip(at, &|b| !blank(b) && b != b'/');
        match byte(at) {
            None => return end(bytes.len()),
            Some(b'>') => return end(at + 1),
            Some(_) => {}
        }
        let from = at;
        at = skip(at + 1, &|b| blank(b) || matches!(b, b'/' | b'>' | b'='));
        let name = from..at;
        let after = skip(at, &|b| !blank(b));
        let mut value = at..at;
        if byte(after) == Some(b'=') {
            at = skip(after + 1, &|b| !blank(b));
            (value, at) = match byte(at) {
                Some(quote @ (b'"' | b'\'')) => {
                    let close = skip(at + 1, &|b| b == quote);
                    (at + 1..close, (close + 1).min(bytes.len()))
                }
                _ => {
                    let close = skip(at, &|b| blank(b) || b == b'>');
                    (at..close, close)
                }
            };
        }
        each(AttributePlace { name, value });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_measured_as_html_reads_them() {
        for (text, expected) in [
            ("&amp;b", Some((5, 1))),
            ("&ampb", Some((4, 1))),
            ("&#20013;文", Some((8, 1))),
            ("&#x4e2d文", Some((7, 1))),
            ("&nbsp;", Some((6, 1))),
            ("&notit;", Some((4, 1))),
            ("&acE;", Some((5, 2))),
            ("&文", None),
            ("&x;", None),
            ("&#;", None),
        ] {
            assert_eq!(entity(text), expected, "{text}");
        }
    }

    #[test]
    fn tags_end_outside_quotes() {
        for (text, end) in [
            ("<a>b", 3),
            ("<a href='>'>b", 12),
            ("<a href=\"x>y\" b=c>", 18),
            ("<a b='c'd=e>", 12),
            ("<a =\">", 6),
            ("<a b", 4),
            ("</a>", 4),
            ("<br/>x", 5),
        ] {
            assert_eq!(tag_end(text), end, "{text}");
        }
    }

    #[test]
    fn attributes_have_places() {
        let tag = "<img alt=一 src = 'a b' x>";
        let places: Vec<_> = attribute_places(tag)
            .iter()
            .map(|place| (&tag[place.name.clone()], &tag[place.value.clone()]))
            .collect();
        assert_eq!(places, [("alt", "一"), ("src", "a b"), ("x", "")]);
    }
}
