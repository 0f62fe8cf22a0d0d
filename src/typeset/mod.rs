//! `Issue` × `Template` × `Library` → `Layout`.
//!
//! The steps, in order: words become strands ([`strand`]), strands clusters ([`units`], [`shape`]
//! and [`clusters`], with the tables of [`classes`], [`cells`] and [`region`], readings by [`ruby`]),
//! clusters get their spaces ([`spacing`]), lines are found ([`linebreak`]) and filled
//! ([`justify`]), and a paragraph is set ([`paragraph`], with what is drawn beside it, [`strokes`]). An article's blocks become a
//! galley ([`blocks`]), the galley flows into columns on the grid ([`flow`]); then come cover and
//! contents ([`matter`]), running heads ([`furnish`]) and links ([`links`]).

mod blocks;
mod cells;
mod classes;
mod clusters;
mod coverage;
mod flow;
mod furnish;
mod hyphenation;
mod justify;
mod linebreak;
mod links;
mod margin;
mod matter;
mod outside;
mod paragraph;
mod place;
mod quality;
mod region;
mod ruby;
mod seat;
mod shape;
mod spacing;
mod strand;
mod strokes;
mod units;
mod words;

#[cfg(test)]
mod annotations;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod properties;

pub use classes::is_attached;
pub use outside::{slug, spine};
pub use quality::{Breaker, Quality, Step, quality};

use crate::diagnostics::Sink;
use crate::fonts::Library;
use crate::issue::Issue;
use crate::page::{Layout, Periodical, Properties, Structure, StructureRole};
use crate::template::Template;
use blocks::Galley;
use rayon::prelude::*;
use shape::Shaper;

/// What every step of setting needs.
pub(crate) struct Desk<'a> {
    pub(crate) template: &'a Template,
    pub(crate) library: &'a Library,
    /// Whether a character that no face has is only a warning.
    pub(crate) missing_is_warning: bool,
}

/// Sets an issue. Findings about the text go to `sink`; where there is an error among them, the
/// layout is not fit to be written.
#[must_use]
pub fn typeset(
    issue: &Issue,
    template: &Template,
    library: &Library,
    missing_is_warning: bool,
    sink: &mut Sink,
) -> Layout {
    let desk = Desk { template, library, missing_is_warning };
    let mut layout = Layout { properties: properties(issue), ..Layout::default() };
    let document = layout.structure.add(StructureRole::Document, None);

    // Each article by itself, in parallel; findings and structure are joined in order.
    let sections = issue.sections.iter();
    let articles: Vec<_> = sections
        .flat_map(|section| section.articles.iter().map(|article| (section.name.as_ref(), article)))
        .collect();
    let openers = |at: usize| {
        let (name, _) = articles.get(at)?;
        let new = at.checked_sub(1).and_then(|at| articles.get(at)).is_none_or(|(n, _)| n != name);
        name.filter(|_| new && template.openers).map(String::as_str)
    };
    let galleys: Vec<(Galley, Structure, Sink)> = articles
        .par_iter()
        .enumerate()
        .map(|(at, (section, article))| {
            let mut sink = Sink::default();
            let mut structure = Structure::default();
            coverage::check(article, &desk, &mut sink);
            let shaper = Shaper::new(library, &article.language, template.punctuation.style);
            let shaper = shaper.upright(template.geometry.vertical);
            let mut galley =
                blocks::galley(article, openers(at), &desk, &shaper, &mut structure, &mut sink);
            galley.section = section.cloned();
            (galley, structure, sink)
        })
        .collect();

    let parts = matter::parts(&mut layout.structure, document);
    let mut attached = Vec::new();
    for (mut galley, structure, found) in galleys {
        sink.append(found);
        galley.attach(&structure, &mut layout.structure, document);
        attached.push(galley);
    }
    let first_number = usize::try_from(issue.first_page.unwrap_or(1)).unwrap_or(1);
    let mut flowed = flow::flow(attached, template, first_number);
    let level = Shaper::new(library, &issue.language, template.punctuation.style);
    let shaper = Shaper::new(library, &issue.language, template.punctuation.style);
    let shaper = shaper.upright(template.geometry.vertical);
    let binder = matter::Binder { issue, desk: &desk, shaper: &shaper, level: &level };
    binder.front(&flowed, parts, &mut layout);
    place::bodies(&mut flowed, &desk, &mut layout);
    furnish::furnish(issue, &flowed, &desk, &mut layout);
    binder.back(document, &mut layout);
    links::link(&link_places(issue, &flowed), library, &mut layout);
    layout
}

/// Where links between articles may lead to.
fn link_places(issue: &Issue, flowed: &flow::Flowed) -> Vec<links::Place> {
    let articles = issue.articles().zip(flowed.articles());
    articles
        .map(|(article, (galley, _))| links::Place {
            article: galley.node,
            name: article.name.clone(),
        })
        .collect()
}

fn properties(issue: &Issue) -> Properties {
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    let credit = |key: &str| {
        let found = issue.masthead.iter().find(|credit| credit.key == key)?;
        filled(found.values.join("、"))
    };
    Properties {
        title: issue.edition_title(),
        authors: issue.authors(),
        language: issue.language.clone(),
        date: issue.edition_date(),
        source: issue.source().map(str::to_owned),
        description: issue.description.clone(),
        rights: issue.rights.clone(),
        periodical: issue.title.as_ref().map(|name| Periodical {
            name: name.clone(),
            issn: issue.issn.map(|issn| issn.to_string()),
            volume: issue.volume.clone(),
            number: issue.printed_number(),
            display_date: filled(issue.year_and_number()),
            publisher: credit("publisher").or_else(|| credit("sponsor")),
            sections: issue.sections.iter().filter_map(|section| section.name.clone()).collect(),
        }),
    }
}
