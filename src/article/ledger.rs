//! The account of every character of the source.

use super::{Article, Block, Text};
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
    /// It stands in the article as it was, at another place.
    Moved,
    /// Something else stands in its place.
    Changed,
    /// It is not in the article.
    Removed,
}

/// Where in the article a piece of the source stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// In a field of its metadata.
    Field(&'static str),
    /// In its text.
    Body,
    /// In a note.
    Note,
}

impl Serialize for Part {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Field(name) => name,
            Self::Body => "body",
            Self::Note => "note",
        })
    }
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
    /// Where it stands now; `None` for what was removed.
    pub part: Option<Part>,
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

/// What moves a piece: the order of an article is title, authors, text, notes, editor.
const MOVED: RuleId = RuleId("structure::moved");

impl Ledger {
    /// The account of an article.
    #[must_use]
    pub fn of(article: &Article, sources: &Sources) -> Self {
        let mut edits: Vec<Edit> = Vec::new();
        let body = extent(article);
        for (field, text) in article.metadata.fields() {
            let moved = |span: &Span| match field {
                "editor" => span.end <= body.1,
                _ => span.start >= body.0,
            };
            edits.extend(pieces(text, Part::Field(field), &moved, sources));
        }
        let mut furthest = 0;
        for block in &article.blocks {
            let moved = |span: &Span| span.start < furthest;
            let texts = block.texts();
            for text in &texts {
                edits.extend(pieces(text, Part::Body, &moved, sources));
            }
            let starts = texts.iter().flat_map(|text| text.runs()).map(|run| run.span.start);
            furthest = starts.fold(furthest, usize::max);
        }
        let notes = article.notes.iter().flat_map(|note| &note.blocks);
        for text in notes.flat_map(Block::texts) {
            edits.extend(pieces(text, Part::Note, &|_| false, sources));
        }
        edits.extend(article.removed.iter().map(|removal| Edit {
            span: removal.span,
            action: Action::Removed,
            rule: Some(removal.rule),
            part: None,
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

/// Where the text of an article begins and ends in its source.
fn extent(article: &Article) -> (usize, usize) {
    let spans = || {
        let texts = article.blocks.iter().flat_map(Block::texts);
        texts.flat_map(Text::runs).map(|run| run.span).filter(|span| !span.is_empty())
    };
    let start = spans().map(|span| span.start).min().unwrap_or(usize::MAX);
    (start, spans().map(|span| span.end).max().unwrap_or(0))
}

fn pieces<'a>(
    text: &'a Text,
    part: Part,
    moved: &'a dyn Fn(&Span) -> bool,
    sources: &'a Sources,
) -> impl Iterator<Item = Edit> + 'a {
    let mut at = 0;
    text.runs().iter().map(move |run| {
        let new = text.as_str().get(at..at + run.len).unwrap_or("").to_owned();
        at += run.len;
        let (action, rule) = match run.rule {
            None if moved(&run.span) => (Action::Moved, Some(MOVED)),
            None => (Action::Kept, None),
            Some(rule) if run.len == 0 => (Action::Removed, Some(rule)),
            Some(rule) => (Action::Changed, Some(rule)),
        };
        let part = (action != Action::Removed).then_some(part);
        let old = sources.slice(run.span).to_owned();
        Edit { span: run.span, action, rule, part, old, new }
    })
}
