//! N1 to N3: characters that are another way to write the same character.

use super::draft::{Draft, Unit};
use super::marks::is_han;
use crate::article::RuleId;
use unicode_normalization::UnicodeNormalization;

/// N1: invisible characters go, odd spaces become spaces, edges are clean.
pub(super) fn invisible(draft: &mut Draft) {
    const RULE: RuleId = RuleId("punctuation::invisible");
    let space = |c| {
        matches!(c, '\u{A0}' | '\u{2002}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\t')
            || matches!(c, '\u{2028}' | '\u{2029}')
    };
    for at in 0..draft.units.len() {
        if draft.free(at).is_some_and(space) {
            draft.set(at, ' ', RULE);
        }
    }
    // What stands before the first character that is no space, and after the last.
    let solid = |unit: &Unit| !matches!(unit.c, ' ' | '\u{3000}');
    let first = draft.units.iter().position(solid).unwrap_or(draft.units.len());
    let last = draft.units.iter().rposition(solid).unwrap_or(0);
    draft.drop_where(RULE, |units, at| {
        let edge = at < first || at > last;
        !units[at].guarded && (edge || is_invisible(units, at))
    });
}

fn is_invisible(units: &[Unit], at: usize) -> bool {
    match units[at].c {
        c if c.is_control() && !matches!(c, '\n' | '\t') => true,
        '\u{FFFE}' | '\u{FFFF}' | '\u{FDD0}'..='\u{FDEF}' => true,
        '\u{FEFF}' | '\u{200B}' | '\u{2060}' | '\u{AD}' | '\u{200C}' => true,
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' => true,
        '\u{61C}' | '\u{180E}' | '\u{2061}'..='\u{2064}' | '\u{E0001}' => true,
        '\u{200D}' => !(at > 0 && is_emoji(units[at - 1].c)),
        _ => false,
    }
}

/// Emoji and what modifies them, which a zero-width joiner holds together.
const fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{FE0F}')
}

/// N2: full-width letters, digits and per cent become ASCII; so do ．：， inside a number.
pub(super) fn width(draft: &mut Draft) {
    const RULE: RuleId = RuleId("punctuation::width");
    for at in 0..draft.units.len() {
        let narrow = match draft.free(at) {
            Some(c @ ('Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' | '％')) => {
                char::from_u32(u32::from(c) - 0xFEE0)
            }
            _ => None,
        };
        if let Some(narrow) = narrow {
            draft.set(at, narrow, RULE);
        }
    }
    let digit = |draft: &Draft, at: Option<usize>| {
        at.and_then(|at| draft.units.get(at)).is_some_and(|unit| unit.c.is_ascii_digit())
    };
    for at in 0..draft.units.len() {
        if !digit(draft, at.checked_sub(1)) || !digit(draft, Some(at + 1)) {
            continue;
        }
        let three = (1..=3).all(|n| digit(draft, Some(at + n))) && !digit(draft, Some(at + 4));
        match draft.free(at) {
            Some('．') => draft.set(at, '.', RULE),
            Some('：') => draft.set(at, ':', RULE),
            Some('，') if three => draft.set(at, ',', RULE),
            _ => {}
        }
    }
}

/// N3: compatibility ideographs, Kangxi radicals, presentation and half-width forms of marks.
/// Never NFKC on a whole text: it would destroy ① ㎡ ™ ½ and full-width marks.
pub(super) fn compatibility(draft: &mut Draft) {
    const RULE: RuleId = RuleId("punctuation::compatibility");
    for at in 0..draft.units.len() {
        let Some(c) = draft.free(at) else { continue };
        let new = match c {
            '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1D}' => single(c.nfc()),
            '\u{2F00}'..='\u{2FD5}' => single(c.nfkc()),
            '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE6B}' => full_width(c),
            '｡' => Some('。'),
            '､' => Some('、'),
            '｢' => Some('「'),
            '｣' => Some('」'),
            '・' | '‧' | '•' | '･' if between_han(draft, at) => Some('·'),
            _ => None,
        };
        if let Some(new) = new {
            draft.set(at, new, RULE);
        }
    }
}

fn single(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

fn between_han(draft: &Draft, at: usize) -> bool {
    let han = |unit: Option<&Unit>| unit.is_some_and(|unit| is_han(unit.c));
    han(draft.left(at)) && han(draft.right(at))
}

/// The nominal full-width mark of a vertical or small form.
const fn full_width(c: char) -> Option<char> {
    Some(match c {
        '︐' | '﹐' => '，',
        '︑' | '﹑' => '、',
        '︒' => '。',
        '︓' | '﹕' => '：',
        '︔' | '﹔' => '；',
        '︕' | '﹗' => '！',
        '︖' | '﹖' => '？',
        '︗' => '〖',
        '︘' => '〗',
        '︙' => '…',
        '︱' => '—',
        '︲' => '–',
        '︵' | '﹙' => '（',
        '︶' | '﹚' => '）',
        '︷' | '﹛' => '｛',
        '︸' | '﹜' => '｝',
        '︹' | '﹝' => '〔',
        '︺' | '﹞' => '〕',
        '︻' => '【',
        '︼' => '】',
        '︽' => '《',
        '︾' => '》',
        '︿' => '〈',
        '﹀' => '〉',
        '﹁' => '「',
        '﹂' => '」',
        '﹃' => '『',
        '﹄' => '』',
        _ => return None,
    })
}
