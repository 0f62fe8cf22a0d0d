//! Characters that no face has, with their places, before anything is set.

use super::Desk;
use super::classes::is_attached;
use crate::article::Article;
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::fonts::Voice;
use std::collections::BTreeSet;

/// Reports each character of an article that would be an empty box, once, where it first stands.
pub(super) fn check(article: &Article, desk: &Desk<'_>, sink: &mut Sink) {
    let wanted = desk.library.voice(Voice::Song).0;
    let reader = desk.library.face(wanted).reader();
    let mut seen = BTreeSet::new();
    let code = if desk.missing_is_warning { Code::MissingGlyphWarning } else { Code::MissingGlyph };
    for text in article.texts() {
        for (at, c) in text.as_str().char_indices() {
            let here = reader.as_ref().is_some_and(|reader| reader.glyph(c).is_some());
            // Line ends and tabs of code are laid out, not set.
            if here || is_attached(c) || matches!(c, '\n' | '\r' | '\t') || !seen.insert(c) {
                continue;
            }
            if desk.library.covering(c, wanted).is_none() {
                let finding = Diagnostic::new(code)
                    .with("char", c)
                    .with("code", format!("U+{:04X}", u32::from(c)));
                sink.push(match text.origin(at) {
                    Some(span) => finding.at_span(span),
                    None => finding,
                });
            }
        }
    }
}
