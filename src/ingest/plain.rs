//! Plain text → paragraphs.
//!
//! A line is a paragraph, unless the text was broken by hand at one width: then lines are joined
//! up to a blank line, an indent or a short line. Line ends, blank lines and the white space
//! around a line are layout, not text: they are taken out here, and the ledger says so.

use super::stem;
use crate::article::{Article, Block, Inline, Removal, RuleId, Text};
use crate::source::{FileId, Span};
use std::ops::Range;

const LINES: RuleId = RuleId("plain::lines");
const EDGES: RuleId = RuleId("plain::edges");
const JOINED: RuleId = RuleId("plain::joined");

/// Narrower lines are verse or a list, not text that was wrapped, in columns of half an em.
const NARROWEST: usize = 36;

/// A wrapped line may be this much narrower than the widest: what cannot begin a line moved down.
const RAGGED: usize = 6;

/// A line with something on it.
struct Line<'a> {
    body: &'a str,
    /// Where its words stand in the file.
    range: Range<usize>,
    /// Where the whole line stands.
    whole: Range<usize>,
    indented: bool,
    /// A blank line stands before it.
    parted: bool,
}

/// Reads a decoded text as an article of unclassified paragraphs.
pub(super) fn read(text: &str, file: FileId, name: &str, language: &str) -> Article {
    let mut removed = Vec::new();
    let lines = lines(text, file, &mut removed);
    let width = wrapped_at(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = Text::default();
    for (at, line) in lines.iter().enumerate() {
        let last = at.checked_sub(1).and_then(|before| lines.get(before));
        let goes_on = width.zip(last).filter(|(width, last)| continues(last, line, *width));
        match goes_on {
            Some((_, last)) => join(&mut open, last, line, file),
            None => push(&mut blocks, &mut open),
        }
        open.append(&Text::kept(line.body, file, line.range.start));
        let mut take_out = |range: Range<usize>, rule| {
            if !range.is_empty() {
                removed.push(Removal { span: Span::new(file, range), rule });
            }
        };
        if goes_on.is_none() {
            take_out(line.whole.start..line.range.start, EDGES);
        }
        let next_goes_on = lines
            .get(at + 1)
            .is_some_and(|next| width.is_some_and(|width| continues(line, next, width)));
        if !next_goes_on {
            let tail = text.get(line.range.end..line.whole.end).unwrap_or_default();
            let end = line.range.end + tail.trim_end_matches(is_line_end).len();
            take_out(line.range.end..end, EDGES);
            take_out(end..line.whole.end, LINES);
        }
    }
    push(&mut blocks, &mut open);
    removed.sort_by_key(|removal| removal.span.start);
    Article { blocks, removed, ..Article::new(file, stem(name), language) }
}

fn push(blocks: &mut Vec<Block>, open: &mut Text) {
    if !open.is_empty() {
        blocks.push(Block::body(vec![Inline::Text(std::mem::take(open))]));
    }
}

/// The lines with something on them; blank ones are layout.
fn lines<'a>(text: &'a str, file: FileId, removed: &mut Vec<Removal>) -> Vec<Line<'a>> {
    let mut out: Vec<Line<'_>> = Vec::new();
    let (mut at, mut parted) = (0, false);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let line = first_line(rest);
        let body = line.trim_matches(blank);
        let lead = line.len() - line.trim_start_matches(blank).len();
        let whole = at..at + line.len();
        at = whole.end;
        if body.is_empty() {
            removed.push(Removal { span: Span::new(file, whole), rule: LINES });
            parted = true;
            continue;
        }
        let start = whole.start + lead;
        let space = line.get(..lead).unwrap_or_default();
        let indented = space.contains('\u{3000}') || space.chars().count() >= 2;
        out.push(Line { body, range: start..start + body.len(), whole, indented, parted });
        parted = false;
    }
    out
}

/// A line with its end, which may be two characters.
fn first_line(text: &str) -> &str {
    let Some((end, mark)) = text.char_indices().find(|(_, c)| is_line_end(*c)) else { return text };
    let pair = mark == '\r' && text.get(end + 1..).is_some_and(|rest| rest.starts_with('\n'));
    text.get(..end + mark.len_utf8() + usize::from(pair)).unwrap_or(text)
}

