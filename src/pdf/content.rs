//! One page → drawing operations.
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
use crate::page::{GlyphRun, Item, Layout, Mark, NodeId, Page, Structure, Turn};
use printpdf::graphics::OverprintMode;
use printpdf::{
    Cmyk, Codepoint, Color, DictItem, ExtendedGraphicsState, ExtendedGraphicsStateId, LinePoint,
    Op, PaintMode, PdfFontHandle, PdfPage, Point, Polygon, PolygonRing, Rgb, TextItem, TextMatrix,
    WindingOrder, XObjectId, XObjectTransform,
};
use std::collections::{BTreeMap, BTreeSet};

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

/// The operations of a page, and the node of each of its marked contents.
pub(super) fn page(
    page: &Page,
    medium: &Medium<'_>,
    faces: &BTreeMap<FaceId, Embedded>,
    pictures: &[XObjectId],
) -> (PdfPage, Vec<NodeId>) {
    let mut printer = Printer {
        page,
        medium: *medium,
        faces,
        ops: Vec::new(),
        colour: None,
        font: None,
        text: false,
        overprints: false,
        marked: None,
        nodes: Vec::new(),
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
    let mut out = PdfPage::new(printpdf::Mm(0.0), printpdf::Mm(0.0), printer.ops);
    let size = printpdf::Rect::from_wh(points(page.width), points(page.height));
    out.media_box = size.clone();
    out.trim_box = size.clone();
    out.crop_box = size;
    (out, printer.nodes)
}

/// The graphics states of an edition: of its veils, by how much they hide, and of inks.
pub(super) fn states(
    layout: &Layout,
    medium: &Medium<'_>,
) -> BTreeMap<ExtendedGraphicsStateId, ExtendedGraphicsState> {
    let items = layout.pages.iter().flat_map(|page| &page.items);
    let mut opacities: BTreeSet<u8> = items
        .filter_map(|item| match item {
            Item::Veil { opacity, .. } => Some(*opacity),
            _ => None,
        })
        .collect();
    if !opacities.is_empty() {
        opacities.insert(100);
    }
    let state = |opacity: u8| {
        let alpha = f32::from(opacity.min(100)) / 100.0;
        let state = ExtendedGraphicsState::default().with_current_fill_alpha(alpha);
        (ExtendedGraphicsStateId(veil_name(opacity)), state)
    };
    let mut out: BTreeMap<_, _> = opacities.into_iter().map(state).collect();
    if medium.inks {
        for over in [false, true] {
            let state = ExtendedGraphicsState::default()
                .with_overprint_fill(over)
                .with_overprint_stroke(over)
                .with_overprint_mode(OverprintMode::KeepUnderlying);
            out.insert(ExtendedGraphicsStateId(overprint_name(over).to_owned()), state);
        }
    }
    out
}

const fn overprint_name(over: bool) -> &'static str {
    if over { "O1" } else { "O0" }
}

fn veil_name(opacity: u8) -> String {
    format!("V{opacity}")
}

fn points(length: Pt) -> printpdf::Pt {
    printpdf::Pt(length.to_f32())
}

/// The font that is set: face, which of its texts, whether upright, size.
type Chosen = (FaceId, usize, bool, Pt);

struct Printer<'a> {
    page: &'a Page,
    medium: Medium<'a>,
    faces: &'a BTreeMap<FaceId, Embedded>,
    ops: Vec<Op>,
    colour: Option<Colour>,
    font: Option<Chosen>,
    /// Whether a text section is open.
    text: bool,
    /// Whether what is drawn leaves the inks below it alone.
    overprints: bool,
    /// What the open marked content belongs to, and whether it is text.
    marked: Option<(Mark, bool)>,
    /// The node of each marked content, by its number.
    nodes: Vec<NodeId>,
}

