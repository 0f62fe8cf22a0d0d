//! Finished editions read back: what was changed in them afterwards is found, shown and located.

use crate::book::example;
use crate::command::{qikan, stderr};
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

const ARTICLE: &str = "# 山村的灯\n\n文/李明\n\n那一年，村里通了电。[^一]大家都很高兴。\n\n\
    ## 后来\n\n|甲|乙|\n|-|-|\n|一|二|\n\n灯一直亮着。\n\n[^一]: 据县志。\n";

/// An article and its editions.
fn built(kinds: &[&str]) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("灯.md"), ARTICLE).unwrap();
    let mut args = vec!["build", "-q", "灯.md", "-o", "out", "-t", "magazine"];
    kinds.iter().for_each(|kind| args.extend(["-e", kind]));
    let output = qikan(folder.path(), &args);
    assert!(output.status.success(), "{}", stderr(&output));
    let files = std::fs::read_dir(folder.path().join("out")).unwrap();
    let mut files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    (folder, files)
}

/// The exit code and everything said.
fn verify(folder: &Path, editions: &[PathBuf], against: &[&str]) -> (i32, String) {
    let mut args = vec!["verify"];
    args.extend(editions.iter().map(|path| path.to_str().unwrap()));
    against.iter().for_each(|one| args.extend(["--against", one]));
    let output = qikan(folder, &args);
    let said = String::from_utf8(output.stdout.clone()).unwrap() + &stderr(&output);
    (output.status.code().unwrap(), said)
}

#[test]
fn every_edition_of_the_examples_is_proved() {
    for name in ["governance-essay", "classic"] {
        let folder = tempfile::tempdir().unwrap();
        let args =
            ["build", "-q", &example(name), "-o", ".", "-e", "pdf", "-e", "epub", "-e", "print"];
        assert!(qikan(folder.path(), &args).status.success());
        let files = std::fs::read_dir(folder.path()).unwrap();
        let files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
        assert!(files.len() >= 3);
        let (code, said) = verify(folder.path(), &files, &[&example(name)]);
        assert_eq!(code, 0, "{said}");
        assert_eq!(said.matches("all there and in order").count(), 3, "{said}");
    }
}

#[test]
fn an_article_changed_since_is_found_in_every_edition() {
    let (folder, files) = built(&["pdf", "epub", "print"]);
    let cases = [
        // What was written, what is written now, what is said, and the words it points at.
        ("大家都很高兴", "大家很高兴", "【+都】", "很高兴"),
        ("大家都很高兴", "大家都很高高兴", "【高】", "高兴"),
        ("村里通了电", "村里停了电", "【停→通】", "停了电"),
        ("据县志", "据省志", "【省→县】", "省志"),
        ("|一|二|", "|二|一|", "【二一→一二】", "二|一"),
        ("灯一直亮着。", "灯一直亮着。\n\n还会亮下去。", "【还会亮下去。】", "还会"),
        ("李明", "李华", "【李华】", "李华"),
        ("## 后来", "## 从前", "【从前→后来】", "从前"),
    ];
    for (old, new, shown, words) in cases {
        let text = ARTICLE.replace(old, new);
        let before = &text[..text.find(words).unwrap()];
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        let place = format!("改.md:{}:{column}", before.matches('\n').count() + 1);
        std::fs::write(folder.path().join("改.md"), text).unwrap();
        for file in &files {
            let (code, said) = verify(folder.path(), std::slice::from_ref(file), &["改.md"]);
            if file.to_str().unwrap().ends_with("-cover.pdf") {
                assert_eq!(code, 0, "{said}");
                continue;
            }
            assert_eq!(code, 5, "{old} → {new}: {said}");
            assert!(said.contains(shown), "{shown} in {said}");
            assert!(said.contains(&place), "{place} in {said}");
        }
    }
}

#[test]
fn pages_and_documents_are_named() {
    let (folder, files) = built(&["pdf", "epub"]);
    std::fs::write(folder.path().join("改.md"), ARTICLE.replace("亮着", "暗着")).unwrap();
    let (_, said) = verify(folder.path(), &files, &["改.md"]);
    assert!(said.contains("(p. 3): …高兴。后来甲乙一二灯一直【暗→亮】着。"), "{said}");
    assert!(said.contains("(article-001.xhtml): …高兴。后来甲乙一二灯一直【暗→亮】着。"), "{said}");
}

