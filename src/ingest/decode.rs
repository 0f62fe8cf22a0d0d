//! Bytes → text, or the place where they stop being text.
//!
//! A byte order mark decides; then valid UTF-8; then, of the Chinese, Japanese and Korean
//! encodings that fit every byte, the one whose text is likeliest, the guess of a detector counting
//! for it. What is labelled gb2312 or gbk is read as GB18030, its
//! superset. Nothing is ever replaced: a sequence no encoding knows is an error.

use super::likelihood;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, DecoderResult, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
};

/// Tried when neither a mark nor UTF-8 decides; of equals the first one is taken.
const CANDIDATES: [&Encoding; 4] = [GB18030, BIG5, SHIFT_JIS, EUC_KR];

/// First bytes of files that people take for text, and what they are.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Word/ZIP"),
    (b"\xD0\xCF\x11\xE0", "Word 97–2003"),
    (b"\x89PNG", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "WebP/AVI"),
    (b"Rar!", "RAR"),
    (b"7z\xBC\xAF", "7-Zip"),
    (b"\x1F\x8B", "gzip"),
    (b"{\\rtf", "RTF"),
    (b"\x7FELF", "ELF"),
    (b"MZ\x90", "EXE"),
];

/// Text, and the encoding it was in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The characters, without a byte order mark.
    pub text: String,
    /// The encoding's name, such as `gb18030`.
    pub encoding: &'static str,
}

/// Why bytes are not text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// A file of another kind.
    #[error("byte {offset} is 0x{byte:02X}: {kind}")]
    Binary {
        /// Bytes before the one that gives it away.
        offset: usize,
        /// That byte.
        byte: u8,
        /// What the file seems to be.
        kind: String,
    },
    /// Valid in no encoding that is tried.
    #[error("no encoding fits from byte {offset}")]
    NoEncoding {
        /// Bytes before the first one that fits in no encoding.
        offset: usize,
    },
}

/// The names of all encodings that are tried, for messages.
pub(super) fn names() -> String {
    let names: Vec<_> = CANDIDATES.iter().map(|e| e.name()).collect();
    format!("UTF-8, UTF-16, {}", names.join(", "))
}

/// Decodes a whole file.
///
/// # Errors
/// [`DecodeError`] with the offset of the first byte that is not text.
pub fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let body = bytes.get(mark..).unwrap_or_default();
        let decoded = strict(encoding, body);
        let decoded = decoded.map_err(|at| DecodeError::NoEncoding { offset: mark + at })?;
        let wide = encoding != UTF_8;
        return without_controls(decoded, mark, if wide { 2 } else { 1 });
    }
    if let Some((signature, kind)) = SIGNATURES.iter().find(|(s, _)| bytes.starts_with(s)) {
        let byte = signature.first().copied().unwrap_or(0);
        return Err(DecodeError::Binary { offset: 0, byte, kind: (*kind).to_owned() });
    }
    if let Some(encoding) = utf16_without_mark(bytes)
        && let Ok(decoded) = strict(encoding, bytes)
    {
        return without_controls(decoded, 0, 2);
    }
    refuse_controls(bytes)?;
    if let Ok(decoded) = strict(UTF_8, bytes) {
        return Ok(decoded);
    }
    if let Some(offset) = damaged_utf8(bytes) {
        return Err(DecodeError::NoEncoding { offset });
    }
    let mut furthest = 0;
    let mut likeliest: Option<(i64, Decoded)> = None;
    let guess = guess(bytes);
    // What the detector's word is worth: less than one character in eight that fits better.
    let worth = bytes.iter().filter(|byte| **byte >= 0x80).count().min(80_000) / 8;
    let worth = i64::try_from(worth).unwrap_or(0);
    for encoding in CANDIDATES {
        match strict(encoding, bytes) {
            Ok(decoded) => {
                let bonus = if guess == Some(encoding) { worth } else { 0 };
                let score = likelihood::score(&decoded.text) + bonus;
                if likeliest.as_ref().is_none_or(|(known, _)| score > *known) {
                    likeliest = Some((score, decoded));
                }
            }
            Err(at) => furthest = furthest.max(at),
        }
    }
    likeliest.map(|(_, decoded)| decoded).ok_or(DecodeError::NoEncoding { offset: furthest })
}

/// Decodes without replacing anything, or says at which byte it stops.
fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0);
    let mut text = String::with_capacity(room);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(Decoded { text, encoding: encoding.name() }),
        (DecoderResult::Malformed(bad, after), read) => {
            Err(read.saturating_sub(usize::from(bad) + usize::from(after)))
        }
        (DecoderResult::OutputFull, read) => Err(read),
    }
}

