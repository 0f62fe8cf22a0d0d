//! The faces of a layout, cut down to the glyphs it uses, in a printpdf document.
//!
//! A font has one text for each of its glyphs. Where characters share a glyph, as 一 and ⼀ do, the
//! face is put in once more with the other text, so that each comes back as it was; finishing
//! makes one set of glyphs of them ([`super::twins`]).

use super::PdfError;
use crate::fonts::{Face, FaceId, Library, Metrics, Subset, subset};
use crate::page::{Layout, Turn};
use printpdf::{
    Codepoint, FontId, FontMetrics, FontType, Op, ParsedFont, PdfDocument, PdfFontHandle,
    PdfFontMetricsStub, PdfPage, TextItem,
};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A face as the document knows it.
#[derive(Debug)]
pub(super) struct Embedded {
    name: String,
    /// By their numbers in the face.
    glyphs: Vec<Option<Cut>>,
}

/// A glyph as the document knows it.
#[derive(Debug, Clone, Default)]
pub(super) struct Cut {
    pub(super) id: u16,
    /// Advance in thousandths of an em, as `/W` has it.
    pub(super) advance: i64,
    /// What it stands for in each of the face's fonts.
    pub(super) texts: Vec<String>,
}

impl Embedded {
    pub(super) fn glyph(&self, id: u16) -> Option<&Cut> {
        self.glyphs.get(usize::from(id)).and_then(Option::as_ref)
    }

    /// The font with the `at`th texts, for level or upright glyphs.
    pub(super) fn font(&self, at: usize, upright: bool) -> FontId {
        FontId(font_name(&self.name, at, upright))
    }

    /// The advances of the glyphs, in thousandths of an em.
    pub(super) fn advances(&self) -> BTreeMap<u16, i64> {
        self.glyphs.iter().flatten().map(|cut| (cut.id, cut.advance)).collect()
    }

    /// What the names of its fonts begin with.
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

/// What the name of a font for upright glyphs ends with.
pub(super) const UPRIGHT: &str = "V";

fn font_name(face: &str, at: usize, upright: bool) -> String {
    let end = if upright { UPRIGHT } else { "" };
    if at == 0 { format!("{face}{end}") } else { format!("{face}.{at}{end}") }
}

/// Subsets every face the layout uses, in parallel, and adds them in order.
pub(super) fn embed(
    layout: &Layout,
    library: &Library,
    document: &mut PdfDocument,
) -> Result<BTreeMap<FaceId, Embedded>, PdfError> {
    let runs = layout.pages.iter().flat_map(|page| page.runs());
    let uprights: BTreeSet<FaceId> =
        runs.filter(|run| run.turn == Turn::Upright).map(|run| run.face).collect();
    let used: Vec<(FaceId, Vec<Vec<String>>)> = used(layout, library).into_iter().collect();
    let subsets: Vec<Result<Subset, PdfError>> = used
        .par_iter()
        .map(|(id, texts)| {
            let face = library.face(*id);
            let shown = (0..).zip(texts).filter(|(_, texts)| !texts.is_empty());
            let glyphs: BTreeSet<u16> = shown.map(|(glyph, _)| glyph).collect();
            subset(face, &glyphs).map_err(|error| PdfError::Font(face.name().to_owned(), error))
        })
        .collect();
    let mut out = BTreeMap::new();
    for ((id, texts), part) in used.into_iter().zip(subsets) {
        let part = part?;
        let (font, advances) = parsed(library.face(id), &part);
        let most = texts.iter().map(Vec::len).max().unwrap_or(0);
        let name = format!("Q{}", id.0);
        for at in 0..most {
            for upright in [false, true].into_iter().take(1 + usize::from(uprights.contains(&id))) {
                let font = printpdf::PdfFont::new(font.clone());
                document.resources.fonts.map.insert(FontId(font_name(&name, at, upright)), font);
            }
        }
        let cut = |(glyph, texts): (u16, Vec<String>)| {
            let id = *part.glyphs.get(&glyph)?;
            let advance = advances.get(&id).copied().unwrap_or(0);
            (!texts.is_empty()).then_some(Cut { id, advance, texts })
        };
        let glyphs = (0..).zip(texts).map(cut).collect();
        out.insert(id, Embedded { name, glyphs });
    }
    Ok(out)
}

/// A page that shows every glyph of the fonts in use, with what it stands for: by it printpdf knows
/// which fonts to write, and what their glyphs mean.
pub(super) fn specimen(
    fonts: &BTreeSet<(FaceId, usize, bool)>,
    faces: &BTreeMap<FaceId, Embedded>,
) -> PdfPage {
    let mut ops = vec![Op::StartTextSection];
    for (id, at, upright) in fonts {
        let Some(face) = faces.get(id) else { continue };
        let font = PdfFontHandle::External(face.font(*at, *upright));
        ops.push(Op::SetFont { font, size: printpdf::Pt(1.0) });
        let glyphs = face.glyphs.iter().flatten().filter_map(|cut| {
            let text = cut.texts.get(*at)?.clone();
            Some(Codepoint { gid: cut.id, offset: 0.0, cid: Some(text) })
        });
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs.collect())] });
    }
    ops.push(Op::EndTextSection);
    PdfPage::new(printpdf::Mm(0.0), printpdf::Mm(0.0), ops)
}