/// The width a text was broken at by hand, when it was: most lines but those before a break are
/// about as wide as the widest, and break off in the middle of a sentence.
fn wrapped_at(lines: &[Line<'_>]) -> Option<usize> {
    let mut widths: Vec<usize> = lines.iter().map(|line| columns(line.body)).collect();
    let count = widths.len();
    widths.sort_unstable();
    let width = *widths.get(count * 9 / 10)?;
    let widest = *widths.last()?;
    let full = |line: &&Line<'_>| columns(line.body) + RAGGED >= width;
    let wrapped = lines.iter().filter(full).count();
    let broken = lines.iter().filter(full).filter(|line| !ends_sentence(line.body)).count();
    let uniform = widest <= width + RAGGED && wrapped * 2 >= count && broken * 3 >= wrapped * 2;
    (count >= 5 && width >= NARROWEST && uniform).then_some(width)
}

/// Whether a line goes on with the paragraph of the one before it.
fn continues(before: &Line<'_>, line: &Line<'_>, width: usize) -> bool {
    !line.parted && !line.indented && columns(before.body) + RAGGED * 2 >= width
}

/// A space for a line end between Western words, nothing beside Chinese.
fn join(open: &mut Text, before: &Line<'_>, line: &Line<'_>, file: FileId) {
    let western = |c: Option<char>| c.is_some_and(|c| u32::from(c) < 0x2E80);
    let spaced = western(before.body.chars().next_back()) && western(line.body.chars().next());
    // Hangul has spaces between words, and a line breaks at one of them.
    let hangul = |c: Option<char>| matches!(c, Some('가'..='힣'));
    let spaced = spaced || hangul(line.body.chars().next());
    let span = Span::new(file, before.range.end..line.range.start);
    open.push(if spaced { " " } else { "" }, span, Some(JOINED));
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with([
        '。', '！', '？', '…', '”', '」', '』', '；', '：', '.', '!', '?', ':', ';', '"', '）', ')',
    ])
}

/// The width of a line in columns: Chinese characters take two.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if u32::from(c) < 0x2E80 { 1 } else { 2 }).sum()
}

const fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// White space, and the invisible characters that stand for it in pasted text.
fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{1A}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Ledger;
    use crate::source::Sources;

    fn paragraphs(text: &str) -> Vec<String> {
        let mut sources = Sources::default();
        let file = sources.add("a.txt", text);
        let article = read(text, file, "a.txt", "zh-Hans");
        let ledger = Ledger::of(&article, &sources);
        assert_eq!(ledger.gap(text.len()), None, "{text:?} {:?}", ledger.edits);
        assert_eq!(ledger.undo(), text);
        article.blocks.iter().map(Block::plain).collect()
    }

    #[test]
    fn every_character_is_accounted_for() {
        for text in ["一\n\n  二 \r\n三", "\u{3000}\u{3000}一", "一\r\n", " \n一", "一\u{2028}二 "]
        {
            paragraphs(text);
        }
    }

    #[test]
    fn a_line_is_a_paragraph_without_its_indent() {
        assert_eq!(paragraphs("\u{3000}\u{3000}一二\n\n三"), ["一二", "三"]);
        let article = read("一", FileId(0), "文/a.b.txt", "zh-Hans");
        assert_eq!(article.name, "a.b");
    }

    #[test]
    fn lines_broken_at_one_width_are_joined() {
        let line = "春天来了山里的花都开了村口的老人说今年";
        let text = format!(
            "山里的春天\n\n\u{3000}\u{3000}{line}\n{line}的\n{line}都\n早。\n\u{3000}\u{3000}{line}\n{line}得\n{line}\n晚。\n"
        );
        let found = paragraphs(&text);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[1].ends_with("早。") && found[2].ends_with("晚。"));
        assert_eq!(paragraphs(&text.replace('\n', "\r\n")), found);
        let latin = "the quick brown fox jumps over the lazy dog and\n".repeat(8) + "ends.\n";
        let found = paragraphs(&latin);
        assert_eq!(found.len(), 1);
        assert!(found[0].ends_with("dog and ends."), "{found:?}");
    }

    #[test]
    fn verse_and_long_paragraphs_are_not_joined() {
        let verse = "床前明月光\n疑是地上霜\n举头望明月\n低头思故乡\n床前明月光\n疑是地上霜\n";
        assert_eq!(paragraphs(verse).len(), 6);
        let long = "这一段话很长，它自己就是一个完整的段落，后面没有断开的行，所以它不该和别的段落接在一起。\n";
        assert_eq!(paragraphs(&long.repeat(6)).len(), 6);
    }
}
