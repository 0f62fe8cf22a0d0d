//! The pages before the articles: cover and contents.

mod contents;
mod cover;

pub(super) use contents::contents;
pub(super) use cover::cover;

use crate::page::{NodeId, Structure, StructureRole};

/// The nodes of the parts that stand before the articles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    pub(super) cover: NodeId,
    pub(super) contents: NodeId,
}

/// Adds the parts to the structure, so that they come first in reading order.
pub(super) fn parts(structure: &mut Structure, document: NodeId) -> Parts {
    let cover = structure.add(StructureRole::Part, Some(document));
    let contents = structure.add(StructureRole::Part, Some(document));
    Parts { cover, contents }
}
