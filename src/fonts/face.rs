//! One face: what it maps, how wide and where its glyphs are, whether it may be embedded.

use super::FontError;
use harfrust::font::Font as ShapingFont;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::DrawSettings;
pub use skrifa::outline::OutlinePen;
use skrifa::raw::TableProvider;
use skrifa::raw::tables::hmtx::Hmtx;
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::fmt;
use std::sync::Arc;

/// Where a face's bytes are.
#[derive(Clone)]
pub enum FaceData {
    /// In the program itself.
    Linked(&'static [u8]),
    /// Read from a file.
    Read(Arc<Vec<u8>>),
}

impl FaceData {
    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Linked(bytes) => bytes,
            Self::Read(bytes) => bytes,
        }
    }
}

impl fmt::Debug for FaceData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FaceData({} bytes)", self.bytes().len())
    }
}

/// Measures of a face, in its units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metrics {
    /// Units in an em.
    pub units_per_em: u16,
    /// Height above the baseline, positive.
    pub ascent: i16,
    /// Depth below the baseline, negative.
    pub descent: i16,
    /// Left, bottom, right, top of all glyphs.
    pub bounds: [i16; 4],
    /// 400 regular, 700 bold.
    pub weight: u16,
}

/// One face.
pub struct Face {
    data: FaceData,
    name: String,
    family: String,
    metrics: Metrics,
    shaping: ShapingFont,
}

impl Face {
    /// Opens a face and checks that it is whole and may be embedded and subset.
    ///
    /// # Errors
    /// [`FontError::Broken`] when a table that is needed is missing, [`FontError::Forbidden`]
    /// when `fsType` forbids embedding (bit 1) or subsetting (bit 8).
    pub fn open(data: FaceData) -> Result<Self, FontError> {
        let broken = |what: &str| FontError::Broken(what.to_owned());
        let font = FontRef::new(data.bytes()).map_err(|e| FontError::Broken(e.to_string()))?;
        let head = font.head().map_err(|_| broken("head table"))?;
        let hhea = font.hhea().map_err(|_| broken("hhea table"))?;
        let os2 = font.os2().map_err(|_| broken("OS/2 table"))?;
        font.hmtx().map_err(|_| broken("hmtx table"))?;
        let maxp = font.maxp().map_err(|_| broken("maxp table"))?;
        if maxp.num_glyphs() < 2 {
            return Err(broken("maxp table"));
        }
        font.name().map_err(|_| broken("name table"))?;
        if !font.charmap().has_map() {
            return Err(broken("cmap table"));
        }
        if font.glyf().is_err() && font.cff().is_err() {
            return Err(broken("outlines (glyf or CFF)"));
        }
        let fs_type = os2.fs_type();
        if fs_type & 0x000F == 0x0002 || fs_type & 0x0100 != 0 {
            return Err(FontError::Forbidden);
        }
        let metrics = Metrics {
            units_per_em: head.units_per_em().max(1),
            ascent: hhea.ascender().to_i16(),
            descent: hhea.descender().to_i16(),
            bounds: [head.x_min(), head.y_min(), head.x_max(), head.y_max()],
            weight: os2.us_weight_class(),
        };
        let name = |id| font.localized_strings(id).english_or_first().map(|s| s.to_string());
        let (post_script, family) = (name(StringId::POSTSCRIPT_NAME), name(StringId::FAMILY_NAME));
        let shaping = shaping_font(&data).ok_or_else(|| broken("layout tables"))?;
        Ok(Self {
            name: post_script.unwrap_or_else(|| "Unnamed".to_owned()),
            family: family.unwrap_or_default(),
            metrics,
            shaping,
            data,
        })
    }

    /// The PostScript name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The family name.
    #[must_use]
    pub fn family(&self) -> &str {
        &self.family
    }

    /// Its measures.
    #[must_use]
    pub const fn metrics(&self) -> Metrics {
        self.metrics
    }

    /// What its licence says about embedding (OpenType OS/2 §fsType): 0 for anything, 4 for
    /// preview and print, 8 for editing.
    #[must_use]
    pub fn embedding(&self) -> u16 {
        self.font().and_then(|font| Some(font.os2().ok()?.fs_type() & 0x000F)).unwrap_or(0)
    }

