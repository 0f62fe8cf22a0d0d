//! An article → its galley: set paragraphs in order, with the rows they take and what keeps them
//! together. Where they go is `flow`'s business.

mod compositor;
mod figure;
mod initial;
mod nested;
mod notes;
mod passage;
mod rows;
mod table;
mod title;
mod weave;

use super::Desk;
use super::paragraph::SetParagraph;
use super::shape::Shaper;
use super::strand::Look;
use super::strokes::Kind;
use crate::article::Article;
use crate::diagnostics::Sink;
use crate::length::{Pt, Rows};
use crate::page::{Mark, Node, NodeId, Picture, Structure, StructureRole};
use crate::template::{Align, Panel, StyleId, Template};
use compositor::Compositor;
use std::ops::Range;

/// A paragraph on the galley.
#[derive(Debug, Clone)]
pub(super) struct Slab {
    pub(super) set: SetParagraph,
    /// The width it is set in.
    pub(super) measure: Pt,
    /// Whether it spans all columns.
    pub(super) across: bool,
    /// From the left edge of the column.
    pub(super) x: Pt,
    /// Type size, for the place of the baseline in its row.
    pub(super) size: Pt,
    /// From line to line where there is no grid, as in notes.
    pub(super) leading: Pt,
    /// Rows a line takes.
    pub(super) rows: Rows,
    pub(super) before: Rows,
    pub(super) after: Rows,
    /// Not parted from what comes next.
    pub(super) keep: bool,
    /// Its lines are not parted.
    pub(super) whole: bool,
    /// How many slabs, from this one on, are a figure with its caption, which may move; 0 for what
    /// stays where it is.
    pub(super) float: usize,
    /// For a row of a table: the slabs of its head, which stand above each part of it.
    pub(super) head: Option<Range<usize>>,
    /// References to notes: the line each stands in, and which note of the article it is.
    pub(super) notes: Vec<(usize, usize)>,
    /// What lies behind it, and whether that begins and ends here.
    pub(super) panel: Panel,
    pub(super) panel_ends: (bool, bool),
    /// What is drawn with it.
    pub(super) ornament: Ornament,
    /// The number or bullet of a list item, and where it begins.
    pub(super) marker: Option<(Pt, SetParagraph)>,
    /// The heading it is or opens with.
    pub(super) entry: Option<Entry>,
}

impl Slab {
    /// Lets go of its lines, once they stand on their pages.
    pub(super) fn clear(&mut self) {
        self.set = SetParagraph::default();
        self.marker = None;
    }

    /// A paragraph without anything around it.
    pub(super) fn plain(set: SetParagraph, size: Pt, measure: Pt) -> Self {
        Self {
            set,
            measure,
            across: false,
            x: Pt::ZERO,
            size,
            leading: size,
            rows: Rows(1),
            before: Rows(0),
            after: Rows(0),
            keep: false,
            whole: false,
            float: 0,
            head: None,
            notes: Vec::new(),
            panel: Panel::None,
            panel_ends: (true, true),
            ornament: Ornament::None,
            marker: None,
            entry: None,
        }
    }

    /// A heading on lines of its own.
    pub(super) const fn is_heading(&self) -> bool {
        self.keep && self.entry.is_some()
    }

    /// Gives all that has a node of an article's structure that of the edition's.
    fn moved(&mut self, new: &dyn Fn(NodeId) -> NodeId) {
        let moved = |mark: &mut Mark| {
            if let Mark::Node(id) = mark {
                *id = new(*id);
            }
        };
        let marker = self.marker.as_mut().map(|(_, marker)| &mut marker.runs);
        let runs = self.set.runs.iter_mut().chain(marker.into_iter().flatten());
        runs.for_each(|run| moved(&mut run.mark));
        for stroke in &mut self.set.strokes {
            if let Kind::Object { mark, .. } = &mut stroke.kind {
                moved(mark);
            }
        }
        if let Some(entry) = &mut self.entry {
            entry.node = new(entry.node);
        }
        if let Ornament::Picture(placed) = &mut self.ornament {
            moved(&mut placed.mark);
        }
    }

