//! Where links inside an issue lead: articles and headings as places in the package.

use super::chapter::Chapter;
use crate::article::{Address, address, solid};
use crate::issue::Issue;
use std::collections::BTreeMap;

/// What can be led to.
pub(super) struct Addresses {
    /// Each article's document, and its headings by their [`solid`] words.
    articles: Vec<(String, BTreeMap<String, String>)>,
    by_name: BTreeMap<String, usize>,
}

impl Addresses {
    /// The places of an issue.
    pub(super) fn of(issue: &Issue, chapters: &[Chapter]) -> Self {
        let mut out = Self { articles: Vec::new(), by_name: BTreeMap::new() };
        for (article, chapter) in issue.articles().zip(chapters) {
            // Of several with one name the first is meant, as on the pages.
            out.by_name.entry(article.name.clone()).or_insert(out.articles.len());
            let mut headings = BTreeMap::new();
            for heading in &chapter.headings {
                let place = || chapter.place(heading.part, &heading.id);
                headings.entry(solid(&heading.title)).or_insert_with(place);
            }
            out.articles.push((chapter.path().to_owned(), headings));
        }
        out
    }

    /// Where a link of the `from`th article leads; nothing for one that leads nowhere.
    pub(super) fn find(&self, from: usize, written: &str) -> Option<String> {
        let (article, heading) = match address(written) {
            Address::Out => return Some(written.replace(' ', "%20")),
            Address::Inside { article, heading } => (article, heading),
        };
        let at = match article {
            None => from,
            Some(name) => *self.by_name.get(&name)?,
        };
        let (path, headings) = self.articles.get(at)?;
        match heading {
            None => Some(path.clone()),
            Some(heading) => headings.get(&heading).cloned(),
        }
    }
}
