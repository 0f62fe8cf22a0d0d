//! What an issue may read: files of its own folder, and no more of them than the limits say.

#![cfg(unix)]

use crate::command::{qikan, stderr};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

/// A folder beside one with a secret.
fn folders() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("刊/articles")).unwrap();
    std::fs::create_dir(folder.path().join("外")).unwrap();
    std::fs::write(folder.path().join("外/秘.md"), "# 秘\n\n秘密。\n").unwrap();
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures/turned.jpg");
    std::fs::copy(picture, folder.path().join("外/秘.jpg")).unwrap();
    std::fs::write(folder.path().join("刊/articles/a.md"), "# 甲\n\n甲文。\n").unwrap();
    folder
}

/// Builds an issue with a line in its issue file; the exit code and what was said.
fn build(folder: &Path, line: &str) -> (Option<i32>, String) {
    let manifest = format!("{line}\n[design]\ntemplate = 'magazine'\n");
    std::fs::write(folder.join("刊/qikan.toml"), manifest).unwrap();
    let output = qikan(folder, &["build", "刊", "-o", "out"]);
    let said = stderr(&output);
    assert!(!said.contains("panicked"), "{said}");
    assert!(!folder.join("out").exists(), "something was written: {said}");
    (output.status.code(), said)
}

#[test]
fn articles_outside_the_folder_are_refused() {
    let folder = folders();
    let outside = folder.path().join("外/秘.md");
    symlink(&outside, folder.path().join("刊/articles/链.md")).unwrap();
    symlink(folder.path().join("外"), folder.path().join("刊/外")).unwrap();
    for pattern in
        ["articles/链.md", "外/秘.md", "../外/秘.md", outside.to_str().unwrap(), "articles/*.md"]
    {
        let line = format!("[[section]]\narticles = ['{pattern}']");
        let (code, said) = build(folder.path(), &line);
        assert!(
            code == Some(4) && said.contains("manifest::outside"),
            "{pattern}: {code:?} {said}"
        );
        assert!(!said.contains("秘密"), "{said}");
        // From inside the folder it is the same.
        for own in [".", "qikan.toml", "./../刊"] {
            let output = qikan(&folder.path().join("刊"), &["build", own, "-o", "../out"]);
            let said = stderr(&output);
            assert!(
                output.status.code() == Some(4) && said.contains("manifest::outside"),
                "{said}"
            );
            assert!(!folder.path().join("out").exists(), "something was written: {said}");
        }
    }
}

#[test]
fn pictures_covers_and_profiles_outside_the_folder_are_refused() {
    let folder = folders();
    let outside = folder.path().join("外/秘.jpg");
    symlink(&outside, folder.path().join("刊/articles/链.jpg")).unwrap();
    symlink(&outside, folder.path().join("刊/链.jpg")).unwrap();
    let absolute = outside.to_str().unwrap();
    for path in
        ["链.jpg", "../../外/秘.jpg", absolute, "file:///etc/passwd", "%2e%2e/%2e%2e/外/秘.jpg"]
    {
        let text = format!("# 甲\n\n![图](<{path}>)\n");
        std::fs::write(folder.path().join("刊/articles/a.md"), text).unwrap();
        let (code, said) = build(folder.path(), "");
        assert!(code == Some(1) && said.contains("image::outside"), "{path}: {code:?} {said}");
    }
    std::fs::write(folder.path().join("刊/articles/a.md"), "# 甲\n\n甲文。\n").unwrap();
    for path in ["链.jpg", "../外/秘.jpg", absolute] {
        let (code, said) = build(folder.path(), &format!("[cover]\nimage = '{path}'"));
        assert!(code != Some(0) && said.contains("image::outside"), "{path}: {said}");
        let (code, said) = build(folder.path(), &format!("[print]\nprofile = '{path}'"));
        assert!(code == Some(4) && said.contains("manifest::outside"), "{path}: {said}");
    }
}

#[test]
fn issue_files_and_designs_outside_the_folder_are_refused() {
    let folder = folders();
    let issue = folder.path().join("刊");
    std::fs::create_dir(issue.join("版式")).unwrap();
    std::fs::write(issue.join("版式/template.toml"), "extends = \"magazine\"\n").unwrap();
    std::fs::write(folder.path().join("外/秘.css"), "/* 秘密 */").unwrap();
    symlink(folder.path().join("外/秘.css"), issue.join("版式/epub.css")).unwrap();
    std::fs::write(issue.join("qikan.toml"), "[design]\ntemplate = '版式'\n").unwrap();
    let refused = |args: &[&str]| {
        let output = qikan(folder.path(), &[&["build", "刊", "-o", "out"], args].concat());
        let said = stderr(&output);
        assert!(output.status.code() == Some(4) && said.contains("manifest::outside"), "{said}");
        assert!(!folder.path().join("out").exists() && !said.contains("秘密"), "{said}");
    };
    refused(&[]);
    refused(&["-t", "刊/版式"]);
    std::fs::remove_file(issue.join("版式/epub.css")).unwrap();
    assert_eq!(qikan(folder.path(), &["build", "刊", "-o", "out"]).status.code(), Some(0));
    std::fs::remove_dir_all(folder.path().join("out")).unwrap();
    std::fs::write(folder.path().join("外/秘.toml"), "[issue]\n秘密 = 1\n").unwrap();
    std::fs::remove_file(issue.join("qikan.toml")).unwrap();
    symlink(folder.path().join("外/秘.toml"), issue.join("qikan.toml")).unwrap();
    refused(&[]);
}

