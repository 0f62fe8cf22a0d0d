//! What a printed edition has around its pages: the spine, and the line in the slug of a sheet.

use super::blocks::look;
use super::paragraph::{Form, baseline, set};
use super::place::{column, fill, line};
use super::shape::Shaper;
use super::strand::Strand;
use crate::fonts::Library;
use crate::issue::Issue;
use crate::length::{Mm, Pt};
use crate::page::{Mark, Page};
use crate::template::{Align, Ink, StyleId, Template};

/// The narrowest spine that has words on it.
const WORDS: Pt = Mm::from_micrometres(5_000).pt();

/// The spine (书脊): in the colour of the design, title and number running down, the publisher at
/// the foot.
#[must_use]
pub fn spine(issue: &Issue, template: &Template, library: &Library, width: Pt) -> Page {
    let geometry = &template.geometry;
    let mut page = Page { width, height: geometry.height, ..Page::default() };
    page.items.push(fill(Pt::ZERO, Pt::ZERO, width, geometry.height, template.accent));
    if width < WORDS {
        return page;
    }
    let shaper = Shaper::new(library, &issue.language, template.punctuation.style).upright(true);
    let edge = Mm::from_micrometres(20_000).pt();
    let size = width.scale(55, 100).min(Pt::new(14));
    let small = size.scale(7, 10);
    let mut words = |text: &str, size: Pt, style: StyleId, from_foot: bool| {
        let look = super::strand::Look { size, ..look(template, style) };
        let look = super::strand::Look { colour: template.colour(Ink::Paper), ..look };
        let form = Form {
            measure: geometry.height - edge * 2,
            indent: Pt::ZERO,
            align: Align::Left,
            size,
            punctuation: &template.punctuation,
        };
        let set = set(&Strand::of(text, look, Mark::Artefact), &shaper, &form);
        let long = set.lines.first().map_or(Pt::ZERO, |line| line.end);
        let top = if from_foot { geometry.height - edge - long } else { edge };
        column(&set, 0, width / 2, top, &mut page);
        long
    };
    let number = issue.year_and_number();
    let title = [issue.edition_title(), number].join("　");
    let long = words(title.trim(), size, StyleId::Title, false);
    let publisher = ["publisher", "sponsor"].iter().find_map(|key| {
        issue.masthead.iter().find(|credit| credit.key == *key).map(|c| c.values.join("　"))
    });
    if let Some(publisher) = publisher.filter(|_| long * 2 < geometry.height) {
        words(&publisher, small, StyleId::CoverSmall, true);
    }
    page
}

/// The line beside a sheet: which edition it is of, which page, and of which day.
#[must_use]
pub fn slug(issue: &Issue, template: &Template, library: &Library, sheet: &str) -> Page {
    let geometry = &template.geometry;
    let size = Pt::new(6);
    let mut page = Page { width: geometry.width, height: size * 2, ..Page::default() };
    let parts = [
        issue.edition_title(),
        issue.year_and_number(),
        sheet.to_owned(),
        issue.edition_date().unwrap_or_default(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let shaper = Shaper::new(library, &issue.language, template.punctuation.style);
    let look = super::strand::Look { size, ..look(template, StyleId::RunningHead) };
    let look = super::strand::Look { colour: crate::colour::Colour::INK, ..look };
    let form = Form {
        measure: geometry.width,
        indent: Pt::ZERO,
        align: Align::Left,
        size,
        punctuation: &template.punctuation,
    };
    let set = set(&Strand::of(&parts.join("　"), look, Mark::Artefact), &shaper, &form);
    line(&set, 0, Pt::ZERO, baseline(size, page.height), &mut page);
    page
}
