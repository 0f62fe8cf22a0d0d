//! The beginnings of printed pages in a chapter (EPUB Accessibility 1.1 §3.2, DPUB-ARIA
//! `doc-pagebreak`).
//!
//! In: an article's documents, as [`super::chapter`] writes them, and where its pages begin, counted
//! in characters. Out: the same with a mark before the very character. Where the chapter says a little
//! more or less than the page does, the words the page begins with are looked for nearby.

use crate::page::PageStart;
use std::fmt::Write;

/// What stands in the chapter and is not of the article's running text: no page begins in it.
const MADE: &[&str] = &["<aside epub:type=\"footnote\"", "<rp>", "<a epub:type=\"noteref\""];

/// How far from its count a page is looked for, in characters.
const NEARBY: usize = 600;

/// The identifier of a page in its chapter.
pub(super) fn id(label: &str) -> String {
    format!("page-{label}")
}

/// Puts the marks of an article's pages into its documents. Returns, for each page, the document
/// its mark is in.
pub(super) fn insert(documents: &mut [String], pages: &[PageStart]) -> Vec<usize> {
    let mut places = Vec::new();
    for (document, at) in documents.iter().zip(0..) {
        characters(document, at, &mut places);
    }
    // Past the last character, the end of the article is where the page begins.
    let end = documents.last().map_or((0, 0), |document| {
        (documents.len() - 1, document.rfind("</article>").unwrap_or(document.len()))
    });
    let mut marks: Vec<((usize, usize), String)> = Vec::new();
    let mut last = 0;
    for page in pages {
        let at = nearest(page, &places).max(last);
        last = at;
        let place = match places.get(at) {
            Some(place) if at == 0 => {
                (place.document, documents[0].find("<header").unwrap_or(place.byte))
            }
            Some(place) => (place.document, place.byte),
            None => end,
        };
        let label = &page.label;
        let mut mark = String::new();
        // Writing to a string cannot fail.
        let _ = write!(
            mark,
            "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"{}\" aria-label=\"{label}\"></span>",
            id(label)
        );
        marks.push((place, mark));
    }
    for (document, number) in documents.iter_mut().zip(0..) {
        let own = marks.iter().filter(|((at, _), _)| *at == number);
        let mut out = String::new();
        let mut done = 0;
        for ((_, place), mark) in own {
            out.push_str(&document[done..*place]);
            out.push_str(mark);
            done = *place;
        }
        out.push_str(&document[done..]);
        *document = out;
    }
    marks.into_iter().map(|((document, _), _)| document).collect()
}

/// A character of the text and where a mark before it may stand.
struct Character {
    c: char,
    document: usize,
    byte: usize,
}

/// Which character of the chapter a page begins with.
fn nearest(page: &PageStart, places: &[Character]) -> usize {
    let next: Vec<char> = page.next.chars().collect();
    let fits = |at: usize| {
        let own = places.get(at..).unwrap_or_default();
        own.len() >= next.len() && own.iter().zip(&next).all(|(place, c)| place.c == *c)
    };
    if next.is_empty() || fits(page.before) {
        return page.before;
    }
    let found = (1..NEARBY).find_map(|away| {
        let before = page.before.checked_sub(away).filter(|at| fits(*at));
        before.or_else(|| Some(page.before + away).filter(|at| fits(*at)))
    });
    found.unwrap_or(page.before)
}

/// What a mark stands before as a whole: a word with a reading, a number in one cell.
const WHOLE: &[(&str, &str)] = &[("<ruby>", "</ruby>"), ("<span class=\"tcy\">", "</span>")];

/// Adds the characters of a document, white space aside.
fn characters(page: &str, document: usize, out: &mut Vec<Character>) {
    let mut rest = page.find("<body").unwrap_or(page.len());
    let mut whole: Option<(usize, &str)> = None;
    while let Some(tail) = page.get(rest..).filter(|tail| !tail.is_empty()) {
        if let Some(made) = MADE.iter().find(|made| tail.starts_with(**made)) {
            rest += made_length(tail, made);
        } else if tail.starts_with('<') {
            if let Some((_, close)) = WHOLE.iter().find(|(open, _)| tail.starts_with(open)) {
                whole = Some((rest, close));
            } else if whole.is_some_and(|(_, close)| tail.starts_with(close)) {
                whole = None;
            }
            rest += tail.find('>').map_or(tail.len(), |end| end + 1);
        } else {
            let (c, length) = character(tail);
            if !c.is_whitespace() {
                out.push(Character { c, document, byte: whole.map_or(rest, |(at, _)| at) });
            }
            rest += length;
        }
    }
}

/// How long an element is that is made for the edition.
fn made_length(tail: &str, made: &str) -> usize {
    let name = made.trim_start_matches('<').split([' ', '>']).next().unwrap_or_default();
    let close = format!("</{name}>");
    tail.find(&close).map_or(tail.len(), |at| at + close.len())
}

/// The first character of a text, and how it is written.
fn character(tail: &str) -> (char, usize) {
    let written = [
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&#x27;", '\''),
        ("&#x2f;", '/'),
    ];
    match written.iter().find(|(written, _)| tail.starts_with(written)) {
        Some((written, c)) => (*c, written.len()),
        None => tail.chars().next().map_or((' ', 1), |c| (c, c.len_utf8())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(label: &str, before: usize, next: &str) -> PageStart {
        PageStart { label: label.to_owned(), article: 0, before, next: next.to_owned() }
    }

    fn marked(body: &str, pages: &[PageStart]) -> String {
        let page = format!("<html><title>题</title><body><article><header>{body}</article></body>");
        let mut documents = [page];
        insert(&mut documents, pages);
        let [out] = documents;
        let out = out.replace(" epub:type=\"pagebreak\" role=\"doc-pagebreak\"", "");
        let from = out.find("<article>").unwrap() + 9;
        out[from..out.find("</article>").unwrap()].to_owned()
    }

    const ONE: &str = "<span id=\"page-1\" aria-label=\"1\"></span>";
    const TWO: &str = "<span id=\"page-2\" aria-label=\"2\"></span>";

    #[test]
    fn a_mark_stands_before_the_very_character() {
        let found = marked(
            "<h1>题</h1></header><p>甲&amp;乙 丙</p>",
            &[start("1", 0, "题"), start("2", 3, "乙丙")],
        );
        assert_eq!(found, format!("{ONE}<header><h1>题</h1></header><p>甲&amp;{TWO}乙 丙</p>"));
    }

    #[test]
    fn what_is_made_is_not_counted_and_readings_stay_whole() {
        let body = "</header><p>甲<a epub:type=\"noteref\" href=\"#n\">〔1〕</a>乙<ruby>漢<rp>（</rp><rt>かん</rt><rp>）</rp></ruby>丙</p>";
        let found = marked(body, &[start("2", 3, "かん丙")]);
        assert!(found.contains(&format!("乙{TWO}<ruby>漢")), "{found}");
    }

    #[test]
    fn words_are_looked_for_nearby() {
        let found = marked("</header><p>多出的字甲乙丙丁</p>", &[start("2", 1, "乙丙")]);
        assert!(found.contains(&format!("甲{TWO}乙丙")), "{found}");
        let found = marked("</header><p>甲</p>", &[start("2", 9, "")]);
        assert!(found.ends_with(TWO), "{found}");
    }
}
