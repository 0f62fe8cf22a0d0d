//! Finished editions held against their articles: by `build` before a file gets its name, and by
//! `verify` at any later time.

use super::print::{COVER, PRINT};
use super::{Made, Order, Report, files, read};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::issue::{Edition, Issue};
use crate::verify::{self, Difference, Reading, VerifyError};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// What was found in an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Its file.
    pub path: PathBuf,
    /// How many articles it has.
    pub articles: usize,
    /// How many characters these have, white space aside.
    pub characters: usize,
}

/// Holds what was made against the articles it was made of.
pub(super) fn prove(made: &[Made], issue: &Issue, sink: &mut Sink) {
    let cover = made.iter().find(|made| made.is_cover);
    let found: Vec<_> = made
        .par_iter()
        .filter(|made| !made.is_cover)
        .map(|made| {
            let cover = cover.filter(|_| made.edition == Edition::Print);
            let reading = whole(&made.bytes, cover.map(|cover| cover.bytes.as_slice()));
            (made, reading.map(|reading| verify::compare(issue.articles(), &reading)))
        })
        .collect();
    for (made, differences) in found {
        match differences {
            Ok(differences) => tell(&made.name, differences, sink),
            Err(error) => sink.push(unread(&made.name, &error)),
        }
    }
}

/// An edition, its cover included where that is a file of its own.
fn whole(inside: &[u8], cover: Option<&[u8]>) -> Result<Reading, VerifyError> {
    let reading = verify::read(inside)?;
    cover.map_or(Ok(reading.clone()), |cover| Ok(reading.joined(verify::read(cover)?)))
}

/// Reads finished editions and holds them against the articles of some orders.
pub fn verify(editions: &[PathBuf], against: &[Order], report: &mut Report) -> Vec<Proof> {
    let issues: Vec<Issue> = against.iter().filter_map(|order| read(order, report)).collect();
    if issues.len() < against.len() {
        return Vec::new();
    }
    let mut out = Vec::new();
    for path in editions {
        let name = path.display().to_string();
        if name.ends_with(COVER) {
            report.sink.push(Diagnostic::new(Code::VerifyCover).with("path", &name).at(name));
            continue;
        }
        let reading = match open(path, &name) {
            Ok(reading) => reading,
            Err(finding) => {
                report.sink.push(*finding);
                continue;
            }
        };
        let articles = issues.iter().flat_map(Issue::articles);
        tell(&name, verify::compare(articles, &reading), &mut report.sink);
        let characters =
            reading.articles.iter().map(|one| one.text.chars().count() + one.notes.chars().count());
        let (path, articles) = (path.clone(), reading.articles.len());
        out.push(Proof { path, articles, characters: characters.sum() });
    }
    out
}

/// Reads an edition, and the cover beside it where it is the inside of a print.
fn open(path: &Path, name: &str) -> Result<Reading, Box<Diagnostic>> {
    let inside = files::read(path, name)?;
    let cover = name.strip_suffix(PRINT).map(|stem| format!("{stem}{COVER}"));
    let cover = cover.filter(|cover| Path::new(cover).exists());
    let cover = cover.map(|cover| files::read(Path::new(&cover), &cover)).transpose()?;
    let reading = whole(&inside.bytes, cover.as_ref().map(|cover| cover.bytes.as_slice()));
    reading.map_err(|error| Box::new(unread(name, &error)))
}

fn unread(name: &str, error: &VerifyError) -> Diagnostic {
    let code = match error {
        VerifyError::Untagged => Code::VerifyUntagged,
        VerifyError::Kind | VerifyError::Damaged(_) => Code::VerifyUnreadable,
    };
    Diagnostic::new(code).with("path", name).with("reason", error).at(name)
}

fn tell(name: &str, differences: Vec<Difference>, sink: &mut Sink) {
    for found in differences {
        let code = match (found.missing.is_empty(), found.added.is_empty()) {
            (false, true) => Code::VerifyMissing,
            (true, _) => Code::VerifyAdded,
            (false, false) => Code::VerifyChanged,
        };
        let finding = Diagnostic::new(code)
            .with("path", name)
            .with("article", found.article)
            .with("page", if found.place.is_empty() { "—" } else { &found.place })
            .with("before", from(&found.before))
            .with("missing", found.missing)
            .with("added", found.added)
            .with("after", found.after);
        sink.push(match found.span {
            Some(span) => finding.at_span(span),
            None => finding.at(name),
        });
    }
}

/// What comes before a difference, with a sign that more comes before it.
fn from(before: &str) -> String {
    if before.is_empty() { String::new() } else { format!("…{before}") }
}
