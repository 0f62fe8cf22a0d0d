//! Where the lines of a paragraph end: the best division of the whole, after Knuth and Plass,
//! with Chinese costs.
//!
//! Han is never reshaped by a break and what a line's edges lose depends on the edges alone, so
//! a candidate line costs a few subtractions of running sums, and the search is exact. Widths are
//! integers and never negative, so the first start that still fits only moves forward: two
//! pointers, no list of active breaks. Prohibitions are not costs: a boundary where no line may
//! end is never looked at. Where that leaves a line too wide, or gaps of over half an em, the
//! search is made again with words parted anywhere, and at the very last with marks parted.
//! Rules: CLREQ 行内调整, 先挤进后推出; GB/T 15834 5.1.11 孤字.

use super::classes::Class;
use super::clusters::Clusters;
use super::spacing::{Break, Glue, SQUEEZE, Spacing};
use crate::length::Pt;

/// One line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// First cluster.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
    /// Measure minus natural width, in units; negative lines are squeezed.
    pub(super) slack: i64,
    /// How much of the last mark stands outside the measure, in units.
    pub(super) hang: i64,
    /// Letterspacing, in thousandths of an em a gap.
    pub(super) loose: i64,
    /// Whether a rule was given up for want of any other break.
    pub(super) forced: bool,
}

/// What is given up when no division keeps all lines full and inside their measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Relax {
    Nothing,
    /// Words may be parted anywhere.
    Words,
    /// Marks may begin and end lines.
    Marks,
}

/// What the search needs beside clusters and their spacing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'a> {
    /// Width of a line.
    pub(super) measure: Pt,
    /// Indent of the first.
    pub(super) indent: Pt,
    /// Size of the body, which costs are relative to.
    pub(super) size: Pt,
    /// Whether lines are set to the full measure. If not, they are kept of equal length and end
    /// at the ends of words.
    pub(super) justify: bool,
    /// Whether an opening bracket at a line start keeps its blank half.
    pub(super) keep_start: bool,
    /// For lines that are not justified: the clusters after which a word ends.
    pub(super) word_ends: &'a [usize],
}

/// Sums over the clusters and boundaries before each cluster.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    natural: i64,
    give: [i64; SQUEEZE.len()],
    take: i64,
    places: i64,
}

/// Costs. Squeezing a step wholly costs its number here; letterspacing costs [`LOOSE`] at a
/// fiftieth of an em a gap and grows with the square, so that a full squeeze of brackets and
/// commas is preferred to gaps of a twentieth, and every squeeze to gaps of a tenth.
const SQUEEZE_COST: [i64; SQUEEZE.len()] = [80, 90, 120, 250, 400, 1100];
const LOOSE: i64 = 100;
/// Pushing a character out with the mark that may not begin a line, where squeezing would have
/// pulled both in (先挤进后推出): more than every squeeze.
const PUSH_OUT: i64 = 2_000;
/// A lone last character; more than any loose line.
const LONE: i64 = 100_000_000;
/// A word parted where its syllables part: a gap of about a twelfth of an em is worse.
const HYPHEN: i64 = 1_700;
/// A break inside a Western word, for want of any other.
const EMERGENCY: i64 = 1_000_000_000;
/// Gaps of over half an em, where words may be parted to avoid them.
const TOO_LOOSE: i64 = 2_000_000_000;
/// A mark that begins or ends a line against the rules, for want of any other break.
const FORBIDDEN: i64 = 100_000_000_000;
/// A line wider than its measure, for want of any other.
const OVERFULL: i64 = 1_000_000_000_000;
/// Unjustified lines: a break inside a word, and before a particle.
const SPLIT_WORD: i64 = 4_000;
const BEFORE_PARTICLE: i64 = 1_500;
/// Unjustified lines: a break between words rather than at a mark.
const BETWEEN_WORDS: i64 = 600;
/// Letterspacing over this many thousandths of an em is looked at only for want of better.
const LOOSE_LIMIT: i64 = 250;
/// Letterspacing over this many thousandths of an em is a fault (CLREQ: half an em at most).
const LOOSE_MOST: i64 = 500;

/// Divides a paragraph into lines. Never empty for a paragraph with clusters.
pub(super) fn break_lines(clusters: &Clusters, spacing: &Spacing, frame: &Frame<'_>) -> Vec<Line> {
    let search = Search::new(clusters, spacing, frame);
    let overfull = |lines: &[Line]| lines.iter().any(|line| search.is_overfull(line));
    let lines = search.run(Relax::Nothing);
    if !overfull(&lines) && lines.iter().all(|line| line.loose <= LOOSE_MOST) {
        return lines;
    }
    let lines = search.run(Relax::Words);
    if overfull(&lines) { search.run(Relax::Marks) } else { lines }
}

