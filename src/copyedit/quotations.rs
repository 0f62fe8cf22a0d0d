//! Quotations that run over paragraphs (GB/T 15834 4.8.3.4): which paragraph begins one, goes on
//! with it, and ends it.
//!
//! A paragraph with an odd number of quotes leaves one open. It begins a quotation when one of
//! the next paragraphs opens with a quote, as each paragraph of a quotation does, or has the quote
//! that closes it. Where neither comes, the quote is a slip and no rule can mend it.

use crate::article::Article;

/// How the quotes of a paragraph belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Quotation {
    /// Each has its partner in the paragraph.
    #[default]
    Whole,
    /// The last one opens what the next paragraphs go on with.
    Begins,
    /// The first one closes what an earlier paragraph opened.
    Ends,
}

/// How many paragraphs a quotation may go on without a quote.
const FURTHEST: usize = 12;

/// The quotes of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Quotes {
    odd: bool,
    /// The paragraph opens with one.
    opens: bool,
}

/// For each row of words of an article, in the order the rules visit them.
pub(super) fn quotations(article: &mut Article) -> Vec<Quotation> {
    let mut rows = Vec::new();
    for block in article.all_blocks_mut() {
        block.each_words_mut(&mut |words| {
            let prose = words.iter().filter(|words| !words.verbatim);
            rows.push(quotes(prose.flat_map(|words| words.text.as_str().chars())));
        });
    }
    places(&rows)
}

fn quotes(text: impl Iterator<Item = char>) -> Quotes {
    let (mut count, mut opens, mut before) = (0_usize, false, None);
    for c in text {
        let inch = matches!(before, Some('0'..='9')) && c == '"' && count.is_multiple_of(2);
        if matches!(c, '"' | '“' | '”') && !inch {
            opens |= before.is_none();
            count += 1;
        }
        if before.is_some() || !c.is_whitespace() {
            before = Some(c);
        }
    }
    Quotes { odd: !count.is_multiple_of(2), opens }
}

fn places(rows: &[Quotes]) -> Vec<Quotation> {
    let mut open = false;
    let goes_on = |at: usize| {
        let next = rows.iter().skip(at + 1).take(FURTHEST).find(|row| row.odd || row.opens);
        next.is_some_and(|row| row.opens || row.odd)
    };
    let place = |(at, row): (usize, &Quotes)| match (row.odd, open) {
        (true, true) if !row.opens => {
            open = false;
            Quotation::Ends
        }
        (true, _) => {
            open = goes_on(at);
            if open { Quotation::Begins } else { Quotation::Whole }
        }
        (false, true) if row.opens => {
            open = false;
            Quotation::Whole
        }
        (false, _) => Quotation::Whole,
    };
    rows.iter().enumerate().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_begin_go_on_and_end() {
        use Quotation::{Begins, Ends, Whole};
        let check =
            |rows: &[&str]| places(&rows.iter().map(|row| quotes(row.chars())).collect::<Vec<_>>());
        assert_eq!(check(&["他说：\"一。", "二。", "三。\""]), [Begins, Whole, Ends]);
        assert_eq!(check(&["他说：\"一。", "\"二。", "\"三。\""]), [Begins, Begins, Whole]);
        assert_eq!(check(&["他说：\"一。\"", "二。"]), [Whole, Whole]);
        assert_eq!(check(&["他说：\"一。", "二。"]), [Whole, Whole], "a slip");
        assert_eq!(check(&["27\"的屏幕", "二\"三\""]), [Whole, Whole]);
        assert_eq!(check(&["开\"A320\"飞机", "二\"三\""]), [Whole, Whole]);
    }
}
