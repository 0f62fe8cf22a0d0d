//! What stands between two clusters: how wide, how far it may give or take, and whether a line
//! may end there.
//!
//! Three tables: pairs of classes (which blank goes), kinds of space (how far they give, in which
//! step, and take), prohibitions by level. The break search and the justifier read the result
//! and know no rule themselves.

use super::classes::Class;
use super::clusters::Clusters;
use super::region::Region;
use super::strand::Rise;
use crate::length::{Em, Pt};
use crate::template::Punctuation;

/// What a boundary's space is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Glue {
    /// Nothing, and letterspacing may come in: between Han.
    Solid,
    /// Nothing, ever: inside words, numbers and ——, beside – and /.
    Locked,
    /// A space between Western words.
    Word,
    /// A blank beside · where · has an em.
    Middle,
    /// The blank half of a bracket.
    Bracket,
    /// The blank half of ，、；：.
    Comma,
    /// The space between Han and Western text.
    Gap,
    /// The blank half of 。！？.
    Stop,
}

/// Squeeze steps, in their order (CLREQ 行内调整 挤压): a step gives only when those before it
/// have given all.
pub(super) const SQUEEZE: [Glue; 6] =
    [Glue::Word, Glue::Middle, Glue::Bracket, Glue::Comma, Glue::Gap, Glue::Stop];

/// How narrow a kind of space may become, and how wide before letterspacing (拉伸).
const LIMITS: [(Glue, Em, Em); 6] = [
    (Glue::Word, Em::QUARTER, Em::HALF),
    (Glue::Middle, Em::ZERO, Em::ZERO),
    (Glue::Bracket, Em::ZERO, Em::ZERO),
    (Glue::Comma, Em::ZERO, Em::ZERO),
    (Glue::Gap, Em::EIGHTH, Em::THIRD),
    (Glue::Stop, Em::ZERO, Em::ZERO),
];

/// Pairs of neighbouring marks, and which blank goes (CLREQ 相邻标点; GB/T 15834 5.1.2).
const PAIRS: [(Side, Side, Loses); 6] = [
    (Side::Open, Side::Open, Loses::Second),
    (Side::Close, Side::Close, Loses::First),
    (Side::Pause, Side::Close, Loses::First),
    (Side::Close, Side::Pause, Loses::First),
    (Side::Close, Side::Open, Loses::First),
    (Side::Pause, Side::Open, Loses::First),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Pause,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Loses {
    First,
    Second,
}

const fn side(class: Class) -> Option<Side> {
    match class {
        Class::Open => Some(Side::Open),
        Class::Close => Some(Side::Close),
        class if class.is_pause() => Some(Side::Pause),
        _ => None,
    }
}

/// Whether a line may end at a boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Break {
    /// Never.
    Forbidden,
    /// Only when nothing else keeps the line inside its measure: between marks.
    Relaxed,
    /// Only when nothing else keeps the line full: inside a word.
    Emergency,
    /// Yes, with a hyphen.
    Hyphen,
    /// Yes.
    Allowed,
}

/// The space after each cluster.
#[derive(Debug, Default)]
pub(super) struct Spacing {
    pub(super) glue: Vec<Glue>,
    /// Natural width, in units.
    pub(super) width: Vec<i64>,
    /// How much it may give in its step, in units.
    pub(super) give: Vec<i64>,
    /// How much it may take before letterspacing, in units.
    pub(super) take: Vec<i64>,
    pub(super) breaks: Vec<Break>,
    /// How far each cluster may stand outside the measure at a line end, in units.
    pub(super) hang: Vec<i64>,
}

/// Fills in the space after every cluster.
pub(super) fn space(clusters: &Clusters, region: Region, rules: &Punctuation) -> Spacing {
    let count = clusters.len();
    let mut out = Spacing::default();
    for at in 0..count {
        let size = clusters.size_at(at);
        let (glue, width) = match clusters.class.get(at + 1) {
            None => (Glue::Locked, 0),
            Some(next) => between(clusters, at, *next, region, rules),
        };
        let (natural, give, take) = limits(glue, width, clusters, at, size);
        let fixed = glue == Glue::Gap && !rules.gap_adjusts;
        out.glue.push(glue);
        out.width.push(natural);
        out.give.push(if fixed { 0 } else { give });
        out.take.push(if fixed { 0 } else { take });
        out.breaks.push(breakable(clusters, at, rules.kinsoku));
        out.hang.push(if rules.hanging { hang(clusters, at, region) } else { 0 });
    }
    out
}

