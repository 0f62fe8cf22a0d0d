//! Named rules, `Article` → `Article`, each logged, each idempotent.
//!
//! Structure first (what is a line for?), then punctuation inside what is kept, because a
//! dateline's colon says something that a sentence's colon does not. Every rule has a row in
//! [`RULES`]; what it did is in the article's texts and removals.

pub mod punctuation;
mod rules;
pub mod structure;

pub use rules::{RULES, RuleRow, words};

use crate::article::Article;
use crate::diagnostics::Sink;

/// How far the text may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Policy {
    /// Nothing is changed.
    Off,
    /// Only what cannot change meaning: invisible characters, widths, compatibility forms, spaces.
    Safe,
    /// All rules.
    #[default]
    Full,
}

impl Policy {
    /// The policy of a name in the issue file.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "off" => Some(Self::Off),
            "safe" => Some(Self::Safe),
            "full" => Some(Self::Full),
            _ => None,
        }
    }
}

/// Recognises the parts of an article and cleans its text.
pub fn copyedit(article: Article, policy: Policy, sink: &mut Sink) -> Article {
    let mut article = structure::recognise(article, sink);
    punctuation::normalise(&mut article, policy, sink);
    article
}
