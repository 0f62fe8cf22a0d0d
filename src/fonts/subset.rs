//! The part of a face that a PDF wants: the outlines of some glyphs, numbered from 0.

use super::guard::guarded;
use super::{Face, FontError};
use std::collections::{BTreeMap, BTreeSet};
use subsetter::GlyphRemapper;

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
    let cut = guarded(|| subsetter::subset(face.bytes(), 0, &mapper));
    let cut = cut.ok_or_else(|| FontError::Broken("tables that do not agree".to_owned()))?;
    let bytes = cut.map_err(|error| FontError::Broken(error.to_string()))?;
    let map = sorted.iter().filter_map(|old| Some((*old, mapper.get(*old)?)));
    Ok(Subset { bytes, glyphs: map.collect() })
}
