//! N0: what no rule may touch.

use super::draft::Draft;
use regex::Regex;
use std::sync::LazyLock;

/// Patterns of protected text, each with the marks that are given back at its end.
#[expect(clippy::expect_used, reason = "the patterns are literals, and every test compiles them")]
static PATTERNS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    const HAN: &str = r"\p{Han}，。；：！？、（）《》〈〉“”‘’【】…—";
    // Han is part of it where an address goes on after it: https://example.org/路径?a=1.
    let named = format!(r"[^\s{HAN}]*[/=]\p{{Han}}+[/?&=#]");
    let url = format!(r"(?:(?:https?|ftp)://|www\.)(?:{named})*[^\s{HAN}]+");
    let patterns: &[(&str, &str)] = &[
        (r"`[^`]*`", ""),
        (&url, ".,;:!?)"),
        (r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", ""),
        (r"\d{1,2}:\d{2}(?::\d{2})?", ""),
        (r"\d+:\d+", ""),
        (r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", ""),
        (r"\d+(?:\.\d+)+", ""),
        (r"\d{4}-\d{1,2}-\d{1,2}", ""),
        (r"--[A-Za-z][A-Za-z0-9-]*", ""),
        (r"[A-Za-z_][A-Za-z0-9_]*\([^()\p{Han}]*\)", ""),
        (r"ISSN\s*\d{4}-\d{3}[\dXx]", ""),
        (r"CN\s*\d{2}-\d{4}(?:/[A-Z]+)?", ""),
        (r"[A-Z]{1,4}(?:/[A-Z])?\s?\d+(?:\.\d+)?[-—]\d{4}", ""),
    ];
    let compile = |&(pattern, given_back): &(&str, &'static str)| {
        (Regex::new(pattern).expect("a literal pattern"), given_back)
    };
    patterns.iter().map(compile).collect()
});

/// An English sentence: a capital or a quote, three words at least.
#[expect(clippy::expect_used, reason = "the pattern is a literal, and every test compiles it")]
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#""?[A-Z][A-Za-z0-9'’-]*(?:[,;:]? +"?[A-Za-z0-9'’-]+"?){2,}[.!?]*"? ?"#)
        .expect("a literal pattern")
});

/// Names in a row, `Java, Python, Go`, are no sentence: no item has more than two words.
fn is_list(found: &str) -> bool {
    let items: Vec<&str> = found.trim_end().split(',').collect();
    let short = |item: &str| item.split_whitespace().count() <= 2;
    let ended = found.trim_end().ends_with(['.', '!', '?', '"']);
    items.len() >= 2 && items.iter().all(|item| short(item)) && !ended
}

/// Protects what the patterns find. Run again, it only adds.
pub(super) fn protect(draft: &mut Draft) {
    let text = draft.text();
    if !text.bytes().any(|b| b.is_ascii_alphanumeric() || b == b'`') {
        return;
    }
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let mut guard = |from: usize, to: usize| {
        let (from, to) =
            (starts.partition_point(|s| *s < from), starts.partition_point(|s| *s < to));
        for unit in &mut draft.units[from..to] {
            unit.guarded = true;
        }
    };
    for (pattern, given_back) in PATTERNS.iter() {
        for found in pattern.find_iter(&text) {
            let kept = found.as_str().trim_end_matches(|c| given_back.contains(c));
            guard(found.start(), found.start() + kept.len());
        }
    }
    for found in SENTENCE.find_iter(&text) {
        let followed_by_han = !found.as_str().ends_with(' ')
            && text[found.end()..].chars().next().is_some_and(super::marks::is_han);
        if !followed_by_han && !is_list(found.as_str()) {
            guard(found.start(), found.end());
        }
    }
}