/// ，、。 may hang, one at a time (CLREQ 标点悬挂); not in the lines of Taiwan, where they stand in
/// the middle of their cells.
fn hang(clusters: &Clusters, at: usize, region: Region) -> i64 {
    let hangs = matches!(clusters.class[at], Class::Comma | Class::Stop);
    let alone = at.checked_sub(1).is_none_or(|before| !clusters.class[before].is_mark());
    if hangs && alone && region != Region::Taiwan { clusters.body[at] } else { 0 }
}

/// The kind and natural width of the space between a cluster and the next, in units.
fn between(
    clusters: &Clusters,
    at: usize,
    next: Class,
    region: Region,
    rules: &Punctuation,
) -> (Glue, i64) {
    let class = clusters.class[at];
    // What is raised stands close to its word, in the blank of a mark if there is one.
    let (here, there) = (clusters.rise_at(at), clusters.rise_at(at + 1));
    if next != Class::Space && there != Rise::None && here != there {
        return (Glue::Locked, 0);
    }
    let (trail, lead) = blanks(clusters, at, next);
    if trail + lead > 0 {
        return (blank_glue(class, next, lead > 0), trail + lead);
    }
    let apart = region != Region::Korea && here == there;
    if apart && (meets_western(class, next) || class == Class::Space && spaced_gap(clusters, at)) {
        return (Glue::Gap, rules.gap.at(clusters.size_at(at)).units());
    }
    match (class, next) {
        (Class::Space, _) => (Glue::Word, 0),
        (_, Class::Space) => (Glue::Locked, 0),
        _ if is_locked(class, next) => (Glue::Locked, 0),
        _ => (Glue::Solid, 0),
    }
}

/// What kind of space the blanks of two neighbours are.
const fn blank_glue(class: Class, next: Class, before_next: bool) -> Glue {
    match (class, next) {
        (_, Class::Open) if before_next => Glue::Bracket,
        (Class::Close, _) => Glue::Bracket,
        (Class::Comma, _) => Glue::Comma,
        (Class::Middle, _) => Glue::Middle,
        (Class::Stop | Class::Exclaim, _) => Glue::Stop,
        (_, Class::Middle) => Glue::Middle,
        (_, Class::Comma) => Glue::Comma,
        _ => Glue::Stop,
    }
}

/// The blanks that stay between two neighbours, after the first and before the second. Marks that
/// touch lose half an em between them.
fn blanks(clusters: &Clusters, at: usize, next: Class) -> (i64, i64) {
    let (trail, lead) = (clusters.trail[at], clusters.lead[at + 1]);
    let half = Em::HALF.at(clusters.size_at(at)).units();
    match squeezed(clusters, at, next) {
        None => (trail, lead),
        Some(Loses::First) => {
            let gone = trail.min(half);
            // A mark in the middle of its cell has a quarter only; its neighbour gives the rest.
            let rest = if gone > 0 { (half - gone).min(lead) } else { 0 };
            (trail - gone, lead - rest)
        }
        Some(Loses::Second) => (trail, lead - lead.min(half)),
    }
}

/// Which of two neighbours loses its blank half.
fn squeezed(clusters: &Clusters, at: usize, next: Class) -> Option<Loses> {
    let class = clusters.class[at];
    if class == Class::Exclaim && ends_a_pair(clusters, at) {
        return Some(Loses::First);
    }
    let (first, second) = (side(class)?, side(next)?);
    if (first, second) == (Side::Pause, Side::Pause) {
        return Some(Loses::First);
    }
    PAIRS.iter().find(|(a, b, _)| (*a, *b) == (first, second)).map(|(.., loses)| *loses)
}

