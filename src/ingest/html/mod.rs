//! A saved web page → blocks: its main text, and what the page says about it.
//!
//! The page is parsed as browsers do it ([`parse`]), every word with its place in the file
//! ([`origin`]). One element is its main text ([`main_text`]); what stands in it becomes blocks
//! ([`compose`]), what stands outside gives the fields ([`title`], [`fields`]) and is else left
//! out as part of the page. A piece of HTML without a page around it is taken whole.

mod code;
mod compose;
mod dom;
mod fields;
mod image;
mod known;
mod lines;
mod main_text;
mod notes;
mod origin;
mod page;
mod parse;
mod table;
mod title;

use super::{limits, stem};
use crate::article::{Article, Block, Inline, Note, Removal, RuleId, Text};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::source::{FileId, Span};
use compose::{Composer, Context};
use notes::Notes;
use page::Page;

/// The attributes of a tag as written, names in lower case.
pub(in crate::ingest) fn attributes(tag: &str) -> Vec<(String, String)> {
    let parsed = parse::parse(tag, FileId::default());
    let page = Page { nodes: parsed.nodes, source: tag, file: FileId::default() };
    // Tags that only stand in others come with those before them.
    let written = page.elements().filter(|id| !page.tag_place(*id).is_empty()).last();
    written.map(|id| page.attributes(id)).unwrap_or_default()
}

const MARKUP: RuleId = RuleId("html::markup");
const PAGE: RuleId = RuleId("boilerplate::page");

/// Reads a decoded page.
pub(super) fn read(
    source: &str,
    file: FileId,
    name: &str,
    language: &str,
    sink: &mut Sink,
) -> Result<Article, Box<Diagnostic>> {
    let parsed = parse::parse(source, file);
    let whole = Span::new(file, 0..0);
    if parsed.too_many {
        let finding = Diagnostic::new(Code::TooManyNodes).with("limit", limits::HTML_NODES);
        return Err(Box::new(finding.at_span(whole)));
    }
    if parsed.too_deep {
        let finding = Diagnostic::new(Code::TooDeep).with("limit", limits::HTML_DEPTH);
        sink.push(finding.at_span(whole));
    }
    let page = Page { nodes: parsed.nodes, source, file };
    let main = main_text::find(&page);
    let mut article = Article::new(file, stem(name), language);
    article.metadata.title = title::find(&page, main.root);
    fields::read(&page, main.root, &mut article.metadata);
    let notes = Notes::find(&page, main.root);
    let blocks_of = |root, notes_part| {
        Composer::new(&page, &notes, true).compose(root, &Context::of(notes_part))
    };
    article.blocks = compose::captioned(blocks_of(main.root, false));
    article.notes =
        notes.places.iter().map(|place| Note { blocks: blocks_of(*place, true) }).collect();
    if !main.known {
        drop_above_title(&mut article);
    }
    drop_fields(&mut article);
    settle_title(&mut article);
    settle_levels(&mut article.blocks);
    if article.blocks.is_empty() {
        return Err(Box::new(Diagnostic::new(Code::NoMainText).with("path", name).at(name)));
    }
    article.removed = left_out(&article, &page);
    Ok(article)
}

/// What stands in the main text above the title is not the article's.
fn drop_above_title(article: &mut Article) {
    let Some(title) = article.metadata.title.as_ref().and_then(|title| title.origin(0)) else {
        return;
    };
    let mut head = article.blocks.iter().take(8);
    let has = |block: &Block| {
        let spans = block.texts().into_iter().flat_map(Text::runs).map(|run| run.span);
        spans.into_iter().any(|span| span.start <= title.start && title.start < span.end)
    };
    if let Some(at) = head.position(has) {
        article.blocks.drain(..at);
    }
}

/// Takes lines at the head that gave a field out of the text.
fn drop_fields(article: &mut Article) {
    let fields: Vec<Span> =
        article.metadata.texts().flat_map(Text::runs).map(|run| run.span).collect();
    let title = article.metadata.title.as_ref().and_then(|title| title.origin(0));
    let taken = |block: &Block| {
        let spans = block.texts().into_iter().flat_map(Text::runs).map(|run| run.span);
        let mut spans = spans.into_iter().filter(|span| !span.is_empty());
        spans.any(|span| {
            let overlaps = |field: &Span| span.start < field.end && field.start < span.end;
            fields
                .iter()
                .any(|field| Some(field.start) != title.map(|t| t.start) && overlaps(field))
        })
    };
    let opens = |block: &Block| fields::is_paragraph(&block.plain());
    let head = article.blocks.iter().position(opens).unwrap_or(article.blocks.len());
    let mut at = 0;
    article.blocks.retain(|block| {
        at += 1;
        at > head || !taken(block)
    });
}

