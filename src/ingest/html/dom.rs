//! A parsed page: elements and texts in one flat array, each text with its origin.
//!
//! The tree builder of `html5ever` calls in here; it takes pages as browsers do, whatever is
//! wrong with their tags.

#![expect(clippy::indexing_slicing, reason = "an id is a place in the arena that gave it out")]

use crate::article::{RuleId, Text};
use crate::source::{FileId, Span};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, LocalName, QualName};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::ops::Range;

/// Characters that the tree builder makes up where it repairs a page.
const REPAIR: RuleId = RuleId("html::repair");

/// A node, by its place in the array of a page.
pub(super) type NodeId = usize;

/// What a node is.
#[derive(Debug)]
pub(super) enum Data {
    Document,
    Element {
        name: QualName,
        attributes: Vec<Attribute>,
        /// Where its start tag stands; empty for one the tree builder made up.
        tag: Range<usize>,
    },
    Text(Text),
    /// Comments and the like.
    Other,
}

/// A node and its neighbours.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) data: Data,
    pub(super) parent: Option<NodeId>,
    pub(super) first: Option<NodeId>,
    last: Option<NodeId>,
    previous: Option<NodeId>,
    pub(super) next: Option<NodeId>,
    depth: usize,
}

/// A node as the tree builder holds it.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    id: NodeId,
    name: Option<QualName>,
}

/// Where the tree builder puts the page.
#[derive(Debug)]
pub(super) struct Growing {
    file: FileId,
    nodes: RefCell<Vec<Node>>,
    /// Characters that were read and not yet put anywhere.
    pending: RefCell<VecDeque<(Text, usize)>>,
    /// The start tag that is being read: its name and its place.
    tag: RefCell<Option<(LocalName, Range<usize>)>>,
    /// How deep the innermost open element is.
    depth: Cell<usize>,
}

impl Growing {
    pub(super) fn new(file: FileId) -> Self {
        let growing = Self {
            file,
            nodes: RefCell::default(),
            pending: RefCell::default(),
            tag: RefCell::default(),
            depth: Cell::new(0),
        };
        growing.add(Data::Document);
        growing
    }

    /// Gets characters ready that the tree builder is about to place.
    pub(super) fn characters(&self, text: Text) {
        self.pending.borrow_mut().push_back((text, 0));
    }

    /// Forgets characters that belong nowhere.
    pub(super) fn settle(&self) {
        self.pending.borrow_mut().clear();
    }

    /// Gets the place of a start tag ready for the element it makes; others that the tree
    /// builder adds have none.
    pub(super) fn start_tag(&self, tag: Option<(LocalName, Range<usize>)>) {
        *self.tag.borrow_mut() = tag;
    }

    pub(super) const fn depth(&self) -> usize {
        self.depth.get()
    }

    pub(super) fn count(&self) -> usize {
        self.nodes.borrow().len()
    }

    fn add(&self, data: Data) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        let node = Node {
            data,
            parent: None,
            first: None,
            last: None,
            previous: None,
            next: None,
            depth: 0,
        };
        nodes.push(node);
        nodes.len() - 1
    }

    /// The characters `value` among those that were read, with their origin.
    fn origin(&self, value: &str) -> Text {
        let mut pending = self.pending.borrow_mut();
        for at in 0..pending.len() {
            let Some((text, used)) = pending.get_mut(at) else { break };
            let left = text.as_str().get(*used..).unwrap_or_default();
            if let Some(found) = left.find(value) {
                let start = *used + found;
                *used = start + value.len();
                let out = text.slice(start..start + value.len());
                pending.drain(..at);
                return out;
            }
        }
        let mut made_up = Text::default();
        made_up.push(value, Span::new(self.file, 0..0), Some(REPAIR));
        made_up
    }

    /// Puts a node or text before `before`, or at the end of `parent`.
    fn insert(&self, parent: NodeId, before: Option<NodeId>, child: NodeOrText<Handle>) {
        let child = match child {
            NodeOrText::AppendNode(handle) => {
                self.detach(handle.id);
                handle.id
            }
            NodeOrText::AppendText(value) => {
                let text = self.origin(&value);
                if self.extend(parent, before, &text) {
                    return;
                }
                self.add(Data::Text(text))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        let previous = match before {
            Some(before) => nodes[before].previous,
            None => nodes[parent].last,
        };
        let depth = nodes[parent].depth + 1;
        let node = &mut nodes[child];
        (node.parent, node.previous, node.next, node.depth) =
            (Some(parent), previous, before, depth);
        if matches!(node.data, Data::Element { .. }) {
            self.depth.set(depth);
        }
        match previous {
            Some(previous) => nodes[previous].next = Some(child),
            None => nodes[parent].first = Some(child),
        }
        match before {
            Some(before) => nodes[before].previous = Some(child),
            None => nodes[parent].last = Some(child),
        }
    }

    /// Adds text to a text that ends where it is to stand.
    fn extend(&self, parent: NodeId, before: Option<NodeId>, text: &Text) -> bool {
        let mut nodes = self.nodes.borrow_mut();
        let previous = match before {
            Some(before) => nodes[before].previous,
            None => nodes[parent].last,
        };
        let Some(Data::Text(last)) = previous.map(|id| &mut nodes[id].data) else { return false };
        last.append(text);
        true
    }

    fn detach(&self, id: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let (parent, previous, next) = (nodes[id].parent, nodes[id].previous, nodes[id].next);
        match (previous, parent) {
            (Some(previous), _) => nodes[previous].next = next,
            (None, Some(parent)) => nodes[parent].first = next,
            (None, None) => {}
        }
        match (next, parent) {
            (Some(next), _) => nodes[next].previous = previous,
            (None, Some(parent)) => nodes[parent].last = previous,
            (None, None) => {}
        }
        let node = &mut nodes[id];
        (node.parent, node.previous, node.next) = (None, None, None);
    }
}

impl TreeSink for Growing {
    type Handle = Handle;
    type Output = Vec<Node>;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Vec<Node> {
        self.nodes.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: 0, name: None }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        static NONE: std::sync::LazyLock<QualName> =
            std::sync::LazyLock::new(|| QualName::new(None, "".into(), "".into()));
        target.name.as_ref().unwrap_or(&NONE).expanded()
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> Handle {
        let own = self.tag.borrow_mut().take_if(|(tag, _)| *tag == name.local);
        let tag = own.map(|(_, place)| place).unwrap_or_default();
        let id = self.add(Data::Element { name: name.clone(), attributes, tag });
        Handle { id, name: Some(name) }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle { id: self.add(Data::Other), name: None }
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        Handle { id: self.add(Data::Other), name: None }
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, None, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let has_parent = self.nodes.borrow()[element.id].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Handle) {
        self.depth.set(self.nodes.borrow()[node.id].depth.saturating_sub(1));
    }

    // What stands in a template is never shown.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.nodes.borrow()[sibling.id].parent;
        if let Some(parent) = parent {
            self.insert(parent, Some(sibling.id), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, more: Vec<Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        let Data::Element { attributes, .. } = &mut nodes[target.id].data else { return };
        for attribute in more {
            if attributes.iter().all(|known| known.name != attribute.name) {
                attributes.push(attribute);
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        loop {
            let first = self.nodes.borrow()[node.id].first;
            let Some(id) = first else { return };
            let handle = Handle { id, name: None };
            self.insert(parent.id, None, NodeOrText::AppendNode(handle));
        }
    }
}
