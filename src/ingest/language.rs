//! The language of a text, as far as its script tells it from Chinese.

/// `ja` for a text with much kana, `ko` for one with much Hangul, else what was expected.
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
        () => expected,
    }
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
    }
}
