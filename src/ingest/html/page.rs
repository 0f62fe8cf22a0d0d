//! Questions to ask of a parsed page.

use super::address;
use super::dom::{Data, Node, NodeId};
use super::origin::attribute_places;
use crate::article::{RuleId, Text};
use crate::source::{FileId, Span};

const ENTITY: RuleId = RuleId("html::entity");

/// A parsed page and the file it was read from.
pub(super) struct Page<'a> {
    pub(super) nodes: Vec<Node>,
    pub(super) source: &'a str,
    pub(super) file: FileId,
    /// The address it was saved from, as far as it says so; what relative addresses are relative
    /// to.
    pub(super) home: Option<String>,
}

/// Elements whose text is never read by anyone.
const UNSEEN: &[&str] = &[
    "annotation",
    "annotation-xml",
    "applet",
    "audio",
    "button",
    "canvas",
    "embed",
    "frame",
    "frameset",
    "head",
    "iframe",
    "input",
    "map",
    "menu",
    "noframes",
    "noscript",
    "object",
    "option",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
];

impl Page<'_> {
    fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// The name of an element in lower case; empty for what is none.
    pub(super) fn name(&self, id: NodeId) -> &str {
        match self.node(id).map(|node| &node.data) {
            Some(Data::Element { name, .. }) => &name.local,
            _ => "",
        }
    }

    /// The characters of a text node.
    pub(super) fn text(&self, id: NodeId) -> Option<&Text> {
        match self.node(id).map(|node| &node.data) {
            Some(Data::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.parent
    }

    /// An attribute of an element, when it has one and it says something.
    pub(super) fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        let Some(Data::Element { attributes, .. }) = self.node(id).map(|node| &node.data) else {
            return None;
        };
        let found = attributes.iter().find(|attribute| &*attribute.name.local == name)?;
        Some(&found.value)
    }

    /// Where the start tag of an element stands; empty for one that the parser made up.
    pub(super) fn tag_place(&self, id: NodeId) -> std::ops::Range<usize> {
        match self.node(id).map(|node| &node.data) {
            Some(Data::Element { tag, .. }) => tag.clone(),
            _ => 0..0,
        }
    }

    /// An address in full; `None` for one that leads nowhere outside the page.
    pub(super) fn absolute(&self, address: &str) -> Option<String> {
        address::absolute(&without_controls(address), self.home.as_deref())
    }

    /// All attributes of an element.
    pub(super) fn attributes(&self, id: NodeId) -> Vec<(String, String)> {
        match self.node(id).map(|node| &node.data) {
            Some(Data::Element { attributes, .. }) => attributes
                .iter()
                .map(|one| (one.name.local.to_string(), one.value.to_string()))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The words of an attribute, with their origin and without white space around them.
    pub(super) fn attribute_text(&self, id: NodeId, name: &str) -> Option<Text> {
        let value = self.attribute(id, name)?;
        let bare = value.trim();
        let Some(Data::Element { tag, .. }) = self.node(id).map(|node| &node.data) else {
            return None;
        };
        let written = self.source.get(tag.clone())?;
        let places = attribute_places(written);
        let is = |place: &std::ops::Range<usize>| {
            written.get(place.clone()).is_some_and(|n| n.eq_ignore_ascii_case(name))
        };
        let place = places.into_iter().find(|place| is(&place.name))?.value;
        let raw = written.get(place.clone())?;
        let start = tag.start + place.start;
        if bare.is_empty() {
            return None;
        }
        match raw.find(bare) {
            Some(at) => Some(Text::kept(bare, self.file, start + at)),
            None => {
                let span = Span::new(self.file, start..start + raw.len());
                let mut text = Text::default();
                text.push(bare, span, Some(ENTITY));
                Some(text)
            }
        }
    }

    /// The nodes right below a node.
    pub(super) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let first = self.node(id).and_then(|node| node.first);
        std::iter::successors(first, |id| self.node(*id)?.next)
    }

    /// A node and all below it, in reading order.
    pub(super) fn all(&self, root: NodeId) -> Descendants<'_> {
        Descendants { page: self, root, next: Some(root) }
    }

    /// Elements of the page, in reading order.
    pub(super) fn elements(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.all(0).filter(|id| !self.name(*id).is_empty())
    }

    /// Whether `id` is `root` or stands below it.
    pub(super) fn is_inside(&self, id: NodeId, root: NodeId) -> bool {
        std::iter::successors(Some(id), |id| self.parent(*id)).any(|above| above == root)
    }

    /// Whether what stands in an element is not shown.
    pub(super) fn is_unseen(&self, id: NodeId) -> bool {
        UNSEEN.contains(&self.name(id)) || self.is_hidden(id)
    }

    /// Whether an element says itself that it is not shown.
    pub(super) fn is_hidden(&self, id: NodeId) -> bool {
        self.attribute(id, "hidden").is_some()
            || !self.name(id).is_empty()
                && self.style(id, "display").is_some_and(|how| how.eq_ignore_ascii_case("none"))
    }

    /// A property of an element's own style.
    pub(super) fn style(&self, id: NodeId, property: &str) -> Option<&str> {
        let style = self.attribute(id, "style")?;
        let declared = style.split(';').filter_map(|one| one.split_once(':'));
        let mut found = declared.filter(|(name, _)| name.trim().eq_ignore_ascii_case(property));
        found.next_back().map(|(_, value)| value.split('!').next().unwrap_or("").trim())
    }

    /// The words of an element and all that is shown in it.
    pub(super) fn words(&self, root: NodeId) -> Text {
        let mut out = Text::default();
        let mut walk = self.all(root);
        while let Some(id) = walk.next() {
            if id != root && self.is_unseen(id) {
                walk.skip_below(id);
            } else if let Some(text) = self.text(id) {
                out.append(text);
            }
        }
        out
    }

    /// Names a page gives an element, split at anything that is no letter, in lower case.
    pub(super) fn labels(&self, id: NodeId) -> Vec<String> {
        let names = ["id", "class"].into_iter().filter_map(|name| self.attribute(id, name));
        names.flat_map(labels).collect()
    }
}