    /// Rows of all its lines.
    pub(super) fn height(&self) -> Rows {
        self.rows * i64::try_from(self.set.lines.len()).unwrap_or(0)
    }
}

/// What is drawn with a slab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ornament {
    None,
    /// A short rule in the colour above it, at this edge.
    RuleAbove(Align),
    /// Rules of a table: a hairline below each row, heavier ones above the first and below the
    /// last.
    TableRule {
        head: bool,
        foot: bool,
    },
    /// Points up to the page number of a line of contents.
    Leader {
        from: Pt,
        to: Pt,
    },
    /// A hairline above it.
    Line,
    /// A short heavy rule in the colour below it.
    Bar,
    /// A small square in the colour after its last character: the article ends.
    EndMark,
    /// A picture, in the middle of the measure.
    Picture(figure::Placed),
}

/// A line of the outline.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) level: u8,
    pub(super) title: String,
    pub(super) node: NodeId,
}

/// A set article.
#[derive(Debug)]
pub(super) struct Galley {
    pub(super) slabs: Vec<Slab>,
    /// Notes that stand at the foot of a column.
    pub(super) notes: Vec<Slab>,
    pub(super) title: String,
    pub(super) authors: String,
    pub(super) source: Option<String>,
    /// 栏目.
    pub(super) section: Option<String>,
    pub(super) node: NodeId,
    pub(super) pictures: Vec<Picture>,
}

impl Galley {
    /// What is no article, such as contents.
    pub(super) fn of_slabs(slabs: Vec<Slab>, node: NodeId) -> Self {
        Self {
            slabs,
            notes: Vec::new(),
            title: String::new(),
            authors: String::new(),
            source: None,
            section: None,
            node,
            pictures: Vec::new(),
        }
    }

    /// Joins the article's structure to the edition's and moves all marks there.
    pub(super) fn attach(&mut self, from: &Structure, to: &mut Structure, parent: NodeId) {
        let mut moved = Vec::new();
        for (_, node) in from.nodes() {
            let above = node.parent.and_then(|p| moved.get(p.0).copied()).unwrap_or(parent);
            moved.push(to.push(Node { parent: Some(above), ..node.clone() }));
        }
        let new = |id: NodeId| moved.get(id.0).copied().unwrap_or(parent);
        for id in &moved {
            if let Some(node) = to.node_mut(*id) {
                node.target = node.target.map(new);
            }
        }
        self.node = new(self.node);
        for slab in self.slabs.iter_mut().chain(&mut self.notes) {
            slab.moved(&new);
        }
    }
}

/// Sets an article; `opens` is the name of the section that opens with it.
pub(super) fn galley(
    article: &Article,
    opens: Option<&str>,
    desk: &Desk<'_>,
    shaper: &Shaper<'_>,
    structure: &mut Structure,
    sink: &mut Sink,
) -> Galley {
    // The section's name is no part of the article.
    let opens = opens.map(|name| (name, structure.add(StructureRole::Paragraph, None)));
    let node = structure.add(StructureRole::Article, None);
    if let Some(article_node) = structure.node_mut(node) {
        article_node.language = Some(article.language.clone());
    }
    let compositor = Compositor::new(desk, shaper, structure, sink, node);
    let (mut slabs, notes) = compositor.article(article, opens);
    slabs.shrink_to_fit();
    Galley {
        slabs,
        notes,
        section: None,
        title: article.title().to_owned(),
        authors: article.metadata.author_names().join("　"),
        source: article.metadata.source.as_ref().map(|source| source.as_str().to_owned()),
        node,
        pictures: article.pictures.iter().map(picture).collect(),
    }
}

fn picture(picture: &crate::article::Picture) -> Picture {
    let crate::article::Picture { name, width, height, bytes, .. } = picture;
    Picture { name: name.clone(), width: *width, height: *height, bytes: bytes.clone() }
}

/// How text of a style looks in a design.
pub(super) fn look(template: &Template, style: StyleId) -> Look {
    let rules = template.style(style);
    Look::new(rules.voice, rules.size, template.colour(rules.ink))
}
