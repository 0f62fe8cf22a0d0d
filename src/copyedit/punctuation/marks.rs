//! N5 to N9 except brackets and spaces: single marks, by what stands beside them.

use super::draft::{Draft, Unit};
use crate::article::RuleId;

/// A Chinese character, 〇 included.
pub(super) const fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '〇' | '々'
        | '\u{20000}'..='\u{323AF}' | '\u{F900}'..='\u{FAFF}' | '\u{2E80}'..='\u{2FDF}')
}

/// A mark of Chinese text.
pub(super) const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '（'
            | '）'
            | '《'
            | '》'
            | '〈'
            | '〉'
            | '【'
            | '】'
            | '〔'
            | '〕'
            | '『'
            | '』'
            | '「'
            | '」'
            | '…'
            | '—'
            | '～'
            | '·'
    )
}

fn is_chinese(unit: Option<&Unit>) -> bool {
    unit.is_some_and(|unit| is_han(unit.c) || is_mark(unit.c))
}

fn is_han_unit(unit: Option<&Unit>) -> bool {
    unit.is_some_and(|unit| is_han(unit.c))
}

fn is_digit(unit: Option<&Unit>) -> bool {
    unit.is_some_and(|unit| unit.c.is_ascii_digit())
}

/// The end of the run of characters from a place for which `same` holds.
fn run_end(draft: &Draft, at: usize, same: impl Fn(char) -> bool) -> usize {
    let rest = draft.units.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|unit| !unit.guarded && same(unit.c)).count()
}

/// N5: three dots, three stops, one or three … → ……, after Chinese text.
pub(super) fn ellipsis(draft: &mut Draft) {
    const RULE: RuleId = RuleId("punctuation::ellipsis");
    let mut at = 0;
    while at < draft.units.len() {
        let Some(c @ ('.' | '。' | '·' | '・' | '…' | '⋯')) = draft.free(at) else {
            at += 1;
            continue;
        };
        let end = run_end(draft, at, |other| other == c);
        let count = end - at;
        let wrong = if matches!(c, '…' | '⋯') { count == 1 || count == 3 } else { count >= 3 };
        if wrong && is_chinese(before_marks(draft, at)) {
            draft.replace(at, end, "……", RULE);
        }
        at = end;
    }
}

/// The nearest character to the left that is no half-width mark: such a mark will be made
/// full-width by a later rule.
fn before_marks(draft: &Draft, at: usize) -> Option<&Unit> {
    let mark = |unit: &&Unit| !unit.guarded && matches!(unit.c, ',' | ';' | ':' | '?' | '!' | ' ');
    draft.units.get(..at)?.iter().rev().find(|unit| !mark(unit))
}

/// N6c: `--` or —— between digits → one —.
pub(super) fn years(draft: &mut Draft) {
    const RULE: RuleId = RuleId("punctuation::years");
    dashes(draft, |draft, at, end, long| {
        let digits = is_digit(draft.left(at)) && is_digit(draft.right(end - 1));
        (digits && long).then_some(("—", RULE))
    });
}

/// N6: every way to type a dash → ——, between Chinese text.
pub(super) fn dash(draft: &mut Draft) {
    const RULE: RuleId = RuleId("punctuation::dash");
    dashes(draft, |draft, at, end, long| {
        let right = draft.right(end - 1);
        let opens = right.is_some_and(|unit| matches!(unit.c, '“' | '‘' | '《'));
        let sides = is_chinese(draft.left(at)) && (is_han_unit(right) || opens);
        let lone_dash = end - at == 1 && matches!(draft.free(at), Some('—' | '⸺'));
        (sides && (long || lone_dash)).then_some(("——", RULE))
    });
}

