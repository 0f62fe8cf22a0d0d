//! Books of many parts: long articles, links, notes, names that are the same, files that are bad.

use crate::book::{Made, made, solid, words};
use crate::command::{qikan, stderr};
use std::path::Path;

fn put(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

const PLAIN: &[&str] = &["epub.fonts=none"];

#[test]
fn a_long_article_is_parted_at_headings() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "# 长文\n\n".to_owned();
    for part in 1..=40 {
        text.push_str(&format!("## 第{part}节\n\n"));
        for line in 1..=40 {
            text.push_str(&format!(
                "第{part}节第{line}段，{}[^n{part}]\n\n",
                "说了又说。".repeat(30)
            ));
        }
        text.push_str(&format!("[^n{part}]: 第{part}节的注。见[首节](#第1节)。\n\n"));
    }
    put(folder.path(), &[("长.md", &text)]);
    let Made { files, .. } = made(&["长.md"], folder.path(), PLAIN);
    let parts: Vec<(&String, &String)> =
        files.iter().filter(|(name, _)| name.contains("article-")).collect();
    assert!(parts.len() > 4, "{} parts", parts.len());
    for (name, page) in &parts {
        assert!(page.len() < 200 << 10, "{name} has {} bytes", page.len());
        let body = page.split("<article").nth(1).unwrap();
        let first = body.split("<h").nth(1).unwrap();
        let before = body.split("<h").next().unwrap();
        assert!(!before.contains("<p>"), "{name} begins with {first:.40}");
    }
    // Each note is where it is called, and every link inside leads to an id that is there.
    let mut all = String::new();
    let mut number = 1;
    let name = |number: usize| match number {
        1 => "OEBPS/article-001.xhtml".to_owned(),
        n => format!("OEBPS/article-001-{n}.xhtml"),
    };
    while let Some(page) = files.get(&name(number)) {
        let body = page.split("<body").nth(1).unwrap();
        for note in body.split("id=\"note-").skip(1) {
            let at = note.split('"').next().unwrap();
            assert!(body.contains(&format!("href=\"#note-{at}\"")), "note {at}");
            assert!(body.contains(&format!("id=\"call-{at}\"")), "call {at}");
        }
        all.push_str(&words(&format!("<b>{}", body.split_once('>').unwrap().1)));
        number += 1;
    }
    check_links(&files);
    let written = text.lines().filter(|line| !line.starts_with("[^"));
    let written: String = written.map(|line| line.trim_start_matches(['#', ' '])).collect();
    let mut written = solid(&written);
    for part in 1..=40 {
        written = written.replace(&format!("[^n{part}]"), "");
    }
    assert_eq!(all, written);
}

/// Every place that a link of the book leads to is there.
fn check_links(files: &std::collections::BTreeMap<String, String>) {
    for (name, page) in files.iter().filter(|(name, _)| name.ends_with(".xhtml")) {
        for link in page.split("<a ").skip(1) {
            let href = link.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
            if href.starts_with("http") {
                continue;
            }
            let (file, id) = href.split_once('#').unwrap_or((href, ""));
            let file = if file.is_empty() { name.clone() } else { format!("OEBPS/{file}") };
            let target = files.get(&file).unwrap_or_else(|| panic!("{href} in {name}"));
            assert!(id.is_empty() || target.contains(&format!(" id=\"{id}\"")), "{href} in {name}");
        }
    }
}

#[test]
fn links_lead_to_articles_and_headings() {
    let folder = tempfile::tempdir().unwrap();
    let first = "# 甲文\n\n见[乙文](b.md)、[乙文的一节](b.md#第二节)、[本文](#末节)、[网上](<https://a.example/b c>)、\
                 [没有的](c.md)、[脚本](javascript:alert)、[坏的](<http://[>)、[**词**尾](b.md)。[^1]\n\n## 末节\n\n字。\n\n[^1]: 注。\n";
    put(
        folder.path(),
        &[("a.md", first), ("b.md", "# 乙文\n\n## 第一节\n\n字。\n\n## 第二节\n\n字。\n")],
    );
    let Made { files, .. } = made(&["a.md", "b.md"], folder.path(), PLAIN);
    let page = &files["OEBPS/article-001.xhtml"];
    for link in [
        "<a href=\"article-002.xhtml\">乙文</a>",
        "<a href=\"article-002.xhtml#part-2\">乙文的一节</a>",
        "<a href=\"article-001.xhtml#part-1\">本文</a>",
        "<a href=\"https://a.example/b%20c\">网上</a>",
        "、没有的、脚本、坏的、",
        "<a href=\"article-002.xhtml\"><strong>词</strong>尾</a>",
        "<a role=\"doc-backlink\" href=\"#call-1\">〔1〕</a>",
    ] {
        assert!(page.contains(link), "{link} in\n{page}");
    }
    check_links(&files);
}

