//! Subsets of the design's faces for a reading system, and the rules that name them.
//!
//! One file a voice and script, with just the characters that the issue sets in that voice.

use crate::article::{Apart, Article, Block, Inline, Role, Style, Text};
use crate::fonts::{FontError, Library, Voice, webfont, woff2};
use crate::issue::{BookFonts, Issue, Labels};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A font file of the package.
#[derive(Debug)]
pub(super) struct FontFile {
    pub(super) path: String,
    pub(super) media_type: &'static str,
    pub(super) bytes: Vec<u8>,
    family: &'static str,
    bold: bool,
    latin: bool,
}

/// The family name the style sheets use for a voice, the file's name, and whether it is bold.
const NAMES: &[(Voice, &str, &str, bool)] = &[
    (Voice::Song, "Qikan Song", "song", false),
    (Voice::SongBold, "Qikan Title", "title", true),
    (Voice::HeiBold, "Qikan Hei", "hei", true),
    (Voice::Hei, "Qikan Hei", "hei-regular", false),
    (Voice::Kai, "Qikan Kai", "kai", false),
    (Voice::Mono, "Qikan Mono", "mono", false),
];

/// What the Latin files hold of the characters of a voice.
const fn is_latin(c: char) -> bool {
    matches!(c, '!'..='~' | '\u{A1}'..='\u{B6}' | '\u{B8}'..='\u{24F}')
}

/// Subsets every face the issue needs, in parallel.
pub(super) fn faces(
    issue: &Issue,
    library: &Library,
    fonts: BookFonts,
) -> Result<Vec<FontFile>, FontError> {
    if fonts == BookFonts::Left {
        return Ok(Vec::new());
    }
    let mut by_voice: BTreeMap<Voice, BTreeSet<char>> = BTreeMap::new();
    for article in issue.articles() {
        collect(article, &mut by_voice);
    }
    by_voice.entry(Voice::Song).or_default().extend(matter(issue).chars());
    let sections = issue.sections.iter().filter_map(|section| section.name.as_deref());
    by_voice.entry(Voice::HeiBold).or_default().extend(sections.flat_map(solid));
    // The bundled faces are drawn for zh-Hans.
    let own = |language: &str| language == "zh-Hans" || language == "en";
    let local = !issue.articles().all(|article| own(&article.language));
    let mut jobs = Vec::new();
    for (voice, family, file, bold) in NAMES {
        let Some(chars) = by_voice.get(voice) else { continue };
        let (han, latin) = library.voice(*voice);
        let (western, chinese): (BTreeSet<char>, BTreeSet<char>) =
            chars.iter().partition(|c| han != latin && is_latin(**c));
        jobs.push((han, chinese, *family, (*file).to_owned(), *bold, false));
        jobs.push((latin, western, *family, format!("{file}-latin"), *bold, true));
    }
    jobs.into_par_iter()
        .filter(|(_, chars, ..)| !chars.is_empty())
        .map(|(id, chars, family, file, bold, latin)| {
            let face = library.face(id);
            let mut bytes = webfont(face, &chars, local)?;
            let cff = bytes.starts_with(b"OTTO");
            let (ending, media_type) = match (fonts, cff) {
                (BookFonts::Woff2, _) => ("woff2", "font/woff2"),
                (_, true) => ("otf", "font/otf"),
                (_, false) => ("ttf", "font/ttf"),
            };
            if fonts == BookFonts::Woff2 {
                bytes = woff2(&bytes)?;
            }
            let path = format!("fonts/{file}.{ending}");
            Ok(FontFile { path, media_type, bytes, family, bold, latin })
        })
        .collect()
}

/// The `@font-face` rules. A family's Latin file takes Western characters only; quotes stay
/// Chinese.
pub(super) fn rules(faces: &[FontFile]) -> String {
    let mut out = String::new();
    for FontFile { path, family, bold, latin, .. } in faces {
        let weight = if *bold { "bold" } else { "normal" };
        let range = if *latin { " unicode-range: U+21-7E, U+A1-B6, U+B8-24F;" } else { "" };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "@font-face {{ font-family: \"{family}\"; font-weight: {weight}; \
             src: url({path});{range} }}"
        );
    }
    out
}

