//! What is drawn beside the words of a line: lines below and through, dots, waves (行间标点).
//!
//! In: the clusters of a set line with their places and looks. Out: strokes, which know where
//! along the line they stand and on which side; a page makes rectangles and polygons of them.
//! Rules: CLREQ 行间标点, GB/T 15834 5.1.8: below the line of horizontal text, never through a
//! gap at the edge, one dot a character and none for marks, two names that touch drawn apart.

use super::strand::Drawn;
use crate::colour::Colour;
use crate::length::{Em, Pt, Rect};
use crate::page::{Item, Mark};

/// What a stroke is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A line below.
    Under,
    /// A wave below.
    Wave,
    /// A line through.
    Through,
    /// A dot below; `lined` where a line stands between it and the text.
    Dot {
        /// Whether the text has a line below as well.
        lined: bool,
    },
    /// A picture among the words.
    Object { picture: usize, height: Pt, mark: Mark },
}

/// A stroke beside a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stroke {
    pub(super) kind: Kind,
    /// From the left edge of the line.
    pub(super) x: Pt,
    pub(super) length: Pt,
    /// Type size of the words.
    pub(super) size: Pt,
    pub(super) colour: Colour,
    /// The marked part it belongs to.
    pub(super) part: u16,
}

/// A cluster of a set line, as far as strokes go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) x: Pt,
    pub(super) width: Pt,
    pub(super) size: Pt,
    pub(super) colour: Colour,
    pub(super) drawn: Drawn,
    /// A character that takes a dot.
    pub(super) dotted: bool,
    /// A mark: a wave leaves it out.
    pub(super) mark: bool,
}

/// Half of what stays open between two names that touch.
const APART: Em = Em::from_millis(62);
/// From the baseline down to a line below: clear of the em box, which ends at 0.12 em.
const UNDER: Em = Em::from_millis(180);
const WEIGHT: Em = Em::from_millis(45);
/// From the baseline up to a line through the middle of the em box.
const THROUGH: Em = Em::from_millis(380);
/// From the baseline down to the middle of a dot, and where a line stands between.
const DOT: Em = Em::from_millis(240);
const DOT_BELOW_LINE: Em = Em::from_millis(330);
/// From the baseline down to the foot of the em box.
const FOOT: Em = Em::from_millis(120);
const RADIUS: Em = Em::from_millis(75);

/// Cosines of the corners of a dot, in thousandths.
const COSINES: [i64; 24] = [
    1000, 966, 866, 707, 500, 259, 0, -259, -500, -707, -866, -966, -1000, -966, -866, -707, -500,
    -259, 0, 259, 500, 707, 866, 966,
];

/// Adds the strokes of a spot, or lengthens those that go on through it.
pub(super) fn add(spot: &Spot, first: usize, strokes: &mut Vec<Stroke>) {
    let Spot { drawn, size, colour, .. } = *spot;
    for (kind, wanted) in [
        (Kind::Under, drawn.under),
        (Kind::Wave, drawn.wavy && !spot.mark),
        (Kind::Through, drawn.through),
    ] {
        if wanted {
            line(kind, spot, first, strokes);
        }
    }
    if drawn.dots && spot.dotted {
        let kind = Kind::Dot { lined: drawn.under || drawn.wavy };
        let x = spot.x + spot.width / 2;
        strokes.push(Stroke { kind, x, length: Pt::ZERO, size, colour, part: drawn.part });
    }
}

fn line(kind: Kind, spot: &Spot, first: usize, strokes: &mut Vec<Stroke>) {
    let Spot { x, width, size, colour, drawn, .. } = *spot;
    let part = drawn.part;
    let own = strokes.get_mut(first..).unwrap_or_default();
    let last = own.iter_mut().rfind(|stroke| stroke.kind == kind);
    let mut from = x;
    if let Some(last) = last {
        let end = last.x + last.length;
        // A wave has left out the mark between two titles.
        let parted = kind == Kind::Wave && x - end >= size.scale(2, 5);
        if last.part == part && last.colour == colour && !parted {
            last.length = x + width - last.x;
            last.size = last.size.max(size);
            return;
        }
        // Two parts that touch are drawn apart.
        if end >= x - APART.at(size) {
            last.length -= APART.at(last.size);
            from += APART.at(size);
        }
    }
    strokes.push(Stroke { kind, x: from, length: x + width - from, size, colour, part });
}