#[test]
fn articles_may_have_one_title_and_headings_one_name() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# 同题\n\n## 同名\n\n字。\n\n## 同名\n\n字。\n\n### title\n\n## page-1\n\n字。\n";
    put(folder.path(), &[("a.md", text), ("b.md", text), ("A.md", text)]);
    let Made { files, .. } = made(&["a.md", "b.md", "A.md"], folder.path(), PLAIN);
    check_links(&files);
    let mut names: Vec<String> = files.keys().map(|name| name.to_lowercase()).collect();
    names.dedup();
    assert_eq!(names.len(), files.len());
    for (name, page) in files.iter().filter(|(name, _)| name.ends_with(".xhtml")) {
        assert!(name.is_ascii());
        let mut ids: Vec<&str> =
            page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}");
    }
    assert_eq!(files.keys().filter(|name| name.contains("article-")).count(), 3);
}

#[test]
fn short_numbers_stand_in_one_cell_of_vertical_lines() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), &[("a.md", "# 题\n\n民国38年，2021年5月12日，第100回，约3.5里，A4纸。\n")]);
    let Made { files, .. } = made(&["a.md", "-t", "classic"], folder.path(), PLAIN);
    let page = &files["OEBPS/article-001.xhtml"];
    let cell = |text: &str| format!("<span class=\"tcy\">{text}</span>");
    for part in [
        format!("国{}年，2021年{}月{}日", cell("38"), cell("5"), cell("12")),
        format!("第{}回", cell("100")),
        "约3.5里，A4纸".to_owned(),
    ] {
        assert!(page.contains(&part), "{part} in\n{page}");
    }
}

#[test]
fn faces_may_be_packed() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), &[("a.md", "# 题\n\n字，*楷*。\n")]);
    let Made { files, .. } = made(&["a.md"], folder.path(), &["epub.fonts=woff2"]);
    let package = &files["OEBPS/content.opf"];
    assert!(
        package.contains("fonts/song.woff2\"") && package.contains("media-type=\"font/woff2\"")
    );
    assert!(!files.keys().any(|name| name.ends_with(".otf") || name.ends_with(".ttf")));
    assert!(files["OEBPS/stylesheet.css"].contains("src: url(fonts/kai.woff2)"));
}

#[test]
fn the_masthead_is_a_page_of_the_book() {
    let folder = tempfile::tempdir().unwrap();
    let Made { files, .. } = made(&[&crate::book::example("mixed-magazine")], folder.path(), PLAIN);
    let page = &files["OEBPS/masthead.xhtml"];
    assert!(
        page.contains("role=\"doc-colophon\"") && page.contains("<dt>ISSN</dt><dd>1234-5679</dd>")
    );
    assert!(files["OEBPS/nav.xhtml"].contains("<a href=\"masthead.xhtml\">版权页</a>"));
}

#[test]
fn pictures_of_four_inks_are_made_light() {
    let folder = tempfile::tempdir().unwrap();
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures/cmyk.jpg");
    std::fs::copy(picture, folder.path().join("a.jpg")).unwrap();
    put(folder.path(), &[("a.md", "# 题\n\n字。\n\n![图](a.jpg)\n")]);
    let output = qikan(folder.path(), &["build", "a.md", "-e", "epub"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let book = std::fs::read(folder.path().join("题.epub")).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut file = zip.by_name("OEBPS/images/article-001-001.jpg").unwrap();
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
    assert_eq!(qikan::page::jpeg::channels(&bytes), Some(3));
}

#[test]
fn an_empty_picture_is_an_error_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), &[("a.md", "# 题\n\n字。\n\n![图](a.png)\n"), ("a.png", "")]);
    let output = qikan(folder.path(), &["build", "a.md", "-e", "epub"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("a.md:5"), "{}", stderr(&output));
    assert!(!folder.path().join("题.epub").exists());
}

#[test]
fn an_edition_is_known_by_what_it_says_not_by_how_it_looks() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), &[("a.md", "# 题\n\n字。\n")]);
    let id = |set: &[&str]| {
        let Made { files, .. } = made(&["a.md"], folder.path(), set);
        let package = &files["OEBPS/content.opf"];
        package.split("urn:uuid:").nth(1).unwrap().split('<').next().unwrap().to_owned()
    };
    let first = id(PLAIN);
    assert_eq!(first, id(&["epub.fonts=none", "design.body.size=12pt"]));
    put(folder.path(), &[("a.md", "# 题\n\n字！\n")]);
    assert_ne!(first, id(PLAIN));
}
