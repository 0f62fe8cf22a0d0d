//! The inputs of an order → an issue of copyedited articles.
//!
//! Articles know nothing of each other, so that they are read side by side; what is found and
//! where it stands is put in their order afterwards, and is the same for any number of threads.

use super::{Order, Report, Step, accept};
use crate::article::Article;
use crate::copyedit::{Policies, Policy, copyedit};
use crate::diagnostics::{Code, Diagnostic, Level, Sink};
use crate::ingest::{Input, ingest};
use crate::issue::{Issue, Manifest, Section};
use rayon::prelude::*;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Reads and copyedits every article; a bad one does not keep the others from being looked at.
pub(super) fn read(order: &Order, report: &mut Report) -> Option<Issue> {
    let manifest = &order.manifest;
    let language = manifest.language.clone().unwrap_or_else(|| "zh-Hans".to_owned());
    let policies = policies(manifest);
    let inputs: Vec<&Input> = order.sections.iter().flat_map(|(_, inputs)| inputs).collect();
    let mut read = read_all(&inputs, &language, policies, report).into_iter();
    let mut sections = Vec::new();
    for (number, (name, inputs)) in order.sections.iter().enumerate() {
        let articles = read.by_ref().take(inputs.len()).flatten().collect();
        if inputs.is_empty() {
            let name = name.clone().unwrap_or_default();
            let finding = Diagnostic::new(Code::EmptySection).with("name", name);
            report.sink.push(finding.with("key", format!("section.{number}")));
            continue;
        }
        sections.push(Section { name: name.clone(), articles });
    }
    if manifest.cn.as_ref().is_some_and(crate::issue::Cn::is_online) {
        let cn = manifest.cn.as_ref().map(ToString::to_string).unwrap_or_default();
        let finding = Diagnostic::new(Code::CnOnline).with("cn", cn);
        report.sink.push(finding.with("key", "issue.cn"));
    }
    let issue = Issue {
        title: manifest.title.clone(),
        year: manifest.year,
        number: manifest.number.clone(),
        volume: manifest.volume.clone(),
        total: manifest.total,
        date: manifest.date.clone(),
        issn: manifest.issn,
        cn: manifest.cn.clone(),
        description: manifest.description.clone(),
        rights: manifest.rights.clone(),
        first_page: manifest.first_page,
        masthead: manifest.masthead.clone(),
        cover: order.cover.clone(),
        headlines: manifest.headlines.clone(),
        left_out: order.left_out.iter().map(|name| file_name(name)).collect(),
        language,
        sections,
    };
    let date = issue.edition_date().or_else(|| order.fallback_date.clone());
    if issue.articles().next().is_none() && !report.sink.any(Level::Error) {
        let folder = order.origin.folder.as_ref();
        let name = folder.map(|folder| folder.display().to_string()).unwrap_or_default();
        let finding = Diagnostic::new(Code::FolderEmpty).with("path", &name);
        report.sink.push(finding.at(name));
    }
    let failed = report.sink.any(Level::Error);
    (!failed).then_some(Issue { date, ..issue })
}

/// Reads every input, side by side; what is found is told in their order. `None` for a bad one.
pub(super) fn read_all(
    inputs: &[&Input],
    language: &str,
    policies: Policies,
    report: &mut Report,
) -> Vec<Option<Article>> {
    let begun = AtomicUsize::new(0);
    let one = |(reader, input): (usize, &&Input)| {
        let number = begun.fetch_add(1, Ordering::Relaxed) + 1;
        report.progress.tell(Step::Article(number, inputs.len()));
        let (mut sources, mut sink) = (report.sources.aside(reader), Sink::default());
        let article = ingest(input, language, &mut sources, &mut sink);
        let article = accept(article, &mut sink);
        (article.map(|article| edited(article, policies, &mut sink)), sources, sink)
    };
    let read: Vec<_> = inputs.par_iter().enumerate().map(one).collect();
    let each = read.into_iter().map(|(article, sources, sink)| {
        report.sources.join(sources);
        report.sink.append(sink);
        article
    });
    each.collect()
}

/// The last part of a path.
fn file_name(path: &str) -> String {
    let name = Path::new(path).file_name();
    name.map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// How far the rules may go, as the issue file says.
pub(super) fn policies(manifest: &Manifest) -> Policies {
    let named = |name: &Option<String>| name.as_deref().and_then(Policy::named);
    let policy = named(&manifest.copyedit).unwrap_or_default();
    let mut policies = Policies::new(
        named(&manifest.structure).unwrap_or(policy),
        named(&manifest.punctuation).unwrap_or(policy),
    );
    for (name, policy) in &manifest.rules {
        if let Some(policy) = Policy::named(policy) {
            policies.set(name, policy);
        }
    }
    policies
}

fn edited(article: Article, policies: Policies, sink: &mut Sink) -> Article {
    let article = copyedit(article, policies, sink);
    let said = article.texts().any(|text| text.as_str().chars().any(|c| !c.is_whitespace()));
    if !said && article.pictures.is_empty() {
        let place = crate::source::Span::new(article.file, 0..0);
        sink.push(Diagnostic::new(Code::InputEmpty).with("path", &article.name).at_span(place));
    }
    if article.metadata.title.is_none() {
        let finding = Diagnostic::new(Code::NoTitle).with("name", &article.name);
        sink.push(finding.at_span(crate::source::Span::new(article.file, 0..0)));
    }
    article
}
