//! Every bad input: a message that names the file and what to do, exit code 4, nothing written.

use crate::command::{ESSAY, qikan, stderr};
use std::path::Path;

/// Builds one file with these bytes and checks that it is refused with this code.
fn refused(name: &str, bytes: &[u8], code: &str) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    check(folder.path(), name, code);
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{name}: something was written");
}

fn check(folder: &Path, input: &str, code: &str) {
    let output = qikan(folder, &["build", input]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(4), "{input}: {said}");
    assert!(said.contains(&format!("error[{code}]")), "{input}: {said}");
    assert!(said.contains(input), "{input} is not named: {said}");
    assert!(said.contains("\n  do: "), "{input}: no way out: {said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn files_that_are_no_articles_are_refused() {
    refused("空.txt", b"", "ingest::empty");
    refused("blank.txt", "\u{FEFF} \n\u{3000}\n\t".as_bytes(), "ingest::empty");
    refused("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "ingest::binary");
    refused("word.txt", b"PK\x03\x04\x14\0\x06\0", "ingest::binary");
    refused("zeros.txt", &[0; 64], "ingest::binary");
    refused("noise.txt", b"\xFF\xFF\xFE\x80\x81\xFF", "ingest::encoding");
    refused("broken.txt", b"\xE4\xB8\x80\xFF\xFF\xFF", "ingest::encoding");
    refused("article.pages", b"text", "ingest::format");
}

#[test]
fn every_truncation_of_a_text_is_read_or_refused() {
    let text = "一二三四，五六七八。\n九十\u{20000}";
    let folder = tempfile::tempdir().unwrap();
    for end in [1, 2, 4, 31, text.len() - 1] {
        std::fs::write(folder.path().join("a.txt"), &text.as_bytes()[..end]).unwrap();
        let output = qikan(folder.path(), &["build", "-q", "-e", "epub", "a.txt"]);
        assert!(matches!(output.status.code(), Some(0 | 4)), "{end}: {}", stderr(&output));
    }
}

#[test]
fn what_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    check(folder.path(), "没有.txt", "ingest::missing");
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    check(folder.path(), "empty", "ingest::no-articles");
    assert_eq!(std::fs::read_dir(folder.path().join("empty")).unwrap().count(), 0);
}

#[test]
fn one_missing_article_of_two_fails_the_build() {
    let folder = tempfile::tempdir().unwrap();
    let output = qikan(folder.path(), &["build", ESSAY, "没有.txt", "-o", "out"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(stderr(&output).contains("没有.txt"));
    assert!(!folder.path().join("out").exists());
}

#[test]
fn bad_issue_files_say_where_and_what() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(ESSAY, folder.path().join("a.txt")).unwrap();
    for (manifest, code, wrong) in [
        ("[issue]\n'title' 1", "manifest::syntax", "1"),
        ("[issue]\nyear = 'soon'", "manifest::value", "'soon'"),
        ("[design]\ntemplate = 'folio'", "template::unknown", "'folio'"),
        ("[design]\ntype-area = { chars = 400 }", "template::value", "400"),
        ("[design]\ntrim = 'a99'", "template::value", "'a99'"),
        ("[print]\nprofile = '../x.icc'", "manifest::outside", "'../x.icc'"),
        ("[[section]]\narticles = ['b*.txt']", "manifest::no-match", "'b*.txt'"),
        ("[[section]]\narticles = ['a.txt', 'b*.txt']", "manifest::no-match", "'b*.txt'"),
        ("[[section]]\narticles = ['../*.txt']", "manifest::outside", "'../*.txt'"),
        ("[[section]]\narticles = ['/etc/hostname']", "manifest::outside", "'/etc/hostname'"),
    ] {
        std::fs::write(folder.path().join("qikan.toml"), manifest).unwrap();
        let output = qikan(folder.path(), &["build"]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(4), "{manifest}: {said}");
        assert!(said.contains(&format!("error[{code}]")), "{manifest}: {said}");
        let column = manifest.lines().last().unwrap().find(wrong).unwrap();
        let line = manifest.lines().count();
        let place = format!("qikan.toml:{line}:{}", column + 1);
        assert!(said.contains(&place), "{manifest}: {place}: {said}");
        assert!(said.contains(&"^".repeat(wrong.len())), "{manifest}: {said}");
        assert!(!folder.path().join("dist").exists());
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(ESSAY, folder.path().join("a.txt")).unwrap();
    std::fs::write(folder.path().join("qikan.toml"), "[[section]]\narticles = ['a.txt']").unwrap();
    let output = qikan(folder.path(), &["build"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(stderr(&output).contains("manifest::outside"), "{}", stderr(&output));
}

#[test]
fn a_character_without_a_glyph_is_an_error_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "题目\n正文\u{E000}在此。").unwrap();
    let output = qikan(folder.path(), &["build", "a.txt"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("fonts::missing-glyph") && said.contains("U+E000"), "{said}");
    assert!(said.contains("a.txt:2:3"), "{said}");
    let output = qikan(folder.path(), &["build", "a.txt", "--set", "fonts.missing=warn"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn a_broken_picture_is_found_where_it_is_referred_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut whole = Vec::new();
    let pixels = image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8, y as u8, 9]));
    let mut to = std::io::Cursor::new(&mut whole);
    pixels.write_to(&mut to, image::ImageFormat::Jpeg).unwrap();
    std::fs::write(folder.path().join("whole.jpg"), &whole).unwrap();
    std::fs::write(folder.path().join("cut.jpg"), &whole[..whole.len() - 20]).unwrap();
    let text = "# 题目\n\n正文在此。\n\n![图](whole.jpg)\n\n![图](cut.jpg)\n";
    std::fs::write(folder.path().join("a.md"), text).unwrap();
    let output = qikan(folder.path(), &["import", "a.md", "-o", "out"]);
    let said = stderr(&output);
    assert!(output.status.success(), "{said}");
    assert_eq!(said.matches("image::").count(), 1, "{said}");
    assert!(said.contains("warning[image::broken]") && said.contains("a.md:7:1"), "{said}");
    let output = qikan(folder.path(), &["build", "a.md", "-o", "out"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
}

#[test]
fn what_is_nested_too_deep_is_refused_by_its_limit() {
    let folder = tempfile::tempdir().unwrap();
    let attributes: String = (0..20_000).map(|n| format!(" a{n}=1")).collect();
    for (name, text, code) in [
        ("quotes.md", ">".repeat(20_000) + " 甲\n", "ingest::too-nested"),
        ("lists.md", "- ".repeat(5_000) + "乙\n", "ingest::too-nested"),
        ("tag.html", format!("<p{attributes}>正文。</p>"), "ingest::too-many-attributes"),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
        let output = qikan(folder.path(), &["import", name, "-o", "out"]);
        assert_eq!(output.status.code(), Some(4), "{name}");
        assert!(stderr(&output).contains(code), "{name}: {}", stderr(&output));
    }
}

#[test]
fn a_ledger_never_replaces_an_article() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "题目\n正文在此。").unwrap();
    for ledger in ["a.txt", "out/a.md"] {
        let output = qikan(folder.path(), &["import", "a.txt", "-o", "out", "--ledger", ledger]);
        assert_eq!(output.status.code(), Some(4), "{ledger}");
        assert!(!folder.path().join("out").exists(), "{ledger}");
    }
    assert_eq!(std::fs::read(folder.path().join("a.txt")).unwrap(), "题目\n正文在此。".as_bytes());
}

#[test]
fn odd_articles_are_read_back_as_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("ruby.html", "<p>正文<ruby>a|b}<rt>x}y|z</rt></ruby>。</p>"),
        ("list.html", "<ol start=18446744073709551615><li>甲<li>乙</ol><p>正文。</p>"),
        ("field.md", "---\ntitle: |\n  甲\n  乙\nsummary: \"一\\n\\n二\"\n---\n\n正文。\n"),
        (
            "control.html",
            "<p>正文<img alt='甲&#1;乙' src='a&#1;.png'><a href='http://a.cn/&#1;x'>链</a>。</p>",
        ),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
        let output = qikan(folder.path(), &["import", name, "-o", "once"]);
        assert!(output.status.success(), "{name}: {}", stderr(&output));
        let stem = name.split('.').next().unwrap();
        let once = format!("once/{stem}.md");
        let output = qikan(folder.path(), &["import", &once, "-o", "twice"]);
        assert!(output.status.success(), "{name}: {}", stderr(&output));
        let read = |path: &str| std::fs::read_to_string(folder.path().join(path)).unwrap();
        assert_eq!(read(&once), read(&format!("twice/{stem}.md")));
    }
    std::fs::write(folder.path().join("blank.txt"), "\u{200B}\n\u{FEFF}  \n").unwrap();
    let output = qikan(folder.path(), &["import", "blank.txt", "-o", "once"]);
    assert_eq!(output.status.code(), Some(4));
}