/// What every glyph of every face stands for, by its number. One that stands for nothing of its
/// own, such as the hyphen at the end of a line, is a soft hyphen.
fn used(layout: &Layout, library: &Library) -> BTreeMap<FaceId, Vec<Vec<String>>> {
    let mut out: BTreeMap<FaceId, Vec<Vec<String>>> = BTreeMap::new();
    let mut silent: BTreeSet<(FaceId, u16)> = BTreeSet::new();
    for page in &layout.pages {
        for run in page.runs() {
            let texts = out.entry(run.face).or_default();
            let mut rest = page.text_of(run);
            for glyph in page.glyphs_of(run) {
                let (own, after) =
                    rest.split_at_checked(usize::from(glyph.text)).unwrap_or((rest, ""));
                rest = after;
                let at = usize::from(glyph.id);
                if texts.len() <= at {
                    texts.resize(at + 1, Vec::new());
                }
                if own.is_empty() {
                    silent.insert((run.face, glyph.id));
                } else if let Some(texts) = texts.get_mut(at)
                    && !texts.iter().any(|text| text == own)
                {
                    texts.push(own.to_owned());
                }
            }
        }
    }
    for (face, glyph) in silent {
        let texts = out.get_mut(&face).and_then(|texts| texts.get_mut(usize::from(glyph)));
        if let Some(texts) = texts.filter(|texts| texts.is_empty()) {
            let hyphen = ['-', '‐'].iter().any(|c| library.face(face).glyph(*c) == Some(glyph));
            texts.push(if hyphen { "\u{AD}" } else { "\u{200B}" }.to_owned());
        }
    }
    out
}

/// A subset as printpdf wants a font: the file, and advances by glyph.
fn parsed(face: &Face, part: &Subset) -> (ParsedFont, BTreeMap<u16, i64>) {
    let Metrics { units_per_em, ascent, descent, bounds, weight } = face.metrics();
    let widths: BTreeMap<u16, u16> = part
        .glyphs
        .iter()
        .map(|(old, new)| (*new, u16::try_from(face.advance(*old)).unwrap_or(0)))
        .collect();
    let advances = widths
        .iter()
        .map(|(glyph, width)| (*glyph, i64::from(*width) * 1000 / i64::from(units_per_em)))
        .collect();
    let mut font = ParsedFont::with_glyph_data(
        part.bytes.clone(),
        0,
        Some(format!("{}+{}", tag(part), face.name())),
        BTreeMap::new(),
        widths,
        units_per_em,
        FontMetrics { ascent, descent },
    );
    if part.bytes.starts_with(b"OTTO") {
        font.font_type = FontType::OpenTypeCFF(());
    }
    let [x_min, y_min, x_max, y_max] = bounds;
    font.pdf_font_metrics = PdfFontMetricsStub {
        units_per_em,
        x_min,
        y_min,
        x_max,
        y_max,
        us_weight_class: weight,
        ..PdfFontMetricsStub::default()
    };
    (font, advances)
}

/// Six letters that name this choice of glyphs (ISO 32000-1 §9.6.4).
fn tag(part: &Subset) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for old in part.glyphs.keys() {
        hash = (hash ^ u64::from(*old)).wrapping_mul(0x0100_0000_01b3);
    }
    (0..6)
        .map(|at| {
            let letter = (hash >> (at * 8)) % 26;
            char::from(b'A' + u8::try_from(letter).unwrap_or(0))
        })
        .collect()
}
