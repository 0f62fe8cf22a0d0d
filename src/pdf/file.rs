//! The objects of a document → the bytes of its file (ISO 32000-1 §7.5).
//!
//! Streams stand by themselves; all other objects are packed together, a thousand to a stream
//! (§7.5.7), and a stream says where each is (§7.5.8). lopdf would do the same with a second copy
//! of every object, one stream after the other. The structure tree has more elements than the rest
//! of the file has objects, and comes as bytes already.

use super::PdfError;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;

/// Objects in one stream: many are alike, and together they take less.
const OBJECTS: usize = 1000;

/// An object as it is written, by its number.
pub(super) type Packed = (u32, Vec<u8>);

/// Where an object stands.
enum Entry {
    /// So many bytes from the beginning.
    At(usize),
    /// In a stream, so many objects from its beginning.
    In(u32, usize),
}

/// An object as it is written.
pub(super) fn bytes_of(object: Object) -> Result<Vec<u8>, lopdf::Error> {
    // What stands before the operators of a content stream is written as objects are.
    let operation = Operation { operator: String::new(), operands: vec![object] };
    let mut bytes = Content { operations: vec![operation] }.encode()?;
    bytes.truncate(bytes.trim_ascii_end().len());
    Ok(bytes)
}

/// Writes a document, and the elements of its structure tree.
pub(super) fn save(doc: Document, elements: Vec<Packed>) -> Result<Vec<u8>, PdfError> {
    write(doc, elements).map_err(|error| PdfError::Write(error.to_string()))
}

fn write(doc: Document, elements: Vec<Packed>) -> Result<Vec<u8>, lopdf::Error> {
    let mut out = format!("%PDF-{}\n%\u{e2}\u{e3}\u{cf}\u{d3}\n", doc.version).into_bytes();
    let mut entries: BTreeMap<u32, Entry> = BTreeMap::new();
    let mut packed = elements;
    let mut next = doc.max_id + 1;
    for ((id, _), object) in doc.objects {
        match object {
            Object::Stream(stream) => {
                entries.insert(id, Entry::At(out.len()));
                write_stream(id, stream, &mut out)?;
            }
            object => packed.push((id, bytes_of(object)?)),
        }
    }
    packed.sort_by_key(|(id, _)| *id);
    let streams: Vec<(Vec<u32>, Stream)> =
        packed.par_chunks(OBJECTS).map(object_stream).collect::<Result<_, _>>()?;
    drop(packed);
    for (ids, stream) in streams {
        entries.extend(ids.into_iter().zip(0..).map(|(id, at)| (id, Entry::In(next, at))));
        entries.insert(next, Entry::At(out.len()));
        write_stream(next, stream, &mut out)?;
        next += 1;
    }
    let start = out.len();
    entries.insert(next, Entry::At(start));
    write_stream(next, references(doc.trailer, &entries, next)?, &mut out)?;
    out.extend(format!("startxref\n{start}\n%%EOF\n").into_bytes());
    Ok(out)
}

fn write_stream(id: u32, stream: Stream, out: &mut Vec<u8>) -> Result<(), lopdf::Error> {
    let Stream { mut dict, content, .. } = stream;
    dict.set("Length", i64::try_from(content.len()).unwrap_or(0));
    out.extend(format!("{id} 0 obj\n").into_bytes());
    out.extend(bytes_of(dict.into())?);
    out.extend(b"\nstream\n");
    out.extend(content);
    out.extend(b"\nendstream\nendobj\n");
    Ok(())
}

/// Packs objects into a stream: their numbers and places, then the objects.
fn object_stream(objects: &[Packed]) -> Result<(Vec<u32>, Stream), lopdf::Error> {
    let (mut head, mut body) = (String::new(), Vec::new());
    for (id, bytes) in objects {
        head.push_str(&format!("{id} {} ", body.len()));
        body.extend(bytes);
        body.push(b'\n');
    }
    let count = |length: usize| i64::try_from(length).unwrap_or(0);
    let dict = dictionary! {
        "Type" => "ObjStm",
        "N" => count(objects.len()),
        "First" => count(head.len()),
        "Filter" => "FlateDecode",
    };
    let content = deflated(&[head.as_bytes(), &body].concat(), 9)?;
    Ok((objects.iter().map(|(id, _)| *id).collect(), Stream::new(dict, content)))
}