impl Printer<'_> {
    fn text_section(&mut self, open: bool) {
        if self.text != open {
            self.ops.push(if open { Op::StartTextSection } else { Op::EndTextSection });
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
            self.ops.push(Op::EndMarkedContent);
        }
        self.marked = mark;
        let Some((mark, text)) = mark else { return };
        self.ops.push(match mark {
            Mark::Node(node) => {
                let number = i64::try_from(self.nodes.len()).unwrap_or(0);
                self.nodes.push(node);
                let role = structure.node(node).map(|node| node.role);
                let tag = role.map_or("P", super::tags::name).to_owned();
                let map = BTreeMap::from([("MCID".to_owned(), DictItem::Int(number))]);
                let properties = DictItem::Dict { map };
                Op::BeginMarkedContentWithProperties { tag, properties }
            }
            // Words that are no part of the text are heads and folios.
            Mark::Artefact if text => {
                let kind = DictItem::Name(b"Pagination".to_vec());
                let map = BTreeMap::from([("Type".to_owned(), kind)]);
                let properties = DictItem::Dict { map };
                Op::BeginMarkedContentWithProperties { tag: "Artifact".to_owned(), properties }
            }
            Mark::Artefact => Op::BeginMarkedContent { tag: "Artifact".to_owned() },
        });
    }

    fn colour(&mut self, colour: Colour) {
        if self.colour == Some(colour) {
            return;
        }
        self.colour = Some(colour);
        let col = if self.medium.inks {
            let [c, m, y, k] = colour.cmyk.map(|ink| f32::from(ink.min(100)) / 100.0);
            // Black ink alone is printed over what is there, so that no edge shows paper.
            self.overprint(colour.cmyk == [0, 0, 0, 100]);
            Color::Cmyk(Cmyk { c, m, y, k, icc_profile: None })
        } else {
            let [r, g, b] = colour.rgb.map(|c| (f32::from(c) / 255.0 * 1000.0).round() / 1000.0);
            Color::Rgb(Rgb { r, g, b, icc_profile: None })
        };
        self.ops.push(Op::SetFillColor { col });
    }

    /// Sets whether inks are laid over each other (ISO 32000-1 §8.6.7).
    fn overprint(&mut self, over: bool) {
        if self.overprints != over {
            self.overprints = over;
            let gs = ExtendedGraphicsStateId(overprint_name(over).to_owned());
            self.ops.push(Op::LoadGraphicsState { gs });
        }
    }

    fn fill(&mut self, rect: &Rect, colour: Colour) {
        self.text_section(false);
        self.colour(colour);
        let rect = self.bled(rect);
        let mut rectangle = printpdf::Rect::from_wh(points(rect.width), points(rect.height));
        rectangle.x = points(rect.x);
        rectangle.y = points(self.page.height - rect.y - rect.height);
        rectangle.mode = Some(PaintMode::Fill);
        self.ops.push(Op::DrawRectangle { rectangle });
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
        let gs = ExtendedGraphicsStateId(veil_name(opacity));
        self.ops.push(Op::LoadGraphicsState { gs });
    }

    fn polygon(&mut self, corners: &[(Pt, Pt)], colour: Colour) {
        self.text_section(false);
        self.colour(colour);
        let corner = |(x, y): &(Pt, Pt)| LinePoint {
            p: Point { x: points(*x), y: points(self.page.height - *y) },
            bezier: false,
        };
        let ring = PolygonRing { points: corners.iter().map(corner).collect() };
        let polygon = Polygon {
            rings: vec![ring],
            mode: PaintMode::Fill,
            winding_order: WindingOrder::NonZero,
        };
        self.ops.push(Op::DrawPolygon { polygon });
    }

    fn picture(&mut self, id: &XObjectId, rect: &Rect) {
        self.text_section(false);
        // A picture is one unit wide and high before it is placed (ISO 32000-1 §8.9.5.1).
        let transform = XObjectTransform {
            translate_x: Some(points(rect.x)),
            translate_y: Some(points(self.page.height - rect.y - rect.height)),
            scale_x: Some(rect.width.to_f32()),
            scale_y: Some(rect.height.to_f32()),
            no_auto_scale: true,
            ..XObjectTransform::default()
        };
        self.ops.push(Op::UseXobject { id: id.clone(), transform });
    }

    fn run(&mut self, run: &GlyphRun) {
        let Some(face) = self.faces.get(&run.face) else { return };
        self.text_section(true);
        self.colour(run.colour);
        let upright = run.turn == Turn::Upright;
        // printpdf joins runs of one height, as if all ran level; naming the font anew parts them.
        if upright {
            self.font = None;
        }
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
        let ([a, b, c, d], x, y) = match run.turn {
            Turn::Level => ([1.0, 0.0, 0.0, 1.0], run.x + along, run.baseline),
            Turn::Upright => ([1.0, 0.0, 0.0, 1.0], run.x, run.baseline + along),
            Turn::Rotated => ([0.0, -1.0, 1.0, 0.0], run.x, run.baseline + along),
        };
        let (x, y) = (points(x), points(self.page.height - y));
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw([a, b, c, d, x.0, y.0]) });
    }

    fn set_font(&mut self, face: &Embedded, wanted: Chosen) {
        if self.font != Some(wanted) {
            let (_, at, upright, size) = wanted;
            let font = PdfFontHandle::External(face.font(at, upright));
            self.ops.push(Op::SetFont { font, size: points(size) });
            self.font = Some(wanted);
        }
    }

    /// Shows a run. A glyph that stands for nothing of its own, or for a character without a
    /// meaning of its own, is shown apart, with the text it stands for.
    fn glyphs(&mut self, run: &GlyphRun, face: &Embedded) {
        let glyphs = self.page.glyphs_of(run);
        let mut rest = self.page.text_of(run);
        let upright = run.turn == Turn::Upright;
        let mut shown = Vec::with_capacity(glyphs.len());
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
            let cid = cut.texts.get(text).cloned();
            if own.is_empty() || own.chars().any(is_private) {
                self.show(&mut shown);
                let code = Codepoint { gid: cut.id, offset: 0.0, cid };
                self.apart(run, face, i64::from(glyph.x), (code, font), own);
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
            shown.push(Codepoint { gid: cut.id, offset, cid });
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
        (code, font): (Codepoint, Chosen),
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
            self.nodes.push(node);
            self.nodes.len() - 1
        });
        self.ops.push(actual_text(text, number));
        self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(vec![code])] });
        self.ops.push(Op::EndMarkedContentWithProperties);
        if node.is_some() {
            self.mark(None);
            self.text_section(false);
        }
    }

    fn show(&mut self, shown: &mut Vec<Codepoint>) {
        if !shown.is_empty() {
            let items = vec![TextItem::GlyphIds(std::mem::take(shown))];
            self.ops.push(Op::ShowText { items });
        }
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
fn actual_text(text: &str, number: Option<usize>) -> Op {
    let utf16 = std::iter::once(0xFEFF).chain(text.encode_utf16());
    let data: Vec<u8> = utf16.flat_map(u16::to_be_bytes).collect();
    let entry = DictItem::String { data, literal: false };
    let mut map = BTreeMap::from([("ActualText".to_owned(), entry)]);
    if let Some(number) = number {
        map.insert("MCID".to_owned(), DictItem::Int(i64::try_from(number).unwrap_or(0)));
    }
    Op::BeginMarkedContentWithProperties {
        tag: "Span".to_owned(),
        properties: DictItem::Dict { map },
    }
}
