//! The structure of a layout → the structure tree of a tagged PDF (ISO 32000-1 §14.7, §14.8).
//!
//! In: the nodes of the layout, and for each page the node of each of its marked contents. Out:
//! an element for every node that has something to show, children in reading order. A node that
//! has words of its own has its children where they stand among them; in all others they come in
//! the order of the structure, whatever the pages' order is.

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

/// The pages of a document and what is marked on them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marked<'a> {
    pub(super) pages: &'a [ObjectId],
    /// For each page, the node of each marked content.
    pub(super) contents: &'a [Vec<NodeId>],
    /// Annotations with their pages and nodes, in the order of the pages.
    pub(super) annotations: &'a [(usize, ObjectId, NodeId)],
}

/// Writes the tree and links pages and annotations to it; the root.
pub(super) fn write(
    doc: &mut Document,
    layout: &Layout,
    marked: &Marked<'_>,
) -> Result<ObjectId, lopdf::Error> {
    let kids = kids(layout, marked);
    let root = doc.new_object_id();
    let nodes = layout.structure.nodes().zip(&kids);
    let elements: Vec<Option<ObjectId>> = nodes
        .map(|((_, node), kids)| {
            (!kids.is_empty() || is_cell(node.role)).then(|| doc.new_object_id())
        })
        .collect();
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
        doc.set_object(element, dict);
    }
    let tree = parent_tree(doc, &elements, marked)?;
    let top = layout.structure.nodes().filter(|(_, node)| node.parent.is_none());
    let top: Vec<Object> = top.filter_map(|(id, _)| of(&elements, id).map(Object::from)).collect();
    let mut dict = dictionary! { "Type" => "StructTreeRoot", "ParentTree" => tree, "K" => top };
    let next = marked.pages.len() + marked.annotations.len();
    dict.set("ParentTreeNextKey", i64::try_from(next).unwrap_or(0));
    let names = note_names(layout, &elements);
    if !names.is_empty() {
        dict.set("IDTree", dictionary! { "Names" => names });
    }
    doc.set_object(root, dict);
    Ok(root)
}

const fn is_cell(role: StructureRole) -> bool {
    matches!(role, StructureRole::Cell(_) | StructureRole::HeadCell(..))
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
        if is_cell(node.role) {
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
    for (page, contents) in marked.contents.iter().enumerate() {
        let numbered = contents.iter().enumerate();
        out.extend(numbered.map(|(number, node)| (*node, Kid::Content(page, number))));
        while let Some((_, id, node)) = annotations.next_if(|(at, ..)| *at == page) {
            out.push((*node, Kid::Annotation(page, *id)));
        }
    }
    out
}

/// The extent of cells, the kind of lists, the name of a note.
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
        StructureRole::Note => dict.set("ID", text(&note_name(id))),
        _ => {}
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

fn note_name(id: NodeId) -> String {
    format!("note-{:08}", id.0)
}

/// The notes by name (ISO 14289-1 §7.9).
fn note_names(layout: &Layout, elements: &[Option<ObjectId>]) -> Vec<Object> {
    let notes = layout.structure.nodes().filter(|(_, node)| node.role == StructureRole::Note);
    let named = notes.filter_map(|(id, _)| Some([text(&note_name(id)), of(elements, id)?.into()]));
    named.flatten().collect()
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
    let reference = |page: usize| marked.pages.get(page).copied();
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
                match other(*page) {
                    None => number.into(),
                    Some(page) => {
                        dictionary! { "Type" => "MCR", "Pg" => page, "MCID" => number }.into()
                    }
                }
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
    for (at, (page, nodes)) in marked.pages.iter().zip(marked.contents).enumerate() {
        let list: Vec<Object> = nodes.iter().map(element).collect();
        rows.insert(at, doc.add_object(list).into());
        let dict = doc.get_dictionary_mut(*page)?;
        dict.set("StructParents", i64::try_from(at).unwrap_or(0));
        dict.set("Tabs", "S");
    }
    for (at, (_, annotation, node)) in (marked.pages.len()..).zip(marked.annotations) {
        rows.insert(at, element(node));
        let dict = doc.get_dictionary_mut(*annotation)?;
        dict.set("StructParent", i64::try_from(at).unwrap_or(0));
    }
    let numbers = rows.into_iter();
    let numbers = numbers.flat_map(|(at, row)| [i64::try_from(at).unwrap_or(0).into(), row]);
    let numbers: Vec<Object> = numbers.collect();
    Ok(doc.add_object(dictionary! { "Nums" => numbers }))
}
