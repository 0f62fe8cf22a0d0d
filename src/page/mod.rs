//! The laid-out edition as plain data.
//!
//! `typeset` makes a [`Layout`]; exporters write it out and look nowhere else. Positions are from
//! the top left corner of the trimmed page, y downwards. Every item says which node of the
//! structure it belongs to, or that it is furniture, so reading order and tagging are here too.

mod item;
pub mod jpeg;
mod outline;
mod picture;
mod starts;
mod structure;

pub use item::{Glyph, GlyphRun, Item, Link, Mark, Target, Turn};
pub use outline::OutlineEntry;
pub use picture::Picture;
pub use starts::PageStart;
pub use structure::{Extent, Node, NodeId, Scope, Structure, StructureRole};

use crate::length::Pt;
use std::collections::BTreeMap;

/// A finished edition, page by page.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// What the file is called inside.
    pub properties: Properties,
    /// The pages, cover first.
    pub pages: Vec<Page>,
    /// Headings and where they are.
    pub outline: Vec<OutlineEntry>,
    /// What is what, in reading order.
    pub structure: Structure,
    /// Pictures.
    pub pictures: Vec<Picture>,
}

/// What an edition says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Properties {
    /// Title.
    pub title: String,
    /// Authors, in order.
    pub authors: Vec<String>,
    /// BCP 47 language.
    pub language: String,
    /// `2021-04-26`, when known.
    pub date: Option<String>,
    /// Where the text was published first.
    pub source: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Who may do what with it.
    pub rights: Option<String>,
    /// The periodical it is an issue of.
    pub periodical: Option<Periodical>,
}

/// What an edition says about the periodical it is an issue of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Periodical {
    /// Its name.
    pub name: String,
    /// ISSN, `1234-5679`.
    pub issn: Option<String>,
    /// 卷.
    pub volume: Option<String>,
    /// 期.
    pub number: Option<String>,
    /// Year and number, as printed.
    pub display_date: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// 栏目, in order.
    pub sections: Vec<String>,
}

/// One page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Trimmed width.
    pub width: Pt,
    /// Trimmed height.
    pub height: Pt,
    /// What is printed as its number; empty for none.
    pub label: String,
    /// What a page without a number is called, such as 封面; empty for most.
    pub name: String,
    /// What is on it, in drawing order, which is reading order for what has a node.
    pub items: Vec<Item>,
    /// The glyphs of all its runs.
    pub glyphs: Vec<Glyph>,
    /// The characters of all its runs.
    pub text: String,
    /// Places that lead elsewhere in the edition.
    pub links: Vec<Link>,
}

impl Page {
    /// Gives back what was set aside for more, once all stands on the page.
    pub fn shrink(&mut self) {
        self.items.shrink_to_fit();
        self.glyphs.shrink_to_fit();
        self.text.shrink_to_fit();
    }

    /// The glyphs of a run.
    #[must_use]
    pub fn glyphs_of(&self, run: &GlyphRun) -> &[Glyph] {
        self.glyphs.get(run.glyphs.clone()).unwrap_or_default()
    }

    /// The characters of a run.
    #[must_use]
    pub fn text_of(&self, run: &GlyphRun) -> &str {
        self.text.get(run.text.clone()).unwrap_or_default()
    }

    /// The runs of glyphs on the page, in order.
    pub fn runs(&self) -> impl Iterator<Item = &GlyphRun> {
        self.items.iter().filter_map(|item| match item {
            Item::Text(run) => Some(run),
            Item::Fill { .. } | Item::Veil { .. } | Item::Polygon { .. } | Item::Picture { .. } => {
                None
            }
        })
    }
}

impl Layout {
    /// The characters that belong to each of some nodes or what is inside it, in the order of the
    /// structure; numbers and marks that are made for the edition are left out.
    #[must_use]
    pub fn text_by(&self, nodes: &[NodeId]) -> Vec<String> {
        // Parents come before their children, so one pass finds what each node is in, and the
        // paragraph whose words it is among.
        let wanted: BTreeMap<usize, usize> = nodes.iter().map(|node| node.0).zip(0..).collect();
        let mut owner: Vec<Option<usize>> = Vec::new();
        let mut block: Vec<Option<usize>> = Vec::new();
        for (id, node) in self.structure.nodes() {
            let own = wanted.get(&id.0).copied();
            let above = node.parent.and_then(|parent| owner.get(parent.0).copied().flatten());
            owner.push(own.or(above));
            let around = node.parent.and_then(|parent| block.get(parent.0).copied().flatten());
            block.push(match node.role {
                role if role.is_made() => None,
                role if role.is_inline() => around,
                _ => Some(id.0),
            });
        }
        let mut by_node = vec![String::new(); owner.len()];
        for page in &self.pages {
            for run in page.runs() {
                let Mark::Node(NodeId(at)) = run.mark else { continue };
                let Some(at) = block.get(at).copied().flatten() else { continue };
                if let Some(text) = by_node.get_mut(at) {
                    text.push_str(page.text_of(run));
                }
            }
        }
        let mut out = vec![String::new(); nodes.len()];
        for (text, owner) in by_node.iter().zip(owner) {
            if let Some(out) = owner.and_then(|at| out.get_mut(at)) {
                out.push_str(text);
            }
        }
        out
    }

    /// Adds a page of another layout, with its pictures; its number here. Links and structure stay
    /// behind.
    pub fn adopt(&mut self, from: &Self, at: usize) -> usize {
        let mut page = from.pages.get(at).cloned().unwrap_or_default();
        page.links.clear();
        for item in &mut page.items {
            let Item::Picture { picture, .. } = item else { continue };
            let Some(own) = from.pictures.get(*picture) else { continue };
            let known = self.pictures.iter().position(|known| known == own);
            *picture = known.unwrap_or_else(|| {
                self.pictures.push(own.clone());
                self.pictures.len() - 1
            });
        }
        self.pages.push(page);
        self.pages.len() - 1
    }
}
