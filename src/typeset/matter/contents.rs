//! 目录: each article with its authors and the page it begins on, section by section (PG7).
//!
//! Entries are slabs that flow like an article's, so that contents have as many pages as they need
//! and stand in vertical books as the text does.

use super::Binder;
use crate::length::{Pt, Rect, Rows};
use crate::page::{Layout, Link, Mark, NodeId, Page, Structure, StructureRole, Target};
use crate::template::{Align, ContentsForm, StyleId};
use crate::typeset::blocks::{Galley, Ornament, Slab, look};
use crate::typeset::flow::{Body, Flowed, pages_of};
use crate::typeset::paragraph::{Form, SetLine, SetParagraph, set};
use crate::typeset::seat::Seat;
use crate::typeset::strand::Strand;

/// Contents, set and in their place.
pub(super) struct Contents {
    galley: Galley,
    pub(super) body: Body,
    /// For each slab, the body page it leads to, from 0, how far down, and the link's node.
    targets: Vec<Option<(usize, Pt, NodeId)>>,
}

/// What an entry says.
struct Entry<'a> {
    section: Option<&'a str>,
    title: &'a str,
    authors: &'a str,
    /// The body page, from 0, and how far down.
    target: (usize, Pt),
    level: u8,
}

impl Contents {
    pub(super) fn set(
        binder: &Binder<'_>,
        flowed: &Flowed,
        part: NodeId,
        structure: &mut Structure,
    ) -> Self {
        let heading = structure.add(StructureRole::Heading(1), Some(part));
        let list = structure.add(StructureRole::Contents, Some(part));
        let first_number = flowed.first_number;
        let mut writer = Writer {
            binder,
            structure,
            list,
            first_number,
            slabs: Vec::new(),
            targets: Vec::new(),
        };
        writer.title(heading);
        for entry in entries(flowed, binder) {
            match binder.desk.template.contents_form {
                ContentsForm::Leaders => writer.leaders(&entry),
                ContentsForm::Figures => writer.figures(&entry),
            }
        }
        if let Some(note) = binder.issue.left_out_note() {
            writer.note(&note);
        }
        let Writer { slabs, targets, .. } = writer;
        let galley = Galley::of_slabs(slabs, part);
        let body = pages_of(&galley, binder.desk.template);
        Self { galley, body, targets }
    }

    /// Puts the contents on pages of their own; `front` pages stand before the first article.
    pub(super) fn place(self, binder: &Binder<'_>, front: usize, layout: &mut Layout) {
        let template = binder.desk.template;
        let first = layout.pages.len();
        for _ in 0..=self.body.last_page {
            binder.drawn_page(&template.contents, self.galley.node, layout);
        }
        for placed in &self.body.lines {
            let Some(slab) = self.galley.slabs.get(placed.slab) else { continue };
            let at = first + placed.page;
            let geometry = &template.geometry;
            let row = placed.row.at(geometry.pitch);
            // Pages before the first article alternate as the file's do: the first is a right one.
            let area = geometry.type_area(at + 1);
            let seat = Seat { area, along: Pt::ZERO, row, geometry, slab };
            let Some(page) = layout.pages.get_mut(at) else { continue };
            seat.line(&slab.set, placed.line, slab.x, page);
            let (first, last) = (placed.line == 0, placed.line + 1 == slab.set.lines.len());
            seat.ornament((first, last), 0, template, page);
            let target = self.targets.get(placed.slab).copied().flatten();
            if let Some((to, y, node)) = target {
                let target = Target::Place { page: front + to, y };
                page.links.push(Link { rect: seat.whole(), target, node });
            }
        }
    }
}

/// Every article, and of a single one its parts.
fn entries<'a>(flowed: &'a Flowed, binder: &Binder<'_>) -> Vec<Entry<'a>> {
    let geometry = &binder.desk.template.geometry;
    let single = flowed.galleys.len() == 1;
    let mut out: Vec<Entry<'a>> = Vec::new();
    let mut last = None;
    for (galley, body) in flowed.articles() {
        for placed in body.lines.iter().filter(|placed| placed.line == 0 && !placed.again) {
            let slab = galley.slabs.get(placed.slab);
            let Some(entry) = slab.and_then(|slab| slab.entry.as_ref()) else { continue };
            if entry.level > u8::from(single) {
                continue;
            }
            let down = if geometry.vertical { Pt::ZERO } else { placed.row.at(geometry.pitch) };
            let named = galley.section.as_deref().filter(|name| last != Some(*name));
            let section = named.filter(|_| entry.level == 0);
            last = galley.section.as_deref();
            out.push(Entry {
                section,
                title: &entry.title,
                authors: if entry.level == 0 { &galley.authors } else { "" },
                target: (placed.page, geometry.head + down),
                level: entry.level,
            });
        }
    }
    out
}

