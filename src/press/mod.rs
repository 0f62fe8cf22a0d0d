//! What runs, in which order; whole files or none.
//!
//! An [`Order`] is everything an edition is made from: the manifest and the articles' bytes.
//! [`make`] runs the pipeline in memory; [`plan()`] makes orders from what is on disk, [`output`]
//! puts finished editions there.

mod archive;
mod arrival;
mod attachments;
mod claims;
mod coverage;
mod faces;
mod files;
mod findings;
mod import;
mod issue_file;
mod keep_going;
mod listed;
mod output;
mod plan;
mod print;
mod progress;
mod proof;
mod reading;
mod tally;

pub use archive::Origin;
pub use claims::Claims;
pub use coverage::{Covered, coverage};
pub use faces::{add_faces, system_faces};
pub use import::{Imported, import, ledger_lines, manuscripts, models, unwritten};
pub use issue_file::IssueFile;
pub use keep_going::{check_all, make_all};
pub use output::{write, write_files};
pub use plan::{Settings, plan, read_articles};
pub use progress::{Progress, Step};
pub use proof::{Proof, verify};
pub use tally::{Change, RuleTally, Tally};

use crate::archive::BagFile;
use crate::article::{CoverPicture, Ledger};
use crate::diagnostics::{Code, Diagnostic, Level, Sink};
use crate::fonts::Library;
use crate::ingest::Input;
use crate::issue::{Edition, Issue, Manifest};
use crate::page::Layout;
use crate::pdf::Reading;
use crate::source::Sources;
use crate::template::{Design, Template};
use print::Press;
use rayon::prelude::*;
use std::path::PathBuf;

/// One issue to make.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// What the issue file says, settings laid over it.
    pub manifest: Manifest,
    /// Articles by section, in order.
    pub sections: Vec<(Option<String>, Vec<Input>)>,
    /// The design; that of a single article when not given.
    pub design: Option<Design>,
    /// The cover's picture.
    pub cover: Option<CoverPicture>,
    /// The ICC profile of the printing condition.
    pub profile: Option<Vec<u8>>,
    /// Editions to make.
    pub editions: Vec<Edition>,
    /// The date to use where neither issue nor article has one, `2021-04-26`.
    pub fallback_date: Option<String>,
    /// The folder the editions go to.
    pub output: PathBuf,
    /// Whether editions are written without being read back first.
    pub unverified: bool,
    /// Whether every single change is told.
    pub lists_changes: bool,
    /// Where it came from, for the archive.
    pub origin: Origin,
    /// Folders with faces of the system; none where these are not wanted.
    pub system_faces: Vec<PathBuf>,
    /// The issue file, for the places of what is found wrong in it.
    pub issue_file: Option<IssueFile>,
    /// Articles that are not in `sections` though they were named, by name: they could not be
    /// read or had errors, and that has been said.
    pub left_out: Vec<String>,
}

/// A finished edition.
#[derive(Debug, Clone, Default)]
pub struct Made {
    /// Its kind.
    pub edition: Edition,
    /// The name of its file, or of its folder.
    pub name: String,
    /// What is in the file.
    pub bytes: Vec<u8>,
    /// What is in the folder, by paths below it; nothing for a file.
    pub folder: Vec<BagFile>,
}

/// What a run has to tell.
#[derive(Debug, Default)]
pub struct Report {
    /// The texts that were read, for places.
    pub sources: Sources,
    /// Findings, in order.
    pub sink: Sink,
    /// What was counted.
    pub tally: Tally,
    /// Who is told how far the run is.
    pub progress: Progress,
}

impl Report {
    /// The exit code of the run: 0, or that of its gravest error; with `strict`, a warning is 3.
    #[must_use]
    pub fn exit(&self, strict: bool) -> u8 {
        let errors = self.sink.found().iter().map(|d| d.code.exit());
        match errors.max().unwrap_or(0) {
            0 if strict && self.sink.any(Level::Warning) => 3,
            code => code,
        }
    }
}

/// Makes the editions of an order. `None` when there was an error; what it was is in the report,
/// as is everything else that was found on the way.
pub fn make(order: &Order, library: &Library, report: &mut Report) -> Option<Vec<Made>> {
    let ready = compose(order, library, report)?;
    if report.sink.any(Level::Error) {
        return None;
    }
    let Ready { issue, layout, template, library } = ready;
    let press =
        Press { order, issue: &issue, layout: &layout, template: &template, library: &library };
    let out = editions(&press, report)?;
    // Reading back needs room, and no pages.
    drop(layout);
    if !order.unverified {
        report.progress.tell(Step::Verify);
        proof::prove(&out, &issue, &mut report.sink);
    }
    (!report.sink.any(Level::Error)).then_some(out)
}

/// Everything an order can be found wanting in, without making its editions.
pub fn check(order: &Order, library: &Library, report: &mut Report) {
    let Some(ready) = compose(order, library, report) else { return };
    findings::check(&ready.issue, &ready.layout, &report.sources, &mut report.sink);
}

/// An issue on its pages.
struct Ready {
    issue: Issue,
    layout: Layout,
    template: Template,
    library: Library,
}

