//! Lines of the head that carry fields: datelines, bylines, labelled lines.
//!
//! Each function takes a line and gives the fields in it as slices of the line's text. What is
//! left, labels and counters, is a removal.

use crate::article::{Date, Removal, RuleId, Text};
use crate::source::Span;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

const COUNTER: RuleId = RuleId("structure::counter");
const LABEL: RuleId = RuleId("structure::label");

#[expect(clippy::expect_used, reason = "a literal pattern, compiled by every test")]
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\d{4})(?:[-/.]|\s*年\s*)(\d{1,2})(?:[-/.]|\s*月\s*)(\d{1,2})(?:\s*日)?(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?")
        .expect("a literal pattern")
});

#[expect(clippy::expect_used, reason = "a literal pattern, compiled by every test")]
static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(发布时间|发布日期|时间|日期|来源|稿源|作者|责任编辑|责编|编辑|点击|点击数|点击率|点击量|浏览|浏览量|浏览次数|阅读|阅读量|字号|字体)\s*[:：]\s*")
        .expect("a literal pattern")
});

/// The fields of a dateline.
#[derive(Debug, Default)]
pub(super) struct Dateline {
    pub(super) date: Option<Date>,
    pub(super) source: Option<Text>,
    pub(super) author: Option<Text>,
    pub(super) editor: Option<Text>,
    pub(super) removed: Vec<Removal>,
}

/// Reads `2021-04-26 16:16:21 来源:楚天法治 点击: 0`. A line without a date, or with words that
/// belong to no field, is no dateline but text.
pub(super) fn dateline(line: &Text) -> Option<Dateline> {
    let text = line.as_str();
    let mut out = Dateline::default();
    let mut used: Vec<(Range<usize>, Option<RuleId>)> = Vec::new();
    if let Some((date, range)) = find_date(line) {
        used.push((range, None));
        out.date = Some(date);
    }
    let fields: Vec<_> =
        FIELD.captures_iter(text).filter_map(|c| Some((c.get(0)?, c.get(1)?))).collect();
    for (at, (label, key)) in fields.iter().enumerate() {
        let end = fields.get(at + 1).map_or(text.len(), |(next, _)| next.start());
        let end =
            used.iter().map(|(r, _)| r.start).filter(|s| *s >= label.end()).fold(end, usize::min);
        let value = trimmed(text, label.end()..end);
        let slot = match key.as_str() {
            "来源" | "稿源" => &mut out.source,
            "作者" => &mut out.author,
            "责任编辑" | "责编" | "编辑" => &mut out.editor,
            "发布时间" | "发布日期" | "时间" | "日期" => {
                used.push((label.range(), Some(LABEL)));
                continue;
            }
            _ => {
                used.push((label.start()..value.end, Some(COUNTER)));
                continue;
            }
        };
        used.push((label.range(), Some(LABEL)));
        if !value.is_empty() && slot.is_none() {
            *slot = Some(line.slice(value.clone()));
            used.push((value, None));
        }
    }
    if out.date.is_none() || has_stray_words(text, &used) {
        return None;
    }
    out.removed = leftovers(line, used);
    Some(out)
}

/// Whether letters, digits or Han stand outside everything that was used.
fn has_stray_words(text: &str, used: &[(Range<usize>, Option<RuleId>)]) -> bool {
    let is_used = |at: usize| used.iter().any(|(range, _)| range.contains(&at));
    text.char_indices().any(|(at, c)| c.is_alphanumeric() && !is_used(at))
}

/// The first date of a line, with its time.
pub(super) fn find_date(line: &Text) -> Option<(Date, Range<usize>)> {
    let found = DATE.captures(line.as_str())?;
    let range = found.get(0)?.range();
    let number = |at: usize| found.get(at)?.as_str().parse::<u16>().ok();
    let (year, month, day) = (number(1)?, number(2)?, number(3)?);
    let valid = (1..=12).contains(&month) && (1..=31).contains(&day);
    let small = |n: u16| u8::try_from(n).ok();
    let text = line.slice(range.clone());
    valid.then_some(())?;
    Some((Date { text, year, month: small(month)?, day: small(day)? }, range))
}

/// The names of a byline, and the removals: label, spaces, brackets.
pub(super) fn names(line: &Text) -> (Vec<Text>, Vec<Removal>) {
    let text = line.as_str();
    let start = label_end(text);
    let body = trimmed(text, start..closed_end(text).max(start));
    let separators = |c: char| c.is_whitespace() || matches!(c, '、' | '，' | ',' | '/' | '；');
    let pieces: Vec<Range<usize>> = split(text, body.clone(), separators);
    // `王 芳` is one name set to the width of three, `张三 李四` are two.
    let spaced = pieces.iter().all(|p| text[p.clone()].chars().count() == 1);
    let pieces = if spaced { vec![body] } else { pieces };
    let names: Vec<Text> = pieces.iter().map(|p| line.slice(p.clone())).collect();
    let used = pieces.into_iter().map(|p| (p, None)).collect();
    (names, leftovers(line, used))
}

/// The value of a labelled line such as `来源：…`, without its brackets, and the removals.
pub(super) fn labelled(line: &Text) -> (Text, Vec<Removal>) {
    let text = line.as_str();
    let start = label_end(text);
    let range = trimmed(text, start..closed_end(text).max(start));
    (line.slice(range.clone()), leftovers(line, vec![(range, None)]))
}

