//! Who wrote the article of a page.
//!
//! A line near the text that says so comes first, then what the page says to machines, then what
//! the text itself says at its head or its end. A name is one by its form and by what it is not.

use super::dom::NodeId;
use super::fields::{Line, captured, newspaper, pattern};
use super::page::Page;
use super::title::trim;
use crate::article::{Author, Text};
use regex::Regex;
use std::sync::LazyLock;

/// Names of `<meta>` elements that hold the author.
const AUTHORS: &[&str] = &["author", "Author", "article:author", "og:article:author"];

/// Elements that hold the author's name, by class, id, `rel` or `itemprop`.
const AUTHOR_MARKS: &[&str] = &[
    "js_author_name",
    "js_author",
    "author-name",
    "author_name",
    "post-author",
    "author",
    "byline",
    "authors",
    "AuthorInfo-name",
    "user-name",
    "nickname",
    "founder-author",
    "writer",
];

/// Family names, the hundred most common and some more: where nothing else says that a word is a
/// name.
const FAMILY_NAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈\
    姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

/// What may follow a name on its line.
const LABELS: &[&str] = &[
    "来源",
    "稿源",
    "时间",
    "发布",
    "日期",
    "编辑",
    "责编",
    "阅读",
    "点击",
    "浏览",
    "字号",
    "摄影",
    "审核",
    "关注",
    "发布时间",
    "责任编辑",
];

/// What stands in the way of an author's name.
const NO_NAMES: &[&str] = &[
    "网",
    "站",
    "编辑部",
    "管理员",
    "admin",
    "http",
    "www",
    ".com",
    "技术",
    "公司",
    "登录",
    "日报",
    "未知",
    "佚名",
    ".net",
];

static AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:文章作者|作者|撰文|撰稿|采写|采访|执笔|发布者|供稿|[记記]者|^文)\s*[:：/／]\s*([^|｜丨;；:：]{1,40})",
    )
});
static REPORTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^\p{Han}{0,8}(?:记者|記者)[\s丨|]+(\p{Han}{2,4}(?:[\s、]+\p{Han}{2,4})*)$")
});
/// 〔記者林雅惠∕台南報導〕, as newspapers of Taiwan open their first paragraph.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[〔（(【\[]?(?:[記记]者)(\p{Han}{2,4}(?:[、，]\p{Han}{2,4})*)[∕／/]\p{Han}{2,6}[報报][導导]",
    )
});
/// （张巨峰）, as papers close their last paragraph.
static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[。！？”…][（(](?:(?:本[报刊网])?(?:通讯员|记者)\s*)?(\p{Han}{2,3}(?:[\s、]+\p{Han}{2,3})*)[)）]$",
    )
});
static SAID_TO_MACHINES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#""author"\s*:\s*\[?\s*\{[^{}]*"name"\s*:\s*"([^"\\]{1,40})""#));

/// The authors, from the first place that names any.
pub(super) fn authors(page: &Page<'_>, root: NodeId, lines: &[Line]) -> Vec<Author> {
    if let Some(found) = captured(&AUTHOR, lines) {
        let found = names(&found);
        if !found.is_empty() {
            return found;
        }
    }
    if let Some(found) = newspaper(page, "author").or_else(|| captured(&REPORTER, lines)) {
        return names(&found);
    }
    let person = page.elements().find(|id| page.attribute(*id, "itemprop") == Some("author"));
    let person = person.into_iter().flat_map(|id| page.all(id)).find_map(|id| {
        let is_name = page.attribute(id, "itemprop") == Some("name");
        is_name.then(|| page.attribute_text(id, "content")).flatten().map(|name| names(&name))
    });
    let meta = AUTHORS.iter().filter_map(|name| page.meta(name)).map(|text| names(&text));
    let marked = AUTHOR_MARKS.iter().filter_map(|mark| {
        let id = page.by_mark(mark)?;
        (id < root).then(|| names(&without_label(&trim(&page.words(id)))))
    });
    let scripts = page.elements().filter(|id| page.name(*id) == "script");
    let said = scripts.filter_map(|id| {
        let text = page.children(id).find_map(|child| page.text(child))?;
        let found = SAID_TO_MACHINES.captures(text.as_str())?.get(1)?;
        Some(names(&text.slice(found.range())))
    });
    let text = std::iter::once_with(|| said_in_text(page, root));
    let mut found = person
        .into_iter()
        .chain(meta)
        .chain(marked)
        .chain(said)
        .chain(text)
        .filter(|names| !names.is_empty());
    found.next().unwrap_or_default()
}

