//! An [`Article`] → Markdown with front matter that reads back to the same article.
//!
//! The way back from `ingest::markdown`: what an editor keeps, corrects and builds from. Everything
//! is written in the form that is plainest to read; HTML only where Markdown has no mark, or where
//! its marks would not close beside a Chinese mark (CommonMark §6.2, flanking).

mod blocks;
mod escape;
mod front_matter;
mod inlines;
mod table;

use crate::article::Article;

/// Writes an article as Markdown.
#[must_use]
pub fn markdown(article: &Article) -> String {
    let mut out = front_matter::write(article);
    out.push_str(&blocks::write(&article.blocks));
    for (at, note) in article.notes.iter().enumerate() {
        let label = format!("[^{}]: ", at + 1);
        out.push('\n');
        out.push_str(&blocks::hung(&label, "    ", &blocks::write(&note.blocks)));
    }
    out
}
