//! N8: spaces that Chinese text does not have; the layout sets its own.

use super::draft::{Draft, Unit};
use super::marks::{is_han, is_mark};
use crate::article::RuleId;

/// Drops spaces beside Chinese text and folds runs of others into one.
pub(super) fn spaces(draft: &mut Draft) {
    const RULE: RuleId = RuleId("punctuation::spaces");
    draft.drop_where(RULE, |units, at| {
        let unit = units[at];
        if unit.guarded || !is_space(unit.c) {
            return false;
        }
        // Of a run only the first space is looked at, so that a long run costs one walk.
        if at > 0 && is_space(units[at - 1].c) && !units[at - 1].guarded {
            return true;
        }
        let left = units[..at].iter().rev().find(|unit| !is_space(unit.c));
        let right = units[at + 1..].iter().find(|unit| !is_space(unit.c));
        let (Some(left), Some(right)) = (left, right) else { return true };
        !after_clause_number(units, at) && beside_chinese(left, right, units, at)
    });
}

/// `第一条 为了……`: the space that parts a number from its words is part of how laws are written.
fn after_clause_number(units: &[Unit], at: usize) -> bool {
    const LONGEST: usize = 12;
    let Some(head) = units.get(..at).filter(|head| (3..=LONGEST).contains(&head.len())) else {
        return false;
    };
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百千零〇之".contains(c);
    let (first, rest) = (head[0].c, &head[1..]);
    let end = rest.iter().position(|unit| !number(unit.c));
    let parts = end.map_or(&[][..], |end| &rest[end..]);
    let named =
        matches!(parts.first().map(|u| u.c), Some('条' | '條' | '章' | '节' | '節' | '编' | '編'));
    first == '第' && end != Some(0) && named && parts[1..].iter().all(|unit| number(unit.c))
}

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}')
}

/// Between Chinese and anything, but not after an English sentence and not before `B.`.
fn beside_chinese(left: &Unit, right: &Unit, units: &[Unit], at: usize) -> bool {
    let chinese = |unit: &Unit| is_han(unit.c) || is_mark(unit.c) && !unit.guarded;
    let after_sentence = left.guarded && matches!(left.c, '.' | '!' | '?' | '"');
    !after_sentence && !before_enumerator(units, at) && (chinese(left) || chinese(right))
}

/// `A.选项一 B.选项二` keeps the space before B.
fn before_enumerator(units: &[Unit], at: usize) -> bool {
    let mut after = units[at + 1..].iter().map(|unit| unit.c).skip_while(|c| is_space(*c));
    let letter = after.next().is_some_and(|c| c.is_ascii_uppercase());
    letter && matches!(after.next(), Some('.' | '．' | '、'))
}
