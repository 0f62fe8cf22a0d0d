//! What an article should say against what it says.
//!
//! Its paragraphs must stand there one after the other with nothing between them. Its title and
//! the rest of its title block stand before them in an order that is the design's, with words of
//! the design's own, such as 摘要. Articles stand in their order, and the contents name each.

use super::align::{Gap, gaps};
use super::beside::{beside, surplus};
use super::{ArticleRead, Reading};
use crate::article::{Article, Block, Text};
use crate::source::Span;
use rayon::prelude::*;
use std::ops::{Range, RangeInclusive};

/// Where an edition says something else than its articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The title of the article.
    pub article: String,
    /// Where it stands in the manuscript.
    pub span: Option<Span>,
    /// The page of the PDF, counted from 1, or the document of the EPUB; empty when not known.
    pub place: String,
    /// What comes before it, a few characters.
    pub before: String,
    /// What should be there; empty where something was added.
    pub missing: String,
    /// What is there instead; empty where something is missing.
    pub added: String,
    /// What comes after it, a few characters.
    pub after: String,
    /// What it is that differs.
    pub kind: Kind,
}

/// What may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Words,
    /// The number of pictures: how many there should be, and are.
    Pictures(usize, usize),
    /// The place of an article among the others.
    Order,
    /// The contents, which do not lead to an article.
    Contents,
    /// The place of a page among the others.
    Page,
}

/// How many characters of a difference and beside it are shown.
const SHOWN: usize = 12;
/// In how many places a short body is looked for.
const PLACES: usize = 16;
/// How many differences of one article are told.
const TOLD: usize = 20;

/// Every difference between articles and an edition of them.
#[must_use]
pub fn compare<'a>(
    articles: impl IntoIterator<Item = &'a Article>,
    read: &Reading,
) -> Vec<Difference> {
    let articles: Vec<&Article> = articles.into_iter().collect();
    let (pairs, taken) = pairs(&articles, &read.articles);
    let empty = ArticleRead::default();
    let each = articles.par_iter().zip(&pairs).map(|(article, at)| {
        let mut differences = Vec::new();
        let own = at.and_then(|at| read.articles.get(at)).unwrap_or(&empty);
        one(article, own, &mut differences);
        differences.truncate(TOLD);
        differences
    });
    let mut out: Vec<Difference> = each.flatten_iter().collect();
    out.extend(out_of_order(&articles, &pairs, read));
    out.extend(unlisted(&articles, read));
    let more = read.articles.iter().zip(&taken).filter(|(_, taken)| !**taken);
    out.extend(more.map(|(more, _)| Difference {
        place: more.place(0).to_owned(),
        added: shown(&more.text),
        ..Difference::nowhere(String::new())
    }));
    out.extend(read.strays.iter().map(|place| Difference {
        place: place.clone(),
        kind: Kind::Page,
        ..Difference::nowhere(String::new())
    }));
    out
}

/// Which article of an edition is which: the one in its place, where it has the title; else the
/// first that has it, for one that is lacking moves all that come after it. With which were taken.
fn pairs(articles: &[&Article], found: &[ArticleRead]) -> (Vec<Option<usize>>, Vec<bool>) {
    let titles: Vec<String> = articles.iter().map(|article| solid(article.title())).collect();
    let head = |own: &'_ ArticleRead| -> String { own.text.chars().take(TITLED).collect() };
    let heads: Vec<String> = found.iter().map(head).collect();
    let fits =
        |title: &String, at: usize| heads.get(at).is_some_and(|head| head.contains(title.as_str()));
    let mut taken = vec![false; found.len()];
    let mut out: Vec<Option<usize>> = Vec::with_capacity(articles.len());
    for (at, title) in titles.iter().enumerate() {
        let own = Some(at).filter(|at| fits(title, *at));
        own.into_iter().for_each(|at| taken[at] = true);
        out.push(own);
    }
    let mut searched = 0;
    let lacking = out.contains(&None) || articles.len() != found.len();
    for (at, title) in titles.iter().enumerate().filter(|_| lacking) {
        if out[at].is_some() {
            continue;
        }
        let free = |at: &usize| !taken[*at];
        // Where everything is another, a search for each would say no more.
        searched += found.len();
        let near = if searched < SEARCHED { 0..found.len() } else { 0..0 };
        let named = near.filter(free).find(|at| fits(title, *at));
        // An article whose title was changed is still in its place.
        let in_place = Some(at).filter(|at| articles.len() == found.len() && !taken[*at]);
        out[at] = named.or(in_place);
        out[at].into_iter().for_each(|at| taken[at] = true);
    }
    (out, taken)
}

/// How many beginnings of articles are searched for titles at most.
const SEARCHED: usize = 1_000_000;