    /// How many characters it has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.font().map_or(0, |font| font.charmap().mappings().count())
    }

    /// The file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.data.bytes()
    }

    /// The glyph of a character; for many, ask [`Face::reader`].
    #[must_use]
    pub fn glyph(&self, c: char) -> Option<u16> {
        self.reader()?.glyph(c)
    }

    /// The advance of a glyph in font units; 0 for one that is not there.
    #[must_use]
    pub fn advance(&self, glyph: u16) -> i64 {
        self.reader().map_or(0, |reader| reader.advance(glyph))
    }

    /// The face's maps, found once for many look-ups.
    #[must_use]
    pub fn reader(&self) -> Option<Reader<'_>> {
        let font = self.font()?;
        Some(Reader { charmap: font.charmap(), hmtx: font.hmtx().ok()? })
    }

    /// Draws a glyph's outline in font units, y upwards.
    pub fn outline(&self, glyph: u16, pen: &mut impl OutlinePen) {
        let Some(font) = self.font() else { return };
        if let Some(outline) = font.outline_glyphs().get(GlyphId::from(glyph)) {
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            // A glyph that cannot be drawn stays empty in the cover picture only.
            let _ = outline.draw(settings, pen);
        }
    }

    /// How far a glyph's ink reaches from its origin to the left and to the right, in font units;
    /// `None` for one that has none.
    #[must_use]
    pub fn ink(&self, glyph: u16) -> Option<(i64, i64)> {
        let mut pen = Extent(None);
        self.outline(glyph, &mut pen);
        pen.0
    }

    /// The face as the shaper wants it.
    #[must_use]
    pub const fn shaping(&self) -> &ShapingFont {
        &self.shaping
    }

    /// The face's tables, read in place; opened once already, so it opens again.
    pub(super) fn font(&self) -> Option<FontRef<'_>> {
        FontRef::new(self.data.bytes()).ok()
    }
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Face").field("name", &self.name).finish_non_exhaustive()
    }
}

/// How far the points of an outline reach to the left and to the right.
struct Extent(Option<(i64, i64)>);

impl Extent {
    #[expect(clippy::cast_possible_truncation, reason = "font units fit")]
    fn add(&mut self, x: f32) {
        let x = x.round() as i64;
        let (from, to) = self.0.unwrap_or((x, x));
        self.0 = Some((from.min(x), to.max(x)));
    }
}

impl OutlinePen for Extent {
    fn move_to(&mut self, x: f32, _: f32) {
        self.add(x);
    }

    fn line_to(&mut self, x: f32, _: f32) {
        self.add(x);
    }

    fn quad_to(&mut self, cx: f32, _: f32, x: f32, _: f32) {
        self.add(cx);
        self.add(x);
    }

    fn curve_to(&mut self, ax: f32, _: f32, bx: f32, _: f32, x: f32, _: f32) {
        self.add(ax);
        self.add(bx);
        self.add(x);
    }

    fn close(&mut self) {}
}

/// The maps of a face, read in place.
#[derive(Clone)]
pub struct Reader<'a> {
    charmap: Charmap<'a>,
    hmtx: Hmtx<'a>,
}

impl Reader<'_> {
    /// The glyph of a character.
    #[must_use]
    pub fn glyph(&self, c: char) -> Option<u16> {
        let glyph = self.charmap.map(c)?;
        u16::try_from(glyph.to_u32()).ok().filter(|glyph| *glyph != 0)
    }

    /// Whether the face has a form of its own for a character and a variation selector.
    #[must_use]
    pub fn has_variant(&self, c: char, selector: char) -> bool {
        self.charmap.map_variant(c, selector).is_some()
    }

    /// The advance of a glyph in font units.
    #[must_use]
    pub fn advance(&self, glyph: u16) -> i64 {
        self.hmtx.advance(GlyphId::from(glyph)).map_or(0, i64::from)
    }
}

impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reader")
    }
}

fn shaping_font(data: &FaceData) -> Option<ShapingFont> {
    match data {
        FaceData::Linked(bytes) => ShapingFont::new(*bytes, 0),
        FaceData::Read(bytes) => {
            let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(Shared(Arc::clone(bytes)));
            ShapingFont::new(shared, 0)
        }
    }
}

/// Bytes that the shaper shares with the face.
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
