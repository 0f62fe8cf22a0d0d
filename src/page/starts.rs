//! Where in the articles' text each numbered page begins: the map that an EPUB's page list is made
//! from.

use super::{GlyphRun, Layout, Mark, NodeId, Page, StructureRole};

/// Where a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageStart {
    /// The number printed on it.
    pub label: String,
    /// Which article, from 0.
    pub article: usize,
    /// How many characters of the article come before it, white space aside.
    pub before: usize,
    /// The characters it begins with, white space aside.
    pub next: String,
}

/// How many characters a page is known by.
const KNOWN_BY: usize = 32;

/// What each node is in.
#[derive(Default)]
struct Owners {
    /// The article, from 0.
    article: Vec<Option<usize>>,
    /// The paragraph whose words it is among; none for what is made for the edition.
    block: Vec<Option<usize>>,
    /// Whether it is in the flow of the text: no figure.
    flows: Vec<bool>,
    /// Whether it is in a note.
    noted: Vec<bool>,
}

impl Layout {
    /// The beginning of every page that has a number, in order.
    #[must_use]
    pub fn page_starts(&self) -> Vec<PageStart> {
        let owners = self.owners();
        let count = owners.block.len();
        let mut texts = vec![String::new(); count];
        let mut sizes = vec![0; count];
        // The block in which each numbered page begins, and how much of it came before.
        let mut starts: Vec<(&str, Option<(usize, usize)>)> = Vec::new();
        for page in &self.pages {
            if !page.label.is_empty() {
                let first = first_run(page, &owners);
                let start = first.and_then(|run| {
                    let block = block_of(run, &owners)?;
                    Some((block, sizes.get(block).copied().unwrap_or(0)))
                });
                starts.push((&page.label, start));
            }
            for run in page.runs() {
                let Some(block) = block_of(run, &owners) else { continue };
                let solid = page.text_of(run).chars().filter(|c| !c.is_whitespace());
                for c in solid {
                    texts[block].push(c);
                    sizes[block] += 1;
                }
            }
        }
        // Characters of the article before each block.
        let mut before = vec![0; count];
        let mut whole: Vec<String> = Vec::new();
        let mut lengths: Vec<usize> = Vec::new();
        for (block, text) in texts.iter().enumerate() {
            let Some(article) = owners.article[block] else { continue };
            whole.resize(whole.len().max(article + 1), String::new());
            lengths.resize(lengths.len().max(article + 1), 0);
            before[block] = lengths[article];
            whole[article].push_str(text);
            lengths[article] += sizes[block];
        }
        let found = |start: Option<(usize, usize)>| {
            let (block, own) = start?;
            Some((owners.article[block]?, before[block] + own))
        };
        let mut places: Vec<_> = starts.iter().map(|(_, start)| found(*start)).collect();
        // A page without words begins where the text goes on, which is where the next one begins;
        // at the end of the edition it is where the text ends.
        let end = lengths.last().map_or((0, 0), |length| (lengths.len() - 1, *length));
        let mut next = end;
        for place in places.iter_mut().rev() {
            next = *place.get_or_insert(next);
        }
        let mut last = (0, 0);
        let mut out = Vec::new();
        for ((label, _), place) in starts.into_iter().zip(places) {
            last = place.unwrap_or(end).max(last);
            let (article, before) = last;
            let text = whole.get(article).map(String::as_str).unwrap_or_default();
            let next = text.chars().skip(before).take(KNOWN_BY).collect();
            out.push(PageStart { label: label.to_owned(), article, before, next });
        }
        out
    }

    fn owners(&self) -> Owners {
        let mut out = Owners::default();
        let mut articles = 0;
        for (id, node) in self.structure.nodes() {
            let above = |list: &[Option<usize>]| {
                node.parent.and_then(|parent| list.get(parent.0).copied().flatten())
            };
            let article = match node.role {
                StructureRole::Article => {
                    articles += 1;
                    Some(articles - 1)
                }
                _ => above(&out.article),
            };
            // No page begins with a note: it stands at the foot of one, or at its article's end.
            let noted = node.role == StructureRole::Note
                || node.parent.is_some_and(|parent| out.noted.get(parent.0) == Some(&true));
            let block = match node.role {
                role if role.is_made() => None,
                role if role.is_inline() => above(&out.block),
                _ if noted => None,
                _ => Some(id.0),
            };
            // A figure may stand anywhere on its page.
            let apart = node.role == StructureRole::Figure;
            let flows = !apart && node.parent.is_none_or(|parent| out.flows[parent.0]);
            out.article.push(article);
            out.block.push(block);
            out.flows.push(flows);
            out.noted.push(noted);
        }
        out
    }
}

/// The first words of a page that are in the flow of an article, or for want of them any.
fn first_run<'a>(page: &'a Page, owners: &Owners) -> Option<&'a GlyphRun> {
    let of_article = |run: &&GlyphRun| {
        block_of(run, owners).is_some_and(|block| owners.article[block].is_some())
    };
    let flows = |run: &&GlyphRun| matches!(run.mark, Mark::Node(NodeId(at)) if owners.flows.get(at) == Some(&true));
    let mut all = page.runs().filter(of_article);
    let flowing = page.runs().filter(of_article).find(flows);
    flowing.or_else(|| all.next())
}

fn block_of(run: &GlyphRun, owners: &Owners) -> Option<usize> {
    let Mark::Node(NodeId(at)) = run.mark else { return None };
    owners.block.get(at).copied().flatten()
}
