//! Faces of the user's: found in folders, checked, given the roles an issue file names them for.
//! Faces of the system, for characters that no other has.

use super::{Report, files};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::fonts::{Face, FaceData, FontError, Library, Role, Voice, faces_of};
use skrifa::MetadataProvider;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Endings of font files.
const ENDINGS: [&str; 4] = ["otf", "ttf", "ttc", "otc"];

/// Adds every font file of some folders, by name in order. One that cannot be used is an error.
pub fn add_faces(folders: &[PathBuf], library: &mut Library, report: &mut Report) {
    for folder in folders {
        let files = match found(folder) {
            Ok(files) => files,
            Err(error) => {
                let name = folder.display().to_string();
                let finding = Diagnostic::new(Code::InputUnreadable).with("path", &name).at(name);
                report.sink.push(finding.with("reason", error));
                continue;
            }
        };
        for path in files {
            let name = path.display().to_string();
            let added = files::read(&path, &name).and_then(|input| {
                let faces = faces_of(input.bytes, |_| true).and_then(|faces| {
                    let mut faces = faces.into_iter();
                    faces.try_for_each(|face| library.add(FaceData::Read(Arc::new(face))))
                });
                faces.map_err(|error| refused(&name, &error))
            });
            if let Err(finding) = added {
                report.sink.push(*finding);
            }
        }
    }
}

/// Adds faces of the system for characters of some texts that no other face has: of the files below
/// the folders, in the order of their names, those that have one of them and may be embedded. What
/// a character of a private area means is known to its own face only; these are never looked for.
pub(super) fn add_system_faces<'a>(
    texts: impl Iterator<Item = &'a str>,
    folders: &[PathBuf],
    library: &mut Library,
) {
    let mut missing: BTreeSet<char> = BTreeSet::new();
    let wanted = library.voice(Voice::Song).0;
    for text in texts {
        let chars = text.chars().filter(|c| !c.is_whitespace() && !is_private(*c));
        missing.extend(chars.filter(|c| library.covering(*c, wanted).is_none()));
    }
    missing.retain(|c| !c.is_control());
    let paths = if missing.is_empty() { Vec::new() } else { system_files(folders) };
    // Plain faces first: a bold one stands out of a text.
    let others = help_out(&paths, true, &mut missing, library);
    help_out(&others, false, &mut missing, library);
}

/// Adds the faces that have a missing character, of those that are plain or of those that are not;
/// the files of the others that have one, too.
fn help_out(
    paths: &[PathBuf],
    plain: bool,
    missing: &mut BTreeSet<char>,
    library: &mut Library,
) -> Vec<PathBuf> {
    let mut others = Vec::new();
    for path in paths {
        if missing.is_empty() {
            return others;
        }
        let Ok(input) = files::read(path, &path.display().to_string()) else { continue };
        let other = Cell::new(false);
        let wanted = |font: &skrifa::FontRef<'_>| {
            let characters = font.charmap();
            let has = |c: &char| characters.map(*c).is_some_and(|glyph| glyph.to_u32() != 0);
            let helps = missing.iter().any(has);
            other.set(other.get() || helps && is_plain(font) != plain);
            helps && is_plain(font) == plain
        };
        for face in faces_of(input.bytes, wanted).unwrap_or_default() {
            // One that is broken or may not be embedded is no help.
            if let Ok(id) = library.add_system(FaceData::Read(Arc::new(face))) {
                missing.retain(|c| library.face(id).glyph(*c).is_none());
            }
        }
        others.extend(other.get().then(|| path.clone()));
    }
    others
}

/// Whether a face is upright and of the weight of a text.
fn is_plain(font: &skrifa::FontRef<'_>) -> bool {
    let about = font.attributes();
    about.style == skrifa::attribute::Style::Normal
        && (350.0..=500.0).contains(&about.weight.value())
}

/// Shows every face of the system to someone, one after the other; of one that cannot be used, its
/// file and why. A library has no room for them all.
pub fn system_faces(folders: &[PathBuf], mut look: impl FnMut(&Path, Result<Face, FontError>)) {
    for path in system_files(folders) {
        let Ok(input) = files::read(&path, &path.display().to_string()) else { continue };
        match faces_of(input.bytes, |_| true) {
            Ok(faces) => faces
                .into_iter()
                .for_each(|face| look(&path, Face::open(FaceData::Read(Arc::new(face))))),
            Err(error) => look(&path, Err(error)),
        }
    }
}

/// The font files of the system, each once.
fn system_files(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut out = Vec::new();
    folders.iter().for_each(|folder| below(folder, 0, &mut out));
    let mut seen = BTreeSet::new();
    out.retain(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    out
}

const fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// The font files below a folder, by name in order.
fn below(folder: &Path, depth: usize, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() && depth < 8 {
            below(&path, depth + 1, out);
        } else if is_font(&path) {
            out.push(path);
        }
    }
}

fn is_font(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// The font files of a folder.
fn found(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if is_font(&path) {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}

fn refused(name: &str, error: &FontError) -> Box<Diagnostic> {
    let code = match error {
        FontError::Forbidden => Code::ForbiddenFace,
        FontError::Broken(_) | FontError::TooMany | FontError::NoFace(_) => Code::BrokenFace,
    };
    Box::new(Diagnostic::new(code).with("name", name).with("reason", error).at(name))
}

/// A library with the roles an issue file gives out.
pub(super) fn assigned(library: &Library, roles: &[(String, String)], sink: &mut Sink) -> Library {
    let mut out = library.clone();
    for (role, name) in roles {
        let role = Role::NAMES.iter().find(|(known, _)| known == role);
        if !role.is_some_and(|(_, role)| out.assign(*role, name)) {
            let finding = Diagnostic::new(Code::NoFamily).with("name", name);
            sink.push(finding.with("families", library.families().join("、")));
        }
    }
    out
}
