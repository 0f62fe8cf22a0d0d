//! The fields of an article between two lines `---`.

use crate::article::{Article, Author};
use std::fmt::Write;

/// The fields, in the order people read them; nothing when there are none.
pub(super) fn write(article: &Article) -> String {
    let metadata = &article.metadata;
    let mut out = String::new();
    let mut list: Vec<(&str, Vec<&str>)> = Vec::new();
    for (name, text) in metadata.fields() {
        match list.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(text.as_str()),
            None => list.push((name, vec![text.as_str()])),
        }
    }
    for (name, values) in &list {
        match values.as_slice() {
            [value] if *name != "keywords" => line(name, value, &mut out),
            values if *name != "affiliation" => rows(name, values, &mut out),
            _ => {}
        }
    }
    debug_assert!(metadata.authors.iter().all(|Author { affiliation, .. }| affiliation.is_none()));
    if out.is_empty() { out } else { format!("---\n{out}---\n\n") }
}

fn line(name: &str, value: &str, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{name}: {}", quoted(value));
}

fn rows(name: &str, values: &[&str], out: &mut String) {
    let _ = writeln!(out, "{name}:");
    for value in values {
        let _ = writeln!(out, "  - {}", quoted(value));
    }
}

/// A YAML string, in single quotes: only they need doubling (YAML 1.2 §7.3.2).
fn quoted(value: &str) -> String {
    if value.contains('\'') && !value.contains(['"', '\\']) {
        return format!("\"{value}\"");
    }
    format!("'{}'", value.replace('\'', "''"))
}