/// Where a line ends without the bracket that closes the one it begins with.
fn closed_end(text: &str) -> usize {
    let line = text.trim_end();
    let closer = match text.chars().next() {
        Some('（' | '(') => ['）', ')'],
        Some('【' | '[') => ['】', ']'],
        _ => return line.len(),
    };
    // A line like `【来源】某报` has closed its bracket already.
    let open = |c: &char| matches!(c, '（' | '(' | '【' | '[');
    let close = |c: &char| matches!(c, '）' | ')' | '】' | ']');
    let depth = line.chars().filter(open).count() >= line.chars().filter(close).count();
    match line.strip_suffix(closer) {
        Some(inner) if depth => inner.len(),
        _ => line.len(),
    }
}

/// Where the label of a line ends.
fn label_end(text: &str) -> usize {
    const MARKS: [char; 7] = [':', '：', '/', '／', '丨', '|', '】'];
    let roles = ["本刊", "本报", "新华社", "特约", "记者", "通讯员", "评论员"];
    if text.starts_with(['□', '■', '●', '◎', '○', '◆', '◇']) {
        return text.chars().next().map_or(0, char::len_utf8);
    }
    if roles.iter().any(|r| text.starts_with(r)) {
        let end = roles.iter().filter_map(|r| text.find(r).map(|at| at + r.len())).max();
        return end.unwrap_or(0);
    }
    text.char_indices()
        .take(10)
        .find(|(_, c)| MARKS.contains(c))
        .map_or(0, |(at, c)| at + c.len_utf8())
}

fn split(text: &str, range: Range<usize>, separator: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = range.start;
    for (at, c) in text[range.clone()].char_indices().map(|(at, c)| (range.start + at, c)) {
        if separator(c) {
            if start < at {
                out.push(start..at);
            }
            start = at + c.len_utf8();
        }
    }
    if start < range.end {
        out.push(start..range.end);
    }
    out
}

/// `range` without white space and separators at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let blank = |c: char| c.is_whitespace() || matches!(c, '|' | '丨');
    let lead = part.len() - part.trim_start_matches(blank).len();
    let body = part.trim_matches(blank);
    range.start + lead..range.start + lead + body.len()
}

/// Everything of a line that was not used, as removals.
fn leftovers(line: &Text, mut used: Vec<(Range<usize>, Option<RuleId>)>) -> Vec<Removal> {
    used.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = Vec::new();
    let mut take = |range: Range<usize>, rule| {
        let spans = line.slice(range).runs().iter().map(|run| run.span).collect::<Vec<Span>>();
        out.extend(spans.into_iter().map(|span| Removal { span, rule }));
    };
    let mut at = 0;
    for (range, rule) in used {
        take(at..range.start.max(at), LABEL);
        if let Some(rule) = rule {
            take(range.start.max(at)..range.end, rule);
        }
        at = range.end.max(at);
    }
    take(at..line.as_str().len(), LABEL);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn text(line: &str) -> Text {
        Text::kept(line, FileId(0), 0)
    }

    #[test]
    fn a_dateline_gives_its_fields() {
        let found = dateline(&text("2021-04-26 16:16:21 来源:楚天法治 点击: 0")).unwrap();
        let date = found.date.unwrap();
        assert_eq!(date.text.as_str(), "2021-04-26 16:16:21");
        assert_eq!(date.iso(), "2021-04-26");
        assert_eq!(found.source.unwrap().as_str(), "楚天法治");
        assert!(found.author.is_none());
        let removed: usize = found.removed.iter().map(|r| r.span.end - r.span.start).sum();
        assert_eq!(removed, " 来源: 点击: 0".len());
    }

    #[test]
    fn a_sentence_with_a_date_is_no_dateline() {
        for line in
            ["1949年10月1日 开国大典在北京举行", "2021-99-99 来源:甲", "（2021年3月5日通过）"]
        {
            assert!(dateline(&text(line)).is_none(), "{line}");
        }
        assert!(dateline(&text("来源:2021-04-26 甲")).is_none());
        assert!(dateline(&text("发布时间：2021-04-26 来源：甲")).is_some());
    }

    #[test]
    fn names_are_split_and_joined() {
        let check = |line: &str| -> Vec<String> {
            names(&text(line)).0.iter().map(|n| n.as_str().to_owned()).collect()
        };
        assert_eq!(check("文/吴秀金"), ["吴秀金"]);
        assert_eq!(check("□ 张三 李四"), ["张三", "李四"]);
        assert_eq!(check("本刊记者 赵六"), ["赵六"]);
        assert_eq!(check("作者:王 芳"), ["王 芳"]);
        assert_eq!(check("作者：张三、李四"), ["张三", "李四"]);
    }

    #[test]
    fn a_label_is_taken_off() {
        let (value, removed) = labelled(&text("来源：人民日报（海外版）"));
        assert_eq!((value.as_str(), removed.len()), ("人民日报（海外版）", 1));
        assert_eq!(names(&text("文/张三（本刊记者）")).0[0].as_str(), "张三（本刊记者）");
        let (value, removed) = labelled(&text("（责任编辑：周某）"));
        assert_eq!(value.as_str(), "周某");
        assert_eq!(removed.len(), 2);
    }
}