/// Reads an issue and sets it, and looks at the pages.
fn compose(order: &Order, library: &Library, report: &mut Report) -> Option<Ready> {
    let issue = reading::read(order, report);
    if let Some(file) = &order.issue_file {
        file.locate_since(0, report);
    }
    let issue = issue?;
    if !order.manifest.lost_images_are_warnings {
        arrival::report_lost_images(&issue, &mut report.sink);
    }
    report.tally.lists = order.lists_changes;
    report.tally.count(&issue, &report.sources);
    let manifest = &order.manifest;
    let mut design = match &order.design {
        Some(design) => design.clone(),
        None => accept(Design::named("article"), &mut report.sink)?,
    };
    if let Some(path) = &design.path {
        design.file = Some(report.sources.add(path.clone(), design.toml.clone()));
    }
    let told = report.sink.found().len();
    let template = Template::of(&design, &manifest.design, issue.month(), &mut report.sink);
    let template = accept(template, &mut report.sink);
    if let Some(file) = &order.issue_file {
        file.locate_since(told, report);
    }
    let template = template?;
    if let Some(cover) = issue.cover.as_ref().filter(|_| template.picture_cover.is_empty()) {
        let finding = Diagnostic::new(Code::CoverUnused).with("path", &cover.picture.name);
        report.sink.push(finding);
    }
    let mut library = faces::assigned(library, &manifest.faces, &mut report.sink);
    let texts = issue.articles().flat_map(|article| article.texts());
    let texts = texts.map(|text| text.as_str());
    faces::add_system_faces(texts, &order.system_faces, &mut library);
    let missing = manifest.missing_is_warning;
    report.progress.tell(Step::Typeset);
    let layout = crate::typeset::typeset(&issue, &template, &library, missing, &mut report.sink);
    report.tally.count_layout(&layout, &library);
    arrival::report_undescribed(&issue, &mut report.sink);
    arrival::check_pictures(&issue, &layout, &mut report.sink);
    arrival::check_text(&issue, &layout, &mut report.sink);
    let printed = order.editions.contains(&Edition::Print);
    let sharp = printed.then_some(order.manifest.print.min_dpi);
    arrival::report_resolution(&issue, &layout, sharp, &mut report.sink);
    Some(Ready { issue, layout, template, library })
}

/// Makes each edition; the archive last, for it holds the others.
fn editions(press: &Press<'_>, report: &mut Report) -> Option<Vec<Made>> {
    let Press { order, issue, layout, library, .. } = *press;
    let attached = || attachments::attachments(order, issue, &report.sources);
    let max_dpi = order.manifest.max_dpi;
    let plain = Reading { attachments: Vec::new(), max_dpi };
    let whole = || Reading { attachments: attached(), max_dpi };
    let mut wanted: Vec<Edition> = order.editions.clone();
    let archived = wanted.contains(&Edition::Archive);
    wanted.retain(|edition| *edition != Edition::Archive);
    let asked_for = wanted.len();
    if archived && wanted.is_empty() {
        wanted = vec![Edition::Epub, Edition::Pdf];
    }
    let reading = if order.manifest.attaches_sources { whole() } else { plain };
    // They share nothing but what they are made from.
    let one = |edition: &Edition| {
        report.progress.tell(Step::Edition(edition.names().0));
        let mut sink = Sink::default();
        let made = match edition {
            Edition::Print => press.make(&mut sink),
            _ => export(*edition, press, &reading).map(|made| vec![made]),
        };
        (made, sink)
    };
    let all: Vec<_> = wanted.par_iter().map(one).collect();
    let mut each = Vec::new();
    for (made, sink) in all {
        report.sink.append(sink);
        each.push(accept(made, &mut report.sink));
    }
    let each: Option<Vec<_>> = each.into_iter().collect();
    let mut out: Vec<Made> = each?.into_iter().flatten().collect();
    if archived {
        report.progress.tell(Step::Edition(Edition::Archive.names().0));
        let mut kept = out.clone();
        // Whatever the pages are for, the archive's PDF carries what they were made of.
        for made in kept.iter_mut().filter(|made| made.edition == Edition::Pdf) {
            *made = accept(export(Edition::Pdf, press, &whole()), &mut report.sink)?;
        }
        let sources = &report.sources;
        let archive = archive::Kept { order, issue, layout, library, sources }.archive(&kept);
        if asked_for == 0 {
            out.clear();
        }
        out.push(archive);
    }
    Some(out)
}

/// The value, or its finding in the sink.
fn accept<T>(result: Result<T, Box<Diagnostic>>, sink: &mut Sink) -> Option<T> {
    result.map_err(|finding| sink.push(*finding)).ok()
}

fn export(edition: Edition, press: &Press<'_>, reading: &Reading) -> Result<Made, Box<Diagnostic>> {
    let Press { order, issue, layout, template, library } = *press;
    let bytes = match edition {
        Edition::Epub => {
            let ebook = &order.manifest.epub;
            crate::epub::write(issue, layout, template, library, ebook)
                .map_err(|error| error.to_string())
        }
        Edition::Pdf | Edition::Print | Edition::Archive => {
            crate::pdf::write(layout, library, reading).map_err(|error| error.to_string())
        }
    };
    let (edition_name, ending) = edition.names();
    let name = format!("{}{ending}", issue.file_stem());
    let failed = |reason| {
        let finding = Diagnostic::new(Code::ExportFailed).with("edition", edition_name);
        Box::new(finding.with("reason", reason))
    };
    bytes.map(|bytes| Made { edition, name, bytes, ..Made::default() }).map_err(failed)
}

/// The account of every article of an order, in order; what was read before an error included.
#[must_use]
pub fn ledgers(issue: &Issue, sources: &Sources) -> Vec<Ledger> {
    issue.articles().map(|article| Ledger::of(article, sources)).collect()
}
