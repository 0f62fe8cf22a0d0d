//! 版权页: the periodical's name, its numbers, who makes it, in two columns of labels and names
//! (PG10), the bar code at the foot.

use super::Binder;
use super::artist::Artist;
use super::barcode;
use crate::issue::MastheadRow;
use crate::length::{Pt, Rows};
use crate::page::{Layout, Mark, NodeId, Structure, StructureRole};
use crate::template::{Align, MmBox, StyleId};
use crate::typeset::blocks::{Galley, Ornament, Slab, look};
use crate::typeset::flow::pages_of;
use crate::typeset::paragraph::{Form, SetParagraph, set};
use crate::typeset::seat::Seat;
use crate::typeset::strand::Strand;

/// Characters a label is spread over (均排), and the gap after it.
const LABEL: i64 = 4;
const GAP: i64 = 2;

/// Sets the masthead of an issue.
pub(super) fn compose(binder: &Binder<'_>, part: NodeId, structure: &mut Structure) -> Galley {
    let issue = binder.issue;
    let mut writer = Writer { binder, structure, part, slabs: Vec::new() };
    writer.line(StyleId::MastheadTitle, &issue.edition_title(), StructureRole::Heading(1));
    writer.line(StyleId::MastheadLabel, &issue.numbers().join("　"), StructureRole::Paragraph);
    if let Some(slab) = writer.slabs.last_mut() {
        slab.ornament = Ornament::Bar;
        slab.after = Rows(2);
    }
    for MastheadRow { label, value } in issue.masthead_rows() {
        writer.row(label, &value);
    }
    for text in issue.notices() {
        writer.line(StyleId::MastheadNotice, text, StructureRole::Paragraph);
    }
    let Writer { slabs, .. } = writer;
    Galley::of_slabs(slabs, part)
}

/// Puts the masthead on a page of its own, the bar code at its foot.
pub(super) fn place(binder: &Binder<'_>, galley: &Galley, node: NodeId, layout: &mut Layout) {
    let template = binder.desk.template;
    let geometry = &template.geometry;
    let body = pages_of(galley, template);
    let first = layout.pages.len();
    for _ in 0..=body.last_page {
        layout.pages.push(binder.page());
    }
    for placed in &body.lines {
        let Some(slab) = galley.slabs.get(placed.slab) else { continue };
        let at = first + placed.page;
        let area = geometry.type_area(at + 1);
        let row = placed.row.at(geometry.pitch);
        let seat = Seat { area, along: Pt::ZERO, row, geometry, slab };
        let Some(page) = layout.pages.get_mut(at) else { continue };
        seat.line(&slab.set, placed.line, slab.x, page);
        let (first, last) = (placed.line == 0, placed.line + 1 == slab.set.lines.len());
        seat.ornament((first, last), 0, template, page);
    }
    let area = geometry.type_area(first + body.last_page + 1);
    let (width, height) = barcode::size();
    let (x, y) = (area.x, area.y + area.height - height);
    // Only where nothing of the text stands.
    let used = body.lines.iter().filter(|line| line.page == body.last_page);
    let lowest = used.map(|line| line.row + Rows(1)).max().unwrap_or(Rows(0));
    let free = geometry.vertical || area.y + lowest.at(geometry.pitch) < y;
    if let Some(page) = layout.pages.last_mut().filter(|_| free && !geometry.vertical) {
        let structure = &mut layout.structure;
        let mut artist = Artist { binder, page, structure, node, picture: None, ink: None };
        artist.barcode(StyleId::CoverSmall, MmBox { x, y, width, height });
    }
}

struct Writer<'a, 'b> {
    binder: &'a Binder<'b>,
    structure: &'a mut Structure,
    part: NodeId,
    slabs: Vec<Slab>,
}

impl Writer<'_, '_> {
    fn measure(&self) -> Pt {
        self.binder.desk.template.geometry.along()
    }

    fn text(&self, style: StyleId, text: &str, mark: Mark, measure: Pt) -> SetParagraph {
        let template = self.binder.desk.template;
        let rules = template.style(style);
        let form = Form {
            measure,
            indent: Pt::ZERO,
            align: if rules.align == Align::Justify { Align::Left } else { rules.align },
            size: rules.size,
            punctuation: &template.punctuation,
        };
        set(&Strand::of(text, look(template, style), mark), self.binder.shaper, &form)
    }

    fn push(&mut self, style: StyleId, whole: SetParagraph) {
        let rules = *self.binder.desk.template.style(style);
        self.slabs.push(Slab {
            across: true,
            rows: rules.rows,
            before: rules.before,
            after: rules.after,
            ..Slab::plain(whole, rules.size, self.measure())
        });
    }

    fn line(&mut self, style: StyleId, text: &str, role: StructureRole) {
        if text.is_empty() {
            return;
        }
        let node = self.structure.add(role, Some(self.part));
        let whole = self.text(style, text, Mark::Node(node), self.measure());
        self.push(style, whole);
    }

    /// A label spread over four characters, and what it is the label of.
    fn row(&mut self, label: &str, value: &str) {
        let size = self.binder.desk.template.style(StyleId::MastheadLabel).size;
        let node = self.structure.add(StructureRole::Paragraph, Some(self.part));
        let mut cells = self.spread(label, Mark::Node(node), size);
        let count = i64::try_from(label.chars().count()).unwrap_or(LABEL);
        let chinese = !label.is_ascii();
        let x = size * (if chinese { count.max(LABEL) } else { count.max(LABEL * 2) / 2 } + GAP);
        let room = self.measure() - x;
        cells.push((x, self.text(StyleId::MastheadValue, value, Mark::Node(node), room)));
        self.push(StyleId::MastheadValue, SetParagraph::beside(cells));
    }

    /// 均排: two or three characters take the room of four (AL1).
    fn spread(&self, label: &str, mark: Mark, size: Pt) -> Vec<(Pt, SetParagraph)> {
        let count = i64::try_from(label.chars().count()).unwrap_or(0);
        let wide = size * 40;
        if label.is_ascii() || !(2..LABEL).contains(&count) {
            return vec![(Pt::ZERO, self.text(StyleId::MastheadLabel, label, mark, wide))];
        }
        let step = size.scale(LABEL - 1, count - 1);
        let each = label.chars().map(|c| c.to_string());
        let set = |c: String| self.text(StyleId::MastheadLabel, &c, mark, wide);
        (0i64..).zip(each).map(|(at, c)| (step * at, set(c))).collect()
    }
}
