//! Headings and where they are.

use super::NodeId;
use crate::length::Pt;

/// One heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineEntry {
    /// 0 for an article or a part of the issue, 1 and deeper for headings inside.
    pub level: u8,
    /// What it says.
    pub title: String,
    /// The page, from 0.
    pub page: usize,
    /// How far down the page it begins.
    pub y: Pt,
    /// The node of the heading.
    pub node: NodeId,
}
