//! The contents page: each article with its author and parts, and the page each begins on.

use super::super::Desk;
use super::super::blocks::{Galley, look};
use super::super::flow::{Body, Flowed};
use super::super::paragraph::{Form, SetParagraph, baseline, set};
use super::super::place::{fill, line, rows_of};
use super::super::shape::Shaper;
use super::super::strand::Strand;
use super::Parts;
use super::cover::Artist;
use crate::issue::{Issue, Labels};
use crate::length::{Pt, Rect, Rows};
use crate::page::{Layout, Link, Mark, NodeId, OutlineEntry, Page, StructureRole};
use crate::template::{Align, StyleId};

/// One line of the contents.
struct Entry {
    style: StyleId,
    text: String,
    /// The body page it is on, from 0, and how far down; none for an author.
    target: Option<(usize, Pt)>,
}

/// Sets the contents after the pages there are, and moves on the numbers of what follows.
pub(in super::super) fn contents(
    issue: &Issue,
    flowed: &Flowed,
    desk: &Desk<'_>,
    shaper: &Shaper<'_>,
    parts: Parts,
    layout: &mut Layout,
) {
    let entries: Vec<Entry> =
        flowed.articles().flat_map(|(galley, body)| entries(galley, body, desk)).collect();
    let title = Labels::of(&issue.language).contents;
    let first = layout.pages.len();
    let list = layout.structure.add(StructureRole::Contents, Some(parts.contents));
    let mut composer =
        Composer { issue, desk, shaper, layout, list, row: Rows(0), links: Vec::new() };
    composer.page();
    composer.title(title, parts.contents);
    for entry in &entries {
        composer.entry(entry);
    }
    let links = composer.links;
    let front = layout.pages.len();
    for (page, rect, (target, y)) in links {
        if let Some(page) = layout.pages.get_mut(page) {
            page.links.push(Link { rect, page: front + target, y });
        }
    }
    layout.outline.push(OutlineEntry {
        level: 0,
        title: title.to_owned(),
        page: first,
        y: Pt::ZERO,
        node: parts.contents,
    });
}

/// An article's lines: title, author, parts.
fn entries(galley: &Galley, body: &Body, desk: &Desk<'_>) -> Vec<Entry> {
    let geometry = &desk.template.geometry;
    let columns = usize::try_from(geometry.columns).unwrap_or(1).max(1);
    let mut out = Vec::new();
    for placed in body.lines.iter().filter(|placed| placed.line == 0) {
        let Some(entry) = galley.slabs.get(placed.slab).and_then(|slab| slab.entry.as_ref()) else {
            continue;
        };
        let page = body.first_page + placed.column / columns;
        let target = Some((page, geometry.head + placed.row.at(geometry.pitch)));
        let style = match entry.level {
            0 => StyleId::ContentsArticle,
            1 => StyleId::ContentsPart,
            _ => continue,
        };
        out.push(Entry { style, text: entry.title.clone(), target });
        if entry.level == 0 && !galley.authors.is_empty() {
            let text = galley.authors.clone();
            out.push(Entry { style: StyleId::ContentsAuthor, text, target: None });
        }
    }
    out
}

struct Composer<'a> {
    issue: &'a Issue,
    desk: &'a Desk<'a>,
    shaper: &'a Shaper<'a>,
    layout: &'a mut Layout,
    list: NodeId,
    row: Rows,
    links: Vec<(usize, Rect, (usize, Pt))>,
}

