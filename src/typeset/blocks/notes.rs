//! The notes of an article: after its text, or at the foot of the column of their mark.

use super::compositor::Compositor;
use super::rows::Row;
use super::weave::{FIRST, reference};
use super::{Ornament, Slab, look};
use crate::article::{Note, Text};
use crate::fonts::Voice;
use crate::length::Rows;
use crate::page::{Mark, NodeId, StructureRole};
use crate::template::StyleId;
use crate::typeset::paragraph::SetParagraph;
use crate::typeset::strand::{Look, Strand};

impl Compositor<'_> {
    /// 注释, numbered, after the text.
    pub(super) fn end_notes(&mut self, notes: &[Note]) {
        let begin = self.slabs.len();
        for (at, note) in notes.iter().enumerate() {
            let number = format!("[{}]", at + 1);
            let look = look(self.desk.template, StyleId::Note);
            self.note(note, at, Some((&number, look)));
        }
        if let Some(slab) = self.slabs.get_mut(begin) {
            slab.before = slab.before.max(Rows(2));
        }
    }

    /// 页下注, one slab each; those that nothing refers to stand after the text.
    pub(super) fn foot_notes(&mut self, notes: &[Note]) {
        let mut referred = vec![false; notes.len()];
        for slab in &mut self.slabs {
            // The first reference brings the note.
            slab.notes.retain(|(_, note)| {
                referred.get_mut(*note).is_some_and(|seen| !std::mem::replace(seen, true))
            });
        }
        let text = std::mem::take(&mut self.slabs);
        let mut left = Vec::new();
        for (at, note) in notes.iter().enumerate() {
            let look = look(self.desk.template, StyleId::Note);
            let number = Look { note: reference(at), ..look };
            let seen = referred.get(at) == Some(&true);
            self.note(note, at, seen.then_some((FIRST, number)));
            let own = std::mem::take(&mut self.slabs);
            // The foot of a column has no room for a picture.
            let pictured = |slab: &Slab| matches!(slab.ornament, Ornament::Picture(_));
            let (shown, own): (Vec<_>, Vec<_>) = own.into_iter().partition(pictured);
            let rules = self.desk.template.style(StyleId::Note);
            if seen {
                let mut whole = SetParagraph::default();
                own.into_iter().for_each(|slab| whole.append(slab.set));
                let leading = rules.leading;
                let slab = Slab::plain(whole, rules.size, self.measure());
                self.foot_notes.push(Slab { leading, ..slab });
            } else {
                let none = Slab::plain(SetParagraph::default(), rules.size, self.measure());
                self.foot_notes.push(none);
                left.extend(own);
            }
            left.extend(shown);
        }
        self.slabs = text;
        self.slabs.extend(left);
    }

    /// A note, and what leads to it.
    fn note(&mut self, note: &Note, which: usize, number: Option<(&str, Look)>) {
        let node = self.inside(StructureRole::Note, |own| own.note_blocks(note, number));
        for (link, _) in self.references.iter().filter(|(_, note)| *note == which) {
            if let Some(link) = self.structure.node_mut(*link) {
                link.target = Some(node);
            }
        }
    }

    fn note_blocks(&mut self, note: &Note, number: Option<(&str, Look)>) {
        let label = self.structure.add(StructureRole::Label, Some(self.node));
        let first = self.slabs.len();
        for block in &note.blocks {
            let node = self.structure.add(StructureRole::Paragraph, Some(self.node));
            for row in self.rows(block) {
                let number = number.filter(|_| self.slabs.len() == first);
                let look = look(self.desk.template, StyleId::Note);
                let strands = match row {
                    Row::Words(inlines) => self.woven(&inlines, look, node),
                    Row::Lines(text) => verbatim(text, look, node),
                };
                self.note_lines(number, strands, label);
            }
            self.pictures_in(block);
        }
    }

    fn note_lines(
        &mut self,
        number: Option<(&str, Look)>,
        mut strands: Vec<Strand>,
        label: NodeId,
    ) {
        if let (Some((number, look)), Some(first)) = (number, strands.first_mut()) {
            let mut strand = Strand::of(number, look, Mark::Node(label));
            strand.append(std::mem::take(first));
            *first = strand;
        }
        self.set(StyleId::Note, &strands);
    }
}

/// Lines as they are, each a strand.
fn verbatim(text: &Text, look: Look, node: NodeId) -> Vec<Strand> {
    let look = Look { voice: Voice::Mono, ..look };
    text.as_str().lines().map(|line| Strand::of(line, look, Mark::Node(node))).collect()
}
