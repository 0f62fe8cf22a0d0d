//! Text read back from a PDF through its own character maps, with a reader that shares nothing
//! with the writer but the file format.

use lopdf::Document;
use lopdf::content::Content;
use std::collections::BTreeMap;

type Map = BTreeMap<u16, String>;

/// The characters of each page, in the order of its content stream.
pub(crate) fn pages(bytes: &[u8]) -> Vec<String> {
    let doc = Document::load_mem(bytes).unwrap();
    doc.page_iter().map(|page| page_text(&doc, page)).collect()
}

fn page_text(doc: &Document, page: lopdf::ObjectId) -> String {
    fragments(doc, page).into_iter().map(|(_, text)| text).collect()
}

/// What an open marked content is: of a number, with words of its own, or neither.
#[derive(Clone)]
enum Marked {
    Number(i64),
    Words(String),
    Other,
}

/// The characters of a page with the number of the marked content they stand in.
pub(crate) fn fragments(doc: &Document, page: lopdf::ObjectId) -> Vec<(Option<i64>, String)> {
    let content = Content::decode(&doc.get_page_content(page)).unwrap();
    read(doc, doc.get_page_fonts(page).unwrap(), content)
}

/// The characters of a form.
pub(crate) fn form(doc: &Document, form: lopdf::ObjectId) -> String {
    let stream = doc.get_object(form).unwrap().as_stream().unwrap();
    let resources = doc.dereference(stream.dict.get(b"Resources").unwrap()).unwrap().1;
    let fonts = resources.as_dict().unwrap().get(b"Font").and_then(|fonts| doc.dereference(fonts));
    let mut out = BTreeMap::new();
    for (name, font) in fonts.unwrap().1.as_dict().unwrap() {
        let font = doc.dereference(font).unwrap().1.as_dict().unwrap();
        out.insert(name.clone(), font);
    }
    let content = Content::decode(&stream.decompressed_content().unwrap()).unwrap();
    read(doc, out, content).into_iter().map(|(_, text)| text).collect()
}

fn read(
    doc: &Document,
    fonts: BTreeMap<Vec<u8>, &lopdf::Dictionary>,
    content: Content,
) -> Vec<(Option<i64>, String)> {
    let maps: BTreeMap<Vec<u8>, Map> = fonts
        .into_iter()
        .map(|(name, font)| {
            let stream = font.get(b"ToUnicode").and_then(|o| doc.dereference(o)).unwrap().1;
            (name, to_unicode(&stream.as_stream().unwrap().decompressed_content().unwrap()))
        })
        .collect();
    let mut out: Vec<(Option<i64>, String)> = Vec::new();
    let mut font = Vec::new();
    let mut open: Vec<Marked> = Vec::new();
    for operation in content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "Tf" => font = operands[0].as_name().unwrap().to_vec(),
            "BMC" => open.push(Marked::Other),
            "BDC" => {
                open.push(marked(operands[1].as_dict().unwrap()));
                if let Some(Marked::Words(words)) = open.last() {
                    out.push((number(&open), words.clone()));
                }
            }
            "EMC" => drop(open.pop().unwrap()),
            "TJ" if !open.iter().any(|m| matches!(m, Marked::Words(_))) => {
                let parts = operands[0].as_array().unwrap().iter();
                let codes = parts.filter_map(|part| part.as_str().ok()).flat_map(|s| s.chunks(2));
                let code = |code: &[u8]| u16::from_be_bytes([code[0], code[1]]);
                let text: String = codes.map(|c| maps[&font][&code(c)].as_str()).collect();
                out.push((number(&open), text));
            }
            _ => {}
        }
    }
    assert!(open.is_empty());
    out
}

fn number(open: &[Marked]) -> Option<i64> {
    open.iter().find_map(|m| if let Marked::Number(number) = m { Some(*number) } else { None })
}

fn marked(properties: &lopdf::Dictionary) -> Marked {
    if let Ok(number) = properties.get(b"MCID") {
        return Marked::Number(number.as_i64().unwrap());
    }
    let Ok(words) = properties.get(b"ActualText") else { return Marked::Other };
    let bytes = words.as_str().unwrap();
    let units = bytes[2..].chunks(2).map(|c| u16::from_be_bytes([c[0], c[1]]));
    Marked::Words(String::from_utf16(&units.collect::<Vec<u16>>()).unwrap())
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
