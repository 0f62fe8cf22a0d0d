//! Fonts of the user's: taken where they are whole and may be embedded, refused by name where not.

use crate::command::{qikan, stderr};
use lopdf::Document;
use std::path::Path;

fn bundled(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(name)).unwrap()
}

/// Where a table of a font begins (OpenType §Table Directory).
fn table(font: &[u8], tag: &[u8; 4]) -> usize {
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let rows = (0..count).map(|at| &font[12 + at * 16..28 + at * 16]);
    let row = rows.into_iter().find(|row| &row[..4] == tag).unwrap();
    u32::from_be_bytes(row[8..12].try_into().unwrap()) as usize
}

/// Builds an article with a font file at hand; exit code, words, the PDF.
fn build(font: Option<&[u8]>, set: &[&str]) -> (i32, String, Option<Document>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("own")).unwrap();
    if let Some(font) = font {
        std::fs::write(folder.path().join("own/own.ttf"), font).unwrap();
    }
    std::fs::write(folder.path().join("a.md"), "# 题\n\n正文。\n").unwrap();
    let mut args = vec!["build", "a.md", "-e", "pdf", "-e", "epub", "-o", "out"];
    args.extend(["--font-path", "own", "--ignore-system-fonts"]);
    set.iter().for_each(|one| args.extend(["--set", one]));
    let output = qikan(folder.path(), &args);
    let pdf = std::fs::read(folder.path().join("out/题.pdf")).ok();
    let pdf = pdf.map(|bytes| Document::load_mem(&bytes).unwrap());
    (output.status.code().unwrap(), stderr(&output), pdf)
}

#[test]
fn a_whole_font_is_taken_for_the_role_it_is_given() {
    let font = bundled("LXGWWenKai-Regular.ttf");
    let (code, said, pdf) = build(Some(&font), &["fonts.song=LXGW WenKai"]);
    assert_eq!(code, 0, "{said}");
    let pdf = pdf.unwrap();
    let page = pdf.page_iter().last().unwrap();
    let names: Vec<String> = pdf
        .get_page_fonts(page)
        .unwrap()
        .values()
        .map(|font| {
            String::from_utf8_lossy(font.get(b"BaseFont").unwrap().as_name().unwrap()).into()
        })
        .collect();
    assert!(names.iter().any(|name| name.ends_with("+LXGWWenKai-Regular")), "{names:?}");
    let (code, said, _) = build(None, &["fonts.song=没有的字体"]);
    assert!(code == 2 && said.contains("fonts::unknown-family"), "{said}");
}

#[test]
fn a_font_that_may_not_be_embedded_is_refused() {
    let font = bundled("LXGWWenKai-Regular.ttf");
    // Restricted licence, no subsetting (OpenType OS/2 §fsType).
    for bits in [0x0002_u16, 0x0100] {
        let mut font = font.clone();
        let at = table(&font, b"OS/2") + 8;
        font[at..at + 2].copy_from_slice(&bits.to_be_bytes());
        let (code, said, pdf) = build(Some(&font), &[]);
        assert!(code == 1 && said.contains("fonts::forbidden"), "{said}");
        assert!(said.contains("own.ttf") && pdf.is_none(), "{said}");
    }
}

#[test]
fn a_broken_font_is_refused() {
    let font = bundled("SourceSerifPro-Regular.otf");
    let mut maps = font.clone();
    let at = table(&maps, b"cmap");
    maps[at..at + 64].fill(0xFF);
    for broken in [&font[..1000], b"not a font".as_slice(), &maps, &[]] {
        let (code, said, pdf) = build(Some(broken), &[]);
        assert!(code == 1 && said.contains("fonts::broken"), "{said}");
        assert!(said.contains("own.ttf") && pdf.is_none(), "{said}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "# 题\n\n正文。\n").unwrap();
    let output = qikan(folder.path(), &["build", "a.md", "--font-path", "nowhere"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(stderr(&output).contains("nowhere"));
}
