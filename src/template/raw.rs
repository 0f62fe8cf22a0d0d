//! A design as it stands in its file, checked value by value.

use super::element::RawElement;
use super::{
    Align, ContentsForm, CoverElement, Design, Geometry, Ink, NotePlace, Opening, Panel, Part,
    Punctuation, PunctuationStyle, Style, StyleId, Template, TitleBlock,
};
use crate::colour::Colour;
use crate::diagnostics::{Code, Diagnostic, Sink, nearest};
use crate::fonts::Voice;
use crate::length::{Em, Pt, Rows, parse_pt};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Keys that a design may leave out, so that they are known without standing in its file.
const OPTIONAL: &[&str] = &[
    "template",
    "voice",
    "size",
    "rows",
    "before",
    "after",
    "align",
    "indent",
    "inset",
    "colour",
    "leading",
    "panel",
    "extends",
    "inside-cover",
    "picture-cover",
    "back-cover",
];

/// Whether a key is known though the design below does not have it.
fn is_optional(key: &str, path: &str) -> bool {
    let styles = path == "styles" || path.ends_with(".styles");
    let style = || StyleId::NAMES.iter().any(|(name, _)| *name == key);
    OPTIONAL.contains(&key) || styles && style()
}

/// Lays one table over another; keys the design does not have are reported and left out.
pub(super) fn overlay(base: &mut toml::Table, over: &toml::Table, path: &str, sink: &mut Sink) {
    for (key, value) in over {
        let full = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match (base.get_mut(key), value) {
            (Some(toml::Value::Table(base)), toml::Value::Table(over)) => {
                overlay(base, over, &full, sink);
            }
            (Some(slot), value) => *slot = value.clone(),
            (None, _) if key == "template" => {}
            (None, value) if is_optional(key, path) => {
                base.insert(key.clone(), value.clone());
            }
            (None, _) => {
                let known = base.keys().map(String::as_str);
                let nearest = nearest(key, known);
                let finding = Diagnostic::new(Code::ManifestUnknownKey).with("key", full);
                sink.push(finding.with("nearest", nearest));
            }
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct RawTemplate {
    trim: String,
    writing: String,
    columns: i64,
    column_gap: i64,
    articles: String,
    notes: String,
    title_block: String,
    contents_form: String,
    parts: Vec<String>,
    openers: bool,
    type_area: RawArea,
    margins: RawMargins,
    body: RawBody,
    punctuation: RawPunctuation,
    palette: BTreeMap<String, RawColour>,
    styles: BTreeMap<String, RawStyle>,
    #[serde(default)]
    covers: Vec<RawComposition>,
    #[serde(default)]
    picture_cover: Vec<RawElement>,
    #[serde(default)]
    inside_cover: Vec<RawElement>,
    #[serde(default)]
    back_cover: Vec<RawElement>,
    #[serde(default)]
    contents: Vec<RawElement>,
}

#[derive(Debug, Deserialize)]
struct RawArea {
    chars: i64,
    lines: i64,
}

#[derive(Debug, Deserialize)]
struct RawMargins {
    head: String,
    inside: String,
}

#[derive(Debug, Deserialize)]
struct RawBody {
    size: String,
    pitch: String,
    indent: i64,
    initial: i64,
    justify: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct RawPunctuation {
    style: String,
    kinsoku: u8,
    line_start: String,
    gap: f64,
    gap_adjusts: bool,
    hanging: bool,
}

#[derive(Debug, Deserialize)]
struct RawColour {
    rgb: String,
    cmyk: [u8; 4],
}

#[derive(Debug, Default, Deserialize)]
struct RawStyle {
    voice: Option<String>,
    size: Option<String>,
    rows: Option<i64>,
    before: Option<i64>,
    after: Option<i64>,
    align: Option<String>,
    indent: Option<i64>,
    inset: Option<i64>,
    colour: Option<String>,
    leading: Option<String>,
    panel: Option<String>,
}

#[derive(Debug, Deserialize)]
struct RawComposition {
    elements: Vec<RawElement>,
}

/// 横排 and 直排.
const WRITING: &[(&str, bool)] = &[("horizontal", false), ("vertical", true)];

/// The value of a name in a table, or what is wrong. What is wrong is said without words, as key,
/// value, and after an arrow what may stand there: editors read it in any language.
pub(super) fn named<T: Copy>(table: &[(&str, T)], name: &str, key: &str) -> Result<T, String> {
    let found = table.iter().find(|(n, _)| *n == name).map(|(_, value)| *value);
    let names = || table.iter().map(|(n, _)| *n).collect::<Vec<_>>().join(" / ");
    found.ok_or_else(|| format!("{key} = \"{name}\"  → {}", names()))
}

/// Width and height of a page written as `210x297mm`.
fn trimmed(trim: &str) -> Result<(Pt, Pt), String> {
    let wrong = || format!("trim = \"{trim}\"  → 210x297mm");
    let (width, height) = trim.split_once('x').ok_or_else(wrong)?;
    Ok((length(&format!("{width}mm"), "trim")?, length(height, "trim")?))
}

fn length(text: &str, key: &str) -> Result<Pt, String> {
    parse_pt(text).map_err(|_| format!("{key} = \"{text}\"  → 10.5pt / 210mm"))
}

fn within(value: i64, least: i64, most: i64, key: &str) -> Result<i64, String> {
    let fits = (least..=most).contains(&value);
    fits.then_some(value).ok_or_else(|| format!("{key} = {value}  → {least}–{most}"))
}

/// Thousandths of a number from a file.
#[expect(clippy::cast_possible_truncation, reason = "bounded before the cast")]
pub(super) fn millis(value: f64, key: &str) -> Result<i64, String> {
    let fits = value.is_finite() && value.abs() < 1_000_000.0;
    fits.then(|| (value * 1000.0).round() as i64)
        .ok_or_else(|| format!("{key} = {value}  → < 1000000"))
}

impl RawTemplate {
    /// Checks every value and makes the table of styles. `trim` is the design's own, for which
    /// its covers are drawn.
    pub(super) fn resolve(
        self,
        own: &Design,
        trim: Option<&str>,
        month: Option<u8>,
    ) -> Result<Template, String> {
        let geometry = self.geometry()?;
        let season = match month {
            Some(3..=5) => "spring",
            Some(6..=8) => "summer",
            Some(9..=11) => "autumn",
            _ => "winter",
        };
        let styles = StyleId::NAMES
            .iter()
            .map(|(name, id)| self.style(name, *id, &geometry))
            .collect::<Result<Vec<_>, _>>()?;
        let drawn = trim.map_or(Ok((geometry.width, geometry.height)), trimmed)?;
        let page = (geometry.width, geometry.height);
        let elements = |raw: &[RawElement]| -> Result<Vec<CoverElement>, String> {
            let resolved = raw.iter().map(RawElement::resolve);
            let scaled = resolved.map(|e| e.map(|element| element.scaled(drawn, page)));
            scaled.collect()
        };
        let composition = |raw: &RawComposition| elements(&raw.elements);
        let parts = self.parts.iter().map(|part| named(Part::NAMES, part, "parts"));
        Ok(Template {
            name: own.name.clone(),
            geometry,
            indent: within(self.body.indent, 0, 8, "body.indent")?,
            initial: within(self.body.initial, 0, 6, "body.initial")?,
            justify: self.body.justify,
            punctuation: self.punctuation.resolve()?,
            opening: named(Opening::NAMES, &self.articles, "articles")?,
            notes: named(NotePlace::NAMES, &self.notes, "notes")?,
            title_block: named(TitleBlock::NAMES, &self.title_block, "title-block")?,
            contents_form: named(ContentsForm::NAMES, &self.contents_form, "contents-form")?,
            parts: parts.collect::<Result<_, _>>()?,
            openers: self.openers,
            accent: self.colour(season)?,
            seal: self.colour("special")?,
            covers: self.covers.iter().map(composition).collect::<Result<_, _>>()?,
            picture_cover: elements(&self.picture_cover)?,
            inside_cover: elements(&self.inside_cover)?,
            back_cover: elements(&self.back_cover)?,
            contents: elements(&self.contents)?,
            css: own.style_sheet(),
            styles,
        })
    }

    fn geometry(&self) -> Result<Geometry, String> {
        let (width, height) = trimmed(&self.trim)?;
        let geometry = Geometry {
            width,
            height,
            chars: within(self.type_area.chars, 4, 200, "type-area.chars")?,
            lines: within(self.type_area.lines, 4, 200, "type-area.lines")?,
            columns: within(self.columns, 1, 4, "columns")?,
            gap: within(self.column_gap, 1, 10, "column-gap")?,
            size: length(&self.body.size, "body.size")?,
            pitch: length(&self.body.pitch, "body.pitch")?,
            head: length(&self.margins.head, "margins.head")?,
            inside: length(&self.margins.inside, "margins.inside")?,
            vertical: named(WRITING, &self.writing, "writing")?,
        };
        let area = geometry.type_area(1);
        if geometry.size < Pt::new(4) || geometry.pitch < geometry.size {
            return Err(format!(
                "body.size = {}, body.pitch = {}  → 4pt ≤ body.size ≤ body.pitch",
                geometry.size, geometry.pitch
            ));
        }
        if area.x + area.width > geometry.width || area.y + area.height > geometry.height {
            return Err(format!(
                "type-area = {} × {}  → ≤ trim = {} × {}",
                area.width, area.height, geometry.width, geometry.height
            ));
        }
        Ok(geometry)
    }

    fn colour(&self, name: &str) -> Result<Colour, String> {
        let raw = self.palette.get(name).ok_or_else(|| {
            format!("palette.{name} = ?  → {{ rgb = \"#2f6f5b\", cmyk = [75, 40, 65, 25] }}")
        })?;
        let wrong = || format!("palette.{name}.rgb = \"{}\"  → #2f6f5b", raw.rgb);
        let digits = raw.rgb.strip_prefix('#').filter(|d| d.len() == 6).ok_or_else(wrong)?;
        let value = u32::from_str_radix(digits, 16).map_err(|_| wrong())?;
        let [_, r, g, b] = value.to_be_bytes();
        if raw.cmyk.iter().any(|ink| *ink > 100) {
            return Err(format!("palette.{name}.cmyk = {:?}  → ≤ 100", raw.cmyk));
        }
        Ok(Colour { rgb: [r, g, b], cmyk: raw.cmyk })
    }

    fn style(&self, name: &str, id: StyleId, geometry: &Geometry) -> Result<Style, String> {
        let empty = RawStyle::default();
        let raw = self.styles.get(name).unwrap_or(&empty);
        let key = |part: &str| format!("styles.{name}.{part}");
        let size = match &raw.size {
            Some(size) => length(size, &key("size"))?,
            None => geometry.size,
        };
        let rows = raw.rows.unwrap_or(Rows::holding(size, geometry.pitch).0);
        let body_indent = if id == StyleId::Body { self.body.indent } else { 0 };
        Ok(Style {
            voice: named(Voice::NAMES, raw.voice.as_deref().unwrap_or("song"), &key("voice"))?,
            size,
            rows: Rows(within(rows, 1, 20, &key("rows"))?),
            before: Rows(within(raw.before.unwrap_or(0), 0, 40, &key("before"))?),
            after: Rows(within(raw.after.unwrap_or(0), 0, 40, &key("after"))?),
            align: named(Align::NAMES, raw.align.as_deref().unwrap_or("justify"), &key("align"))?,
            indent: within(raw.indent.unwrap_or(body_indent), 0, 20, &key("indent"))?,
            inset: within(raw.inset.unwrap_or(0), 0, 20, &key("inset"))?,
            ink: named(Ink::NAMES, raw.colour.as_deref().unwrap_or("ink"), &key("colour"))?,
            panel: named(Panel::NAMES, raw.panel.as_deref().unwrap_or("none"), &key("panel"))?,
            leading: match &raw.leading {
                Some(leading) => length(leading, &key("leading"))?,
                None => size.scale(3, 2),
            },
        })
    }
}

impl RawPunctuation {
    fn resolve(&self) -> Result<Punctuation, String> {
        const STYLES: &[(&str, PunctuationStyle)] = &[
            ("quanjiao", PunctuationStyle::Quanjiao),
            ("kaiming", PunctuationStyle::Kaiming),
            ("banjiao", PunctuationStyle::Banjiao),
            ("plain", PunctuationStyle::Plain),
        ];
        let starts = &[("trim", true), ("keep", false)];
        let gap = millis(self.gap, "punctuation.gap")?;
        Ok(Punctuation {
            style: named(STYLES, &self.style, "punctuation.style")?,
            kinsoku: (self.kinsoku <= 3)
                .then_some(self.kinsoku)
                .ok_or("punctuation.kinsoku: from 0 to 3")?,
            trim_line_start: named(starts, &self.line_start, "punctuation.line-start")?,
            gap: Em::from_millis(within(gap, 0, 1000, "punctuation.gap")?),
            gap_adjusts: self.gap_adjusts,
            hanging: self.hanging,
        })
    }
}
