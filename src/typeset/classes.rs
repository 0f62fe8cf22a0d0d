//! What a character is to a line: its class, which says how it breaks and squeezes.
//!
//! Tables after CLREQ (prohibition rules), JLREQ (character classes) and GB/T 15834 §5.1.

use super::region::Region;

/// The class of a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(super) enum Class {
    /// 汉字, kana and whatever stands in a full em like them.
    Han,
    /// 前括号: “ ‘ （ 《 …
    Open,
    /// 后括号: ” ’ ） 》 …
    Close,
    /// Small kana, ー and 々, which begin no line of Japanese.
    Small,
    /// ，、； and ：: marks inside a sentence.
    Comma,
    /// 。．: full stops.
    Stop,
    /// ！？.
    Exclaim,
    /// 间隔号 ·.
    Middle,
    /// 连接号 – — ～.
    Connector,
    /// 分隔号 /.
    Slash,
    /// 破折号 —— and 省略号 ……: one unit.
    Long,
    /// Full-width signs before a number: ￥.
    Prefix,
    /// Full-width signs after a number: ％ ℃.
    Postfix,
    /// Western letters and marks.
    Letter,
    /// Western digits.
    Digit,
    /// Western signs before a number: $ £ €.
    Sign,
    /// Western signs after a number: % ° ′.
    Unit,
    /// A space between Western words.
    Space,
}

impl Class {
    /// Set in the Latin face, shaped as words.
    #[must_use]
    pub(super) const fn is_western(self) -> bool {
        matches!(self, Self::Letter | Self::Digit | Self::Sign | Self::Unit)
    }

    /// A character in a full em cell of its own.
    #[must_use]
    pub(super) const fn is_ideographic(self) -> bool {
        matches!(self, Self::Han | Self::Small)
    }

    /// 点号.
    #[must_use]
    pub(super) const fn is_pause(self) -> bool {
        matches!(self, Self::Comma | Self::Stop | Self::Exclaim)
    }

    /// A mark with a blank half.
    #[must_use]
    pub(super) const fn is_mark(self) -> bool {
        matches!(self, Self::Open | Self::Close) || self.is_pause()
    }
}

/// Small kana and the marks that repeat or lengthen (JLREQ cl-09 to cl-11).
const SMALL: &str = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿー々〻ゝゞヽヾ";

/// The class of a character between its neighbours, by the rules of a region.
#[must_use]
pub(super) fn class_in(
    region: Region,
    c: char,
    before: Option<char>,
    after: Option<char>,
) -> Class {
    match (region, c) {
        // Quotes and dashes have one code for Chinese and Western text.
        (Region::West, '‘' | '’' | '“' | '”' | '–' | '—' | '…' | '/' | '·') => {
            Class::Letter
        }
        (Region::Korea, '‘' | '’' | '“' | '”') => Class::Letter,
        (Region::Japan, c) if SMALL.contains(c) => Class::Small,
        _ => class_of(c, before, after),
    }
}

/// The class of a character between its neighbours. `/`, `-` and `’` are Western inside Western
/// text and Chinese in Chinese text.
#[must_use]
pub(super) fn class_of(c: char, before: Option<char>, after: Option<char>) -> Class {
    let western = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || is_latin(c));
    let in_word = western(before) && western(after);
    match c {
        '’' | '‘' if in_word => Class::Letter,
        '“' | '‘' | '「' | '『' | '（' | '〈' | '《' | '【' | '〖' | '〔' | '［' | '｛' | '〝' => {
            Class::Open
        }
        '”' | '’' | '」' | '』' | '）' | '〉' | '》' | '】' | '〗' | '〕' | '］' | '｝' | '〞' => {
            Class::Close
        }
        '，' | '、' | '；' | '：' => Class::Comma,
        '。' | '．' => Class::Stop,
        '！' | '？' | '‼' | '⁇' | '⁈' | '⁉' => Class::Exclaim,
        '·' | '・' => Class::Middle,
        '–' | '—' | '～' => Class::Connector,
        '-' if !western(before) && !western(after) => Class::Connector,
        '／' => Class::Slash,
        '/' if !western(before) && !western(after) => Class::Slash,
        '…' | '⋯' | '⸺' => Class::Long,
        '￥' | '＄' | '￡' | '№' => Class::Prefix,
        '％' | '℃' | '‰' | '℉' => Class::Postfix,
        '$' | '£' | '€' | '¥' => Class::Sign,
        '%' | '°' | '′' | '″' => Class::Unit,
        '0'..='9' => Class::Digit,
        ' ' | '\u{A0}' => Class::Space,
        c if is_rare_space(c) => Class::Space,
        c if is_latin(c) => Class::Letter,
        _ => Class::Han,
    }
}

/// Spaces that few faces have, and line ends inside a line: set as a space.
#[must_use]
pub(super) const fn is_rare_space(c: char) -> bool {
    matches!(c, '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{202F}' | '\u{205F}')
}

/// Characters of the Western scripts, from ASCII to Cyrillic, and their marks.
const fn is_latin(c: char) -> bool {
    matches!(c, '!'..='~' | '\u{A1}'..='\u{B6}' | '\u{B8}'..='\u{58F}' | '\u{1E00}'..='\u{1FFF}'
        | '\u{2010}'..='\u{2012}' | '\u{2018}'..='\u{201F}' | '\u{2020}' | '\u{2021}'
        | '\u{2070}'..='\u{209F}' | '\u{FB00}'..='\u{FB06}')
}

/// A mark that belongs to the character before it: combining marks, variation selectors, and what
/// has no look of its own (`Default_Ignorable_Code_Point`).
#[must_use]
pub const fn is_attached(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{3099}' | '\u{309A}' | '\u{200D}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}'
        | '\u{61C}' | '\u{180E}' | '\u{2061}'..='\u{2064}' | '\u{206A}'..='\u{206F}'
        | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_have_their_classes() {
        for (marks, class) in [
            ("“‘「『（〈《【〖〔［｛", Class::Open),
            ("”’」』）〉》】〗〕］｝", Class::Close),
            ("，、；：", Class::Comma),
            ("。．", Class::Stop),
            ("！？‼⁇⁈⁉", Class::Exclaim),
            ("·", Class::Middle),
            ("–—～", Class::Connector),
            ("…⋯", Class::Long),
            ("一〇々あア①㎡", Class::Han),
            ("AzéЖα", Class::Letter),
        ] {
            for mark in marks.chars() {
                assert_eq!(class_of(mark, Some('一'), Some('二')), class, "{mark}");
            }
        }
    }

    #[test]
    fn some_marks_look_at_their_neighbours() {
        assert_eq!(class_of('/', Some('十'), Some('三')), Class::Slash);
        assert_eq!(class_of('/', Some('k'), Some('h')), Class::Letter);
        assert_eq!(class_of('’', Some('O'), Some('N')), Class::Letter);
        assert_eq!(class_of('’', Some('好'), Some('一')), Class::Close);
    }
}