/// What stands in the contents and on the masthead page, in the voice of the text.
fn matter(issue: &Issue) -> String {
    let labels = Labels::of(&issue.language);
    let mut out = [labels.cover, labels.contents, labels.masthead].concat();
    out.push_str(&issue.edition_title());
    out.extend(issue.sections.iter().filter_map(|section| section.name.as_deref()));
    for article in issue.articles() {
        out.push_str(article.title());
        out.extend(article.headings().map(|heading| crate::article::plain(&heading.inlines)));
    }
    if issue.has_masthead() {
        out.extend(issue.numbers());
        out.extend(issue.masthead_rows().into_iter().map(|row| row.value + row.label));
        out.extend(issue.notices().map(String::as_str));
    }
    solid(&out).collect()
}

fn solid(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace())
}

/// Sorts an article's characters by the voice they are set in.
fn collect(article: &Article, out: &mut BTreeMap<Voice, BTreeSet<char>>) {
    let metadata = &article.metadata;
    let mut add = |voice: Voice, text: &str| {
        out.entry(voice).or_default().extend(solid(text));
    };
    let texts = |list: [&Option<Text>; 3]| -> String {
        list.into_iter().flatten().map(Text::as_str).collect()
    };
    add(Voice::SongBold, article.title());
    add(Voice::Hei, &texts([&metadata.overline, &metadata.source, &None]));
    if let Some(date) = &metadata.date {
        add(Voice::Hei, date.text.as_str());
    }
    add(Voice::Kai, &texts([&metadata.subtitle, &metadata.summary, &metadata.editor]));
    add(Voice::Kai, &metadata.author_names().concat());
    if metadata.editor.is_some() {
        add(Voice::Kai, "（责任编辑：）");
    }
    for block in article.all_blocks() {
        sort(block, Voice::Song, &mut add);
    }
}

/// Sorts a block's characters; `voice` is that of plain words here.
fn sort(block: &Block, voice: Voice, add: &mut dyn FnMut(Voice, &str)) {
    match block {
        Block::Paragraph(p) => {
            if let Some(heading) = &p.run_in {
                inlines(&heading.inlines, Voice::HeiBold, add);
            }
            let note = matches!(p.role, Role::AuthorNote | Role::EditorNote);
            inlines(&p.inlines, if note { Voice::Kai } else { voice }, add);
        }
        Block::Heading(heading) => inlines(&heading.inlines, Voice::HeiBold, add),
        Block::Break { marks } => add(voice, marks.as_str()),
        Block::List(list) => {
            let blocks = list.items.iter().flat_map(|item| &item.blocks);
            blocks.for_each(|block| sort(block, voice, add));
        }
        Block::Quote { apart, blocks } => {
            let own = if *apart == Apart::Quotation { Voice::Kai } else { voice };
            blocks.iter().for_each(|block| sort(block, own, add));
        }
        Block::Code { text, .. } => add(Voice::Mono, text.as_str()),
        Block::Table(table) => {
            inlines(&table.caption, Voice::Hei, add);
            table.cells().for_each(|cell| {
                let voice = if cell.heading { Voice::HeiBold } else { voice };
                cell.blocks.iter().for_each(|block| sort(block, voice, add));
            });
        }
        Block::Figure(figure) => inlines(&figure.caption, voice, add),
    }
}

fn inlines(list: &[Inline], voice: Voice, add: &mut dyn FnMut(Voice, &str)) {
    for inline in list {
        match inline {
            Inline::Text(text) => add(voice, text.as_str()),
            Inline::Code(text) => add(Voice::Mono, text.as_str()),
            Inline::Styled { style, inlines: children } => {
                let voice = match style {
                    Style::Strong => Voice::HeiBold,
                    Style::Emphasis => Voice::Kai,
                    _ => voice,
                };
                inlines(children, voice, add);
            }
            Inline::Link { inlines: children, .. } => inlines(children, voice, add),
            Inline::Ruby { base, reading } => {
                add(voice, base.as_str());
                add(voice, reading.as_str());
            }
            Inline::NoteRef { .. } => add(voice, "0123456789〔〕"),
            Inline::Image(_) | Inline::Break => {}
        }
    }
}
