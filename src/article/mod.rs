//! The document model: what an article says, with where each character came from, never how it
//! looks.
//!
//! `ingest` makes an [`Article`], `copyedit` turns it into a better one, everything later reads
//! it. A [`Text`] knows for every character whether it stands as in the source or which rule
//! changed it; what was taken out is in [`Article::removed`]. Together they account for the whole
//! source, and [`Ledger::of`] writes the account.

mod address;
mod block;
mod inline;
mod ledger;
mod metadata;
mod picture;
mod script;
mod table;
mod text;

pub use address::{Address, address, solid};
pub use block::{
    Apart, Block, Confidence, Figure, Heading, List, ListItem, Paragraph, Piece, Role,
};
pub use inline::{Image, Inline, Style, Words, plain};
pub use ledger::{Action, Edit, Ledger, Part, Removal, RuleId};
pub use metadata::{Author, Date, Metadata};
pub use picture::{CoverPicture, Picture, PictureFormat, PictureId, Tones};
pub use script::is_traditional;
pub use table::{Cell, CellAlign, PlacedCell, Row, Table};
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
    /// Notes, in the order they are first referred to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Pictures.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
    /// What was taken out, each by a rule.
    #[serde(skip)]
    pub removed: Vec<Removal>,
}

/// A footnote or endnote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// What it says.
    pub blocks: Vec<Block>,
}

impl Article {
    /// An article of one file without anything in it yet.
    #[must_use]
    pub fn new(file: FileId, name: impl Into<String>, language: impl Into<String>) -> Self {
        Self {
            file,
            name: name.into(),
            language: language.into(),
            metadata: Metadata::default(),
            blocks: Vec::new(),
            notes: Vec::new(),
            pictures: Vec::new(),
            removed: Vec::new(),
        }
    }

    /// The title as plain text, or the file's name where none was found.
    #[must_use]
    pub fn title(&self) -> &str {
        self.metadata.title.as_ref().map_or(&self.name, Text::as_str)
    }

    /// Every text of the article: metadata first, then blocks in reading order, then notes.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.metadata.texts().chain(self.all_blocks().flat_map(Block::texts))
    }

    /// The blocks of the text, then those of the notes.
    pub fn all_blocks(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().chain(self.notes.iter().flat_map(|note| &note.blocks))
    }

    /// The blocks of the text, then those of the notes.
    pub fn all_blocks_mut(&mut self) -> impl Iterator<Item = &mut Block> {
        self.blocks.iter_mut().chain(self.notes.iter_mut().flat_map(|note| &mut note.blocks))
    }

    /// Headings of the article, run-in ones included, in reading order.
    pub fn headings(&self) -> impl Iterator<Item = &Heading> {
        self.blocks.iter().filter_map(Block::heading)
    }
}
