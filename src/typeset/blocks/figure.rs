//! Figures: pictures between paragraphs, each with the rows it needs on the grid.

use super::compositor::Compositor;
use super::{Ornament, Slab};
use crate::article::{Block, Figure, Image, Inline, Picture};
use crate::length::{Pt, Rows};
use crate::page::{Mark, NodeId, StructureRole};
use crate::template::{StyleId, Template};
use crate::typeset::paragraph::{SetLine, SetParagraph};
use crate::typeset::strand::{Look, Object};

/// A picture on the galley.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) struct Placed {
    /// Which of the article's pictures.
    pub(in crate::typeset) picture: usize,
    pub(in crate::typeset) width: Pt,
    pub(in crate::typeset) height: Pt,
    pub(in crate::typeset) mark: Mark,
}

/// Pixels a point at the size a picture is shown at when there is room: 150 to the inch.
const PIXELS: (i64, i64) = (150, 72);

impl Compositor<'_> {
    /// Pictures one above the other, their caption below.
    pub(super) fn figure(&mut self, figure: &Figure) {
        let first = self.slabs.len();
        let mut last = self.node;
        for image in &figure.images {
            last = self.picture(image, &figure.caption).unwrap_or(last);
        }
        let kept = !figure.caption.is_empty();
        for slab in self.slabs.iter_mut().skip(first) {
            slab.keep = kept;
        }
        let caption = self.slabs.len();
        if let Some(last) = self.slabs.last_mut().filter(|_| kept && caption > first) {
            last.after = Rows(0);
        }
        // The caption belongs to the picture above it.
        let around = std::mem::replace(&mut self.node, last);
        self.caption(&figure.caption);
        self.node = around;
        if let Some(slab) = self.slabs.get_mut(caption) {
            slab.before = Rows(0);
            slab.after = slab.after.max(Rows(1));
        }
        self.floats(first);
    }

    /// A picture with its caption may go to the head or foot of a column; one that is as high as
    /// the page may not, nor one inside a list or a quotation.
    fn floats(&mut self, first: usize) {
        let group = self.slabs.len() - first;
        let rows = self.slabs.iter().skip(first).map(Slab::height).sum::<Rows>();
        let drawn = |slab: &Slab| matches!(slab.ornament, Ornament::Picture(_));
        let pictured = self.slabs.get(first).is_some_and(drawn);
        let free = self.left == Pt::ZERO && self.quoted.is_none() && !self.across && pictured;
        if free
            && rows + Rows(2) <= self.desk.template.geometry.rows()
            && let Some(slab) = self.slabs.get_mut(first)
        {
            slab.float = group;
        }
    }

    /// Whether a figure at the head of an article is shown across all columns: it is wide, and
    /// has the pixels for it.
    pub(super) fn is_opening(&self, figure: &Figure) -> bool {
        let geometry = &self.desk.template.geometry;
        let [image] = figure.images.as_slice() else { return false };
        let Some(picture) = image.picture.and_then(|id| self.pictures.get(id.0)) else {
            return false;
        };
        let wide = picture.width * 5 >= picture.height * 7;
        let sharp = natural_width(picture) >= geometry.along();
        geometry.columns > 1 && !geometry.vertical && wide && sharp
    }

    /// Pictures that stand among the words of a block, after it.
    pub(super) fn pictures_of(&mut self, block: &Block) {
        match block {
            Block::List(_) | Block::Quote { .. } => {}
            Block::Figure(figure) => {
                let caption = Figure { images: Vec::new(), ..figure.clone() };
                self.pictures_in(&Block::Figure(caption));
            }
            _ => self.pictures_in(block),
        }
    }

    /// The pictures in a block that are too large for words, after it.
    pub(super) fn pictures_in(&mut self, block: &Block) {
        let mut images = Vec::new();
        block.clone().each_image_mut(&mut |image| images.push(image.clone()));
        let (pictures, template) = (self.pictures, self.desk.template);
        images.retain(|image| small(image, pictures, template).is_none());
        for image in &images {
            self.picture(image, &[]);
        }
    }

    /// One picture: as large as its pixels allow, no wider than the measure, no higher than three
    /// fifths of the page. Where it could not be had, what it shows is said instead.
    /// Its node, where it has one.
    fn picture(&mut self, image: &Image, caption: &[Inline]) -> Option<NodeId> {
        let found = image.picture.and_then(|id| Some((id.0, self.pictures.get(id.0)?)));
        let Some((picture, size)) = found else {
            self.in_words(image);
            return None;
        };
        let geometry = &self.desk.template.geometry;
        let along = self.measure() - self.left;
        let across = geometry.rows().at(geometry.pitch).scale(3, 5);
        let (widest, highest) = if geometry.vertical { (across, along) } else { (along, across) };
        let (width, height) = shown(size, widest, highest);
        let depth = if geometry.vertical { width } else { height };
        let rows = (depth + geometry.pitch - Pt::from_units(1)).units() / geometry.pitch.units();
        let node = self.described(image, caption);
        let mark = node.map_or(Mark::Artefact, Mark::Node);
        let line = SetLine::default();
        let set = SetParagraph { lines: vec![line], ..SetParagraph::default() };
        if self.push(StyleId::Caption, set)
            && let Some(slab) = self.slabs.last_mut()
        {
            slab.rows = Rows(rows.max(1));
            slab.whole = true;
            (slab.before, slab.after) = (Rows(1), Rows(1));
            slab.ornament = Ornament::Picture(Placed { picture, width, height, mark });
        }
        node
    }

    /// The node of a picture, with what it shows in words; none for decoration.
    fn described(&mut self, image: &Image, caption: &[Inline]) -> Option<NodeId> {
        if image.is_decoration() {
            return None;
        }
        let node = self.structure.add(StructureRole::Figure, Some(self.node));
        let words = crate::article::plain(caption);
        let alt = if image.alt.is_some() || words.is_empty() { image.described() } else { words };
        self.structure.node_mut(node)?.alt = Some(alt);
        Some(node)
    }

    fn in_words(&mut self, image: &Image) {
        if let Some(alt) = image.alt.as_deref().filter(|alt| !alt.is_empty()) {
            let words = format!("［{alt}］");
            let node = self.line(StyleId::Caption, StructureRole::Figure, &words);
            if let Some(node) = self.structure.node_mut(node) {
                node.alt = Some(image.described());
            }
        }
    }
}

