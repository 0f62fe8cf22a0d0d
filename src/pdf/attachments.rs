//! Files inside a PDF, each with what it is to the pages (ISO 19005-3 §6.8, ISO 32000-2 §14.13).

use super::metadata::text;
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// What a file is to the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The pages were made from it.
    Source,
    /// It says the same in another form.
    Alternative,
    /// It tells more about the pages.
    Supplement,
}

/// A file that goes into the PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, one of its own.
    pub name: String,
    /// Its media type, `text/markdown`.
    pub media: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// What it is to the pages.
    pub relation: Relation,
    /// What it is, in words.
    pub said: String,
}

/// Puts files into a document and names them in its catalogue; `date` is `2021-04-26`.
pub(super) fn attach(
    doc: &mut Document,
    files: &[Attachment],
    date: Option<&str>,
) -> Result<(), lopdf::Error> {
    let mut named: Vec<(&Attachment, Object)> = Vec::new();
    for file in files {
        let length = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
        let mut about = dictionary! { "Size" => length };
        if let Some(date) = date {
            about.set("ModDate", text(&format!("D:{}000000Z", date.replace('-', ""))));
        }
        let stream = dictionary! {
            "Type" => "EmbeddedFile",
            "Subtype" => file.media.as_str(),
            "Params" => about,
        };
        let stream = doc.add_object(Stream::new(stream, file.bytes.clone()));
        let relation = match file.relation {
            Relation::Source => "Source",
            Relation::Alternative => "Alternative",
            Relation::Supplement => "Supplement",
        };
        let specification = dictionary! {
            "Type" => "Filespec",
            "F" => text(&file.name),
            "UF" => text(&file.name),
            "EF" => dictionary! { "F" => stream, "UF" => stream },
            "AFRelationship" => relation,
            "Desc" => text(&file.said),
        };
        named.push((file, doc.add_object(specification).into()));
    }
    let all: Vec<Object> = named.iter().map(|(_, file)| file.clone()).collect();
    // Names of a tree stand in the order of their bytes (ISO 32000-1 §7.9.6).
    let key = |file: &Attachment| text(&file.name);
    let bytes = |file: &Attachment| key(file).as_str().map(<[u8]>::to_vec).unwrap_or_default();
    named.sort_by_cached_key(|(file, _)| bytes(file));
    let names: Vec<Object> =
        named.into_iter().flat_map(|(file, object)| [key(file), object]).collect();
    let catalog = doc.catalog_mut()?;
    catalog.set("AF", all);
    let mut tree = Dictionary::new();
    tree.set("EmbeddedFiles", dictionary! { "Names" => names });
    catalog.set("Names", tree);
    Ok(())
}
