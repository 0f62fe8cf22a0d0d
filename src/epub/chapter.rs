//! An article → one XHTML document, or several where it is long.
//!
//! Reading systems open a document at once, so a long article is parted, at headings where it has
//! them. Each note stands in the document that first calls it.

use super::EpubError;
use super::addresses::Addresses;
use super::content::Writer;
use crate::article::{Article, Block, Heading, Inline, Piece, Text};
use crate::issue::{Issue, Labels};
use minijinja::{Environment, context};
use std::ops::Range;

const ARTICLE: &str = include_str!("../../templates/epub/article.xhtml");
const COVER: &str = include_str!("../../templates/epub/cover.xhtml");
const MASTHEAD: &str = include_str!("../../templates/epub/masthead.xhtml");

/// From this size on a document ends before the next heading, bytes.
const LONG: usize = 128 << 10;
/// From this size on it ends before the next block of any kind, bytes.
const LONGEST: usize = 256 << 10;
/// What the tags of a paragraph take, about, bytes.
const TAGS: usize = 40;

/// The cover page.
pub(super) fn cover(issue: &Issue) -> Result<String, EpubError> {
    let language = &issue.language;
    let (label, title) = (Labels::of(language).cover, issue.edition_title());
    render(COVER, context! { language, label, title })
}

/// The masthead page.
pub(super) fn masthead(issue: &Issue) -> Result<String, EpubError> {
    let language = &issue.language;
    let (label, title) = (Labels::of(language).masthead, issue.edition_title());
    let number = issue.numbers().join("　");
    let rows: Vec<(&str, String)> =
        issue.masthead_rows().into_iter().map(|row| (row.label, row.value)).collect();
    let notices: Vec<String> = issue.notices().cloned().collect();
    render(MASTHEAD, context! { language, label, title, number, rows, notices })
}

fn render(template: &str, values: minijinja::Value) -> Result<String, EpubError> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
    Ok(environment.render_str(template, values)?)
}

/// An article's documents in the package, and what stands where in them.
#[derive(Debug)]
pub(super) struct Chapter {
    pub(super) parts: Vec<Part>,
    pub(super) headings: Vec<HeadingPlace>,
    /// The levels of their elements, none left out: the title is the first (WCAG 1.3.1).
    pub(super) levels: Vec<u8>,
    /// The part in which each note stands.
    pub(super) notes: Vec<usize>,
}

/// One document.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) path: String,
    /// Which of the article's blocks it has.
    blocks: Range<usize>,
    /// Which notes, in the order they are called.
    notes: Vec<usize>,
}

/// A heading and where it stands.
#[derive(Debug)]
pub(super) struct HeadingPlace {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) part: usize,
    level: u8,
}

impl Chapter {
    /// The `number`th article with its pictures where they stand in the package.
    pub(super) fn addressed(article: &Article, number: usize) -> Article {
        let mut article = article.clone();
        let paths: Vec<String> = article
            .pictures
            .iter()
            .zip(1..)
            .map(|(picture, at)| super::picture_path(number, at, picture))
            .collect();
        article.all_blocks_mut().for_each(|block| {
            block.each_image_mut(&mut |image| {
                if let Some(path) = image.picture.and_then(|id| paths.get(id.0)) {
                    image.source.clone_from(path);
                }
            });
        });
        article
    }

    /// The documents of the `number`th article.
    pub(super) fn of(article: &Article, number: usize) -> Self {
        let (mut parts, notes) = parts_of(article, number);
        let mut headings = Vec::new();
        for (part, at) in parts.iter_mut().zip(0..) {
            part.notes.retain(|note| notes.get(*note) == Some(&at));
            let notes = part.notes.iter().filter_map(|note| article.notes.get(*note));
            let own = article.blocks.get(part.blocks.clone()).unwrap_or_default();
            let mut all = Vec::new();
            headings_of(own.iter().chain(notes.flat_map(|note| &note.blocks)), &mut all);
            for heading in all {
                headings.push(HeadingPlace {
                    id: format!("part-{}", headings.len() + 1),
                    title: crate::article::plain(&heading.inlines)
                        .trim_end_matches('。')
                        .to_owned(),
                    part: at,
                    level: heading.level,
                });
            }
        }
        let mut own = Self { parts, headings, levels: Vec::new(), notes };
        let depths = own.nested().into_iter().map(|(depth, _)| u8::try_from(depth).unwrap_or(4));
        own.levels = depths.map(|depth| depth.min(4) + 2).collect();
        own
    }

    /// Where its first document stands.
    pub(super) fn path(&self) -> &str {
        self.parts.first().map_or("", |part| part.path.as_str())
    }

    /// Where a place in one of its documents is.
    pub(super) fn place(&self, part: usize, id: &str) -> String {
        format!("{}#{id}", self.parts.get(part).map_or("", |part| part.path.as_str()))
    }

    /// The headings as the contents nest them, and how deep.
    pub(super) fn nested(&self) -> Vec<(usize, &HeadingPlace)> {
        let mut open: Vec<u8> = Vec::new();
        let mut out = Vec::new();
        for heading in &self.headings {
            while open.last().is_some_and(|last| *last >= heading.level) {
                open.pop();
            }
            out.push((open.len(), heading));
            open.push(heading.level);
        }
        out
    }

