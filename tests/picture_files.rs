//! Pictures as they come: each is on its page as it should look, or refused by name.
//!
//! Expected pixels are those that Pillow reads from the same files.

use crate::command::{qikan, stderr};
use lopdf::{Dictionary, Document, Object};
use std::path::Path;

/// Builds an article that shows one picture; exit code, words, the picture in the PDF.
fn shown(file: &str, set: &[&str]) -> (i32, String, Option<(Dictionary, Vec<u8>)>) {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(file);
    std::fs::copy(from, folder.path().join(file)).unwrap();
    std::fs::write(folder.path().join("a.md"), format!("# 题\n\n字。\n\n![图]({file})\n")).unwrap();
    let mut args = vec!["build", "a.md", "-e", "pdf", "-o", "out"];
    set.iter().for_each(|one| args.extend(["--set", one]));
    let output = qikan(folder.path(), &args);
    let picture = std::fs::read(folder.path().join("out/题.pdf")).ok().and_then(|bytes| {
        let doc = Document::load_mem(&bytes).unwrap();
        let is_image = |object: &&Object| {
            let Ok(stream) = object.as_stream() else { return false };
            stream
                .dict
                .get(b"Subtype")
                .is_ok_and(|name| name.as_name().is_ok_and(|n| n == b"Image"))
        };
        let stream = doc.objects.values().find(is_image)?.as_stream().unwrap();
        let pixels = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
        Some((stream.dict.clone(), pixels))
    });
    (output.status.code().unwrap(), stderr(&output), picture)
}

fn near(pixels: &[u8], width: usize, at: (usize, usize), expected: [u8; 3], slack: u8) {
    let from = (at.1 * width + at.0) * 3;
    let found = &pixels[from..from + 3];
    let close = found.iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= slack);
    assert!(close, "{at:?}: {found:?}, not {expected:?}");
}

#[test]
fn a_picture_of_four_inks_keeps_its_colours() {
    let (code, said, picture) = shown("cmyk.jpg", &[]);
    assert_eq!(code, 0, "{said}");
    let (dict, pixels) = picture.unwrap();
    assert_eq!(dict.get(b"ColorSpace").unwrap().as_name().unwrap(), b"DeviceRGB");
    assert_ne!(dict.get(b"Filter").unwrap().as_name().unwrap(), b"DCTDecode");
    near(&pixels, 100, (5, 3), [254, 14, 23], 30);
    near(&pixels, 100, (20, 50), [1, 4, 4], 12);
}

#[test]
fn a_turned_picture_stands_upright() {
    let (code, said, picture) = shown("turned.jpg", &[]);
    assert_eq!(code, 0, "{said}");
    let (_, pixels) = picture.unwrap();
    near(&pixels, 128, (5, 5), [18, 21, 54], 20);
    near(&pixels, 128, (64, 64), [176, 83, 66], 20);
}

#[test]
fn deep_and_clear_pixels_are_shown_on_white() {
    let (code, said, picture) = shown("deep.png", &[]);
    assert_eq!(code, 0, "{said}");
    let (_, pixels) = picture.unwrap();
    near(&pixels, 32, (0, 0), [255, 255, 255], 1);
    near(&pixels, 32, (16, 16), [8, 8, 255], 2);
}

#[test]
fn of_a_moving_picture_the_first_is_shown() {
    let (code, said, picture) = shown("moving.gif", &[]);
    assert_eq!(code, 0, "{said}");
    let (_, pixels) = picture.unwrap();
    near(&pixels, 1000, (100, 500), [255, 255, 255], 2);
    near(&pixels, 1000, (500, 500), [255, 0, 0], 2);
}

#[test]
fn what_cannot_be_shown_is_refused_by_name() {
    for (file, code) in [
        ("huge.png", "image::too-large"),
        ("truncated.jpg", "image::broken"),
        ("bomb.gif", "image::broken"),
    ] {
        let (exit, said, picture) = shown(file, &[]);
        assert_eq!(exit, 1, "{file}: {said}");
        assert!(said.contains(code) && said.contains("a.md:5:1"), "{file}: {said}");
        assert!(said.contains("image::lost"), "{file}: {said}");
        assert!(picture.is_none());
        let (exit, said, _) = shown(file, &["images.missing=warn"]);
        assert_eq!(exit, 0, "{file}: {said}");
    }
}

/// In the text a picture is as large as its pixels allow; a cover is full, sharp or not.
#[test]
fn a_picture_of_too_few_pixels_is_small_in_the_text_and_named_on_the_cover() {
    let (code, said, _) = shown("turned.jpg", &[]);
    assert!(code == 0 && !said.contains("image::low-resolution"), "{said}");
    let (code, said, _) = shown("turned.jpg", &["cover.image=turned.jpg"]);
    assert!(code == 0 && said.contains("image::low-resolution"), "{said}");
    assert!(said.contains("turned.jpg"), "{said}");
    let set = ["cover.image=turned.jpg", "design.picture-cover=[]"];
    let (code, said, _) = shown("turned.jpg", &set);
    assert!(code == 0 && said.contains("issue::cover-unused"), "{said}");
}

/// The pictures of a PDF of an article that shows two files.
fn pictures(files: [&str; 2], set: &[&str]) -> Vec<Dictionary> {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "# 题\n\n字。\n".to_owned();
    for (at, file) in files.iter().enumerate() {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(file);
        std::fs::copy(from, folder.path().join(format!("{at}-{file}"))).unwrap();
        text.push_str(&format!("\n![图]({at}-{file})\n"));
    }
    std::fs::write(folder.path().join("a.md"), text).unwrap();
    let mut args = vec!["build", "a.md", "-e", "pdf", "-o", "out"];
    set.iter().for_each(|one| args.extend(["--set", one]));
    let output = qikan(folder.path(), &args);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let doc =
        Document::load_mem(&std::fs::read(folder.path().join("out/题.pdf")).unwrap()).unwrap();
    let streams = doc.objects.values().filter_map(|object| object.as_stream().ok());
    let image = |dict: &Dictionary| dict.get(b"ColorSpace").is_ok();
    streams.map(|stream| stream.dict.clone()).filter(image).collect()
}

#[test]
fn a_picture_that_is_shown_twice_is_there_once() {
    assert_eq!(pictures(["deep.png", "deep.png"], &[]).len(), 1);
    assert_eq!(pictures(["deep.png", "turned.jpg"], &[]).len(), 2);
}

#[test]
fn a_picture_with_more_pixels_than_are_wanted_is_made_smaller() {
    let width = |dict: &Dictionary| dict.get(b"Width").unwrap().as_i64().unwrap();
    // Shown at 150 pixels an inch, 128 and 1000 of them.
    let [own, wide] = &pictures(["turned.jpg", "moving.gif"], &["images.max-dpi=75"])[..] else {
        panic!()
    };
    assert!((64..=66).contains(&width(own)), "{}", width(own));
    assert_eq!(own.get(b"Filter").unwrap().as_name().unwrap(), b"DCTDecode");
    assert!(width(wide) < 500, "{}", width(wide));
    let same = pictures(["turned.jpg", "moving.gif"], &["images.max-dpi=2400"]);
    assert_eq!(same.iter().map(width).collect::<Vec<_>>(), [128, 1000]);
}