/// How many characters from its beginning an article has its title in.
const TITLED: usize = 400;

/// Articles that come after one that they should come before.
fn out_of_order(articles: &[&Article], pairs: &[Option<usize>], read: &Reading) -> Vec<Difference> {
    let (mut last, mut out) = (0, Vec::new());
    for (article, at) in articles.iter().zip(pairs) {
        let Some(at) = *at else { continue };
        if at < last {
            out.push(Difference {
                span: Some(Span::new(article.file, 0..0)),
                place: read.articles.get(at).map_or("", |own| own.place(0)).to_owned(),
                kind: Kind::Order,
                ..Difference::nowhere(article.title().to_owned())
            });
        }
        last = last.max(at);
    }
    out
}

/// Articles that the contents do not name, or not in their order.
fn unlisted(articles: &[&Article], read: &Reading) -> Vec<Difference> {
    let Some(lines) = &read.contents else { return Vec::new() };
    let lines: Vec<String> = lines.iter().map(|line| solid(line)).collect();
    let mut from = 0;
    let lacking = |article: &&&Article| {
        let title = solid(article.title());
        let rest = lines.get(from..).unwrap_or_default();
        let found = rest.iter().position(|line| *line == title);
        from += found.map_or(0, |at| at + 1);
        // What has no name cannot be named.
        found.is_none() && !title.is_empty()
    };
    let lacking = articles.iter().filter(lacking).take(TOLD);
    let told = lacking.map(|article| Difference {
        span: Some(Span::new(article.file, 0..0)),
        kind: Kind::Contents,
        ..Difference::nowhere(article.title().to_owned())
    });
    told.collect()
}

impl Difference {
    pub(super) fn nowhere(article: String) -> Self {
        let [place, before, missing, added, after] = [const { String::new() }; 5];
        let kind = Kind::Words;
        Self { article, span: None, place, before, missing, added, after, kind }
    }
}

/// Paragraphs as they should be, white space aside.
#[derive(Default)]
struct Wanted<'a> {
    text: String,
    /// Each paragraph, with where it begins, in characters.
    paragraphs: Vec<(usize, &'a Text)>,
}

impl<'a> Wanted<'a> {
    fn of(blocks: impl Iterator<Item = &'a Block>) -> Self {
        let mut out = Self::default();
        let mut length = 0;
        for text in blocks.flat_map(Block::texts) {
            let solid = solid(text.as_str());
            if !solid.is_empty() {
                out.paragraphs.push((length, text));
            }
            length += solid.chars().count();
            out.text.push_str(&solid);
        }
        out
    }

    /// Where some characters stand in the manuscript, or the one that something stands before.
    fn span(&self, range: Range<usize>) -> Option<Span> {
        let first = self.source(range.start)?;
        let last = self.source(range.end.saturating_sub(1).max(range.start))?;
        let one = last.file == first.file && last.end >= first.start;
        Some(if one { Span::new(first.file, first.start..last.end) } else { first })
    }

    /// Where a character stands in the manuscript; the last one for what is after it.
    fn source(&self, at: usize) -> Option<Span> {
        let after = self.paragraphs.partition_point(|(from, _)| *from <= at);
        let (from, text) = *self.paragraphs.get(after.checked_sub(1)?)?;
        let solid = || text.as_str().char_indices().filter(|(_, c)| !c.is_whitespace());
        let (byte, _) = solid().nth(at - from).or_else(|| solid().next_back())?;
        text.origin(byte)
    }
}

pub(super) fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

pub(super) fn shown(text: &str) -> String {
    let mut out: String = text.chars().take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        out.push('…');
    }
    out
}

fn one(article: &Article, found: &ArticleRead, out: &mut Vec<Difference>) {
    let title = article.title();
    let body = Wanted::of(article.blocks.iter());
    // Nearly always the whole body stands there in one piece, and nothing else need be looked at.
    // A short one may stand in the title, too: one of the two is the body.
    let places = found.text.match_indices(&body.text).map(|(at, _)| at).take(PLACES);
    let mut places: Vec<usize> = places.collect();
    places.extend(found.text.rfind(&body.text).filter(|last| !places.contains(last)));
    let around = |at: usize| {
        let mut differences = Vec::new();
        let (before, after) = (&found.text[..at], &found.text[at + body.text.len()..]);
        let rest = beside(article, format!("{before}\n{after}"), found, &mut differences);
        surplus(title, &rest, found, &mut differences);
        differences
    };
    match places.into_iter().map(around).min_by_key(Vec::len) {
        Some(differences) => out.extend(differences),
        None => {
            let differing = Differing::of(title, &body, &found.text, Some(found));
            differing.body(article, found, out);
        }
    }
    if found.pictures > 0 || !article.pictures.is_empty() {
        let wanted = pictures(article);
        if !wanted.contains(&found.pictures) {
            out.push(Difference {
                span: Some(Span::new(article.file, 0..0)),
                place: found.place(0).to_owned(),
                kind: Kind::Pictures(*wanted.start(), found.pictures),
                ..Difference::nowhere(title.to_owned())
            });
        }
    }
    let notes = Wanted::of(article.notes.iter().flat_map(|note| &note.blocks));
    if notes.text != found.notes {
        Differing::of(title, &notes, &found.notes, None).all(out);
    }
}

