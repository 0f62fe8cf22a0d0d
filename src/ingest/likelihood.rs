//! How much a text looks like Chinese, Japanese or Korean: what decides between encodings that
//! all fit the bytes.
//!
//! Text in the wrong encoding is a mixture of rare characters and scripts. Characters score by how
//! common they are; scripts side by side that nobody mixes, and spaces between Han, score against.

use encoding_rs::{BIG5, GBK, SHIFT_JIS};
use std::sync::LazyLock;

/// The characters that make up half of any Chinese text, Simplified and Traditional.
const FREQUENT: &str = "的一是不了在人有我他这这個们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实來為國說時會對們個這裡著過發後樣種經還進開從實現當沒動於與及第條者應由";

/// The syllables that Korean sentences are built with.
const SYLLABLES: &str =
    "이다는의에을를가하고지한로도은으사서있어기니해그것수들자나리라시인대정스러과와";

/// How many characters are looked at: a page says what it is long before its end.
const LOOKED_AT: usize = 40_000;

/// How common each character from U+4E00 on is: 2 when a standard has it in its first level.
static COMMON: LazyLock<Vec<i64>> = LazyLock::new(|| {
    let lead = |c: char, encoding: &'static encoding_rs::Encoding| {
        let mut buffer = [0; 4];
        let (bytes, _, lost) = encoding.encode(c.encode_utf8(&mut buffer));
        match (lost, &*bytes) {
            (false, [lead, trail]) => Some((*lead, *trail)),
            _ => None,
        }
    };
    let score = |c: char| {
        let china = lead(c, GBK).is_some_and(|(a, b)| (0xB0..=0xD7).contains(&a) && b >= 0xA1);
        let taiwan = lead(c, BIG5).is_some_and(|(a, _)| (0xA4..=0xC6).contains(&a));
        let japan = lead(c, SHIFT_JIS).is_some_and(|(a, _)| (0x88..=0x97).contains(&a));
        if china || taiwan || japan { 2 } else { -2 }
    };
    let mut scores: Vec<i64> = (0x4E00..=0x9FFF).filter_map(char::from_u32).map(score).collect();
    for c in FREQUENT.chars() {
        let at = usize::try_from(u32::from(c) - 0x4E00).unwrap_or(usize::MAX);
        if let Some(score) = scores.get_mut(at) {
            *score = 5;
        }
    }
    scores
});

/// A script, as far as mixing matters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Han,
    Kana,
    Hangul,
    Space,
    Other,
}

/// The score of a text; higher is likelier.
pub(super) fn score(text: &str) -> i64 {
    let mut sum = 0;
    let (mut before, mut earlier) = (Script::Other, Script::Other);
    for c in text.chars().filter(|c| !c.is_ascii() || *c == ' ').take(LOOKED_AT) {
        let (own, script) = one(c);
        sum += own;
        sum += match (before, script) {
            (Script::Han, Script::Hangul) | (Script::Hangul, Script::Han | Script::Kana) => -4,
            (Script::Kana, Script::Hangul) => -6,
            (Script::Space, Script::Han) if earlier == Script::Han => -2,
            _ => 0,
        };
        (earlier, before) = (before, script);
    }
    sum
}

fn one(c: char) -> (i64, Script) {
    match c {
        ' ' => (0, Script::Space),
        'ぁ'..='ん' => (4, Script::Kana),
        'ァ'..='ヶ' | 'ー' => (3, Script::Kana),
        '가'..='힣' => (if SYLLABLES.contains(c) { 5 } else { 2 }, Script::Hangul),
        '\u{4E00}'..='\u{9FFF}' => {
            let at = usize::try_from(u32::from(c) - 0x4E00).unwrap_or(usize::MAX);
            (COMMON.get(at).copied().unwrap_or(-2), Script::Han)
        }
        '，' | '。' | '、' | '：' | '；' | '？' | '！' | '“' | '”' | '「' | '」' | '（' | '）'
        | '《' | '》' | '…' | '—' | '\u{3000}' | '·' => (3, Script::Other),
        '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFF}' => (-1, Script::Han),
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => (0, Script::Other),
        // Half-width kana, private use, and scripts that come of misreading.
        '\u{FF61}'..='\u{FF9F}' | '\u{E000}'..='\u{F8FF}' => (-6, Script::Other),
        _ => (-2, Script::Other),
    }
}

#[cfg(test)]
mod tests {
    use super::score;

    #[test]
    fn a_sentence_is_likelier_than_its_misreading() {
        for (right, wrong) in [
            ("春天来了，山里的花都开了。", "뇹莖윱죋，�썲쟎췺빔역킹。"),
            ("これは私が小さいときに聞いた話です。", "偙傟偼巹偑彫偝偄偲偒偵暦偄偨榖偱偡丅"),
            ("러스트 프로그래밍 언어에 오신 것을", "矾胶飘 橇肺弊贰怪 攫绢俊 坷脚 巴阑"),
        ] {
            assert!(score(right) > score(wrong), "{right}: {} {}", score(right), score(wrong));
        }
    }
}
