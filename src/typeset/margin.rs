//! The outer margin of vertical pages: 鱼尾, a short title that runs down, the folio.
//!
//! In old books these stand in the middle of a folded leaf (版心); where leaves are not folded the
//! outer margin is their place.

use super::Desk;
use super::blocks::look;
use super::paragraph::{Form, SetParagraph, baseline, set};
use super::place::{column, line};
use super::shape::Shaper;
use super::strand::Strand;
use crate::length::{Pt, Rect};
use crate::page::{Item, Mark, Page};
use crate::template::{Align, StyleId};

/// Adds the furniture of a page.
pub(super) fn furnish(text: &str, number: usize, desk: &Desk<'_>, language: &str, page: &mut Page) {
    let template = desk.template;
    let geometry = &template.geometry;
    let area = geometry.type_area(number);
    let middle = middle(area, geometry.width, geometry.spine_is_left(number));
    let shaper = Shaper::new(desk.library, language, template.punctuation.style).upright(true);
    let room = area.height.scale(6, 10);
    let size = template.style(StyleId::RunningHead).size;
    page.items.push(tail(middle, area.y, size, template.accent));
    let set = shortened(text, room, desk, &shaper);
    column(&set, 0, middle, area.y + size * 2, page);
    // The folio stands level, at the foot.
    let level = Shaper::new(desk.library, language, template.punctuation.style);
    let folio = template.style(StyleId::Folio).size;
    let width = folio * 4;
    let set = one(StyleId::Folio, &number.to_string(), Align::Centre, width, desk, &level);
    let foot = area.y + area.height - folio * 2;
    line(&set, 0, middle - width / 2, foot + baseline(folio, folio * 2), page);
}

/// The middle of the outer margin.
fn middle(area: Rect, width: Pt, spine_is_left: bool) -> Pt {
    let right = area.x + area.width;
    if spine_is_left { right + (width - right).scale(45, 100) } else { area.x.scale(55, 100) }
}

/// 鱼尾: a bar whose lower edge is notched.
fn tail(middle: Pt, top: Pt, size: Pt, colour: crate::colour::Colour) -> Item {
    let (half, height) = (size.scale(45, 100), size);
    let points = vec![
        (middle - half, top),
        (middle + half, top),
        (middle + half, top + height),
        (middle, top + height.scale(45, 100)),
        (middle - half, top + height),
    ];
    Item::Polygon { points, colour, mark: Mark::Artefact }
}

/// A title too long for its line loses its end.
fn shortened(text: &str, room: Pt, desk: &Desk<'_>, shaper: &Shaper<'_>) -> SetParagraph {
    let style = StyleId::RunningHead;
    let mut keep = text.chars().count().min(80);
    let mut set = one(style, text, Align::Left, room, desk, shaper);
    while set.lines.len() > 1 && keep > 4 {
        keep -= 2;
        let short: String = text.chars().take(keep).chain(['…']).collect();
        set = one(style, &short, Align::Left, room, desk, shaper);
    }
    set
}

fn one(
    style: StyleId,
    text: &str,
    align: Align,
    measure: Pt,
    desk: &Desk<'_>,
    shaper: &Shaper<'_>,
) -> SetParagraph {
    let template = desk.template;
    let strand = Strand::of(text, look(template, style), Mark::Artefact);
    let size = template.style(style).size;
    let punctuation = &template.punctuation;
    set(&strand, shaper, &Form { measure, indent: Pt::ZERO, align, size, punctuation })
}
