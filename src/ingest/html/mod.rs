//! A saved web page → blocks: its main text, and what the page says about it.
//!
//! The page is parsed as browsers do it ([`parse`]), every word with its place in the file
//! ([`origin`]). One element is its main text ([`main_text`]); what stands in it becomes blocks
//! ([`compose`]), what stands outside gives the fields ([`title`], [`fields`]) and is else left
//! out as part of the page. A piece of HTML without a page around it is taken whole.

mod address;
mod authors;
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
use std::collections::BTreeMap;

/// The attributes of a tag as written, names in lower case.
pub(in crate::ingest) fn attributes(tag: &str) -> Vec<(String, String)> {
    let parsed = parse::parse(tag, FileId::default());
    let page = Page { nodes: parsed.nodes, source: tag, file: FileId::default(), home: None };
    // Tags that only stand in others come with those before them.
    let written = page.elements().filter(|id| !page.tag_place(*id).is_empty()).last();
    written.map(|id| page.attributes(id)).unwrap_or_default()
}

const MARKUP: RuleId = RuleId("html::markup");
const COPIED: RuleId = RuleId("html::copied");
const PAGE: RuleId = RuleId("boilerplate::page");

/// Reads a decoded page.
pub(super) fn read(
    source: &str,
    file: FileId,
    name: &str,
    language: &str,
    sink: &mut Sink,
) -> Result<Article, Box<Diagnostic>> {
    let whole = Span::new(file, 0..0);
    // The parser compares every attribute of a tag with every other.
    if origin::most_attributes(source) > limits::HTML_ATTRIBUTES {
        let finding = Diagnostic::new(Code::TooManyAttributes);
        return Err(Box::new(finding.with("limit", limits::HTML_ATTRIBUTES).at_span(whole)));
    }
    let parsed = parse::parse(source, file);
    if parsed.too_many {
        let finding = Diagnostic::new(Code::TooManyNodes).with("limit", limits::HTML_NODES);
        return Err(Box::new(finding.at_span(whole)));
    }
    if parsed.too_deep {
        let finding = Diagnostic::new(Code::TooDeep).with("limit", limits::HTML_DEPTH);
        sink.push(finding.at_span(whole));
    }
    let mut page = Page { nodes: parsed.nodes, source, file, home: None };
    page.home = fields::home(&page);
    let main = main_text::find(&page);
    report_lost_links(&page, main.root, sink);
    report_formulas(&page, main.root, name, sink);
    report_embedded(&page, main.root, sink);
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
    unshare(&mut article);
    article.removed = left_out(&article, &page);
    Ok(article)
}

/// Links that cannot be carried, because nothing says where the page was.
fn report_lost_links(page: &Page<'_>, root: dom::NodeId, sink: &mut Sink) {
    let lost = |id: &dom::NodeId| {
        let target = page.attribute(*id, "href").map_or("", str::trim);
        page.name(*id) == "a" && address::is_relative(target) && page.absolute(target).is_none()
    };
    let links: Vec<dom::NodeId> = page.all(root).filter(lost).collect();
    if let Some(first) = links.first() {
        let place = Span::new(page.file, page.tag_place(*first));
        let finding = Diagnostic::new(Code::LinksRelative).with("count", links.len());
        sink.push(finding.at_span(place));
    }
}

/// Formulas, of which only the characters are carried.
fn report_formulas(page: &Page<'_>, root: dom::NodeId, name: &str, sink: &mut Sink) {
    for id in page.all(root).filter(|id| page.name(*id) == "math") {
        let words = page.words(id);
        let shown: String = words.as_str().split_whitespace().collect::<String>();
        let finding = Diagnostic::new(Code::DocxFormula)
            .with("text", shown.chars().take(30).collect::<String>())
            .with("path", name);
        sink.push(finding.at_span(Span::new(page.file, page.tag_place(id))));
    }
}

/// Elements that show something no page can.
pub(in crate::ingest) const EMBEDDED: &[&str] =
    &["video", "audio", "iframe", "object", "embed", "applet", "canvas"];

/// What is embedded in the main text and cannot be carried.
fn report_embedded(page: &Page<'_>, root: dom::NodeId, sink: &mut Sink) {
    // A drawing without words is a sign more often than not.
    let drawn = |id| page.name(id) == "svg" && page.all(id).any(|id| page.name(id) == "text");
    let embedded = |id: &dom::NodeId| EMBEDDED.contains(&page.name(*id)) || drawn(*id);
    let hidden = |id: dom::NodeId| {
        let above = std::iter::successors(page.parent(id), |id| page.parent(*id));
        page.is_hidden(id) || above.take_while(|id| *id != root).any(|id| page.is_unseen(id))
    };
    for id in page.all(root).filter(embedded).filter(|id| !hidden(*id)) {
        let finding = Diagnostic::new(Code::Embedded).with("what", format!("<{}>", page.name(id)));
        sink.push(finding.at_span(Span::new(page.file, page.tag_place(id))));
    }
}

