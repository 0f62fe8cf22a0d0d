//! Code on a page.

use super::dom::NodeId;
use super::page::Page;
use crate::article::{RuleId, Text};
use crate::source::Span;

const LINE_END: RuleId = RuleId("html::line-end");
const SPACE: RuleId = RuleId("html::space");

/// Labels of line numbers beside code (see [`Page::labels`]).
const NUMBERS: &[&str] =
    &["gutter", "lineno", "linenos", "linenumber", "linenumbers", "rouge-gutter"];

/// The lines of a `<pre>`, without blank ones around them and without line numbers.
pub(super) fn lines(page: &Page<'_>, id: NodeId) -> Text {
    let mut out = Text::default();
    let mut walk = page.all(id);
    while let Some(below) = walk.next() {
        if let Some(text) = page.text(below) {
            out.append(text);
            continue;
        }
        let is_number = || page.labels(below).iter().any(|l| NUMBERS.contains(&l.as_str()));
        if page.is_unseen(below) || below != id && is_number() {
            walk.skip_below(below);
        }
        match page.name(below) {
            "br" => out.push("\n", Span::new(page.file, page.tag_place(below)), Some(LINE_END)),
            // Editors that put each line of code into an element of its own.
            "li" | "div" | "p" | "tr"
                if !out.as_str().is_empty() && !out.as_str().ends_with('\n') =>
            {
                let at = page.tag_place(below);
                out.push("\n", Span::new(page.file, at), Some(LINE_END));
            }
            _ => {}
        }
    }
    let value = out.as_str();
    let blank = |line: &&str| line.trim().is_empty();
    let lead: usize = value.split_inclusive('\n').take_while(blank).map(str::len).sum();
    let end = value.trim_end().len();
    out.slice(lead.min(end)..end)
}

/// Code inside a line has no line ends.
pub(super) fn one_line(text: &Text) -> Text {
    if !text.as_str().contains(['\n', '\r', '\t']) {
        return text.clone();
    }
    let mut out = Text::default();
    let value = text.as_str();
    let mut at = 0;
    for piece in value.split_inclusive(['\n', '\r', '\t']) {
        let bare = piece.trim_end_matches(['\n', '\r', '\t']);
        let words = text.slice(at..at + bare.len());
        out.append(&words);
        if bare.len() < piece.len() {
            for run in text.slice(at + bare.len()..at + piece.len()).runs() {
                out.push(" ", run.span, Some(SPACE));
            }
        }
        at += piece.len();
    }
    out
}

/// The language that a page names for its code.
pub(super) fn language(page: &Page<'_>, id: NodeId) -> Option<String> {
    let code = page.children(id).find(|child| page.name(*child) == "code");
    let above = std::iter::successors(page.parent(id), |id| page.parent(*id)).take(3);
    let places = code.into_iter().chain([id]).chain(above);
    let mut classes = places.filter_map(|id| page.attribute(id, "class"));
    classes.find_map(|class| {
        class.split_whitespace().find_map(|one| {
            let name = one.strip_prefix("language-").or_else(|| one.strip_prefix("lang-"))?;
            let known =
                !name.is_empty() && !matches!(name, "plaintext" | "text" | "none" | "plain");
            known.then(|| name.to_owned())
        })
    })
}
