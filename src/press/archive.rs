//! What is kept of an issue: everything it was made of, in a folder that can be built again, every
//! edition, and what became of every character.
//!
//! ```text
//! data/editions/   the editions; the PDF carries its sources (PDF/A-3a)
//! data/issue/      the issue file, the articles and their pictures as they came
//! data/articles/   each article as clean Markdown, and its ledger
//! data/metadata/   Dublin Core; the program, the design and the faces with their checksums
//! ```

use super::issue_file::MANIFEST;
use super::listed::spelt_out;
use super::{Made, Order, import};
use crate::archive::{AGENT, bag, dublin_core, sha256};
use crate::article::{Article, Image};
use crate::fonts::{FaceId, Library};
use crate::ingest::{Format, Input, picture_path};
use crate::issue::{Edition, Issue};
use crate::page::Layout;
use crate::source::Sources;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// Where an order came from.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// The issue folder; none for articles that were named one by one.
    pub folder: Option<PathBuf>,
    /// The issue file as it came.
    pub issue_file: Option<Vec<u8>>,
    /// What it says, with the settings laid over it.
    pub table: Table,
    /// Whether settings were laid over it.
    pub changed: bool,
}

/// What an archive is made of.
pub(super) struct Kept<'a> {
    pub(super) order: &'a Order,
    pub(super) issue: &'a Issue,
    pub(super) layout: &'a Layout,
    pub(super) library: &'a Library,
    pub(super) sources: &'a Sources,
}

/// The issue file as it came, where the kept sources are built by that: no settings were laid over
/// it, and no article was left out.
fn as_it_came(order: &Order) -> Option<&Vec<u8>> {
    let whole = !order.origin.changed && order.left_out.is_empty();
    order.origin.issue_file.as_ref().filter(|_| whole)
}

/// The issue file by which the kept sources can be built: as it came, or with the settings of this
/// build and the articles that are there.
pub(super) fn issue_file(order: &Order) -> Vec<u8> {
    if let Some(bytes) = as_it_came(order) {
        return bytes.clone();
    }
    let mut table = order.origin.table.clone();
    if order.design.as_ref().is_some_and(|design| design.path.is_some()) {
        let design = table.entry("design").or_insert_with(|| Value::Table(Table::new()));
        if let Some(design) = design.as_table_mut() {
            design.insert("template".into(), DESIGN.into());
        }
    }
    if !table.contains_key("section") || !order.left_out.is_empty() {
        let names = kept_names(order);
        let sections = names.chunk_by(|a, b| a.section == b.section).map(|names| {
            let articles = names.iter().map(|name| glob::Pattern::escape(&name.path).into());
            let mut section = Table::new();
            let own = names.first().and_then(|name| order.sections.get(name.section));
            if let Some((Some(name), _)) = own {
                section.insert("name".into(), name.as_str().into());
            }
            section.insert("articles".into(), Value::Array(articles.collect()));
            Value::Table(section)
        });
        table.insert("section".into(), Value::Array(sections.collect()));
    }
    // Tables of strings and numbers always become TOML.
    toml::to_string(&table).unwrap_or_default().into_bytes()
}

/// The folder of an editor's own design that was named on the command line.
const DESIGN: &str = "design";

/// An article's path below the issue's folder, wherever that was and however it was named.
pub(super) struct KeptName {
    section: usize,
    pub(super) path: String,
}

/// The articles' paths: as they were in the issue folder; those named one by one side by side.
pub(super) fn kept_names(order: &Order) -> Vec<KeptName> {
    let mut folders: Vec<Option<&PathBuf>> = Vec::new();
    let mut taken = BTreeSet::new();
    let mut out = Vec::new();
    for (section, (_, inputs)) in order.sections.iter().enumerate() {
        for input in inputs {
            let path = spelt_out(Path::new(&input.name));
            let own = order.origin.folder.as_ref().map(|own| spelt_out(own));
            let inside = own.as_ref().and_then(|own| path.strip_prefix(own).ok());
            let path = inside.map(slashed).unwrap_or_else(|| {
                let folder = input.folder.as_ref();
                let number = folders.iter().position(|known| *known == folder);
                let number = number.unwrap_or_else(|| {
                    folders.push(folder);
                    folders.len() - 1
                });
                beside(number, input, &mut taken)
            });
            out.push(KeptName { section, path });
        }
    }
    out
}

