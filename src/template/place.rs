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

/// The place of a key's value in a file.
pub fn span(text: &str, key: &str) -> Option<Range<usize>> {
    let table = DeTable::parse(text).ok()?;
    let mut parts = key.split('.');
    let mut at = table.get_ref().get(parts.next()?)?;
    for part in parts {
        match at.get_ref() {
            DeValue::Table(table) => at = table.get(part)?,
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
    }
}