/// Takes a title that the text repeats at its head out of the text; a text that begins with the
/// only heading of its level has its title there.
fn settle_title(article: &mut Article) {
    if article.metadata.title.is_none() {
        let level = article.blocks.first().and_then(Block::heading).map(|heading| heading.level);
        let alone = |level| {
            article.blocks.iter().skip(1).filter_map(Block::heading).all(|h| h.level > level)
        };
        if level.is_some_and(alone)
            && let Block::Heading(heading) = article.blocks.remove(0)
        {
            article.metadata.title = Some(joined(&heading.inlines));
        }
        return;
    }
    let title = title::solid(article.title());
    let mut said = String::new();
    for (at, block) in article.blocks.iter().take(5).enumerate() {
        said.push_str(&title::solid(&block.plain()));
        if said == title {
            let texts = article.blocks.drain(..=at).collect::<Vec<_>>();
            let first = texts.iter().flat_map(Block::texts);
            let mut words = Text::default();
            first.for_each(|text| words.append(text));
            article.metadata.title = Some(words);
            return;
        }
        if !title.starts_with(&said) {
            return;
        }
    }
}

fn joined(inlines: &[Inline]) -> Text {
    let mut out = Text::default();
    let block = Block::body(inlines.to_vec());
    block.texts().into_iter().for_each(|text| out.append(text));
    out
}

/// Levels of headings as they follow each other: the highest is 1, none is left out.
fn settle_levels(blocks: &mut [Block]) {
    let mut levels: Vec<u8> = blocks.iter().filter_map(Block::heading).map(|h| h.level).collect();
    levels.sort_unstable();
    levels.dedup();
    for block in blocks {
        block.each_heading_mut(&mut |heading| {
            let at = levels.iter().take_while(|level| **level < heading.level).count();
            heading.level = u8::try_from(at + 1).unwrap_or(5).min(5);
        });
    }
}

/// Everything of the file that is in no text: words of the page by one rule, tags by another.
fn left_out(article: &Article, page: &Page<'_>) -> Vec<Removal> {
    let spans = |text: &Text| text.runs().iter().map(|run| run.span).collect::<Vec<_>>();
    let mut used: Vec<Span> = article.texts().flat_map(spans).collect();
    used.sort_by_key(|span| (span.start, span.end));
    let mut words: Vec<Span> = (0..page.nodes.len())
        .filter(|id| page.parent(*id).is_some_and(|above| !page.is_unseen(above)))
        .filter_map(|id| page.text(id))
        .flat_map(spans)
        .collect();
    words.sort_by_key(|span| (span.start, span.end));
    let mut words = words.into_iter().peekable();
    let mut out = Vec::new();
    let mut fill = |from: usize, to: usize| {
        let mut at = from;
        while let Some(word) = words.next_if(|word| word.start < to) {
            let (start, end) = (word.start.max(at), word.end.min(to));
            if start < end {
                push(&mut out, page, at..start, MARKUP);
                push(&mut out, page, start..end, PAGE);
                at = end;
            }
        }
        push(&mut out, page, at..to, MARKUP);
    };
    let mut at = 0;
    for span in used {
        if at < span.start {
            fill(at, span.start);
        }
        at = at.max(span.end);
    }
    fill(at, page.source.len());
    out
}

/// White space alone is layout, wherever it stands.
fn push(out: &mut Vec<Removal>, page: &Page<'_>, range: std::ops::Range<usize>, rule: RuleId) {
    let Some(words) = page.source.get(range.clone()).filter(|words| !words.is_empty()) else {
        return;
    };
    let rule = if words.trim().is_empty() { MARKUP } else { rule };
    let span = Span::new(page.file, range);
    match out.last_mut() {
        Some(last) if last.rule == rule && last.span.end == span.start => last.span.end = span.end,
        _ => out.push(Removal { span, rule }),
    }
}