/// The value of an attribute without what stands in no text.
pub(super) fn without_controls(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).collect()
}

/// `pubInfo-box_2` → `pub`, `info`, `box`.
fn labels(names: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut lower = false;
    for c in names.chars() {
        if !c.is_alphabetic() || c.is_uppercase() && lower {
            out.push(String::new());
        }
        lower = c.is_lowercase();
        if let Some(last) = out.last_mut().filter(|_| c.is_alphabetic()) {
            last.extend(c.to_lowercase());
        }
    }
    out.retain(|label| !label.is_empty());
    out
}

/// A walk over a node and all below it.
pub(super) struct Descendants<'a> {
    page: &'a Page<'a>,
    root: NodeId,
    next: Option<NodeId>,
}

impl Descendants<'_> {
    /// Goes on after `id` and all below it.
    pub(super) fn skip_below(&mut self, id: NodeId) {
        self.next = self.after(id);
    }

    fn after(&self, id: NodeId) -> Option<NodeId> {
        let mut at = id;
        loop {
            if at == self.root {
                return None;
            }
            let node = self.page.node(at)?;
            if node.next.is_some() {
                return node.next;
            }
            at = node.parent?;
        }
    }
}

impl Iterator for Descendants<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let id = self.next?;
        let first = self.page.node(id).and_then(|node| node.first);
        self.next = first.or_else(|| self.after(id));
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::labels;

    #[test]
    fn names_are_split_where_words_end() {
        assert_eq!(labels("pubInfo-box_2 TRS_Editor"), ["pub", "info", "box", "trs", "editor"]);
        assert_eq!(labels("UCAP-CONTENT"), ["ucap", "content"]);
    }
}
