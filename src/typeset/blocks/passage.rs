//! Passages in Latin letters among the words of another script.
//!
//! They are taken for English, as the line engine takes them where it parts words, and say so to
//! readers that speak (ISO 14289-1 §7.2, WCAG 3.1.2). A name or a term of one or two words belongs
//! to the sentence around it.

use std::ops::Range;

/// Words that make a passage.
const WORDS: usize = 3;

/// The passages of a text, in order: each begins and ends with a letter.
pub(super) fn passages(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    for stretch in text.split_inclusive(|c: char| !c.is_ascii()) {
        let ascii = stretch.trim_end_matches(|c: char| !c.is_ascii());
        let letter = |c: char| c.is_ascii_alphabetic();
        if let (Some(first), Some(last)) = (ascii.find(letter), ascii.rfind(letter)) {
            let words =
                ascii.split(' ').filter(|word| word.chars().filter(|c| letter(*c)).count() > 1);
            if words.count() >= WORDS {
                out.push(at + first..at + last + 1);
            }
        }
        at += stretch.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::passages;

    #[test]
    fn three_words_are_a_passage() {
        let found = |text: &'static str| -> Vec<&str> {
            passages(text).into_iter().map(|range| &text[range]).collect()
        };
        assert_eq!(found("他说“to be or not to be”，又说 OK。"), ["to be or not to be"]);
        assert_eq!(found("The Rust Book（简称 the book）和 a b c"), ["The Rust Book"]);
        assert_eq!(found("GB/T 15834 和 PDF/A"), Vec::<&str>::new());
        assert_eq!(found(""), Vec::<&str>::new());
        assert_eq!(found("one two three"), ["one two three"]);
    }
}
