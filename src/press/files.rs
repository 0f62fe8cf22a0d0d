//! Reading files, and only those that an issue may read.

use crate::diagnostics::{Code, Diagnostic};
use crate::ingest::Input;
use crate::ingest::limits::MAX_FILE;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// Reads a file by the name people know it by.
#[expect(clippy::disallowed_methods, reason = "this is the door files come in by")]
pub(super) fn read(path: &Path, name: &str) -> Result<Input, Box<Diagnostic>> {
    let finding = |code| Box::new(Diagnostic::new(code).with("path", name).at(name));
    let unreadable = |error: &std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => finding(Code::InputMissing),
        _ => Box::new(finding(Code::InputUnreadable).with("reason", error)),
    };
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        let reason = "not a regular file";
        return Err(Box::new(finding(Code::InputUnreadable).with("reason", reason)));
    }
    let too_large = |size: u64| {
        let mega = |bytes: u64| bytes.div_ceil(1024 * 1024);
        let finding = finding(Code::InputTooLarge);
        Box::new(finding.with("size", mega(size)).with("limit", mega(MAX_FILE)))
    };
    if metadata.len() > MAX_FILE {
        return Err(too_large(metadata.len()));
    }
    let file = std::fs::File::open(path).map_err(|error| unreadable(&error))?;
    let mut bytes = Vec::new();
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(too_large(bytes.len() as u64));
    }
    let folder = path.parent().map(Path::to_owned);
    Ok(Input { name: name.to_owned(), bytes, folder, root: None })
}

/// The paths of all files below a folder, from there, with `/` between their parts.
pub(super) fn below(folder: &Path) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let mut open = vec![String::new()];
    while let Some(inside) = open.pop() {
        let Ok(entries) = std::fs::read_dir(folder.join(&inside)) else {
            // What is in it nobody knows.
            out.insert(inside);
            continue;
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if inside.is_empty() { name } else { format!("{inside}/{name}") };
            // A link is no file of the archive, wherever it leads.
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(path),
                _ => drop(out.insert(path)),
            }
        }
    }
    out
}

/// What is in a file of an archive.
#[expect(clippy::disallowed_methods, reason = "what an archive holds has no limit of its own")]
pub(super) fn whole(path: &Path) -> std::io::Result<Vec<u8>> {
    if std::fs::symlink_metadata(path)?.is_file() {
        std::fs::read(path)
    } else {
        Err(std::io::ErrorKind::InvalidInput.into())
    }
}

/// A path inside a folder, links followed; an error when it leads out.
pub(super) fn inside(folder: &Path, relative: &str) -> Result<PathBuf, Box<Diagnostic>> {
    let outside =
        || Box::new(Diagnostic::new(Code::OutsideFolder).with("path", relative).at(relative));
    let path = Path::new(relative);
    let plain = path.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
    if !plain {
        return Err(outside());
    }
    let joined = folder.join(path);
    stays(folder, &joined, relative).map(|()| joined)
}

/// Whether a path is inside a folder, links followed, whatever way either is spelt.
pub(super) fn stays(folder: &Path, path: &Path, name: &str) -> Result<(), Box<Diagnostic>> {
    match (folder.canonicalize(), path.canonicalize()) {
        (Ok(root), Ok(real)) if !real.starts_with(&root) => {
            Err(Box::new(Diagnostic::new(Code::OutsideFolder).with("path", name).at(name)))
        }
        _ => Ok(()),
    }
}
