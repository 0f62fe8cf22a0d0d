//! What can be told to a person or a script, by stable code.
//!
//! In: a code from the [`catalogue`], its particulars and its place. Out: a sentence in Chinese or
//! English, or one JSON object. Rooms never write sentences; they hand over a [`Diagnostic`], and
//! what it says stands in one table.

mod catalogue;
mod nearest;
mod page;
mod reasons;
mod render;

pub use catalogue::{Code, Level};
pub use nearest::nearest;
pub use page::{SCHEMA, page};
pub use reasons::reason;
pub use render::{human, json};

use crate::source::Span;

/// The language messages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// 中文, the default.
    #[default]
    Chinese,
    /// English.
    English,
}

/// Where a finding is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A whole file, folder or other thing with a name.
    Named(String),
    /// Characters of a file that was read.
    Span(Span),
}

/// One finding, not yet put into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which of the catalogue.
    pub code: Code,
    /// What fills the `{name}`s of the catalogue's sentence.
    pub particulars: Vec<(&'static str, String)>,
    /// Where.
    pub place: Option<Place>,
}

impl Diagnostic {
    /// A finding without place or particulars yet.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self { code, particulars: Vec::new(), place: None }
    }

    /// Says what fills `{name}`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.particulars.push((name, value.to_string()));
        self
    }

    /// Says where, by a name.
    #[must_use]
    pub fn at(mut self, name: impl Into<String>) -> Self {
        self.place = Some(Place::Named(name.into()));
        self
    }

    /// Says where, by characters of a file.
    #[must_use]
    pub fn at_span(mut self, span: Span) -> Self {
        self.place = Some(Place::Span(span));
        self
    }
}

/// Collects findings in the order they were made.
#[derive(Debug, Clone, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
}

impl Sink {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Adds all findings of another sink after those here.
    pub fn append(&mut self, mut other: Self) {
        self.found.append(&mut other.found);
    }

    /// All findings, to be told more exactly.
    pub fn found_mut(&mut self) -> &mut [Diagnostic] {
        &mut self.found
    }

    /// Lets go of findings that are not wanted.
    pub fn retain(&mut self, wanted: impl FnMut(&Diagnostic) -> bool) {
        self.found.retain(wanted);
    }

    /// All findings, in order.
    #[must_use]
    pub fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// Whether there is a finding of this level.
    #[must_use]
    pub fn any(&self, level: Level) -> bool {
        self.found.iter().any(|d| d.code.level() == level)
    }
}
