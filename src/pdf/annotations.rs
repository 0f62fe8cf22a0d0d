//! Links inside the edition and out, as annotations without a frame (ISO 32000-1 §12.5.6.5).

use super::metadata::text;
use crate::length::Pt;
use crate::page::{Layout, Link, NodeId, Target};
use lopdf::{Document, Object, ObjectId, dictionary};
use std::fmt::Write;

/// Writes every link of every page; each annotation with its page and node, page by page.
pub(super) fn annotate(
    doc: &mut Document,
    layout: &Layout,
    pages: &[ObjectId],
) -> Result<Vec<(usize, ObjectId, NodeId)>, lopdf::Error> {
    let mut out = Vec::new();
    for (at, (page, id)) in layout.pages.iter().zip(pages).enumerate() {
        let mut annotations: Vec<Object> = Vec::new();
        for link in &page.links {
            let Some(annotation) = annotation(link, page.height, layout, pages) else { continue };
            let annotation = doc.add_object(annotation);
            out.push((at, annotation, link.node));
            annotations.push(annotation.into());
        }
        let dictionary = doc.get_dictionary_mut(*id)?;
        if annotations.is_empty() {
            dictionary.remove(b"Annots");
        } else {
            dictionary.set("Annots", annotations);
        }
    }
    Ok(out)
}

fn annotation(
    link: &Link,
    height: Pt,
    layout: &Layout,
    pages: &[ObjectId],
) -> Option<lopdf::Dictionary> {
    let (left, top) = (link.rect.x, height - link.rect.y);
    let corners = [left, top - link.rect.height, left + link.rect.width, top];
    let corners: Vec<Object> = corners.iter().map(|c| c.to_f32().into()).collect();
    let mut out = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => corners,
        "Border" => vec![0.into(), 0.into(), 0.into()],
        // Printed, as far as a link is (ISO 19005-2 §6.3.2).
        "F" => 4,
    };
    match &link.target {
        Target::Place { page, y } => {
            let target = pages.get(*page)?;
            let label = layout.pages.get(*page).map_or("", |page| page.label.as_str());
            out.set("Dest", destination(*target, layout, *page, *y));
            out.set("Contents", text(&format!("→ {label}")));
        }
        Target::Address(address) => {
            out.set("A", dictionary! { "S" => "URI", "URI" => text(&escaped(address)) });
            out.set("Contents", text(address));
        }
    }
    Some(out)
}

/// Where a page is shown from: `[page /XYZ left top zoom]`.
pub(super) fn destination(page: ObjectId, layout: &Layout, at: usize, y: Pt) -> Object {
    let height = layout.pages.get(at).map_or(Pt::ZERO, |page| page.height);
    vec![page.into(), "XYZ".into(), 0.into(), (height - y).to_f32().into(), 0.into()].into()
}

/// An address in the characters addresses have (ISO 32000-1 §12.6.4.7, RFC 3986 §2).
fn escaped(address: &str) -> String {
    let mut out = String::new();
    for byte in address.bytes() {
        let allowed = byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
        if allowed {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn an_address_is_ascii() {
        assert_eq!(
            escaped("https://a.example/甲?b=\"c\"&d=%20"),
            "https://a.example/%E7%94%B2?b=%22c%22&d=%20"
        );
    }
}