/// A path as a bag names it (RFC 8493 §2.1.3).
fn slashed(path: &Path) -> String {
    let path = spelt_out(path);
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A path for an article that was named by itself: those of one folder stay together.
fn beside(folder: usize, input: &Input, taken: &mut BTreeSet<String>) -> String {
    let folder = match folder {
        0 => "articles".to_owned(),
        number => format!("articles-{}", number + 1),
    };
    let name = Path::new(&input.name).file_name().and_then(|name| name.to_str());
    let mut name = name.unwrap_or("article.md").to_owned();
    if Format::of(&name).is_none() || !name.contains('.') {
        name.push_str(".md");
    }
    let mut path = format!("{folder}/{name}");
    let mut number = 2;
    while !taken.insert(path.to_lowercase()) {
        path = format!("{folder}/{number}-{name}");
        number += 1;
    }
    path
}

impl Kept<'_> {
    /// Makes the bag; `editions` are what it holds of finished files.
    pub(super) fn archive(&self, editions: &[Made]) -> Made {
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for made in editions {
            files.insert(format!("editions/{}", made.name), made.bytes.clone());
        }
        self.keep_sources(&mut files);
        self.keep_articles(&mut files);
        let dublin = dublin_core(self.issue).into_bytes();
        files.insert("metadata/dublin-core.xml".into(), dublin);
        let build = self.build(editions).into_bytes();
        files.insert("metadata/build.json".into(), build);
        let Issue { issn, description, .. } = self.issue;
        let title = [self.issue.edition_title(), self.issue.year_and_number()].join(" ");
        let credit = |key: &str| {
            let found = self.issue.masthead.iter().find(|credit| credit.key == key);
            found.map(|credit| credit.values.join("、")).unwrap_or_default()
        };
        let identifier = issn.map(|issn| format!("urn:issn:{issn}"));
        let info = [
            ("Source-Organization", credit("publisher")),
            ("External-Description", [title, description.clone().unwrap_or_default()].join(" ")),
            ("External-Identifier", identifier.unwrap_or_default()),
            ("Bag-Group-Identifier", self.issue.title.clone().unwrap_or_default()),
            (AGENT.0, AGENT.1.to_owned()),
        ];
        let name = format!("{}{}", self.issue.file_stem(), Edition::Archive.names().1);
        let folder = bag(files.into_iter().collect(), &info);
        Made { edition: Edition::Archive, name, folder, ..Made::default() }
    }

    /// Everything the issue was read from.
    fn keep_sources(&self, files: &mut BTreeMap<String, Vec<u8>>) {
        let Order { manifest, cover, profile, design, origin, .. } = self.order;
        let mut keep = |path: &str, bytes: &[u8]| {
            files.insert(format!("issue/{}", slashed(Path::new(path))), bytes.to_vec());
        };
        keep(MANIFEST, &issue_file(self.order));
        let as_it_came = as_it_came(self.order).is_some();
        if let Some(bytes) = origin.issue_file.as_ref().filter(|_| !as_it_came) {
            keep("qikan.original.toml", bytes);
        }
        if let (Some(path), Some(cover)) = (&manifest.cover_image, cover) {
            keep(path, &cover.picture.bytes);
        }
        if let (Some(path), Some(profile)) = (&manifest.print.profile, profile) {
            keep(path, profile);
        }
        if let Some(design) = design.as_ref().filter(|design| design.path.is_some()) {
            let folder = if as_it_came { design.name.as_str() } else { DESIGN };
            keep(&format!("{folder}/template.toml"), design.toml.as_bytes());
            keep(&format!("{folder}/epub.css"), design.css.as_bytes());
        }
        let inputs = self.order.sections.iter().flat_map(|(_, inputs)| inputs);
        for ((input, name), article) in
            inputs.zip(kept_names(self.order)).zip(self.issue.articles())
        {
            keep(&name.path, &input.bytes);
            if Format::of(&input.name) == Some(Format::Docx) {
                continue;
            }
            let folder = Path::new(&name.path).parent().unwrap_or(Path::new(""));
            for (path, bytes) in pictures(article) {
                keep(&folder.join(path).display().to_string(), bytes);
            }
        }
    }

    /// Each article as clean Markdown, and what became of its characters.
    fn keep_articles(&self, files: &mut BTreeMap<String, Vec<u8>>) {
        let kept = kept_names(self.order);
        for ((article, kept), number) in self.issue.articles().zip(&kept).zip(1..) {
            let stem = format!("articles/{number:03}-{}", article.name);
            let markdown = crate::manuscript::markdown(article).into_bytes();
            let ledger =
                import::ledger_of([(article, kept.path.as_str())], self.sources).into_bytes();
            files.insert(format!("{stem}.md"), markdown);
            files.insert(format!("{stem}.ledger.jsonl"), ledger);
        }
    }

    /// With what the editions were made.
    fn build(&self, editions: &[Made]) -> String {
        let design = self.order.design.as_ref();
        let faces: BTreeSet<FaceId> =
            self.layout.pages.iter().flat_map(|page| page.runs()).map(|run| run.face).collect();
        let build = Build {
            program: "qikan",
            version: env!("CARGO_PKG_VERSION"),
            design: Checked {
                name: design.map_or("article", |design| design.name.as_str()),
                sha256: design.map(|own| sha256(own.toml.as_bytes())).unwrap_or_default(),
            },
            fonts: faces
                .iter()
                .map(|id| self.library.face(*id))
                .map(|face| Checked { name: face.name(), sha256: sha256(face.bytes()) })
                .collect(),
            editions: editions
                .iter()
                .map(|made| Checked { name: &made.name, sha256: sha256(&made.bytes) })
                .collect(),
            left_out: &self.issue.left_out,
        };
        // Strings always become JSON.
        serde_json::to_string_pretty(&build).unwrap_or_default() + "\n"
    }
}

/// With what something was made.
#[derive(Debug, Serialize)]
struct Build<'a> {
    program: &'a str,
    version: &'a str,
    design: Checked<'a>,
    fonts: Vec<Checked<'a>>,
    editions: Vec<Checked<'a>>,
    /// Articles that it had to do without.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    left_out: &'a [String],
}

#[derive(Debug, Serialize)]
struct Checked<'a> {
    name: &'a str,
    sha256: String,
}

/// The pictures of an article that are files beside it, by their paths.
fn pictures(article: &Article) -> Vec<(PathBuf, &[u8])> {
    let mut out = Vec::new();
    let mut take = |image: &Image| {
        let picture = image.picture.and_then(|id| article.pictures.get(id.0));
        let path = picture_path(&image.source);
        out.extend(path.zip(picture).map(|(path, picture)| (path, &*picture.bytes)));
    };
    for block in article.all_blocks() {
        block.clone().each_image_mut(&mut |image| take(image));
    }
    out
}
