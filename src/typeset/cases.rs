//! Runs the table of typography: text in, positions out. The notation is explained at the head of
//! `tests/typography/paragraph.cases`.

use super::paragraph::{Form, SetParagraph, set};
use super::shape::Shaper;
use super::strand::{Look, Strand};
use crate::colour::Colour;
use crate::fonts::{FaceData, Library, Voice};
use crate::length::{Em, Pt};
use crate::page::Mark;
use crate::template::{Align, Punctuation, PunctuationStyle};
use std::sync::{Arc, LazyLock};

const TABLE: &str = include_str!("../../tests/typography/paragraph.cases");
const SIZE: Pt = Pt::new(10);

pub(super) static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    Library::from_bundle(|name| {
        let path = format!("{}/fonts/{name}", env!("CARGO_MANIFEST_DIR"));
        #[expect(clippy::disallowed_methods, reason = "a test reads its fonts")]
        let bytes = std::fs::read(path).ok()?;
        Some(FaceData::Read(Arc::new(bytes)))
    })
    .unwrap()
});

struct Case {
    id: String,
    measure: i64,
    indent: i64,
    rules: Punctuation,
    language: String,
    vertical: bool,
    input: String,
    expected: String,
}

fn parse(line: &str) -> Case {
    let (id, rest) = line.split_once('⟦').unwrap();
    let (measure, rest) = rest.split_once('⟧').unwrap();
    let (left, expected) = rest.split_once(" → ").unwrap();
    let mut case = Case {
        id: id.trim().to_owned(),
        measure: measure.parse().unwrap(),
        indent: 0,
        rules: Punctuation {
            style: PunctuationStyle::Quanjiao,
            kinsoku: 2,
            trim_line_start: true,
            gap: Em::QUARTER,
            gap_adjusts: true,
            hanging: false,
        },
        language: "zh-Hans".to_owned(),
        vertical: false,
        input: String::new(),
        expected: expected.trim().to_owned(),
    };
    let mut input = left.trim();
    while let Some((setting, rest)) = input.split_once(' ').filter(|(s, _)| s.contains('=')) {
        let (key, value) = setting.split_once('=').unwrap();
        match key {
            "indent" => case.indent = value.parse().unwrap(),
            "kinsoku" => case.rules.kinsoku = value.parse().unwrap(),
            "start" => case.rules.trim_line_start = value != "keep",
            "writing" => case.vertical = value == "vertical",
            "lang" => case.language = value.to_owned(),
            "hanging" => case.rules.hanging = value == "on",
            "gap" => case.rules.gap_adjusts = value != "fixed",
            "style" => {
                case.rules.style = match value {
                    "kaiming" => PunctuationStyle::Kaiming,
                    "banjiao" => PunctuationStyle::Banjiao,
                    "plain" => PunctuationStyle::Plain,
                    other => panic!("{other} is no style"),
                }
            }
            other => panic!("{other} is no setting"),
        }
        input = rest.trim();
    }
    case.input = input.to_owned();
    case
}

fn run(case: &Case) -> SetParagraph {
    let look = Look::new(Voice::Song, SIZE, Colour::INK);
    let strand = Strand::of(&case.input, look, Mark::Artefact);
    let shaper = Shaper::new(&LIBRARY, &case.language, case.rules.style).upright(case.vertical);
    let form = Form {
        measure: SIZE * case.measure,
        indent: SIZE * case.indent,
        align: Align::Justify,
        size: SIZE,
        punctuation: &case.rules,
    };
    set(&strand, &shaper, &form)
}

/// A character of the expected text with what is said of it.
#[derive(Debug, Default, Clone)]
struct Expected {
    text: String,
    line: usize,
    at: Option<f64>,
    distance: Option<f64>,
}

fn expectations(text: &str) -> Vec<Expected> {
    let mut out: Vec<Expected> = Vec::new();
    let (mut line, mut rest) = (0, text);
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let number =
            |s: &str| s.find(|c: char| !matches!(c, '0'..='9' | '.' | '-')).unwrap_or(s.len());
        match c {
            '|' => line += 1,
            '@' => {
                let end = number(rest);
                // A case in which a digit follows a place writes the place with three decimals.
                let end = rest.find('.').map_or(end, |dot| end.min(dot + 4));
                out.last_mut().unwrap().at = Some(rest[..end].parse().unwrap());
                rest = &rest[end..];
            }
            '<' => {
                let end = rest.find('>').unwrap();
                out.last_mut().unwrap().distance = Some(rest[..end].parse().unwrap());
                rest = &rest[end + 1..];
            }
            c => out.push(Expected { text: c.to_string(), line, ..Expected::default() }),
        }
    }
    out
}

/// Origins as the notation counts them: —— and …… by the first of their two characters.
fn origins(set: &SetParagraph) -> Vec<(usize, f64, String)> {
    let em = |x: i64| Pt::from_units(x).millis() as f64 / SIZE.millis() as f64;
    let mut out = Vec::new();
    for (line, x, text) in &set.origins {
        for (turn, c) in text.chars().enumerate() {
            let shift = if turn == 0 { 0.0 } else { f64::NAN };
            out.push((*line, em(*x) + shift, c.to_string()));
        }
    }
    out
}

fn check(case: &Case) -> Result<(), String> {
    let set = run(case);
    let found = origins(&set);
    let expected = expectations(&case.expected);
    let shown = || {
        let mut out = String::new();
        for (at, (line, x, text)) in found.iter().enumerate() {
            if at > 0 && found[at - 1].0 != *line {
                out.push('|');
            }
            out += &if x.is_nan() { text.clone() } else { format!("{text}@{x:.3} ") };
        }
        format!("{}: expected {}\n   found {out}", case.id, case.expected)
    };
    if found.len() != expected.len() {
        return Err(shown());
    }
    let near = |a: f64, b: f64| (a - b).abs() <= 0.011;
    for (at, (want, (line, x, text))) in expected.iter().zip(&found).enumerate() {
        // The place of a dash pair is said after its second character.
        let x = if x.is_nan() { found[at - 1].1 } else { *x };
        let place = want.at.is_none_or(|w| near(w, x));
        let next = found[at + 1..].iter().find(|(_, x, _)| !x.is_nan());
        let distance = want.distance.is_none_or(|w| next.is_some_and(|n| near(w, n.1 - x)));
        if want.text != *text || want.line != *line || !place || !distance {
            return Err(format!("{}\n   at {} {want:?}", shown(), at));
        }
    }
    Ok(())
}

#[test]
fn every_case_of_the_table_holds() {
    let lines = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let failures: Vec<String> = lines.map(parse).filter_map(|case| check(&case).err()).collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
