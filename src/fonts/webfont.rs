//! The part of a face that a reading system wants: a font with some characters, their layout
//! features and its names.
//!
//! skera cuts every table but CFF, which it leaves to others; the outlines of a face with CFF are
//! cut by subsetter, which numbers the same glyphs the same way.

use super::guard::guarded;
use super::{Face, FontError, subset};
use skera::{DEFAULT_DROP_TABLES, Plan, SubsetFlags, subset_font};
use skrifa::FontRef;
use skrifa::raw::TableProvider;
use skrifa::raw::collections::IntSet;
use std::collections::BTreeSet;
use write_fonts::FontBuilder;
use write_fonts::types::{GlyphId, NameId, Tag};

/// What a reading system may ask of a face: forms for vertical text, widths of marks, and what
/// Western words need.
const FEATURES: &[&[u8; 4]] = &[
    b"vert", b"vrt2", b"vkrn", b"halt", b"vhal", b"palt", b"vpal", b"chws", b"vchw", b"hwid",
    b"ccmp", b"mark", b"mkmk", b"kern", b"liga",
];

/// The forms of other languages: they may double a face.
const LOCAL: &[u8; 4] = b"locl";

/// Names that stay: copyright to full name, version, PostScript name, licence and its address.
const NAMES: &[u16] = &[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17];

const CFF: Tag = Tag::new(b"CFF ");

/// The part of a face with these characters. Characters the face lacks are left out; the forms
/// of other languages than the face's own stay where they are wanted.
///
/// # Errors
/// [`FontError::Broken`] when its tables cannot be read.
pub fn webfont(face: &Face, chars: &BTreeSet<char>, local: bool) -> Result<Vec<u8>, FontError> {
    let broken = |what: String| FontError::Broken(what);
    let whole = face.font().ok_or_else(|| broken("font".to_owned()))?;
    let cut = guarded(|| {
        let plan = plan(&whole, chars, local);
        let rest = subset_font(&whole, &plan);
        (plan, rest)
    });
    let (plan, rest) = cut.ok_or_else(|| broken("tables that do not agree".to_owned()))?;
    let rest = rest.map_err(|error| broken(error.to_string()))?;
    if whole.cff().is_err() {
        return Ok(rest);
    }
    let pairs: Vec<(u16, u16)> = plan
        .old_to_new_glyph_mapping()
        .filter_map(|(old, new)| {
            Some((u16::try_from(old.to_u32()).ok()?, u16::try_from(new.to_u32()).ok()?))
        })
        .collect();
    let outlines = subset(face, &pairs.iter().map(|(old, _)| *old).collect())?;
    if pairs.iter().any(|(old, new)| *old != 0 && outlines.glyphs.get(old) != Some(new)) {
        return Err(broken("glyphs in two orders".to_owned()));
    }
    let outlines = FontRef::new(&outlines.bytes).map_err(|error| broken(error.to_string()))?;
    let cff = outlines.data_for_tag(CFF).ok_or_else(|| broken("CFF table".to_owned()))?;
    let rest = FontRef::new(&rest).map_err(|error| broken(error.to_string()))?;
    let mut builder = FontBuilder::new();
    builder.add_raw(CFF, cff.as_bytes());
    builder.copy_missing_tables(rest);
    Ok(builder.build())
}

/// Which glyphs stay, and which parts of the tables.
fn plan(whole: &FontRef<'_>, chars: &BTreeSet<char>, local: bool) -> Plan {
    let mut every_script = IntSet::<Tag>::empty();
    every_script.invert();
    let mut every_language = IntSet::<u16>::empty();
    every_language.invert();
    let mut dropped: IntSet<Tag> = DEFAULT_DROP_TABLES.iter().copied().collect();
    dropped.insert(CFF);
    Plan::new(
        &IntSet::<GlyphId>::empty(),
        &chars.iter().map(|c| u32::from(*c)).collect(),
        whole,
        SubsetFlags::SUBSET_FLAGS_NO_BIDI_CLOSURE | SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE,
        &dropped,
        &every_script,
        &FEATURES.iter().chain(local.then_some(&LOCAL)).map(|tag| Tag::new(tag)).collect(),
        &NAMES.iter().map(|id| NameId::new(*id)).collect(),
        &every_language,
    )
}

/// A font packed as WOFF 2.0.
///
/// # Errors
/// [`FontError::Broken`] when its tables cannot be read.
pub fn woff2(font: &[u8]) -> Result<Vec<u8>, FontError> {
    let quality = ttf2woff2::BrotliQuality::default();
    ttf2woff2::encode(font, quality).map_err(|error| FontError::Broken(error.to_string()))
}

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

    fn part(name: &str, text: &str) -> (Face, Vec<u8>) {
        let bytes = webfont(&face(name), &text.chars().collect(), false).unwrap();
        (Face::open(FaceData::Read(Arc::new(bytes.clone()))).unwrap(), bytes)
    }

    #[test]
    fn a_webfont_maps_its_characters() {
        for name in ["NotoSerifSC-Regular.otf", "LXGWWenKai-Regular.ttf"] {
            let face = face(name);
            let (part, _) = part(name, "期刊Aé，“”");
            for c in "期刊Aé，“”".chars() {
                let (new, old) = (part.glyph(c).unwrap(), face.glyph(c).unwrap());
                assert_eq!(part.advance(new), face.advance(old), "{name} {c}");
            }
            assert_eq!(part.glyph('版'), None);
            assert_eq!(part.family(), face.family(), "names are kept");
        }
    }

    #[test]
    fn marks_keep_their_forms_for_vertical_text_and_half_widths() {
        for name in ["NotoSerifSC-Regular.otf", "NotoSansSC-Regular.otf"] {
            let (_, bytes) = part(name, "字，（）");
            let font = FontRef::new(&bytes).unwrap();
            let substitutions: BTreeSet<String> = font
                .gsub()
                .and_then(|table| table.feature_list())
                .map(|list| {
                    list.feature_records().iter().map(|r| r.feature_tag().to_string()).collect()
                })
                .unwrap();
            let positions: BTreeSet<String> = font
                .gpos()
                .and_then(|table| table.feature_list())
                .map(|list| {
                    list.feature_records().iter().map(|r| r.feature_tag().to_string()).collect()
                })
                .unwrap();
            assert!(substitutions.contains("vert"), "{name}: {substitutions:?}");
            assert!(positions.contains("halt") && positions.contains("vhal"), "{positions:?}");
            assert!(font.vmtx().is_ok() && font.vhea().is_ok(), "{name}");
        }
    }

    #[test]
    fn a_packed_font_is_smaller_and_says_what_it_is() {
        let (_, bytes) = part("LXGWWenKai-Regular.ttf", "期刊是定期出版的读物");
        let packed = woff2(&bytes).unwrap();
        assert!(packed.starts_with(b"wOF2") && packed.len() < bytes.len());
    }
}
