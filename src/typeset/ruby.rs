//! Readings beside words (行间注): how wide they are, what room they ask of the line, and where their
//! glyphs stand.
//!
//! In: the words with readings of a strand and its clusters. Out: the clusters, wider where a
//! reading needs it, and the readings as glyphs around the middle of their words. The line engine
//! sees wider clusters and places where no line ends, and knows nothing of readings.
//! Rules: CLREQ 行间注 (half the size, solid above, a quarter em between two readings; zhuyin at
//! the right, three tenths of the size, in a strip of half an em), JLREQ ルビ (overhang of kana).

use super::classes::Class;
use super::clusters::{Clusters, ShapedGlyph};
use super::region::Region;
use super::shape::Shaper;
use super::strand::{Look, Ruby, Strand};
use crate::length::{Em, Pt};
use crate::page::{Mark, Turn};
use std::ops::Range;

/// A reading, shaped.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// The clusters of the word.
    pub(super) base: Range<usize>,
    pub(super) text: String,
    pub(super) mark: Mark,
    /// Size of its glyphs.
    pub(super) size: Pt,
    pub(super) width: i64,
    /// Zhuyin stands at the right of its word, everything else above.
    pub(super) beside: bool,
    pub(super) glyphs: Vec<Placed>,
}

/// A glyph of a reading.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) glyph: ShapedGlyph,
    /// From the left of the reading, or for zhuyin of its strip.
    pub(super) x: i64,
    /// Above the baseline of the word.
    pub(super) rise: Pt,
    /// How it stands.
    pub(super) turn: Turn,
    /// What it stands for in the reading.
    pub(super) text: Range<usize>,
}

/// Thousandths of the word's size: readings above, zhuyin, its strip.
const ABOVE: i64 = 500;
const ZHUYIN: i64 = 300;
const STRIP: Em = Em::HALF;
/// The top of the em box of Han, above the baseline; the rest of the em is below.
const TOP: i64 = 880;

/// Shapes the readings of a strand and makes room for them.
pub(super) fn annotate(strand: &Strand, shaper: &Shaper<'_>, clusters: &mut Clusters) {
    let mut readings: Vec<Reading> = Vec::new();
    for ruby in &strand.rubies {
        let Some(base) = base_of(ruby, clusters) else { continue };
        let look = strand.pieces[clusters.piece[base.start]].look;
        let reading = if !shaper.vertical && ruby.reading.chars().all(is_zhuyin) {
            zhuyin(ruby, base, look, shaper)
        } else {
            above(ruby, base, look, shaper)
        };
        readings.push(reading);
    }
    for at in 0..readings.len() {
        let room = room(&readings, at, clusters, shaper.region);
        widen(&readings[at], room, clusters);
    }
    clusters.readings = readings;
}

/// The clusters of a word.
fn base_of(ruby: &Ruby, clusters: &Clusters) -> Option<Range<usize>> {
    let start = clusters.text.binary_search(&ruby.base.start).ok()?;
    let end = clusters.text.binary_search(&ruby.base.end).ok()?;
    (start < end).then_some(start..end)
}

const fn is_zhuyin(c: char) -> bool {
    matches!(c, '\u{3105}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}') || is_tone(c)
}

const fn is_tone(c: char) -> bool {
    matches!(c, 'ˊ' | 'ˇ' | 'ˋ' | '˙')
}

fn reading(ruby: &Ruby, base: Range<usize>, size: Pt, beside: bool) -> Reading {
    let (text, mark) = (ruby.reading.clone(), ruby.mark);
    Reading { base, text, mark, size, width: 0, beside, glyphs: Vec::new() }
}

/// A reading above its word, set solid.
fn above(ruby: &Ruby, base: Range<usize>, look: Look, shaper: &Shaper<'_>) -> Reading {
    let size = look.size.scale(ABOVE, 1000);
    let strand = Strand::of(&ruby.reading, Look { size, ..look }, Mark::Artefact);
    let shaped = shaper.shape(&strand);
    let mut out = reading(ruby, base, size, false);
    // Down the line the reading stands at the right of its word, middle beside middle.
    let rise = if shaper.vertical {
        (look.size + size) / 2
    } else {
        look.size.scale(TOP, 1000) + size.scale(1000 - TOP, 1000)
    };
    for at in 0..shaped.len() {
        let text = shaped.text[at]..shaped.text[at + 1];
        let standing = shaped.turn[at];
        for (turn, glyph) in shaped.glyphs_of(at).iter().enumerate() {
            let text = if turn == 0 { text.clone() } else { text.end..text.end };
            let x = out.width + glyph.x;
            out.glyphs.push(Placed { glyph: *glyph, x, rise, turn: standing, text });
        }
        let space = shaped.class[at] == Class::Space;
        out.width += shaped.body[at] + if space { shaped.space_width(at) } else { 0 };
    }
    out
}

