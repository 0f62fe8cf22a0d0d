//! A strand → its lines, set: glyphs with positions, ready to be placed on a page.
//!
//! Everything of a paragraph stands in four flat arrays. A line's runs begin at its own left
//! edge and baseline; where the line goes is decided later.

use super::classes::{Class, class_of};
use super::clusters::{Clusters, ShapedGlyph};
use super::justify::justify;
use super::linebreak::{Frame, Line, break_lines};
use super::ruby::Reading;
use super::shape::Shaper;
use super::spacing::{Break, Spacing, space};
use super::strand::{Drawn, Look, Object, Piece, Strand};
use super::strokes::{self, Kind, Spot, Stroke};
use super::words::word_ends;
use crate::colour::Colour;
use crate::fonts::FaceId;
use crate::length::{Em, Pt};
use crate::page::{Glyph, Mark, Turn};
use crate::template::{Align, Punctuation};
use std::ops::Range;

/// How a paragraph is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form<'a> {
    pub(super) measure: Pt,
    pub(super) indent: Pt,
    pub(super) align: Align,
    /// Size of the text; costs are relative to it.
    pub(super) size: Pt,
    pub(super) punctuation: &'a Punctuation,
}

/// Glyphs of one look in a line, from the line's left edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SetRun {
    pub(super) face: FaceId,
    pub(super) size: Pt,
    pub(super) colour: Colour,
    pub(super) mark: Mark,
    pub(super) x: Pt,
    /// How far above the baseline of the line it stands.
    pub(super) rise: Pt,
    /// How its glyphs stand.
    pub(super) turn: Turn,
    /// The note it refers to, from 1; 0 for words.
    pub(super) note: u16,
    pub(super) glyphs: Range<usize>,
    pub(super) text: Range<usize>,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct SetLine {
    pub(super) runs: Range<usize>,
    /// What is drawn beside it.
    pub(super) strokes: Range<usize>,
    /// Width of what is in it.
    pub(super) width: Pt,
    /// Where what is in it ends, from the left edge of the measure.
    pub(super) end: Pt,
    /// How much wider it is than its measure, for want of a break; 0 for nearly all.
    pub(super) excess: Pt,
    /// Letterspacing, in thousandths of an em a gap.
    pub(super) loose: i64,
    /// Whether a word or marks were parted against the rules.
    pub(super) forced: bool,
}

/// A paragraph, set.
#[derive(Debug, Clone, Default)]
pub(super) struct SetParagraph {
    pub(super) lines: Vec<SetLine>,
    pub(super) runs: Vec<SetRun>,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) strokes: Vec<Stroke>,
    pub(super) text: String,
    /// Each cluster's place: line, x of its glyph's origin in units. For tests.
    #[cfg(test)]
    pub(super) origins: Vec<(usize, i64, String)>,
}

impl SetParagraph {
    /// Adds another paragraph's lines below.
    pub(super) fn append(&mut self, other: Self) {
        if self.lines.is_empty() {
            *self = other;
            return;
        }
        let (runs, glyphs, text) = (self.runs.len(), self.glyphs.len(), self.text.len());
        let strokes = self.strokes.len();
        self.strokes.extend(other.strokes);
        let moved = |range: Range<usize>, by| range.start + by..range.end + by;
        self.text.push_str(&other.text);
        self.glyphs.extend(other.glyphs);
        self.runs.extend(other.runs.into_iter().map(|run| SetRun {
            glyphs: moved(run.glyphs.clone(), glyphs),
            text: moved(run.text.clone(), text),
            ..run
        }));
        self.lines.extend(other.lines.into_iter().map(|line| SetLine {
            runs: moved(line.runs.clone(), runs),
            strokes: moved(line.strokes.clone(), strokes),
            ..line
        }));
    }

