//! What a note between `［＃` and `］` says: a table of forms.

use crate::article::Style;

/// What a note asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note<'a> {
    /// The words before it are marked.
    Styled {
        words: &'a str,
        style: Style,
    },
    /// What follows is marked, up to [`Note::Close`].
    Open(Style),
    Close,
    /// The line is a heading.
    Heading(u8),
    /// The line stands at the foot.
    Right,
    /// The lines that follow are indented, up to [`Note::EndQuote`].
    BeginQuote,
    EndQuote,
    /// It is about the layout of the book it was taken from.
    Layout,
}

/// How marks are called, and what they are here.
const MARKS: &[(&str, Style)] = &[
    ("傍点", Style::Dots),
    ("圏点", Style::Dots),
    ("太字", Style::Strong),
    ("ゴシック体", Style::Strong),
    ("斜体", Style::Emphasis),
    ("傍線", Style::Underline),
    ("下線", Style::Underline),
    ("取消線", Style::Deleted),
    ("上付き小文字", Style::Superscript),
    ("下付き小文字", Style::Subscript),
];

/// Notes that only lay out the page.
const LAYOUT: &[&str] = &[
    "改ページ",
    "改丁",
    "改頁",
    "改見開き",
    "改段",
    "字下げ",
    "字詰め",
    "段組",
    "ページの左右中央",
    "天付き",
    "割り注",
    "縦中横",
    "は底本では",
    "ママ",
    "ルビの",
    "のルビ",
    "行右小書き",
    "文字",
    "小書き",
    "本文終わり",
    "罫囲み",
    "キャプション",
];

/// Reads a note; `None` for one that is not understood.
pub(super) fn read(note: &str) -> Option<Note<'_>> {
    if let Some((words, about)) = note.strip_prefix('「').and_then(|rest| rest.rsplit_once('」'))
    {
        if let Some(level) = heading(about) {
            return Some(Note::Heading(level));
        }
        let mark = MARKS.iter().find(|(name, _)| about.contains(name) && !about.contains("底本"));
        if let Some((_, style)) = mark {
            return Some(Note::Styled { words, style: *style });
        }
    }
    if note.contains("終わり") {
        let marked = MARKS.iter().any(|(name, _)| note.contains(name));
        return Some(match marked {
            true => Note::Close,
            false if note.contains("字下げ") || note.contains("地付き") => Note::EndQuote,
            false => Note::Layout,
        });
    }
    if note.starts_with("ここから") {
        return Some(if note.contains("字下げ") { Note::BeginQuote } else { Note::Layout });
    }
    if note.starts_with("地付き") || note.starts_with("地から") {
        return Some(Note::Right);
    }
    if let Some((_, style)) = MARKS.iter().find(|(name, _)| note.ends_with(name)) {
        return Some(Note::Open(*style));
    }
    if let Some(level) = heading(note) {
        return Some(Note::Heading(level));
    }
    LAYOUT.iter().any(|part| note.contains(part)).then_some(Note::Layout)
}

/// 大見出し is 1, 中見出し 2, 小見出し 3.
fn heading(about: &str) -> Option<u8> {
    if !about.contains("見出し") {
        return None;
    }
    let names = ["大見出し", "中見出し", "小見出し"];
    let level = names.iter().position(|name| about.contains(name)).unwrap_or(1);
    u8::try_from(level + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_what_the_table_says() {
        for (note, expected) in [
            ("「なもし」に傍点", Some(Note::Styled { words: "なもし", style: Style::Dots })),
            ("「二」は中見出し", Some(Note::Heading(2))),
            ("太字", Some(Note::Open(Style::Strong))),
            ("太字終わり", Some(Note::Close)),
            ("地から１字上げ", Some(Note::Right)),
            ("ここから２字下げ", Some(Note::BeginQuote)),
            ("ここで字下げ終わり", Some(Note::EndQuote)),
            ("８字下げ", Some(Note::Layout)),
            ("「　ジョバンニは」は底本では「「ジョバンニは」", Some(Note::Layout)),
            ("謎", None),
        ] {
            assert_eq!(read(note), expected, "{note}");
        }
    }
}
