//! Text read back from a PDF through its own character maps, with a reader that shares nothing
//! with the writer but the file format.

use lopdf::content::Content;
use lopdf::{Document, Object};
use std::collections::BTreeMap;

type Map = BTreeMap<u16, String>;

/// The characters of each page, in the order of its content stream.
pub(crate) fn pages(bytes: &[u8]) -> Vec<String> {
    let doc = Document::load_mem(bytes).unwrap();
    doc.page_iter().map(|page| page_text(&doc, page)).collect()
}

fn page_text(doc: &Document, page: lopdf::ObjectId) -> String {
    let fonts = doc.get_page_fonts(page).unwrap();
    let maps: BTreeMap<Vec<u8>, Map> = fonts
        .into_iter()
        .map(|(name, font)| {
            let stream = font.get(b"ToUnicode").and_then(|o| doc.dereference(o)).unwrap().1;
            (name, to_unicode(&stream.as_stream().unwrap().decompressed_content().unwrap()))
        })
        .collect();
    let content = Content::decode(&doc.get_page_content(page)).unwrap();
    let mut out = String::new();
    let mut font = Vec::new();
    for operation in content.operations {
        match operation.operator.as_str() {
            "Tf" => font = operation.operands[0].as_name().unwrap().to_vec(),
            "TJ" => {
                for part in operation.operands[0].as_array().unwrap() {
                    if let Object::String(codes, _) = part {
                        for code in codes.chunks(2) {
                            let code = u16::from_be_bytes([code[0], code[1]]);
                            out.push_str(&maps[&font][&code]);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    out
}

/// Reads the `bfchar` and `bfrange` sections of a character map.
fn to_unicode(cmap: &[u8]) -> Map {
    let text = String::from_utf8_lossy(cmap);
    let mut out = Map::new();
    for (kind, size) in [("bfchar", 2), ("bfrange", 3)] {
        for section in text.split(&format!("begin{kind}")).skip(1) {
            let section = section.split(&format!("end{kind}")).next().unwrap();
            let hex: Vec<&str> =
                section.split('<').skip(1).filter_map(|p| p.split('>').next()).collect();
            for entry in hex.chunks(size) {
                let code = |at: usize| u16::from_str_radix(entry[at], 16).unwrap();
                let units: Vec<u16> = (0..entry[size - 1].len() / 4)
                    .map(|at| {
                        u16::from_str_radix(&entry[size - 1][at * 4..at * 4 + 4], 16).unwrap()
                    })
                    .collect();
                let last = if size == 3 { code(1) } else { code(0) };
                for (turn, code) in (code(0)..=last).enumerate() {
                    let mut units = units.clone();
                    *units.last_mut().unwrap() += turn as u16;
                    out.insert(code, String::from_utf16(&units).unwrap());
                }
            }
        }
    }
    out
}
