//! Running heads and folios, after every page has its number (PG1, PG2).

use super::blocks::{Galley, look};
use super::flow::Flowed;
use super::paragraph::{Form, SetParagraph, baseline, set};
use super::place::{fill, line};
use super::shape::Shaper;
use super::strand::Strand;
use super::{Desk, margin};
use crate::colour::Colour;
use crate::issue::Issue;
use crate::length::{Pt, Rows};
use crate::page::{Layout, Mark};
use crate::template::{Align, StyleId};

/// Adds the furniture of every body page: a running head but on title pages, a folio on all.
pub(super) fn furnish(issue: &Issue, flowed: &Flowed, desk: &Desk<'_>, layout: &mut Layout) {
    let shaper = &Shaper::new(desk.library, &issue.language, desk.template.punctuation.style);
    let front = layout.pages.len().saturating_sub(flowed.pages());
    let furnisher = Furnisher { desk, shaper };
    // Articles end in their order, as pages do.
    let mut articles = flowed.articles().peekable();
    for at in 0..flowed.pages() {
        let number = flowed.number(at);
        let Some(page) = layout.pages.get_mut(front + at) else { continue };
        while articles.next_if(|(_, body)| body.last_page < at).is_some() {}
        // A page that no article reaches is left blank and counts.
        let reached = articles.peek().filter(|(_, body)| body.first_page <= at);
        let Some((galley, body)) = reached else { continue };
        let opening = body.first_page == at && body.opens_page;
        let section = galley.section.as_deref().filter(|name| !name.is_empty());
        if desk.template.geometry.vertical {
            let text = match opening {
                true => section.unwrap_or_default().to_owned(),
                false => head(issue, galley, number),
            };
            margin::furnish(&text, number, desk, &issue.language, page);
            continue;
        }
        match (opening, section) {
            (true, Some(section)) => furnisher.label(section, number, page),
            (true, None) => {}
            (false, _) => furnisher.head(&head(issue, galley, number), number, page),
        }
        furnisher.folio(number, page);
    }
}

/// Left pages name the periodical and the issue, right pages the article.
fn head(issue: &Issue, galley: &Galley, number: usize) -> String {
    if number % 2 == 1 {
        return galley.title.clone();
    }
    let name = issue.title.clone().or_else(|| galley.source.clone());
    let when = issue.year_and_number();
    let line = [name, Some(when)].into_iter().flatten().filter(|part| !part.is_empty());
    let line = line.collect::<Vec<_>>().join("　");
    if line.is_empty() { galley.authors.clone() } else { line }
}

struct Furnisher<'a> {
    desk: &'a Desk<'a>,
    shaper: &'a Shaper<'a>,
}

impl Furnisher<'_> {
    /// 栏目 on the page an article opens, always in the same place (PG4).
    fn label(&self, section: &str, number: usize, page: &mut crate::page::Page) {
        let template = self.desk.template;
        let area = template.geometry.type_area(number);
        let pitch = template.pitch();
        let set = self.line(StyleId::SectionLabel, section, number, area.width);
        let size = template.style(StyleId::SectionLabel).size;
        let top = area.y - pitch * 2;
        line(&set, 0, area.x, top + baseline(size, pitch), page);
        let long = set.lines.first().map_or(Pt::ZERO, |line| line.width);
        let left = template.geometry.spine_is_left(number);
        let x = if left { area.x + area.width - long } else { area.x };
        page.items.push(fill(x, top + pitch, long, Pt::from_millis(1500), template.accent));
    }

    /// The head stands two rows above the type area, a hairline under it.
    fn head(&self, text: &str, number: usize, page: &mut crate::page::Page) {
        let template = self.desk.template;
        let area = template.geometry.type_area(number);
        let pitch = template.pitch();
        let set = self.line(StyleId::RunningHead, text, number, area.width);
        let set = self.shortened(set, text, number, area.width);
        let top = area.y - pitch * 2;
        let size = template.style(StyleId::RunningHead).size;
        line(&set, 0, area.x, top + baseline(size, pitch), page);
        let rule = Colour { rgb: [0xa8, 0xa8, 0xa8], cmyk: [0, 0, 0, 40] };
        page.items.push(fill(area.x, top + pitch, area.width, Pt::from_millis(350), rule));
    }

    /// A title too long for its line loses its end.
    fn shortened(&self, whole: SetParagraph, text: &str, number: usize, width: Pt) -> SetParagraph {
        let mut set = whole;
        let mut keep = text.chars().count().min(80);
        while set.lines.len() > 1 && keep > 4 {
            keep -= 2;
            let short: String = text.chars().take(keep).chain(['…']).collect();
            set = self.line(StyleId::RunningHead, &short, number, width);
        }
        set
    }

    fn folio(&self, number: usize, page: &mut crate::page::Page) {
        let template = self.desk.template;
        let area = template.geometry.type_area(number);
        let set = self.line(StyleId::Folio, &number.to_string(), number, area.width);
        let size = template.style(StyleId::Folio).size;
        let top = area.y + (template.geometry.rows() + Rows(1)).at(template.pitch());
        line(&set, 0, area.x, top + baseline(size, template.pitch()), page);
    }

    /// A line at the outer edge of the page.
    fn line(&self, style: StyleId, text: &str, number: usize, width: Pt) -> SetParagraph {
        let template = self.desk.template;
        let strand = Strand::of(text, look(template, style), Mark::Artefact);
        let form = Form {
            measure: width,
            indent: Pt::ZERO,
            align: if template.geometry.spine_is_left(number) { Align::Right } else { Align::Left },
            size: template.style(style).size,
            punctuation: &template.punctuation,
        };
        set(&strand, self.shaper, &form)
    }
}
