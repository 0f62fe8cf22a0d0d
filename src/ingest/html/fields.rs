//! What a page says about its article outside the main text: who, when, from where.
//!
//! The head of the page says it to machines, the lines around the main text to readers, and sites
//! of governments in a table. Each field is taken from the first place that has it, as it stands
//! there.

use super::authors::{authors, names};
use super::dom::NodeId;
use super::main_text::is_block;
use super::page::Page;
use super::title::{solid, trim};
use crate::article::{Date, Metadata, RuleId, Text};
use crate::source::Span;
use regex::Regex;
use std::sync::LazyLock;

const WECHAT_TIME: RuleId = RuleId("html::unix-time");

/// Names of `<meta>` elements that hold the date, best first.
const DATES: &[&str] = &[
    "article:published_time",
    "PubDate",
    "pubdate",
    "publishdate",
    "publish_date",
    "publishDate",
    "og:release_date",
    "og:published_time",
    "weibo:article:create_at",
    "datePublished",
    "bytedance:published_time",
    "dateUpdate",
    "date",
];

/// Names of `<meta>` elements that hold the source.
const SOURCES: &[&str] = &["ContentSource", "contentsource", "source", "mediaid"];

#[expect(clippy::expect_used, reason = "literal patterns, compiled by every test")]
pub(super) fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a literal pattern")
}

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:19|20)\d{2}(?:\s*年\s*|[-/.])\d{1,2}(?:\s*月\s*|[-/.])\d{1,2}(?:\s*日)?(?:[T\s]*\d{1,2}\s*[:：时]\s*\d{2}(?:[:：分]\s*\d{2}秒?)?)?",
    )
});
static SOURCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:信息来源|文章来源|新闻来源|本文来源|稿件来源|来源|來源|稿源|出处)\s*[:：]\s*([^\s|｜丨,，。;；:：]{2,30})",
    )
});
/// What the publishing system of digital newspapers writes into a comment.
static NEWSPAPER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"<(date|author)>([^<]{1,80})</(?:date|author)>"));
static EDITOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:责任编辑|責任編輯|责编|编辑|編輯)\s*[:：]\s*([\p{Han}A-Za-z·]{2,12}(?:[\s、，,]+[\p{Han}]{2,4})*)",
    )
});
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?:"(?:datePublished|pubDate|pubtime|publishTime|publish_time)"\s*:\s*"|(?:publish_time|createTime)\s*=\s*['"])((?:19|20)\d{2}[-/]\d{1,2}[-/]\d{1,2}[^'"]{0,16})['"]"#,
    )
});
static UNIX_TIME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"var\s+(?:ct|oriCreateTime)\s*=\s*['"](\d{10})['"]"#));

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    Before,
    Inside,
    After,
}

/// A line of the page.
pub(super) struct Line {
    pub(super) text: Text,
    pub(super) zone: Zone,
}

/// Fills in what the page says, the title aside.
pub(super) fn read(page: &Page<'_>, root: NodeId, metadata: &mut Metadata) {
    let table = labelled_cells(page, root);
    let cell = |names: &[&str]| {
        table
            .iter()
            .find(|(label, _)| names.contains(&label.as_str()))
            .map(|(_, value)| value.clone())
    };
    if let Some(title) = cell(&["标题", "名称", "信息名称"]) {
        metadata.title = Some(title);
    }
    let lines = near(lines(page, root), metadata.title.as_ref());
    metadata.date =
        cell(&["发布日期", "发布时间"]).and_then(Date::read).or_else(|| date(page, &lines));
    let office = cell(&["发文机关", "发布机构", "发文机构", "发布单位"]);
    metadata.authors = match office {
        Some(office) => names(&office),
        None => authors(page, root, &lines),
    };
    metadata.source = captured(&SOURCE, &lines)
        .or_else(|| SOURCES.iter().find_map(|name| page.meta(name)))
        .or_else(|| page.by_mark("js_name").map(|id| trim(&page.words(id))))
        .filter(|text| !text.is_empty());
    metadata.editor = captured(&EDITOR, &lines).map(|text| trim(&text));
    metadata.source_url = address(page);
    dedupe(metadata);
}

/// A publication is no author of its own articles twice over.
fn dedupe(metadata: &mut Metadata) {
    let mut seen: Vec<String> = Vec::new();
    metadata.authors.retain(|author| {
        let name = solid(author.name.as_str());
        let new = !name.is_empty() && !seen.contains(&name);
        seen.push(name);
        new
    });
}

