//! Notes of a page: short links in the text that lead to a place further down.

use super::dom::NodeId;
use super::main_text::is_block;
use super::page::Page;
use std::collections::HashMap;

/// The notes of the main text.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The elements that hold notes, in the order of their first references.
    pub(super) places: Vec<NodeId>,
    by_place: HashMap<NodeId, usize>,
    by_link: HashMap<NodeId, usize>,
}

impl Notes {
    /// Finds the notes below `root`.
    pub(super) fn find(page: &Page<'_>, root: NodeId) -> Self {
        let mut named: HashMap<&str, NodeId> = HashMap::new();
        let mut links = Vec::new();
        for id in page.all(root) {
            for name in [page.attribute(id, "id"), page.attribute(id, "name")].into_iter().flatten()
            {
                named.entry(name).or_insert(id);
            }
            if page.name(id) == "a"
                && let Some(target) = fragment(page, id)
                && is_reference(page.words(id).as_str())
            {
                links.push((id, target));
            }
        }
        let mut notes = Self::default();
        for (link, target) in links {
            let Some(place) = named.get(target).and_then(|id| block_of(page, *id, root)) else {
                continue;
            };
            // A note stands after its reference; what leads up is the way back.
            let mut above = std::iter::successors(Some(link), |id| page.parent(*id));
            if place <= link || above.any(|id| notes.is_note(id)) {
                continue;
            }
            let next = notes.places.len();
            let note = *notes.by_place.entry(place).or_insert(next);
            if note == next {
                notes.places.push(place);
            }
            notes.by_link.insert(link, note);
        }
        notes
    }

    /// Whether an element is a note, set elsewhere than where it stands.
    pub(super) fn is_note(&self, id: NodeId) -> bool {
        self.by_place.contains_key(&id)
    }

    /// The note that a link refers to.
    pub(super) fn referred(&self, link: NodeId) -> Option<usize> {
        self.by_link.get(&link).copied()
    }

    /// Whether a link leads back from a note: it has no words of its own.
    pub(super) fn is_back(&self, page: &Page<'_>, link: NodeId) -> bool {
        let words = page.words(link);
        let words = words.as_str().trim();
        is_reference(words) || words.chars().all(|c| !c.is_alphanumeric()) || words == "返回"
    }
}

fn fragment<'a>(page: &'a Page<'_>, link: NodeId) -> Option<&'a str> {
    let href = page.attribute(link, "href")?;
    href.split_once('#').map(|(_, name)| name).filter(|name| !name.is_empty())
}

/// `1`, `[1]`, `〔注2〕`, `①`, `*`.
fn is_reference(words: &str) -> bool {
    let brackets = ['[', ']', '［', '］', '〔', '〕', '(', ')', '（', '）', '【', '】'];
    let bare = words.trim().trim_matches(brackets).trim_start_matches('注').trim();
    let digits = bare.chars().all(|c| c.is_ascii_digit()) && bare.len() <= 3;
    let circled = bare.chars().all(|c| matches!(c, '①'..='⑳' | '*' | '†' | '‡' | '＊'));
    !bare.is_empty() && bare.chars().count() <= 3 && (digits || circled)
}

/// The element that a place stands for: itself when it is a block, else the block it begins.
fn block_of(page: &Page<'_>, id: NodeId, root: NodeId) -> Option<NodeId> {
    let mut above = std::iter::successors(Some(id), |id| page.parent(*id));
    let block = above.find(|id| is_block(page.name(*id)) || *id == root)?;
    let fits = matches!(page.name(block), "li" | "p" | "dd" | "div" | "td" | "aside" | "section");
    let held = std::iter::successors(page.parent(block), |id| page.parent(*id))
        .any(|above| matches!(page.name(above), "ruby" | "pre" | "code" | "kbd" | "samp" | "tt"));
    (block != root && fits && !held && page.is_inside(block, root)).then_some(block)
}

#[cfg(test)]
mod tests {
    use super::is_reference;

    #[test]
    fn references_are_short() {
        for yes in ["1", "[12]", "〔注2〕", "①", "*", " ［3］ "] {
            assert!(is_reference(yes), "{yes}");
        }
        for no in ["", "2020", "见上", "第1章", "[]"] {
            assert!(!is_reference(no), "{no}");
        }
    }
}