/// The reporter that the first paragraph opens with, or the writer that the last one ends with.
fn said_in_text(page: &Page<'_>, root: NodeId) -> Vec<Author> {
    let paragraph = |id: &NodeId| matches!(page.name(*id), "p" | "div") && id != &root;
    let lines = page.all(root).filter(paragraph).map(|id| trim(&page.words(id)));
    let lines: Vec<Text> = lines.filter(|text| !text.is_empty()).collect();
    let found = |pattern: &Regex, line: &Text| {
        let found = pattern.captures(line.as_str())?.get(1)?;
        Some(line.slice(found.range()))
    };
    if let Some(reporter) = lines.iter().take(4).find_map(|line| found(&OPENING, line)) {
        return names(&reporter);
    }
    let writer = lines.iter().rev().take(2).find_map(|line| found(&CLOSING, line));
    let mut writers = writer.map(|writer| names(&writer)).unwrap_or_default();
    writers.retain(|writer| {
        let first = writer.name.as_str().chars().next();
        first.is_some_and(|first| FAMILY_NAMES.contains(first))
    });
    writers
}

/// `作者：张三` → `张三`.
fn without_label(text: &Text) -> Text {
    let value = text.as_str();
    let start = value.rfind(['：', ':']).map_or(0, |at| {
        at + value.get(at..).and_then(|s| s.chars().next()).map_or(1, char::len_utf8)
    });
    trim(&text.slice(start..value.len()))
}

/// Names in a row: those of two to four characters are parted by spaces too.
pub(super) fn names(text: &Text) -> Vec<Author> {
    let value = text.as_str();
    let label = |word: &&str| LABELS.contains(&word.trim_end_matches(['：', ':', '/']));
    let cut = value.split_whitespace().skip(1).find(label).and_then(|word| value.find(word));
    let value = value.get(..cut.unwrap_or(value.len())).unwrap_or(value);
    let mut pieces: Vec<std::ops::Range<usize>> = Vec::new();
    let mut start = 0;
    for (at, mark) in value.match_indices(['、', '，', ',', ';', '；', '/', '&']) {
        pieces.push(start..at);
        start = at + mark.len();
    }
    pieces.push(start..value.len());
    let is_han = |word: &str| {
        !word.is_ascii() && (2..=4).contains(&word.chars().count()) && !LABELS.contains(&word)
    };
    let mut out = Vec::new();
    for piece in pieces {
        let part = value.get(piece.clone()).unwrap_or_default();
        let words: Vec<&str> = part.split(char::is_whitespace).filter(|w| !w.is_empty()).collect();
        // What follows the names on the line is not one of them.
        let named = words.iter().take_while(|word| is_han(word)).count();
        let ranges: Vec<_> = match words.as_slice() {
            [_, _, ..] if named > 0 => {
                words.iter().take(named).filter_map(|w| place(value, w, piece.start)).collect()
            }
            _ => vec![piece],
        };
        out.extend(ranges.into_iter().map(|range| trim(&text.slice(range))));
    }
    out.retain(|name| is_name(name.as_str()));
    out.into_iter().map(Author::from).collect()
}

fn place(value: &str, word: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let at = value.get(from..)?.find(word)? + from;
    Some(at..at + word.len())
}

fn is_name(name: &str) -> bool {
    let length = name.chars().count();
    (1..=40).contains(&length)
        && name.chars().any(char::is_alphabetic)
        && !name.contains(|c: char| {
            matches!(c, '。' | '！' | '？' | '【' | '】' | '[' | ']' | '“' | '”')
        })
        && !NO_NAMES.iter().any(|part| name.to_lowercase().contains(part))
}
