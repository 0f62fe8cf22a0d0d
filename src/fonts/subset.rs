//! Parts of faces for editions.
//!
//! A PDF wants the glyphs only, numbered from 0. An EPUB wants a font that a browser loads, with
//! a character map and names besides.

use super::{Face, FontError};
use skrifa::raw::TableProvider;
use std::collections::{BTreeMap, BTreeSet};
use subsetter::GlyphRemapper;
use write_fonts::FontBuilder;
use write_fonts::tables::cmap::Cmap;
use write_fonts::types::{GlyphId, Tag};

/// A face's outlines for some glyphs.
#[derive(Debug, Clone)]
pub struct Subset {
    /// The font file.
    pub bytes: Vec<u8>,
    /// Glyph in the face → glyph in the subset.
    pub glyphs: BTreeMap<u16, u16>,
}

/// The part of a face with these glyphs, for a PDF.
///
/// # Errors
/// [`FontError::Broken`] when the outlines cannot be read.
pub fn subset(face: &Face, glyphs: &BTreeSet<u16>) -> Result<Subset, FontError> {
    let sorted: Vec<u16> = glyphs.iter().copied().collect();
    let mapper = GlyphRemapper::new_from_glyphs_sorted(&sorted);
    let bytes = subsetter::subset(face.bytes(), 0, &mapper)
        .map_err(|error| FontError::Broken(error.to_string()))?;
    let map = sorted.iter().filter_map(|old| Some((*old, mapper.get(*old)?)));
    Ok(Subset { bytes, glyphs: map.collect() })
}

/// The part of a face with these characters, as a font a reading system loads. Characters the
/// face lacks are left out.
///
/// # Errors
/// [`FontError::Broken`] when the outlines cannot be read.
pub fn webfont(face: &Face, chars: &BTreeSet<char>) -> Result<Vec<u8>, FontError> {
    let broken = |what: String| FontError::Broken(what);
    let mapped: Vec<(char, u16)> =
        chars.iter().filter_map(|c| Some((*c, face.glyph(*c)?))).collect();
    let glyphs = mapped.iter().map(|(_, glyph)| *glyph).collect();
    let part = subset(face, &glyphs)?;
    let pairs = mapped
        .iter()
        .filter_map(|(c, old)| part.glyphs.get(old).map(|new| (*c, GlyphId::from(*new))));
    let cmap = Cmap::from_mappings(pairs).map_err(|error| broken(error.to_string()))?;
    let outlines = skrifa::FontRef::new(&part.bytes).map_err(|error| broken(error.to_string()))?;
    let whole = face.font().ok_or_else(|| broken("font".to_owned()))?;
    let mut builder = FontBuilder::new();
    builder.add_table(&cmap).map_err(|error| broken(error.to_string()))?;
    for tag in [Tag::new(b"name"), Tag::new(b"OS/2")] {
        if let Some(data) = whole.data_for_tag(tag) {
            builder.add_raw(tag, data.as_bytes());
        }
    }
    builder.add_raw(Tag::new(b"post"), POST_WITHOUT_NAMES);
    builder.copy_missing_tables(outlines);
    Ok(builder.build())
}

/// A `post` table of version 3: no glyph names.
const POST_WITHOUT_NAMES: &[u8] = &{
    let mut table = [0u8; 32];
    table[1] = 3;
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::FaceData;
    use std::sync::Arc;

    fn face(name: &str) -> Face {
        let path = format!("{}/fonts/{name}", env!("CARGO_MANIFEST_DIR"));
        #[expect(clippy::disallowed_methods, reason = "a test reads its font")]
        let bytes = std::fs::read(path).unwrap();
        Face::open(FaceData::Read(Arc::new(bytes))).unwrap()
    }

    #[test]
    fn a_webfont_maps_its_characters() {
        for name in ["NotoSerifSC-Regular.otf", "LXGWWenKai-Regular.ttf"] {
            let face = face(name);
            let bytes = webfont(&face, &"期刊Aé，“”".chars().collect()).unwrap();
            let part = Face::open(FaceData::Read(Arc::new(bytes))).unwrap();
            for c in "期刊Aé，“”".chars() {
                let (new, old) = (part.glyph(c).unwrap(), face.glyph(c).unwrap());
                assert_eq!(part.advance(new), face.advance(old), "{name} {c}");
            }
            assert_eq!(part.glyph('版'), None);
            assert_eq!(part.family(), face.family(), "names are kept");
        }
    }
}
