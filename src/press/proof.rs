//! Finished editions held against their articles: by `build` before a file gets its name, and by
//! `verify` at any later time.

use super::print::{COVER, PRINT};
use super::reading::read;
use super::{Made, Order, Report, Settings, accept, files};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::issue::Issue;
use crate::verify::{self, BagFault, Difference, Kind, Reading, VerifyError};
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

/// A file of an edition, and the cover where that is a file of its own.
type Volume<'a> = (&'a str, &'a [u8], Option<&'a [u8]>);

/// Files as editions: a cover goes with its inside.
fn volumes<'a>(files: &[(&'a str, &'a [u8])]) -> Vec<Volume<'a>> {
    let find = |wanted: Option<String>| {
        let wanted = wanted?;
        files.iter().find(|(name, _)| *name == wanted).map(|(_, bytes)| *bytes)
    };
    let alone = |(name, _): &&(&str, &[u8])| find(swapped(name, COVER, PRINT)).is_none();
    let with_cover =
        |(name, bytes): &(&'a str, &'a [u8])| (*name, *bytes, find(swapped(name, PRINT, COVER)));
    files.iter().filter(alone).map(with_cover).collect()
}

/// A name with another ending; none where it does not have the one.
fn swapped(name: &str, ending: &str, other: &str) -> Option<String> {
    name.strip_suffix(ending).map(|stem| format!("{stem}{other}"))
}

