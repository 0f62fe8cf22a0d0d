//! Blocks inside blocks: lists, quotations, code.

use super::compositor::Compositor;
use super::{Slab, look};
use crate::article::{Apart, Block, List, ListItem, Text};
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
        let bullet = usize::try_from(depth).unwrap_or(0).min(BULLETS.len() - 1);
        self.inside(StructureRole::List(list.start.is_some()), |own| {
            for (at, item) in (0..).zip(&list.items) {
                let marker = match (item.done, list.start) {
                    (Some(true), _) => "☑".to_owned(),
                    (Some(false), _) => "☐".to_owned(),
                    (None, Some(first)) => format!("{}.", first + at),
                    (None, None) => BULLETS[bullet].to_owned(),
                };
                own.inside(StructureRole::ListItem, |own| own.item(item, marker));
            }
        });
        self.left -= hang;
    }

    fn item(&mut self, item: &ListItem, marker: String) {
        let label = self.structure.add(StructureRole::Label, Some(self.node));
        self.marker = Some((marker, label));
        self.inside(StructureRole::ListBody, |own| {
            item.blocks.iter().for_each(|block| own.block(block));
        });
        self.marker = None;
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
        let role = match apart {
            Apart::Sidebar => StructureRole::Section,
            Apart::Quotation | Apart::PullQuote => StructureRole::Quotation,
        };
        self.inside(role, |own| blocks.iter().for_each(|block| own.block(block)));
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
        let paragraph = self.structure.add(StructureRole::Paragraph, Some(self.node));
        let node = self.structure.add(StructureRole::Code, Some(paragraph));
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
