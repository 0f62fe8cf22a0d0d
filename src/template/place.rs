//! Where a key stands in a TOML file, so that a message can name the line.

use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// The value of a key such as `styles.title.size`.
pub(super) fn value<'a>(table: &'a toml::Table, key: &str) -> Option<&'a toml::Value> {
    let mut parts = key.split('.');
    let mut at = table.get(parts.next()?)?;
    for part in parts {
        at = at.get(part)?;
    }
    Some(at)
}

/// The place of a key's value in a file; an element of a list is named by its number, from 0, as
/// in `section.0.articles.1`.
pub fn span(text: &str, key: &str) -> Option<Range<usize>> {
    let table = DeTable::parse(text).ok()?;
    let mut parts = key.split('.');
    let mut at = table.get_ref().get(parts.next()?)?;
    for part in parts {
        match at.get_ref() {
            DeValue::Table(table) => at = table.get(part)?,
            DeValue::Array(list) => at = list.get(part.parse::<usize>().ok()?)?,
            _ => break,
        }
    }
    Some(at.span())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_its_place() {
        let text = "columns = 2\n\n[styles.title]\nsize = '27pt'\n";
        assert_eq!(&text[span(text, "columns").unwrap()], "2");
        assert_eq!(&text[span(text, "styles.title.size").unwrap()], "'27pt'");
        assert_eq!(span(text, "styles.body.size"), None);
        let lists = "[[section]]\narticles = ['a', 'b']\n[[section]]\narticles = ['c']\n";
        assert_eq!(&lists[span(lists, "section.0.articles.1").unwrap()], "'b'");
        assert_eq!(&lists[span(lists, "section.1.articles.0").unwrap()], "'c'");
        assert_eq!(span(lists, "section.2.articles.0"), None);
    }
}
