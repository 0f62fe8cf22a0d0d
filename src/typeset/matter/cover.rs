//! Cover, inside of the cover and back cover, as the design composes them.

use super::Binder;
use super::artist::Artist;
use crate::page::{Layout, NodeId, Picture};
use crate::template::CoverElement;

impl Binder<'_> {
    /// The cover: the issue's picture with its words, or one of the drawn compositions, which the
    /// number of the issue chooses.
    pub(super) fn cover(&self, node: NodeId, layout: &mut Layout) {
        let template = self.desk.template;
        let entry = self.entry(self.labels().cover, node, layout);
        layout.outline.push(entry);
        let chosen = match &self.issue.cover {
            Some(cover) if !template.picture_cover.is_empty() => {
                let crate::article::Picture { name, width, height, bytes, .. } = &cover.picture;
                let (name, bytes) = (name.clone(), bytes.clone());
                layout.pictures.push(Picture { name, width: *width, height: *height, bytes });
                Some(&template.picture_cover)
            }
            _ => template.covers.get(turn(self.issue, template.covers.len())),
        };
        self.draw(chosen.map(Vec::as_slice).unwrap_or_default(), node, layout);
    }

    pub(super) fn inside_cover(&self, node: NodeId, layout: &mut Layout) {
        self.draw(&self.desk.template.inside_cover, node, layout);
    }

    pub(super) fn back_cover(&self, node: NodeId, layout: &mut Layout) {
        self.draw(&self.desk.template.back_cover, node, layout);
    }

    fn draw(&self, elements: &[CoverElement], node: NodeId, layout: &mut Layout) {
        let mut page = self.page();
        let picture = layout.pictures.len().checked_sub(1);
        let structure = &mut layout.structure;
        Artist { binder: self, page: &mut page, structure, node, picture, ink: None }
            .draw_all(elements);
        layout.pages.push(page);
    }
}

/// Which of some compositions an issue gets: its number counts them through.
fn turn(issue: &crate::issue::Issue, count: usize) -> usize {
    let digits = issue.number.as_deref().unwrap_or_default();
    let digits: String = digits.chars().take_while(char::is_ascii_digit).collect();
    let number: usize = digits.parse().unwrap_or(1);
    number.saturating_sub(1) % count.max(1)
}
