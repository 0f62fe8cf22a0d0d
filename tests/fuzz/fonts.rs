//! Font files: refused, or good for looking up, shaping and cutting down.
#![no_main]

use qikan::fonts::{Face, FaceData, faces_of, subset, webfont};
use std::collections::BTreeSet;
use std::sync::Arc;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for face in faces_of(bytes.to_vec(), |_| true).unwrap_or_default() {
        let Ok(face) = Face::open(FaceData::Read(Arc::new(face))) else { continue };
        let glyphs: BTreeSet<u16> = "一，A".chars().filter_map(|c| face.glyph(c)).collect();
        let _ = (face.count(), face.embedding(), face.advance(1));
        let _ = subset(&face, &glyphs);
        let _ = webfont(&face, &"一，A".chars().collect(), true);
    }
});
