//! A row of words with their styles → inlines.
//!
//! Pages and Word files nest marks in any order and break them over runs. Words are gathered flat, each with
//! the styles and the link it stands in, and nested in one order at the end; so neighbours of the
//! same style become one.

use crate::article::{Image, Inline, RuleId, Style, Text};
use std::rc::Rc;

const SPACE: RuleId = RuleId("html::space");

/// The styles, outermost first.
const STYLES: [Style; 8] = [
    Style::Strong,
    Style::Emphasis,
    Style::Dots,
    Style::Underline,
    Style::Wavy,
    Style::Deleted,
    Style::Subscript,
    Style::Superscript,
];

/// A set of styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Styles(u8);

impl Styles {
    #[must_use]
    pub(super) fn with(self, style: Style) -> Self {
        let bit = STYLES.iter().position(|known| *known == style).unwrap_or(0);
        Self(self.0 | 1 << bit)
    }

    /// Without weight: a heading is heavy anyway.
    #[must_use]
    pub(super) const fn light(self) -> Self {
        Self(self.0 & !1)
    }

    fn list(self) -> impl Iterator<Item = Style> {
        STYLES
            .into_iter()
            .enumerate()
            .filter(move |(bit, _)| self.0 >> bit & 1 == 1)
            .map(|(_, s)| s)
    }
}

/// What a leaf is.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Words(Text),
    Code(Text),
    Ruby { base: Text, reading: Text },
    Note(usize),
    Image(Image),
    Break,
}

/// A piece of a row and how it is marked out.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    pub(super) kind: Kind,
    pub(super) styles: Styles,
    pub(super) link: Option<Rc<str>>,
}

/// White space at the edge of a line, and what stands for it.
pub(super) fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}')
}

/// Whether nothing of a row can be seen.
pub(super) fn is_blank(leaves: &[Leaf]) -> bool {
    leaves.iter().all(|leaf| match &leaf.kind {
        Kind::Words(text) => text.as_str().chars().all(blank),
        Kind::Break => true,
        _ => false,
    })
}

/// White space as a browser shows it: none at the edges of a line, one space for a run, none for
/// a line end between Chinese characters.
pub(super) fn collapse(leaves: &mut Vec<Leaf>) {
    let mut before: Option<char> = None;
    let mut out: Vec<Leaf> = Vec::with_capacity(leaves.len());
    let nexts = next_characters(leaves);
    for (leaf, next) in leaves.drain(..).zip(nexts) {
        match leaf.kind {
            Kind::Words(text) => {
                let text = spaced(&text, &mut before, next);
                if !text.is_empty() {
                    out.push(Leaf { kind: Kind::Words(text), ..leaf });
                }
            }
            Kind::Break => {
                trim_end(&mut out);
                before = None;
                out.push(leaf);
            }
            _ => {
                before = Some('\u{FFFC}');
                out.push(leaf);
            }
        }
    }
    trim_end(&mut out);
    *leaves = out;
}

/// For each leaf, the first visible character after it in its line.
fn next_characters(leaves: &[Leaf]) -> Vec<Option<char>> {
    let mut next = None;
    let mut out = vec![None; leaves.len()];
    for (leaf, slot) in leaves.iter().zip(&mut out).rev() {
        *slot = next;
        next = match &leaf.kind {
            Kind::Words(text) => text.as_str().chars().find(|c| !blank(*c)).or(next),
            Kind::Break => None,
            _ => Some('\u{FFFC}'),
        };
    }
    out
}