/// Where a text that is UTF-8 but for some bytes stops being it. Such bytes often fit another
/// encoding, whose text would be nonsense. In the others hardly any three bytes in a row are a
/// character of UTF-8.
fn damaged_utf8(bytes: &[u8]) -> Option<usize> {
    let (mut characters, mut breaks) = (0_usize, 0_usize);
    let (mut at, mut first) = (0, None);
    for chunk in bytes.utf8_chunks() {
        characters += chunk.valid().chars().filter(|c| c.len_utf8() > 2).count();
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            breaks += 1;
            first.get_or_insert(at);
        }
        at += chunk.invalid().len();
    }
    first.filter(|_| characters > breaks)
}

/// The detector's guess, when it is one of the encodings we read.
fn guess(bytes: &[u8]) -> Option<&'static Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let guess = if guess == GBK { GB18030 } else { guess };
    CANDIDATES.contains(&guess).then_some(guess)
}

/// UTF-16 without a mark: one of each two bytes is zero at most line ends and Latin letters.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) || !bytes.contains(&0) {
        return None;
    }
    let units = |line_end: [u8; 2]| bytes.chunks_exact(2).filter(|u| **u == line_end).count();
    match (units([b'\n', 0]), units([0, b'\n'])) {
        (0, 0) => None,
        (little, big) if little >= big => Some(UTF_16LE),
        _ => Some(UTF_16BE),
    }
}

/// Control codes that stand in no text.
const fn is_control(code: u8) -> bool {
    code < 0x20 && !matches!(code, b'\t' | b'\n' | b'\r' | 0x0C | 0x1A)
}

/// A text, when no control code stands in it. `mark` is how many bytes stand before it, `unit`
/// how many bytes its encoding takes for a code unit.
fn without_controls(decoded: Decoded, mark: usize, unit: usize) -> Result<Decoded, DecodeError> {
    let text = decoded.text.as_str();
    let Some(at) = text.bytes().position(is_control) else { return Ok(decoded) };
    let before = text.get(..at).unwrap_or_default();
    let units = if unit == 1 { before.len() } else { before.encode_utf16().count() };
    Err(DecodeError::Binary {
        offset: mark + units * unit,
        byte: text.as_bytes().get(at).copied().unwrap_or(0),
        kind: "binary".to_owned(),
    })
}

/// Refuses bytes with control codes among them.
fn refuse_controls(bytes: &[u8]) -> Result<(), DecodeError> {
    match bytes.iter().position(|byte| is_control(*byte)) {
        None => Ok(()),
        Some(offset) => Err(DecodeError::Binary {
            offset,
            byte: bytes.get(offset).copied().unwrap_or(0),
            kind: "binary".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_encodings_come_back_exactly() {
        let text = "市域社会治理——“十堰样板”，2021年。\n第二段文字在这里，继续说明情况。";
        for encoding in [UTF_8, GB18030] {
            let (bytes, _, _) = encoding.encode(text);
            assert_eq!(decode(&bytes).unwrap().text, text, "{}", encoding.name());
        }
        let text = "臺灣的法律條文，第一條：為了保障人民的權利。";
        let (bytes, _, _) = BIG5.encode(text);
        assert_eq!(decode(&bytes).unwrap().text, text);
    }

    #[test]
    fn utf8_with_a_fault_is_no_text_of_another_encoding() {
        assert_eq!(
            decode(b"\xE6\xAD\xA3\xE6\x96\x87\x80\x81\xE4\xB9\xB1"),
            Err(DecodeError::NoEncoding { offset: 6 })
        );
        let mut bytes = "他说了很多话。".repeat(300).into_bytes();
        bytes[3001] = 0xFF;
        assert_eq!(decode(&bytes), Err(DecodeError::NoEncoding { offset: 3000 }));
    }

    #[test]
    fn four_byte_names_survive() {
        let text = "张㬎与𬭸的文章";
        let (bytes, _, lost) = GB18030.encode(text);
        assert!(!lost);
        assert_eq!(decode(&bytes).unwrap(), Decoded { text: text.into(), encoding: "gb18030" });
    }

    #[test]
    fn utf16_with_and_without_a_mark() {
        for mark in ["\u{FEFF}", ""] {
            let text = format!("{mark}一\n二");
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(decode(&little).unwrap().text, "一\n二");
            assert_eq!(decode(&big).unwrap().text, "一\n二");
        }
    }

    #[test]
    fn what_is_no_text_is_an_error_with_its_place() {
        assert_eq!(decode(b"ab\xFF\xFF\xFF"), Err(DecodeError::NoEncoding { offset: 2 }));
        let png = decode(b"\x89PNG\r\n\x1a\n").unwrap_err();
        assert!(matches!(png, DecodeError::Binary { offset: 0, .. }));
        assert!(matches!(decode(b"a\0b"), Err(DecodeError::Binary { offset: 1, byte: 0, .. })));
        let marked: Vec<u8> = "\u{FEFF}一\u{1}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(matches!(decode(&marked), Err(DecodeError::Binary { offset: 4, byte: 1, .. })));
    }
}
