//! What stands inside a line → XHTML.

use super::content::{Writer, escape};
use crate::article::{Image, Inline, Style};
use std::fmt::Write;

/// The most digits that stand in one cell of a vertical line, as on the pages.
const COMBINED: usize = 3;

impl Writer<'_> {
    pub(super) fn inlines(&mut self, list: &[Inline]) {
        for inline in list {
            match inline {
                Inline::Text(text) => self.text(text.as_str()),
                Inline::Styled { style, inlines } => self.styled(*style, inlines),
                Inline::Code(text) => {
                    self.add("<code>");
                    escape(text.as_str(), &mut self.out);
                    self.add("</code>");
                }
                Inline::Link { target, inlines } => self.link(target, inlines),
                Inline::Ruby { base, reading } => {
                    self.add("<ruby>");
                    escape(base.as_str(), &mut self.out);
                    self.add("<rp>（</rp><rt>");
                    escape(reading.as_str(), &mut self.out);
                    self.add("</rt><rp>）</rp></ruby>");
                }
                Inline::NoteRef { note } => self.call(*note),
                Inline::Image(image) => self.image(image),
                Inline::Break => self.add("<br/>"),
            }
        }
    }

    /// Words. In vertical lines a short number stands in one cell (横中直, CLREQ 2.3.2).
    pub(super) fn text(&mut self, text: &str) {
        if !self.vertical {
            escape(text, &mut self.out);
            return;
        }
        let mut rest = text;
        let mut joined = false;
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            let (before, tail) = rest.split_at(at);
            escape(before, &mut self.out);
            joined = before.chars().last().map_or(joined, is_western);
            let end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
            let (number, after) = tail.split_at(end);
            let alone = !joined && !after.chars().next().is_some_and(is_western);
            if alone && number.len() <= COMBINED {
                // Writing to a string cannot fail.
                let _ = write!(self.out, "<span class=\"tcy\">{number}</span>");
            } else {
                self.add(number);
            }
            (rest, joined) = (after, true);
        }
        escape(rest, &mut self.out);
    }

    /// The call of a note.
    fn call(&mut self, note: usize) {
        let number = note + 1;
        let part = self.chapter.notes.get(note).copied().unwrap_or(self.part);
        let here = part == self.part;
        let place = match here {
            true => format!("#note-{number}"),
            false => self.chapter.place(part, &format!("note-{number}")),
        };
        let first = here && self.called.insert(note);
        let id = if first { format!(" id=\"call-{number}\"") } else { String::new() };
        // Writing to a string cannot fail.
        let _ = write!(
            self.out,
            "<a epub:type=\"noteref\" role=\"doc-noteref\" class=\"noteref\"{id} \
             href=\"{place}\">〔{number}〕</a>"
        );
    }

    /// A picture; where it could not be had, what it shows is said instead.
    pub(super) fn image(&mut self, image: &Image) {
        let alt = image.alt.as_deref().unwrap_or_default();
        if image.picture.is_none() {
            if !alt.is_empty() {
                self.add("<span class=\"missing\">［");
                self.text(alt);
                self.add("］</span>");
            }
            return;
        }
        for (name, value) in [("<img src", image.source.as_str()), (" alt", alt)] {
            self.attribute(name, value);
        }
        self.add("/>");
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let mut escaped = String::new();
        escape(value, &mut escaped);
        // Writing to a string cannot fail.
        let _ = write!(self.out, "{name}=\"{}\"", escaped.replace('"', "&quot;"));
    }

    fn styled(&mut self, style: Style, children: &[Inline]) {
        let (open, close) = match style {
            Style::Strong => ("<strong>", "</strong>"),
            Style::Emphasis => ("<em>", "</em>"),
            Style::Dots => ("<em class=\"dots\">", "</em>"),
            Style::Underline => ("<u>", "</u>"),
            Style::Wavy => ("<u class=\"wavy\">", "</u>"),
            Style::Deleted => ("<del>", "</del>"),
            Style::Subscript => ("<sub>", "</sub>"),
            Style::Superscript => ("<sup>", "</sup>"),
        };
        self.add(open);
        self.inlines(children);
        self.add(close);
    }

    /// Words that lead somewhere; of what leads nowhere the words stay. A link cannot stand in a
    /// link, so it is parted where a note is called.
    fn link(&mut self, target: &str, children: &[Inline]) {
        let Some(place) = self.addresses.find(self.article, target) else {
            return self.inlines(children);
        };
        for words in children.chunk_by(|one, next| !leads(one) && !leads(next)) {
            if words.iter().any(leads) {
                self.inlines(words);
                continue;
            }
            self.attribute("<a href", &place);
            self.add(">");
            self.inlines(words);
            self.add("</a>");
        }
    }
}

/// Whether words are a link of their own, or have one among them.
fn leads(inline: &Inline) -> bool {
    match inline {
        Inline::NoteRef { .. } | Inline::Link { .. } => true,
        Inline::Styled { inlines, .. } => inlines.iter().any(leads),
        _ => false,
    }
}

/// What a number in a cell of its own may not stand beside.
fn is_western(c: char) -> bool {
    c.is_ascii_graphic() || ('\u{C0}'..'\u{2000}').contains(&c)
}
