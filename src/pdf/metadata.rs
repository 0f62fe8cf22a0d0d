//! What a PDF says about itself: the information dictionary and XMP.

use crate::page::Properties;
use lopdf::{Dictionary, Object, Stream, StringFormat, dictionary};

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

/// The XMP packet, which says the same in XML (ISO 16684-1).
pub(super) fn xmp(properties: &Properties) -> Stream {
    let mut body = String::new();
    let mut add = |line: String| {
        body.push_str(&line);
        body.push('\n');
    };
    let title = escape(&properties.title);
    let language = escape(&properties.language);
    add(format!(
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>"
    ));
    if !properties.authors.is_empty() {
        let names =
            properties.authors.iter().map(|name| format!("<rdf:li>{}</rdf:li>", escape(name)));
        add(format!("<dc:creator><rdf:Seq>{}</rdf:Seq></dc:creator>", names.collect::<String>()));
    }
    add(format!("<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>"));
    if let Some(source) = &properties.source {
        add(format!("<dc:source>{}</dc:source>", escape(source)));
    }
    if let Some(date) = &properties.date {
        add(format!("<dc:date><rdf:Seq><rdf:li>{date}</rdf:li></rdf:Seq></dc:date>"));
        add(format!("<xmp:CreateDate>{date}T00:00:00Z</xmp:CreateDate>"));
        add(format!("<xmp:ModifyDate>{date}T00:00:00Z</xmp:ModifyDate>"));
    }
    add(format!("<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>"));
    add(format!("<pdf:Producer>{PRODUCER}</pdf:Producer>"));
    let packet = format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n\
         {body}</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"
    );
    let dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    Stream::new(dictionary, packet.into_bytes()).with_compression(false)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
