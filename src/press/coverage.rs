//! The characters of a text that the chosen faces lack.

use super::{Report, files};
use crate::diagnostics::{Code, Diagnostic};
use crate::fonts::{Library, Voice};
use crate::source::Span;
use std::collections::BTreeSet;
use std::path::Path;

/// A character that the faces for reading lack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The character.
    pub c: char,
    /// The face that helps out; none where no face has it.
    pub face: Option<String>,
    /// Where it first stands.
    pub line: usize,
    /// Where in the line.
    pub column: usize,
}

/// Looks up every character of a file, each once; one that no face has is an error, too.
pub fn coverage(path: &Path, library: &Library, report: &mut Report) -> Vec<Covered> {
    let name = path.display().to_string();
    let text = files::read(path, &name).and_then(|input| {
        crate::ingest::decode(&input.bytes).map_err(|error| {
            let finding = Diagnostic::new(Code::InputUnreadable).with("path", &name);
            Box::new(finding.with("reason", error).at(name.clone()))
        })
    });
    let text = match text {
        Ok(decoded) => decoded.text,
        Err(finding) => {
            report.sink.push(*finding);
            return Vec::new();
        }
    };
    let file = report.sources.add(name, text);
    let (wanted, latin) = library.voice(Voice::Song);
    let has = |id, c| library.face(id).glyph(c).is_some();
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for (at, c) in report.sources.text(file).char_indices() {
        let unseen = !c.is_whitespace() && !c.is_control() && seen.insert(c);
        if !unseen || has(wanted, c) || has(latin, c) || crate::typeset::is_attached(c) {
            continue;
        }
        let span = Span::new(file, at..at + c.len_utf8());
        let place = report.sources.position(span);
        let face = library.covering(c, wanted).map(|id| library.face(id).name().to_owned());
        if face.is_none() {
            let finding = Diagnostic::new(Code::MissingGlyph).with("char", c);
            let code = format!("U+{:04X}", u32::from(c));
            report.sink.push(finding.with("code", code).at_span(span));
        }
        out.push(Covered { c, face, line: place.line, column: place.column });
    }
    out
}