/// The address that relative ones on the page are relative to: what the page says of itself.
pub(super) fn home(page: &Page<'_>) -> Option<String> {
    let whole = |address: &str| address.starts_with("http").then(|| address.to_owned());
    let base = page.elements().find(|id| page.name(*id) == "base");
    let base = base.and_then(|id| whole(page.attribute(id, "href")?.trim()));
    base.or_else(|| whole(address(page)?.as_str()))
}

/// Where the page was published.
fn address(page: &Page<'_>) -> Option<Text> {
    let canonical = page
        .elements()
        .find(|id| page.name(*id) == "link" && page.attribute(*id, "rel") == Some("canonical"));
    let link = canonical.and_then(|id| page.attribute_text(id, "href"));
    let found = link.or_else(|| page.meta("og:url"));
    found.filter(|text| text.as_str().starts_with("http"))
}

/// Pairs of a label and a value in tables: `发文机关：` | `国务院`.
fn labelled_cells(page: &Page<'_>, root: NodeId) -> Vec<(String, Text)> {
    let mut out = Vec::new();
    let mut walk = page.all(0);
    while let Some(id) = walk.next() {
        if id == root {
            walk.skip_below(id);
            continue;
        }
        if !matches!(page.name(id), "td" | "th" | "dt" | "li") || page.children(id).count() > 3 {
            continue;
        }
        let words = page.words(id);
        let label = words.as_str();
        if label.chars().count() > 24 || !label.trim_end().ends_with(['：', ':']) {
            continue;
        }
        let mut after = std::iter::successors(page.nodes.get(id).and_then(|n| n.next), |id| {
            page.nodes.get(*id)?.next
        });
        let value = after.find(|id| !page.name(*id).is_empty()).map(|id| trim(&page.words(id)));
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            out.push((solid(label), value));
        }
    }
    out
}

/// The lines of the page.
fn lines(page: &Page<'_>, root: NodeId) -> Vec<Line> {
    let mut lines =
        Lines { page, root, out: Vec::new(), open: Text::default(), zone: Zone::Before };
    lines.node(0);
    lines.end();
    lines.out
}

struct Lines<'a> {
    page: &'a Page<'a>,
    root: NodeId,
    out: Vec<Line>,
    open: Text,
    zone: Zone,
}

impl Lines<'_> {
    fn node(&mut self, id: NodeId) {
        if let Some(text) = self.page.text(id) {
            return self.open.append(text);
        }
        if id != self.root && self.page.is_unseen(id) {
            return;
        }
        let block = is_block(self.page.name(id)) || id == self.root;
        if block {
            self.end();
        }
        if id == self.root {
            self.zone = Zone::Inside;
        }
        for child in self.page.children(id) {
            self.node(child);
        }
        if block {
            self.end();
        }
        if id == self.root {
            self.zone = Zone::After;
        }
    }

    fn end(&mut self) {
        let text = trim(&std::mem::take(&mut self.open));
        if !text.is_empty() {
            self.out.push(Line { text, zone: self.zone });
        }
    }
}

/// Whether a line is a paragraph of the text rather than one of its head.
pub(super) fn is_paragraph(line: &str) -> bool {
    line.chars().count() >= 40 && line.contains(['，', '。'])
}

/// The lines around the head of the text, from the title on, and a few after its end.
fn near(lines: Vec<Line>, title: Option<&Text>) -> Vec<Line> {
    let title = title.map(|title| solid(title.as_str())).unwrap_or_default();
    let is_title = |line: &Line| !title.is_empty() && solid(line.text.as_str()).contains(&title);
    let opens = |line: &Line| line.zone == Zone::Inside && is_paragraph(line.text.as_str());
    let start = lines.iter().position(opens);
    let inside = lines.iter().position(|line| line.zone == Zone::Inside).unwrap_or(lines.len());
    let start = start.unwrap_or(inside).min(inside + 12);
    let after = lines.iter().position(|line| line.zone == Zone::After).unwrap_or(lines.len());
    // The last line with the title is the one above the text; those before it lead elsewhere.
    let titled = lines.iter().take(start).rposition(is_title);
    let from = titled.map_or(inside.saturating_sub(8), |at| at.saturating_sub(2));
    let short = |line: &Line| line.text.as_str().chars().count() <= 200;
    let is_near = |at: usize| (from..start).contains(&at) || (after..after + 12).contains(&at);
    let lines = lines.into_iter().enumerate().filter(|(at, _)| is_near(*at));
    lines.map(|(_, line)| line).filter(short).collect()
}

