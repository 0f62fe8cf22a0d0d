//! The title of a page.
//!
//! A page says its title several times: in its head, for those who share it, and to those who
//! read it. What readers see and the head confirms is the title; the site's name and the section
//! that a head adds are not.

use super::dom::NodeId;
use super::known::TITLES;
use super::page::Page;
use crate::article::Text;
use crate::ingest::row::blank;

/// Names of `<meta>` elements that hold the title.
const META: &[&str] = &["og:title", "ArticleTitle", "articletitle", "twitter:title", "title"];

/// How the names of sections end.
const SECTIONS: &[&str] =
    &["动态", "中心", "频道", "新闻", "要闻", "资讯", "公告", "通知", "栏目", "详情", "正文"];

/// The title of a page, with its origin.
pub(super) fn find(page: &Page<'_>, root: NodeId) -> Option<Text> {
    let head = head_title(page);
    let meta = META.iter().find_map(|name| page.meta(name));
    let whole = solid(head.as_ref().map_or("", Text::as_str));
    let shared = solid(meta.as_ref().map_or("", Text::as_str));
    let confirmed = |words: &str| {
        let words = solid(words);
        let length = words.chars().count();
        length >= 4 && (whole.contains(&words) || shared.contains(&words))
            || length >= 2 && (words == whole || words == shared)
    };
    let seen = candidates(page, root);
    let best = seen.iter().filter(|(_, text)| confirmed(text.as_str()));
    let best = best.max_by_key(|(rank, text)| (solid(text.as_str()).chars().count(), *rank));
    let long = |text: &Text| solid(text.as_str()).chars().count() >= 8;
    if let Some((_, text)) = best {
        // A name as short as a section's gives way to a heading right above the text.
        let nearer = seen.iter().rev().find(|(rank, text)| *rank >= 1 && long(text));
        let section = !long(text) && SECTIONS.iter().any(|end| text.as_str().ends_with(end));
        return Some(nearer.filter(|_| section).map_or(text, |(_, text)| text).clone());
    }
    let stands_out = seen.iter().filter(|(rank, _)| *rank >= 2).max_by_key(|(rank, _)| *rank);
    let known = stands_out.map(|(_, text)| text.clone());
    let known = known.filter(|_| meta.is_none() || head.is_none());
    known
        .or_else(|| meta.as_ref().map(|text| without_site(text, page)))
        .or_else(|| head.map(|text| without_site(&text, page)))
}

/// Elements that may be the title, each with how much its name says so.
fn candidates(page: &Page<'_>, root: NodeId) -> Vec<(u8, Text)> {
    let mut out = Vec::new();
    for id in page.elements() {
        // What follows the main text is about other articles.
        if id > root && !page.is_inside(id, root) {
            break;
        }
        let name = page.name(id);
        let labelled = || {
            page.labels(id)
                .iter()
                .any(|l| l == "title" || l == "tit" || l == "biaoti" || l == "headline")
        };
        let rank = match name {
            _ if TITLES.iter().any(|mark| mark.is_on(page, id)) => 3,
            "h1" => 2,
            "h2" | "h3" | "h4" | "h5" => 1,
            "div" | "p" | "span" | "td" | "strong" | "b" | "font" | "founder-title" | "th" => {
                if labelled() {
                    1
                } else {
                    0
                }
            }
            _ => continue,
        };
        if page.is_unseen(id) || rank == 0 && page.children(id).count() > 3 {
            continue;
        }
        let text = trim(&page.words(id));
        let length = text.as_str().chars().count();
        if (2..=120).contains(&length) {
            out.push((rank, text));
        }
    }
    out
}

fn head_title(page: &Page<'_>) -> Option<Text> {
    let id = page.elements().find(|id| page.name(*id) == "title")?;
    let text = page.children(id).find_map(|child| page.text(child))?;
    Some(trim(text)).filter(|text| !text.is_empty())
}

/// `题目_频道_网站` without what the site adds.
fn without_site(text: &Text, page: &Page<'_>) -> Text {
    let value = text.as_str();
    let site = page.meta("og:site_name");
    let site = site.as_ref().map_or("", Text::as_str);
    let strong = value.find(['_', '|', '｜']);
    let weak = [" - ", " – ", " — ", "--"].iter().filter_map(|mark| value.find(mark)).min();
    let dash = value.rfind('-').filter(|at| {
        let tail = value.get(at + 1..).unwrap_or_default().trim();
        !site.is_empty() && tail == site
            || ["网", "报", "社", "站", "政府", "博客"].iter().any(|end| tail.ends_with(end))
    });
    let end = [strong, weak, dash].into_iter().flatten().filter(|at| *at >= 6).min();
    trim(&text.slice(0..end.unwrap_or(value.len())))
}

/// Characters that count when titles are compared.
pub(super) fn solid(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Without white space around it and line ends inside.
pub(super) fn trim(text: &Text) -> Text {
    let mut leaves = vec![crate::ingest::row::Leaf {
        kind: crate::ingest::row::Kind::Words(text.clone()),
        styles: crate::ingest::row::Styles::default(),
        link: None,
    }];
    crate::ingest::row::collapse(&mut leaves);
    let mut out = Text::default();
    for leaf in leaves {
        if let crate::ingest::row::Kind::Words(text) = leaf.kind {
            out.append(&text);
        }
    }
    debug_assert!(!out.as_str().starts_with(blank));
    out
}