/// Calls `judge` for each run of dashes with its place, its end and whether it is a long one, and
/// puts in what it says.
fn dashes(
    draft: &mut Draft,
    judge: impl Fn(&Draft, usize, usize, bool) -> Option<(&'static str, RuleId)>,
) {
    const DASHES: [char; 6] = ['-', '－', '─', '―', '—', '⸺'];
    let mut at = 0;
    while at < draft.units.len() {
        let Some(c) = draft.free(at).filter(|c| DASHES.contains(c)) else {
            at += 1;
            continue;
        };
        let end = run_end(draft, at, |other| other == c);
        let long = (2..=4).contains(&(end - at)) || c == '⸺';
        if let Some((with, rule)) = judge(draft, at, end, long) {
            draft.replace(at, end, with, rule);
        }
        at = end;
    }
}

/// N6b: ~ between digits or Han → ～, `<<汉字>>` → 《》.
pub(super) fn range(draft: &mut Draft) {
    const RULE: RuleId = RuleId("punctuation::range");
    for at in 0..draft.units.len() {
        let side = |unit: Option<&Unit>| is_digit(unit) || is_han_unit(unit);
        if draft.free(at) == Some('~') && side(draft.left(at)) && side(draft.right(at)) {
            draft.set(at, '～', RULE);
        }
    }
    let mut at = 0;
    while at < draft.units.len() {
        if let Some(end) = title_marks(draft, at) {
            draft.replace(end, end + 2, "》", RULE);
            draft.replace(at, at + 2, "《", RULE);
        }
        at += 1;
    }
}

/// The most characters of a title between `<<` and `>>`.
const TITLE: usize = 200;

/// Where the `>>` is that closes the `<<` at a place, with Han between.
fn title_marks(draft: &Draft, at: usize) -> Option<usize> {
    let is = |at: usize, c: char| draft.free(at) == Some(c);
    if !is(at, '<') || !is(at + 1, '<') {
        return None;
    }
    let last = draft.units.len().min(at + TITLE);
    let end = (at + 2..last).find(|end| is(*end, '>') && is(end + 1, '>'))?;
    let han = draft.units[at + 2..end].iter().any(|unit| is_han(unit.c));
    han.then_some(end)
}

/// N7: `, ; : ? ! .` → full width, where the sentence is Chinese.
pub(super) fn marks(draft: &mut Draft) {
    const RULE: RuleId = RuleId("punctuation::marks");
    let majority = is_han_majority(draft);
    for at in 0..draft.units.len() {
        let full = match draft.free(at) {
            Some(',') => '，',
            Some(';') => '；',
            Some(':') => '：',
            Some('?') => '？',
            Some('!') => '！',
            Some('.') => '。',
            _ => continue,
        };
        if is_sentence_mark(draft, at, full, majority) {
            draft.set(at, full, RULE);
        }
    }
    if chinese_share(draft, 3) {
        listed(draft, RULE);
    }
}

/// `Python 3.8, NumPy 1.20等`: commas between Western items of a row that Han touches are commas of
/// the Chinese sentence.
fn listed(draft: &mut Draft, rule: RuleId) {
    let western = |unit: &Unit| !is_han(unit.c) && !is_mark(unit.c);
    let mut at = 0;
    while at < draft.units.len() {
        let run = draft.units[at..].iter().take_while(|unit| western(unit)).count();
        let touches = |at: Option<usize>| is_han_unit(at.and_then(|at| draft.units.get(at)));
        if run > 0 && (touches(at.checked_sub(1)) || touches(Some(at + run))) {
            for place in at..at + run {
                let parts = is_space(draft.units.get(place + 1)) && draft.left(place).is_some();
                if draft.free(place) == Some(',') && parts && draft.right(place).is_some() {
                    draft.set(place, '，', rule);
                }
            }
        }
        at += run.max(1);
    }
}

fn is_space(unit: Option<&Unit>) -> bool {
    unit.is_some_and(|unit| unit.c == ' ')
}

/// Twice the Chinese characters are at least as many as the Latin letters outside N0.
fn is_han_majority(draft: &Draft) -> bool {
    chinese_share(draft, 2)
}

/// Whether so many times the Chinese characters are at least as many as the Latin letters.
fn chinese_share(draft: &Draft, times: usize) -> bool {
    let free = || draft.units.iter().filter(|unit| !unit.guarded);
    let han = free().filter(|unit| is_han(unit.c)).count();
    let latin = free().filter(|unit| unit.c.is_ascii_alphabetic()).count();
    han > 0 && times * han >= latin
}

fn is_sentence_mark(draft: &Draft, at: usize, full: char, majority: bool) -> bool {
    let (left, right) = (draft.left(at), draft.right(at));
    let beside = |at: Option<usize>| is_digit(at.and_then(|at| draft.units.get(at)));
    let inside_number = beside(at.checked_sub(1)) && beside(Some(at + 1));
    if inside_number && matches!(full, '，' | '：' | '。') {
        return false;
    }
    let ends = right.is_none() && majority && left.is_some();
    if full == '。' {
        let enumerator = draft.units[..at].iter().all(|unit| unit.c.is_ascii_digit());
        return is_chinese(left) || ends && !enumerator;
    }
    let opens = right.is_some_and(|unit| matches!(unit.c, '“' | '‘' | '（' | '《' | '「' | '『'));
    let guarded = |unit: Option<&Unit>| unit.is_some_and(|unit| unit.guarded);
    let between_atoms = majority && guarded(left) && guarded(right);
    is_chinese(left) || is_han_unit(right) || opens || ends || between_atoms
}

/// N9: doubled commas and stops, four and more ！ or ？, `！？`.
pub(super) fn repeats(draft: &mut Draft) {
    const RULE: RuleId = RuleId("punctuation::repeats");
    let mut at = 0;
    while at < draft.units.len() {
        let Some(c @ ('，' | '。' | '、' | '；' | '：' | '！' | '？')) = draft.free(at)
        else {
            at += 1;
            continue;
        };
        let end = run_end(draft, at, |other| other == c);
        let count = end - at;
        let most = if matches!(c, '！' | '？') { 3 } else { 1 };
        if count > most {
            let kept: String = std::iter::repeat_n(c, most).collect();
            draft.replace(at, end, &kept, RULE);
            at = end;
        } else if c == '！' && count == 1 && draft.free(end) == Some('？') {
            let again = run_end(draft, end, |other| other == '？');
            if again - end == 1 {
                draft.replace(at, again, "？！", RULE);
            }
            at = again;
        } else {
            at = end;
        }
    }
}