pub(super) fn captured(pattern: &Regex, lines: &[Line]) -> Option<Text> {
    lines.iter().find_map(|line| {
        let found = pattern.captures(line.text.as_str())?.get(1)?;
        Some(line.text.slice(found.range())).filter(|text| !text.as_str().trim().is_empty())
    })
}

fn date(page: &Page<'_>, lines: &[Line]) -> Option<Date> {
    let meta = DATES.iter().filter_map(|name| page.meta(name)).find_map(Date::read);
    let marked = || {
        let mut times = page.elements().filter(|id| {
            page.attribute(*id, "itemprop") == Some("datePublished") || page.name(*id) == "time"
        });
        times.find_map(|id| {
            let value =
                page.attribute_text(id, "datetime").or_else(|| page.attribute_text(id, "content"));
            Date::read(value.unwrap_or_else(|| trim(&page.words(id))))
        })
    };
    let seen = |before: bool| {
        lines.iter().filter(|line| (line.zone != Zone::After) == before).find_map(|line| {
            let found = DATE.find(line.text.as_str())?;
            Date::read(line.text.slice(found.range()))
        })
    };
    let newspaper = || newspaper(page, "date").and_then(Date::read);
    meta.or_else(newspaper)
        .or_else(|| seen(true))
        .or_else(marked)
        .or_else(|| published_by_script(page))
        .or_else(|| seen(false))
        .map(for_people)
}

/// `2018-04-04T00:00:00+08:00` is how machines write a day.
fn for_people(date: Date) -> Date {
    let machine = date.text.as_str().as_bytes().get(10) == Some(&b'T');
    let text = if machine { date.text.slice(0..10) } else { date.text };
    Date { text, ..date }
}

/// A field that digital newspapers write into a comment.
pub(super) fn newspaper(page: &Page<'_>, field: &str) -> Option<Text> {
    let comment = page.source.find("<!--enpproperty")?;
    let end = page.source.get(comment..)?.find("-->")? + comment;
    let written = page.source.get(comment..end)?;
    let mut found = NEWSPAPER.captures_iter(written);
    let one =
        found.find(|found| found.get(1).is_some_and(|name| name.as_str() == field))?.get(2)?;
    Some(trim(&Text::kept(one.as_str(), page.file, comment + one.start())))
        .filter(|text| !text.is_empty())
}

/// Pages that show their date by a script have it there.
fn published_by_script(page: &Page<'_>) -> Option<Date> {
    let scripts = || {
        let scripts = page.elements().filter(|id| page.name(*id) == "script");
        scripts.filter_map(|id| page.children(id).find_map(|child| page.text(child)))
    };
    let written = scripts().find_map(|text| {
        let found = PUBLISHED.captures(text.as_str())?.get(1)?;
        Date::read(trim(&text.slice(found.range())))
    });
    written.or_else(|| {
        scripts().find_map(|text| {
            let found = UNIX_TIME.captures(text.as_str())?.get(1)?;
            let seconds: i64 = found.as_str().parse().ok()?;
            // Dates of Chinese pages are China's: UTC+8 all year round.
            let time = chrono::DateTime::from_timestamp(seconds + 8 * 3600, 0)?;
            let span = text.slice(found.range()).runs().first()?.span;
            let mut out = Text::default();
            out.push(&time.format("%Y-%m-%d").to_string(), Span { ..span }, Some(WECHAT_TIME));
            Date::read(out)
        })
    })
}

impl Page<'_> {
    /// The value of a `<meta>` element.
    pub(super) fn meta(&self, name: &str) -> Option<Text> {
        let is = |id: &NodeId| {
            self.name(*id) == "meta"
                && ["name", "property", "itemprop"]
                    .iter()
                    .any(|key| self.attribute(*id, key) == Some(name))
        };
        self.elements().filter(is).find_map(|id| self.attribute_text(id, "content"))
    }

    /// The first element with a class, an id, a `rel` or an `itemprop` of this name.
    pub(super) fn by_mark(&self, mark: &str) -> Option<NodeId> {
        let is = |id: &NodeId| {
            ["class", "id", "rel", "itemprop"].iter().any(|key| {
                self.attribute(*id, key)
                    .is_some_and(|v| v.split_whitespace().any(|one| one == mark))
            })
        };
        self.elements().find(|id| !self.is_unseen(*id) && is(id))
    }
}
