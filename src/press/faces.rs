//! Faces of the user's: found in folders, checked, given the roles an issue file names them for.

use super::{Report, files};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::fonts::{FaceData, FontError, Library, Role};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Endings of font files.
const ENDINGS: [&str; 3] = ["otf", "ttf", "ttc"];

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
                let data = FaceData::Read(Arc::new(input.bytes));
                library.add(data).map_err(|error| refused(&name, &error))
            });
            if let Err(finding) = added {
                report.sink.push(*finding);
            }
        }
    }
}

/// The font files of a folder.
fn found(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
        if ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
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
