//! How well lines are set, in figures: for benches, and to compare ways of breaking.
//!
//! In: paragraphs and a measure. Out: how many lines are loose or squeezed, the worst gap, lone
//! last characters. The steps can be stopped early, so that a bench sees what each costs.

use super::clusters::Clusters;
use super::justify::justify;
use super::linebreak::{Frame, Line, break_lines, first_fit};
use super::shape::Shaper;
use super::spacing::{SQUEEZE, Spacing, space};
use super::strand::{Look, Strand};
use crate::colour::Colour;
use crate::fonts::{Library, Voice};
use crate::length::Pt;
use crate::page::Mark;
use crate::template::Punctuation;

/// How lines are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaker {
    /// The best division of the whole paragraph.
    Best,
    /// Each line as full as can be.
    FirstFit,
}

/// How far paragraphs are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Characters have glyphs and widths.
    Shape,
    /// Every boundary has its space.
    Space,
    /// Lines are found.
    Break,
    /// Lines are filled.
    Justify,
}

/// What lines look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Quality {
    /// Lines in all.
    pub lines: usize,
    /// Lines with gaps of over a tenth of an em.
    pub loose: usize,
    /// The widest gap, in thousandths of an em.
    pub worst: i64,
    /// Paragraphs whose last line is one character.
    pub lone: usize,
    /// Lines for which each step of squeezing gave something: word spaces, ·, brackets, commas,
    /// gaps, full stops.
    pub squeezed: [usize; 6],
    /// Lines that a rule was given up for.
    pub forced: usize,
}

/// Sets paragraphs of one size at a measure of some characters and looks at the lines.
#[must_use]
pub fn quality(
    paragraphs: &[&str],
    chars: i64,
    rules: &Punctuation,
    library: &Library,
    breaker: Breaker,
    until: Step,
) -> Quality {
    let size = Pt::new(10);
    let shaper = Shaper::new(library, "zh-Hans", rules.style);
    let look = Look::new(Voice::Song, size, Colour::INK);
    let frame = Frame {
        measure: size * chars,
        indent: size * 2,
        size,
        justify: true,
        keep_start: !rules.trim_line_start,
        word_ends: &[],
    };
    let mut out = Quality::default();
    let mut gaps = Vec::new();
    for paragraph in paragraphs {
        let clusters = shaper.shape(&Strand::of(paragraph, look, Mark::Artefact));
        if until < Step::Space || clusters.len() == 0 {
            continue;
        }
        let spacing = space(&clusters, shaper.region, rules);
        if until < Step::Break {
            continue;
        }
        let lines = match breaker {
            Breaker::Best => break_lines(&clusters, &spacing, &frame),
            Breaker::FirstFit => first_fit(&clusters, &spacing, &frame),
        };
        if until == Step::Justify {
            gaps.clear();
            gaps.resize(clusters.len(), 0);
            for (at, line) in lines.iter().enumerate() {
                justify(line, &spacing, at + 1 < lines.len(), &mut gaps);
                out.see(line, &spacing, &gaps);
            }
        }
        out.lone += usize::from(ends_lone(&clusters, &lines));
    }
    out
}

impl Quality {
    fn see(&mut self, line: &Line, spacing: &Spacing, gaps: &[i64]) {
        self.lines += 1;
        self.loose += usize::from(line.loose > 100);
        self.worst = self.worst.max(line.loose);
        self.forced += usize::from(line.forced);
        for (step, kind) in SQUEEZE.iter().enumerate() {
            let mut inside = line.start..line.end - 1;
            let gave = inside.any(|at| spacing.glue[at] == *kind && gaps[at] < spacing.width[at]);
            self.squeezed[step] += usize::from(gave);
        }
    }
}

/// Whether the last of several lines is one character and its marks.
fn ends_lone(clusters: &Clusters, lines: &[Line]) -> bool {
    let Some(last) = lines.last().filter(|_| lines.len() > 1) else { return false };
    let classes = &clusters.class[last.start..last.end];
    let said = classes.iter().filter(|class| !class.is_mark()).count();
    said <= 1 && !classes.iter().any(|class| class.is_western())
}
