//! Notes by their labels: which is called where, and what each says.
//!
//! In: calls and definitions as the parser meets them. Out: the notes in the order of their first
//! calls, and those that nothing calls.

use crate::article::{Block, Note};
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{FileId, Span};
use std::collections::BTreeMap;

/// A note, as far as it has been met.
#[derive(Default)]
struct Met {
    called: bool,
    blocks: Vec<Block>,
}

/// The notes of a file.
#[derive(Default)]
pub(super) struct Notes {
    notes: Vec<Met>,
    /// Which note a label is for. Labels are in lower case: the parser takes them for the same
    /// whatever their case.
    labels: BTreeMap<String, usize>,
    /// Labels as they are written, and where their notes begin.
    defined: Vec<(String, usize)>,
}

impl Notes {
    /// Where a label's note stands among the notes.
    fn at(&mut self, label: &str) -> usize {
        let at = *self.labels.entry(label.to_lowercase()).or_insert(self.notes.len());
        if at == self.notes.len() {
            self.notes.push(Met::default());
        }
        at
    }

    /// A call; the number of its note.
    pub(super) fn called(&mut self, label: &str) -> usize {
        let at = self.at(label);
        self.notes.get_mut(at).into_iter().for_each(|own| own.called = true);
        at
    }

    /// A note begins at a byte of the file.
    pub(super) fn begins(&mut self, label: &str, at: usize) {
        self.defined.push((label.to_owned(), at));
    }

    /// What a note says.
    pub(super) fn says(&mut self, label: &str, blocks: Vec<Block>) {
        let at = self.at(label);
        if let Some(own) = self.notes.get_mut(at) {
            own.blocks.extend(blocks);
        }
    }

    /// The notes, and those that nothing calls.
    pub(super) fn finish(mut self, file: FileId) -> (Vec<Note>, Vec<Diagnostic>) {
        let mut uncalled = Vec::new();
        for (label, at) in std::mem::take(&mut self.defined) {
            let own = self.at(&label);
            if self.notes.get(own).is_some_and(|own| !own.called) {
                let finding = Diagnostic::new(Code::NoteUncalled).with("label", label);
                uncalled.push(finding.at_span(Span::new(file, at..at)));
            }
        }
        let notes = self.notes.into_iter().map(|own| Note { blocks: own.blocks }).collect();
        (notes, uncalled)
    }
}
