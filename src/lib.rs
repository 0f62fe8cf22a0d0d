//! `qikan` (期刊) turns articles into finished editions of a Chinese periodical: a typeset PDF and
//! an EPUB 3, from one source, offline, the same bytes every time.
//!
//! The folders of this crate are the pipeline:
//!
//! ```text
//! files ─ingest─▶ Article ─copyedit─▶ Article + Ledger ─▶ Issue ─┐
//!                                                                ├─typeset─▶ Layout ─┬─pdf──▶ PDF
//!                                        Template, fonts ────────┘                   └─map─▶ epub
//! press runs it all and writes whole files or none · cli is the only room that prints
//! ```
//!
//! | room | may import |
//! |---|---|
//! | [`length`], [`colour`], [`source`] | – |
//! | [`diagnostics`] | source |
//! | [`article`] | source |
//! | [`ingest`] | article, source, diagnostics |
//! | [`copyedit`] | article, diagnostics, source |
//! | [`issue`] | article, length, source, diagnostics |
//! | [`fonts`] | length, diagnostics |
//! | [`page`] | length, colour, source, fonts |
//! | [`template`] | fonts, length, colour, source, diagnostics |
//! | [`bindery`] | length |
//! | [`typeset`] | issue, article, template, fonts, page, length, colour, source, diagnostics |
//! | [`pdf`] | page, fonts, length, colour, diagnostics |
//! | [`epub`] | issue, article, template, fonts, page, length, colour, diagnostics |
//! | [`manuscript`] | article |
//! | [`archive`] | issue, article |
//! | [`verify`] | article, source |
//! | [`press`] | all above |
//! | [`cli`] | press, issue, ingest, copyedit, fonts, diagnostics |
//!
//! `tests/architecture.rs` reads this table and every `use crate::…`, and fails on an arrow that
//! is not in it.
//!
//! # An edition in memory
//!
//! ```
//! use qikan::fonts::{FaceData, Library};
//! use qikan::ingest::Input;
//! use qikan::issue::Edition;
//! use qikan::press::{Order, Report, make};
//!
//! // The program links its faces; here they are read from the same files.
//! let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/");
//! let library = Library::from_bundle(|name| {
//!     let bytes = std::fs::read(format!("{folder}{name}")).ok()?;
//!     Some(FaceData::Read(std::sync::Arc::new(bytes)))
//! })?;
//!
//! let text = "山村的第一盏灯\n文/李明\n那一年,村里通了电.";
//! let article = Input { name: "灯.txt".into(), bytes: text.into(), ..Input::default() };
//! let order = Order {
//!     sections: vec![(None, vec![article])],
//!     editions: vec![Edition::Pdf],
//!     ..Order::default()
//! };
//! let mut report = Report::default();
//! let made = make(&order, &library, &mut report).expect("an edition");
//! assert_eq!(made[0].name, "山村的第一盏灯.pdf");
//! assert!(made[0].bytes.starts_with(b"%PDF-1.7"));
//! # Ok::<(), qikan::fonts::FontError>(())
//! ```

pub mod archive;
pub mod article;
pub mod bindery;
pub mod cli;
pub mod colour;
pub mod copyedit;
pub mod diagnostics;
pub mod epub;
pub mod fonts;
pub mod ingest;
pub mod issue;
pub mod length;
pub mod manuscript;
pub mod page;
pub mod pdf;
pub mod press;
pub mod source;
pub mod template;
pub mod typeset;
pub mod verify;
