//! Markdown → blocks: CommonMark with front matter.
//!
//! The events of the parser say where in the file each word stands, so every text keeps its
//! origin; what lies between the words is markup, and the ledger says so. A line end between
//! Chinese characters is no space.

mod builder;
mod front_matter;

use super::stem;
use crate::article::{Article, Block, Inline, Metadata, Removal, RuleId, Text};
use crate::diagnostics::Diagnostic;
use crate::source::{FileId, Span};
use builder::Builder;

const MARKUP: RuleId = RuleId("markdown::markup");

/// Reads a decoded Markdown text.
pub(super) fn read(
    text: &str,
    file: FileId,
    name: &str,
    language: &str,
) -> Result<Article, Box<Diagnostic>> {
    let (metadata, start) = front_matter::read(text, file)?;
    let mut blocks = Builder::new(text, file).build(start)?;
    let metadata = title_from_heading(metadata, &mut blocks);
    let mut article = Article {
        file,
        name: stem(name).to_owned(),
        language: language.to_owned(),
        metadata,
        blocks,
        removed: Vec::new(),
    };
    article.removed = markup(&article, text.len());
    Ok(article)
}

/// A heading at the start is the title when it is the only one of its level and none is above it;
/// headings below move up.
fn title_from_heading(mut metadata: Metadata, blocks: &mut Vec<Block>) -> Metadata {
    let level = blocks.first().and_then(Block::heading).map(|heading| heading.level);
    let rest = || blocks.iter().skip(1).filter_map(Block::heading);
    let alone = level.is_some_and(|level| rest().all(|heading| heading.level > level));
    if metadata.title.is_none()
        && alone
        && let Block::Heading(heading) = blocks.remove(0)
    {
        metadata.title = Some(joined(&heading.inlines));
    }
    let levels = blocks.iter().filter_map(Block::heading).map(|heading| heading.level);
    let lift = levels.min().unwrap_or(1).saturating_sub(1);
    for block in blocks {
        if let Block::Heading(heading) = block {
            heading.level -= lift;
        }
    }
    metadata
}

/// Inlines as one text, without their marks.
fn joined(inlines: &[Inline]) -> Text {
    let mut out = Text::default();
    let mut add = |text: &Text| {
        let mut at = 0;
        for run in text.runs() {
            let value = text.as_str().get(at..at + run.len).unwrap_or_default();
            out.push(value, run.span, run.rule);
            at += run.len;
        }
    };
    visit(inlines, &mut add);
    out
}

fn visit(inlines: &[Inline], add: &mut dyn FnMut(&Text)) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => add(text),
            Inline::Strong(inlines) | Inline::Emphasis(inlines) | Inline::Link { inlines, .. } => {
                visit(inlines, add);
            }
            Inline::Break => {}
        }
    }
}

/// Everything of the file that is in no text.
fn markup(article: &Article, len: usize) -> Vec<Removal> {
    let mut spans: Vec<Span> =
        article.texts().flat_map(|text| text.runs().iter().map(|run| run.span)).collect();
    spans.sort_by_key(|span| (span.start, span.end));
    let mut out = Vec::new();
    let mut at = 0;
    for span in spans {
        if at < span.start {
            out.push(Removal { span: Span::new(article.file, at..span.start), rule: MARKUP });
        }
        at = at.max(span.end);
    }
    if at < len {
        out.push(Removal { span: Span::new(article.file, at..len), rule: MARKUP });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Ledger;
    use crate::source::Sources;

    fn article(text: &str) -> Article {
        let mut sources = Sources::default();
        let file = sources.add("a.md", text);
        let article = read(text, file, "a.md", "zh-Hans").unwrap();
        let ledger = Ledger::of(&article, &sources);
        assert_eq!(ledger.gap(text.len()), None, "{:?}", ledger.edits);
        assert_eq!(ledger.undo(), text);
        article
    }

    fn json(text: &str) -> serde_json::Value {
        serde_json::to_value(article(text).blocks).unwrap()
    }

    #[test]
    fn a_line_end_between_han_is_no_space() {
        assert_eq!(
            article("一二\n三四，\n五 six\nseven").blocks[0].plain(),
            "一二三四，五 six seven"
        );
    }

    #[test]
    fn the_first_heading_is_the_title_and_the_rest_move_up() {
        let article = article("# 题\n\n## 一\n\n文\n\n### 二\n");
        assert_eq!(article.title(), "题");
        let levels: Vec<u8> = article.headings().map(|h| h.level).collect();
        assert_eq!(levels, [1, 2]);
    }

    #[test]
    fn one_heading_of_two_is_no_title() {
        assert_eq!(article("## 一\n\n文\n\n## 二\n").title(), "a");
        assert_eq!(article("## 题\n\n文\n\n### 二\n").title(), "题");
    }

    #[test]
    fn inlines_nest() {
        let blocks = json("甲**乙*丙*丁**`戊`[己](http://a.cn)  \n庚");
        assert_eq!(
            blocks[0]["inlines"],
            serde_json::json!([
                { "text": "甲" },
                { "strong": [{ "text": "乙" }, { "emphasis": [{ "text": "丙" }] }, { "text": "丁" }] },
                { "code": "戊" },
                { "link": { "target": "http://a.cn", "inlines": [{ "text": "己" }] } },
                "break",
                { "text": "庚" },
            ])
        );
    }

    #[test]
    fn lists_quotes_code_and_breaks_are_blocks() {
        let blocks = json("3. 甲\n4. 乙\n   - 丙\n\n> 丁\n\n```rust\nlet a;\n\nb\n```\n\n---\n");
        let kinds: Vec<_> = (0..4).map(|at| blocks[at]["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["list", "quote", "code", "break"]);
        assert_eq!(blocks[0]["start"], 3);
        assert_eq!(blocks[0]["items"][1][1]["kind"], "list");
        assert_eq!(blocks[2]["text"], "let a;\n\nb\n");
    }

    #[test]
    fn entities_and_escapes_are_characters() {
        assert_eq!(article("a &amp; b \\* c &lt;d&gt;").blocks[0].plain(), "a & b * c <d>");
    }

    #[test]
    fn comments_are_markup() {
        let article = article("甲\n\n<!-- 乙 -->\n\n丙<!-- 丁 -->");
        let text: Vec<_> = article.blocks.iter().map(Block::plain).collect();
        assert_eq!(text, ["甲", "丙"]);
    }

    #[test]
    fn words_in_html_are_kept_without_their_tags() {
        let article = article("甲\n\n<div class='x'>\n<b>乙</b> 丙\n</div>\n\n丁");
        let text: Vec<_> = article.blocks.iter().map(Block::plain).collect();
        assert_eq!(text, ["甲", "乙丙", "丁"]);
    }

    #[test]
    fn what_is_not_carried_is_refused_with_its_place() {
        for text in
            ["| a |\n|---|\n| b |", "甲[^1]\n\n[^1]: 乙", "![图](a.png)", "<img src='a.png'/>\n"]
        {
            let text = format!("甲\n\n{text}");
            assert!(read(&text, FileId(0), "a.md", "zh-Hans").is_err(), "{text}");
        }
    }
}
