//! Pictures in Markdown: `![alt](file "caption")`, and `<img>`.
//!
//! A paragraph of pictures alone is a figure. Its caption is the title of a picture, or what
//! follows the pictures after a hard line break.

use super::builder::Builder;
use crate::article::{Block, Figure, Image, Inline, Paragraph, Role, Text, plain};
use crate::ingest::html::attributes;
use crate::source::Span;
use std::ops::Range;

impl Builder<'_> {
    /// A caption where it stands in the file.
    pub(super) fn caption(&self, title: &str, range: &Range<usize>) -> Text {
        let written = self.source.get(range.clone()).unwrap_or_default();
        match written.rfind(title).filter(|_| !title.is_empty()) {
            Some(at) => Text::kept(title, self.file, range.start + at),
            None if title.is_empty() => Text::default(),
            None => self.origin(title, range.end..range.end),
        }
    }

    /// The words inside a picture's brackets are said instead of it.
    pub(super) fn close_image(&mut self) {
        let alt = plain(&self.close_inlines());
        let Some((source, caption, range)) = self.images.pop() else { return };
        if !caption.is_empty() {
            self.captions.push(caption);
        }
        let alt = Some(alt).filter(|alt| !alt.is_empty());
        let place = Some(Span::new(self.file, range));
        self.push_inline(Inline::Image(Image { source, alt, picture: None, place }));
    }

    /// `<img src="…" alt="…" title="…">`; nothing without an address.
    pub(super) fn html_image(&mut self, tag: &str, range: &Range<usize>) {
        let found = attributes(tag);
        let value = |name: &str| found.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
        let Some(source) = value("src").filter(|source| !source.is_empty()) else { return };
        let caption = self.caption(&value("title").unwrap_or_default(), range);
        if !caption.is_empty() {
            self.captions.push(caption);
        }
        let place = Some(Span::new(self.file, range.clone()));
        let image = Image { source, alt: value("alt"), picture: None, place };
        self.push_inline(Inline::Image(image));
    }

    /// A paragraph, or a figure where it begins with pictures and nothing else stands on their
    /// line.
    pub(super) fn paragraph_or_figure(&mut self, mut inlines: Vec<Inline>) -> Block {
        let captions = std::mem::take(&mut self.captions);
        let lead = inlines.iter().take_while(|inline| matches!(inline, Inline::Image(_))).count();
        let rest = inlines.split_off(lead);
        let images = inlines.into_iter().filter_map(|inline| match inline {
            Inline::Image(image) => Some(image),
            _ => None,
        });
        match rest.split_first() {
            None => {
                let caption = captions.into_iter().map(Inline::Text).collect();
                Block::Figure(Figure { images: images.collect(), caption })
            }
            Some((Inline::Break, caption)) if lead > 0 => {
                Block::Figure(Figure { images: images.collect(), caption: caption.to_vec() })
            }
            Some(_) => {
                let mut all: Vec<Inline> = images.map(Inline::Image).collect();
                all.extend(rest);
                let role = self.aligns.last().copied().flatten().unwrap_or(Role::Body);
                Block::Paragraph(Paragraph { role, run_in: None, inlines: all })
            }
        }
    }
}
