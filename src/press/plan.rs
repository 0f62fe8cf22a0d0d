//! What is on disk → orders.

use super::issue_file::{IssueFile, MANIFEST};
use super::{Order, Origin, Report, files, listed};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::ingest::{Format, Input};
use crate::issue::{Edition, Manifest, SectionPlan, parse_setting};
use crate::template::Design;
use std::path::{Path, PathBuf};

/// What the user asked for beside the inputs.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The folder for editions; `dist` in the issue folder or beside the article when not given.
    pub output: Option<PathBuf>,
    /// Editions; the issue file's, or all, when empty.
    pub editions: Vec<Edition>,
    /// The design's name.
    pub template: Option<String>,
    /// `KEY=VALUE`, laid over the issue file.
    pub set: Vec<String>,
    /// The date to use where nothing has one.
    pub fallback_date: Option<String>,
    /// Whether editions are not read back before they are written.
    pub unverified: bool,
    /// Whether every single change is told.
    pub lists_changes: bool,
    /// Folders with faces of the system, for characters that no other face has.
    pub system_faces: Vec<PathBuf>,
    /// What `-` stands for, read already.
    pub standard_input: Option<Input>,
}

type Planned<T> = Result<T, Box<Diagnostic>>;

/// The orders for some inputs: one an issue folder, and one for all bare articles together.
/// Whatever cannot be planned is in the report.
pub fn plan(inputs: &[PathBuf], settings: &Settings, report: &mut Report) -> Vec<Order> {
    let mut orders = Vec::new();
    let mut articles: Vec<&PathBuf> = Vec::new();
    for input in inputs {
        let order = if input.is_dir() {
            folder(input, settings, report)
        } else if input.file_name().is_some_and(|name| name == MANIFEST) {
            folder(input.parent().unwrap_or(Path::new("")), settings, report)
        } else {
            articles.push(input);
            continue;
        };
        orders.push(order);
    }
    if !articles.is_empty() {
        orders.push(bare(&articles, settings, report));
    }
    let mut out = Vec::new();
    for order in orders {
        match order {
            // Why nothing of it could be read has been said.
            Ok(order)
                if order.sections.iter().all(|(_, inputs)| inputs.is_empty())
                    && !order.left_out.is_empty() => {}
            Ok(order) => out.push(order),
            Err(finding) => report.sink.push(*finding),
        }
    }
    out
}

/// An issue folder. What is wrong with a key of its issue file has its place there.
fn folder(folder: &Path, settings: &Settings, report: &mut Report) -> Planned<Order> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let path = folder.join(MANIFEST);
    if !path.exists() {
        return filled(folder, named_after(folder)?, settings, report);
    }
    let name = path.display().to_string();
    files::stays(folder, &path, &name)?;
    let input = files::read(&path, &name)?;
    let text = crate::ingest::decode(&input.bytes)
        .map_err(|error| Box::new(syntax(&name, &error.to_string())))?;
    let file = report.sources.add(name.clone(), text.text.clone());
    let table = Manifest::table(&text.text, file)?;
    let mut set = settings.set.clone();
    set.extend(settings.template.iter().map(|name| format!("design.template={name}")));
    let own = IssueFile { path: name, text: text.text, set };
    let told = report.sink.found().len();
    let order = filled(folder, table, settings, report);
    let new = report.sink.found_mut().iter_mut().skip(told);
    new.for_each(|finding| own.locate(finding, file));
    let mut order = order.map_err(|mut finding| {
        own.locate(&mut finding, file);
        finding
    })?;
    order.origin.issue_file = Some(input.bytes);
    order.issue_file = Some(own);
    Ok(order)
}

/// What stands for an issue file where there is none: several articles are called what their folder
/// is called, one is called what it is.
fn named_after(folder: &Path) -> Planned<toml::Table> {
    let plan = everything(folder)?;
    let found = plan.articles.iter().map(|pattern| matches(folder, pattern));
    let found: usize = found.collect::<Planned<Vec<_>>>()?.iter().map(Vec::len).sum();
    let real = folder.canonicalize().ok();
    let name = real.as_ref().and_then(|path| path.file_name()).and_then(|name| name.to_str());
    let mut table = toml::Table::new();
    if let Some(name) = name.filter(|_| found > 1) {
        let mut issue = toml::Table::new();
        issue.insert("title".into(), name.into());
        table.insert("issue".into(), issue.into());
    }
    Ok(table)
}

/// The order for an issue folder, from what its issue file says.
fn filled(
    folder: &Path,
    table: toml::Table,
    settings: &Settings,
    report: &mut Report,
) -> Planned<Order> {
    let mut order = ordered(table, settings, &mut report.sink)?;
    order.origin.folder = Some(folder.to_owned());
    let plans = std::mem::take(&mut order.manifest.sections);
    let named = !plans.is_empty();
    let plans = if named { plans } else { vec![everything(folder)?] };
    for (number, plan) in plans.into_iter().enumerate() {
        let key = named.then(|| format!("section.{number}.articles"));
        let (inputs, unread) = section(folder, &plan, key.as_deref(), &mut report.sink)?;
        order.left_out.extend(unread);
        if !inputs.is_empty() || order.left_out.is_empty() {
            order.sections.push((plan.name, inputs));
        }
    }
    if named {
        listed::report(&order.sections, &order.left_out, &mut report.sink);
    }
    cover(&mut order, folder, report)?;
    profile(&mut order, folder)?;
    let design = design(&order.manifest, settings, Some(folder));
    order.design = Some(design.map_err(about("design.template"))?);
    order.output = settings.output.clone().unwrap_or_else(|| folder.join("dist"));
    Ok(order)
}

