//! One bad article of many: all others are looked at all the same, and an edition without it is
//! made where that is asked for.

use super::{Made, Order, Report, check, compose, make};
use crate::diagnostics::{Code, Diagnostic, Level, Place};
use crate::fonts::Library;
use std::collections::BTreeSet;

/// Makes an order. Where articles have errors, what is wrong with the others is found out by
/// attempts without them, each with a report of its own; with `keep_going` the last of them is the
/// edition, and its report says what was left out, which is an error of its own.
pub fn make_all(
    order: &mut Order,
    library: &Library,
    keep_going: bool,
    reports: &mut Vec<Report>,
) -> Option<Vec<Made>> {
    let whole = order.left_out.is_empty();
    let mut first = true;
    let made = attempts(order, reports, |order, report| {
        if std::mem::take(&mut first) && whole || keep_going {
            make(order, library, report)
        } else {
            compose(order, library, report);
            None
        }
    });
    if made.is_some()
        && let Some(report) = reports.last_mut()
    {
        for name in order.left_out.clone() {
            let finding = Diagnostic::new(Code::LeftOut).with("name", &name);
            report.sink.push(finding.at(name));
        }
    }
    made
}

/// Looks at all articles of an order, those with errors apart from the others.
pub fn check_all(order: &mut Order, library: &Library, reports: &mut Vec<Report>) {
    attempts(order, reports, |order, report| -> Option<()> {
        check(order, library, report);
        None
    });
}

/// Does something with an order, and again without the articles that had errors, until none has.
fn attempts<T>(
    order: &mut Order,
    reports: &mut Vec<Report>,
    mut attempt: impl FnMut(&Order, &mut Report) -> Option<T>,
) -> Option<T> {
    let progress = reports.last().map(|report| report.progress.clone()).unwrap_or_default();
    loop {
        let mut report = Report { progress: progress.clone(), ..Report::default() };
        let made = attempt(order, &mut report);
        let bad = if made.is_none() { culprits(order, &report) } else { BTreeSet::new() };
        let most = order.sections.iter().map(|(_, inputs)| inputs.len()).sum::<usize>();
        if bad.is_empty() || bad.len() >= most {
            reports.push(report);
            return made;
        }
        for (_, inputs) in &mut order.sections {
            inputs.retain(|input| !bad.contains(&input.name));
        }
        order.sections.retain(|(_, inputs)| !inputs.is_empty());
        // What is said of the others will be said again.
        report.sink.retain(|finding| is_of(finding, &report.sources, &bad));
        order.left_out.extend(bad);
        reports.push(report);
    }
}

/// Whether a finding is about one of some articles.
fn is_of(finding: &Diagnostic, sources: &crate::source::Sources, names: &BTreeSet<String>) -> bool {
    match &finding.place {
        Some(Place::Named(name)) => names.contains(name),
        Some(Place::Span(span)) => names.contains(sources.name(span.file)),
        None => false,
    }
}

/// The articles that errors point into.
fn culprits(order: &Order, report: &Report) -> BTreeSet<String> {
    let inputs = order.sections.iter().flat_map(|(_, inputs)| inputs);
    let names: BTreeSet<String> = inputs.map(|input| input.name.clone()).collect();
    let errors = report.sink.found().iter().filter(|one| one.code.level() == Level::Error);
    let named = errors.filter_map(|finding| match finding.place.as_ref()? {
        Place::Named(name) => Some(name.as_str()),
        Place::Span(span) => Some(report.sources.name(span.file)),
    });
    named.filter(|name| names.contains(*name)).map(str::to_owned).collect()
}
