//! Rows of inlines as Markdown.

use super::escape;
use crate::article::{Image, Inline, Style};
use regex::Regex;
use std::fmt::Write;
use std::sync::LazyLock;

/// Styles with a mark of their own, and the tag that says the same.
const MARKS: &[(Style, &str, &str, &str)] = &[
    (Style::Strong, "**", "strong", ""),
    (Style::Emphasis, "*", "em", ""),
    (Style::Dots, "", "em", " class=\"dots\""),
    (Style::Deleted, "~~", "del", ""),
    (Style::Underline, "", "u", ""),
    (Style::Wavy, "", "u", " class=\"wavy\""),
    (Style::Subscript, "", "sub", ""),
    (Style::Superscript, "", "sup", ""),
];

#[expect(clippy::expect_used, reason = "a literal pattern, compiled by every test")]
static PUNCTUATION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[\p{P}\p{S}]$").expect("a literal pattern"));

/// Where a row stands: what a new line in it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Paragraph,
    /// Everything must stand on one line.
    OneLine,
    /// The same, in a cell: a bar ends it even inside code.
    Cell,
}

/// Adds a row of inlines.
pub(super) fn write(inlines: &[Inline], place: Place, out: &mut String) {
    row(&tidy(inlines), place, out);
}

/// A row without words that are not there any more, and with neighbours of one style as one.
fn tidy(inlines: &[Inline]) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        let inline = match inline {
            Inline::Text(text) if text.is_empty() => continue,
            Inline::Styled { style, inlines } => {
                let inlines = tidy(inlines);
                if let Some(Inline::Styled { style: last, inlines: before }) = out.last_mut()
                    && last == style
                {
                    before.extend(inlines);
                    continue;
                }
                if inlines.is_empty() {
                    continue;
                }
                Inline::Styled { style: *style, inlines }
            }
            inline => inline.clone(),
        };
        out.push(inline);
    }
    // A line break that nothing follows breaks nothing.
    let kept = out.iter().rposition(|inline| !matches!(inline, Inline::Break));
    out.truncate(kept.map_or(0, |at| at + 1));
    out
}

fn row(inlines: &[Inline], place: Place, out: &mut String) {
    for (at, inline) in inlines.iter().enumerate() {
        let next = inlines.get(at + 1).and_then(first);
        match inline {
            Inline::Text(text) => escape::words(text.as_str(), out),
            Inline::Styled { style, inlines } => styled(*style, inlines, next, place, out),
            Inline::Code(text) if place == Place::Cell => {
                escape::code(&text.as_str().replace('|', "\\|"), out);
            }
            Inline::Code(text) => escape::code(text.as_str(), out),
            Inline::Link { target, inlines } => {
                out.push('[');
                write(inlines, place, out);
                out.push_str("](");
                escape::target(target, out);
                out.push(')');
            }
            Inline::Ruby { base, reading } => {
                let (base, reading) = (base.as_str(), reading.as_str());
                // Writing to a string cannot fail.
                let _ = if [base, reading].iter().any(|part| part.contains(['|', '}', '\\'])) {
                    let safe = |part: &str| {
                        let mut out = String::from(" ");
                        escape::words(part, &mut out);
                        out.split_off(1)
                    };
                    write!(out, "<ruby>{}<rt>{}</rt></ruby>", safe(base), safe(reading))
                } else {
                    write!(out, "{{{base}|{reading}}}")
                };
            }
            Inline::NoteRef { note } => {
                let _ = write!(out, "[^{}]", note + 1);
            }
            Inline::Image(image) => self::image(image, "", out),
            Inline::Break => out.push_str(match place {
                Place::Paragraph => "\\\n",
                Place::OneLine | Place::Cell => "<br>",
            }),
        }
    }
}

/// A picture; one that only decorates is written as HTML, as Markdown cannot say so.
pub(super) fn image(image: &Image, title: &str, out: &mut String) {
    if image.alt.as_deref() == Some("") {
        let _ = write!(out, "<img src=\"{}\" alt=\"\"", escape::attribute(&image.source));
        if !title.is_empty() {
            let _ = write!(out, " title=\"{}\"", escape::attribute(title));
        }
        out.push('>');
        return;
    }
    out.push_str("![");
    escape::words(image.alt.as_deref().unwrap_or_default(), out);
    out.push_str("](");
    escape::target(&image.source, out);
    if !title.is_empty() {
        let _ = write!(out, " \"{}\"", escape::title(title));
    }
    out.push(')');
}

/// Marked words: with marks where these open and close, with a tag elsewhere.
fn styled(style: Style, inlines: &[Inline], next: Option<char>, place: Place, out: &mut String) {
    let mut inner = String::from("\u{2060}");
    write(inlines, place, &mut inner);
    let inner = inner.split_off('\u{2060}'.len_utf8());
    let row = MARKS.iter().find(|(known, ..)| *known == style);
    let (mark, tag, class) = row.map_or(("", "span", ""), |(_, mark, tag, c)| (*mark, *tag, *c));
    if !mark.is_empty() && flanks(out, &inner, next, mark) {
        let _ = write!(out, "{mark}{inner}{mark}");
    } else {
        let _ = write!(out, "<{tag}{class}>{inner}</{tag}>");
    }
}

/// Whether marks around `inner` open and close there (CommonMark §6.2), and touch no other mark.
fn flanks(before: &str, inner: &str, after: Option<char>, mark: &str) -> bool {
    let mut buffer = [0; 4];
    let mut punctuation = |c: char| PUNCTUATION.is_match(c.encode_utf8(&mut buffer));
    let (Some(first), Some(last)) = (inner.chars().next(), inner.chars().next_back()) else {
        return false;
    };
    let (before, sign) = (before.chars().next_back(), mark.chars().next());
    if first.is_whitespace() || last.is_whitespace() {
        return false;
    }
    let touches = [before, Some(first), Some(last), after].contains(&sign);
    let mut open = |outer: Option<char>| outer.is_none_or(|c| c.is_whitespace() || punctuation(c));
    let (opens, closes) = (open(before), open(after));
    !touches && (!punctuation(first) || opens) && (!punctuation(last) || closes)
}

/// The first character an inline will write, as far as marks before it care.
fn first(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => text.as_str().chars().next(),
        Inline::Styled { style, .. } => {
            let row = MARKS.iter().find(|(known, ..)| known == style);
            row.and_then(|(_, mark, ..)| mark.chars().next()).or(Some('<'))
        }
        Inline::Code(_) => Some('`'),
        Inline::Link { .. } | Inline::NoteRef { .. } => Some('['),
        Inline::Ruby { .. } => Some('{'),
        Inline::Image(_) => Some('!'),
        Inline::Break => Some('\\'),
    }
}
