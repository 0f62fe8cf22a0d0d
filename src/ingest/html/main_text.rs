//! Where on a page the main text is.
//!
//! A table knows the parts of common publishing systems. Where none of them is on the page, every
//! line is weighed: a sentence counts its characters, links and scraps count against. The element
//! whose lines weigh most is the main text: a link more or a sentence less would make it worse.

#![expect(clippy::indexing_slicing, reason = "an id is a place in the arena that gave it out")]

use super::dom::NodeId;
use super::known::{BODIES, Mark, is_about_the_page};
use super::page::Page;

/// Where the main text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MainText {
    pub(super) root: NodeId,
    /// Whether it was found by its name: nothing else stands in it.
    pub(super) known: bool,
}

/// Marks that end or part a sentence.
const SENTENCE: [char; 12] = ['，', '。', '；', '：', '？', '！', '、', '”', '」', ',', '.', '﹐'];

/// What only stands at the foot of a page.
const FOOT: [&str; 7] =
    ["版权所有", "ICP备", "公网安备", "©", "Copyright", "All Rights", "网站地图"];

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "caption",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "dir",
    "multicol",
    "listing",
    "xmp",
    "plaintext",
];

/// Whether an element begins and ends a line.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Finds the main text of a page.
pub(super) fn find(page: &Page<'_>) -> MainText {
    if is_fragment(page) {
        return MainText { root: body(page), known: true };
    }
    let scales = Scales::weigh(page, true);
    let best = scales.heaviest(page);
    let marked = |mark: &Mark| -> Vec<NodeId> {
        page.elements().filter(|id| mark.is_on(page, *id)).collect()
    };
    let heaviest = |found: &[NodeId]| {
        found.iter().copied().max_by_key(|id| (scales.all[*id], std::cmp::Reverse(*id)))
    };
    let enough = |id: &NodeId| scales.all[*id] > 0 && scales.all[*id] * 5 >= scales.all[best] * 2;
    let named = BODIES.iter().find_map(|mark| heaviest(&marked(mark)).filter(enough));
    // Verse has short lines without marks; its element is the only one of its name.
    let known = named.or_else(|| {
        BODIES.iter().find_map(|mark| match marked(mark).as_slice() {
            [one] if is_verse(page, *one) => Some(*one),
            _ => None,
        })
    });
    match known {
        Some(root) => MainText { root, known: true },
        None if scales.all[best] < 60 => {
            let scales = Scales::weigh(page, false);
            let root = scales.heaviest(page);
            // Where no line looks like a sentence, the page is all there is.
            let root = if scales.all[root] > 0 { root } else { body(page) };
            unnamed(page, root)
        }
        None => unnamed(page, best),
    }
}

/// The heaviest element, or the article it stands for.
fn unnamed(page: &Page<'_>, best: NodeId) -> MainText {
    match only_article(page, best) {
        Some(root) => MainText { root, known: true },
        None => MainText { root: best, known: false },
    }
}

/// The one `<article>` of a page, when it is above or below an element and has much the same
/// words.
fn only_article(page: &Page<'_>, best: NodeId) -> Option<NodeId> {
    let mut articles = page.elements().filter(|id| page.name(*id) == "article");
    let (article, second) = (articles.next()?, articles.next());
    let count = |id| page.words(id).as_str().chars().filter(|c| !c.is_whitespace()).count();
    let (inner, outer) = if page.is_inside(article, best) {
        (article, best)
    } else if page.is_inside(best, article) {
        (best, article)
    } else {
        return None;
    };
    (second.is_none() && count(inner) * 2 > count(outer)).then_some(article)
}

fn body(page: &Page<'_>) -> NodeId {
    page.elements().find(|id| page.name(*id) == "body").unwrap_or(0)
}

/// Whether an element has words of its own, not links.
fn is_verse(page: &Page<'_>, id: NodeId) -> bool {
    let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let all = count(page.words(id).as_str());
    let links = page.all(id).filter(|below| page.name(*below) == "a");
    let linked: usize = links.map(|link| count(page.words(link).as_str())).sum();
    all >= 40 && linked * 4 < all
}