struct Writer<'a, 'b> {
    binder: &'a Binder<'b>,
    structure: &'a mut Structure,
    list: NodeId,
    first_number: usize,
    slabs: Vec<Slab>,
    targets: Vec<Option<(usize, Pt, NodeId)>>,
}

impl Writer<'_, '_> {
    fn measure(&self) -> Pt {
        self.binder.desk.template.geometry.along()
    }

    fn size(&self) -> Pt {
        self.binder.desk.template.geometry.size
    }

    /// A text set in a style, on its own lines of a width.
    fn text(&self, style: StyleId, text: &str, node: NodeId, measure: Pt) -> SetParagraph {
        let template = self.binder.desk.template;
        let rules = template.style(style);
        let form = Form {
            measure,
            indent: Pt::ZERO,
            align: rules.align,
            size: rules.size,
            punctuation: &template.punctuation,
        };
        let strand = Strand::of(text, look(template, style), Mark::Node(node));
        set(&strand, self.binder.shaper, &form)
    }

    /// A paragraph in an entry of its own, or in one there is.
    fn beside(&mut self, item: Option<NodeId>) -> NodeId {
        let list = self.list;
        let item =
            item.unwrap_or_else(|| self.structure.add(StructureRole::ContentsItem, Some(list)));
        self.structure.add(StructureRole::Paragraph, Some(item))
    }

    /// An entry, and the link in it.
    fn item(&mut self) -> (NodeId, NodeId) {
        let item = self.structure.add(StructureRole::ContentsItem, Some(self.list));
        let reference = self.structure.add(StructureRole::Reference, Some(item));
        (item, self.structure.add(StructureRole::Link, Some(reference)))
    }

    fn push(&mut self, style: StyleId, whole: SetParagraph, target: Option<(usize, Pt, NodeId)>) {
        let rules = *self.binder.desk.template.style(style);
        self.slabs.push(Slab {
            across: true,
            rows: rules.rows,
            before: rules.before,
            after: rules.after,
            ..Slab::plain(whole, rules.size, self.measure())
        });
        self.targets.push(target);
    }

    fn title(&mut self, node: NodeId) {
        let title = self.binder.labels().contents;
        let set = self.text(StyleId::ContentsTitle, title, node, self.measure());
        self.push(StyleId::ContentsTitle, set, None);
        if let Some(slab) = self.slabs.last_mut() {
            slab.ornament = Ornament::Bar;
            slab.after = slab.after.max(Rows(1));
        }
    }

    /// What is not in the edition, apart from what is.
    fn note(&mut self, text: &str) {
        let node = self.beside(None);
        let set = self.text(StyleId::ContentsAuthor, text, node, self.measure());
        self.push(StyleId::ContentsAuthor, set, None);
        if let Some(slab) = self.slabs.last_mut() {
            slab.before = slab.before.max(Rows(1));
        }
    }

    fn section(&mut self, name: &str) {
        let node = self.beside(None);
        let set = self.text(StyleId::ContentsSection, name, node, self.measure());
        self.push(StyleId::ContentsSection, set, None);
        if let Some(slab) = self.slabs.last_mut() {
            slab.keep = true;
        }
    }

