//! What is what, in reading order: the tree that a tagged PDF writes out.

/// A node of the [`Structure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// Which cells a heading cell of a table is the head of (ISO 32000-1 §14.8.5.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Those of its column.
    Column,
    /// Those of its row.
    Row,
}

/// How many columns and rows a cell takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Columns, from 1.
    pub columns: u16,
    /// Rows, from 1.
    pub rows: u16,
}

/// What a node is. The names are those of ISO 32000-1 §14.8.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StructureRole {
    /// The edition.
    Document,
    /// Cover, contents, back matter.
    Part,
    /// An article.
    Article,
    /// A part of an article: a sidebar.
    Section,
    /// A heading; 1 is an article's title.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A quotation on lines of its own.
    Quotation,
    /// A list; whether it is numbered.
    List(bool),
    /// An item of a list.
    ListItem,
    /// The number or bullet of an item or a note, the label before a text: not of the article.
    Label,
    /// What an item says.
    ListBody,
    /// Lines of code, or code among words.
    Code,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell that heads others.
    HeadCell(Scope, Extent),
    /// Any other cell.
    Cell(Extent),
    /// A picture.
    Figure,
    /// What stands below a picture or above a table.
    Caption,
    /// A note.
    Note,
    /// The mark of a note in the text, a line of contents: not of the article.
    Reference,
    /// Words that lead elsewhere.
    Link,
    /// A word with its reading.
    Ruby,
    /// The word.
    RubyBase,
    /// The reading.
    RubyText,
    /// Words in another language.
    Words,
    /// A contents list.
    Contents,
    /// One of its entries.
    ContentsItem,
}

impl StructureRole {
    /// Whether it stands among the words of another node (ISO 32000-1 §14.8.4.4).
    #[must_use]
    pub const fn is_inline(self) -> bool {
        matches!(
            self,
            Self::Link | Self::Ruby | Self::RubyBase | Self::RubyText | Self::Words | Self::Code
        )
    }

    /// Whether its words are made for the edition and are none of an article.
    #[must_use]
    pub const fn is_made(self) -> bool {
        matches!(self, Self::Label | Self::Reference)
    }
}

/// One node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub role: StructureRole,
    /// What it is in; the document is in nothing.
    pub parent: Option<NodeId>,
    /// BCP 47 language, where it is not that of the node above.
    pub language: Option<String>,
    /// What a picture shows, in words.
    pub alt: Option<String>,
    /// Where a link leads to, as its author wrote it.
    pub address: Option<String>,
    /// The node that a link leads to.
    pub target: Option<NodeId>,
}

/// The tree. Children of a node come in the order they were added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Structure {
    nodes: Vec<Node>,
}

impl Structure {
    /// Adds a node as the last child of `parent`.
    pub fn add(&mut self, role: StructureRole, parent: Option<NodeId>) -> NodeId {
        let (language, alt, address, target) = (None, None, None, None);
        self.push(Node { role, parent, language, alt, address, target })
    }

    /// Adds a node that is made already; its parent is in the tree.
    pub fn push(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        NodeId(self.nodes.len() - 1)
    }

    /// A node.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0)
    }

    /// A node, to be changed.
    pub fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id.0)
    }

    /// All nodes with their ids, parents before children.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes.iter().enumerate().map(|(at, node)| (NodeId(at), node))
    }

    /// The node itself or what it is in, from the inside out.
    pub fn above(&self, id: NodeId) -> impl Iterator<Item = (NodeId, &Node)> {
        std::iter::successors(self.node(id).map(|node| (id, node)), |(_, node)| {
            let parent = node.parent?;
            self.node(parent).map(|node| (parent, node))
        })
    }

    /// Whether `id` is `above` or inside it.
    #[must_use]
    pub fn is_under(&self, id: NodeId, above: NodeId) -> bool {
        self.above(id).any(|(id, _)| id == above)
    }
}
