//! Every text in every encoding that can hold it comes back exactly, whatever its label says and
//! however late its first Chinese character comes.

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8};
use qikan::ingest::{DecodeError, decode};
use std::path::Path;

/// Texts of four languages, and those of the corpus when it is there.
fn texts() -> Vec<String> {
    let mut out: Vec<String> = [
        "市域社会治理——“十堰样板”，2021年。\n第二段文字在这里，继续说明情况，直到写完为止。",
        "為了保障人民的權利，特制定本法。\n第二條：本法主管機關為內政部，業務由該部指定專責機關辦理。",
        "これは、私が小さいときに、村の茂平というおじいさんからきいたお話です。\n昔は、城があった。",
        "러스트 프로그래밍 언어에 오신 것을 환영합니다. 이 책은 언어를 소개합니다.",
        "张㬎与𬭸的文章，写在长江边上的一个村子里，那一年他三十岁。",
    ]
    .map(str::to_owned)
    .to_vec();
    if let Some(corpora) = std::env::var_os("QIKAN_CORPORA") {
        for folder in ["law-md", "traditional", "korean", "japanese-ruby", "poetry", "rare-chars"] {
            for entry in std::fs::read_dir(Path::new(&corpora).join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if let Ok(decoded) = decode(&std::fs::read(&path).unwrap()) {
                    out.push(decoded.text);
                }
            }
        }
    }
    out
}

fn check(bytes: &[u8], text: &str, encoding: &'static Encoding) {
    let found = decode(bytes).unwrap_or_else(|error| panic!("{}: {error}", encoding.name()));
    if found.text != text {
        let at = found.text.chars().zip(text.chars()).position(|(a, b)| a != b);
        let sample: String = text.chars().take(20).collect();
        let end: String =
            text.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
        panic!("{} read as {} from {at:?}: {sample} … {end}", encoding.name(), found.encoding);
    }
}

#[test]
fn every_encoding_that_can_hold_a_text_gives_it_back() {
    let ascii = "<!-- page head with nothing but markup in it -->\n".repeat(430);
    assert!(ascii.len() > 20_000);
    for text in texts() {
        for encoding in [UTF_8, GB18030, BIG5, SHIFT_JIS, EUC_KR] {
            let label = "<meta charset=\"gb2312\">\n";
            let short: String = text.chars().take(3_000).collect();
            for (head, text) in [("", &text), (label, &short), (ascii.as_str(), &short)] {
                let whole = format!("{head}{text}");
                let (bytes, _, lost) = encoding.encode(&whole);
                // An encoding that maps two characters to one cannot hold both.
                let back = encoding.decode_without_bom_handling(&bytes).0;
                if !lost && back == whole {
                    check(&bytes, &whole, encoding);
                }
            }
        }
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (mark, bytes) in [([0xFF, 0xFE], little), ([0xFE, 0xFF], big)] {
            let marked: Vec<u8> = mark.into_iter().chain(bytes).collect();
            assert_eq!(decode(&marked).unwrap().text, text);
        }
    }
}

#[test]
fn a_byte_that_fits_nowhere_is_an_error_with_its_place() {
    for bytes in
        [&b"\xE5\x9B\xBD\xFF\xFF\xFF\xFF"[..], b"abc\xFF\xFE\xFF\xFF", b"\xEF\xBB\xBFa\xFF"]
    {
        match decode(bytes) {
            Err(DecodeError::NoEncoding { offset }) => assert!(offset < bytes.len()),
            other => panic!("{other:?}"),
        }
    }
}
