//! One page → its content stream.
//!
//! Bytes are written as they are drawn: printpdf's operations take a hundred bytes a glyph, and an
//! issue has a million of them.
//!
//! Everything drawn stands in a marked-content sequence: of a node of the structure, with a number
//! by which the tree finds it, or of an artefact (ISO 32000-1 §14.6, §14.8.2.2).
//!
//! A run of glyphs is one text matrix and one `TJ`: the numbers between the glyphs are the
//! difference between where the face would go on and where the layout does, in thousandths of an
//! em. Rounding is carried along, so that no line drifts.

use super::embed::{Cut, Embedded};
use crate::colour::Colour;
use crate::fonts::FaceId;
use crate::length::{Pt, Rect};
use crate::page::{GlyphRun, Item, Mark, NodeId, Page, Structure, Turn};
use printpdf::XObjectId;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// What pages are drawn for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Medium<'a> {
    /// What is what, where contents are marked.
    pub(super) structure: Option<&'a Structure>,
    /// Whether colours are inks.
    pub(super) inks: bool,
    /// Pixels an inch that a picture has at most, where it may be made smaller.
    pub(super) max_dpi: Option<u32>,
    /// How far what ends at the edge of a page reaches over it.
    pub(super) bleed: Pt,
}

/// A page as it is drawn.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// The content stream, not yet compressed.
    pub(super) content: Vec<u8>,
    /// The node of each marked content.
    pub(super) nodes: Vec<NodeId>,
    /// The fonts it uses, by face, text and whether upright.
    pub(super) fonts: BTreeSet<(FaceId, usize, bool)>,
}

/// Draws a page.
pub(super) fn page(
    page: &Page,
    medium: &Medium<'_>,
    faces: &BTreeMap<FaceId, Embedded>,
    pictures: &[XObjectId],
) -> Drawn {
    let mut printer = Printer {
        page,
        medium: *medium,
        faces,
        out: Drawn::default(),
        colour: None,
        font: None,
        text: false,
        overprints: false,
        marked: None,
    };
    for item in &page.items {
        match item {
            Item::Text(run) => {
                printer.mark(Some((run.mark, true)));
                printer.run(run);
            }
            Item::Fill { rect, colour, .. } => {
                printer.mark(Some((Mark::Artefact, false)));
                printer.fill(rect, *colour);
            }
            Item::Veil { rect, colour, opacity } => {
                printer.mark(Some((Mark::Artefact, false)));
                printer.veil(*opacity);
                printer.fill(rect, *colour);
                printer.veil(100);
            }
            Item::Polygon { points, colour, .. } => {
                printer.mark(Some((Mark::Artefact, false)));
                printer.polygon(points, *colour);
            }
            Item::Picture { picture, rect, mark } => {
                printer.mark(Some((*mark, false)));
                if let Some(id) = pictures.get(*picture) {
                    printer.picture(id, rect);
                }
            }
        }
    }
    printer.mark(None);
    printer.text_section(false);
    printer.out
}

pub(super) const fn overprint_name(over: bool) -> &'static str {
    if over { "O1" } else { "O0" }
}

pub(super) fn veil_name(opacity: u8) -> String {
    format!("V{opacity}")
}

/// The font that is set: face, which of its texts, whether upright, size.
type Chosen = (FaceId, usize, bool, Pt);

struct Printer<'a> {
    page: &'a Page,
    medium: Medium<'a>,
    faces: &'a BTreeMap<FaceId, Embedded>,
    out: Drawn,
    colour: Option<Colour>,
    font: Option<Chosen>,
    /// Whether a text section is open.
    text: bool,
    /// Whether what is drawn leaves the inks below it alone.
    overprints: bool,
    /// What the open marked content belongs to, and whether it is text.
    marked: Option<(Mark, bool)>,
}

