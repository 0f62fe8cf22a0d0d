//! Markdown → blocks: CommonMark with front matter.
//!
//! The events of the parser say where in the file each word stands, so every text keeps its
//! origin; what lies between the words is markup, and the ledger says so. A line end between
//! Chinese characters is no space.

mod builder;
mod front_matter;
mod html;
mod html_table;
mod notes;
mod picture;
mod ruby;
mod words;

use super::stem;
use crate::article::{Article, Block, Heading, Inline, Metadata, Removal, RuleId, Text};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::source::{FileId, Span};
use builder::{Builder, Built};
use front_matter::FrontMatter;

const MARKUP: RuleId = RuleId("markdown::markup");

/// Reads a decoded Markdown text.
pub(super) fn read(
    text: &str,
    file: FileId,
    name: &str,
    language: &str,
    sink: &mut Sink,
) -> Result<Article, Box<Diagnostic>> {
    report_includes(text, file, sink);
    let FrontMatter { metadata, untitled, end } = front_matter::read(text, file, sink)?;
    let Built { mut blocks, notes, told } = Builder::new(text, file).build(end)?;
    told.into_iter().for_each(|finding| sink.push(finding));
    let metadata = title_from_heading(metadata, untitled, &mut blocks);
    let language = metadata.lang.as_ref().map_or(language, Text::as_str).to_owned();
    let mut article =
        Article { metadata, blocks, notes, ..Article::new(file, stem(name), &language) };
    article.removed = markup(&article, text.len());
    report_lost_calls(&mut article, text, sink);
    Ok(article)
}

/// `[^1]` that stands in a text still calls a note that is not there.
fn report_lost_calls(article: &mut Article, source: &str, sink: &mut Sink) {
    for block in article.all_blocks_mut() {
        block.each_words_mut(&mut |words| {
            for text in words.iter().filter(|words| !words.verbatim).map(|words| &*words.text) {
                for call in calls(text.as_str()) {
                    let ends = text.origin(call.start).zip(text.origin(call.end - 1));
                    let Some((first, last)) = ends else { continue };
                    let span = Span::new(first.file, first.start..last.end.max(first.end));
                    // `\[^1]` is meant as it stands.
                    let before = source.get(..span.start).unwrap_or_default();
                    if !before.ends_with('\\') {
                        let call = text.as_str().get(call).unwrap_or_default();
                        let finding = Diagnostic::new(Code::MarkupUnused).with("mark", call);
                        sink.push(finding.at_span(span));
                    }
                }
            }
        });
    }
}

/// The longest name of a note that is looked for, in bytes.
const CALL: usize = 100;

/// Where `[^name]` stands in a text.
fn calls(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    text.match_indices("[^").filter_map(move |(at, open)| {
        let from = at + open.len();
        let name = text.get(from..)?;
        let end = name.find(|c: char| matches!(c, '[' | ']') || c.is_whitespace())?;
        let whole = name.get(end..)?.starts_with(']') && (1..=CALL).contains(&end);
        whole.then_some(at..from + end + 1)
    })
}

/// `{{#include a.rs}}` is a line that mdBook fills in: what belongs there is not in the file.
fn report_includes(text: &str, file: FileId, sink: &mut Sink) {
    for kind in ["{{#include ", "{{#rustdoc_include ", "{{#playground "] {
        for (at, _) in text.match_indices(kind) {
            let rest = text.get(at..).unwrap_or_default();
            let Some(end) = rest.find("}}").filter(|end| !rest[..*end].contains('\n')) else {
                continue;
            };
            let span = Span::new(file, at..at + end + 2);
            let path = rest.get(kind.len()..end).unwrap_or_default().trim();
            sink.push(Diagnostic::new(Code::IncludeMissing).with("path", path).at_span(span));
        }
    }
}

/// A heading at the start is the title when it is the only one of its level and none is above it;
/// headings below move up.
fn title_from_heading(mut metadata: Metadata, untitled: bool, blocks: &mut Vec<Block>) -> Metadata {
    // Below a title of its own a file may begin with its second level.
    let titled = metadata.title.is_some() || untitled;
    let level = blocks.first().and_then(Block::heading).map(|heading| heading.level);
    let rest = || blocks.iter().skip(1).filter_map(Block::heading);
    let alone = level.is_some_and(|level| rest().all(|heading| heading.level > level));
    if !titled
        && alone
        && let Block::Heading(heading) = blocks.remove(0)
    {
        metadata.title = Some(joined(heading.inlines));
    }
    let mut highest: Option<u8> = None;
    for block in &mut *blocks {
        block.each_heading_mut(&mut |heading| {
            highest = Some(highest.map_or(heading.level, |level| level.min(heading.level)));
        });
    }
    let lift = highest.unwrap_or(1).saturating_sub(1);
    let lift = if titled { lift.min(1) } else { lift };
    for block in blocks {
        block.each_heading_mut(&mut |heading| {
            heading.level = heading.level.saturating_sub(lift).clamp(1, 5);
        });
    }
    metadata
}

