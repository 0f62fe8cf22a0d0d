//! N4 and N7p: marks that come in pairs, which are changed together or not at all.

use super::draft::Draft;
use super::marks::is_han;
use crate::article::RuleId;
use crate::copyedit::quotations::Quotation;

/// N4: straight and mixed quotes, when there is Han in the paragraph and their count is even or
/// the quotation is known to go on.
pub(super) fn quotes(draft: &mut Draft) {
    const RULE: RuleId = RuleId("punctuation::quotes");
    if !draft.units.iter().any(|unit| is_han(unit.c)) {
        return;
    }
    apostrophes(draft, RULE);
    pair(draft, RULE, '"', ['“', '”']);
    pair(draft, RULE, '\'', ['‘', '’']);
}

/// `'` between Latin letters is an apostrophe.
fn apostrophes(draft: &mut Draft, rule: RuleId) {
    for at in 1..draft.units.len() {
        if draft.free(at) == Some('\'') && is_inside_word(draft, at) {
            draft.set(at, '’', rule);
        }
    }
}

fn is_inside_word(draft: &Draft, at: usize) -> bool {
    let letter = |at: Option<usize>| {
        at.and_then(|at| draft.units.get(at)).is_some_and(|unit| unit.c.is_ascii_alphabetic())
    };
    letter(at.checked_sub(1)) && letter(Some(at + 1))
}

/// Pairs one kind of quote alternately. Quotes that already open and close in order stay: with
/// three depths (“‘“”’”) alternating would be wrong.
fn pair(draft: &mut Draft, rule: RuleId, straight: char, curly: [char; 2]) {
    let mut places: Vec<usize> = Vec::new();
    for at in 0..draft.units.len() {
        let Some(c) = draft.free(at) else { continue };
        let after_digit = at.checked_sub(1).is_some_and(|b| draft.units[b].c.is_ascii_digit());
        // 27" is a size, "A320" is not.
        let size = c == straight && after_digit && places.len().is_multiple_of(2);
        let apostrophe = c == '’' && is_inside_word(draft, at);
        if (c == straight && !size || curly.contains(&c)) && !apostrophe {
            places.push(at);
        }
    }
    let in_order = places.iter().try_fold(0i32, |depth, at| match draft.units[*at].c {
        c if c == curly[0] => Some(depth + 1),
        c if c == curly[1] && depth > 0 => Some(depth - 1),
        _ => None,
    });
    let quotation = if straight == '"' { draft.quotation } else { Quotation::default() };
    let odd = !places.len().is_multiple_of(2);
    if in_order == Some(0) || odd && quotation == Quotation::Whole {
        return;
    }
    let first = usize::from(odd && quotation == Quotation::Ends);
    for (turn, at) in places.into_iter().enumerate() {
        draft.set(at, curly[(turn + first) % 2], rule);
    }
}

/// N7p: a pair of brackets that Han touches, or that has Han inside, becomes （ ）.
pub(super) fn brackets(draft: &mut Draft) {
    const RULE: RuleId = RuleId("punctuation::brackets");
    let mut open = Vec::new();
    for at in 0..draft.units.len() {
        match draft.free(at) {
            Some('(' | '（') => open.push(at),
            Some(')' | '）') => {
                let Some(start) = open.pop() else { continue };
                if touches_han(draft, start, at) {
                    draft.set(start, '（', RULE);
                    draft.set(at, '）', RULE);
                }
            }
            _ => {}
        }
    }
}

/// Whether Han stands inside or right outside a pair, or one of the pair is full-width already.
fn touches_han(draft: &Draft, start: usize, end: usize) -> bool {
    let chinese = |c: char| is_han(c) || super::marks::is_mark(c);
    let outside = [draft.left(start), draft.right(end)];
    draft.units[start + 1..end].iter().any(|unit| is_han(unit.c))
        || outside.into_iter().flatten().any(|unit| chinese(unit.c))
        || draft.units[start].c == '（'
        || draft.units[end].c == '）'
}

/// A quote of a paragraph that has no partner there, nor in the paragraphs around, with whatever
/// identifies its place. With even numbers each has one.
pub(super) fn lone_quote<T: Copy>(
    chars: impl Iterator<Item = (T, usize, char)>,
    quotation: Quotation,
) -> Option<(T, usize, char)> {
    let (mut open, mut lone, mut count) = (Vec::new(), None, 0_usize);
    let (mut single, mut before, mut chinese) = (None, ' ', false);
    for (text, at, c) in chars {
        chinese |= is_han(c);
        // ’ alone may be an apostrophe, and ‘ before a figure too (‘90年代).
        match (before, c) {
            (_, '‘') => single = Some((text, at, c)),
            ('‘', '0'..='9') | (_, '’') => single = None,
            _ => {}
        }
        let inch = c == '"' && before.is_ascii_digit() && open.is_empty();
        before = c;
        let opens = c == '“' || c == '"' && !inch && open.is_empty();
        let closes = c == '”' || c == '"' && !inch && !open.is_empty();
        count += usize::from(opens || closes);
        if opens {
            open.push((text, at, c));
        } else if closes && open.pop().is_none() {
            lone = Some((text, at, c));
        }
    }
    let odd = !count.is_multiple_of(2);
    let lone = open.pop().or(lone).filter(|_| odd).or(single);
    lone.filter(|_| chinese && quotation == Quotation::Whole)
}

/// Brackets and title marks that have no partner, with whatever identifies their place.
pub(super) fn unbalanced<T: Copy>(
    chars: impl Iterator<Item = (T, usize, char)>,
) -> Vec<(T, usize, char)> {
    const PAIRS: [(char, char); 7] = [
        ('《', '》'),
        ('〈', '〉'),
        ('（', '）'),
        ('【', '】'),
        ('〔', '〕'),
        ('「', '」'),
        ('『', '』'),
    ];
    let mut open: Vec<(T, usize, char)> = Vec::new();
    let mut lone = Vec::new();
    for (text, at, c) in chars {
        if PAIRS.iter().any(|(o, _)| *o == c) {
            open.push((text, at, c));
        } else if let Some((partner, _)) = PAIRS.iter().find(|(_, close)| *close == c) {
            match open.iter().rposition(|(_, _, o)| o == partner) {
                Some(found) => {
                    open.remove(found);
                }
                None => lone.push((text, at, c)),
            }
        }
    }
    lone.extend(open);
    lone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_without_a_partner_is_found() {
        let found = |text: &str, quotation| {
            let chars = text.chars().enumerate().map(|(at, c)| ((), at, c));
            lone_quote(chars, quotation).map(|(_, at, c)| (at, c))
        };
        use Quotation::{Begins, Ends, Whole};
        for (text, quotation, expected) in [
            ("他说：“这里没有关上，", Whole, Some((3, '“'))),
            ("他说：“一。”又说：“二。", Whole, Some((10, '“'))),
            ("这里多了一个”。", Whole, Some((6, '”'))),
            ("他说：\" 这是", Whole, Some((3, '"'))),
            ("他说：“一‘二”", Whole, Some((5, '‘'))),
            ("他说：“一‘二’三”", Whole, None),
            ("27\"的屏幕", Whole, None),
            ("他开\"A320\"飞机。", Whole, None),
            ("上世纪‘90年代", Whole, None),
            ("don’t 说", Whole, None),
            ("他说：“引文从这里开始。", Begins, None),
            ("引文到这里结束。”", Ends, None),
            ("He said \"yes", Whole, None),
        ] {
            assert_eq!(found(text, quotation), expected, "{text}");
        }
    }
}
