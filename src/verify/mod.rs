//! A finished edition read back, and held against what its articles say.
//!
//! In: the bytes of a PDF ([`pdf`]) or an EPUB ([`epub`]) and the articles as they should be. Out:
//! every difference ([`compare()`]), with its surroundings, its article and its page. The readers
//! share no code with the writers and know nothing of the layout; white space belongs to the
//! layout and is not compared, everything else is.

mod align;
mod bag;
mod beside;
mod codes;
mod compare;
mod epub;
mod marked;
mod parting;
mod pdf;
mod sight;

pub use bag::{BagFault, faults};
pub use compare::{Difference, Kind, compare};

use std::collections::BTreeMap;

/// What an edition says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Its articles, in order.
    pub articles: Vec<ArticleRead>,
    /// The lines of its contents, in order, by which a reader finds an article; none where it has
    /// no contents.
    pub contents: Option<Vec<String>>,
    /// Pages that are not in their turn, or twice.
    pub strays: Vec<String>,
}

/// What an article of an edition says, white space aside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleRead {
    /// What it is called in the edition, where it has a name.
    pub name: String,
    /// Its words in reading order, without what is made for the edition: numbers of notes and of
    /// list items.
    pub text: String,
    /// The words of its notes.
    pub notes: String,
    /// How many pictures it shows; of a PDF, decoration aside.
    pub pictures: usize,
    /// The pages or documents it stands on, in order.
    pub stretches: Vec<Stretch>,
}

/// What an article has on one page or in one document, up to the next stretch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stretch {
    /// The page's turn when the edition is read.
    pub turn: i32,
    /// What it is called.
    pub place: String,
    /// Where its text begins, in bytes of the article's.
    pub text: usize,
    /// Where its notes begin, in bytes of the article's.
    pub notes: usize,
}

impl ArticleRead {
    /// Adds words, white space aside.
    fn add(&mut self, words: &str, noted: bool) {
        let to = if noted { &mut self.notes } else { &mut self.text };
        to.extend(words.chars().filter(|c| !c.is_whitespace()));
    }

    /// Says where the words that come next stand.
    fn stand(&mut self, turn: i32, place: &str) {
        if self.stretches.last().is_none_or(|last| last.turn != turn || last.place != place) {
            let (text, notes, place) = (self.text.len(), self.notes.len(), place.to_owned());
            self.stretches.push(Stretch { turn, place, text, notes });
        }
    }

    /// Where a byte of the text stands.
    fn place(&self, at: usize) -> &str {
        let after = self.stretches.partition_point(|stretch| stretch.text <= at);
        let found = after.checked_sub(1).and_then(|found| self.stretches.get(found));
        found.map_or("", |stretch| stretch.place.as_str())
    }

    /// Its stretches with their text and notes.
    fn parts(&self) -> impl Iterator<Item = (&Stretch, &str, &str)> {
        let ends = self.stretches.iter().skip(1).map(|next| (next.text, next.notes));
        let ends = ends.chain([(self.text.len(), self.notes.len())]);
        self.stretches.iter().zip(ends).map(|(own, (text, notes))| {
            let text = self.text.get(own.text..text).unwrap_or_default();
            (own, text, self.notes.get(own.notes..notes).unwrap_or_default())
        })
    }

    /// Both parts of an article whose pages stand in two files, by the turns of the pages.
    fn joined(&self, other: &Self) -> Self {
        let pictures = self.pictures + other.pictures;
        let mut out = Self { name: self.name.clone(), pictures, ..Self::default() };
        let (mut first, mut second) = (self.parts().peekable(), other.parts().peekable());
        loop {
            let later = match (first.peek(), second.peek()) {
                (Some((one, ..)), Some((two, ..))) => two.turn < one.turn,
                (first, _) => first.is_none(),
            };
            let next = if later { second.next() } else { first.next() };
            let Some((stretch, text, notes)) = next else { return out };
            out.stand(stretch.turn, &stretch.place);
            out.text.push_str(text);
            out.notes.push_str(notes);
        }
    }
}

impl Reading {
    /// The whole of an edition in two files, such as the inside and the cover of a print.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        let strays = self.strays.into_iter().chain(other.strays).collect();
        let contents = self.contents.or(other.contents);
        let ascends = |articles: &[ArticleRead]| articles.is_sorted_by(|a, b| a.name < b.name);
        if !ascends(&self.articles) || !ascends(&other.articles) {
            // Names are in the order of the articles, unless somebody moved them.
            let articles = self.articles.into_iter().chain(other.articles).collect();
            return Self { articles, contents, strays };
        }
        let mut articles: BTreeMap<String, ArticleRead> = BTreeMap::new();
        for article in self.articles.into_iter().chain(other.articles) {
            let whole = match articles.get(&article.name) {
                Some(known) => known.joined(&article),
                None => article,
            };
            articles.insert(whole.name.clone(), whole);
        }
        Self { articles: articles.into_values().collect(), contents, strays }
    }
}

/// Why an edition cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// It is neither a PDF nor an EPUB nor an archive.
    #[error("neither PDF nor EPUB nor archive")]
    Kind,
    /// It is damaged.
    #[error("{0}")]
    Damaged(String),
    /// A PDF without the structure that says what is an article and in which order it reads.
    #[error("no structure of articles")]
    Untagged,
}

/// The files that an edition was made of, by name, as it carries them itself: of a PDF, those it
/// names as its source (ISO 19005-3 §6.8). None where it carries none.
#[must_use]
pub fn carried(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    if bytes.starts_with(b"%PDF-") { pdf::carried(bytes) } else { Vec::new() }
}

/// Reads an edition.
///
/// # Errors
/// [`VerifyError`] when it is of no known kind, damaged or without structure.
pub fn read(bytes: &[u8]) -> Result<Reading, VerifyError> {
    if bytes.starts_with(b"%PDF-") {
        pdf::read(bytes)
    } else if bytes.starts_with(b"PK\x03\x04") {
        epub::read(bytes)
    } else {
        Err(VerifyError::Kind)
    }
}
