//! Articles → clean Markdown with their pictures beside it, and the account of what was changed.
//!
//! What `build` does up to the pages, written so that building from it gives the same edition.

use super::reading::{policies, read_all};
use super::{Report, output};
use crate::article::{Action, Article, Edit, Ledger, Part, RuleId};
use crate::diagnostics::{Code, Diagnostic};
use crate::ingest::Input;
use crate::issue::Manifest;
use crate::manuscript;
use crate::source::Sources;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// An article, read and cleaned.
#[derive(Debug)]
pub struct Imported {
    /// Where it was read from.
    pub path: PathBuf,
    /// The article; its pictures have the addresses they are written at.
    pub article: Article,
}

/// Reads and cleans articles; what went wrong is in the report.
pub fn import(
    inputs: Vec<(PathBuf, Input)>,
    manifest: &Manifest,
    report: &mut Report,
) -> Vec<Imported> {
    let language = manifest.language.clone().unwrap_or_else(|| "zh-Hans".to_owned());
    let (paths, inputs): (Vec<PathBuf>, Vec<Input>) = inputs.into_iter().unzip();
    let read = read_all(&inputs.iter().collect::<Vec<_>>(), &language, policies(manifest), report);
    let mut out = Vec::new();
    for (path, article) in paths.into_iter().zip(read) {
        let Some(mut article) = article else { continue };
        address_pictures(&mut article);
        report.tally.count_article(&article, &report.sources);
        out.push(Imported { path, article });
    }
    out
}

/// The folder of pictures beside a manuscript.
const PICTURES: &str = "images";

/// Gives every picture the address it is written at: `images/文章-1.jpg`.
fn address_pictures(article: &mut Article) {
    let stem = article.name.clone();
    let endings: Vec<&str> = article.pictures.iter().map(|p| p.format.ending()).collect();
    article.all_blocks_mut().for_each(|block| {
        block.each_image_mut(&mut |image| {
            if let Some((id, ending)) = image.picture.and_then(|id| Some((id, endings.get(id.0)?)))
            {
                image.source = format!("{PICTURES}/{stem}-{}.{ending}", id.0 + 1);
            }
        });
    });
}

/// The files of imported articles: Markdown beside each source or in `folder`, pictures below.
/// A file that is there already and says something else is never written over.
///
/// # Errors
/// [`Code::ImportExists`] for a file that is there already, [`Code::ImportClash`] for two articles
/// of one name, [`Code::InputUnreadable`] for a file that cannot be compared.
pub fn manuscripts(
    imported: &[Imported],
    folder: Option<&Path>,
) -> Result<Vec<(PathBuf, Vec<u8>)>, Box<Diagnostic>> {
    let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    for Imported { path, article } in imported {
        let beside = path.parent().unwrap_or(Path::new(""));
        let folder = folder.unwrap_or(beside);
        let text = manuscript::markdown(article).into_bytes();
        let pictures = article.pictures.iter().zip(1..).map(|(picture, number)| {
            let name = format!("{}-{number}.{}", article.name, picture.format.ending());
            (folder.join(PICTURES).join(name), picture.bytes.to_vec())
        });
        super::files::inside(folder, PICTURES)?;
        let own = (folder.join(format!("{}.md", article.name)), text);
        for (path, bytes) in pictures.chain([own]) {
            let name = path.display().to_string();
            if files.insert(path, bytes).is_some() {
                return Err(Diagnostic::new(Code::ImportClash).with("path", &name).at(name).into());
            }
        }
    }
    unwritten(files)
}

/// Those of some files that are not there yet.
///
/// # Errors
/// [`Code::ImportExists`] for one that is there and says something else.
pub fn unwritten(
    files: impl IntoIterator<Item = (PathBuf, Vec<u8>)>,
) -> Result<Vec<(PathBuf, Vec<u8>)>, Box<Diagnostic>> {
    let mut out = Vec::new();
    for (path, bytes) in files {
        match output::present(&path) {
            Some(there) if there == bytes => {}
            Some(_) => {
                let name = path.display().to_string();
                return Err(Diagnostic::new(Code::ImportExists)
                    .with("path", &name)
                    .at(name)
                    .into());
            }
            None => out.push((path, bytes)),
        }
    }
    Ok(out)
}

/// A line of a written ledger.
#[derive(Debug, Serialize)]
struct Line<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    start: usize,
    end: usize,
    action: Action,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<RuleId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<Part>,
    old: &'a str,
    new: &'a str,
}

/// The ledgers of imported articles as JSON Lines: every piece of every source, in order. `start`
/// and `end` count bytes of the text decoded to UTF-8; line and column are for people.
#[must_use]
pub fn ledger_lines(imported: &[Imported], sources: &Sources) -> String {
    let articles = imported.iter().map(|imported| &imported.article);
    ledger_of(articles.map(|article| (article, sources.name(article.file))), sources)
}

/// The ledgers of articles as JSON Lines; each with the name of the file it was read from.
pub(super) fn ledger_of<'a>(
    articles: impl IntoIterator<Item = (&'a Article, &'a str)>,
    sources: &Sources,
) -> String {
    let mut out = String::new();
    for (article, file) in articles {
        let (mut line, mut column) = (1, 1);
        for edit in &Ledger::of(article, sources).edits {
            let Edit { span, action, rule, part, old, new } = edit;
            let row = Line {
                file,
                line,
                column,
                start: span.start,
                end: span.end,
                action: *action,
                rule: *rule,
                part: *part,
                old,
                new,
            };
            // Strings and numbers always become JSON.
            out.push_str(&serde_json::to_string(&row).unwrap_or_default());
            out.push('\n');
            for c in old.chars() {
                (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
            }
        }
    }
    out
}

/// The document models of imported articles, a JSON object a line.
#[must_use]
pub fn models(imported: &[Imported]) -> String {
    let mut out = String::new();
    for Imported { article, .. } in imported {
        // The model has string keys only.
        out.push_str(&serde_json::to_string(article).unwrap_or_default());
        out.push('\n');
    }
    out
}