/// Symbols below each other at the right of their character; the tone at the upper right of the
/// last, the light tone above the first.
fn zhuyin(ruby: &Ruby, base: Range<usize>, look: Look, shaper: &Shaper<'_>) -> Reading {
    let em = |millis: i64| look.size.scale(millis, 1000);
    let size = em(ZHUYIN);
    let mut out = reading(ruby, base, size, true);
    let strand = Strand::of(&ruby.reading, Look { size, ..look }, Mark::Artefact);
    let shaped = shaper.shape(&strand);
    let is_tone_at = |at: usize| {
        ruby.reading.get(shaped.text[at]..).and_then(|s| s.chars().next()).is_some_and(is_tone)
    };
    let count = (0..shaped.len()).filter(|at| !is_tone_at(*at)).count();
    let count = i64::try_from(count).unwrap_or(0);
    // The column stands in the middle of the em box's height.
    let top = TOP - (1000 - count * ZHUYIN) / 2;
    let mut row = 0;
    for at in 0..shaped.len() {
        let text = shaped.text[at]..shaped.text[at + 1];
        let light = ruby.reading.get(text.clone()) == Some("˙");
        let (x, box_top) = match (is_tone_at(at), light) {
            (true, true) => (0, top + ZHUYIN * 2 / 3),
            (true, false) => (ZHUYIN * 2 / 3, top - (row - 1) * ZHUYIN + ZHUYIN / 2),
            (false, _) => {
                row += 1;
                (0, top - (row - 1) * ZHUYIN)
            }
        };
        let rise = em(box_top - ZHUYIN * TOP / 1000);
        let x = em(x).units() + (size.units() - shaped.body[at]) / 2;
        let glyphs = shaped.glyphs_of(at).iter();
        let placed = glyphs.map(|glyph| Placed {
            glyph: *glyph,
            x: x + glyph.x,
            rise,
            turn: Turn::Level,
            text: text.clone(),
        });
        out.glyphs.extend(placed);
    }
    out.width = STRIP.at(look.size).units();
    out
}

/// How wide a word has to be for its reading: two readings stay a quarter em apart, one may hang
/// over a neighbour that has none.
fn room(readings: &[Reading], at: usize, clusters: &Clusters, region: Region) -> i64 {
    let own = &readings[at];
    if own.beside {
        return width_of(&own.base, clusters) + own.width;
    }
    let apart = Em::EIGHTH.at(own.size).units();
    let before = at.checked_sub(1).and_then(|at| readings.get(at));
    let touches = |other: Option<&Reading>, edge: bool| {
        other.is_some_and(|other| {
            if edge { other.base.start == own.base.end } else { other.base.end == own.base.start }
        })
    };
    let side = |touches: bool, neighbour: Option<usize>| {
        let class = neighbour.and_then(|at| clusters.class.get(at).map(|class| (at, *class)));
        match class {
            _ if touches => apart,
            Some((at, class)) => -overhang(class, clusters, at, region, own.size),
            None => 0,
        }
    };
    let left = side(touches(before, false), own.base.start.checked_sub(1));
    let right = side(touches(readings.get(at + 1), true), Some(own.base.end));
    // The same at both sides: a reading stands over the middle of its word.
    own.width + left.max(right) * 2
}

/// How far a reading may hang over a neighbour.
fn overhang(class: Class, clusters: &Clusters, at: usize, region: Region, size: Pt) -> i64 {
    let kana = clusters.is_kana(at);
    match (class, region) {
        (Class::Han | Class::Small, Region::Japan) if kana => size.units(),
        (Class::Han, Region::China | Region::Taiwan) => size.units() / 2,
        _ => 0,
    }
}

fn width_of(base: &Range<usize>, clusters: &Clusters) -> i64 {
    clusters.body[base.clone()].iter().sum()
}

/// Gives each character of a word its share of the width the reading needs more.
fn widen(reading: &Reading, room: i64, clusters: &mut Clusters) {
    let extra = room - width_of(&reading.base, clusters);
    if extra <= 0 {
        return;
    }
    let count = i64::try_from(reading.base.len()).unwrap_or(1).max(1);
    for (turn, at) in (0..).zip(reading.base.clone()) {
        let share = extra * (turn + 1) / count - extra * turn / count;
        clusters.widen(at, share, !reading.beside);
    }
}
