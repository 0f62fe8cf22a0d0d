//! 首字下沉: the first character of an article, as high as some lines, which give way to it.
//!
//! The lines beside it are set in a narrower measure, the rest of the paragraph in the whole one;
//! the character stands in whole cells of the body, so that the lines beside it keep to the grid.

use super::compositor::Compositor;
use crate::length::{Em, Pt};
use crate::page::Turn;
use crate::template::StyleId;
use crate::typeset::classes::{Class, class_of};
use crate::typeset::paragraph::{Form, SetParagraph, set};
use crate::typeset::strand::Strand;

impl Compositor<'_> {
    /// A paragraph with a large first character; nothing where it is too short for one, or begins
    /// with something else than an ideograph.
    pub(super) fn with_initial(&self, strand: &Strand, form: &Form<'_>) -> Option<SetParagraph> {
        let template = self.desk.template;
        let rows = template.initial;
        let first = strand.text.chars().next()?;
        let read = strand.rubies.first().is_some_and(|ruby| ruby.base.start == 0);
        if rows < 2 || read || class_of(first, None, None) != Class::Han {
            return None;
        }
        let body = template.style(StyleId::Body).size;
        let size = template.pitch() * (rows - 1) + body;
        let cells = (size.units() + body.units() / 4 + body.units() - 1) / body.units();
        let room = body * cells;
        if room * 2 > form.measure {
            return None;
        }
        let (head, rest) = strand.clone().part(first.len_utf8());
        let beside = Form { measure: form.measure - room, indent: Pt::ZERO, ..*form };
        let mut narrow = set(&rest, self.shaper, &beside);
        let lines = usize::try_from(rows).ok()?;
        if narrow.lines.len() <= lines {
            return None;
        }
        narrow.lines.truncate(lines);
        let runs = narrow.lines.iter().filter_map(|line| narrow.runs.get(line.runs.clone()));
        // Readings have their text after that of the strand.
        let ends = runs.flatten().map(|run| run.text.end).filter(|end| *end <= rest.text.len());
        let ends = ends.max()?;
        let large = self.large(head, size, &beside);
        let mut whole = SetParagraph::beside(vec![(Pt::ZERO, large), (room, narrow)]);
        let (_, below) = rest.part(ends);
        whole.append(set(&below, self.shaper, &Form { indent: Pt::ZERO, ..*form }));
        Some(whole)
    }

    /// The character itself, on the first line.
    fn large(&self, mut head: Strand, size: Pt, form: &Form<'_>) -> SetParagraph {
        let template = self.desk.template;
        let (rows, pitch) = (template.initial, template.pitch());
        let body = template.style(StyleId::Body).size;
        for piece in &mut head.pieces {
            piece.look.size = size;
            piece.look.colour = template.accent;
        }
        let mut large = set(&head, self.shaper, &Form { measure: size * 2, size, ..*form });
        for run in &mut large.runs {
            run.rise = match run.turn {
                // Its middle is the middle of the lines.
                Turn::Upright | Turn::Rotated => Pt::ZERO - pitch * (rows - 1) / 2,
                // Its em box ends where that of the last line does.
                Turn::Level => Em::from_millis(120).at(size - body) - pitch * (rows - 1),
            };
        }
        large
    }
}