    /// Title at the left, authors and page at the right, points between.
    fn leaders(&mut self, entry: &Entry<'_>) {
        if let Some(name) = entry.section {
            self.section(name);
        }
        let several = self.first_and_only() != Some(entry.title);
        let style = match entry.level {
            0 => StyleId::ContentsArticle,
            _ => StyleId::ContentsPart,
        };
        let (item, node) = self.item();
        let number = self.number(entry, several, style, node);
        let width = number.lines.first().map_or(Pt::ZERO, |line| line.width);
        let room = self.measure() - width - self.size() * 2;
        let title = self.text(style, entry.title, node, room);
        let from = title.lines.last().map_or(Pt::ZERO, |line| line.end);
        // The page stands in the last line of its title.
        let mut lines = vec![SetLine::default(); title.lines.len().saturating_sub(1)];
        lines.extend(number.lines.iter().cloned());
        let number = SetParagraph { lines, ..number };
        let x = self.measure() - width;
        let whole = SetParagraph::beside(vec![(Pt::ZERO, title), (x, number)]);
        self.push(style, whole, Some((entry.target.0, entry.target.1, node)));
        if let Some(slab) = self.slabs.last_mut() {
            slab.ornament = Ornament::Leader { from, to: x };
            slab.whole = true;
        }
        if !several && !entry.authors.is_empty() {
            let node = self.beside(Some(item));
            let authors = self.text(StyleId::ContentsAuthor, entry.authors, node, self.measure());
            self.push(StyleId::ContentsAuthor, authors, None);
        }
    }

    /// The title of the article, where there is but one.
    fn first_and_only(&self) -> Option<&str> {
        let mut articles = self.binder.issue.articles();
        let first = articles.next();
        if articles.next().is_some() { None } else { first.map(crate::article::Article::title) }
    }

    /// The authors, where there are several articles, and the page.
    fn number(
        &self,
        entry: &Entry<'_>,
        several: bool,
        style: StyleId,
        node: NodeId,
    ) -> SetParagraph {
        let template = self.binder.desk.template;
        let mut strand = Strand::default();
        if several && entry.level == 0 && !entry.authors.is_empty() {
            let authors = format!("{}　", entry.authors);
            let look = look(template, StyleId::ContentsAuthor);
            strand.push(&authors, look, Mark::Node(node));
        }
        let page = (self.first_number + entry.target.0).to_string();
        strand.push(&page, look(template, style), Mark::Node(node));
        let form = Form {
            measure: self.measure(),
            indent: Pt::ZERO,
            align: Align::Left,
            size: template.style(style).size,
            punctuation: &template.punctuation,
        };
        set(&strand, self.binder.shaper, &form)
    }

    /// The section in the margin, the page in large figures, the title, the authors below it.
    fn figures(&mut self, entry: &Entry<'_>) {
        let size = self.size();
        let (margin, figures) = (size * 8, size * 4);
        let mut cells = Vec::new();
        if let Some(name) = entry.section {
            let own = self.beside(None);
            let label = self.text(StyleId::ContentsSection, name, own, margin - size);
            cells.push((Pt::ZERO, label));
        }
        let (item, node) = self.item();
        let page = (self.first_number + entry.target.0).to_string();
        cells.push((margin, self.text(StyleId::ContentsPage, &page, node, figures)));
        let x = margin + figures;
        let room = self.measure() - x;
        cells.push((x, self.text(StyleId::ContentsArticle, entry.title, node, room)));
        let target = Some((entry.target.0, entry.target.1, node));
        self.push(StyleId::ContentsArticle, SetParagraph::beside(cells), target);
        let first = self.slabs.len() == 2;
        if let Some(slab) = self.slabs.last_mut() {
            slab.whole = true;
            slab.keep = !entry.authors.is_empty();
            if entry.section.is_some() && !first {
                slab.before = Rows(1);
                slab.ornament = Ornament::Line;
            }
        }
        if !entry.authors.is_empty() {
            let node = self.beside(Some(item));
            let authors = self.text(StyleId::ContentsAuthor, entry.authors, node, room);
            self.push(StyleId::ContentsAuthor, SetParagraph::beside(vec![(x, authors)]), None);
        }
    }
}

impl Binder<'_> {
    /// A page with what a design draws on it.
    fn drawn_page(
        &self,
        elements: &[crate::template::CoverElement],
        node: NodeId,
        layout: &mut Layout,
    ) {
        let mut page: Page = self.page();
        let structure = &mut layout.structure;
        let picture = None;
        super::artist::Artist {
            binder: self,
            page: &mut page,
            structure,
            node,
            picture,
            ink: None,
        }
        .draw_all(elements);
        layout.pages.push(page);
    }
}

impl Seat<'_> {
    /// All that a line takes, across its measure.
    fn whole(&self) -> Rect {
        self.stretch(self.slab.measure)
    }
}
