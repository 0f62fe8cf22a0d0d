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

/// The places of a key and of its value in a file; an element of a list is named by its number,
/// from 0, as in `section.0.articles.1`.
pub fn spans(text: &str, key: &str) -> Option<(Range<usize>, Range<usize>)> {
    let table = DeTable::parse(text).ok()?;
    let mut parts = key.split('.');
    let first = parts.next()?;
    let named = |table: &DeTable<'_>, name: &str| {
        table.iter().find(|(own, _)| own.get_ref() == name).map(|(own, _)| own.span())
    };
    let mut own = named(table.get_ref(), first)?;
    let mut at = table.get_ref().get(first)?;
    for part in parts {
        match at.get_ref() {
            DeValue::Table(table) => {
                own = named(table, part)?;
                at = table.get(part)?;
            }
            DeValue::Array(list) => {
                at = list.get(part.parse::<usize>().ok()?)?;
                own = at.span();
            }
            _ => break,
        }
    }
    Some((own, at.span()))
}

/// The place of a key's value in a file.
pub(super) fn span(text: &str, key: &str) -> Option<Range<usize>> {
    spans(text, key).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_its_place() {
        let text = "columns = 2\n\n[styles.title]\nsize = '27pt'\n";
        assert_eq!(&text[span(text, "columns").unwrap()], "2");
        assert_eq!(&text[spans(text, "styles.title.size").unwrap().0], "size");
        assert_eq!(&text[span(text, "styles.title.size").unwrap()], "'27pt'");
        assert_eq!(span(text, "styles.body.size"), None);
        let lists = "[[section]]\narticles = ['a', 'b']\n[[section]]\narticles = ['c']\n";
        assert_eq!(&lists[span(lists, "section.0.articles.1").unwrap()], "'b'");
        assert_eq!(&lists[span(lists, "section.1.articles.0").unwrap()], "'c'");
        assert_eq!(span(lists, "section.2.articles.0"), None);
    }
}
