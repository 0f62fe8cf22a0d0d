//! A block where there is no room for blocks, in a cell or a note → rows of words, one under the
//! other. Pictures among them are those that are as small as words; larger ones stand elsewhere.

use super::compositor::Compositor;
use super::figure::small;
use crate::article::{Block, Inline, Text};

/// One of the rows.
pub(super) enum Row<'a> {
    /// Words, and pictures as small as they.
    Words(Vec<Inline>),
    /// Marks of a break, lines of code.
    Lines(&'a Text),
}

impl Compositor<'_> {
    /// The rows of a block and of the blocks in it.
    pub(super) fn rows<'a>(&self, block: &'a Block) -> Vec<Row<'a>> {
        let all = |blocks: &mut dyn Iterator<Item = &'a Block>| {
            blocks.flat_map(|block| self.rows(block)).collect::<Vec<_>>()
        };
        let words = |inlines: &[Inline]| Row::Words(inlines.to_vec());
        match block {
            Block::Heading(heading) => vec![words(&heading.inlines)],
            Block::Paragraph(paragraph) => {
                let run_in = paragraph.run_in.iter().map(|heading| words(&heading.inlines));
                run_in.chain([words(&paragraph.inlines)]).collect()
            }
            Block::Break { marks: text } | Block::Code { text, .. } => vec![Row::Lines(text)],
            Block::Figure(figure) => {
                let fits = |image: &&_| small(image, self.pictures, self.desk.template).is_some();
                let images = figure.images.iter().filter(fits).cloned();
                let images: Vec<_> = images.map(Inline::Image).collect();
                let rows = [images, figure.caption.clone()];
                rows.into_iter().filter(|row| !row.is_empty()).map(Row::Words).collect()
            }
            Block::List(list) => all(&mut list.items.iter().flat_map(|item| &item.blocks)),
            Block::Quote { blocks, .. } => all(&mut blocks.iter()),
            Block::Table(table) => {
                let mut rows = vec![words(&table.caption)];
                rows.extend(all(&mut table.cells().flat_map(|cell| &cell.blocks)));
                rows
            }
        }
    }
}
