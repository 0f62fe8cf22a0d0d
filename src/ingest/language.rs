//! The language of a text, as far as its script tells it from Simplified Chinese.

use crate::article::is_traditional;

/// `zh-Hant` for one in Traditional characters, `ja` for a text with much kana, `ko` for one with much Hangul, else what was expected.
pub(super) fn of<'a>(text: &str, expected: &'a str) -> &'a str {
    if !expected.starts_with("zh") {
        return expected;
    }
    let (mut han, mut kana, mut hangul) = (0_usize, 0_usize, 0_usize);
    for c in text.chars() {
        match c {
            'ぁ'..='ゖ' | 'ァ'..='ヺ' => kana += 1,
            '가'..='힣' => hangul += 1,
            '\u{3400}'..='\u{9FFF}' => han += 1,
            _ => {}
        }
    }
    match () {
        () if hangul > han + kana => "ko",
        () if kana * 3 > han && kana > 20 => "ja",
        () if expected == "zh-Hans" && is_mostly_traditional(text) => "zh-Hant",
        () => expected,
    }
}

/// Whether Traditional characters are too many to be quotations or names.
fn is_mostly_traditional(text: &str) -> bool {
    let (mut han, mut traditional) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')).take(20_000) {
        han += 1;
        traditional += usize::from(is_traditional(c));
    }
    traditional * 100 > han * 12 && traditional > 10
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn scripts_tell_languages_apart() {
        assert_eq!(of("한국어 문장이 여기에 있다 (漢字).", "zh-Hans"), "ko");
        assert_eq!(of(&"これは日本語の文です。".repeat(5), "zh-Hans"), "ja");
        assert_eq!(of("他说“さようなら”，然后走了。", "zh-Hans"), "zh-Hans");
        assert_eq!(of("これは日本語の文です。", "en"), "en");
        let law = "本法用詞，定義如下：屬於文學、科學、藝術或其他學術範圍之創作。";
        assert_eq!(of(law, "zh-Hans"), "zh-Hant");
    }
}