impl Printer<'_> {
    /// Writes an operation.
    fn write(&mut self, operation: impl std::fmt::Display) {
        // Writing to a vector cannot fail.
        let _ = writeln!(self.out.content, "{operation}");
    }

    fn text_section(&mut self, open: bool) {
        if self.text != open {
            self.write(if open { "BT" } else { "ET" });
            self.text = open;
        }
    }

    /// Opens marked content for what is drawn next, unless it goes on with the one before.
    fn mark(&mut self, mark: Option<(Mark, bool)>) {
        let Some(structure) = self.medium.structure else { return };
        let goes_on = match (self.marked, mark) {
            (Some((Mark::Node(open), _)), Some((Mark::Node(next), _))) => open == next,
            (open, next) => open == next,
        };
        if goes_on {
            return;
        }
        self.text_section(false);
        if self.marked.is_some() {
            self.write("EMC");
        }
        self.marked = mark;
        let Some((mark, text)) = mark else { return };
        match mark {
            Mark::Node(node) => {
                let number = self.out.nodes.len();
                self.out.nodes.push(node);
                let role = structure.node(node).map(|node| node.role);
                let tag = role.map_or("P", super::tags::name);
                self.write(format_args!("/{tag} <</MCID {number}>> BDC"));
            }
            // Words that are no part of the text are heads and folios.
            Mark::Artefact if text => self.write("/Artifact <</Type/Pagination>> BDC"),
            Mark::Artefact => self.write("/Artifact BMC"),
        }
    }

    fn colour(&mut self, colour: Colour) {
        if self.colour == Some(colour) {
            return;
        }
        self.colour = Some(colour);
        if self.medium.inks {
            let [c, m, y, k] = colour.cmyk.map(|ink| f32::from(ink.min(100)) / 100.0);
            // Black ink alone is printed over what is there, so that no edge shows paper.
            self.overprint(colour.cmyk == [0, 0, 0, 100]);
            self.write(format_args!("{c} {m} {y} {k} k"));
        } else {
            let [r, g, b] = colour.rgb.map(|c| (f32::from(c) / 255.0 * 1000.0).round() / 1000.0);
            self.write(format_args!("{r} {g} {b} rg"));
        }
    }

    /// Sets whether inks are laid over each other (ISO 32000-1 §8.6.7).
    fn overprint(&mut self, over: bool) {
        if self.overprints != over {
            self.overprints = over;
            self.write(format_args!("/{} gs", overprint_name(over)));
        }
    }

    fn fill(&mut self, rect: &Rect, colour: Colour) {
        self.text_section(false);
        self.colour(colour);
        let rect = self.bled(rect);
        let foot = self.page.height - rect.y - rect.height;
        let [x, y, width, height] = [rect.x, foot, rect.width, rect.height].map(Pt::to_f32);
        self.write(format_args!("{x} {y} {width} {height} re f"));
    }

    /// A rectangle that reaches over the edges of the page it ends at.
    fn bled(&self, rect: &Rect) -> Rect {
        let (bleed, page) = (self.medium.bleed, self.page);
        let (right, foot) = (rect.x + rect.width, rect.y + rect.height);
        let low = |at: Pt| if at <= Pt::ZERO { at.min(Pt::ZERO - bleed) } else { at };
        let high = |at: Pt, edge: Pt| if at >= edge { at.max(edge + bleed) } else { at };
        let (x, y) = (low(rect.x), low(rect.y));
        let (width, height) = (high(right, page.width) - x, high(foot, page.height) - y);
        Rect { x, y, width, height }
    }

    /// Lets through what lies below what is drawn next (ISO 32000-1 §11.6.4.4).
    fn veil(&mut self, opacity: u8) {
        self.text_section(false);
        self.write(format_args!("/{} gs", veil_name(opacity)));
    }

    fn polygon(&mut self, corners: &[(Pt, Pt)], colour: Colour) {
        self.text_section(false);
        self.colour(colour);
        for (at, (x, y)) in corners.iter().enumerate() {
            let (x, y) = (x.to_f32(), (self.page.height - *y).to_f32());
            self.write(format_args!("{x} {y} {}", if at == 0 { "m" } else { "l" }));
        }
        self.write("f");
    }

    fn picture(&mut self, id: &XObjectId, rect: &Rect) {
        self.text_section(false);
        // A picture is one unit wide and high before it is placed (ISO 32000-1 §8.9.5.1).
        let foot = self.page.height - rect.y - rect.height;
        let [x, y, width, height] = [rect.x, foot, rect.width, rect.height].map(Pt::to_f32);
        self.write(format_args!("q {width} 0 0 {height} {x} {y} cm /{} Do Q", id.0));
    }

    fn run(&mut self, run: &GlyphRun) {
        let Some(face) = self.faces.get(&run.face) else { return };
        self.text_section(true);
        self.colour(run.colour);
        let upright = run.turn == Turn::Upright;
        let first = self.page.glyphs_of(run).first();
        let own = first.and_then(|first| self.page.text_of(run).get(..usize::from(first.text)));
        let at = first.and_then(|first| face.glyph(first.id)).zip(own);
        let at = at.map_or(0, |(cut, own)| font_of(cut, own));
        self.set_font(face, (run.face, at, upright, run.size));
        self.glyphs(run, face);
    }

    /// Moves to a place along a run, in units from its origin.
    fn go(&mut self, run: &GlyphRun, along: i64) {
        let along = Pt::from_units(along);
        let (turned, x, y) = match run.turn {
            Turn::Level => ("1 0 0 1", run.x + along, run.baseline),
            Turn::Upright => ("1 0 0 1", run.x, run.baseline + along),
            Turn::Rotated => ("0 -1 1 0", run.x, run.baseline + along),
        };
        let (x, y) = (x.to_f32(), (self.page.height - y).to_f32());
        self.write(format_args!("{turned} {x} {y} Tm"));
    }

    fn set_font(&mut self, face: &Embedded, wanted: Chosen) {
        if self.font != Some(wanted) {
            let (id, at, upright, size) = wanted;
            self.write(format_args!("/{} {} Tf", face.font(at, upright).0, size.to_f32()));
            self.out.fonts.insert((id, at, upright));
            self.font = Some(wanted);
        }
    }

    /// Shows a run. A glyph that stands for nothing of its own, or for a character without a
    /// meaning of its own, is shown apart, with the text it stands for.
    fn glyphs(&mut self, run: &GlyphRun, face: &Embedded) {
        let glyphs = self.page.glyphs_of(run);
        let mut rest = self.page.text_of(run);
        let upright = run.turn == Turn::Upright;
        let mut shown = Shown::default();
        let none = Cut::default();
        // Where the next glyph stands; nowhere before the first and after one shown apart.
        let mut pen: Option<i64> = None;
        let mut start = 0;
        for (at, glyph) in glyphs.iter().enumerate() {
            let (own, after) = rest.split_at_checked(usize::from(glyph.text)).unwrap_or((rest, ""));
            rest = after;
            let cut = face.glyph(glyph.id).unwrap_or(&none);
            let text = font_of(cut, own);
            let font = (run.face, text, upright, run.size);
            if own.is_empty() || own.chars().any(is_private) {
                self.show(&mut shown);
                self.apart(run, face, i64::from(glyph.x), (cut.id, font), own);
                pen = None;
                continue;
            }
            if self.font != Some(font) {
                self.show(&mut shown);
                self.set_font(face, font);
            }
            let before = pen.unwrap_or_else(|| {
                start = i64::from(glyph.x);
                self.mark(Some((run.mark, true)));
                self.text_section(true);
                self.go(run, start);
                0
            });
            // An upright glyph moves the pen an em down (ISO 32000-1 §9.7.4.3).
            let along = before + if upright { 1_000_000 } else { cut.advance * 1000 };
            let next =
                glyphs.get(at + 1).map(|next| millionths(i64::from(next.x) - start, run.size));
            let offset = next.map_or(0, |next| along - next);
            pen = Some(along - offset);
            let offset = thousandths(if upright { -offset } else { offset });
            shown.push(cut.id, offset);
        }
        self.show(&mut shown);
    }

    /// Shows a glyph with the text it stands for; one that stands for none is an artefact. It has
    /// a marked content of its own, for readers lose their place in one inside another.
    fn apart(
        &mut self,
        run: &GlyphRun,
        face: &Embedded,
        along: i64,
        (code, font): (u16, Chosen),
        text: &str,
    ) {
        let node = match (run.mark, self.medium.structure) {
            (Mark::Node(node), Some(_)) => Some(node),
            _ => None,
        };
        if node.is_some() {
            self.mark(if text.is_empty() { Some((Mark::Artefact, false)) } else { None });
        }
        self.text_section(true);
        self.set_font(face, font);
        self.go(run, along);
        let number = node.filter(|_| !text.is_empty()).map(|node| {
            self.out.nodes.push(node);
            self.out.nodes.len() - 1
        });
        self.write(actual_text(text, number));
        self.write(format_args!("<{code:04X}> Tj"));
        self.write("EMC");
        if node.is_some() {
            self.mark(None);
            self.text_section(false);
        }
    }

    fn show(&mut self, shown: &mut Shown) {
        let array = std::mem::take(shown).finish();
        if !array.is_empty() {
            self.write(format_args!("[{array}] TJ"));
        }
    }
}

