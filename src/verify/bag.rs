//! A `BagIt` bag held against its own manifests (RFC 8493 §3).
//!
//! In: the paths of what is in its folder, and a way to read one. Out: every fault. A bag is whole
//! when each file of its payload stands in every manifest with the hash it has, and nothing else
//! stands there.

use rayon::prelude::*;
use sha2::{Digest, Sha256, Sha512};
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with a bag.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum BagFault {
    /// It does not say that it is a bag, or is one of a kind that is not known.
    #[error("bagit.txt")]
    Declaration,
    /// There is no manifest of a known hash.
    #[error("manifest-sha256.txt")]
    NoManifest,
    /// A line of a manifest that cannot be read: file, and line from 1.
    #[error("{0}:{1}")]
    Line(String, usize),
    /// A file that a manifest names is not there.
    #[error("{0}")]
    Missing(String),
    /// A file is not what it was.
    #[error("{0}")]
    Changed(String),
    /// A file that a manifest does not name.
    #[error("{0}")]
    Extra(String),
    /// The payload is larger or smaller than the bag says: what it says, what it is.
    #[error("Payload-Oxum {0} ≠ {1}")]
    Oxum(String, String),
}

/// A hash: the name of its manifest, and how it is taken, in hexadecimal.
type Hash = (&'static str, fn(&[u8]) -> String);

/// Hashes that are known.
const HASHES: &[Hash] = &[
    ("sha256", |bytes| hexadecimal::<Sha256>(bytes)),
    ("sha512", |bytes| hexadecimal::<Sha512>(bytes)),
];

fn hexadecimal<H: Digest>(bytes: &[u8]) -> String {
    H::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a manifest says of a file: by which hash, and the hash.
type Promised = BTreeMap<String, Vec<(usize, String)>>;

/// The second line of the declaration (RFC 8493 §2.1.1).
const ENCODING: &str = "Tag-File-Character-Encoding: UTF-8";

/// What a bag of this program says of itself, and where it says which editions it holds.
const AGENT: &str = "Bag-Software-Agent: qikan";
const BUILD: &str = "data/metadata/build.json";

/// The files beside the payload of a bag of this program, each of which has to be there.
const TAGS: [&str; 6] = [
    "bagit.txt",
    "bag-info.txt",
    "manifest-sha256.txt",
    "manifest-sha512.txt",
    "tagmanifest-sha256.txt",
    "tagmanifest-sha512.txt",
];

/// Files that systems put into folders by themselves; beside the payload they are no fault.
const SYSTEMS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// What holds for a bag of this program beyond what holds for every bag: it has both hashes of
/// everything, nothing beside, and the editions it was made with.
fn own_rules(
    paths: &BTreeSet<String>,
    read: &(dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    out: &mut Vec<BagFault>,
) {
    let lacking = TAGS.iter().filter(|path| !paths.contains(**path));
    out.extend(lacking.map(|path| BagFault::Missing((*path).to_owned())));
    let extra = paths.iter().filter(|path| !path.starts_with("data/"));
    let known = |path: &&&String| TAGS.contains(&path.as_str()) || SYSTEMS.contains(&path.as_str());
    let extra = extra.filter(|path| !known(&path));
    out.extend(extra.map(|path| BagFault::Extra(path.clone())));
    let build = read(BUILD).and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let Some(serde_json::Value::Object(build)) = build else {
        out.push(BagFault::Missing(BUILD.to_owned()));
        return;
    };
    let editions = build.get("editions").and_then(serde_json::Value::as_array);
    for edition in editions.into_iter().flatten() {
        let said = |key| edition.get(key).and_then(serde_json::Value::as_str).unwrap_or_default();
        let path = format!("data/editions/{}", said("name"));
        match paths.get(&path).and_then(|path| read(path)) {
            None => out.push(BagFault::Missing(path)),
            Some(bytes) if hexadecimal::<Sha256>(&bytes) != said("sha256") => {
                out.push(BagFault::Changed(path));
            }
            Some(_) => {}
        }
    }
}

/// Every fault of a bag.
pub fn faults(
    paths: &BTreeSet<String>,
    read: &(dyn Fn(&str) -> Option<Vec<u8>> + Sync),
) -> Vec<BagFault> {
    let text = |path: &str| read(path).and_then(|bytes| String::from_utf8(bytes).ok());
    let mut out = Vec::new();
    let declared = text("bagit.txt").is_some_and(|text| {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        matches!(lines[..], ["BagIt-Version: 1.0" | "BagIt-Version: 0.97", ENCODING])
    });
    if !declared {
        out.push(BagFault::Declaration);
    }
    // What is still to be fetched is not there (RFC 8493 §2.2.3).
    out.extend(paths.get("fetch.txt").map(|path| BagFault::Extra(path.clone())));
    let info = text("bag-info.txt").unwrap_or_default();
    if info.lines().any(|line| line.starts_with(AGENT)) {
        own_rules(paths, read, &mut out);
    }
    let mut promised = Promised::new();
    let mut manifests = 0;
    for kind in ["manifest", "tagmanifest"] {
        for (hash, (name, _)) in HASHES.iter().enumerate() {
            let path = format!("{kind}-{name}.txt");
            let Some(text) = text(&path) else {
                out.extend(paths.get(&path).map(|path| BagFault::Line(path.clone(), 1)));
                continue;
            };
            manifests += usize::from(kind == "manifest");
            let own = manifest(&path, &text, hash, &mut promised, &mut out);
            let payload = paths.iter().filter(|path| path.starts_with("data/"));
            let extra = payload.filter(|path| kind == "manifest" && !own.contains(*path));
            out.extend(extra.map(|path| BagFault::Extra(path.clone())));
        }
    }
    if manifests == 0 {
        out.push(BagFault::NoManifest);
    }
    let missing = promised.keys().filter(|path| !paths.contains(*path));
    out.extend(missing.map(|path| BagFault::Missing(path.clone())));
    out.extend(changed(paths, &promised, read));
    out.extend(oxum(paths, &info, read));
    out.sort();
    out.dedup();
    out
}

/// Reads a manifest (RFC 8493 §2.1.3); the paths it names.
fn manifest(
    file: &str,
    text: &str,
    hash: usize,
    promised: &mut Promised,
    out: &mut Vec<BagFault>,
) -> BTreeSet<String> {
    let mut own = BTreeSet::new();
    for (line, number) in text.lines().zip(1..) {
        let parts = line.split_once([' ', '\t']);
        let Some((digest, path)) = parts.filter(|(digest, _)| !digest.is_empty()) else {
            if !line.trim().is_empty() {
                out.push(BagFault::Line(file.to_owned(), number));
            }
            continue;
        };
        let path = path.trim_start_matches([' ', '\t', '*']);
        let path = path.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
        let digest = digest.to_ascii_lowercase();
        promised.entry(path.clone()).or_default().push((hash, digest));
        own.insert(path);
    }
    own
}

/// Files that are not what they were.
fn changed(
    paths: &BTreeSet<String>,
    promised: &Promised,
    read: &(dyn Fn(&str) -> Option<Vec<u8>> + Sync),
) -> Vec<BagFault> {
    let there: Vec<_> = promised.iter().filter(|(path, _)| paths.contains(*path)).collect();
    let kept = |path: &str, promises: &[(usize, String)]| {
        let bytes = read(path)?;
        let kept = |(hash, digest): &(usize, String)| Some(HASHES.get(*hash)?.1(&bytes) == *digest);
        Some(promises.iter().all(|promise| kept(promise) == Some(true)))
    };
    let changed =
        there.into_par_iter().filter(|(path, promises)| kept(path, promises) != Some(true));
    changed.map(|(path, _)| BagFault::Changed(path.clone())).collect()
}

/// Whether the payload has as many bytes and files as the bag says (RFC 8493 §2.2.2).
fn oxum(
    paths: &BTreeSet<String>,
    info: &str,
    read: &(dyn Fn(&str) -> Option<Vec<u8>> + Sync),
) -> Option<BagFault> {
    let said = info.lines().find_map(|line| line.strip_prefix("Payload-Oxum:"))?.trim();
    let payload: Vec<&String> = paths.iter().filter(|path| path.starts_with("data/")).collect();
    let octets: usize = payload.par_iter().map(|path| read(path).map_or(0, |b| b.len())).sum();
    let found = format!("{octets}.{}", payload.len());
    (said != found).then(|| BagFault::Oxum(said.to_owned(), found))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bag as RFC 8493 §4.1 describes one.
    fn sound() -> BTreeMap<String, Vec<u8>> {
        let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let files = [
            ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_owned()),
            ("bag-info.txt", "Payload-Oxum: 3.1\n".to_owned()),
            ("manifest-sha256.txt", format!("{hash}  data/a%25.txt\n")),
            ("data/a%.txt", "abc".to_owned()),
        ];
        files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect()
    }

    fn found(bag: &BTreeMap<String, Vec<u8>>) -> Vec<BagFault> {
        faults(&bag.keys().cloned().collect(), &|path| bag.get(path).cloned())
    }

    #[test]
    fn a_sound_bag_has_no_fault() {
        assert_eq!(found(&sound()), []);
    }

    #[test]
    fn every_fault_is_found() {
        let mut bag = sound();
        bag.insert("data/a%.txt".into(), b"abd".to_vec());
        assert_eq!(found(&bag), [BagFault::Changed("data/a%.txt".into())]);
        bag.insert("data/b".into(), Vec::new());
        bag.insert("data/a%.txt".into(), b"abc".to_vec());
        let oxum = BagFault::Oxum("3.1".into(), "3.2".into());
        assert_eq!(found(&bag), [BagFault::Extra("data/b".into()), oxum]);
        let mut bag = sound();
        bag.remove("data/a%.txt");
        let oxum = BagFault::Oxum("3.1".into(), "0.0".into());
        assert_eq!(found(&bag), [BagFault::Missing("data/a%.txt".into()), oxum]);
        let mut bag = sound();
        bag.insert("manifest-sha256.txt".into(), b"x\n".to_vec());
        let line = BagFault::Line("manifest-sha256.txt".into(), 1);
        assert_eq!(found(&bag), [line, BagFault::Extra("data/a%.txt".into())]);
        let mut bag = sound();
        bag.insert("manifest-sha256.txt".into(), vec![0xFF]);
        assert!(found(&bag).contains(&BagFault::Line("manifest-sha256.txt".into(), 1)));
        bag.insert("fetch.txt".into(), vec![]);
        assert!(found(&bag).contains(&BagFault::Extra("fetch.txt".into())));
        bag.remove("fetch.txt");
        bag.remove("manifest-sha256.txt");
        bag.remove("bagit.txt");
        assert_eq!(found(&bag), [BagFault::Declaration, BagFault::NoManifest]);
    }
}