/// How many pictures an edition of an article shows: at least those that it has and that say
/// something, at most all that it names. Decoration is no content of a PDF, and the sources that a
/// PDF carries name pictures that are not among them.
fn pictures(article: &Article) -> RangeInclusive<usize> {
    let (mut least, mut most) = (0, 0);
    article.clone().all_blocks_mut().for_each(|block| {
        block.each_image_mut(&mut |image| {
            least += usize::from(image.picture.is_some() && !image.is_decoration());
            most += 1;
        });
    });
    least..=most
}

/// Paragraphs and a text that says something else.
struct Differing<'a> {
    title: &'a str,
    wanted: &'a Wanted<'a>,
    own: Vec<char>,
    found: Vec<char>,
    /// Whose places are those of the text.
    places: Option<&'a ArticleRead>,
}

impl<'a> Differing<'a> {
    fn of(
        title: &'a str,
        wanted: &'a Wanted<'a>,
        found: &str,
        places: Option<&'a ArticleRead>,
    ) -> Self {
        let (own, found) = (wanted.text.chars().collect(), found.chars().collect());
        Self { title, wanted, own, found, places }
    }

    fn all(&self, out: &mut Vec<Difference>) {
        for (own, other) in gaps(&self.own, &self.found).into_iter().take(TOLD) {
            self.tell(own, &self.found[other.clone()], other.start, out);
        }
    }

    /// The differences of a body, with a title block before it and what else may stand there.
    fn body(&self, article: &Article, found: &ArticleRead, out: &mut Vec<Difference>) {
        let mut all = gaps(&self.own, &self.found);
        let part = |range: &Range<usize>| self.found[range.clone()].iter().collect::<String>();
        let lead = all.first().filter(|(own, other)| own.start == 0 && other.start == 0).cloned();
        all.drain(..usize::from(lead.is_some()));
        let ends = |gap: &&Gap| gap.0.is_empty() && gap.0.end == self.own.len();
        let last = all.last().filter(ends).cloned();
        all.truncate(all.len() - usize::from(last.is_some()));
        let [before, after] = [&lead, &last].map(|gap| gap.as_ref().map(|gap| part(&gap.1)));
        let text = format!("{}\n{}", before.unwrap_or_default(), after.unwrap_or_default());
        let rest = beside(article, text, found, out);
        match lead.filter(|(own, _)| !own.is_empty()) {
            Some((own, other)) => {
                let rest: Vec<char> = rest.chars().filter(|c| *c != '\n').collect();
                let wanted = self.own.get(own.clone()).unwrap_or_default();
                for (part, stands) in gaps(wanted, &rest).into_iter().take(TOLD) {
                    let part = own.start + part.start..own.start + part.end;
                    self.tell(part, rest.get(stands).unwrap_or_default(), other.start, out);
                }
            }
            None => surplus(self.title, &rest, found, out),
        }
        for (own, other) in all.into_iter().take(TOLD) {
            self.tell(own, &self.found[other.clone()], other.start, out);
        }
    }

    /// Tells what differs between some characters and what stands in their place.
    fn tell(&self, own: Range<usize>, stands: &[char], at: usize, out: &mut Vec<Difference>) {
        let part = |range: Range<usize>| {
            let end = range.end.min(range.start + SHOWN + 1).min(self.own.len());
            self.own.get(range.start..end).unwrap_or_default().iter()
        };
        let bytes: usize = self.found.iter().take(at).map(|c| c.len_utf8()).sum();
        let place = self.places.map_or("", |found| found.place(bytes));
        out.push(Difference {
            article: self.title.to_owned(),
            span: self.wanted.span(own.clone()),
            place: place.to_owned(),
            before: part(own.start.saturating_sub(SHOWN)..own.start).collect(),
            missing: shown(&part(own.clone()).collect::<String>()),
            added: shown(&stands.iter().take(SHOWN + 1).collect::<String>()),
            after: shown(&part(own.end..self.own.len()).collect::<String>()),
            kind: Kind::Words,
        });
    }
}
