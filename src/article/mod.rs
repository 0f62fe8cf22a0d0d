//! The document model: what an article says, with where each character came from, never how it
//! looks.
//!
//! `ingest` makes an [`Article`], `copyedit` turns it into a better one, everything later reads
//! it. A [`Text`] knows for every character whether it stands as in the source or which rule
//! changed it; what was taken out is in [`Article::removed`]. Together they account for the whole
//! source, and [`Ledger::of`] writes the account.

mod block;
mod ledger;
mod metadata;
mod text;

pub use block::{Block, Heading, Inline, List, Paragraph, Role, Words, plain};
pub use ledger::{Action, Edit, Ledger, Removal, RuleId};
pub use metadata::{Author, Date, Metadata};
pub use text::{Run, Text};

use crate::source::FileId;
use serde::Serialize;

/// One article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Article {
    /// The file it was read from.
    #[serde(skip)]
    pub file: FileId,
    /// The name to use when no title is found: the file's name without its ending.
    pub name: String,
    /// BCP 47 tag, such as `zh-Hans`.
    pub language: String,
    /// Title, author, source and the like.
    pub metadata: Metadata,
    /// What it says, in reading order.
    pub blocks: Vec<Block>,
    /// What was taken out, each by a rule.
    #[serde(skip)]
    pub removed: Vec<Removal>,
}

impl Article {
    /// The title as plain text, or the file's name where none was found.
    #[must_use]
    pub fn title(&self) -> &str {
        self.metadata.title.as_ref().map_or(&self.name, Text::as_str)
    }

    /// Every text of the article: metadata first, then blocks in reading order.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.metadata.texts().chain(self.blocks.iter().flat_map(Block::texts))
    }

    /// Headings of the article, run-in ones included, in reading order.
    pub fn headings(&self) -> impl Iterator<Item = &Heading> {
        self.blocks.iter().filter_map(Block::heading)
    }
}