/// Divides a paragraph line by line, each as full as can be: what the best division is compared
/// with.
pub(super) fn first_fit(clusters: &Clusters, spacing: &Spacing, frame: &Frame<'_>) -> Vec<Line> {
    let search = Search::new(clusters, spacing, frame);
    let stops = search.stops(Relax::Nothing);
    let (mut lines, mut start, mut at) = (Vec::new(), 0, 0);
    while start < clusters.len() {
        let fitting = stops[at..].iter().take_while(|end| search.fits(start, **end)).count();
        let end = stops[at + fitting.max(1) - 1];
        lines.push(search.line(start, end));
        at += fitting.max(1);
        start = end;
    }
    lines
}

struct Search<'a> {
    clusters: &'a Clusters,
    spacing: &'a Spacing,
    frame: &'a Frame<'a>,
    sums: Vec<Sums>,
}

/// The best way to a break: its cost and the break before it.
#[derive(Clone, Copy)]
struct Best {
    cost: i64,
    from: usize,
}

impl<'a> Search<'a> {
    fn new(clusters: &'a Clusters, spacing: &'a Spacing, frame: &'a Frame<'a>) -> Self {
        let mut sums = Vec::with_capacity(clusters.len() + 1);
        let mut sum = Sums::default();
        for at in 0..clusters.len() {
            sums.push(sum);
            sum.natural += clusters.body[at] + spacing.width[at];
            let glue = spacing.glue[at];
            if let Some(step) = SQUEEZE.iter().position(|kind| *kind == glue) {
                sum.give[step] += spacing.give[at];
            }
            sum.take += spacing.take[at];
            sum.places += i64::from(glue != Glue::Locked);
        }
        sums.push(sum);
        Self { clusters, spacing, frame, sums }
    }

    /// The measure for a line that begins at a cluster.
    fn room(&self, start: usize) -> i64 {
        let indent = if start == 0 { self.frame.indent } else { Pt::ZERO };
        let kept = if self.frame.keep_start { self.clusters.lead[start] } else { 0 };
        (self.frame.measure - indent).units() - kept
    }

    /// Measure minus natural width, what hangs left out.
    fn slack(&self, start: usize, end: usize) -> i64 {
        let slack = self.solid_slack(start, end);
        if slack < 0 { slack + self.spacing.hang[end - 1] } else { slack }
    }

    /// Measure minus natural width.
    fn solid_slack(&self, start: usize, end: usize) -> i64 {
        let last = end - 1;
        let width = self.sums[last].natural - self.sums[start].natural + self.clusters.body[last];
        self.room(start) - width - self.hyphen(end)
    }

    /// The width of the hyphen a line ends with.
    fn hyphen(&self, end: usize) -> i64 {
        match self.spacing.breaks[end - 1] {
            Break::Hyphen if end < self.clusters.len() => {
                self.clusters.parting(end - 1).map_or(0, |hyphen| hyphen.width)
            }
            _ => 0,
        }
    }

    /// The natural space a line loses when every step gives all.
    fn most_squeeze(&self, start: usize, end: usize) -> i64 {
        let (from, to) = (&self.sums[start].give, &self.sums[end - 1].give);
        from.iter().zip(to).map(|(a, b)| b - a).sum()
    }

    fn fits(&self, start: usize, end: usize) -> bool {
        self.slack(start, end) + self.most_squeeze(start, end) >= 0
    }

    fn is_overfull(&self, line: &Line) -> bool {
        !self.fits(line.start, line.end)
    }

    /// Every place a line may end, the paragraph's end included.
    fn stops(&self, relax: Relax) -> Vec<usize> {
        let allowed = |at: &usize| match self.spacing.breaks[*at] {
            Break::Allowed => true,
            Break::Hyphen => self.frame.justify || relax > Relax::Nothing,
            Break::Emergency => relax >= Relax::Words,
            Break::Relaxed => relax >= Relax::Marks,
            Break::Forbidden => false,
        };
        let inside = 0..self.clusters.len().saturating_sub(1);
        let mut stops: Vec<usize> = inside.filter(allowed).map(|at| at + 1).collect();
        stops.push(self.clusters.len());
        stops
    }

    fn run(&self, relax: Relax) -> Vec<Line> {
        let stops = self.stops(relax);
        // starts[0] is the paragraph's start, starts[n] is stop n − 1.
        let start_of = |at: usize| if at == 0 { 0 } else { stops[at - 1] };
        let mut best = vec![Best { cost: 0, from: 0 }];
        let mut first = 0;
        for (at, &end) in stops.iter().enumerate() {
            while first < at && !self.fits(start_of(first), end) {
                first += 1;
            }
            let mut found = Best { cost: i64::MAX, from: at };
            for (from, way) in best.iter().enumerate().skip(first) {
                let (cost, loose) = self.cost(start_of(from), end, relax);
                let total = way.cost.saturating_add(cost);
                if total < found.cost {
                    found = Best { cost: total, from };
                }
                if loose > LOOSE_LIMIT && found.cost < i64::MAX {
                    break;
                }
            }
            best.push(found);
        }
        self.trace(&best, &stops)
    }

