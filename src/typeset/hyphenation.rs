//! Where Western words may be parted.
//!
//! A word in a Chinese line is parted by the patterns of English; words of capitals, such as GDP,
//! and short ones stay whole.

use hypher::{Lang, hyphenate};

/// The fewest letters of a word that is parted.
const LEAST: usize = 6;

/// The places in a text, in bytes, at which one of its words may be parted.
pub(super) fn points(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    // Addresses and names of files are copied by hand: a hyphen would be taken for theirs.
    if text.len() < LEAST || text.contains(['/', '@', '_', '=', '\\']) {
        return out;
    }
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let letters = word.trim_end_matches(|c: char| !c.is_alphabetic());
        let whole = letters.len() < LEAST || !letters.chars().skip(1).any(char::is_lowercase);
        if !whole {
            let mut point = at;
            for syllable in hyphenate(letters, Lang::English) {
                point += syllable.len();
                if point < at + letters.len() {
                    out.push(point);
                }
            }
        }
        at += word.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::points;

    /// Places as dictionaries of English have them.
    #[test]
    fn words_part_where_dictionaries_say() {
        let parted = |text: &str| {
            let mut out = text.to_owned();
            points(text).into_iter().rev().for_each(|at| out.insert(at, '-'));
            out
        };
        assert_eq!(parted("extensive"), "ex-ten-sive");
        assert_eq!(parted("GDP"), "GDP");
        assert_eq!(parted("UNESCO"), "UNESCO");
        assert_eq!(parted("word"), "word");
        assert_eq!(parted("an-extensive,extensive."), "an-ex-ten-sive,ex-ten-sive.");
        assert_eq!(parted("https://example.org"), "https://example.org");
        assert!(points(&"a".repeat(200)).len() < 200);
    }
}
