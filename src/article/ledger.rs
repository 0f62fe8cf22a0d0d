//! The account of every character of the source.

use super::{Article, Text};
use crate::source::{Sources, Span};
use serde::Serialize;

/// The name of a rule, such as `punctuation::marks`; its words stand in `copyedit::RULES`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct RuleId(pub &'static str);

/// Source that is in no text of the article any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Removal {
    /// What was taken out.
    pub span: Span,
    /// Why.
    pub rule: RuleId,
}

/// What happened to a piece of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// It stands in the article as it was.
    Kept,
    /// Something else stands in its place.
    Changed,
    /// It is not in the article.
    Removed,
}

/// One piece of the source and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The piece; pieces cover the source without gap or overlap.
    #[serde(skip)]
    pub span: Span,
    /// What happened.
    pub action: Action,
    /// By which rule; `None` for what was kept.
    pub rule: Option<RuleId>,
    /// What it was.
    pub old: String,
    /// What it is now.
    pub new: String,
}

/// All pieces of one article's source, in source order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// The pieces.
    pub edits: Vec<Edit>,
}

impl Ledger {
    /// The account of an article.
    #[must_use]
    pub fn of(article: &Article, sources: &Sources) -> Self {
        let mut edits: Vec<Edit> = article.texts().flat_map(|t| pieces(t, sources)).collect();
        edits.extend(article.removed.iter().map(|removal| Edit {
            span: removal.span,
            action: Action::Removed,
            rule: Some(removal.rule),
            old: sources.slice(removal.span).to_owned(),
            new: String::new(),
        }));
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        Self { edits }
    }

    /// The source, put together from the account.
    #[must_use]
    pub fn undo(&self) -> String {
        self.edits.iter().map(|edit| edit.old.as_str()).collect()
    }

    /// The first place where the pieces leave a gap in a source of `len` bytes or overlap.
    #[must_use]
    pub fn gap(&self, len: usize) -> Option<usize> {
        let mut at = 0;
        for edit in &self.edits {
            if edit.span.start != at {
                return Some(at.min(edit.span.start));
            }
            at = edit.span.end;
        }
        (at != len).then_some(at)
    }
}

fn pieces<'a>(text: &'a Text, sources: &'a Sources) -> impl Iterator<Item = Edit> + 'a {
    let mut at = 0;
    text.runs().iter().map(move |run| {
        let new = text.as_str().get(at..at + run.len).unwrap_or("").to_owned();
        at += run.len;
        let action = match run.rule {
            None => Action::Kept,
            Some(_) if run.len == 0 => Action::Removed,
            Some(_) => Action::Changed,
        };
        let old = sources.slice(run.span).to_owned();
        Edit { span: run.span, action, rule: run.rule, old, new }
    })
}
