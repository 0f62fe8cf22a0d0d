//! A text parted into known pieces.
//!
//! What is said about an article stands beside its body in an order that is the design's. One piece
//! may stand inside another, or be what two neighbours make together, so that more than one way to
//! part the text is tried: a search in depth with steps back, of bounded length.

use std::collections::BTreeMap;

/// Something that stands in a text once, or may stand there.
pub(super) struct Piece {
    /// How it may be written.
    pub(super) forms: Vec<String>,
    /// Whether it has to be there.
    pub(super) must: bool,
}

/// How many pieces are tried at most. Nearly always the first way fits.
const STEPS: usize = 100_000;

/// What was laid, and the other ways there were in its place.
struct Laid {
    /// Where it begins, in bytes.
    from: usize,
    own: Option<usize>,
    others: Vec<Way>,
}

/// A piece, by its number, or none for a word that may stand there any number of times; and its
/// bytes.
type Way = (Option<usize>, usize);

/// Whether a text is nothing but pieces, each at most once and all that must be there, words that
/// may stand there any number of times, and white space.
pub(super) fn is_made_of(text: &str, pieces: &[Piece], free: &[&str]) -> bool {
    let parting = Parting::of(text, pieces, free);
    let mut used = vec![false; pieces.len()];
    let mut left = pieces.iter().filter(|piece| piece.must).count();
    let mut laid: Vec<Laid> = Vec::new();
    let mut at = parting.solid_from(0);
    for _ in 0..STEPS {
        if at == text.len() && left == 0 {
            return true;
        }
        let mut next = parting.ways(at, &used);
        // Back to the last place where there was another way.
        while next.is_empty() {
            let Some(last) = laid.pop() else { return false };
            if let Some(own) = last.own {
                used[own] = false;
                left += usize::from(pieces[own].must);
            }
            (at, next) = (last.from, last.others);
        }
        let Some((own, length)) = next.pop() else { return false };
        if let Some(own) = own {
            used[own] = true;
            left -= usize::from(pieces[own].must);
        }
        laid.push(Laid { from: at, own, others: next });
        at = parting.solid_from(at + length);
    }
    false
}

/// A text and its pieces.
struct Parting<'a> {
    text: &'a str,
    pieces: &'a [Piece],
    free: &'a [&'a str],
    /// Forms by how they begin, and the pieces of each, so that a long list of names takes no longer
    /// a name.
    forms: BTreeMap<char, BTreeMap<&'a str, Vec<usize>>>,
}

impl<'a> Parting<'a> {
    fn of(text: &'a str, pieces: &'a [Piece], free: &'a [&'a str]) -> Self {
        let mut forms: BTreeMap<char, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
        for (at, piece) in pieces.iter().enumerate() {
            for form in &piece.forms {
                if let Some(first) = form.chars().next() {
                    forms.entry(first).or_default().entry(form).or_default().push(at);
                }
            }
        }
        Self { text, pieces, free, forms }
    }

    /// The first character from a place on that is no white space.
    fn solid_from(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + rest.len() - rest.trim_start().len()
    }

    /// What may stand at a place. The last is to be tried first: what must be there before what
    /// may, the longest before others.
    fn ways(&self, at: usize, used: &[bool]) -> Vec<Way> {
        let rest = self.text.get(at..).unwrap_or_default();
        let own = rest.chars().next().and_then(|c| self.forms.get(&c)).into_iter().flatten();
        let own = own.filter(|(form, _)| rest.starts_with(**form));
        let free = |one: &&usize| !used[**one];
        let mut out: Vec<Way> = own
            .filter_map(|(form, all)| Some((Some(*all.iter().find(free)?), form.len())))
            .collect();
        let made = self.free.iter().filter(|made| !made.is_empty() && rest.starts_with(**made));
        out.extend(made.map(|made| (None, made.len())));
        let must = |one: Option<usize>| one.is_some_and(|one| self.pieces[one].must);
        out.sort_by_key(|(one, length)| (must(*one), *length));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_found_in_any_order_and_inside_each_other() {
        let made = |text: &str, musts: &[&str], others: &[&str]| {
            let piece = |must: bool| {
                move |form: &&str| Piece {
                    forms: vec![format!("（{form}）"), (*form).into()],
                    must,
                }
            };
            let pieces = musts.iter().map(piece(true)).chain(others.iter().map(piece(false)));
            is_made_of(text, &pieces.collect::<Vec<_>>(), &["摘要"])
        };
        assert!(made("张三 张", &["张", "张三"], &[]));
        assert!(made("张张三", &["张三", "张"], &[]));
        assert!(made("（本刊）\n本刊", &["本刊"], &["本刊"]));
        assert!(made("人民法院报摘要人民法院", &["人民", "法院报"], &["人民法院"]));
        assert!(made("春天春天春天", &["春", "天"], &["春", "天", "春天"]));
        assert!(!made("张三", &["张三", "李四"], &[]), "one is lacking");
        assert!(!made("张三！", &["张三"], &[]), "a mark is too many");
        assert!(!made("张三张三", &["张三"], &[]), "once too often");
        assert!(made("", &[], &["张三"]) && !made("", &["张三"], &[]));
    }
}