/// The words of one leaf, white space collapsed after what stands `before` them.
fn spaced(text: &Text, before: &mut Option<char>, next: Option<char>) -> Text {
    let value = text.as_str();
    let mut out = Text::default();
    let mut at = 0;
    while let Some(rest) = value.get(at..).filter(|rest| !rest.is_empty()) {
        let run = rest.find(|c| !blank(c)).unwrap_or(rest.len());
        if run == 0 {
            let words = rest.find(blank).unwrap_or(rest.len());
            out.append(&text.slice(at..at + words));
            *before = rest.get(..words).and_then(|words| words.chars().next_back());
            at += words;
            continue;
        }
        let white = rest.get(..run).unwrap_or_default();
        let after = rest.get(run..).and_then(|rest| rest.chars().next()).or(next);
        if let Some(kept) = kept_space(white, *before, after) {
            let (offset, space) = kept;
            let wide = space.len_utf8();
            let piece = text.slice(at + offset..at + offset + wide);
            if space.is_ascii_whitespace() && space != ' ' {
                for run in piece.runs() {
                    out.push(" ", run.span, Some(SPACE));
                }
            } else {
                out.append(&piece);
            }
            *before = Some(' ');
        }
        at += run;
    }
    out
}

/// Which character of a run of white space stays, if any.
fn kept_space(white: &str, before: Option<char>, after: Option<char>) -> Option<(usize, char)> {
    let (before, after) = (before?, after?);
    if blank(before) {
        return None;
    }
    let chinese = |c: char| u32::from(c) >= 0x2E80 && c != '\u{FFFC}';
    let line_end = white.contains(['\n', '\r']);
    if line_end
        && chinese(before)
        && chinese(after)
        && white.chars().all(|c| c.is_ascii_whitespace())
    {
        return None;
    }
    // A space that was meant weighs more than those that lay out the source.
    let meant = white.char_indices().find(|(_, c)| matches!(c, '\u{3000}' | '\u{A0}'));
    meant
        .or_else(|| white.char_indices().find(|(_, c)| *c == ' '))
        .or_else(|| white.char_indices().find(|(_, c)| c.is_whitespace()))
}

/// Takes white space off the end of a line.
fn trim_end(leaves: &mut Vec<Leaf>) {
    while let Some(Leaf { kind: Kind::Words(text), .. }) = leaves.last_mut() {
        let bare = text.as_str().trim_end_matches(blank).len();
        if bare == text.as_str().len() {
            return;
        }
        *text = text.slice(0..bare);
        if !text.is_empty() {
            return;
        }
        leaves.pop();
    }
}

/// Leaves as nested inlines.
pub(super) fn nest(leaves: &[Leaf]) -> Vec<Inline> {
    level(leaves, 0)
}

/// What a leaf stands in, outermost first.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Around {
    Link(Rc<str>),
    Style(Style),
}

fn around(leaf: &Leaf) -> Vec<Around> {
    let link = leaf.link.iter().cloned().map(Around::Link);
    link.chain(leaf.styles.list().map(Around::Style)).collect()
}

fn level(leaves: &[Leaf], depth: usize) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    let mut at = 0;
    while let Some(leaf) = leaves.get(at) {
        let Some(outer) = around(leaf).into_iter().nth(depth) else {
            push(&mut out, leaf);
            at += 1;
            continue;
        };
        let same = |leaf: &&Leaf| around(leaf).get(depth) == Some(&outer);
        let run = leaves.iter().skip(at).take_while(same).count();
        let inlines = level(leaves.get(at..at + run).unwrap_or_default(), depth + 1);
        out.push(match outer {
            Around::Link(target) => Inline::Link { target: target.to_string(), inlines },
            Around::Style(style) => Inline::Styled { style, inlines },
        });
        at += run;
    }
    out
}

fn push(out: &mut Vec<Inline>, leaf: &Leaf) {
    let inline = match &leaf.kind {
        Kind::Words(text) => match out.last_mut() {
            Some(Inline::Text(last)) => return last.append(text),
            _ => Inline::Text(text.clone()),
        },
        Kind::Code(text) => Inline::Code(text.clone()),
        Kind::Ruby { base, reading } => {
            Inline::Ruby { base: base.clone(), reading: reading.clone() }
        }
        Kind::Note(note) => Inline::NoteRef { note: *note },
        Kind::Image(image) => Inline::Image(image.clone()),
        Kind::Break => Inline::Break,
    };
    out.push(inline);
}
