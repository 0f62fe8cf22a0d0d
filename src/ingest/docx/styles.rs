//! What the styles of a Word file are for.
//!
//! Word writes the names of its own styles in English whatever its language; styles made by people
//! say what they are by what they are based on and by their outline level.

use super::xml::Element;
use std::collections::{BTreeMap, HashMap};

/// What a paragraph style is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    #[default]
    Body,
    Title,
    Subtitle,
    Author,
    Date,
    Abstract,
    Heading(u8),
    Quote,
    Caption,
    Code,
    /// A table of contents: made by Word, and made anew by us.
    Contents,
}

/// Names of styles, in lower case, and what they are for.
const NAMES: &[(&str, Kind)] = &[
    ("title", Kind::Title),
    ("标题", Kind::Title),
    ("subtitle", Kind::Subtitle),
    ("副标题", Kind::Subtitle),
    ("author", Kind::Author),
    ("作者", Kind::Author),
    ("date", Kind::Date),
    ("abstract", Kind::Abstract),
    ("摘要", Kind::Abstract),
    ("quote", Kind::Quote),
    ("intense quote", Kind::Quote),
    ("block text", Kind::Quote),
    ("引用", Kind::Quote),
    ("caption", Kind::Caption),
    ("image caption", Kind::Caption),
    ("题注", Kind::Caption),
    ("source code", Kind::Code),
    ("html preformatted", Kind::Code),
    ("toc heading", Kind::Contents),
    ("table of figures", Kind::Contents),
];

/// What a style says about its paragraphs and their words.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    pub(super) kind: Kind,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// Half points.
    pub(super) size: Option<u32>,
    pub(super) align: Option<String>,
    /// The list it belongs to: `numId` and level.
    pub(super) numbering: Option<(String, usize)>,
}

/// All styles of a file by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: HashMap<String, Style>,
    default: Option<String>,
    /// The size of ordinary words in half points.
    pub(super) size: u32,
}

/// Half points of ordinary words where nothing is said (ECMA-376-1 §17.3.2.38).
const SIZE: u32 = 20;

impl Styles {
    pub(super) fn read(root: Option<&Element>) -> Self {
        let mut out = Self { size: SIZE, ..Self::default() };
        let Some(root) = root else { return out };
        let defaults = root.find("w:rPrDefault").and_then(|d| d.find("w:rPr"));
        if let Some(size) = defaults.and_then(half_points) {
            out.size = size;
        }
        let raw: BTreeMap<&str, &Element> = root
            .elements()
            .filter(|element| element.name == "w:style")
            .filter_map(|style| Some((style.attribute("w:styleId")?, style)))
            .collect();
        for (id, style) in &raw {
            let chain = chain(style, &raw);
            if style.attribute("w:default") == Some("1")
                && style.attribute("w:type") == Some("paragraph")
            {
                out.default = Some((*id).to_owned());
            }
            out.all.insert((*id).to_owned(), resolved(&chain));
        }
        if let Some(size) = out.style(None).size {
            out.size = size;
        }
        out
    }

    /// The style of an id, or the one paragraphs have without one.
    pub(super) fn style(&self, id: Option<&str>) -> Style {
        let id = id.or(self.default.as_deref());
        id.and_then(|id| self.all.get(id)).cloned().unwrap_or_default()
    }
}

/// A style and those it is based on, nearest first.
fn chain<'e>(style: &'e Element, raw: &BTreeMap<&str, &'e Element>) -> Vec<&'e Element> {
    let mut out = vec![style];
    // A style that is based on itself would have no end.
    while let Some(last) = out.last().filter(|_| out.len() < 16) {
        match last.value("w:basedOn").and_then(|id| raw.get(id)) {
            Some(base) => out.push(base),
            None => break,
        }
    }
    out
}

fn resolved(chain: &[&Element]) -> Style {
    let mut out = Style::default();
    for style in chain.iter().rev() {
        if let Some(kind) = kind(style) {
            out.kind = kind;
        }
        if let Some(words) = style.child("w:rPr") {
            out.bold = words.switch("w:b").unwrap_or(out.bold);
            out.italic = words.switch("w:i").unwrap_or(out.italic);
            out.size = half_points(words).or(out.size);
        }
        if let Some(lines) = style.child("w:pPr") {
            out.align = lines.value("w:jc").map(str::to_owned).or(out.align);
            out.numbering = numbering(lines).or(out.numbering);
        }
    }
    out
}

fn kind(style: &Element) -> Option<Kind> {
    let name = style.value("w:name").unwrap_or_default().to_lowercase();
    if let Some((_, kind)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some(*kind);
    }
    if name.starts_with("toc ") {
        return Some(Kind::Contents);
    }
    let digit = |rest: &str| rest.trim().parse::<u8>().ok().filter(|n| (1..=9).contains(n));
    let heading = name.strip_prefix("heading ").or_else(|| name.strip_prefix("标题 "));
    if let Some(level) = heading.and_then(digit) {
        return Some(Kind::Heading(level));
    }
    let level = style.child("w:pPr")?.value("w:outlineLvl")?.parse::<u8>().ok()?;
    (level < 9).then_some(Kind::Heading(level + 1))
}

/// The size that properties of words give, in half points.
pub(super) fn half_points(words: &Element) -> Option<u32> {
    words.value("w:sz")?.parse().ok()
}

/// The list that properties of a paragraph name.
pub(super) fn numbering(lines: &Element) -> Option<(String, usize)> {
    let list = lines.child("w:numPr")?;
    let id = list.value("w:numId")?.to_owned();
    let level = list.value("w:ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
    Some((id, level))
}
