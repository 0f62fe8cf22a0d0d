//! Elements of covers and other drawn pages, as they stand in a design.

use super::raw::{millis, named};
use super::{CoverElement, CoverKind, Ink, MmBox, StyleId};
use crate::length::{Mm, Pt};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct RawElement {
    kind: String,
    #[serde(rename = "box")]
    area: [f64; 4],
    text: Option<String>,
    style: Option<String>,
    colour: Option<String>,
    tint: Option<u8>,
}

/// What can be drawn.
const KINDS: &[&str] = &[
    "block",
    "rule",
    "grid",
    "text",
    "vertical",
    "figure",
    "headlines",
    "sections",
    "parts",
    "skyline",
    "seal",
    "picture",
    "barcode",
];

impl RawElement {
    pub(super) fn resolve(&self) -> Result<CoverElement, String> {
        let [x, y, width, height] = self.area;
        let mm = |value| millis(value, "box").map(|m| Mm::from_micrometres(m).pt());
        let area = MmBox { x: mm(x)?, y: mm(y)?, width: mm(width)?, height: mm(height)? };
        let ink = || named(Ink::NAMES, self.colour.as_deref().unwrap_or("ink"), "colour");
        let style = || named(StyleId::NAMES, self.style.as_deref().unwrap_or(""), "style");
        let text = || self.text.clone().ok_or_else(|| "text = ?".to_owned());
        let tint = self.tint.unwrap_or(100).min(100);
        let kind = match self.kind.as_str() {
            "block" | "rule" => CoverKind::Block { ink: ink()?, tint },
            "grid" => CoverKind::Grid { ink: ink()? },
            "text" => CoverKind::Text { text: text()?, style: style()? },
            "vertical" => CoverKind::Vertical { text: text()?, style: style()? },
            "figure" => CoverKind::Figure { text: text()?, style: style()?, tint },
            "headlines" => CoverKind::Headlines { style: style()? },
            "sections" => CoverKind::Sections { style: style()? },
            "parts" => CoverKind::Parts { style: style()? },
            "skyline" => CoverKind::Skyline { ink: ink()? },
            "seal" => CoverKind::Seal { text: text()?, style: style()?, ink: ink()? },
            "picture" => CoverKind::Picture,
            "barcode" => CoverKind::Barcode { style: style()? },
            other => return Err(format!("kind = \"{other}\"  → {}", KINDS.join(" / "))),
        };
        let ink = self.colour.as_deref().map(|name| named(Ink::NAMES, name, "colour"));
        Ok(CoverElement { kind, area, ink: ink.transpose()? })
    }
}

impl CoverElement {
    /// The element on a page of another size than it was drawn for. A bar code keeps its size.
    pub(super) fn scaled(self, from: (Pt, Pt), to: (Pt, Pt)) -> Self {
        let along = |x: Pt| x.scale(to.0.units(), from.0.units());
        let down = |y: Pt| y.scale(to.1.units(), from.1.units());
        let MmBox { x, y, width, height } = self.area;
        let area = MmBox { x: along(x), y: down(y), width: along(width), height: down(height) };
        Self { area, ..self }
    }
}
