//! What is what, in reading order: the tree that a tagged PDF writes out.

/// A node of the [`Structure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// What a node is. The names are those of ISO 32000-1 §14.8.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StructureRole {
    /// The edition.
    Document,
    /// Cover, contents, back matter.
    Part,
    /// An article.
    Article,
    /// A part of an article, under one heading.
    Section,
    /// A heading; 1 is an article's title.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A picture.
    Figure,
    /// A contents list.
    Contents,
    /// One of its entries.
    ContentsItem,
}

/// One node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub role: StructureRole,
    /// What it is in; the document is in nothing.
    pub parent: Option<NodeId>,
}

/// The tree. Children of a node come in the order they were added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Structure {
    nodes: Vec<Node>,
}

impl Structure {
    /// Adds a node as the last child of `parent`.
    pub fn add(&mut self, role: StructureRole, parent: Option<NodeId>) -> NodeId {
        self.nodes.push(Node { role, parent });
        NodeId(self.nodes.len() - 1)
    }

    /// A node.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0)
    }

    /// All nodes with their ids, parents before children.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes.iter().enumerate().map(|(at, node)| (NodeId(at), node))
    }

    /// Whether `id` is `above` or inside it.
    #[must_use]
    pub fn is_under(&self, id: NodeId, above: NodeId) -> bool {
        let mut at = Some(id);
        while let Some(id) = at {
            if id == above {
                return true;
            }
            at = self.node(id).and_then(|node| node.parent);
        }
        false
    }
}