    /// The documents of the `at`th article.
    pub(super) fn render(
        &self,
        article: &Article,
        at: usize,
        addresses: &Addresses,
        vertical: bool,
    ) -> Result<Vec<String>, EpubError> {
        let metadata = &article.metadata;
        let text = |text: &Option<Text>| text.as_ref().map(|text| text.as_str().to_owned());
        let mut writer = Writer::of(self, at, addresses, vertical);
        let last = self.parts.len().saturating_sub(1);
        let mut out = Vec::new();
        for (part, number) in self.parts.iter().zip(0..) {
            let notes = part.notes.iter().filter_map(|at| Some((*at, article.notes.get(*at)?)));
            let blocks = article.blocks.get(part.blocks.clone()).unwrap_or_default();
            let body = writer.part(number, blocks, notes);
            out.push(render(
                ARTICLE,
                context! {
                    language => article.language.as_str(),
                    first => number == 0,
                    last => number == last,
                    overline => text(&metadata.overline),
                    title => article.title(),
                    subtitle => text(&metadata.subtitle),
                    authors => metadata.byline(),
                    source => text(&metadata.source),
                    date => metadata.date.as_ref().map(|date| date.text.as_str().to_owned()),
                    date_iso => metadata.date.as_ref().map(crate::article::Date::iso),
                    summary => text(&metadata.summary),
                    editor => text(&metadata.editor),
                    body,
                },
            )?);
        }
        Ok(out)
    }
}

/// Parts an article, and says in which part each note stands.
fn parts_of(article: &Article, number: usize) -> (Vec<Part>, Vec<usize>) {
    let mut starts = vec![0];
    let mut size = 0;
    for (block, at) in article.blocks.iter().zip(0..) {
        let full = size >= LONGEST || size >= LONG && block.heading().is_some();
        if full {
            starts.push(at);
            size = 0;
        }
        size += size_of(block);
    }
    let ends = starts.iter().skip(1).copied().chain([article.blocks.len()]);
    let mut parts: Vec<Part> = Vec::new();
    for (start, end) in starts.iter().zip(ends) {
        let path = match parts.len() {
            0 => format!("article-{number:03}.xhtml"),
            more => format!("article-{number:03}-{}.xhtml", more + 1),
        };
        parts.push(Part { path, blocks: *start..end, notes: Vec::new() });
    }
    let last = parts.len().saturating_sub(1);
    let mut places = vec![None; article.notes.len()];
    for (part, at) in parts.iter_mut().zip(0..) {
        let blocks = article.blocks.get(part.blocks.clone()).unwrap_or_default();
        let mut calls = Vec::new();
        blocks.iter().for_each(|block| calls_of(block, &mut calls));
        // Notes may call notes.
        let mut done = 0;
        while let Some(note) = calls.get(done).copied() {
            done += 1;
            if let Some(place @ None) = places.get_mut(note) {
                *place = Some(at);
                part.notes.push(note);
                let own = article.notes.get(note).into_iter().flat_map(|note| &note.blocks);
                own.for_each(|block| calls_of(block, &mut calls));
            }
        }
    }
    let uncalled = places.iter().zip(0..).filter(|(place, _)| place.is_none()).map(|(_, at)| at);
    if let Some(part) = parts.last_mut() {
        part.notes.extend(uncalled);
    }
    (parts, places.into_iter().map(|place| place.unwrap_or(last)).collect())
}

/// How large a block is in a document, about, bytes.
fn size_of(block: &Block) -> usize {
    let mut size = 0;
    block.each_piece(&mut |piece| {
        size += TAGS
            + match piece {
                Piece::Inlines(inlines) => crate::article::plain(inlines).len(),
                Piece::Lines(text) => text.as_str().len(),
            };
    });
    size
}

/// The notes a block calls, in order.
fn calls_of(block: &Block, out: &mut Vec<usize>) {
    fn among(inlines: &[Inline], out: &mut Vec<usize>) {
        for inline in inlines {
            match inline {
                Inline::NoteRef { note } => out.push(*note),
                Inline::Styled { inlines, .. } | Inline::Link { inlines, .. } => {
                    among(inlines, out);
                }
                _ => {}
            }
        }
    }
    block.each_piece(&mut |piece| {
        if let Piece::Inlines(inlines) = piece {
            among(inlines, out);
        }
    });
}

/// Every heading in the order it is written, inside lists, quotations and tables too.
fn headings_of<'a>(blocks: impl IntoIterator<Item = &'a Block>, out: &mut Vec<&'a Heading>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => out.push(heading),
            Block::Paragraph(paragraph) => out.extend(&paragraph.run_in),
            Block::List(list) => {
                list.items.iter().for_each(|item| headings_of(&item.blocks, out));
            }
            Block::Quote { blocks, .. } => headings_of(blocks, out),
            Block::Table(table) => {
                table.cells().for_each(|cell| headings_of(&cell.blocks, out));
            }
            Block::Break { .. } | Block::Code { .. } | Block::Figure(_) => {}
        }
    }
}