/// The stream that says where each object is; it stands for the trailer, too.
fn references(
    trailer: Dictionary,
    entries: &BTreeMap<u32, Entry>,
    last: u32,
) -> Result<Stream, lopdf::Error> {
    let wide = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes();
    let mut content = vec![0, 0, 0, 0, 0, 0xFF, 0xFF];
    let mut sections: Vec<(u32, u32)> = vec![(0, 1)];
    for (id, entry) in entries {
        match sections.last_mut() {
            Some((first, count)) if *first + *count == *id => *count += 1,
            _ => sections.push((*id, 1)),
        }
        let (kind, place, index) = match entry {
            Entry::At(offset) => (1, wide(*offset), 0),
            Entry::In(stream, at) => (2, stream.to_be_bytes(), *at),
        };
        content.push(kind);
        content.extend(place);
        content.extend(u16::try_from(index).unwrap_or(0).to_be_bytes());
    }
    let sections = sections.into_iter().flat_map(|(first, count)| [first, count]);
    let mut dict = trailer;
    dict.set("Type", "XRef");
    dict.set("Size", i64::from(last) + 1);
    dict.set("W", vec![Object::from(1), 4.into(), 2.into()]);
    dict.set("Index", sections.map(|number| i64::from(number).into()).collect::<Vec<Object>>());
    dict.set("Filter", "FlateDecode");
    Ok(Stream::new(dict, deflated(&content, 9)?))
}

fn deflated(bytes: &[u8], level: u32) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Deflates every stream that is not yet, in parallel; metadata stays readable.
pub(super) fn compress(doc: &mut Document) {
    doc.objects.par_iter_mut().for_each(|(_, object)| {
        let Object::Stream(stream) = object else { return };
        let plain = stream.dict.get(b"Filter").is_err();
        let metadata =
            stream.dict.get(b"Type").is_ok_and(|t| t.as_name().is_ok_and(|n| n == b"Metadata"));
        if !plain || metadata {
            return;
        }
        if let Ok(packed) = deflated(&stream.content, 7)
            && packed.len() < stream.content.len()
        {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    });
}

/// `/ID` from the content, so that the same edition has the same one (ISO 32000-1 §14.4).
pub(super) fn identify(doc: &mut Document) {
    let mut hash = Sha256::new();
    for object in doc.objects.values() {
        if let Object::Stream(stream) = object {
            hash.update(&stream.content);
        }
    }
    let id = Object::String(hash.finalize()[..16].to_vec(), StringFormat::Hexadecimal);
    doc.trailer.set("ID", vec![id.clone(), id]);
}

/// The number of an object that has no other version.
pub(super) const fn number((id, _): ObjectId) -> u32 {
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_come_back_as_they_were() {
        let mut doc = Document::with_version("1.7");
        let stream = doc.add_object(Stream::new(Dictionary::new(), b"1 2 3".repeat(40)));
        let name = Object::string_literal("(a\\b)\u{e9}");
        let catalog =
            doc.add_object(dictionary! { "Type" => "Catalog", "S" => stream, "N" => name });
        doc.trailer.set("Root", catalog);
        let element = doc.new_object_id();
        let bytes = bytes_of(vec![Object::from(1), "a".into(), Object::Null].into()).unwrap();
        compress(&mut doc);
        let expected = doc.objects.clone();
        let file = save(doc, vec![(number(element), bytes)]).unwrap();
        let read = Document::load_mem(&file).unwrap();
        for (id, object) in expected {
            let (own, other) = (read.get_object(id).unwrap(), object);
            match (own, &other) {
                (Object::Stream(own), Object::Stream(other)) => {
                    assert_eq!(own.content, other.content);
                }
                (own, other) => assert_eq!(own, other),
            }
        }
        assert_eq!(read.get_object(element).unwrap().as_array().unwrap().len(), 3);
    }
}
