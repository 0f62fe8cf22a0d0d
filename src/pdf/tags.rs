//! The structure of a layout → the structure tree of a tagged PDF (ISO 32000-1 §14.7, §14.8).
//!
//! In: the nodes of the layout, and for each page the node of each of its marked contents. Out:
//! an element for every node that has something to show, children in reading order. A node that
//! has words of its own has its children where they stand among them; in all others they come in
//! the order of the structure, whatever the pages' order is.

use super::file::{self, Packed};
use super::metadata::text;
use crate::page::{Extent, Layout, NodeId, Scope, StructureRole};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::collections::BTreeMap;

/// The standard structure type of a node (ISO 32000-1 §14.8.4).
pub(super) const fn name(role: StructureRole) -> &'static str {
    use StructureRole as R;
    match role {
        R::Document => "Document",
        R::Part => "Part",
        R::Article => "Art",
        R::Section => "Sect",
        R::Heading(0 | 1) => "H1",
        R::Heading(2) => "H2",
        R::Heading(3) => "H3",
        R::Heading(4) => "H4",
        R::Heading(5) => "H5",
        R::Heading(_) => "H6",
        R::Paragraph => "P",
        R::Quotation => "BlockQuote",
        R::List(_) => "L",
        R::ListItem => "LI",
        R::Label => "Lbl",
        R::ListBody => "LBody",
        R::Code => "Code",
        R::Table => "Table",
        R::Row => "TR",
        R::HeadCell(..) => "TH",
        R::Cell(_) => "TD",
        R::Figure => "Figure",
        R::Caption => "Caption",
        R::Note => "Note",
        R::Reference => "Reference",
        R::Link => "Link",
        R::Ruby => "Ruby",
        R::RubyBase => "RB",
        R::RubyText => "RT",
        R::Words => "Span",
        R::Contents => "TOC",
        R::ContentsItem => "TOCI",
    }
}

/// What an element has in it.
#[derive(Debug, Clone, Copy)]
enum Kid {
    Node(NodeId),
    /// A marked content: page and number.
    Content(usize, usize),
    /// An annotation on a page.
    Annotation(usize, ObjectId),
}

/// What an element has in it, and when that is first shown.
type Turned = (usize, Kid);

/// A page as it is read, with the node of each of its marked contents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf<'a> {
    /// Its number when the pages are read; the key to its elements.
    pub(super) turn: usize,
    /// The page of the document.
    pub(super) page: ObjectId,
    /// The form on it that shows this one, where there is one.
    pub(super) form: Option<ObjectId>,
    pub(super) contents: &'a [NodeId],
}

/// What is marked on the pages of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marked<'a> {
    /// In reading order.
    pub(super) leaves: &'a [Leaf<'a>],
    /// Annotations with their pages and nodes, in the order of the pages.
    pub(super) annotations: &'a [(usize, ObjectId, NodeId)],
}

impl Marked<'_> {
    /// One past the last key of a page.
    fn keys(&self) -> usize {
        self.leaves.iter().map(|leaf| leaf.turn + 1).max().unwrap_or(0)
    }
}

/// Writes the tree and links pages and annotations to it; the root, and the elements, each as it
/// stands in the file.
pub(super) fn write(
    doc: &mut Document,
    layout: &Layout,
    marked: &Marked<'_>,
) -> Result<(ObjectId, Vec<Packed>), lopdf::Error> {
    let kids = kids(layout, marked);
    let root = doc.new_object_id();
    let nodes = layout.structure.nodes().zip(&kids);
    let elements: Vec<Option<ObjectId>> = nodes
        .map(|((id, node), own)| {
            let table = is_cell(node.role).then(|| table_of(layout, id)).flatten();
            let shown =
                table.and_then(|table| kids.get(table.0)).is_some_and(|own| !own.is_empty());
            (!own.is_empty() || shown).then(|| doc.new_object_id())
        })
        .collect();
    let mut written = Vec::with_capacity(elements.len());
    let mut languages: Vec<&str> = Vec::new();
    let default = layout.properties.language.as_str();
    for ((id, node), kids) in layout.structure.nodes().zip(&kids) {
        let inherited = node.parent.and_then(|p| languages.get(p.0).copied()).unwrap_or(default);
        let language = node.language.as_deref().unwrap_or(inherited);
        languages.push(language);
        let Some(element) = of(&elements, id) else { continue };
        let parent = node.parent.and_then(|parent| of(&elements, parent));
        let mut dict = dictionary! { "S" => name(node.role), "P" => parent.unwrap_or(root) };
        if language != inherited {
            dict.set("Lang", text(language));
        }
        if let Some(alt) = &node.alt {
            dict.set("Alt", text(alt));
        }
        attributes(&mut dict, id, node.role);
        contents(&mut dict, kids, &elements, marked);
        written.push((file::number(element), file::bytes_of(dict.into())?));
    }
    let tree = parent_tree(doc, &elements, marked)?;
    let top = layout.structure.nodes().filter(|(_, node)| node.parent.is_none());
    let top: Vec<Object> = top.filter_map(|(id, _)| of(&elements, id).map(Object::from)).collect();
    let mut dict = dictionary! { "Type" => "StructTreeRoot", "ParentTree" => tree, "K" => top };
    let next = marked.keys() + marked.annotations.len();
    dict.set("ParentTreeNextKey", i64::try_from(next).unwrap_or(0));
    let names = element_names(layout, &elements);
    if !names.is_empty() {
        dict.set("IDTree", dictionary! { "Names" => names });
    }
    doc.set_object(root, dict);
    Ok((root, written))
}