/// The bytes of the tag that a text begins with.
pub(in crate::ingest) fn tag_length(text: &str) -> usize {
    let is_tag =
        text.get(1..2).is_some_and(|c| c == "/" || c.bytes().all(|b| b.is_ascii_alphabetic()));
    let end =
        if is_tag { origin::tag_end(text) } else { text.find('>').map_or(text.len(), |at| at + 1) };
    end.max(1)
}

/// The character that the entity at the start of a text stands for, and the bytes it takes.
pub(in crate::ingest) fn entity(text: &str) -> Option<(String, usize)> {
    let (length, _) = origin::entity(text)?;
    let parsed = parse::parse(text.get(..length)?, FileId::default());
    let page = Page { nodes: parsed.nodes, source: text, file: FileId::default(), home: None };
    Some((page.words(0).as_str().to_owned(), length))
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
        if !matches!(block, Block::Paragraph(_) | Block::Heading(_)) {
            return false;
        }
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

/// A field that stands in the text too, or in another field, is a copy: each character of the
/// file is in one place.
fn unshare(article: &mut Article) {
    let spans = |text: &Text| -> Vec<Span> {
        text.runs().iter().map(|run| run.span).filter(|span| !span.is_empty()).collect()
    };
    let texts = article.all_blocks().flat_map(Block::texts);
    let mut used: BTreeMap<usize, usize> =
        texts.flat_map(spans).map(|span| (span.start, span.end)).collect();
    for text in article.metadata.texts_mut() {
        let own = spans(text);
        let taken = own.iter().any(|span| {
            let before = used.range(..span.end).next_back();
            before.is_some_and(|(_, end)| *end > span.start)
        });
        if taken {
            let at = own.first().copied().unwrap_or_default();
            let mut copy = Text::default();
            copy.push(text.as_str(), Span { end: at.start, ..at }, Some(COPIED));
            *text = copy;
        } else {
            used.extend(own.into_iter().map(|span| (span.start, span.end)));
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Ledger;
    use crate::source::Sources;

    /// Reads a page; what it says, a block a line.
    fn said(source: &str) -> Vec<String> {
        let mut sources = Sources::default();
        let file = sources.add("a.html", source);
        let article = read(source, file, "a.html", "zh-Hans", &mut Sink::default()).unwrap();
        let ledger = Ledger::of(&article, &sources);
        assert_eq!(ledger.gap(source.len()), None, "{source}: {:?}", ledger.edits);
        assert_eq!(ledger.undo(), source);
        article.blocks.iter().map(Block::plain).collect()
    }

    #[test]
    fn every_byte_of_a_broken_page_is_accounted_for() {
        for (source, blocks) in [
            ("<p>一</>二</p>", vec!["一二"]),
            ("<p>一<svg><![CDATA[二]]></svg>三", vec!["一三"]),
            ("<p>一&amp二&notit;三", vec!["一&二¬it;三"]),
            ("<p>一<!-->二<!--x--!>三", vec!["一二三"]),
            ("<p>一\r\n二<b a='>'>三</b", vec!["一二三"]),
            ("<ruby>漢<rt>かん<p>二", vec!["漢かん", "二"]),
            ("<p>设<math><mi>x</mi><mo>=</mo><mn>1</mn></math>。", vec!["设x=1。"]),
            ("<p><ruby>漢<rt>かん</rt><rt>hàn</rt></ruby>", vec!["漢hàn"]),
            ("<p>一<table><p>二<tr><td>三</table>", vec!["一", "二", "三"]),
        ] {
            assert_eq!(said(source), blocks, "{source}");
        }
    }

    #[test]
    fn lines_are_verse_or_paragraphs() {
        let verse = said("<p>一二三四<br>五六七八<br><br>九十</p>");
        assert_eq!(verse, ["一二三四五六七八", "九十"]);
        let long = "这一行很长，是一个完整的段落，所以它自己成为一段，不和别的行连在一起。";
        let found = said(&format!("<div>{long}<br>{long}</div>"));
        assert_eq!(found, [long, long]);
        let found = said("<div>甲。<br>\u{3000}\u{3000}乙。<br>\u{3000}\u{3000}丙。</div>");
        assert_eq!(found, ["甲。", "乙。", "丙。"]);
    }

    #[test]
    fn relative_links_are_whole_where_the_page_has_an_address() {
        let page = "<article><p>见<a href='b.html'>此处</a>。</p></article>";
        let links = |head: &str| {
            let source = format!("{head}{page}");
            let mut sink = Sink::default();
            let article = read(&source, FileId(0), "a.html", "zh-Hans", &mut sink).unwrap();
            let said = serde_json::to_string(&article.blocks).unwrap();
            (said.contains("https://a.cn/x/b.html"), sink.found().len())
        };
        assert_eq!(links("<base href='https://a.cn/x/'>"), (true, 0));
        assert_eq!(links(""), (false, 1));
    }

    #[test]
    fn notes_are_found_by_their_links() {
        let source = "<p>文<sup><a href='#n1' id='r1'>[1]</a></sup></p>\
            <ol><li id='n1'>注<a href='#r1'>↩</a></li></ol>";
        let article = read(source, FileId(0), "a.html", "zh-Hans", &mut Sink::default()).unwrap();
        assert_eq!(article.blocks.len(), 1);
        assert_eq!(article.notes[0].blocks[0].plain(), "注");
    }
}
