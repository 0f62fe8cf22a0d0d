//! The inlines of a block → strands: words with their looks, one strand for each line its author
//! broke.

use super::passage::passages;
use crate::article::{Image, Inline, Style, Text};
use crate::fonts::Voice;
use crate::page::{Mark, NodeId, Structure, StructureRole};
use crate::template::NotePlace;
use crate::typeset::strand::{Drawn, Look, OBJECT, Object, Rise, Strand};

/// What weaving asks of the article and leaves in it.
pub(super) struct Loom<'a> {
    /// The form that fits the place of the notes.
    pub(super) notes: NotePlace,
    /// How a picture stands among the words, if it does.
    pub(super) object: &'a dyn Fn(&Image, Look) -> Option<Object>,
    /// Whether passages in Latin letters are in another language than the article.
    pub(super) marks_passages: bool,
    pub(super) structure: &'a mut Structure,
    /// References to notes so far: the node that leads to one, and which.
    pub(super) references: &'a mut Vec<(NodeId, usize)>,
}

/// Inlines as strands: one, and one more for each line that is broken by its author.
pub(super) fn woven(inlines: &[Inline], look: Look, node: NodeId, loom: Loom<'_>) -> Vec<Strand> {
    let (strands, strand) = (Vec::new(), Strand::default());
    let mut weaver = Weaver { node, loom, strands, strand, parts: 0 };
    weaver.weave(inlines, look);
    let Weaver { mut strands, strand, .. } = weaver;
    strands.push(strand);
    strands
}

/// The number of a note at the foot of a page before it is known: all are as wide.
pub(super) const FIRST: &str = "①";

/// A note's place among those of its article, from 1, as a run carries it.
pub(super) fn reference(note: usize) -> u16 {
    u16::try_from(note + 1).unwrap_or(u16::MAX)
}

struct Weaver<'a> {
    /// What the words belong to.
    node: NodeId,
    loom: Loom<'a>,
    /// Lines that are finished.
    strands: Vec<Strand>,
    strand: Strand,
    /// Marked parts so far.
    parts: u16,
}

impl Weaver<'_> {
    fn weave(&mut self, inlines: &[Inline], look: Look) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.text(text, look),
                Inline::Code(text) => {
                    let look = Look { voice: Voice::Mono, ..look };
                    self.inside(StructureRole::Code, |weaver| weaver.text(text, look));
                }
                Inline::Break => self.strands.push(std::mem::take(&mut self.strand)),
                Inline::Styled { style, inlines } => {
                    let look = self.styled(*style, look);
                    self.weave(inlines, look);
                }
                Inline::Link { inlines, target } => self.inside(StructureRole::Link, |weaver| {
                    if let Some(node) = weaver.loom.structure.node_mut(weaver.node) {
                        node.address = Some(target.clone());
                    }
                    weaver.weave(inlines, look);
                }),
                Inline::Ruby { base, reading } => self.ruby(base, reading, look),
                Inline::NoteRef { note } => self.reference(*note, look),
                Inline::Image(image) => self.image(image, look),
            }
        }
    }

    /// What is woven belongs to a node of its own, inside the one around it.
    fn inside(&mut self, role: StructureRole, weave: impl FnOnce(&mut Self)) {
        let own = self.loom.structure.add(role, Some(self.node));
        let around = std::mem::replace(&mut self.node, own);
        weave(self);
        self.node = around;
    }

    fn ruby(&mut self, base: &Text, reading: &Text, look: Look) {
        self.inside(StructureRole::Ruby, |weaver| {
            let structure = &mut weaver.loom.structure;
            let mut part = |role| Mark::Node(structure.add(role, Some(weaver.node)));
            let base = (base.as_str(), part(StructureRole::RubyBase));
            let reading = (reading.as_str(), part(StructureRole::RubyText));
            weaver.strand.push_ruby(base, reading, look);
        });
    }

    /// The edition's numbers are no part of the article's text.
    fn reference(&mut self, note: usize, look: Look) {
        let raised = look.risen(Rise::Up);
        self.inside(StructureRole::Reference, |weaver| {
            weaver.inside(StructureRole::Link, |weaver| {
                weaver.loom.references.push((weaver.node, note));
                let mark = Mark::Node(weaver.node);
                match weaver.loom.notes {
                    NotePlace::End => {
                        weaver.strand.push(&format!("[{}]", note + 1), raised, mark);
                    }
                    NotePlace::Foot => {
                        let raised = Look { note: reference(note), ..raised };
                        weaver.strand.push(FIRST, raised, mark);
                    }
                }
            });
        });
    }

    fn image(&mut self, image: &Image, look: Look) {
        let Some(object) = (self.loom.object)(image, look) else { return };
        let look = Look { object: Some(object), ..look };
        if image.is_decoration() {
            return self.strand.push(OBJECT, look, Mark::Artefact);
        }
        self.inside(StructureRole::Figure, |weaver| {
            if let Some(node) = weaver.loom.structure.node_mut(weaver.node) {
                node.alt = Some(image.described());
            }
            weaver.strand.push(OBJECT, look, Mark::Node(weaver.node));
        });
    }

    fn text(&mut self, text: &Text, look: Look) {
        let mut done = 0;
        let text = text.as_str();
        let own = if self.loom.marks_passages { passages(text) } else { Vec::new() };
        for passage in own {
            self.push(text.get(done..passage.start).unwrap_or_default(), look);
            done = passage.end;
            self.inside(StructureRole::Words, |weaver| {
                if let Some(node) = weaver.loom.structure.node_mut(weaver.node) {
                    node.language = Some("en".to_owned());
                }
                weaver.push(text.get(passage).unwrap_or_default(), look);
            });
        }
        self.push(text.get(done..).unwrap_or_default(), look);
    }

    fn push(&mut self, words: &str, look: Look) {
        self.strand.push(words, look, Mark::Node(self.node));
    }

    /// The look of words that are marked out.
    fn styled(&mut self, style: Style, look: Look) -> Look {
        let drawn = self.marked(look.drawn);
        match style {
            Style::Strong => Look { voice: look.voice.strong(), ..look },
            Style::Emphasis => Look { voice: look.voice.emphatic(), ..look },
            Style::Dots => Look { drawn: Drawn { dots: true, ..drawn }, ..look },
            Style::Underline => Look { drawn: Drawn { under: true, ..drawn }, ..look },
            Style::Wavy => Look { drawn: Drawn { wavy: true, ..drawn }, ..look },
            Style::Deleted => Look { drawn: Drawn { through: true, ..drawn }, ..look },
            Style::Superscript => look.risen(Rise::Up),
            Style::Subscript => look.risen(Rise::Down),
        }
    }

    /// The next marked part, or the one it stands in.
    fn marked(&mut self, drawn: Drawn) -> Drawn {
        if drawn.under || drawn.wavy || drawn.through {
            return drawn;
        }
        self.parts = self.parts.wrapping_add(1);
        Drawn { part: self.parts, ..drawn }
    }
}
