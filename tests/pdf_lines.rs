//! Lines as they are printed: rows of the table of typography through the whole program, glyph
//! origins read back from the written PDF with its own widths.

use crate::library;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use qikan::ingest::Input;
use qikan::issue::{Edition, Manifest, parse_setting};
use qikan::press::{Order, Report, make};
use std::collections::BTreeMap;

/// A row: its name, its text, and for each line the places of some of its characters.
type Row = (&'static str, &'static str, &'static [&'static [(usize, f64)]]);

/// Rows of the table, at ten characters a line without indent: what stands at which place, in em
/// from the beginning of its line. Each line begins with its first character at 0.
const ROWS: &[Row] = &[
    (
        "KS1",
        "一二三四五六七八九十，一二",
        &[&[(0, 0.0), (1, 1.125), (8, 9.0)], &[(0, 0.0), (1, 1.0)]],
    ),
    ("LE1", "一二三四五六七八九，一二三四五六七八九十", &[&[(0, 0.0), (9, 9.5)], &[(9, 9.0)]]),
    (
        "JU2",
        "甲（乙）丙，丁戊己庚。壬癸子丑",
        &[&[(1, 0.75), (2, 1.75), (3, 2.75), (4, 3.5), (5, 4.5), (6, 5.5), (10, 9.5)], &[(3, 3.0)]],
    ),
    ("PC3", "他说：“好。”我走", &[&[(2, 2.0), (3, 2.5), (4, 3.5), (5, 4.5), (6, 5.0), (7, 6.0)]]),
    ("LS1", "“甲乙丙丁戊己庚辛壬癸子丑寅", &[&[(0, -0.5), (9, 9.0)], &[(0, 0.0)]]),
];

fn edition(text: &str) -> Vec<u8> {
    let article = format!("---\ntitle: 题\n---\n\n{text}\n");
    let input = Input { name: "a.md".to_owned(), bytes: article.into_bytes(), ..Input::default() };
    let mut table = toml::Table::new();
    for setting in ["design.type-area.chars=10", "design.body.indent=0"] {
        parse_setting(setting, &mut table).unwrap();
    }
    let mut report = Report::default();
    let manifest = Manifest::of(&table, &mut report.sink).unwrap();
    let order = Order {
        manifest,
        sections: vec![(None, vec![input])],
        editions: vec![Edition::Pdf],
        ..Order::default()
    };
    make(&order, library(), &mut report).unwrap().remove(0).bytes
}

/// Advances of a font by code, in thousandths of an em, and that of all other codes.
fn widths(doc: &Document, font: &Dictionary) -> (BTreeMap<u16, f64>, f64) {
    let number = |object: &Object| f64::from(object.as_float().unwrap());
    let list = doc.dereference(font.get(b"DescendantFonts").unwrap()).unwrap().1;
    let below = doc.dereference(&list.as_array().unwrap()[0]).unwrap().1.as_dict().unwrap();
    let default = number(below.get(b"DW").unwrap());
    let all = doc.dereference(below.get(b"W").unwrap()).unwrap().1.as_array().unwrap();
    let mut out = BTreeMap::new();
    let mut at = 0;
    while at < all.len() {
        let code = |object: &Object| u16::try_from(object.as_i64().unwrap()).unwrap();
        let first = code(&all[at]);
        match doc.dereference(&all[at + 1]).unwrap().1 {
            Object::Array(list) => {
                out.extend((first..).zip(list.iter().map(number)));
                at += 2;
            }
            last => {
                let width = number(&all[at + 2]);
                out.extend((first..=code(last)).map(|code| (code, width)));
                at += 3;
            }
        }
    }
    (out, default)
}

/// The origins of the glyphs of one size on a page, by baseline from the top.
fn lines(doc: &Document, page: ObjectId, wanted: f64) -> Vec<Vec<f64>> {
    let fonts = doc.get_page_fonts(page).unwrap();
    let widths: BTreeMap<Vec<u8>, _> =
        fonts.into_iter().map(|(name, font)| (name, widths(doc, font))).collect();
    let content = Content::decode(&doc.get_page_content(page)).unwrap();
    let number = |object: &Object| f64::from(object.as_float().unwrap());
    let (mut font, mut size, mut at) = (Vec::new(), 0.0, (0.0, 0.0));
    let mut out: Vec<(i64, Vec<f64>)> = Vec::new();
    for operation in content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "Tf" => {
                font = operands[0].as_name().unwrap().to_vec();
                size = number(&operands[1]);
            }
            "Tm" => at = (number(&operands[4]), number(&operands[5])),
            "TJ" => {
                for part in operands[0].as_array().unwrap() {
                    let Object::String(codes, _) = part else {
                        at.0 -= number(part) / 1000.0 * size;
                        continue;
                    };
                    for code in codes.chunks(2) {
                        let baseline = (at.1 * -100.0).round() as i64;
                        if size == wanted {
                            match out.last_mut().filter(|(line, _)| *line == baseline) {
                                Some((_, line)) => line.push(at.0),
                                None => out.push((baseline, vec![at.0])),
                            }
                        }
                        let (listed, default) = &widths[&font];
                        let width = listed.get(&u16::from_be_bytes([code[0], code[1]]));
                        at.0 += width.unwrap_or(default) / 1000.0 * size;
                    }
                }
            }
            _ => {}
        }
    }
    out.sort_by_key(|(baseline, _)| *baseline);
    out.into_iter().map(|(_, line)| line).collect()
}

#[test]
fn what_is_asserted_is_what_is_printed() {
    const SIZE: f64 = 11.0;
    for (id, text, expected) in ROWS {
        let doc = Document::load_mem(&edition(text)).unwrap();
        let page = doc.page_iter().last().unwrap();
        let found = lines(&doc, page, SIZE);
        assert_eq!(found.len(), expected.len(), "{id}: {found:?}");
        // The second line begins with Han at the edge of the type area, or there is none.
        let edge = match (found.get(1), expected[0][0]) {
            (Some(line), _) => line[0],
            (None, _) => found[0][0],
        };
        for (line, places) in found.iter().zip(*expected) {
            for (at, place) in *places {
                let em = (line[*at] - edge) / SIZE;
                assert!((em - place).abs() < 0.011, "{id}: {at} stands at {em}, not {place}");
            }
        }
    }
}
