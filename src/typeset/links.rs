//! Words that lead elsewhere → places on the pages that can be clicked.
//!
//! In: a layout whose runs know the node they belong to. Out: a link for each line that words of
//! a link stand in. What leads to a note, to a heading of the same article or to another article
//! of the issue leads there; what leads to a page of the web leads out. Anything else, such as a
//! file beside the manuscript, is no link in an edition: its words stay as they are.

use crate::article::{Address, address, solid};
use crate::fonts::Library;
use crate::length::{Em, Pt, Rect};
use crate::page::{
    GlyphRun, Layout, Link, Mark, NodeId, Page, Structure, StructureRole, Target, Turn,
};
use std::collections::BTreeMap;

/// Where an article's links may lead to.
#[derive(Debug)]
pub(super) struct Place {
    /// The article.
    pub(super) article: NodeId,
    /// The name of its file, without folder and ending.
    pub(super) name: String,
}

/// Adds a link for every line with words of one; makes plain words of what leads nowhere.
pub(super) fn link(places: &[Place], library: &Library, layout: &mut Layout) {
    let headings = headings(places, layout);
    let first = firsts(layout);
    let mut targets: BTreeMap<NodeId, Option<Target>> = BTreeMap::new();
    for (id, node) in layout.structure.nodes() {
        let place = |to: &NodeId| {
            let (page, y) = first.get(to.0).copied().flatten()?;
            Some(Target::Place { page, y })
        };
        let target = match (&node.target, &node.address) {
            _ if node.role != StructureRole::Link => continue,
            (Some(to), _) => place(to),
            (None, Some(written)) => match address(written) {
                Address::Out => Some(Target::Address(written.clone())),
                Address::Inside { article, heading } => article_of(&layout.structure, id)
                    .and_then(|from| headings.find(from, article.as_deref(), heading))
                    .and_then(|to| place(&to)),
            },
            (None, None) => continue,
        };
        targets.insert(id, target);
    }
    for (id, _) in targets.iter().filter(|(_, target)| target.is_none()) {
        if let Some(node) = layout.structure.node_mut(*id) {
            node.role = StructureRole::Words;
        }
    }
    for page in &mut layout.pages {
        let links = links_of(page, &layout.structure, &targets, library);
        page.links.extend(links);
    }
}

fn article_of(structure: &Structure, id: NodeId) -> Option<NodeId> {
    structure.above(id).find(|(_, node)| node.role == StructureRole::Article).map(|(id, _)| id)
}

/// Headings by article and by what their address may be called.
struct Headings<'a> {
    places: &'a [Place],
    by_name: BTreeMap<(NodeId, String), NodeId>,
}

fn headings<'a>(places: &'a [Place], layout: &Layout) -> Headings<'a> {
    let mut by_name = BTreeMap::new();
    for entry in &layout.outline {
        if let Some(article) = article_of(&layout.structure, entry.node) {
            by_name.entry((article, solid(&entry.title))).or_insert(entry.node);
        }
    }
    Headings { places, by_name }
}

impl Headings<'_> {
    /// What an address inside the issue leads to.
    fn find(&self, from: NodeId, name: Option<&str>, heading: Option<String>) -> Option<NodeId> {
        let article = match name {
            None => from,
            Some(name) => self.places.iter().find(|place| place.name == name)?.article,
        };
        match heading {
            None => Some(article),
            Some(heading) => self.by_name.get(&(article, heading)).copied(),
        }
    }
}

/// The page and the height at which each node, or what is in it, begins.
fn firsts(layout: &Layout) -> Vec<Option<(usize, Pt)>> {
    let mut out = vec![None; layout.structure.nodes().count()];
    for (at, page) in layout.pages.iter().enumerate() {
        for run in page.runs() {
            let Mark::Node(id) = run.mark else { continue };
            let top = box_of(run, Pt::ZERO).y;
            for (id, _) in layout.structure.above(id) {
                match out.get_mut(id.0) {
                    Some(slot @ None) => *slot = Some((at, top)),
                    _ => break,
                }
            }
        }
    }
    out
}

/// The links of a page: words of one link on one line are one place.
fn links_of(
    page: &Page,
    structure: &Structure,
    targets: &BTreeMap<NodeId, Option<Target>>,
    library: &Library,
) -> Vec<Link> {
    let mut out: Vec<Link> = Vec::new();
    for run in page.runs() {
        let Mark::Node(id) = run.mark else { continue };
        let inside = structure.above(id).take_while(|(_, node)| node.role.is_inline());
        let Some((node, target)) =
            inside.filter_map(|(id, _)| Some((id, targets.get(&id)?.as_ref()?))).next()
        else {
            continue;
        };
        let rect = box_of(run, length_of(page, run, library));
        match out.last_mut().filter(|last| last.node == node && beside(&last.rect, &rect)) {
            Some(last) => last.rect = around(&last.rect, &rect),
            None => out.push(Link { rect, target: target.clone(), node }),
        }
    }
    out
}

/// How long a run is, from its origin.
fn length_of(page: &Page, run: &GlyphRun, library: &Library) -> Pt {
    let Some(last) = page.glyphs_of(run).last() else { return Pt::ZERO };
    let face = library.face(run.face);
    let advance = match run.turn {
        Turn::Upright => run.size,
        Turn::Level | Turn::Rotated => {
            run.size.scale(face.advance(last.id), i64::from(face.metrics().units_per_em))
        }
    };
    Pt::from_units(i64::from(last.x)) + advance
}

/// The em boxes of a run.
fn box_of(run: &GlyphRun, length: Pt) -> Rect {
    let size = run.size;
    let above = Em::from_millis(880).at(size);
    match run.turn {
        Turn::Level => Rect { x: run.x, y: run.baseline - above, width: length, height: size },
        Turn::Upright => Rect { x: run.x - size / 2, y: run.baseline, width: size, height: length },
        Turn::Rotated => {
            let below = size - above;
            Rect { x: run.x - below, y: run.baseline, width: size, height: length }
        }
    }
}

/// Whether two boxes stand in one line, level or vertical.
fn beside(one: &Rect, other: &Rect) -> bool {
    let level = one.y < other.y + other.height && other.y < one.y + one.height;
    let upright = one.x < other.x + other.width && other.x < one.x + one.width;
    level != upright
}

fn around(one: &Rect, other: &Rect) -> Rect {
    let (x, y) = (one.x.min(other.x), one.y.min(other.y));
    let right = (one.x + one.width).max(other.x + other.width);
    let foot = (one.y + one.height).max(other.y + other.height);
    Rect { x, y, width: right - x, height: foot - y }
}
