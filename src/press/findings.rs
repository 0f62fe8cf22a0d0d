//! What an editor should look at before an issue is printed, beyond what stops a build or changes
//! a page: articles without author or date, headings without text, links to nowhere.

use crate::article::{Address, Article, Block, address, plain};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::issue::Issue;
use crate::page::{Layout, NodeId, StructureRole};
use crate::source::{FileId, Sources, Span};
use std::collections::BTreeMap;

/// Looks at every article.
pub(super) fn check(issue: &Issue, layout: &Layout, sources: &Sources, sink: &mut Sink) {
    for article in issue.articles() {
        said(article, issue, sink);
        empty_headings(article, sink);
    }
    dead_links(issue, layout, sources, sink);
}

/// Who wrote it, and when.
fn said(article: &Article, issue: &Issue, sink: &mut Sink) {
    let place = Span::new(article.file, 0..0);
    let mut tell = |code| {
        sink.push(Diagnostic::new(code).with("title", article.title()).at_span(place));
    };
    if article.metadata.authors.is_empty() {
        tell(Code::NoAuthor);
    }
    if article.metadata.date.is_none() && issue.date.is_none() {
        tell(Code::NoDate);
    }
}

/// Headings that the next one of their level follows at once, or the end.
fn empty_headings(article: &Article, sink: &mut Sink) {
    for (at, block) in article.blocks.iter().enumerate() {
        let Block::Heading(heading) = block else { continue };
        let empty = match article.blocks.get(at + 1) {
            None => true,
            Some(Block::Heading(next)) => next.level <= heading.level,
            Some(_) => false,
        };
        if empty {
            let words = plain(&heading.inlines);
            let finding = Diagnostic::new(Code::EmptyHeading).with("heading", words);
            let place = block.texts().first().and_then(|text| text.origin(0));
            sink.push(finding.at_span(place.unwrap_or(Span::new(article.file, 0..0))));
        }
    }
}

/// Links inside the issue that were made plain words, because what they name is not there.
fn dead_links(issue: &Issue, layout: &Layout, sources: &Sources, sink: &mut Sink) {
    let articles: Vec<NodeId> = layout
        .structure
        .nodes()
        .filter(|(_, node)| node.role == StructureRole::Article)
        .map(|(id, _)| id)
        .collect();
    let mut seen: BTreeMap<(FileId, String), usize> = BTreeMap::new();
    for (id, node) in layout.structure.nodes() {
        let Some(written) = &node.address else { continue };
        if node.role == StructureRole::Link || address(written) == Address::Out {
            continue;
        }
        let above = layout
            .structure
            .above(id)
            .find_map(|(id, _)| articles.binary_search_by_key(&id.0, |own| own.0).ok());
        let Some(article) = above.and_then(|at| issue.articles().nth(at)) else { continue };
        let finding = Diagnostic::new(Code::DeadLink).with("title", article.title());
        // A link has no place of its own: it is the next one in the file with such an address.
        let text = sources.text(article.file);
        let from = seen.entry((article.file, written.clone())).or_insert(0);
        let rest = text.get(*from..).unwrap_or_default();
        let forms = [format!("]({written}"), format!("=\"{written}\""), format!("='{written}'")];
        let at = forms.iter().filter_map(|form| Some((rest.find(form)?, form))).min();
        let place = at.map_or(0..0, |(at, form)| *from + at + 2..*from + at + form.len());
        *from = place.end.max(*from);
        let finding = finding.with("address", written);
        sink.push(finding.at_span(Span::new(article.file, place)));
    }
}