/// Makes a finding one about a key of the issue file.
fn about(key: &str) -> impl Fn(Box<Diagnostic>) -> Box<Diagnostic> {
    move |finding| Box::new(finding.with("key", key))
}

/// The cover's picture, whose path is from `folder`.
fn cover(order: &mut Order, folder: &Path, report: &mut Report) -> Planned<()> {
    let Some(image) = &order.manifest.cover_image else { return Ok(()) };
    let about = about("cover.image");
    match crate::ingest::cover(image, folder).map_err(&about) {
        Ok(cover) => order.cover = Some(cover),
        Err(finding) => {
            report.sink.push(*finding);
            if !order.manifest.lost_images_are_warnings {
                return Err(about(Diagnostic::new(Code::ImageLost).with("path", image).into()));
            }
        }
    }
    Ok(())
}

/// The printer's ICC profile, whose path is from `folder`.
fn profile(order: &mut Order, folder: &Path) -> Planned<()> {
    if let Some(name) = &order.manifest.print.profile {
        let input = files::inside(folder, name).and_then(|path| files::read(&path, name));
        order.profile = Some(input.map_err(about("print.profile"))?.bytes);
    }
    Ok(())
}

fn syntax(name: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(Code::ManifestSyntax).with("reason", reason).at(name)
}

/// Articles without an issue file.
fn bare(paths: &[&PathBuf], settings: &Settings, report: &mut Report) -> Planned<Order> {
    let mut order = ordered(toml::Table::new(), settings, &mut report.sink)?;
    order.design = Some(design(&order.manifest, settings, None)?);
    let mut inputs = Vec::new();
    for path in paths {
        let name = path.display().to_string();
        let input = match &settings.standard_input {
            Some(input) if name == "-" => Ok(input.clone()),
            // Why there is none has been said.
            None if name == "-" => continue,
            _ => files::read(path, &name),
        };
        match input {
            Ok(input) => inputs.push(input),
            Err(finding) => {
                order.left_out.push(name);
                report.sink.push(*finding);
            }
        }
    }
    listed::report_twice(inputs.iter().map(|input| input.name.as_str()), &mut report.sink);
    let beside = paths.first().and_then(|path| path.parent()).unwrap_or(Path::new(""));
    let beside = if beside.as_os_str().is_empty() { Path::new(".") } else { beside };
    order.sections.push((None, inputs));
    cover(&mut order, beside, report)?;
    profile(&mut order, beside)?;
    order.output = settings.output.clone().unwrap_or_else(|| beside.to_owned());
    Ok(order)
}

/// The articles that were named, read, and what settings say about them. Whatever cannot be read
/// is in the report.
pub fn read_articles(
    paths: &[PathBuf],
    standard_input: Option<Input>,
    set: &[String],
    report: &mut Report,
) -> (Manifest, Vec<(PathBuf, Input)>) {
    let settings = Settings { set: set.to_vec(), ..Settings::default() };
    let manifest = match ordered(toml::Table::new(), &settings, &mut report.sink) {
        Ok(order) => order.manifest,
        Err(finding) => {
            report.sink.push(*finding);
            return (Manifest::default(), Vec::new());
        }
    };
    let mut inputs = Vec::new();
    for path in paths {
        let name = path.display().to_string();
        let input = match &standard_input {
            Some(input) if name == "-" => Ok(input.clone()),
            None if name == "-" => continue,
            _ => files::read(path, &name),
        };
        match input {
            Ok(input) => inputs.push((path.clone(), input)),
            Err(finding) => report.sink.push(*finding),
        }
    }
    (manifest, inputs)
}

/// An order from the files that an edition carries: the issue file, and articles in their order.
pub(super) fn carried(files: Vec<(String, Vec<u8>)>, sink: &mut Sink) -> Planned<Order> {
    let mut table = toml::Table::new();
    let mut inputs = Vec::new();
    for (name, bytes) in files {
        if name == MANIFEST {
            let text = String::from_utf8_lossy(&bytes);
            table = text
                .parse()
                .map_err(|error: toml::de::Error| Box::new(syntax(&name, error.message())))?;
        } else {
            inputs.push(Input { name, bytes, ..Input::default() });
        }
    }
    table.remove("cover");
    let mut order = ordered(table, &Settings::default(), sink)?;
    order.manifest.lost_images_are_warnings = true;
    order.sections = vec![(None, inputs)];
    Ok(order)
}

