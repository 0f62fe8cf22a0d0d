//! Blocks inside blocks: lists, quotations, code.

use super::compositor::Compositor;
use super::{Slab, look};
use crate::article::{Apart, Block, List, Text};
use crate::length::{Pt, Rows};
use crate::page::{Mark, StructureRole};
use crate::template::{Panel, StyleId};
use crate::typeset::strand::Strand;

/// Bullets by depth.
const BULLETS: [&str; 3] = ["•", "–", "·"];

impl Compositor<'_> {
    /// Items hang two characters of the body behind their numbers or bullets.
    pub(super) fn list(&mut self, list: &List) {
        let geometry = &self.desk.template.geometry;
        let hang = geometry.size * 2;
        let depth = self.left.units() / hang.units().max(1);
        // Deep lists stop moving where half of the measure is left.
        let hang = if self.left + hang > self.measure() / 2 { Pt::ZERO } else { hang };
        self.left += hang;
        for (at, item) in (0..).zip(&list.items) {
            let bullet = usize::try_from(depth).unwrap_or(0).min(BULLETS.len() - 1);
            self.marker = Some(match list.start {
                Some(first) => format!("{}.", first + at),
                None => BULLETS[bullet].to_owned(),
            });
            if let Some(done) = item.done {
                self.marker = Some(if done { "☑" } else { "☐" }.to_owned());
            }
            for block in &item.blocks {
                self.block(block);
            }
            self.marker = None;
        }
        self.left -= hang;
    }

    /// A quotation, a box or a pull quote.
    pub(super) fn quote(&mut self, apart: Apart, blocks: &[Block]) {
        let style = match apart {
            Apart::Quotation => StyleId::Quote,
            Apart::Sidebar => StyleId::Sidebar,
            Apart::PullQuote => StyleId::PullQuote,
        };
        let before = self.quoted.replace(style);
        let first = self.slabs.len();
        for block in blocks {
            self.block(block);
        }
        self.quoted = before;
        let panel = self.desk.template.style(style).panel;
        let inside = self.slabs.get_mut(first..).unwrap_or_default();
        if panel != Panel::None {
            for slab in &mut *inside {
                slab.panel = panel;
                (slab.before, slab.after) = (Rows(0), Rows(0));
            }
        }
        // What is set apart stays in one piece where it is not half a page.
        let rows = inside.iter().map(Slab::height).sum::<Rows>();
        if apart != Apart::Quotation && rows * 2 <= self.desk.template.geometry.rows() {
            let last = inside.len().saturating_sub(1);
            inside.iter_mut().take(last).for_each(|slab| slab.keep = true);
            inside.iter_mut().for_each(|slab| slab.whole = true);
        }
        // A row of air around the whole, not around each paragraph of it.
        if let Some(slab) = inside.first_mut() {
            slab.before = slab.before.max(Rows(1));
        }
        if let Some(slab) = inside.last_mut() {
            slab.after = slab.after.max(Rows(1));
        }
    }

    /// Each line of code is a line of its own, with its spaces.
    pub(super) fn code(&mut self, text: &Text) {
        let node = self.structure.add(StructureRole::Paragraph, Some(self.node));
        let look = look(self.desk.template, StyleId::Code);
        let lines = text.as_str().trim_end_matches('\n').split('\n');
        // An empty line keeps its row.
        let strand = |line: &str| {
            let line = line.trim_end_matches('\r').replace('\t', "    ");
            let line = if line.is_empty() { " " } else { line.as_str() };
            Strand::of(line, look, Mark::Node(node))
        };
        let strands: Vec<Strand> = lines.map(strand).collect();
        self.set(StyleId::Code, &strands);
    }
}