impl Stroke {
    /// The stroke on a page, its line's left edge and baseline given.
    pub(super) fn item(&self, left: Pt, baseline: Pt) -> Item {
        let Self { kind, length, size, colour, .. } = *self;
        let x = left + self.x;
        let mark = Mark::Artefact;
        let rule = |y: Pt| {
            let height = WEIGHT.at(size);
            Item::Fill { rect: Rect { x, y, width: length, height }, colour, mark }
        };
        match kind {
            Kind::Under => rule(baseline + UNDER.at(size)),
            Kind::Through => rule(baseline - THROUGH.at(size)),
            Kind::Wave => {
                let y = baseline + UNDER.at(size);
                let points = wave(length, size).into_iter().map(|(a, d)| (x + a, y + d)).collect();
                Item::Polygon { points, colour, mark }
            }
            Kind::Object { picture, height, mark } => {
                let y = baseline + FOOT.at(size) - height;
                Item::Picture { picture, rect: Rect { x, y, width: length, height }, mark }
            }
            Kind::Dot { lined } => {
                let below = if lined { DOT_BELOW_LINE } else { DOT };
                Item::Polygon { points: dot(x, baseline + below.at(size), size), colour, mark }
            }
        }
    }
}

impl Stroke {
    /// The stroke beside a line that runs down, the middle of its column and its top given: lines
    /// at the left, dots at the right.
    pub(super) fn upright_item(&self, middle: Pt, top: Pt) -> Item {
        let Self { kind, length, size, colour, .. } = *self;
        let y = top + self.x;
        let (mark, width, half) = (Mark::Artefact, WEIGHT.at(size), size / 2);
        // As far from the em box as in horizontal lines, where it ends 0.12 em down.
        let clear = |from_baseline: Em| from_baseline.at(size) - size.scale(12, 100);
        let rule = |x: Pt| Item::Fill { rect: Rect { x, y, width, height: length }, colour, mark };
        match kind {
            Kind::Under => rule(middle - half - clear(UNDER) - width),
            Kind::Through => rule(middle - width / 2),
            Kind::Wave => {
                let x = middle - half - clear(UNDER);
                let points = wave(length, size).into_iter().map(|(a, d)| (x - d, y + a)).collect();
                Item::Polygon { points, colour, mark }
            }
            Kind::Object { picture, height, mark } => {
                let rect = Rect { x: middle - length / 2, y, width: length, height };
                Item::Picture { picture, rect, mark }
            }
            Kind::Dot { .. } => {
                let x = middle + half + clear(DOT);
                Item::Polygon { points: dot(x, y, size), colour, mark }
            }
        }
    }
}

/// The outline of a wave: points along it and how far from the text, first its near side, then
/// its far side back. It has whole waves, about half an em each.
fn wave(length: Pt, size: Pt) -> Vec<(Pt, Pt)> {
    let waves = (length.units() * 2 / size.units().max(1)).max(1);
    let (steps, weight) = (waves * 12, WEIGHT.at(size));
    let point = |at: i64| {
        // A wave goes once around the circle, two of its corners a step.
        let turn = usize::try_from((at * 2 + 18) % 24).unwrap_or(0);
        let depth = RADIUS.at(size).scale(1000 - COSINES[turn], 1000);
        (length.scale(at, steps), depth.scale(2, 3))
    };
    let near = (0..=steps).map(point);
    let far = (0..=steps).rev().map(point).map(|(along, depth)| (along, depth + weight));
    near.chain(far).collect()
}

/// The corners of a dot.
fn dot(x: Pt, y: Pt, size: Pt) -> Vec<(Pt, Pt)> {
    let radius = RADIUS.at(size);
    let corner = |at: usize| {
        let sine = COSINES[(at + 18) % 24];
        (x + radius.scale(COSINES[at], 1000), y + radius.scale(sine, 1000))
    };
    (0..24).map(corner).collect()
}