/// The design by its name, or in a folder: one that the issue file names is inside the issue
/// folder, one of the command line anywhere.
fn design(manifest: &Manifest, settings: &Settings, folder: Option<&Path>) -> Planned<Design> {
    let name = manifest.template.as_deref().unwrap_or("article");
    if Design::names().contains(&name) {
        return Design::named(name);
    }
    let own = match (folder, &settings.template) {
        (Some(folder), None) => files::inside(folder, name)?,
        _ => PathBuf::from(name),
    };
    if !own.is_dir() {
        return Design::named(name);
    }
    let text = |file: &str| -> Planned<(String, String)> {
        let path = own.join(file);
        let name = path.display().to_string();
        files::stays(folder.filter(|_| settings.template.is_none()).unwrap_or(&own), &path, &name)?;
        let input = files::read(&path, &name)?;
        let text = crate::ingest::decode(&input.bytes)
            .map_err(|error| Box::new(syntax(&name, &error.to_string())))?;
        Ok((text.text, name))
    };
    let (toml, path) = text("template.toml")?;
    let css = if own.join("epub.css").exists() { text("epub.css")?.0 } else { String::new() };
    Ok(Design { name: name.to_owned(), toml, css, path: Some(path), file: None })
}

/// An order from an issue file's table with the settings laid over it.
fn ordered(mut table: toml::Table, settings: &Settings, sink: &mut Sink) -> Planned<Order> {
    for setting in &settings.set {
        parse_setting(setting, &mut table)?;
    }
    let mut manifest = Manifest::of(&table, sink)?;
    if settings.template.is_some() {
        manifest.template.clone_from(&settings.template);
    }
    let mut editions = settings.editions.clone();
    if editions.is_empty() {
        editions.clone_from(&manifest.editions);
    }
    if editions.is_empty() {
        editions = vec![Edition::Epub, Edition::Pdf];
    }
    let mut seen = std::collections::BTreeSet::new();
    editions.retain(|edition| seen.insert(*edition));
    let fallback_date = settings.fallback_date.clone();
    let (unverified, lists_changes) = (settings.unverified, settings.lists_changes);
    let changed = !settings.set.is_empty() || settings.template.is_some();
    if let Some(template) = &settings.template {
        let design = table.entry("design").or_insert_with(|| toml::Table::new().into());
        if let Some(design) = design.as_table_mut() {
            design.insert("template".into(), template.as_str().into());
        }
    }
    let origin = Origin { table, changed, ..Origin::default() };
    let system_faces = settings.system_faces.clone();
    let order = Order { manifest, editions, fallback_date, unverified, ..Order::default() };
    Ok(Order { origin, system_faces, lists_changes, ..order })
}

/// Where no section is named: every article in the folder, or in its `articles`.
fn everything(folder: &Path) -> Planned<SectionPlan> {
    let mut articles = Vec::new();
    for (ending, _) in Format::ENDINGS {
        articles.push(format!("*.{ending}"));
        articles.push(format!("articles/*.{ending}"));
    }
    let plan = SectionPlan { name: None, articles };
    let found = plan.articles.iter().map(|pattern| matches(folder, pattern));
    let found: usize = found.collect::<Planned<Vec<_>>>()?.iter().map(Vec::len).sum();
    if found == 0 {
        let name = folder.display().to_string();
        return Err(Diagnostic::new(Code::FolderEmpty).with("path", &name).at(name).into());
    }
    Ok(plan)
}

/// Reads a section's articles, in the order of its patterns and of names inside a pattern, and
/// says which could not be read. A pattern that the issue file names, under `key`, has to find
/// something.
fn section(
    folder: &Path,
    plan: &SectionPlan,
    key: Option<&str>,
    sink: &mut Sink,
) -> Planned<(Vec<Input>, Vec<String>)> {
    let (mut inputs, mut unread) = (Vec::new(), Vec::new());
    for (number, pattern) in plan.articles.iter().enumerate() {
        let key = key.map(|key| format!("{key}.{number}"));
        let about = about(key.as_deref().unwrap_or_default());
        let paths = matches(folder, pattern).map_err(&about)?;
        if paths.is_empty() && key.is_some() {
            return Err(about(Diagnostic::new(Code::NoMatch).with("pattern", pattern).into()));
        }
        for path in paths {
            let name = path.display().to_string();
            match files::read(&path, &name) {
                Ok(input) => inputs.push(Input { root: Some(folder.to_owned()), ..input }),
                Err(finding) => {
                    unread.push(name);
                    sink.push(*finding);
                }
            }
        }
    }
    Ok((inputs, unread))
}

/// The files a pattern of the issue file names, sorted; each inside the folder.
fn matches(folder: &Path, pattern: &str) -> Planned<Vec<PathBuf>> {
    files::inside(folder, pattern)?;
    let base = glob::Pattern::escape(&folder.display().to_string());
    let no_match = || Box::new(Diagnostic::new(Code::NoMatch).with("pattern", pattern));
    let found = glob::glob(&format!("{base}/{pattern}")).map_err(|_| no_match())?;
    let mut out = Vec::new();
    for path in found.flatten() {
        let relative = path.strip_prefix(folder).unwrap_or(&path);
        files::stays(folder, &path, &relative.display().to_string())?;
        out.push(path);
    }
    Ok(out)
}
