//! What a PDF says about itself: the information dictionary and XMP.

use crate::page::{Periodical, Properties};
use lopdf::{Dictionary, Object, Stream, StringFormat, dictionary};
use std::fmt::Write;

/// What makes the files.
pub(super) const PRODUCER: &str = concat!("qikan ", env!("CARGO_PKG_VERSION"));

/// A text string: ASCII as it is, everything else in UTF-16 (ISO 32000-1 §7.9.2.2).
pub(super) fn text(value: &str) -> Object {
    if value.is_ascii() {
        return Object::String(value.as_bytes().to_vec(), StringFormat::Literal);
    }
    let utf16 = std::iter::once(0xFEFF).chain(value.encode_utf16());
    Object::String(utf16.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

/// The information dictionary.
pub(super) fn information(properties: &Properties) -> Dictionary {
    let mut out = dictionary! {
        "Title" => text(&properties.title),
        "Creator" => text(PRODUCER),
        "Producer" => text(PRODUCER),
    };
    if !properties.authors.is_empty() {
        out.set("Author", text(&properties.authors.join("、")));
    }
    if let Some(source) = &properties.source {
        out.set("Subject", text(source));
    }
    if let Some(date) = &properties.date {
        let stamp = format!("D:{}000000Z", date.replace('-', ""));
        out.set("CreationDate", text(&stamp));
        out.set("ModDate", text(&stamp));
    }
    out
}

/// The XMP packet, which says the same in XML (ISO 16684-1), with what the edition conforms to
/// and, for a periodical, PRISM fields.
pub(super) fn xmp(properties: &Properties, part: u8) -> Stream {
    let mut fields = vec![
        ("pdfaid:part", part.to_string()),
        ("pdfaid:conformance", "A".to_owned()),
        ("pdfuaid:part", "1".to_owned()),
    ];
    fields.extend(said(properties));
    fields.push(("pdfaExtension:schemas", schemas()));
    packet(&fields)
}

/// The packet of a print (ISO 15930-7 §6.2.1, §6.8).
pub(super) fn print_xmp(properties: &Properties, id: &str) -> Stream {
    let mut fields = vec![
        ("pdfxid:GTS_PDFXVersion", "PDF/X-4".to_owned()),
        ("xmpMM:DocumentID", id.to_owned()),
        ("xmpMM:VersionID", "1".to_owned()),
        ("xmpMM:RenditionClass", "default".to_owned()),
        ("pdf:Trapped", "False".to_owned()),
        (
            "xmp:MetadataDate",
            format!("{}T00:00:00Z", properties.date.as_deref().unwrap_or_default()),
        ),
    ];
    fields.extend(said(properties));
    packet(&fields)
}

fn packet(fields: &[(&str, String)]) -> Stream {
    let mut body = String::new();
    for (name, value) in fields {
        let _ = writeln!(body, "<{name}>{value}</{name}>");
    }
    let spaces: String =
        NAMESPACES.iter().map(|(prefix, uri)| format!(" xmlns:{prefix}=\"{uri}\"")).collect();
    let packet = format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\"{spaces}>\n\
         {body}</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"
    );
    let dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    Stream::new(dictionary, packet.into_bytes()).with_compression(false)
}

const NAMESPACES: &[(&str, &str)] = &[
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
    ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
    ("pdfxid", "http://www.npes.org/pdfx/ns/id/"),
    ("xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
    ("prism", "http://prismstandard.org/namespaces/basic/2.0/"),
    ("pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
    ("pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
    ("pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
];

/// A schema of metadata: prefix, name, and each property with its type and what it is.
struct Schema {
    prefix: &'static str,
    name: &'static str,
    properties: &'static [(&'static str, &'static str, &'static str)],
}

/// Schemas that PDF/A does not know and wants described (ISO 19005-2 §6.6.2.3.3).
const SCHEMAS: &[Schema] = &[
    Schema {
        prefix: "pdfuaid",
        name: "PDF/UA identification",
        properties: &[("part", "Integer", "Part of ISO 14289 the file conforms to")],
    },
    Schema {
        prefix: "prism",
        name: "PRISM basic metadata",
        properties: &[
            ("publicationName", "Text", "Title of the periodical"),
            ("issn", "Text", "ISSN of the periodical"),
            ("volume", "Text", "Volume"),
            ("number", "Text", "Number of the issue"),
            ("coverDate", "Text", "Date of the issue"),
            ("coverDisplayDate", "Text", "Year and number as printed"),
            ("section", "bag Text", "Sections of the issue"),
        ],
    },
];

/// What the edition says of itself: every field with its value in XML.
fn said(properties: &Properties) -> Vec<(&'static str, String)> {
    let list = |kind: &str, items: &mut dyn Iterator<Item = String>| {
        let items: String = items.map(|item| format!("<rdf:li>{item}</rdf:li>")).collect();
        (!items.is_empty()).then(|| format!("<rdf:{kind}>{items}</rdf:{kind}>"))
    };
    let default = |text: &str| {
        format!("<rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt>", escape(text))
    };
    let one = |text: &Option<String>| text.as_deref().map(escape);
    let date = properties.date.as_deref();
    let time = date.map(|date| format!("{date}T00:00:00Z"));
    let name = properties.periodical.as_ref();
    let of = |field: fn(&Periodical) -> &Option<String>| name.and_then(|name| one(field(name)));
    let sections = name.map(|name| name.sections.as_slice()).unwrap_or_default();
    let fields = [
        ("dc:title", Some(default(&properties.title))),
        ("dc:creator", list("Seq", &mut properties.authors.iter().map(|name| escape(name)))),
        ("dc:language", list("Bag", &mut std::iter::once(escape(&properties.language)))),
        ("dc:publisher", list("Bag", &mut of(|name| &name.publisher).into_iter())),
        ("dc:description", properties.description.as_deref().map(default)),
        ("dc:rights", properties.rights.as_deref().map(default)),
        ("dc:source", one(&properties.source)),
        ("dc:date", list("Seq", &mut date.map(str::to_owned).into_iter())),
        ("xmp:CreateDate", time.clone()),
        ("xmp:ModifyDate", time),
        ("xmp:CreatorTool", Some(PRODUCER.to_owned())),
        ("pdf:Producer", Some(PRODUCER.to_owned())),
        ("prism:publicationName", name.map(|name| escape(&name.name))),
        ("prism:issn", of(|name| &name.issn)),
        ("prism:volume", of(|name| &name.volume)),
        ("prism:number", of(|name| &name.number)),
        ("prism:coverDate", name.and_then(|_| date.map(str::to_owned))),
        ("prism:coverDisplayDate", of(|name| &name.display_date)),
        ("prism:section", list("Bag", &mut sections.iter().map(|name| escape(name)))),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// The description of [`SCHEMAS`].
fn schemas() -> String {
    let mut out = String::from("<rdf:Bag>");
    for Schema { prefix, name, properties } in SCHEMAS {
        let uri = NAMESPACES.iter().find(|(own, _)| own == prefix).map_or("", |(_, uri)| uri);
        let _ = write!(
            out,
            "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>{name}</pdfaSchema:schema>\
             <pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI>\
             <pdfaSchema:prefix>{prefix}</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
        );
        for (property, kind, said) in *properties {
            let _ = write!(
                out,
                "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>{property}\
                 </pdfaProperty:name><pdfaProperty:valueType>{kind}</pdfaProperty:valueType>\
                 <pdfaProperty:category>external</pdfaProperty:category>\
                 <pdfaProperty:description>{said}</pdfaProperty:description></rdf:li>"
            );
        }
        out.push_str("</rdf:Seq></pdfaSchema:property></rdf:li>");
    }
    out.push_str("</rdf:Bag>");
    out
}

/// Text for XML; characters that XML has no place for are left out.
fn escape(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
