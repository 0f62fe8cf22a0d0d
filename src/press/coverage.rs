//! The characters of a text, and the variants of characters, that the chosen faces lack.
//!
//! In: a file and the faces there are, the system's last. Out: each of them once, with the face that
//! helps out and where it first stands.

use super::{Report, faces, files};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::fonts::{FaceOrigin, Library, Voice};
use crate::ingest::{Format, Input, decode, ingest, refusal};
use crate::source::{FileId, Span};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A character, or a variant of one, that the faces for reading lack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The character.
    pub c: char,
    /// The selector of its variant (UTS 37), where that is what is lacking.
    pub variant: Option<char>,
    /// The face that helps out, and whose it is; none where no face has it.
    pub face: Option<(String, FaceOrigin)>,
    /// Where it first stands.
    pub line: usize,
    /// Where in the line.
    pub column: usize,
}

/// Looks up every character and variant of a file, each once, the last in the faces of the system;
/// a character that no face has is an error, too.
pub fn coverage(
    path: &Path,
    system: &[PathBuf],
    library: &mut Library,
    report: &mut Report,
) -> Vec<Covered> {
    let name = path.display().to_string();
    let file = match files::read(path, &name).and_then(|input| words(&input, report)) {
        Ok(file) => file,
        Err(finding) => {
            report.sink.push(*finding);
            return Vec::new();
        }
    };
    let text = report.sources.text(file);
    faces::add_system_faces(std::iter::once(text), system, library);
    let (wanted, latin) = library.voice(Voice::Song);
    let has = |id, c| library.face(id).glyph(c).is_some();
    let has_variant = |id, c, selector| {
        library.face(id).reader().is_some_and(|reader| reader.has_variant(c, selector))
    };
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    let mut last = None;
    for (at, c) in report.sources.text(file).char_indices() {
        let before = last.replace((at, c));
        if let ('\u{E0100}'..='\u{E01EF}', Some((at, base))) = (c, before) {
            let face = library.covering(base, wanted);
            if face.is_some_and(|id| !has_variant(id, base, c)) && seen.insert((base, Some(c))) {
                let place = report.sources.position(Span::new(file, at..at));
                let (line, column) = (place.line, place.column);
                out.push(Covered { c: base, variant: Some(c), face: None, line, column });
            }
            continue;
        }
        let shown = !c.is_whitespace() && !c.is_control() && c != '\u{FEFF}';
        let unseen = shown && seen.insert((c, None));
        if !unseen || has(wanted, c) || has(latin, c) || crate::typeset::is_attached(c) {
            continue;
        }
        let span = Span::new(file, at..at + c.len_utf8());
        let place = report.sources.position(span);
        let face = library.covering(c, wanted);
        let face = face.map(|id| (library.face(id).name().to_owned(), library.origin(id)));
        if face.is_none() {
            let finding = Diagnostic::new(Code::MissingGlyph).with("char", c);
            let code = format!("U+{:04X}", u32::from(c));
            report.sink.push(finding.with("code", code).at_span(span));
        }
        out.push(Covered { c, variant: None, face, line: place.line, column: place.column });
    }
    out
}

/// The words of a file as a source: of a Word file, those in it; of any other, all its text.
fn words(input: &Input, report: &mut Report) -> Result<FileId, Box<Diagnostic>> {
    if Format::of(&input.name) == Some(Format::Docx) {
        // What is odd about it is for a build to say.
        let mut aside = Sink::default();
        return ingest(input, "zh-Hans", &mut report.sources, &mut aside).map(|read| read.file);
    }
    let decoded = decode(&input.bytes)
        .map_err(|error| Box::new(refusal(&input.name, &input.bytes, &error)))?;
    Ok(report.sources.add(input.name.clone(), decoded.text))
}
