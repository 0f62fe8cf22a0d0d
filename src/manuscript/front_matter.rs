//! The fields of an article between two lines `---`.

use crate::article::{Article, Author, Block};
use std::fmt::Write;

/// The fields, in the order people read them; nothing when there are none.
pub(super) fn write(article: &Article) -> String {
    let metadata = &article.metadata;
    let has_affiliation = metadata.authors.iter().any(|author| author.affiliation.is_some());
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
            _ if *name == "affiliation" => {}
            _ if *name == "author" && has_affiliation => authors(&metadata.authors, &mut out),
            [value] if *name != "keywords" => line(name, value, &mut out),
            values => rows(name, values, &mut out),
        }
    }
    // A first heading is no title where there is none.
    let headed = matches!(article.blocks.first(), Some(Block::Heading(_)));
    if metadata.title.is_none() && headed {
        out.insert_str(0, "title: ''\n");
    }
    if out.is_empty() { out } else { format!("---\n{out}---\n\n") }
}

/// Authors with where they work.
fn authors(authors: &[Author], out: &mut String) {
    out.push_str("author:\n");
    for author in authors {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  - name: {}", quoted(author.name.as_str()));
        if let Some(affiliation) = &author.affiliation {
            let _ = writeln!(out, "    affiliation: {}", quoted(affiliation.as_str()));
        }
    }
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
    if value.contains(['\n', '\r']) {
        let value = value.replace('\\', "\\\\").replace('"', "\\\"");
        return format!("\"{}\"", value.replace('\r', "\\r").replace('\n', "\\n"));
    }
    if value.contains('\'') && !value.contains(['"', '\\']) {
        return format!("\"{value}\"");
    }
    format!("'{}'", value.replace('\'', "''"))
}
