//! HTML inside Markdown: tags are markup, what stands between them is text.

use super::builder::{Builder, Refused};
use crate::article::{Inline, Style, Text};
use crate::diagnostics::{Code, Diagnostic};
use crate::ingest::html::{EMBEDDED, entity, tag_length};
use crate::source::Span;
use std::ops::Range;

/// Tags that say something about the words inside them.
const STYLES: &[(&str, Style)] = &[
    ("b", Style::Strong),
    ("strong", Style::Strong),
    ("em", Style::Emphasis),
    ("i", Style::Emphasis),
    ("u", Style::Underline),
    ("ins", Style::Underline),
    ("s", Style::Deleted),
    ("del", Style::Deleted),
    ("strike", Style::Deleted),
    ("sub", Style::Subscript),
    ("sup", Style::Superscript),
];

/// What an open tag makes of the words inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    Styled(Style),
    /// A word with a reading; the reading comes in a tag of its own.
    Ruby,
    Reading,
    /// Brackets for those who cannot show ruby.
    Fallback,
}

/// A tag: its name in lower case, and whether it closes.
struct Tag {
    name: String,
    closes: bool,
}

impl Tag {
    fn read(tag: &str) -> Self {
        let inner = tag.trim_start_matches('<').trim_end_matches('>');
        let closes = inner.starts_with('/');
        let inner = inner.trim_start_matches('/');
        let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        Self { name: inner.get(..end).unwrap_or_default().to_ascii_lowercase(), closes }
    }

    fn meaning(&self, html: &str) -> Option<Meaning> {
        match self.name.as_str() {
            "em" if html.contains("class=\"dots\"") => Some(Meaning::Styled(Style::Dots)),
            "u" if html.contains("class=\"wavy\"") => Some(Meaning::Styled(Style::Wavy)),
            "ruby" => Some(Meaning::Ruby),
            "rt" => Some(Meaning::Reading),
            "rp" => Some(Meaning::Fallback),
            name => {
                let style = STYLES.iter().find(|(tag, _)| *tag == name);
                style.map(|(_, style)| Meaning::Styled(*style))
            }
        }
    }
}

/// A block of HTML as the parser hands it over, line by line: the pieces and where they stand.
#[derive(Debug, Default)]
pub(super) struct HtmlBlock {
    text: String,
    /// For each piece, where it begins in `text` and in the file.
    places: Vec<(usize, usize)>,
}

impl HtmlBlock {
    pub(super) fn push(&mut self, html: &str, range: &Range<usize>) {
        self.places.push((self.text.len(), range.start));
        self.text.push_str(html);
    }

    /// Where in the file a byte of the block stands.
    fn place(&self, at: usize) -> usize {
        let piece = self.places.iter().rev().find(|(start, _)| *start <= at);
        piece.map_or(at, |(start, place)| place + (at - start))
    }
}

impl Builder<'_> {
    /// A block of HTML: its tags are markup, the words between them are paragraphs.
    pub(super) fn html_block(&mut self, block: &HtmlBlock) -> Result<(), Refused> {
        let html = block.text.as_str();
        let mut at = 0;
        while let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
            if rest.starts_with("<!--") {
                at += rest.find("-->").map_or(rest.len(), |end| end + 3);
            } else if rest.starts_with('<') {
                let end = tag_length(rest);
                let start = block.place(at);
                self.inline_html(rest.get(..end).unwrap_or_default(), &(start..start + end))?;
                at += end;
            } else {
                let end = rest.find('<').unwrap_or(rest.len());
                self.html_words(rest.get(..end).unwrap_or_default(), block, at);
                at += end;
            }
        }
        Ok(())
    }

    /// Words between tags, line by line.
    fn html_words(&mut self, words: &str, block: &HtmlBlock, start: usize) {
        let mut at = start;
        for line in words.split_inclusive('\n') {
            let bare = line.trim();
            if !bare.is_empty() {
                let lead = line.len() - line.trim_start().len();
                if lead > 0 {
                    let place = block.place(at);
                    self.line_end = Some(place..place + lead);
                }
                self.html_line(bare, block.place(at + lead));
            }
            if line.len() > line.trim_end().len() {
                let place = block.place(at + line.trim_end().len());
                self.line_end = Some(place..place + 1);
            }
            at += line.len();
        }
    }

    /// Words of one line, entities among them.
    fn html_line(&mut self, mut rest: &str, mut place: usize) {
        let mut from = 0;
        while let Some(at) = rest.get(from..).and_then(|rest| rest.find('&')).map(|at| from + at) {
            let Some((value, length)) = entity(rest.get(at..).unwrap_or_default()) else {
                from = at + 1;
                continue;
            };
            self.words(rest.get(..at).unwrap_or_default(), place..place + at);
            self.text(&value, place + at..place + at + length);
            rest = rest.get(at + length..).unwrap_or_default();
            place += at + length;
            from = 0;
        }
        self.words(rest, place..place + rest.len());
    }

    /// A tag inside a line: `<br>` is a new line, some mean something, most are markup.
    pub(super) fn inline_html(&mut self, html: &str, range: &Range<usize>) -> Result<(), Refused> {
        if html.starts_with("<!") || html.starts_with("<?") {
            return Ok(());
        }
        let tag = Tag::read(html);
        if self.table_tag(&tag.name, tag.closes, html) {
            return Ok(());
        }
        match tag.name.as_str() {
            "div" | "p" | "center" => self.aligned(tag.closes, html),
            "br" => self.push_inline(Inline::Break),
            "img" => self.html_image(html, range),
            "script" | "style" => return Err(self.refused("HTML", range)),
            name if EMBEDDED.contains(&name) => {
                if !tag.closes {
                    let what = format!("<{name}>");
                    self.told.push(
                        Diagnostic::new(Code::Embedded)
                            .with("what", what)
                            .at_span(Span::new(self.file, range.clone())),
                    );
                }
            }
            "section" | "figure" | "figcaption" | "li" => self.close_tight(),
            _ => match (tag.meaning(html), tag.closes) {
                (Some(meaning), false) => self.open_tag(&tag.name, meaning),
                (Some(_), true) => self.close_tag(&tag.name),
                (None, _) => {}
            },
        }
        Ok(())
    }

    /// What a closed tag makes of the words that stood in it.
    pub(super) fn meant(&mut self, meaning: &Meaning, inlines: Vec<Inline>) -> Vec<Inline> {
        match meaning {
            Meaning::Styled(style) => vec![Inline::Styled { style: *style, inlines }],
            // A reading belongs to the words since the last one.
            Meaning::Reading => {
                let base = text_of(&self.take_unread());
                vec![Inline::Ruby { base, reading: text_of(&inlines) }]
            }
            Meaning::Ruby => inlines,
            // Brackets around a reading are markup here: every edition shows readings.
            Meaning::Fallback => Vec::new(),
        }
    }
}

/// The words of inlines as one text.
fn text_of(inlines: &[Inline]) -> Text {
    let mut out = Text::default();
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.append(text),
            Inline::Styled { inlines, .. } | Inline::Link { inlines, .. } => {
                out.append(&text_of(inlines));
            }
            _ => {}
        }
    }
    out
}
