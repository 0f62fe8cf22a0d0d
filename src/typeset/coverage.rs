//! Characters that the chosen faces lack, with their places, before anything is set: which other
//! face helps out, or that none has them.

use super::Desk;
use super::classes::{is_attached, is_rare_space};
use crate::article::{Article, Text};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::fonts::{FaceId, FaceOrigin};
use crate::template::StyleId;
use std::collections::BTreeSet;

/// Reports each character of an article that would be an empty box, once, where it first stands.
pub(super) fn check(article: &Article, desk: &Desk<'_>, sink: &mut Sink) {
    let voice = desk.template.style(StyleId::Body).voice;
    let (wanted, latin) = desk.library.voice(voice);
    let reader = desk.library.face(wanted).reader();
    let chosen = |c: char| desk.library.face(latin).glyph(c).is_some();
    let (mut seen, mut seen_variants) = (BTreeSet::new(), BTreeSet::new());
    let code = if desk.missing_is_warning { Code::MissingGlyphWarning } else { Code::MissingGlyph };
    for text in article.texts() {
        for (at, c) in text.as_str().char_indices() {
            let here = reader.as_ref().is_some_and(|reader| reader.glyph(c).is_some());
            // Line ends and tabs of code are laid out, not set.
            let laid_out = is_attached(c) || is_rare_space(c) || matches!(c, '\n' | '\r' | '\t');
            if here || laid_out || !seen.insert(c) {
                continue;
            }
            let found = desk.library.covering(c, wanted);
            if found.is_some() && chosen(c) {
                continue;
            }
            let finding = match found.map(|id| (desk.library.face(id), desk.library.origin(id))) {
                None => Diagnostic::new(code),
                Some((face, FaceOrigin::System)) => {
                    Diagnostic::new(Code::SystemFace).with("face", face.name())
                }
                Some((face, _)) => Diagnostic::new(Code::Fallback).with("face", face.name()),
            };
            let finding = finding.with("char", c).with("code", format!("U+{:04X}", u32::from(c)));
            sink.push(placed(finding, text, at));
        }
        variants(text, wanted, desk, &mut seen_variants, sink);
    }
}

fn placed(finding: Diagnostic, text: &Text, at: usize) -> Diagnostic {
    match text.origin(at) {
        Some(span) => finding.at_span(span),
        None => finding,
    }
}

/// Characters followed by a variation selector (UTS 37) that is for a form the face does not have.
fn variants(
    text: &Text,
    wanted: FaceId,
    desk: &Desk<'_>,
    seen: &mut BTreeSet<(char, char)>,
    sink: &mut Sink,
) {
    let chars = text.as_str().char_indices();
    for ((at, c), (_, selector)) in chars.clone().zip(chars.skip(1)) {
        if !matches!(selector, '\u{E0100}'..='\u{E01EF}') || !seen.insert((c, selector)) {
            continue;
        }
        let face = desk.library.covering(c, wanted).map(|id| desk.library.face(id));
        let has = |reader: crate::fonts::Reader<'_>| reader.has_variant(c, selector);
        if face.is_some_and(|face| !face.reader().is_some_and(has)) {
            let code = format!("U+{:04X} U+{:04X}", u32::from(c), u32::from(selector));
            let finding = Diagnostic::new(Code::NoVariant).with("char", c).with("code", code);
            sink.push(placed(finding, text, at));
        }
    }
}