/// Glyphs and the numbers between them, as `TJ` takes them (ISO 32000-1 §9.4.3).
#[derive(Default)]
struct Shown {
    array: String,
    /// Whether a string of glyphs is open.
    open: bool,
}

impl Shown {
    fn push(&mut self, code: u16, offset: f32) {
        use std::fmt::Write;
        if !self.open {
            self.array.push('<');
        }
        let _ = write!(self.array, "{code:04X}");
        self.open = offset == 0.0;
        if !self.open {
            let _ = write!(self.array, ">{offset}");
        }
    }

    fn finish(mut self) -> String {
        if self.open {
            self.array.push('>');
        }
        self.array
    }
}

/// Which of a face's fonts a glyph is shown in to stand for a text.
fn font_of(cut: &Cut, text: &str) -> usize {
    cut.texts.iter().position(|own| own == text).unwrap_or(0)
}

/// Whether a character means what its face says, and nothing else (ISO 19005-2 §6.2.11.7.3).
const fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// Units of a run in millionths of its size.
const fn millionths(x: i64, size: Pt) -> i64 {
    Pt::from_units(x).scale(1_000_000, size.units()).units()
}

/// A number of the file, three places at most.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "edge")]
fn thousandths(value: i64) -> f32 {
    (value as f64 / 1000.0) as f32
}

/// `/Span <</ActualText …>> BDC` (ISO 32000-1 §14.9.4), perhaps with a number by which the
/// structure finds it.
fn actual_text(text: &str, number: Option<usize>) -> String {
    let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    let number = number.map(|number| format!("/MCID {number}")).unwrap_or_default();
    format!("/Span <</ActualText<FEFF{units}>{number}>> BDC")
}
