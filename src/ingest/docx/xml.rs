//! A part of a Word file as a tree: names as written, within bounds, without entities.

use super::package::DocxError;
use crate::ingest::limits;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name with its prefix: `w:p`.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Child>,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Child {
    Element(Element),
    Text(String),
}

impl Element {
    /// The elements right below.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// The first element of a name right below.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// An attribute by its name with its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The `w:val` of the first element of a name right below.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("w:val")
    }

    /// A switch such as `<w:b/>`: on when it is there and says nothing else.
    pub(super) fn switch(&self, name: &str) -> Option<bool> {
        let value = self.child(name)?.attribute("w:val");
        Some(!matches!(value, Some("0" | "false" | "off" | "none")))
    }

    /// All characters in it.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.gather(&mut out);
        out
    }

    fn gather(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(text) => out.push_str(text),
                Child::Element(element) => element.gather(out),
            }
        }
    }

    /// Every element of a name below, those inside another of the name left out.
    pub(super) fn outermost(&self, name: &str) -> Vec<&Self> {
        // A choice and its fallback hold the same.
        let once = self.elements().filter(|child| child.name != "mc:Fallback");
        let inner = |child: &'_ Self| child.name == name;
        once.flat_map(|child| if inner(child) { vec![child] } else { child.outermost(name) })
            .collect()
    }

    /// The first element of a name anywhere below.
    pub(super) fn find(&self, name: &str) -> Option<&Self> {
        self.elements().find_map(|element| {
            if element.name == name { Some(element) } else { element.find(name) }
        })
    }
}

/// Parses a part.
pub(super) fn parse(part: &str, bytes: &[u8]) -> Result<Element, DocxError> {
    let wrong = |reason: String| DocxError::Xml { part: part.to_owned(), reason };
    let over = |what, limit: usize| DocxError::Limit {
        part: part.to_owned(),
        what,
        limit: u64::try_from(limit).unwrap_or(u64::MAX),
    };
    let text = decoded(bytes).ok_or_else(|| wrong("encoding".to_owned()))?;
    let mut reader = Reader::from_str(&text);
    let mut open: Vec<Element> = vec![Element::default()];
    let mut count = 0;
    loop {
        let event = reader.read_event().map_err(|error| wrong(error.to_string()))?;
        count += usize::from(matches!(event, Event::Start(_) | Event::Empty(_)));
        if count > limits::XML_NODES {
            return Err(over("elements", limits::XML_NODES));
        }
        match event {
            Event::Start(start) => {
                if open.len() > limits::XML_DEPTH {
                    return Err(over("depth", limits::XML_DEPTH));
                }
                let element = element(&start).map_err(&wrong)?;
                let element = element.ok_or_else(|| over("attributes", limits::XML_ATTRIBUTES))?;
                open.push(element);
            }
            Event::Empty(start) => {
                let element = element(&start).map_err(&wrong)?;
                let element = element.ok_or_else(|| over("attributes", limits::XML_ATTRIBUTES))?;
                add(&mut open, Child::Element(element));
            }
            Event::End(_) => {
                let Some(element) = open.pop() else { break };
                add(&mut open, Child::Element(element));
            }
            Event::Text(value) => {
                let value = value.decode().map_err(|error| wrong(error.to_string()))?;
                add_text(&mut open, &value);
            }
            Event::CData(value) => {
                let value = value.decode().map_err(|error| wrong(error.to_string()))?;
                add_text(&mut open, &value);
            }
            Event::GeneralRef(reference) => {
                let character =
                    reference.resolve_char_ref().map_err(|error| wrong(error.to_string()))?;
                let name = String::from_utf8_lossy(&reference).into_owned();
                let value = match (character, name.as_str()) {
                    (Some(c), _) => c,
                    (None, "amp") => '&',
                    (None, "lt") => '<',
                    (None, "gt") => '>',
                    (None, "quot") => '"',
                    (None, "apos") => '\'',
                    // Entities of its own are how XML bombs are built; Word writes none.
                    (None, _) => return Err(wrong(format!("&{name};"))),
                };
                add_text(&mut open, value.encode_utf8(&mut [0; 4]));
            }
            Event::DocType(_) => return Err(wrong("<!DOCTYPE>".to_owned())),
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
    let root = open.into_iter().next().unwrap_or_default();
    let first = root.children.into_iter().find_map(|child| match child {
        Child::Element(element) => Some(element),
        Child::Text(_) => None,
    });
    first.ok_or_else(|| wrong("empty".to_owned()))
}

/// The characters of a part: UTF-8, or UTF-16 with a mark (ECMA-376-2 §10.1.2).
fn decoded(bytes: &[u8]) -> Option<String> {
    let (encoding, mark) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    let body = bytes.get(mark..)?;
    encoding.decode_without_bom_handling_and_without_replacement(body).map(|text| text.into_owned())
}

fn add(open: &mut [Element], child: Child) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(child);
    }
}

fn add_text(open: &mut [Element], value: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Child::Text(text)) => text.push_str(value),
        _ => parent.children.push(Child::Text(value.to_owned())),
    }
}

/// An element without children; `None` when it has too many attributes.
fn element(start: &BytesStart<'_>) -> Result<Option<Element>, String> {
    let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
    let mut attributes = Vec::new();
    // Looking for repeated names is what makes many attributes slow.
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if attributes.len() >= limits::XML_ATTRIBUTES {
            return Ok(None);
        }
        let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_err(|error| error.to_string())?;
        attributes.push((key, value.into_owned()));
    }
    Ok(Some(Element { name, attributes, children: Vec::new() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_references_are_read() {
        let root =
            parse("a", "<w:p w:x='a&amp;b'>一&#20013;<w:b w:val=\"0\"/>&lt;</w:p>".as_bytes());
        let root = root.unwrap();
        assert_eq!((root.text().as_str(), root.attribute("w:x")), ("一中<", Some("a&b")));
        assert_eq!(root.switch("w:b"), Some(false));
    }

    #[test]
    fn bombs_are_refused() {
        let deep = "<a>".repeat(100_000);
        let wide: String = (0..100_000).map(|n| format!(" a{n}='1'")).collect();
        let entity = "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>";
        for bomb in [deep, format!("<a{wide}/>"), entity.to_owned(), "<a>&b;</a>".to_owned()] {
            assert!(parse("a", bomb.as_bytes()).is_err());
        }
    }
}
