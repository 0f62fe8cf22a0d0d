//! A finding as words for people, or as one JSON object a line for scripts.

use super::reasons::{of_fields, of_kind};
use super::{Code, Diagnostic, Language, Level, Place, reason};
use crate::source::Sources;
use serde::Serialize;
use unicode_width::UnicodeWidthChar;

/// Everything a finding says, with its place looked up.
#[derive(Debug, Serialize)]
struct Said<'a> {
    level: &'static str,
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    hint: String,
}

/// A finding as some lines of text: what it is, where, the place itself, and what to do.
#[must_use]
pub fn human(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> String {
    let said = say(diagnostic, sources, language);
    let (level, hint) = match (language, diagnostic.code.level()) {
        (Language::Chinese, Level::Error) => ("错误", "办法："),
        (Language::Chinese, Level::Warning) => ("警告", "建议："),
        (Language::Chinese, Level::Note) => ("说明", "建议："),
        (Language::English, Level::Error) => ("error", "do: "),
        (Language::English, Level::Warning) => ("warning", "try: "),
        (Language::English, Level::Note) => ("note", "try: "),
    };
    let place = match (said.file, said.line, said.column) {
        (Some(file), Some(line), Some(column)) => {
            let shown = match &diagnostic.place {
                Some(Place::Span(span)) => excerpt(sources.line(*span)),
                _ => String::new(),
            };
            format!("\n  → {file}:{line}:{column}{shown}")
        }
        (Some(file), ..) => format!("\n  → {file}"),
        _ => String::new(),
    };
    let Said { code, message, hint: advice, .. } = said;
    let advice = if advice.is_empty() { advice } else { format!("\n  {hint}{advice}") };
    harmless(&format!("{level}[{code}] {message}{place}{advice}"))
}

/// Without what a terminal would obey: an article or a file's name may hold anything.
fn harmless(text: &str) -> String {
    let obeyed = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    text.replace(obeyed, "\u{FFFD}")
}

/// How many cells of the terminal are shown before a place, and in all.
const BEFORE: usize = 24;
const SHOWN: usize = 64;

/// A line of a source with a place underlined; nothing where there is nothing to show. A character
/// of Chinese takes two cells.
fn excerpt((line, range): (&str, std::ops::Range<usize>)) -> String {
    let cells = |text: &str| text.chars().map(|c| c.width().unwrap_or(1)).sum::<usize>();
    let (before, rest) = line.split_at_checked(range.start).unwrap_or((line, ""));
    let (own, after) = rest.split_at_checked(range.len()).unwrap_or((rest, ""));
    if line.trim().is_empty() {
        return String::new();
    }
    // As much of what comes before as there is room for, from its end.
    let mut kept = 0;
    let from = before.char_indices().rev().take_while(|(_, c)| {
        kept += c.width().unwrap_or(1);
        kept <= BEFORE
    });
    let from = from.last().map_or(before.len(), |(at, _)| at);
    let ahead = if from > 0 { "…" } else { "" };
    let before = format!("{ahead}{}", before.get(from..).unwrap_or_default());
    let mut room = SHOWN.saturating_sub(cells(&before));
    let mut cut = |text: &str| -> String {
        let fits = |c: &char| {
            let fits = c.width().unwrap_or(1) <= room;
            room = if fits { room - c.width().unwrap_or(1) } else { 0 };
            fits
        };
        text.chars().take_while(fits).collect()
    };
    let shown = cut(own);
    let rest = cut(after);
    let more = if shown.len() + rest.len() < own.len() + after.len() { "…" } else { "" };
    let plain = |text: &str| text.replace(|c: char| c.is_control(), " ");
    let (text, under) = (format!("{before}{shown}{rest}{more}"), cells(&shown).max(1));
    format!("\n  │ {}\n  │ {}{}", plain(&text), " ".repeat(cells(&before)), "^".repeat(under))
}

/// A finding as one JSON object, without a line end.
#[must_use]
pub fn json(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> String {
    serde_json::to_string(&say(diagnostic, sources, language)).unwrap_or_default()
}

fn say<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources, language: Language) -> Said<'a> {
    let row = diagnostic.code.row();
    let (message, hint) = match language {
        Language::Chinese => row.zh,
        Language::English => row.en,
    };
    let (file, position) = match &diagnostic.place {
        None => (None, None),
        Some(Place::Named(name)) => (Some(name.as_str()), None),
        Some(Place::Span(span)) => (Some(sources.name(span.file)), Some(sources.position(*span))),
    };
    let mut particulars = diagnostic.particulars.clone();
    for (name, value) in &mut particulars {
        match (*name, value.strip_prefix("p. "), language) {
            ("reason", ..) if diagnostic.code == Code::FrontMatter => {
                *value = of_fields(value, language);
            }
            ("reason", ..) => *value = reason(value, language),
            ("kind" | "tried", ..) => *value = of_kind(value, language),
            ("page", Some(number), Language::Chinese) => *value = format!("第 {number} 页"),
            _ => {}
        }
    }
    Said {
        level: match row.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        },
        code: row.id,
        message: fill(message, &particulars),
        file,
        line: position.map(|p| p.line),
        column: position.map(|p| p.column),
        hint: fill(hint, &particulars),
    }
}

/// Puts the particulars in place of the `{name}`s.
fn fill(sentence: &str, particulars: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if let Some((_, value)) = particulars.iter().find(|(n, _)| *n == name) {
            out.push_str(value);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_told_nothing_to_obey() {
        let finding = Diagnostic::new(Code::Fallback).with("char", "\u{1B}[31m\u{9B}31m\u{202E}");
        let finding = finding.at("a\u{7}.txt");
        let said = human(&finding, &Sources::default(), Language::English);
        assert!(!said.contains(['\u{1B}', '\u{9B}', '\u{202E}', '\u{7}']), "{said:?}");
        assert!(said.contains("\n  → a\u{FFFD}.txt"), "{said:?}");
    }
    use crate::source::Span;

    #[test]
    fn a_finding_reads_as_a_sentence_with_its_place() {
        let mut sources = Sources::default();
        let file = sources.add("文.txt", "一\n二三");
        let found =
            Diagnostic::new(Code::Unbalanced).with("mark", "《").at_span(Span::new(file, 7..10));
        let text = human(&found, &sources, Language::English);
        assert_eq!(
            text,
            "warning[punctuation::unbalanced] “《” has no partner\n  → 文.txt:2:2\n  \
             │ 二三\n  │   ^^\n  \
             try: check the quotes, brackets and title marks of the paragraph"
        );
        let object: serde_json::Value =
            serde_json::from_str(&json(&found, &sources, Language::Chinese)).unwrap();
        assert_eq!(object["line"], 2);
        assert_eq!(object["message"], "“《”没有配对");
    }

    #[test]
    fn a_place_is_shown_in_its_line() {
        let line = "前".repeat(40) + "错误" + &"后".repeat(40);
        let (before, after) = ("前".repeat(12), "后".repeat(17));
        let expected = format!("\n  │ …{before}错误{after}…\n  │ {}^^^^", " ".repeat(25));
        assert_eq!(excerpt((&line, 120..126)), expected);
        assert_eq!(excerpt(("a\tb c", 2..3)), "\n  │ a b c\n  │   ^");
        assert_eq!(excerpt(("尾", 3..3)), "\n  │ 尾\n  │   ^");
        assert_eq!(excerpt(("  ", 0..1)), "");
    }

    #[test]
    fn a_value_with_braces_is_not_filled_again() {
        assert_eq!(fill("a{x}b{y}", &[("x", "{y}".into()), ("y", "1".into())]), "a{y}b1");
    }
}