#[test]
fn articles_that_are_lacking_or_too_many_are_found() {
    let (folder, files) = built(&["pdf", "epub"]);
    std::fs::write(folder.path().join("又.md"), "# 又一篇\n\n别的事情。\n").unwrap();
    for file in &files {
        let file = std::slice::from_ref(file);
        let (code, said) = verify(folder.path(), file, &["灯.md", "又.md"]);
        assert_eq!(code, 5);
        assert!(said.contains("【别的事情。】") && said.contains("又.md:3:1"), "{said}");
        let (code, said) = verify(folder.path(), file, &["又.md", "灯.md"]);
        assert_eq!(code, 5, "order matters: {said}");
    }
}

/// Changes files of a book.
fn changed_book(path: &Path, change: impl Fn(&str, String) -> String) {
    let bytes = std::fs::read(path).unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if let Ok(text) = String::from_utf8(bytes.clone()) {
            bytes = change(file.name(), text).into_bytes();
        }
        out.start_file(file.name(), zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    std::fs::write(path, out.finish().unwrap().into_inner()).unwrap();
}

#[test]
fn a_book_changed_afterwards_is_found() {
    let (folder, files) = built(&["epub"]);
    let whole = std::fs::read(&files[0]).unwrap();
    let package = "<itemref idref=\"id_article-001.xhtml\"";
    for (file, old, new, shown) in [
        ("article-001.xhtml", "通了电", "通了水", "【电→水】"),
        // In the file, but nobody sees it.
        (
            "article-001.xhtml",
            "<p>那一年",
            "<p hidden=\"hidden\">那一年",
            "【那一年，村里通了电。大家…",
        ),
        ("article-001.xhtml", "<p>那一年", "<p style=\"Display: none\">那一年", "【那一年，"),
        ("article-001.xhtml", "灯一直亮着。", "<script>灯一直亮着。</script>", "【灯一直亮着。】"),
        (
            "article-001.xhtml",
            "<p>那一年",
            "<p style=\"d/**/isplay:/**/none\">那一年",
            "【那一年，",
        ),
        ("article-001.xhtml", "<p>那一年", "<p style=\"font-size: 0px\">那一年", "【那一年，"),
        ("article-001.xhtml", "</article>", "</article><p>又及。</p>", "【+又及。】"),
        ("article-001.xhtml", "那一年", "<![CDATA[也许]]>那一年", "【+也许】"),
        (
            "article-001.xhtml",
            "<p>那一年",
            "<p class=\"note-number\">以上内容全部都是错误的。</p><p>那一年",
            "【+以上内容全部都是错误的。】",
        ),
        ("nav.xhtml", ">山村的灯<", ">山村的火<", "verify::contents"),
        // Beside the title, where a design has words of its own.
        ("article-001.xhtml", "</header>", "<p>！</p></header>", "【+！】"),
        ("article-001.xhtml", "</header>", "<p>\u{200B}</p></header>", "【+\u{200B}】"),
        (
            "content.opf",
            package,
            "<itemref linear=\"no\" idref=\"id_article-001.xhtml\"",
            "【山村的灯】",
        ),
    ] {
        std::fs::write(&files[0], &whole).unwrap();
        let found = std::cell::Cell::new(false);
        changed_book(&files[0], |name, text| {
            found.set(found.get() || name.ends_with(file) && text.contains(old));
            if name.ends_with(file) { text.replace(old, new) } else { text }
        });
        assert!(found.get(), "{old} in {file}");
        let (code, said) = verify(folder.path(), &files, &["灯.md"]);
        assert_eq!(code, 5, "{old} → {new}: {said}");
        assert!(said.contains(shown), "{shown} in {said}");
    }
}

/// Damage that leaves every word as it was, and that readers see.
#[test]
fn what_cannot_be_unpacked_is_found() {
    let (folder, files) = built(&["pdf", "epub"]);
    let [epub, pdf] = [&files[0], &files[1]];
    let bytes = std::fs::read(pdf).unwrap();
    // In the largest stream, which is a face.
    let doc = lopdf::Document::load_mem(&bytes).unwrap();
    let streams = doc.objects.values().filter_map(|object| object.as_stream().ok());
    let packed = streams.filter(|stream| stream.content.len() > 64);
    let place = |content: &[u8]| bytes.windows(64).position(|part| part == &content[..64]);
    let placed = packed.filter_map(|stream| Some((place(&stream.content)?, stream)));
    let (at, largest) = placed.max_by_key(|(_, stream)| stream.content.len()).unwrap();
    let mut damaged = bytes.clone();
    damaged[at + largest.content.len() / 2] ^= 0x55;
    std::fs::write(pdf, damaged).unwrap();
    let mut damaged = std::fs::read(epub).unwrap();
    let at = damaged.windows(14).position(|part| part == b"fonts/song.otf").unwrap();
    damaged[at + 500] ^= 0x55;
    std::fs::write(epub, damaged).unwrap();
    for file in [pdf, epub] {
        let (code, said) = verify(folder.path(), std::slice::from_ref(file), &["灯.md"]);
        assert!(code == 4 && said.contains("verify::unreadable"), "{said}");
    }
}

#[test]
fn pages_in_another_order_are_found() {
    let (folder, files) = built(&["pdf"]);
    let mut doc = lopdf::Document::load(&files[0]).unwrap();
    let pages = doc.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    let kids = doc.get_dictionary_mut(pages).unwrap().get_mut(b"Kids").unwrap();
    kids.as_array_mut().unwrap().reverse();
    doc.save(&files[0]).unwrap();
    let (code, said) = verify(folder.path(), &files, &["灯.md"]);
    assert!(code == 5 && said.contains("verify::page"), "{said}");
}

#[test]
fn an_article_that_is_lacking_does_not_hide_the_others() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["甲", "乙", "丙"] {
        let text = format!("# {name}篇\n\n文/某\n\n这是{name}的文章。\n");
        std::fs::write(folder.path().join(format!("{name}.md")), text).unwrap();
    }
    let args = ["build", "-q", "甲.md", "丙.md", "-o", "out"];
    assert!(qikan(folder.path(), &args).status.success());
    let files = ["epub", "pdf"].map(|ending| folder.path().join(format!("out/甲篇.{ending}")));
    for file in files {
        let (code, said) =
            verify(folder.path(), std::slice::from_ref(&file), &["甲.md", "乙.md", "丙.md"]);
        assert!(code == 5 && said.contains("【这是乙的文章。】"), "{said}");
        assert!(!said.contains("丙"), "{said}");
        let (code, said) = verify(folder.path(), std::slice::from_ref(&file), &["丙.md", "甲.md"]);
        assert!(code == 5 && said.contains("verify::order"), "{said}");
    }
}

