//! Behaviour through the public API and the command.
//!
//! One binary for all, so that the library is linked once. `every_file_is_here` fails when a file
//! of this folder is forgotten.

#![allow(
    clippy::cast_possible_truncation,
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that goes wrong should stop"
)]

mod architecture;
mod archive;
mod bad_input;
mod book;
mod book_parts;
mod check;
mod command;
mod constructs;
mod corpora;
mod docx;
mod encodings;
mod essay;
mod failure;
mod manuscript;
mod own_fonts;
mod pages;
mod pdf_lines;
mod pdf_text;
mod periodical;
mod picture_files;
mod print;
mod sandbox;
mod tags;
mod verify;

#[test]
fn every_file_is_here() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
    let main = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(module) = name.strip_suffix(".rs").filter(|m| *m != "main") else { continue };
        assert!(main.contains(&format!("mod {module};")), "{name} is not in main.rs");
    }
}

/// The bundled faces, read from their files.
fn library() -> &'static qikan::fonts::Library {
    use std::sync::{Arc, LazyLock};
    static LIBRARY: LazyLock<qikan::fonts::Library> = LazyLock::new(|| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts");
        qikan::fonts::Library::from_bundle(|name| {
            let bytes = std::fs::read(format!("{folder}/{name}")).ok()?;
            Some(qikan::fonts::FaceData::Read(Arc::new(bytes)))
        })
        .unwrap()
    });
    &LIBRARY
}