    /// Sets paragraphs beside each other, each at its distance from the left edge: line by line
    /// they become one, as long as the longest.
    pub(super) fn beside(cells: Vec<(Pt, Self)>) -> Self {
        let most = cells.iter().map(|(_, cell)| cell.lines.len()).max().unwrap_or(0);
        let mut out = Self::default();
        for at in 0..most {
            let (first, drawn) = (out.runs.len(), out.strokes.len());
            let mut joined = SetLine::default();
            for (x, cell) in &cells {
                let Some(line) = cell.lines.get(at) else { continue };
                for run in cell.runs.get(line.runs.clone()).unwrap_or_default() {
                    let (glyphs, text) = (out.glyphs.len(), out.text.len());
                    let own = cell.glyphs.get(run.glyphs.clone()).unwrap_or_default();
                    out.glyphs.extend_from_slice(own);
                    out.text.push_str(cell.text.get(run.text.clone()).unwrap_or_default());
                    out.runs.push(SetRun {
                        x: *x + run.x,
                        glyphs: glyphs..out.glyphs.len(),
                        text: text..out.text.len(),
                        ..run.clone()
                    });
                }
                let strokes = cell.strokes.get(line.strokes.clone()).unwrap_or_default();
                out.strokes.extend(strokes.iter().map(|s| Stroke { x: *x + s.x, ..*s }));
                joined.end = *x + line.end;
                joined.width = joined.end;
                joined.excess = joined.excess.max(line.excess);
                joined.loose = joined.loose.max(line.loose);
                joined.forced |= line.forced;
            }
            joined.runs = first..out.runs.len();
            joined.strokes = drawn..out.strokes.len();
            out.lines.push(joined);
        }
        out
    }

    /// Whether every line but the last ends at a mark or before one, so that none ends inside a
    /// phrase.
    pub(super) fn ends_at_marks(&self) -> bool {
        let text = |line: &SetLine| {
            let runs = self.runs.get(line.runs.clone()).unwrap_or_default();
            let range = runs.first().map(|r| r.text.start)..runs.last().map(|r| r.text.end);
            range.start.zip(range.end).and_then(|(from, to)| self.text.get(from..to))
        };
        let mark = |c: Option<char>| c.is_some_and(|c| class_of(c, None, None).is_mark());
        self.lines.windows(2).all(|pair| {
            let last = text(&pair[0]).and_then(|line| line.chars().next_back());
            let next = text(&pair[1]).and_then(|line| line.chars().next());
            mark(last) || mark(next)
        })
    }
}

/// Sets a paragraph.
pub(super) fn set(strand: &Strand, shaper: &Shaper<'_>, form: &Form<'_>) -> SetParagraph {
    let clusters = shaper.shape(strand);
    if clusters.len() == 0 {
        return SetParagraph::default();
    }
    let spacing = space(&clusters, shaper.region, form.punctuation);
    let ragged = form.align != Align::Justify;
    let ends = if ragged { word_ends(strand, &clusters) } else { Vec::new() };
    let frame = Frame {
        measure: form.measure,
        indent: form.indent,
        size: form.size,
        justify: !ragged,
        keep_start: !form.punctuation.trim_line_start,
        word_ends: &ends,
    };
    let lines = break_lines(&clusters, &spacing, &frame);
    Setter { strand, clusters: &clusters, spacing: &spacing, form }.set(&lines)
}

/// How and for what a glyph stands.
struct Seat {
    look: Look,
    mark: Mark,
    rise: Pt,
    turn: Turn,
    text: Range<usize>,
    /// The first run of the line.
    first_run: usize,
}

impl Seat {
    fn of(piece: Piece, turn: Turn, text: Range<usize>, first_run: usize) -> Self {
        let Piece { look, mark, .. } = piece;
        Self { look, mark, rise: look.lift(), turn, text, first_run }
    }
}

struct Setter<'a> {
    strand: &'a Strand,
    clusters: &'a Clusters,
    spacing: &'a Spacing,
    form: &'a Form<'a>,
}