const fn is_cell(role: StructureRole) -> bool {
    matches!(role, StructureRole::Cell(_) | StructureRole::HeadCell(..))
}

/// The table of a cell.
fn table_of(layout: &Layout, cell: NodeId) -> Option<NodeId> {
    let mut above = layout.structure.above(cell);
    above.find(|(_, node)| node.role == StructureRole::Table).map(|(id, _)| id)
}

/// The element of a node.
fn of(elements: &[Option<ObjectId>], node: NodeId) -> Option<ObjectId> {
    elements.get(node.0).copied().flatten()
}

/// What each node has in it, in reading order. Cells are there even when they are empty: they make
/// a table regular.
fn kids(layout: &Layout, marked: &Marked<'_>) -> Vec<Vec<Kid>> {
    let count = layout.structure.nodes().count();
    let mut own: Vec<Vec<Turned>> = vec![Vec::new(); count];
    // The turn at which each node, or what is in it, first shows something.
    let mut first: Vec<Option<usize>> = vec![None; count];
    for (turn, (node, kid)) in shown(marked).into_iter().enumerate() {
        let Some(list) = own.get_mut(node.0) else { continue };
        list.push((turn, kid));
        for (id, _) in layout.structure.above(node) {
            match first.get_mut(id.0) {
                Some(slot @ None) => *slot = Some(turn),
                _ => break,
            }
        }
    }
    let mut children: Vec<Vec<Turned>> = vec![Vec::new(); count];
    let mut called_for: Vec<bool> = first.iter().map(Option::is_some).collect();
    for (id, node) in layout.structure.nodes() {
        let table = is_cell(node.role).then(|| table_of(layout, id)).flatten();
        if table.is_some_and(|table| first[table.0].is_some()) {
            layout.structure.above(id).for_each(|(id, _)| called_for[id.0] = true);
        }
    }
    for (id, node) in layout.structure.nodes().filter(|(id, _)| called_for[id.0]) {
        if let Some(list) = node.parent.and_then(|parent| children.get_mut(parent.0)) {
            list.push((first[id.0].unwrap_or(0), Kid::Node(id)));
        }
    }
    let merge = |(mut all, children): (Vec<Turned>, Vec<Turned>)| -> Vec<Kid> {
        let mixed = !all.is_empty();
        all.extend(children);
        if mixed {
            all.sort_by_key(|(turn, _)| *turn);
        }
        all.into_iter().map(|(_, kid)| kid).collect()
    };
    own.into_iter().zip(children).map(merge).collect()
}

/// Everything marked, page by page: contents in the order they are drawn, then annotations.
fn shown(marked: &Marked<'_>) -> Vec<(NodeId, Kid)> {
    let mut out = Vec::new();
    let mut annotations = marked.annotations.iter().peekable();
    for (page, leaf) in marked.leaves.iter().enumerate() {
        let numbered = leaf.contents.iter().enumerate();
        out.extend(numbered.map(|(number, node)| (*node, Kid::Content(page, number))));
        while let Some((_, id, node)) = annotations.next_if(|(at, ..)| *at == page) {
            out.push((*node, Kid::Annotation(page, *id)));
        }
    }
    out
}

/// The extent of cells, the kind of lists, the name of an article and of a note.
fn attributes(dict: &mut Dictionary, id: NodeId, role: StructureRole) {
    match role {
        StructureRole::HeadCell(scope, extent) => dict.set("A", cell(extent, Some(scope))),
        StructureRole::Cell(extent) if extent.columns > 1 || extent.rows > 1 => {
            dict.set("A", cell(extent, None));
        }
        StructureRole::List(numbered) => {
            let kind = if numbered { "Decimal" } else { "Disc" };
            dict.set("A", dictionary! { "O" => "List", "ListNumbering" => kind });
        }
        _ => {
            if let Some(name) = element_name(id, role) {
                dict.set("ID", text(&name));
            }
        }
    }
}

