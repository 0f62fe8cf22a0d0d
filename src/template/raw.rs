//! A design as it stands in its file, checked value by value.

use super::{
    Align, CoverElement, CoverKind, Geometry, Ink, MmBox, Punctuation, PunctuationStyle, Style,
    StyleId, Template,
};
use crate::colour::Colour;
use crate::diagnostics::{Code, Diagnostic, Sink, nearest};
use crate::fonts::Voice;
use crate::length::{Em, Mm, Pt, Rows, parse_pt};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Keys that a design may leave out, so that they are known without standing in its file.
const OPTIONAL: &[&str] = &[
    "template", "voice", "size", "rows", "before", "after", "align", "indent", "inset", "colour",
    "leading",
];

/// Lays one table over another; keys the design does not have are reported and left out.
pub(super) fn overlay(base: &mut toml::Table, over: &toml::Table, path: &str, sink: &mut Sink) {
    for (key, value) in over {
        let full = format!("{path}.{key}");
        match (base.get_mut(key), value) {
            (Some(toml::Value::Table(base)), toml::Value::Table(over)) => {
                overlay(base, over, &full, sink);
            }
            (Some(slot), value) => *slot = value.clone(),
            (None, _) if key == "template" => {}
            (None, value) if OPTIONAL.contains(&key.as_str()) => {
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
    type_area: RawArea,
    margins: RawMargins,
    body: RawBody,
    punctuation: RawPunctuation,
    palette: BTreeMap<String, RawColour>,
    styles: BTreeMap<String, RawStyle>,
    #[serde(default)]
    cover: Vec<RawElement>,
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
}

#[derive(Debug, Deserialize)]
struct RawElement {
    kind: String,
    #[serde(rename = "box")]
    area: [f64; 4],
    text: Option<String>,
    style: Option<String>,
    colour: Option<String>,
}

/// 横排 and 直排.
const WRITING: &[(&str, bool)] = &[("horizontal", false), ("vertical", true)];

/// The value of a name in a table, or a sentence that lists the names.
fn named<T: Copy>(table: &[(&str, T)], name: &str, key: &str) -> Result<T, String> {
    let found = table.iter().find(|(n, _)| *n == name).map(|(_, value)| *value);
    let names = || table.iter().map(|(n, _)| *n).collect::<Vec<_>>().join(", ");
    found.ok_or_else(|| format!("{key} = \"{name}\"; one of: {}", names()))
}

fn length(text: &str, key: &str) -> Result<Pt, String> {
    parse_pt(text).map_err(|error| format!("{key}: {error}"))
}

fn within(value: i64, least: i64, most: i64, key: &str) -> Result<i64, String> {
    let fits = (least..=most).contains(&value);
    fits.then_some(value).ok_or_else(|| format!("{key} = {value}; from {least} to {most}"))
}

/// Thousandths of a number from a file.
#[expect(clippy::cast_possible_truncation, reason = "bounded before the cast")]
fn millis(value: f64, key: &str) -> Result<i64, String> {
    let fits = value.is_finite() && value.abs() < 1_000_000.0;
    fits.then(|| (value * 1000.0).round() as i64).ok_or_else(|| format!("{key} = {value}"))
}

impl RawTemplate {
    /// Checks every value and makes the table of styles.
    pub(super) fn resolve(
        self,
        name: &str,
        css: &str,
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
        Ok(Template {
            name: name.to_owned(),
            geometry,
            indent: within(self.body.indent, 0, 8, "body.indent")?,
            justify: self.body.justify,
            punctuation: self.punctuation.resolve()?,
            accent: self.colour(season)?,
            seal: self.colour("special")?,
            cover: self.cover.iter().map(RawElement::resolve).collect::<Result<_, _>>()?,
            contents: self.contents.iter().map(RawElement::resolve).collect::<Result<_, _>>()?,
            css: css.to_owned(),
            styles,
        })
    }

    fn geometry(&self) -> Result<Geometry, String> {
        let trim = || format!("trim = \"{}\"; write it as 210x297mm", self.trim);
        let (width, height) = self.trim.split_once('x').ok_or_else(trim)?;
        let geometry = Geometry {
            width: length(&format!("{width}mm"), "trim")?,
            height: length(height, "trim")?,
            chars: within(self.type_area.chars, 4, 200, "type-area.chars")?,
            lines: within(self.type_area.lines, 4, 200, "type-area.lines")?,
            columns: within(self.columns, 1, 4, "columns")?,
            size: length(&self.body.size, "body.size")?,
            pitch: length(&self.body.pitch, "body.pitch")?,
            head: length(&self.margins.head, "margins.head")?,
            inside: length(&self.margins.inside, "margins.inside")?,
            vertical: named(WRITING, &self.writing, "writing")?,
        };
        let area = geometry.type_area(1);
        if geometry.size < Pt::new(4) || geometry.pitch < geometry.size {
            return Err("body.size is 4pt at least, and body.pitch no less than it".to_owned());
        }
        if area.x + area.width > geometry.width || area.y + area.height > geometry.height {
            return Err(format!(
                "type-area: {} × {} pt does not fit the page",
                area.width, area.height
            ));
        }
        Ok(geometry)
    }

    fn colour(&self, name: &str) -> Result<Colour, String> {
        let raw = self.palette.get(name).ok_or_else(|| format!("palette.{name} is missing"))?;
        let wrong = || format!("palette.{name}.rgb = \"{}\"; write it as #2f6f5b", raw.rgb);
        let digits = raw.rgb.strip_prefix('#').filter(|d| d.len() == 6).ok_or_else(wrong)?;
        let value = u32::from_str_radix(digits, 16).map_err(|_| wrong())?;
        let [_, r, g, b] = value.to_be_bytes();
        if raw.cmyk.iter().any(|ink| *ink > 100) {
            return Err(format!("palette.{name}.cmyk: 100 at most"));
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

impl RawElement {
    fn resolve(&self) -> Result<CoverElement, String> {
        let [x, y, width, height] = self.area;
        let mm = |value| millis(value, "cover.box").map(|m| Mm::from_micrometres(m).pt());
        let area = MmBox { x: mm(x)?, y: mm(y)?, width: mm(width)?, height: mm(height)? };
        let ink = || named(Ink::NAMES, self.colour.as_deref().unwrap_or("ink"), "cover.colour");
        let style = || named(StyleId::NAMES, self.style.as_deref().unwrap_or(""), "cover.style");
        let text = || self.text.clone().ok_or("cover.text is missing");
        let kind = match self.kind.as_str() {
            "block" | "rule" => CoverKind::Block { ink: ink()? },
            "text" => CoverKind::Text { text: text()?, style: style()? },
            "parts" => CoverKind::Parts { style: style()? },
            "skyline" => CoverKind::Skyline { ink: ink()? },
            "seal" => CoverKind::Seal { text: text()?, style: style()?, ink: ink()? },
            other => {
                return Err(format!(
                    "cover.kind = \"{other}\"; one of: block, rule, text, parts, skyline, seal"
                ));
            }
        };
        Ok(CoverElement { kind, area })
    }
}