/// Names that stand inside each other, or are made of each other.
#[test]
fn what_is_said_of_an_article_may_hold_what_else_is_said() {
    for fields in [
        "title: 致读者\nauthor: [{name: 张三, affiliation: 本刊编辑部}, 本刊编辑部]",
        "title: 人民\nauthor: 法院报\nkeywords: [人民法院]",
        "title: 春天\nauthor: [春, 天]\nkeywords: [春, 天, 春天]\neditor: 春",
        "title: A\nlang: en\nauthor: B\nsummary: About it.\nkeywords: [one, two]",
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.md"), format!("---\n{fields}\n---\n春\n")).unwrap();
        for design in ["article", "magazine", "journal", "book", "classic"] {
            let output = qikan(folder.path(), &["build", "-q", "a.md", "-t", design]);
            assert!(output.status.success(), "{fields} {design}: {}", stderr(&output));
        }
    }
}

#[test]
fn a_picture_that_is_lacking_is_found() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("灯.md"), "# 灯\n\n文。\n\n![灯](a.png)\n\n文。\n").unwrap();
    let mut picture = Vec::new();
    image::RgbImage::new(600, 400)
        .write_to(&mut Cursor::new(&mut picture), image::ImageFormat::Png)
        .unwrap();
    std::fs::write(folder.path().join("a.png"), picture).unwrap();
    let args = ["build", "-q", "灯.md", "-e", "pdf", "-e", "epub"];
    assert!(qikan(folder.path(), &args).status.success());
    let [pdf, epub] = ["灯.pdf", "灯.epub"].map(|name| folder.path().join(name));
    let mut doc = lopdf::Document::load(&pdf).unwrap();
    for page in doc.page_iter().collect::<Vec<_>>() {
        let mut content = doc.get_and_decode_page_content(page).unwrap();
        content.operations.retain(|one| one.operator != "Do");
        doc.change_page_content(page, content.encode().unwrap()).unwrap();
    }
    doc.save(&pdf).unwrap();
    changed_book(&epub, |_, text| text.replace("<img ", "<i "));
    for file in [pdf, epub] {
        let (code, said) = verify(folder.path(), std::slice::from_ref(&file), &["灯.md"]);
        assert_eq!(code, 5, "{said}");
        assert!(said.contains("verify::pictures") && said.contains("has 0 pictures"), "{said}");
    }
}

