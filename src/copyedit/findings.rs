//! What someone should look at and no rule can mend: a table of suspicious characters.
//!
//! Each is a warning with its place; one of a kind for each article, with how often it occurs.

use crate::article::{Article, Text, is_traditional};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::source::Span;

/// What texts look like that were read in the wrong encoding.
const MOJIBAKE: &[&str] = &[
    "锟斤拷",
    "烫烫烫",
    "屯屯屯",
    "ï»¿",
    "â€œ",
    "â€\u{9D}",
    "â€™",
    "ã€‚",
    "ï¼Œ",
    "ä¸",
    "å›½",
    "鏂囧",
    "銆傘",
    "锛屽",
];

/// A kind of finding in an article: its first place, what it is, how often.
struct Found {
    code: Code,
    what: String,
    place: Option<Span>,
    times: usize,
}

/// How many kinds of Traditional characters a Simplified article may have before it is taken for a
/// Traditional one.
const TRADITIONAL: usize = 12;

/// Reports what is suspicious.
pub(super) fn report(article: &Article, sink: &mut Sink) {
    let mut found: Vec<Found> = Vec::new();
    let simplified = article.language == "zh-Hans";
    for text in article.texts() {
        mojibake(text, &mut found);
        for (at, c) in text.as_str().char_indices().filter(|(_, c)| *c as u32 >= 0x2E80) {
            if let Some(code) = kind(c, simplified) {
                note(&mut found, code, c.to_string(), text, at);
            }
        }
    }
    let traditional = |one: &&Found| one.code == Code::TraditionalCharacter;
    let kinds = found.iter().filter(traditional).count();
    if kinds > TRADITIONAL {
        let first = found.iter().find(traditional);
        let finding = Diagnostic::new(Code::MostlyTraditional).with("kinds", kinds);
        let finding = finding.with("char", first.map_or("", |one| one.what.as_str()));
        sink.push(match first.and_then(|one| one.place) {
            Some(place) => finding.at_span(place),
            None => finding,
        });
        found.retain(|one| one.code != Code::TraditionalCharacter);
    }
    for Found { code, what, place, times } in found {
        let number = what.chars().next().map_or(0, u32::from);
        let finding = Diagnostic::new(code)
            .with("char", &what)
            .with("code", format!("U+{number:04X}"))
            .with("times", times);
        sink.push(match place {
            Some(place) => finding.at_span(place),
            None => finding,
        });
    }
}

/// What is wrong with a character.
fn kind(c: char, simplified: bool) -> Option<Code> {
    match c {
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => Some(Code::PrivateUse),
        '\u{FFFD}' => Some(Code::ReplacementCharacter),
        '\u{2E80}'..='\u{2FD5}' => Some(Code::LookAlikeRadical),
        c if simplified && is_traditional(c) => Some(Code::TraditionalCharacter),
        _ => None,
    }
}

fn mojibake(text: &Text, found: &mut Vec<Found>) {
    for run in MOJIBAKE {
        for (at, _) in text.as_str().match_indices(run) {
            note(found, Code::Mojibake, (*run).to_owned(), text, at);
        }
    }
}

fn note(found: &mut Vec<Found>, code: Code, what: String, text: &Text, at: usize) {
    match found.iter_mut().find(|known| known.code == code && known.what == what) {
        Some(known) => known.times += 1,
        None => found.push(Found { code, what, place: text.origin(at), times: 1 }),
    }
}
