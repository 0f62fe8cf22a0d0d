//! Plain text → one paragraph a line.
//!
//! Line ends, blank lines and the white space around a line are layout, not text: they are taken
//! out here, and the ledger says so.

use super::stem;
use crate::article::{Article, Block, Inline, Removal, RuleId, Text};
use crate::source::{FileId, Span};

const LINES: RuleId = RuleId("plain::lines");
const EDGES: RuleId = RuleId("plain::edges");

/// Reads a decoded text as an article of unclassified paragraphs.
pub(super) fn read(text: &str, file: FileId, name: &str, language: &str) -> Article {
    let mut blocks = Vec::new();
    let mut removed = Vec::new();
    let mut take_out = |start: usize, end: usize, rule| {
        if start < end {
            removed.push(Removal { span: Span::new(file, start..end), rule });
        }
    };
    let mut at = 0;
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let body = line.trim_matches(blank);
        let lead = line.len() - line.trim_start_matches(blank).len();
        if body.is_empty() {
            take_out(at, at + line.len(), LINES);
        } else {
            let (start, end) = (at + lead, at + lead + body.len());
            take_out(at, start, EDGES);
            blocks.push(Block::body(vec![Inline::Text(Text::kept(body, file, start))]));
            let tail = line.trim_end_matches(['\n', '\r', '\u{2028}', '\u{2029}']).len();
            take_out(end, at + tail, EDGES);
            take_out(at + tail, at + line.len(), LINES);
        }
        at += line.len();
    }
    Article { blocks, removed, ..Article::new(file, stem(name), language) }
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

    #[test]
    fn every_character_is_accounted_for() {
        for text in ["一\n\n  二 \r\n三", "\u{3000}\u{3000}一", "一\r\n", " \n一", "一\u{2028}二 "]
        {
            let mut sources = Sources::default();
            let file = sources.add("a.txt", text);
            let ledger = Ledger::of(&read(text, file, "a.txt", "zh-Hans"), &sources);
            assert_eq!(ledger.gap(text.len()), None, "{text:?}");
            assert_eq!(ledger.undo(), text);
        }
    }

    #[test]
    fn a_line_is_a_paragraph_without_its_indent() {
        let article = read("\u{3000}\u{3000}一二\n\n三", FileId(0), "文/a.b.txt", "zh-Hans");
        let lines: Vec<_> = article.blocks.iter().map(Block::plain).collect();
        assert_eq!(lines, ["一二", "三"]);
        assert_eq!(article.name, "a.b");
    }
}