/// A picture that is no higher than two lines of the body, such as a sign or a formula: it stands
/// among the words.
pub(super) fn small<'a>(
    image: &Image,
    pictures: &'a [Picture],
    template: &Template,
) -> Option<(usize, &'a Picture)> {
    let id = image.picture?.0;
    let picture = pictures.get(id)?;
    let size = template.geometry.size;
    let (wide, high) = (i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
    let height = natural_width(picture).scale(high, wide);
    (height <= size * 2 && wide <= high * 12).then_some((id, picture))
}

/// How a small picture stands among words of a look: no higher than they are.
pub(super) fn object(
    image: &Image,
    look: Look,
    pictures: &[Picture],
    template: &Template,
) -> Option<Object> {
    let (id, picture) = small(image, pictures, template)?;
    let (wide, high) = (i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
    let natural = natural_width(picture).scale(high, wide);
    let height = natural.min(look.size);
    Some(Object { picture: id, width: height.scale(wide, high), height })
}

/// The size a picture is shown at.
fn shown(picture: &Picture, widest: Pt, highest: Pt) -> (Pt, Pt) {
    let (pixels, high) = (i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
    let width = natural_width(picture).min(widest);
    let height = width.scale(high, pixels);
    if height <= highest { (width, height) } else { (highest.scale(pixels, high), highest) }
}

/// The width a picture has at the pixels it is shown with when there is room.
fn natural_width(picture: &Picture) -> Pt {
    Pt::new(1).scale(i64::from(picture.width.max(1)) * PIXELS.1, PIXELS.0)
}