impl Composer<'_> {
    fn page(&mut self) {
        let template = self.desk.template;
        let geometry = &template.geometry;
        let mut page = Page { width: geometry.width, height: geometry.height, ..Page::default() };
        let structure = &mut self.layout.structure;
        let (issue, desk, shaper, node) = (self.issue, self.desk, self.shaper, self.list);
        Artist { issue, desk, shaper, page: &mut page, structure, node }
            .draw_all(&template.contents);
        self.layout.pages.push(page);
        self.row = Rows(0);
    }

    fn title(&mut self, text: &str, part: NodeId) {
        let node = self.layout.structure.add(StructureRole::Heading(1), Some(part));
        let rules = *self.desk.template.style(StyleId::ContentsTitle);
        let set = self.set(StyleId::ContentsTitle, text, node, rules.align, Pt::ZERO);
        self.row = rules.before + Rows(1);
        self.lines(&set, StyleId::ContentsTitle, Pt::ZERO);
        let (left, top) = self.corner();
        let y = top + self.row.at(self.desk.template.pitch());
        let rule = fill(left, y, Pt::new(34), Pt::from_millis(2200), self.desk.template.accent);
        self.current().items.push(rule);
        self.row += Rows(1);
    }

    /// Text at the left, the page at the right, points between.
    fn entry(&mut self, entry: &Entry) {
        let template = self.desk.template;
        let rules = *template.style(entry.style);
        let number_room = template.geometry.size * 4;
        let node = self.layout.structure.add(StructureRole::ContentsItem, Some(self.list));
        let set = self.set(entry.style, &entry.text, node, rules.align, number_room);
        let rows = rules.before + rows_of(&set, rules.rows);
        if self.row + rows > template.geometry.rows() {
            self.page();
        }
        self.row += rules.before;
        let top_row = self.row;
        self.lines(&set, entry.style, Pt::ZERO);
        let Some((page, y)) = entry.target else { return };
        let number = self.set(entry.style, &(page + 1).to_string(), node, Align::Right, Pt::ZERO);
        self.row -= rules.rows;
        let last_row = self.row;
        self.lines(&number, entry.style, Pt::ZERO);
        self.leader(&set, &number, last_row, entry.style);
        let (left, top) = self.corner();
        let pitch = template.pitch();
        let rect = Rect {
            x: left,
            y: top + top_row.at(pitch),
            width: template.geometry.type_area(1).width,
            height: (self.row - top_row).at(pitch),
        };
        let at = self.layout.pages.len() - 1;
        self.links.push((at, rect, (page, y)));
    }

    /// Points on a grid of half a body em from the right edge, so that they stand under each
    /// other.
    fn leader(&mut self, set: &SetParagraph, number: &SetParagraph, row: Rows, style: StyleId) {
        let template = self.desk.template;
        let rules = *template.style(style);
        let (left, top) = self.corner();
        let width = template.geometry.type_area(1).width;
        let step = template.geometry.size.scale(6, 10);
        let gap = template.geometry.size;
        let start = set.lines.last().map_or(Pt::ZERO, |line| line.end) + gap;
        let end =
            width - number.lines.first().map_or(Pt::ZERO, |line| line.width) - gap.scale(7, 10);
        let base =
            top + row.at(template.pitch()) + baseline(rules.size, rules.rows.at(template.pitch()));
        let side = Pt::from_millis(750);
        let colour = template.colour(crate::template::Ink::Grey).tint(70);
        let mut x = width - step * 4;
        while x >= start {
            if x <= end {
                let y = base - template.geometry.size.scale(3, 10);
                self.current().items.push(fill(left + x, y, side, side, colour));
            }
            x -= step;
        }
    }

    fn set(
        &self,
        style: StyleId,
        text: &str,
        node: NodeId,
        align: Align,
        less: Pt,
    ) -> SetParagraph {
        let template = self.desk.template;
        let form = Form {
            measure: template.geometry.type_area(1).width - less,
            indent: Pt::ZERO,
            align,
            size: template.style(style).size,
            punctuation: &template.punctuation,
        };
        set(&Strand::of(text, look(template, style), Mark::Node(node)), self.shaper, &form)
    }

    /// Puts a paragraph's lines on the rows from here on.
    fn lines(&mut self, set: &SetParagraph, style: StyleId, x: Pt) {
        let template = self.desk.template;
        let rules = *template.style(style);
        let (left, top) = self.corner();
        for at in 0..set.lines.len() {
            let row_top = top + self.row.at(template.pitch());
            let base = row_top + baseline(rules.size, rules.rows.at(template.pitch()));
            line(set, at, left + x, base, self.current());
            self.row += rules.rows;
        }
    }

    fn corner(&self) -> (Pt, Pt) {
        let area = self.desk.template.geometry.type_area(1);
        (area.x, area.y)
    }

    fn current(&mut self) -> &mut Page {
        let last = self.layout.pages.len() - 1;
        &mut self.layout.pages[last]
    }
}
