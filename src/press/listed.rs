//! What the sections of an issue file list against what is in the folders of their articles: an
//! article that is forgotten, or stands in the issue twice, is easily overlooked.

use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::ingest::{Format, Input};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// Says which articles are in no section, and which are in more than one place. `left_out` are
/// those that could not be read, by name.
pub(super) fn report(
    sections: &[(Option<String>, Vec<Input>)],
    left_out: &[String],
    sink: &mut Sink,
) {
    let mut times: BTreeMap<PathBuf, usize> = BTreeMap::new();
    let read = sections.iter().flat_map(|(_, inputs)| inputs).map(|input| &input.name);
    for name in read.chain(left_out) {
        *times.entry(spelt_out(Path::new(name))).or_default() += 1;
    }
    let folders: BTreeSet<PathBuf> =
        times.keys().filter_map(|path| path.parent().map(Path::to_owned)).collect();
    for path in folders.iter().flat_map(|folder| articles(folder)) {
        if !times.contains_key(&path) {
            tell(Code::Unlisted, &path, sink);
        }
    }
    for (path, _) in times.iter().filter(|(_, times)| **times > 1) {
        tell(Code::ListedTwice, path, sink);
    }
}

/// Says which of some articles are there more than once.
pub(super) fn report_twice<'a>(names: impl Iterator<Item = &'a str>, sink: &mut Sink) {
    let mut seen = BTreeSet::new();
    let mut told = BTreeSet::new();
    for path in names.map(|name| spelt_out(Path::new(name))) {
        if !seen.insert(path.clone()) && told.insert(path.clone()) {
            tell(Code::ListedTwice, &path, sink);
        }
    }
}

fn tell(code: Code, path: &Path, sink: &mut Sink) {
    let path = path.display().to_string();
    sink.push(Diagnostic::new(code).with("path", &path).at(path));
}

/// The articles in a folder, by name; notes for readers of the folder are none.
fn articles(folder: &Path) -> BTreeSet<PathBuf> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = std::fs::read_dir(here) else { return BTreeSet::new() };
    let paths = entries.flatten().map(|entry| folder.join(entry.file_name()));
    paths.filter(|path| is_article(path) && path.is_file()).collect()
}

fn is_article(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let known = ending.is_some_and(|own| Format::ENDINGS.iter().any(|(known, _)| *known == own));
    known && !name.starts_with(['.', '~']) && !name.to_lowercase().starts_with("readme")
}

/// A path without the parts that lead nowhere or back.
pub(super) fn spelt_out(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        let last = out.components().next_back();
        match (part, last) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => drop(out.pop()),
            _ => out.push(part),
        }
    }
    out
}