/// Holds what was made against the articles it was made of.
pub(super) fn prove(made: &[Made], issue: &Issue, sink: &mut Sink) {
    let editions = made.iter().filter(|made| made.folder.is_empty());
    let mut files: Vec<(&str, &[u8])> =
        editions.map(|made| (made.name.as_str(), made.bytes.as_slice())).collect();
    for archive in made.iter().filter(|made| !made.folder.is_empty()) {
        let read = |path: &str| {
            let found = archive.folder.iter().find(|(name, _)| name == path);
            found.map(|(_, bytes)| bytes.clone())
        };
        let paths = archive.folder.iter().map(|(path, _)| path.clone()).collect();
        tell_faults(&archive.name, verify::faults(&paths, &read), sink);
        let kept = archive.folder.iter().filter(|(path, _)| path.starts_with(EDITIONS));
        files.extend(kept.map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    }
    // What an archive holds may be what was made beside it.
    let mut seen = std::collections::HashSet::new();
    files.retain(|(_, bytes)| seen.insert(*bytes));
    let found: Vec<_> = volumes(&files)
        .into_par_iter()
        .map(|(name, inside, cover)| {
            let reading = whole(inside, cover);
            (name, reading.map(|reading| verify::compare(issue.articles(), &reading)))
        })
        .collect();
    for (name, differences) in found {
        match differences {
            Ok(differences) => tell(name, differences, sink),
            Err(error) => sink.push(unread(name, &error)),
        }
    }
}

/// An edition, its cover included where that is a file of its own.
fn whole(inside: &[u8], cover: Option<&[u8]>) -> Result<Reading, VerifyError> {
    let reading = verify::read(inside)?;
    match cover {
        Some(cover) => Ok(reading.joined(verify::read(cover)?)),
        None => Ok(reading),
    }
}

/// Reads finished editions and archives and holds them against the articles of some orders, or
/// without any against what they carry themselves.
pub fn verify(editions: &[PathBuf], against: Option<&[Order]>, report: &mut Report) -> Vec<Proof> {
    let issues = against.map(|orders| {
        orders.iter().filter_map(|order| anew(order, report)).collect::<Vec<Issue>>()
    });
    if issues.as_ref().map(Vec::len) != against.map(<[Order]>::len) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for path in editions {
        if path.is_dir() {
            archive(path, issues.as_deref(), report, &mut out);
        } else {
            let proof = edition(path, issues.as_deref(), report);
            out.extend(accept(proof, &mut report.sink).flatten());
        }
    }
    out
}

/// Reads an order whatever was found before.
fn anew(order: &Order, report: &mut Report) -> Option<Issue> {
    let before = std::mem::take(&mut report.sink);
    let issue = read(order, report);
    let found = std::mem::replace(&mut report.sink, before);
    report.sink.append(found);
    issue
}

/// Holds one file against articles; nothing for a cover, which is read with its inside.
fn edition(
    path: &Path,
    issues: Option<&[Issue]>,
    report: &mut Report,
) -> Result<Option<Proof>, Box<Diagnostic>> {
    let name = path.display().to_string();
    if swapped(&name, COVER, PRINT).is_some_and(|inside| Path::new(&inside).exists()) {
        report.sink.push(Diagnostic::new(Code::VerifyCover).with("path", &name).at(name));
        return Ok(None);
    }
    let inside = files::read(path, &name)?;
    let cover = swapped(&name, PRINT, COVER).filter(|cover| Path::new(cover).exists());
    let cover = cover.map(|cover| files::read(Path::new(&cover), &cover)).transpose()?;
    let reading = whole(&inside.bytes, cover.as_ref().map(|cover| cover.bytes.as_slice()));
    let reading = reading.map_err(|error| Box::new(unread(&name, &error)))?;
    let own;
    let issues = match issues {
        Some(issues) => issues,
        None => {
            let carried = verify::carried(&inside.bytes);
            if carried.is_empty() {
                return Err(Diagnostic::new(Code::VerifyAgainst).at(name).into());
            }
            let order = super::plan::carried(carried, &mut report.sink)?;
            let Some(issue) = anew(&order, report) else { return Ok(None) };
            own = [issue];
            &own
        }
    };
    let articles = issues.iter().flat_map(Issue::articles);
    tell(&name, verify::compare(articles, &reading), &mut report.sink);
    let characters =
        reading.articles.iter().map(|one| one.text.chars().count() + one.notes.chars().count());
    let (path, articles) = (path.to_owned(), reading.articles.len());
    Ok(Some(Proof { path, articles, characters: characters.sum() }))
}

/// Where an archive has its editions, and what they were made of.
const EDITIONS: &str = "data/editions/";
const ISSUE: &str = "data/issue";

/// Holds an archive against its manifests, and its editions against articles: those it keeps where
/// no others are named.
fn archive(path: &Path, issues: Option<&[Issue]>, report: &mut Report, out: &mut Vec<Proof>) {
    let name = path.display().to_string();
    let paths = files::below(path);
    let of_bag = |path: &String| {
        ["bagit.txt", "data/", "manifest-", "tagmanifest-"].iter().any(|own| path.starts_with(own))
    };
    if !paths.iter().any(of_bag) {
        return report.sink.push(unread(&name, &VerifyError::Kind));
    }
    let read_file = |inside: &str| files::whole(&path.join(inside)).ok();
    tell_faults(&name, verify::faults(&paths, &read_file), &mut report.sink);
    let own;
    let issues = match issues {
        Some(issues) => issues,
        None => {
            let settings = Settings::default();
            let orders = super::plan(&[path.join(ISSUE)], &settings, report);
            own = orders.iter().filter_map(|order| anew(order, report)).collect::<Vec<_>>();
            if own.is_empty() {
                return;
            }
            &own
        }
    };
    let editions: Vec<&String> = paths.iter().filter(|path| path.starts_with(EDITIONS)).collect();
    if editions.is_empty() {
        let finding = Diagnostic::new(Code::BagMissing).with("bag", &name).with("what", EDITIONS);
        report.sink.push(finding.at(name));
        return;
    }
    for inside in editions {
        let proof = edition(&path.join(inside), Some(issues), report);
        out.extend(accept(proof, &mut report.sink).flatten());
    }
}

fn tell_faults(name: &str, faults: Vec<BagFault>, sink: &mut Sink) {
    for fault in faults {
        let code = match &fault {
            BagFault::Declaration | BagFault::NoManifest => Code::BagUnknown,
            BagFault::Line(..) => Code::BagLine,
            BagFault::Missing(_) => Code::BagMissing,
            BagFault::Changed(_) => Code::BagChanged,
            BagFault::Extra(_) => Code::BagExtra,
            BagFault::Oxum(..) => Code::BagOxum,
        };
        sink.push(Diagnostic::new(code).with("bag", name).with("what", fault).at(name));
    }
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
        let (wanted, shown) = match found.kind {
            Kind::Pictures(wanted, shown) => (wanted, shown),
            _ => (0, 0),
        };
        let code = match (found.kind, found.missing.is_empty(), found.added.is_empty()) {
            (Kind::Pictures(..), ..) => Code::VerifyPictures,
            (Kind::Order, ..) => Code::VerifyOrder,
            (Kind::Contents, ..) => Code::VerifyContents,
            (Kind::Page, ..) => Code::VerifyPage,
            (Kind::Words, false, true) => Code::VerifyMissing,
            (Kind::Words, true, _) => Code::VerifyAdded,
            (Kind::Words, false, false) => Code::VerifyChanged,
        };
        let finding = Diagnostic::new(code)
            .with("path", name)
            .with("article", found.article)
            .with("page", if found.place.is_empty() { "—" } else { &found.place })
            .with("wanted", wanted)
            .with("shown", shown)
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
