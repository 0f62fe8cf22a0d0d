//! What the character codes of fonts stand for: their character maps (ISO 32000-1 §9.10.3), each
//! read once, and text strings (§7.9.2.2). A font that does not bring its outlines says nothing.

use hayro_syntax::object::{Array, Dict, ObjectIdentifier, Stream};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// What the characters of a font stand for.
pub(super) type Codes = BTreeMap<u16, String>;

/// The character maps that were read.
#[derive(Debug, Default)]
pub(super) struct Fonts(Mutex<BTreeMap<ObjectIdentifier, Arc<Codes>>>);

impl Fonts {
    /// The character map of a font.
    pub(super) fn codes(&self, font: &Dict<'_>) -> Arc<Codes> {
        let id = font.obj_id();
        let known = || Some(Arc::clone(self.0.lock().ok()?.get(&id?)?));
        if let Some(codes) = known() {
            return codes;
        }
        let map = font.get::<Stream<'_>>("ToUnicode").filter(|_| is_embedded(font));
        let map = map.and_then(|stream| Some(stream.decoded().ok()?.into_owned()));
        let codes = Arc::new(map.map(|map| to_unicode(&map)).unwrap_or_default());
        if let (Some(id), Ok(mut fonts)) = (id, self.0.lock()) {
            fonts.insert(id, Arc::clone(&codes));
        }
        codes
    }
}

/// Whether a font brings its outlines: without them every reader shows others, or none.
fn is_embedded(font: &Dict<'_>) -> bool {
    let below = font.get::<Array<'_>>("DescendantFonts");
    let below = below.and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descriptor = below.as_ref().unwrap_or(font).get::<Dict<'_>>("FontDescriptor");
    descriptor.is_some_and(|about| {
        ["FontFile", "FontFile2", "FontFile3"]
            .iter()
            .any(|key| about.get::<Stream<'_>>(*key).is_some())
    })
}

/// A text string (ISO 32000-1 §7.9.2.2).
pub(super) fn text_string(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(units) => utf16(units),
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

fn utf16(bytes: &[u8]) -> String {
    let units =
        bytes.chunks_exact(2).map(|pair| pair.iter().fold(0, |u, b| u << 8 | u16::from(*b)));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The most codes that a map has, ranges counted through, and the most UTF-16 bytes that one of
/// them stands for.
const CODES: usize = 1 << 17;
const LONGEST: usize = 4096;

/// Reads the `bfchar` and `bfrange` sections of a character map.
fn to_unicode(map: &[u8]) -> Codes {
    let text = String::from_utf8_lossy(map);
    let mut out = Codes::new();
    let mut left = CODES;
    for (kind, size) in [("bfchar", 2), ("bfrange", 3)] {
        for section in text.split(&format!("begin{kind}")).skip(1) {
            let section = section.split(&format!("end{kind}")).next().unwrap_or_default();
            let parts = section.split('<').skip(1).filter_map(|part| part.split('>').next());
            let parts: Vec<Vec<u8>> = parts.map(bytes_of).collect();
            for entry in parts.chunks_exact(size) {
                add_codes(entry, &mut left, &mut out);
            }
        }
    }
    out
}

/// Adds a line of a character map: a code, or the first and last of a range, and the text.
fn add_codes(entry: &[Vec<u8>], left: &mut usize, out: &mut Codes) {
    let code =
        |bytes: &Vec<u8>| bytes.iter().fold(0_u16, |code, byte| code << 8 | u16::from(*byte));
    let [first, .., text] = entry else { return };
    let last = if let [_, last, _] = entry { code(last) } else { code(first) };
    let text = utf16(text.get(..LONGEST).unwrap_or(text));
    for (code, away) in (code(first)..=last).zip(0_u32..) {
        // What goes over has no meaning, and is found to be lacking.
        let Some(fewer) = left.checked_sub(1 + text.len() / 64) else { return };
        *left = fewer;
        // In a range the last character counts on.
        let mut characters = text.clone();
        if let Some(c) = characters.pop() {
            characters.extend(char::from_u32(u32::from(c) + away));
        }
        out.insert(code, characters);
    }
}

fn bytes_of(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> =
        hex.chars().filter_map(|c| c.to_digit(16)).filter_map(|d| u8::try_from(d).ok()).collect();
    digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_map_has_single_codes_and_ranges() {
        let map = b"2 beginbfchar <0001> <4E00> <0002> <D842DFB7> endbfchar\n\
            1 beginbfrange <0010> <0012> <0041> endbfrange";
        let codes = to_unicode(map);
        let all: Vec<(u16, &str)> =
            codes.iter().map(|(code, text)| (*code, text.as_str())).collect();
        assert_eq!(all, [(1, "一"), (2, "𠮷"), (0x10, "A"), (0x11, "B"), (0x12, "C")]);
    }

    #[test]
    fn text_strings_are_utf_16_with_a_mark_and_single_bytes_without() {
        assert_eq!(text_string(&[0xFE, 0xFF, 0x4E, 0x00]), "一");
        assert_eq!(text_string(b"abc"), "abc");
    }
}