    /// Follows the best breaks back from the end.
    fn trace(&self, best: &[Best], stops: &[usize]) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut at = stops.len();
        while at > 0 {
            let from = best[at].from;
            let start = if from == 0 { 0 } else { stops[from - 1] };
            let end = stops[at - 1];
            if start < end {
                lines.push(self.line(start, end));
            }
            at = from;
        }
        lines.reverse();
        lines
    }

    fn line(&self, start: usize, end: usize) -> Line {
        let slack = self.slack(start, end);
        let filled = self.frame.justify && end < self.clusters.len() && slack > 0;
        let stop = self.spacing.breaks[end - 1];
        Line {
            start,
            end,
            slack,
            hang: if self.solid_slack(start, end) < 0 { self.spacing.hang[end - 1] } else { 0 },
            loose: if filled { self.looseness(start, end, slack) } else { 0 },
            forced: end < self.clusters.len() && matches!(stop, Break::Emergency | Break::Relaxed),
        }
    }

    /// What a line costs, and its letterspacing in thousandths of an em.
    fn cost(&self, start: usize, end: usize, relax: Relax) -> (i64, i64) {
        let slack = self.slack(start, end);
        let last = end == self.clusters.len();
        let mut cost = if slack < 0 { self.squeeze_cost(start, end, -slack) } else { 0 };
        if last && start > 0 && self.is_lone(start, end) {
            cost += LONE;
        }
        if !last {
            cost += match self.spacing.breaks[end - 1] {
                Break::Emergency => EMERGENCY,
                Break::Relaxed => FORBIDDEN,
                Break::Hyphen => HYPHEN,
                Break::Allowed | Break::Forbidden => 0,
            };
        }
        if !self.frame.justify {
            return (cost + self.ragged_cost(slack, end, last), 0);
        }
        if last || slack <= 0 {
            return (cost, 0);
        }
        if self.could_pull_in(start, end) {
            cost += PUSH_OUT;
        }
        let loose = self.looseness(start, end, slack);
        if relax > Relax::Nothing && loose > LOOSE_MOST {
            cost += TOO_LOOSE;
        }
        (cost + LOOSE * loose * loose / 400, loose)
    }

    /// Whether the line ends early because a mark after its next character may not begin a line,
    /// though both would fit.
    fn could_pull_in(&self, start: usize, end: usize) -> bool {
        let forbidden =
            |at: &usize| matches!(self.spacing.breaks[*at - 1], Break::Forbidden | Break::Relaxed);
        let next = end + 1;
        if next >= self.clusters.len() || !forbidden(&next) {
            return false;
        }
        // What does not fit fits no better with more: a run of such marks is not followed further.
        let stop = (next..self.clusters.len()).find(|at| !forbidden(at) || !self.fits(start, *at));
        self.fits(start, stop.unwrap_or(self.clusters.len()))
    }

    fn squeeze_cost(&self, start: usize, end: usize, need: i64) -> i64 {
        let (from, to) = (&self.sums[start].give, &self.sums[end - 1].give);
        let mut rest = need;
        let mut cost = 0;
        for (step, full) in SQUEEZE_COST.iter().enumerate() {
            let available = to[step] - from[step];
            let used = rest.min(available);
            if used > 0 {
                cost += full * used / available;
            }
            rest -= used;
        }
        if rest > 0 { OVERFULL + rest } else { cost }
    }

    /// Letterspacing, in thousandths of an em a gap, after gaps and word spaces took theirs.
    fn looseness(&self, start: usize, end: usize, slack: i64) -> i64 {
        let (from, to) = (&self.sums[start], &self.sums[end - 1]);
        let rest = slack - (to.take - from.take);
        let em = self.frame.size.units().max(1);
        // What word spaces take is a little loose too, or a line with them would be free.
        let taken = slack.min(to.take - from.take) * 100 / em / (to.places - from.places).max(1);
        if rest <= 0 {
            return taken;
        }
        taken + rest * 1000 / em / (to.places - from.places).max(1)
    }

    /// Lines of equal length that end where words end.
    fn ragged_cost(&self, slack: i64, end: usize, last: bool) -> i64 {
        let em = self.frame.size.units().max(1);
        let short = slack.max(0) * 10 / em;
        // Every line costs, so that no more are made than the width asks for.
        let cost = 2_000 + short * short / 10;
        if last {
            return cost;
        }
        let (before, after) = (self.clusters.class[end - 1], self.clusters.class[end]);
        let at_mark = before.is_mark() || after.is_mark() || before == Class::Space;
        let word = at_mark || self.frame.word_ends.binary_search(&(end - 1)).is_ok();
        let mut extra = if at_mark { 0 } else { BETWEEN_WORDS };
        extra += if word { 0 } else { SPLIT_WORD };
        extra += if self.clusters.is_particle(end) { BEFORE_PARTICLE } else { 0 };
        cost + extra
    }

    /// One character and its marks are no line (孤字不成行).
    fn is_lone(&self, start: usize, end: usize) -> bool {
        let words = |class: &&Class| !class.is_mark() && **class != Class::Space;
        let western = |class: &Class| class.is_western();
        let classes = &self.clusters.class[start..end];
        !classes.iter().any(western) && classes.iter().filter(words).count() <= 1
    }
}