#[test]
fn pictures_of_the_issue_are_read_from_any_article() {
    let folder = folders();
    let issue = folder.path().join("刊");
    std::fs::create_dir(issue.join("images")).unwrap();
    std::fs::copy(folder.path().join("外/秘.jpg"), issue.join("images/图.jpg")).unwrap();
    let text = "# 甲\n\n甲文。\n\n![图](../images/图.jpg)\n";
    std::fs::write(issue.join("articles/a.md"), text).unwrap();
    std::fs::write(issue.join("qikan.toml"), "[issue]\ntitle = '刊'\n").unwrap();
    let archive = ["build", ".", "-e", "archive", "-o", "../out"];
    let output = qikan(&issue, &archive);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    // The archive has it where the article looks for it.
    let bag = folder.path().join("out/刊.bag");
    assert!(bag.join("data/issue/images/图.jpg").is_file());
    let output = qikan(folder.path(), &["verify", "out/刊.bag"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    // An article alone has its own folder only.
    let output = qikan(&issue, &["build", "articles/a.md", "-e", "epub", "-o", "../alone"]);
    let said = stderr(&output);
    assert!(output.status.code() == Some(1) && said.contains("image::outside"), "{said}");
}

#[test]
fn what_is_no_file_is_never_waited_for() {
    let folder = folders();
    let fifo = folder.path().join("刊/articles/管.md");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let (code, said) = build(folder.path(), "");
    assert!(
        code == Some(4) && said.contains("管.md") && said.contains("ingest::unreadable"),
        "{said}"
    );
    std::fs::remove_file(&fifo).unwrap();
    // A device is no file either, nor is a folder with the name of one.
    for path in ["/dev/zero", "/dev/stdin", "/dev/null"] {
        let output = qikan(folder.path(), &["build", path, "-o", "out"]);
        assert_eq!(output.status.code(), Some(4), "{path}: {}", stderr(&output));
        let output = qikan(folder.path(), &["verify", path, "--against", "刊"]);
        assert_eq!(output.status.code(), Some(4), "{path}: {}", stderr(&output));
    }
    std::fs::create_dir(folder.path().join("刊/articles/夹.md")).unwrap();
    let (code, said) = build(folder.path(), "");
    assert!(code == Some(4) && said.contains("夹.md"), "{said}");
    std::fs::remove_dir(folder.path().join("刊/articles/夹.md")).unwrap();
    // The same for pictures.
    let fifo = folder.path().join("刊/articles/管.jpg");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    symlink("/dev/zero", folder.path().join("刊/articles/零.jpg")).unwrap();
    for name in ["管.jpg", "零.jpg"] {
        let text = format!("# 甲\n\n![图]({name})\n");
        std::fs::write(folder.path().join("刊/articles/a.md"), text).unwrap();
        let (code, said) = build(folder.path(), "");
        assert!(code == Some(1) && said.contains("image::"), "{name}: {said}");
    }
}

#[test]
fn what_is_no_picture_is_refused_as_one() {
    let folder = folders();
    let bomb = "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>\
        <!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>\
        <svg xmlns='http://www.w3.org/2000/svg' width='1000000' height='1000000'><text>&c;</text></svg>";
    let files: [(&str, &[u8]); 5] = [
        ("a.svg", bomb.as_bytes()),
        ("a.pdf", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"),
        ("a.epub", b"PK\x03\x04\x0a\0\0\0\0\0mimetypeapplication/epub+zip"),
        (
            "a.png",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x06\0\0\0\0\0\0\0",
        ),
        ("a.jpg", b"GIF89a\xff\xff\xff\xff\0\0\0"),
    ];
    for (name, bytes) in files {
        std::fs::write(folder.path().join("刊/articles").join(name), bytes).unwrap();
        let text = format!("# 甲\n\n![图]({name})\n");
        std::fs::write(folder.path().join("刊/articles/a.md"), text).unwrap();
        let (code, said) = build(folder.path(), "");
        assert!(code == Some(1) && said.contains("image::"), "{name}: {code:?} {said}");
    }
}

/// Files over a limit are refused by their size, before they are read.
#[test]
fn what_is_too_large_is_not_read() {
    let folder = folders();
    let huge = std::fs::File::create(folder.path().join("刊/articles/大.md")).unwrap();
    huge.set_len(1 << 40).unwrap();
    let (code, said) = build(folder.path(), "");
    assert!(code == Some(4) && said.contains("ingest::too-large"), "{said}");
    std::fs::rename(
        folder.path().join("刊/articles/大.md"),
        folder.path().join("刊/articles/大.jpg"),
    )
    .unwrap();
    std::fs::write(folder.path().join("刊/articles/a.md"), "# 甲\n\n![图](大.jpg)\n").unwrap();
    let (code, said) = build(folder.path(), "");
    assert!(code == Some(1) && said.contains("image::too-large"), "{said}");
    std::fs::create_dir(folder.path().join("字")).unwrap();
    let font = std::fs::File::create(folder.path().join("字/大.otf")).unwrap();
    font.set_len(1 << 40).unwrap();
    let output = qikan(folder.path(), &["build", "刊", "--font-path", "字"]);
    assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
}