/// Inlines as one text, without their marks.
fn joined(inlines: Vec<Inline>) -> Text {
    let mut out = Text::default();
    let heading = Block::Heading(Heading::written(1, inlines));
    heading.texts().into_iter().for_each(|text| out.append(text));
    out
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
        let article = read(text, file, "a.md", "zh-Hans", &mut Sink::default()).unwrap();
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
                { "styled": { "style": "strong", "inlines": [
                    { "text": "乙" },
                    { "styled": { "style": "emphasis", "inlines": [{ "text": "丙" }] } },
                    { "text": "丁" },
                ] } },
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
        assert_eq!(blocks[0]["items"][1]["blocks"][1]["kind"], "list");
        assert_eq!(blocks[2]["text"], "let a;\n\nb\n");
    }

    #[test]
    fn entities_and_escapes_are_characters() {
        assert_eq!(article("a &amp; b \\* c &lt;d&gt;").blocks[0].plain(), "a & b * c <d>");
    }

    #[test]
    fn an_address_of_mail_is_one() {
        let article = article("见<ed@example.org>。");
        let Block::Paragraph(paragraph) = &article.blocks[0] else { panic!() };
        let Inline::Link { target, .. } = &paragraph.inlines[1] else { panic!() };
        assert_eq!(target, "mailto:ed@example.org");
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
    fn comments_and_tags_may_span_lines() {
        let article = article("甲\n\n<!-- 乙\n\n丙 -->\n\n<p\n  class='x'>丁</p>\n\n戊");
        let text: Vec<_> = article.blocks.iter().map(Block::plain).collect();
        assert_eq!(text, ["甲", "丁", "戊"]);
    }

    #[test]
    fn tables_have_a_head_and_cells_with_inlines() {
        let article = article("| 甲 | 乙 |\n|:-:|--:|\n| **丙** | a\\|b |\n");
        let Block::Table(table) = &article.blocks[0] else { panic!("no table") };
        assert_eq!((table.head, table.rows.len()), (1, 2));
        let cells: Vec<_> = table.cells().map(|cell| cell.blocks[0].plain()).collect();
        assert_eq!(cells, ["甲", "乙", "丙", "a|b"]);
        assert_eq!(table.rows[1].cells[1].align, Some(crate::article::CellAlign::Right));
        assert!(table.rows[0].cells[0].heading);
    }

    #[test]
    fn cells_beyond_the_head_are_kept() {
        let article = article("| 甲 | 乙 |\n|--|--|\n| 丙 | 丁 | 戊 | 己 |\n| 庚 |\n");
        let Block::Table(table) = &article.blocks[0] else { panic!("no table") };
        let cells = |row: usize| table.rows[row].cells.iter().map(|cell| cell.blocks.len());
        assert_eq!(cells(1).collect::<Vec<_>>(), [1, 1, 1, 1]);
        assert_eq!(table.rows[1].cells[3].blocks[0].plain(), "己");
    }

    #[test]
    fn notes_stand_in_the_order_of_their_references() {
        let article = article("甲[^b]乙[^a]。\n\n[^a]: 一\n[^b]: 二\n[^c]: 三\n");
        let notes: Vec<_> = article.notes.iter().map(|note| note.blocks[0].plain()).collect();
        assert_eq!(notes, ["二", "一", "三"], "a note without a reference is not lost");
        assert_eq!(article.blocks[0].plain(), "甲乙。");
    }

    #[test]
    fn quotations_say_how_they_are_set_apart() {
        use crate::article::Apart;
        let article = article("> [!BOX]\n> 甲\n>\n> 乙\n\n> [!pull]\n> 丙\n\n> [!那]\n> 丁\n");
        let found: Vec<_> = article
            .blocks
            .iter()
            .map(|block| match block {
                Block::Quote { apart, .. } => (*apart, block.plain()),
                _ => panic!("no quotation"),
            })
            .collect();
        let expected = [
            (Apart::Sidebar, "甲乙".to_owned()),
            (Apart::PullQuote, "丙".to_owned()),
            (Apart::Quotation, "[!那]丁".to_owned()),
        ];
        assert_eq!(found, expected);
        let once = crate::manuscript::markdown(&article);
        assert!(once.contains("> [!SIDEBAR]\n> 甲"), "{once}");
    }

    #[test]
    fn tasks_and_struck_words_are_carried() {
        let blocks = json("- [x] 甲\n- [ ] 乙~~丙~~\n");
        assert_eq!(blocks[0]["items"][0]["done"], true);
        assert_eq!(blocks[0]["items"][1]["done"], false);
        let struck = &blocks[0]["items"][1]["blocks"][0]["inlines"][1]["styled"];
        assert_eq!(struck["style"], "deleted");
    }

    #[test]
    fn readings_stand_beside_their_words() {
        let blocks = json("甲{漢字|かん|じ}乙{今日|きょう}{a|b}");
        let inlines = &blocks[0]["inlines"];
        assert_eq!(inlines[1]["ruby"], serde_json::json!({ "base": "漢", "reading": "かん" }));
        assert_eq!(inlines[2]["ruby"], serde_json::json!({ "base": "字", "reading": "じ" }));
        assert_eq!(inlines[4]["ruby"], serde_json::json!({ "base": "今日", "reading": "きょう" }));
        assert_eq!(inlines[5]["text"], "{a|b}", "code in braces is no ruby");
    }

    #[test]
    fn inline_tags_that_mean_something_are_kept() {
        let blocks =
            json("H<sub>2</sub>O，<u>甲<b>乙</b></u>，<ruby>漢<rt>かん</rt></ruby>，<u>丙\n\n丁");
        let inlines = &blocks[0]["inlines"];
        assert_eq!(inlines[1]["styled"]["style"], "subscript");
        assert_eq!(inlines[3]["styled"]["inlines"][1]["styled"]["style"], "strong");
        assert_eq!(inlines[5]["ruby"]["reading"], "かん");
        assert_eq!(inlines[6]["text"], "，丙", "a tag that is not closed says nothing");
    }

    #[test]
    fn pictures_alone_are_figures_with_captions() {
        let blocks = json(
            "![甲](a.png \"乙\")\n\n![](b.png)\\\n丙**丁**\n\n文![](c.png)\n\n<img src='d.png' alt=''>\n",
        );
        assert_eq!(blocks[0]["images"][0]["source"], "a.png");
        assert_eq!(blocks[0]["images"][0]["alt"], "甲");
        assert_eq!(blocks[0]["caption"][0]["text"], "乙");
        assert_eq!(blocks[1]["caption"][1]["styled"]["style"], "strong");
        assert_eq!(blocks[2]["inlines"][1]["image"]["source"], "c.png");
        assert_eq!(blocks[3]["images"][0]["alt"], "");
    }

    #[test]
    fn lines_that_another_program_fills_in_are_warnings() {
        let text = "文\n\n```rust\n{{#include ../a.rs:here}}\n```\n\n{{#title}}\n";
        let mut sink = Sink::default();
        let article = read(text, FileId(0), "a.md", "zh-Hans", &mut sink).unwrap();
        assert_eq!(sink.found().len(), 1);
        assert_eq!(sink.found()[0].code, Code::IncludeMissing);
        assert!(article.blocks[1].plain().contains("include"), "the line is kept");
    }

    #[test]
    fn what_is_not_carried_is_refused_with_its_place() {
        let text = "甲\n\n<script>甲</script>";
        let read = read(text, FileId(0), "a.md", "zh-Hans", &mut Sink::default());
        assert!(read.is_err(), "{text}");
    }

    /// What an editor wrote and nobody will see, or will see as it stands.
    #[test]
    fn what_has_no_effect_is_said_with_its_place() {
        for (text, expected) in [
            ("甲<video src='a'></video>乙", Some((Code::Embedded, "<video src='a'>"))),
            ("甲\n\n<iframe src='a'></iframe>\n", Some((Code::Embedded, "<iframe src='a'>"))),
            ("甲[^1]乙", Some((Code::MarkupUnused, "[^1]"))),
            ("甲[^a&amp;b]乙", Some((Code::MarkupUnused, "[^a&amp;b]"))),
            ("甲[^1]\n\n[^1]: 注\n\n[^2]: 注\n", Some((Code::NoteUncalled, ""))),
            ("> [!BOXX] 甲\n> 乙\n", Some((Code::MarkupUnused, "> [!BOXX] 甲"))),
            ("> [!BOX] 甲\n> 乙\n", Some((Code::MarkupUnused, "> [!BOX] 甲"))),
            ("甲[^Note]\n\n[^note]: 注\n", None),
            ("甲\\[^1\\]乙，[^一 二]，[^[^[^", None),
            ("> [![甲](a.png)](https://a.cn)\n", None),
            ("`[^1]`\n\n    [^2]\n\n> [!BOX]\n> 甲\n\n丙[^a]\n\n[^a]: 注", None),
        ] {
            let mut sink = Sink::default();
            read(text, FileId(0), "a.md", "zh-Hans", &mut sink).unwrap();
            let told = sink.found().iter().map(|finding| match &finding.place {
                Some(crate::diagnostics::Place::Span(span)) => (finding.code, &text[span.range()]),
                _ => (finding.code, ""),
            });
            assert_eq!(told.collect::<Vec<_>>(), Vec::from_iter(expected), "{text}");
        }
    }
}
