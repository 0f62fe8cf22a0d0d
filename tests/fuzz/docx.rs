//! `.docx`: a zip as it is, or the text part of one; see `whole.rs`.
#![no_main]

use std::io::{Cursor, Write};
use zip::CompressionMethod::Stored;
use zip::write::SimpleFileOptions;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        return qikan_fuzz::check("a.docx", bytes);
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(Stored);
    zip.start_file("word/document.xml", stored).expect("a name");
    zip.write_all(bytes).expect("memory");
    let bytes = zip.finish().expect("memory").into_inner();
    qikan_fuzz::check("a.docx", &bytes);
});