/// The attributes of a cell (ISO 32000-1 §14.8.5.7).
fn cell(extent: Extent, scope: Option<Scope>) -> Dictionary {
    let mut out = dictionary! { "O" => "Table" };
    if let Some(scope) = scope {
        out.set("Scope", if scope == Scope::Column { "Column" } else { "Row" });
    }
    for (name, count) in [("ColSpan", extent.columns), ("RowSpan", extent.rows)] {
        if count > 1 {
            out.set(name, i64::from(count));
        }
    }
    out
}

/// The name of a note (ISO 14289-1 §7.9), and of an article: the inside and the cover of a print
/// are two files, and what they have of one article belongs together.
fn element_name(id: NodeId, role: StructureRole) -> Option<String> {
    match role {
        StructureRole::Article => Some(format!("article-{:08}", id.0)),
        StructureRole::Note => Some(format!("note-{:08}", id.0)),
        _ => None,
    }
}

/// The elements with names, by name.
fn element_names(layout: &Layout, elements: &[Option<ObjectId>]) -> Vec<Object> {
    let named = layout.structure.nodes();
    let named =
        named.filter_map(|(id, node)| Some((element_name(id, node.role)?, of(elements, id)?)));
    let named: BTreeMap<String, ObjectId> = named.collect();
    named.into_iter().flat_map(|(name, element)| [text(&name), element.into()]).collect()
}

/// Writes what an element has in it.
fn contents(
    dict: &mut Dictionary,
    kids: &[Kid],
    elements: &[Option<ObjectId>],
    marked: &Marked<'_>,
) {
    // Most contents are on the element's first page, which need not be named again.
    let own = kids.iter().find_map(|kid| match kid {
        Kid::Content(page, _) | Kid::Annotation(page, _) => Some(*page),
        Kid::Node(_) => None,
    });
    let leaf = |at: usize| marked.leaves.get(at);
    let reference = |at: usize| leaf(at).map(|leaf| leaf.page);
    if let Some(page) = own.and_then(reference) {
        dict.set("Pg", page);
    }
    let other = |page: usize| reference(page).filter(|_| Some(page) != own);
    let mut list: Vec<Object> = Vec::new();
    for kid in kids {
        list.push(match kid {
            Kid::Node(id) => match of(elements, *id) {
                Some(element) => element.into(),
                None => continue,
            },
            Kid::Content(page, number) => {
                let number = i64::try_from(*number).unwrap_or(0);
                let mut content = dictionary! { "Type" => "MCR", "MCID" => number };
                if let Some(page) = other(*page) {
                    content.set("Pg", page);
                }
                if let Some(form) = leaf(*page).and_then(|leaf| leaf.form) {
                    content.set("Stm", form);
                }
                if content.len() > 2 { content.into() } else { number.into() }
            }
            Kid::Annotation(page, id) => {
                let mut dict = dictionary! { "Type" => "OBJR", "Obj" => *id };
                if let Some(page) = other(*page) {
                    dict.set("Pg", page);
                }
                dict.into()
            }
        });
    }
    match list.len() {
        0 => {}
        1 => dict.set("K", list.swap_remove(0)),
        _ => dict.set("K", list),
    }
}

/// From marked contents and annotations back to their elements (ISO 32000-1 §14.7.4.4): an array
/// a page, then an element an annotation.
fn parent_tree(
    doc: &mut Document,
    elements: &[Option<ObjectId>],
    marked: &Marked<'_>,
) -> Result<ObjectId, lopdf::Error> {
    let element = |node: &NodeId| of(elements, *node).map_or(Object::Null, Object::from);
    let mut rows: BTreeMap<usize, Object> = BTreeMap::new();
    for leaf in marked.leaves {
        let list: Vec<Object> = leaf.contents.iter().map(element).collect();
        rows.insert(leaf.turn, doc.add_object(list).into());
        let number = i64::try_from(leaf.turn).unwrap_or(0);
        match leaf.form.and_then(|form| doc.objects.get_mut(&form)) {
            Some(Object::Stream(form)) => form.dict.set("StructParents", number),
            _ => doc.get_dictionary_mut(leaf.page)?.set("StructParents", number),
        }
        doc.get_dictionary_mut(leaf.page)?.set("Tabs", "S");
    }
    for (at, (_, annotation, node)) in (marked.keys()..).zip(marked.annotations) {
        rows.insert(at, element(node));
        let dict = doc.get_dictionary_mut(*annotation)?;
        dict.set("StructParent", i64::try_from(at).unwrap_or(0));
    }
    let numbers = rows.into_iter();
    let numbers = numbers.flat_map(|(at, row)| [i64::try_from(at).unwrap_or(0).into(), row]);
    let numbers: Vec<Object> = numbers.collect();
    Ok(doc.add_object(dictionary! { "Nums" => numbers }))
}
