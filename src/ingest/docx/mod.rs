//! A Word file (.docx) → blocks.
//!
//! The source of its ledger is its visible text, a paragraph a line: what a reader of the file
//! sees, changes taken as accepted, comments and tables of contents left out.

mod compose;
mod numbering;
mod package;
mod runs;
mod styles;
mod xml;

use super::{finding, stem};
use crate::article::{
    Apart, Article, Author, Block, Heading, List, ListItem, Metadata, Note, Removal, RuleId, Text,
};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::source::{FileId, Sources, Span};
use compose::{Composer, Entry, Target};
use package::{DocxError, Package, resolved};
use std::collections::HashMap;
use styles::Kind;
use xml::Element;

const LINES: RuleId = RuleId("docx::lines");
const PROPERTIES: RuleId = RuleId("docx::properties");

/// Names that Word and its like write into the properties by themselves.
const NO_NAMES: &[&str] = &[
    "administrator",
    "admin",
    "user",
    "users",
    "microsoft",
    "windows",
    "微软",
    "用户",
    "lenovo",
    "python-docx",
    "pandoc",
    "apache poi",
    "wps",
    "acer",
    "dell",
    "pc",
    "hp",
    "un-named",
    "unknown",
];

/// Titles that Word writes by itself.
const NO_TITLES: &[&str] =
    &["microsoft word", "文档", "document", ".doc", "演示文稿", "untitled", "无标题", "normal"];

/// What Word shows of another file that it keeps inside, and would take in when it saves.
const EMBEDDED: &str = "altChunk";
/// A note that is referred to.
const NOTE: &str = "note";

/// A part of a Word file that is not carried.
fn left_out(name: &str, what: impl ToString) -> Diagnostic {
    finding(Code::DocxLeftOut, name).with("what", what)
}

