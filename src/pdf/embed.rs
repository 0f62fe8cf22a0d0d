//! The faces of a layout, cut down to the glyphs it uses, in a printpdf document.

use super::PdfError;
use crate::fonts::{Face, FaceId, Library, Metrics, Subset, subset};
use crate::page::{Layout, Turn};
use printpdf::{FontId, FontMetrics, FontType, ParsedFont, PdfDocument, PdfFontMetricsStub};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A face as the document knows it.
#[derive(Debug)]
pub(super) struct Embedded {
    pub(super) id: FontId,
    /// The same for upright glyphs, where there are any.
    pub(super) upright: Option<FontId>,
    /// Glyph in the face → glyph in the document.
    pub(super) glyphs: BTreeMap<u16, u16>,
    /// Advance of a document's glyph in thousandths of an em, as `/W` has it.
    pub(super) advances: BTreeMap<u16, i64>,
    /// What each glyph stands for; where it stands for something else, the page says so.
    pub(super) texts: BTreeMap<u16, String>,
}

/// What the name of a font for upright glyphs ends with.
pub(super) const UPRIGHT: &str = "V";

/// Subsets every face the layout uses, in parallel, and adds them in order.
pub(super) fn embed(
    layout: &Layout,
    library: &Library,
    document: &mut PdfDocument,
) -> Result<BTreeMap<FaceId, Embedded>, PdfError> {
    let runs = layout.pages.iter().flat_map(|page| page.runs());
    let uprights: BTreeSet<FaceId> =
        runs.filter(|run| run.turn == Turn::Upright).map(|run| run.face).collect();
    let used: Vec<(FaceId, BTreeMap<u16, String>)> = used(layout).into_iter().collect();
    let subsets: Vec<Result<Subset, PdfError>> = used
        .par_iter()
        .map(|(id, texts)| {
            let face = library.face(*id);
            let glyphs: BTreeSet<u16> = texts.keys().copied().collect();
            subset(face, &glyphs).map_err(|error| PdfError::Font(face.name().to_owned(), error))
        })
        .collect();
    let mut out = BTreeMap::new();
    for ((id, texts), part) in used.into_iter().zip(subsets) {
        let part = part?;
        let (font, advances) = parsed(library.face(id), &part);
        let name = FontId(format!("Q{}", id.0));
        // Finishing makes one font of the two, with two ways to write it.
        let upright = uprights.contains(&id).then(|| FontId(format!("{}{UPRIGHT}", name.0)));
        for name in std::iter::once(&name).chain(&upright) {
            let font = printpdf::PdfFont::new(font.clone());
            document.resources.fonts.map.insert(name.clone(), font);
        }
        out.insert(id, Embedded { id: name, upright, glyphs: part.glyphs, advances, texts });
    }
    Ok(out)
}

/// Every glyph of every face, with the first text it stands for.
fn used(layout: &Layout) -> BTreeMap<FaceId, BTreeMap<u16, String>> {
    let mut out: BTreeMap<FaceId, BTreeMap<u16, String>> = BTreeMap::new();
    for page in &layout.pages {
        for run in page.runs() {
            let texts = out.entry(run.face).or_default();
            let mut rest = page.text_of(run);
            for glyph in page.glyphs_of(run) {
                let (own, after) =
                    rest.split_at_checked(usize::from(glyph.text)).unwrap_or((rest, ""));
                rest = after;
                texts.entry(glyph.id).or_insert_with(|| own.to_owned());
            }
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