/// A piece of a page without any page around it: everything in it is the article.
fn is_fragment(page: &Page<'_>) -> bool {
    let written = |name: &str| {
        let lower = |at: usize| page.source.get(at..at + name.len());
        let mut places = page.source.match_indices('<').map(|(at, _)| at + 1);
        places.any(|at| lower(at).is_some_and(|tag| tag.eq_ignore_ascii_case(name)))
    };
    let marked = || {
        page.elements()
            .any(|id| BODIES.iter().any(|mark| mark.is_on(page, id)) || is_about_the_page(page, id))
    };
    !["html", "head", "body", "script", "form"].iter().any(|name| written(name)) && !marked()
}

/// What a line has.
#[derive(Debug, Default, Clone, Copy)]
struct Line {
    characters: i64,
    linked: i64,
    marks: i64,
    foot: bool,
    /// It ends as a sentence does.
    ended: bool,
}

/// The weight of every element.
struct Scales {
    /// With everything in it.
    all: Vec<i64>,
    by_name: bool,
    line: Line,
}

impl Scales {
    /// `by_name`: parts that are called comments, sharing and the like weigh nothing.
    fn weigh(page: &Page<'_>, by_name: bool) -> Self {
        let mut scales = Self { all: vec![0; page.nodes.len()], by_name, line: Line::default() };
        scales.element(page, 0, false, false);
        scales
    }

    fn element(&mut self, page: &Page<'_>, id: NodeId, linked: bool, code: bool) -> i64 {
        if let Some(text) = page.text(id) {
            self.text(text.as_str(), linked);
            return 0;
        }
        if page.is_unseen(id) {
            return 0;
        }
        let name = page.name(id);
        let (linked, code) = (linked || name == "a", code || name == "pre");
        let block = is_block(name);
        let mut sum = if block { self.end_line(code) } else { 0 };
        let before = sum;
        for child in page.children(id) {
            sum += self.element(page, child, linked, code);
        }
        if block {
            sum += self.end_line(code);
        }
        // A line that ended as this element began is its parent's.
        let mut own = sum - before;
        if self.by_name && is_about_the_page(page, id) {
            own = own.min(0);
        }
        self.all[id] = own;
        own + before
    }

    fn text(&mut self, text: &str, linked: bool) {
        let solid = text.chars().filter(|c| !c.is_whitespace()).count();
        let solid = i64::try_from(solid).unwrap_or(i64::MAX);
        self.line.characters += solid;
        self.line.linked += if linked { solid } else { 0 };
        let marks = text.matches(SENTENCE).count();
        self.line.marks += i64::try_from(marks).unwrap_or(i64::MAX);
        if let Some(last) = text.trim_end().chars().next_back() {
            self.line.ended = matches!(last, '。' | '！' | '？' | '”' | '…' | '」');
        }
        self.line.foot |= FOOT.iter().any(|foot| text.contains(foot));
    }

    fn end_line(&mut self, code: bool) -> i64 {
        let line = std::mem::take(&mut self.line);
        match line {
            Line { characters: 0, .. } => 0,
            Line { foot: true, characters, .. } if characters < 200 => -40,
            Line { characters, linked, .. } if linked * 2 > characters => -5 - linked.min(30),
            Line { characters, marks, ended, .. } if marks > 0 && (characters >= 12 || ended) => {
                characters
            }
            Line { characters, .. } if code => characters / 2,
            _ => -3,
        }
    }

    /// The heaviest element; where one below has nearly all of its weight, that one.
    fn heaviest(&self, page: &Page<'_>) -> NodeId {
        let mut at = (0..self.all.len()).max_by_key(|id| (self.all[*id], *id)).unwrap_or(0);
        loop {
            let below = page.children(at).max_by_key(|id| self.all[*id]);
            match below {
                Some(child)
                    if self.all[child] * 20 >= self.all[at] * 19 && is_block(page.name(child)) =>
                {
                    at = child;
                }
                _ => return at,
            }
        }
    }
}