/// Two ！？ take one em, three take two (GB/T 15834 5.1.2): the second of two has no blank.
fn ends_a_pair(clusters: &Clusters, at: usize) -> bool {
    let exclaim = |at: Option<usize>| {
        at.and_then(|at| clusters.class.get(at)).is_some_and(|class| *class == Class::Exclaim)
    };
    exclaim(at.checked_sub(1)) && !exclaim(at.checked_sub(2)) && !exclaim(Some(at + 1))
}

/// Han beside a Western letter or digit, either way round.
const fn meets_western(a: Class, b: Class) -> bool {
    a.is_ideographic() && b.is_western() || a.is_western() && b.is_ideographic()
}

/// A typed space between Han and Western text is the gap itself, not more (CLREQ 中西间距).
fn spaced_gap(clusters: &Clusters, at: usize) -> bool {
    let around = at.checked_sub(1).map(|b| clusters.class[b]).zip(clusters.class.get(at + 1));
    around.is_some_and(|(a, b)| meets_western(a, *b))
}

const fn is_locked(a: Class, b: Class) -> bool {
    let western = a.is_western() && b.is_western();
    let units = matches!((a, b), (Class::Prefix, Class::Digit) | (Class::Digit, Class::Postfix));
    let long = matches!((a, b), (Class::Long, Class::Long));
    western || units || long || is_tied(a) || is_tied(b)
}

/// Marks with no letterspacing at either side.
const fn is_tied(class: Class) -> bool {
    matches!(class, Class::Connector | Class::Slash)
}

/// Natural width, give and take of a space in units.
fn limits(glue: Glue, width: i64, clusters: &Clusters, at: usize, size: Pt) -> (i64, i64, i64) {
    let natural = match glue {
        // The space glyph's own advance; a line end loses it with the boundary.
        Glue::Word => clusters.space_width(at),
        _ => width,
    };
    let row = LIMITS.iter().find(|(kind, ..)| *kind == glue);
    row.map_or((natural, 0, 0), |(_, least, most)| {
        let least = least.at(size).units();
        (natural, (natural - least).max(0), (most.at(size).units() - natural).max(0))
    })
}

/// Classes that may not begin a line, from the level on (CLREQ 避头尾; GB/T 15834 5.1.1–5.1.9).
const NOT_FIRST: [(Class, u8); 9] = [
    (Class::Close, 1),
    (Class::Comma, 1),
    (Class::Stop, 1),
    (Class::Exclaim, 1),
    (Class::Middle, 1),
    (Class::Connector, 1),
    (Class::Slash, 1),
    (Class::Small, 2),
    (Class::Long, 3),
];

/// Classes that may not end a line, from the level on.
const NOT_LAST: [(Class, u8); 2] = [(Class::Open, 1), (Class::Slash, 2)];

fn breakable(clusters: &Clusters, at: usize, level: u8) -> Break {
    let class = clusters.class[at];
    let Some(&next) = clusters.class.get(at + 1) else { return Break::Allowed };
    let prohibited = |table: &[(Class, u8)], class: Class| {
        table.iter().any(|(c, from)| *c == class && level >= *from)
    };
    // Glued at every level: a number and its signs, a mark and what it is attached to.
    let glued = matches!(
        (class, next),
        (Class::Prefix | Class::Sign, Class::Digit) | (_, Class::Postfix | Class::Unit)
    );
    if next == Class::Space || clusters.rise_at(at + 1) != Rise::None || clusters.shares_reading(at)
    {
        return Break::Forbidden;
    }
    if prohibited(&NOT_FIRST, next) || prohibited(&NOT_LAST, class) {
        let marks = class.is_mark() && next.is_mark();
        return if marks { Break::Relaxed } else { Break::Forbidden };
    }
    if class == Class::Space {
        return Break::Allowed;
    }
    if glued {
        return Break::Forbidden;
    }
    if class.is_western() && next.is_western() {
        return match clusters.parting(at) {
            Some(_) => Break::Hyphen,
            None if clusters.ends_with_hyphen(at) => Break::Allowed,
            None if class == Class::Letter && next == Class::Letter => Break::Emergency,
            None => Break::Relaxed,
        };
    }
    Break::Allowed
}