impl Setter<'_> {
    fn set(&self, lines: &[Line]) -> SetParagraph {
        let mut out = SetParagraph { text: self.strand.text.clone(), ..SetParagraph::default() };
        let mut gaps = vec![0; self.clusters.len()];
        for (at, line) in lines.iter().enumerate() {
            let fill = self.form.align == Align::Justify && at + 1 < lines.len();
            justify(line, self.spacing, fill, &mut gaps);
            self.line(line, &gaps, &mut out);
        }
        // All paragraphs wait for the last of them; what was set aside to grow is not needed.
        out.lines.shrink_to_fit();
        out.runs.shrink_to_fit();
        out.glyphs.shrink_to_fit();
        out
    }

    /// Places a line's clusters.
    fn line(&self, line: &Line, gaps: &[i64], out: &mut SetParagraph) {
        let clusters = line.start..line.end;
        let width: i64 = clusters.clone().map(|at| self.clusters.body[at] + gaps[at]).sum();
        let width = width - gaps[line.end - 1];
        let start = self.start(line, width);
        let first_run = out.runs.len();
        let first_stroke = out.strokes.len();
        let mut x = start;
        let mut word = x;
        for at in clusters {
            self.cluster(at, x, first_run, out);
            self.strokes(at, x, first_stroke, out);
            #[cfg(test)]
            self.remember(at, x, out);
            let reading = self.reading_at(at);
            if reading.is_some_and(|reading| reading.base.start == at) {
                word = x;
            }
            if let Some(reading) = reading.filter(|reading| reading.base.end == at + 1) {
                self.reading(reading, word..x + self.clusters.body[at], out);
            }
            x += self.clusters.body[at] + if at + 1 < line.end { gaps[at] } else { 0 };
        }
        x += self.hyphen(line, x, first_run, out);
        let inside = Pt::from_units(x - line.hang);
        out.lines.push(SetLine {
            runs: first_run..out.runs.len(),
            strokes: first_stroke..out.strokes.len(),
            width: Pt::from_units(width),
            end: Pt::from_units(x),
            excess: (inside - self.form.measure).max(Pt::ZERO),
            loose: line.loose,
            forced: line.forced,
        });
    }

    /// Where the first cluster's body stands.
    fn start(&self, line: &Line, width: i64) -> i64 {
        let indent = if line.start == 0 { self.form.indent.units() } else { 0 };
        let room = self.form.measure.units() - width;
        match self.form.align {
            Align::Justify | Align::Left => {
                let keep = !self.form.punctuation.trim_line_start;
                indent + if keep { self.clusters.lead[line.start] } else { 0 }
            }
            Align::Right => room,
            Align::Centre => room / 2,
        }
    }

    /// The word with a reading that a cluster is in.
    fn reading_at(&self, at: usize) -> Option<&Reading> {
        let readings = &self.clusters.readings;
        let found = readings.partition_point(|reading| reading.base.end <= at);
        readings.get(found).filter(|reading| reading.base.start <= at)
    }

    /// Places a reading around the middle of its word, inside the measure, or in its strip.
    fn reading(&self, reading: &Reading, word: Range<i64>, out: &mut SetParagraph) {
        let piece = self.strand.pieces[self.clusters.piece[reading.base.start]];
        let (room, width) = (self.form.measure.units(), reading.width);
        let x = if reading.beside {
            word.end - width
        } else {
            let middle = i64::midpoint(word.start, word.end) - width / 2;
            // At an edge of the measure a long reading stands flush.
            middle.min(room - width).max(0)
        };
        let start = out.text.len();
        out.text.push_str(&reading.text);
        let first_run = out.runs.len();
        for placed in &reading.glyphs {
            let look = Look { size: reading.size, ..piece.look };
            let text = start + placed.text.start..start + placed.text.end;
            let (rise, turn) = (placed.rise, placed.turn);
            let seat = Seat { look, mark: reading.mark, rise, turn, text, first_run };
            self.glyph(placed.glyph, Pt::from_units(x + placed.x), seat, out);
        }
    }

    /// Adds what is drawn beside a cluster.
    fn strokes(&self, at: usize, x: i64, first: usize, out: &mut SetParagraph) {
        let look = self.strand.pieces[self.clusters.piece[at]].look;
        if let Some(Object { picture, width, height }) = look.object {
            let mark = self.strand.pieces[self.clusters.piece[at]].mark;
            let (x, kind) = (Pt::from_units(x), Kind::Object { picture, height, mark });
            let Look { size, colour, .. } = look;
            out.strokes.push(Stroke { kind, x, length: width, size, colour, part: 0 });
        }
        if look.drawn == Drawn::default() {
            return;
        }
        let spot = Spot {
            x: Pt::from_units(x),
            width: Pt::from_units(self.clusters.body[at]),
            size: look.size,
            colour: look.colour,
            drawn: look.drawn,
            dotted: self.clusters.class[at].is_ideographic(),
            mark: matches!(self.clusters.class[at], Class::Comma | Class::Stop),
        };
        strokes::add(&spot, first, &mut out.strokes);
    }

    /// Ends a line inside a word with a hyphen, which is no character of the text; its width.
    fn hyphen(&self, line: &Line, x: i64, first_run: usize, out: &mut SetParagraph) -> i64 {
        let last = line.end - 1;
        let parted = line.end < self.clusters.len() && self.spacing.breaks[last] == Break::Hyphen;
        let Some(hyphen) = self.clusters.parting(last).filter(|_| parted) else { return 0 };
        let piece = self.strand.pieces[self.clusters.piece[last]];
        let end = self.clusters.text[line.end];
        let seat = Seat::of(piece, self.clusters.turn[last], end..end, first_run);
        self.glyph(hyphen.glyph, Pt::from_units(x), seat, out);
        hyphen.width
    }

    /// Adds a cluster's glyphs to the line's last run, or to a new one.
    fn cluster(&self, at: usize, x: i64, first_run: usize, out: &mut SetParagraph) {
        let piece = self.strand.pieces[self.clusters.piece[at]];
        let text = self.clusters.text[at]..self.clusters.text[at + 1];
        if let Ok(found) = self.clusters.combined.binary_search_by_key(&at, |(at, _)| *at) {
            return self.combined(at, self.clusters.combined[found].1, x, out);
        }
        let standing = self.clusters.turn[at];
        let glyphs = self.clusters.glyphs_of(at);
        let characters = self.strand.text[text.clone()].char_indices();
        let each = characters.map(|(from, c)| text.start + from..text.start + from + c.len_utf8());
        let each: Vec<Range<usize>> = if glyphs.len() > 1 { each.collect() } else { Vec::new() };
        // As many glyphs as characters stand for one each, else the first for all.
        let by_each = each.len() == glyphs.len();
        for (turn, glyph) in glyphs.iter().enumerate() {
            let origin = Pt::from_units(x + glyph.x);
            let own = match each.get(turn).filter(|_| by_each) {
                Some(own) => own.clone(),
                None if turn == 0 => text.clone(),
                None => text.end..text.end,
            };
            self.glyph(*glyph, origin, Seat::of(piece, standing, own, first_run), out);
        }
    }

    /// Adds a number in one cell: a run of its own, level, around the middle of the column.
    fn combined(&self, at: usize, size: Pt, x: i64, out: &mut SetParagraph) {
        let Piece { look, mark, .. } = self.strand.pieces[self.clusters.piece[at]];
        let glyphs = self.clusters.glyphs_of(at);
        let Some(first) = glyphs.first() else { return };
        let text = self.clusters.text[at]..self.clusters.text[at + 1];
        let start = out.glyphs.len();
        let length = text.len() / glyphs.len().max(1);
        out.glyphs.extend(glyphs.iter().map(|glyph| Glyph {
            id: glyph.id,
            text: u8::try_from(length).unwrap_or(u8::MAX),
            x: i32::try_from(glyph.x).unwrap_or(0),
        }));
        out.runs.push(SetRun {
            face: first.face,
            size,
            colour: look.colour,
            mark,
            // The em box of the number stands in the middle of the cell.
            x: Pt::from_units(x) + (look.size - size) / 2,
            rise: look.lift(),
            turn: Turn::Level,
            note: look.note,
            glyphs: start..out.glyphs.len(),
            text,
        });
    }

    /// Adds a glyph to the line's last run, or to a new one.
    fn glyph(&self, glyph: ShapedGlyph, origin: Pt, seat: Seat, out: &mut SetParagraph) {
        let Seat { look, mark, rise, turn, text, first_run } = seat;
        let goes_on = out.runs.last().is_some_and(|run| {
            out.runs.len() > first_run
                && run.text.end == text.start
                && (run.face, run.size, run.colour, run.mark, run.rise, run.turn, run.note)
                    == (glyph.face, look.size, look.colour, mark, rise, turn, look.note)
        });
        if !goes_on {
            out.runs.push(SetRun {
                face: glyph.face,
                size: look.size,
                colour: look.colour,
                mark,
                x: origin,
                rise,
                turn,
                note: look.note,
                glyphs: out.glyphs.len()..out.glyphs.len(),
                text: text.start..text.start,
            });
        }
        let Some(run) = out.runs.last_mut() else { return };
        out.glyphs.push(Glyph {
            id: glyph.id,
            text: u8::try_from(text.len()).unwrap_or(u8::MAX),
            x: i32::try_from((origin - run.x).units()).unwrap_or(i32::MAX),
        });
        run.glyphs.end = out.glyphs.len();
        run.text.end = text.end;
    }

    /// What the test notation asks for: the left edge of the cell, so a bracket's blank half
    /// included.
    #[cfg(test)]
    fn remember(&self, at: usize, x: i64, out: &mut SetParagraph) {
        let text = &self.strand.text[self.clusters.text[at]..self.clusters.text[at + 1]];
        let mark = self.clusters.class[at].is_mark();
        let shift = match self.clusters.class[at] {
            Class::Middle => -self.clusters.lead[at],
            _ if mark => self.clusters.glyphs_of(at).first().map_or(0, |g| g.x),
            _ => 0,
        };
        out.origins.push((out.lines.len(), x + shift, text.to_owned()));
    }
}

/// The height of the baseline in a row of `pitch`: the em box stands in its middle. Han glyphs
/// reach 0.88 em above the baseline and 0.12 below.
pub(super) fn baseline(size: Pt, height: Pt) -> Pt {
    (height - size) / 2 + Em::from_millis(880).at(size)
}