#[test]
fn text_that_is_not_shown_is_found() {
    let (folder, files) = built(&["pdf"]);
    let whole = std::fs::read(&files[0]).unwrap();
    // Not painted, moved off the page, too small to leave ink.
    let hiding: [(&str, Vec<lopdf::Object>); 4] = [
        ("Tr", vec![3.into()]),
        ("Tr", vec![7.into()]),
        ("cm", vec![1.into(), 0.into(), 0.into(), 1.into(), 9000.into(), 0.into()]),
        ("cm", vec![0.01.into(), 0.into(), 0.into(), 0.01.into(), 50.into(), 50.into()]),
    ];
    for (operator, operands) in hiding {
        let mut doc = lopdf::Document::load_mem(&whole).unwrap();
        let page = doc.page_iter().nth(2).unwrap();
        let mut content = doc.get_and_decode_page_content(page).unwrap();
        content.operations.insert(0, lopdf::content::Operation::new(operator, operands));
        doc.change_page_content(page, content.encode().unwrap()).unwrap();
        doc.save(&files[0]).unwrap();
        let (code, said) = verify(folder.path(), &files, &["灯.md"]);
        assert_eq!(code, 5, "{operator}: {said}");
        assert!(said.contains("verify::missing"), "{operator}: {said}");
    }
}

/// Puts the first character of a page in the place of another.
#[test]
fn a_page_changed_afterwards_is_found() {
    let (folder, files) = built(&["pdf"]);
    let mut doc = lopdf::Document::load(&files[0]).unwrap();
    let page = doc.page_iter().nth(2).unwrap();
    let mut content = doc.get_and_decode_page_content(page).unwrap();
    let shown = content.operations.iter_mut().filter(|one| one.operator == "TJ");
    let strings = shown.flat_map(|one| one.operands[0].as_array_mut().unwrap());
    let mut found = strings.filter_map(|part| match part {
        lopdf::Object::String(bytes, _) => Some(bytes),
        _ => None,
    });
    let first = found.next().unwrap()[..2].to_vec();
    found.next().unwrap()[..2].copy_from_slice(&first);
    doc.change_page_content(page, content.encode().unwrap()).unwrap();
    doc.save(&files[0]).unwrap();
    let (code, said) = verify(folder.path(), &files, &["灯.md"]);
    assert_eq!(code, 5, "{said}");
    assert!(said.contains("→") && said.contains("(p. 3)"), "{said}");
}

#[test]
fn what_cannot_be_checked_is_said() {
    let (folder, mut files) = built(&["pdf", "epub"]);
    let (code, said) = verify(folder.path(), &files[..1], &[]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("--against"), "{said}");
    let (code, said) = verify(folder.path(), &files, &["没有.md"]);
    assert_eq!(code, 4, "{said}");
    for file in &files {
        let bytes = std::fs::read(file).unwrap();
        std::fs::write(file, &bytes[..bytes.len() / 3]).unwrap();
        let (code, said) = verify(folder.path(), std::slice::from_ref(file), &["灯.md"]);
        assert!(matches!(code, 4 | 5), "{code}: {said}");
    }
    files.push(folder.path().join("灯.md"));
    files.push(folder.path().join("没有.pdf"));
    let (code, said) = verify(folder.path(), &files[2..], &["灯.md"]);
    assert_eq!(code, 4, "{said}");
    assert!(said.contains("verify::unreadable") && said.contains("ingest::missing"), "{said}");
}
