//! Holds the rooms to the table at the head of `lib.rs`.

use std::collections::BTreeMap;
use std::path::Path;

fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, out: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src/");
                let name = path.to_str().unwrap().strip_prefix(root).unwrap().to_owned();
                out.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut out = Vec::new();
    walk(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut out);
    out.sort();
    out
}

/// Room → what it may import, from the table in `lib.rs`, in its order.
fn table() -> Vec<(String, Vec<String>)> {
    let lib = include_str!("../src/lib.rs");
    let mut out: Vec<(String, Vec<String>)> = Vec::new();
    for line in lib.lines() {
        let Some(row) = line.strip_prefix("//! | [`") else { continue };
        let (rooms, allowed) = row.trim_end_matches(" |").split_once(" | ").unwrap();
        let rooms = rooms.split(", ").map(|r| r.trim_matches(['[', ']', '`']).to_owned());
        let names = |list: &str| list.split(", ").map(str::to_owned).collect::<Vec<_>>();
        let above: Vec<String> = out.iter().map(|(room, _)| room.clone()).collect();
        for room in rooms.collect::<Vec<_>>() {
            let allowed = match allowed {
                "–" => Vec::new(),
                "all above" => above.clone(),
                list => names(list),
            };
            out.push((room, allowed));
        }
    }
    out
}

fn room_of(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap()
}

/// The part of a file before its tests: tests may look anywhere.
fn without_tests(text: &str) -> &str {
    text.find("#[cfg(test)]\nmod tests").map_or(text, |at| &text[..at])
}

/// Every `crate::room` of a text.
fn mentioned(text: &str) -> impl Iterator<Item = &str> {
    text.split("crate::").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '_')?;
        Some(&rest[..end]).filter(|room| !room.is_empty())
    })
}

/// Arrows that the table does not have.
fn violations(files: &[(String, String)]) -> Vec<String> {
    let table: BTreeMap<String, Vec<String>> = table().into_iter().collect();
    let mut out = Vec::new();
    for (file, text) in files {
        let room = room_of(file);
        let Some(allowed) = table.get(room) else { continue };
        for used in mentioned(without_tests(text)) {
            let known = table.contains_key(used);
            if known && used != room && !allowed.iter().any(|a| a == used) {
                out.push(format!("{file}: {room} uses {used}; allowed: {}", allowed.join(", ")));
            }
        }
    }
    out
}

#[test]
fn every_arrow_is_in_the_table() {
    let found = violations(&sources());
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn a_planted_arrow_is_found() {
    let planted = "use crate::typeset::typeset;\n".to_owned();
    let found = violations(&[("pdf/content.rs".to_owned(), planted)]);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("pdf/content.rs: pdf uses typeset"));
}

#[test]
fn the_table_names_every_room_and_points_up() {
    let table = table();
    let rooms: Vec<&String> = table.iter().map(|(room, _)| room).collect();
    for (file, _) in sources() {
        let room = room_of(&file);
        let known = rooms.iter().any(|r| *r == room) || matches!(room, "lib" | "main");
        assert!(known, "{file} is in no room of the table");
    }
    for (at, (room, allowed)) in table.iter().enumerate() {
        for other in allowed {
            let above = rooms[..at].contains(&other);
            assert!(above, "{room} imports {other}, which does not stand above it");
        }
    }
}

#[test]
fn only_cli_prints_and_only_pdf_names_the_pdf_crates() {
    let rules: &[(&[&str], &str)] = &[
        (&["println!", "eprintln!", "print!(", "stdout()", "stderr()"], "cli"),
        (&["printpdf", "lopdf"], "pdf"),
        (&["epub_builder"], "epub"),
    ];
    for (file, text) in sources() {
        for (words, room) in rules {
            for word in *words {
                let code =
                    without_tests(&text).lines().filter(|l| !l.trim_start().starts_with("//"));
                let found = code.clone().any(|line| line.contains(word));
                assert!(!found || room_of(&file) == *room, "{file} says {word}; only {room} may");
            }
        }
    }
}

/// Files that are one table each, as long as what they list.
const TABLES: &[&str] = &["diagnostics/catalogue.rs"];

#[test]
fn every_file_opens_with_what_it_is_for() {
    for (file, text) in sources() {
        assert!(text.starts_with("//! "), "{file} has no head");
        let lines = without_tests(&text).lines().count();
        assert!(lines <= 500 || TABLES.contains(&file.as_str()), "{file} has {lines} lines");
    }
}
