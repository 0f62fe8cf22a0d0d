//! The inlines of a block → strands: words with their looks, one strand for each line its author
//! broke.

use crate::article::{Image, Inline, Style, Text};
use crate::fonts::Voice;
use crate::page::Mark;
use crate::template::NotePlace;
use crate::typeset::strand::{Drawn, Look, OBJECT, Object, Rise, Strand};

/// Inlines as strands: one, and one more for each line that is broken by its author.
/// References to notes have the form that fits the place of the notes.
/// `object` says how a picture stands among the words, if it does.
pub(super) fn woven(
    inlines: &[Inline],
    look: Look,
    mark: Mark,
    notes: NotePlace,
    object: &dyn Fn(&Image, Look) -> Option<Object>,
) -> Vec<Strand> {
    let (strands, strand) = (Vec::new(), Strand::default());
    let mut weaver = Weaver { mark, notes, object, strands, strand, parts: 0 };
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
    mark: Mark,
    notes: NotePlace,
    object: &'a dyn Fn(&Image, Look) -> Option<Object>,
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
                Inline::Code(text) => self.text(text, Look { voice: Voice::Mono, ..look }),
                Inline::Break => self.strands.push(std::mem::take(&mut self.strand)),
                Inline::Styled { style, inlines } => {
                    let look = self.styled(*style, look);
                    self.weave(inlines, look);
                }
                Inline::Link { inlines, .. } => self.weave(inlines, look),
                Inline::Ruby { base, reading } => {
                    self.strand.push_ruby(base.as_str(), reading.as_str(), look, self.mark);
                }
                Inline::NoteRef { note } => {
                    // The edition's numbers are no part of the article's text.
                    let raised = look.risen(Rise::Up);
                    match self.notes {
                        NotePlace::End => {
                            let number = format!("[{}]", note + 1);
                            self.strand.push(&number, raised, Mark::Artefact);
                        }
                        NotePlace::Foot => {
                            let raised = Look { note: reference(*note), ..raised };
                            self.strand.push(FIRST, raised, Mark::Artefact);
                        }
                    }
                }
                Inline::Image(image) => {
                    if let Some(object) = (self.object)(image, look) {
                        let look = Look { object: Some(object), ..look };
                        self.strand.push(OBJECT, look, self.mark);
                    }
                }
            }
        }
    }

    fn text(&mut self, text: &Text, look: Look) {
        self.strand.push(text.as_str(), look, self.mark);
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