/// Reads a Word file and adds its visible text to `sources`.
pub(super) fn read(
    bytes: &[u8],
    name: &str,
    language: &str,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<Article, Box<Diagnostic>> {
    let file = sources.add(name, "");
    let article = compose(bytes, name, language, file, sources, sink);
    article.map_err(|error| Box::new(refusal(name, &error)))
}

fn refusal(name: &str, error: &DocxError) -> Diagnostic {
    let code = match error {
        DocxError::Limit { .. } => Code::DocxLimit,
        _ => Code::DocxBroken,
    };
    finding(code, name).with("reason", error)
}

fn compose(
    bytes: &[u8],
    name: &str,
    language: &str,
    file: FileId,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<Article, DocxError> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let root = tree(&mut package, &main)?.ok_or(DocxError::NoDocument)?;
    let relations = relations(&mut package, &main)?;
    let part = |end: &str| {
        let found = relations.values().find(|t| !t.external && t.path.ends_with(end));
        found.map(|target| target.path.clone())
    };
    let mut optional = |end: &str| match part(end) {
        Some(path) => tree(&mut package, &path),
        None => Ok(None),
    };
    let styles = optional("styles.xml")?;
    let numbering = optional("numbering.xml")?;
    let footnotes = optional("footnotes.xml")?;
    let endnotes = optional("endnotes.xml")?;
    let commented = optional("comments.xml")?.is_some_and(|c| c.elements().next().is_some());
    let properties = tree(&mut package, "docProps/core.xml")?;
    let mut composer = Composer::new(&mut package, sink, name, file);
    composer.styles = styles::Styles::read(styles.as_ref());
    composer.numbering = numbering::Numbering::read(numbering.as_ref());
    composer.relations = relations;
    let body = root.child("w:body").ok_or(DocxError::NoDocument)?;
    let entries = composer.blocks(body);
    let mut article = Article::new(file, stem(name), language);
    let mut at = 0;
    // Notes may refer to further notes.
    while let Some((id, end)) = composer.notes.get(at).cloned() {
        let part = if end { &endnotes } else { &footnotes };
        let is = |note: &&Element| note.attribute("w:id") == Some(id.as_str());
        let note = part.as_ref().and_then(|part| part.elements().find(is));
        if note.is_none() {
            composer.sink.push(left_out(name, format!("{NOTE} {id}")));
        }
        let blocks = note.map(|note| lists(composer.blocks(note))).unwrap_or_default();
        article.notes.push(Note { blocks });
        at += 1;
    }
    let tracked = composer.tracked;
    article.pictures = std::mem::take(&mut composer.pictures);
    let source = std::mem::take(&mut composer.source);
    let (metadata, entries) = fields(entries);
    article.metadata = metadata;
    article.blocks = lists(entries);
    settle(&mut article, properties.as_ref(), file);
    article.removed = between(&article, source.len());
    sources.fill(file, source);
    for (is, code) in [(tracked, Code::DocxTracked), (commented, Code::DocxComments)] {
        if is {
            sink.push(finding(code, name));
        }
    }
    Ok(article)
}

fn tree(package: &mut Package<'_>, name: &str) -> Result<Option<Element>, DocxError> {
    match package.part(name)? {
        Some(bytes) => xml::parse(name, &bytes).map(Some),
        None => Ok(None),
    }
}

/// The part with the text, as the package names it.
fn main_part(package: &mut Package<'_>) -> Result<String, DocxError> {
    let named = tree(package, "_rels/.rels")?.and_then(|root| {
        let mut links = root.elements().filter(|link| {
            link.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
        });
        Some(resolved("", links.next()?.attribute("Target")?))
    });
    Ok(named.unwrap_or_else(|| "word/document.xml".to_owned()))
}

fn relations(package: &mut Package<'_>, main: &str) -> Result<HashMap<String, Target>, DocxError> {
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let name = format!("{folder}/_rels/{file}.rels");
    let Some(root) = tree(package, name.trim_start_matches('/'))? else {
        return Ok(HashMap::new());
    };
    let one = |link: &Element| {
        let external = link.attribute("TargetMode") == Some("External");
        let target = link.attribute("Target")?;
        let path = if external { target.to_owned() } else { resolved(main, target) };
        Some((link.attribute("Id")?.to_owned(), Target { path, external }))
    };
    Ok(root.elements().filter_map(one).collect())
}

/// Paragraphs of styles that are fields, and the rest.
fn fields(entries: Vec<Entry>) -> (Metadata, Vec<Entry>) {
    let mut metadata = Metadata::default();
    let mut rest = Vec::new();
    for entry in entries {
        let words = joined(&entry.block);
        match entry.style {
            Kind::Title if metadata.title.is_none() => metadata.title = Some(words),
            Kind::Subtitle if metadata.subtitle.is_none() => metadata.subtitle = Some(words),
            Kind::Author => metadata.authors.push(Author::from(words)),
            Kind::Abstract if metadata.summary.is_none() => metadata.summary = Some(words),
            Kind::Date if metadata.date.is_none() => {
                metadata.date = crate::article::Date::read(words);
                if metadata.date.is_none() {
                    rest.push(entry);
                }
            }
            _ => rest.push(entry),
        }
    }
    (metadata, rest)
}

fn joined(block: &Block) -> Text {
    let mut out = Text::default();
    block.texts().into_iter().for_each(|text| out.append(text));
    out
}

/// Items that follow each other become lists, deeper ones inside the item before them; quoted
/// paragraphs become quotations, pictures get their captions.
fn lists(entries: Vec<Entry>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut quoted = false;
    for Entry { block, item, style } in entries {
        let quote = style == Kind::Quote;
        match (item, out.last_mut()) {
            (Some(item), _) => add_item(&mut out, item.level, item.number, block),
            (None, Some(Block::Quote { blocks, .. })) if quote && quoted => blocks.push(block),
            (None, _) if quote => {
                out.push(Block::Quote { apart: Apart::Quotation, blocks: vec![block] })
            }
            (None, Some(Block::Code { text, .. })) if style == Kind::Code => {
                let end = text.runs().last().map(|run| run.span).unwrap_or_default();
                let more = joined(&block);
                let next = more.runs().first().map_or(end.end, |run| run.span.start);
                text.push("\n", Span { start: end.end, end: next, ..end }, None);
                text.append(&more);
            }
            (None, Some(Block::Figure(figure)))
                if style == Kind::Caption && figure.caption.is_empty() =>
            {
                if let Block::Paragraph(paragraph) = block {
                    figure.caption = paragraph.inlines;
                }
            }
            (None, _) => out.push(block),
        }
        quoted = quote;
    }
    out
}

fn add_item(out: &mut Vec<Block>, level: usize, number: Option<u64>, block: Block) {
    let same = |list: &List| list.start.is_some() == number.is_some();
    if let Some(Block::List(list)) = out.last_mut() {
        if level > 0
            && let Some(last) = list.items.last_mut()
        {
            return add_item(&mut last.blocks, level - 1, number, block);
        }
        if same(list) && number != Some(1) {
            return list.items.push(ListItem { done: None, blocks: vec![block] });
        }
    }
    let items = vec![ListItem { done: None, blocks: vec![block] }];
    out.push(Block::List(List { start: number, items }));
}

/// Title and author: from the styles, from the only heading at the start, or from the properties
/// where these say something a person wrote.
fn settle(article: &mut Article, properties: Option<&Element>, file: FileId) {
    let level = article.blocks.first().and_then(Block::heading).map(|heading| heading.level);
    let rest = |article: &Article, level: u8| {
        article.blocks.iter().skip(1).filter_map(Block::heading).all(|h| h.level > level)
    };
    if article.metadata.title.is_none()
        && level.is_some_and(|level| rest(article, level))
        && let Block::Heading(heading) = article.blocks.remove(0)
    {
        article.metadata.title = Some(joined(&Block::Heading(heading)));
    }
    let property = |name: &str, junk: &[&str]| {
        let value = properties?.child(name)?.text();
        let value = value.trim();
        let lower = value.to_lowercase();
        let written = !value.is_empty() && !junk.iter().any(|word| lower.contains(word));
        written.then(|| {
            let mut text = Text::default();
            text.push(value, Span::new(file, 0..0), Some(PROPERTIES));
            text
        })
    };
    if article.metadata.title.is_none() {
        article.metadata.title = title_of(article, property("dc:title", NO_TITLES));
    }
    if article.metadata.authors.is_empty() {
        let names = NO_NAMES;
        let author = property("dc:creator", &[]).filter(|author| {
            let name = author.as_str().to_lowercase();
            !names.iter().any(|junk| {
                name == *junk || name.len() > 4 && name.contains(junk) && junk.len() > 3
            })
        });
        article.metadata.authors.extend(author.map(Author::from));
    }
    let mut levels: Vec<u8> = Vec::new();
    for block in &mut article.blocks {
        block.each_heading_mut(&mut |heading: &mut Heading| levels.push(heading.level));
    }
    levels.sort_unstable();
    levels.dedup();
    for block in &mut article.blocks {
        block.each_heading_mut(&mut |heading| {
            let at = levels.iter().take_while(|level| **level < heading.level).count();
            heading.level = u8::try_from(at + 1).unwrap_or(5).min(5);
        });
    }
}

/// The title of the properties: where it stands at the head of the text, that line is the title.
fn title_of(article: &mut Article, property: Option<Text>) -> Option<Text> {
    let property = property?;
    let solid = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let wanted = solid(property.as_str());
    let mut head = article.blocks.iter().take(5);
    match head.position(|block| solid(&block.plain()) == wanted) {
        Some(at) => Some(joined(&article.blocks.remove(at))),
        None => Some(property),
    }
}

/// What stands between the texts: line ends, and what Word made by itself.
fn between(article: &Article, len: usize) -> Vec<Removal> {
    let mut spans: Vec<Span> =
        article.texts().flat_map(|text| text.runs().iter().map(|run| run.span)).collect();
    spans.sort_by_key(|span| (span.start, span.end));
    let mut out = Vec::new();
    let mut at = 0;
    for span in spans {
        if at < span.start {
            out.push(Removal { span: Span::new(article.file, at..span.start), rule: LINES });
        }
        at = at.max(span.end);
    }
    if at < len {
        out.push(Removal { span: Span::new(article.file, at..len), rule: LINES });
    }
    out
}
