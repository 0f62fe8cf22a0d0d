//! `[print]`: what the printer asked for.

use super::values::{one_of, string, wrong};
use crate::diagnostics::Diagnostic;
use crate::length::{Pt, parse_pt};
use toml::{Table, Value};

/// What a printed edition is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// The name of the printing condition, as the ICC keeps it: `FOGRA39`, `JC200103`.
    pub condition: Option<String>,
    /// The file of its ICC profile, from the folder.
    pub profile: Option<String>,
    /// How far pictures and colour reach over the edge.
    pub bleed: Pt,
    /// Whether sheets have crop, registration and fold marks and a slug line.
    pub marks: bool,
    /// Pixels an inch that a picture should have.
    pub min_dpi: u32,
    /// The most ink one place may have, per cent of the four together.
    pub ink_limit: u32,
    /// How thick a leaf is.
    pub paper: Pt,
    /// How many pages are folded from one sheet.
    pub signature: usize,
    /// How pages stand on sheets: `none`, `saddle` or `perfect`.
    pub imposition: String,
}

impl Default for Print {
    fn default() -> Self {
        Self {
            condition: None,
            profile: None,
            bleed: millimetres(3_000),
            marks: false,
            min_dpi: 250,
            ink_limit: 320,
            paper: millimetres(100),
            signature: 4,
            imposition: "none".to_owned(),
        }
    }
}

const fn millimetres(micrometres: i64) -> Pt {
    crate::length::Mm::from_micrometres(micrometres).pt()
}

pub(super) fn print(table: &Table) -> Result<Print, Box<Diagnostic>> {
    let rules = Print::default();
    let length = |key: &str, most: i64, own: Pt| {
        let Some(text) = string(table, "print", key)? else { return Ok(own) };
        let range = Pt::ZERO..=millimetres(most);
        let found = parse_pt(&text).ok().filter(|length| range.contains(length));
        found.ok_or_else(|| wrong(&format!("print.{key}"), &text, "\"3mm\""))
    };
    let number = |key: &str, range: std::ops::RangeInclusive<i64>, own: u32| {
        let Some(value) = table.get(key) else { return Ok(own) };
        let found = value.as_integer().filter(|number| range.contains(number));
        let found = found.and_then(|number| u32::try_from(number).ok());
        let expected = format!("{}–{}", range.start(), range.end());
        found.ok_or_else(|| wrong(&format!("print.{key}"), &value.to_string(), &expected))
    };
    let signature = match table.get("signature") {
        None => rules.signature,
        Some(Value::Integer(count @ (4 | 8 | 16 | 32))) => usize::try_from(*count).unwrap_or(4),
        Some(other) => return Err(wrong("print.signature", &other.to_string(), "4, 8, 16, 32")),
    };
    let marks = match table.get("marks") {
        None => rules.marks,
        Some(Value::Boolean(marks)) => *marks,
        Some(other) => return Err(wrong("print.marks", &other.to_string(), "true, false")),
    };
    let names = ["none", "saddle", "perfect"];
    Ok(Print {
        condition: string(table, "print", "condition")?,
        profile: string(table, "print", "profile")?,
        bleed: length("bleed", 20_000, rules.bleed)?,
        marks,
        min_dpi: number("min-dpi", 1..=2400, rules.min_dpi)?,
        ink_limit: number("ink-limit", 100..=400, rules.ink_limit)?,
        paper: length("paper", 2_000, rules.paper)?,
        signature,
        imposition: one_of(table, "print", "imposition", &names)?.unwrap_or(rules.imposition),
    })
}
