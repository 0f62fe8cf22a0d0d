//! Issues of a periodical: numbers that agree, designs that lose nothing, extremes with a defined
//! result.

use crate::command::{qikan, stderr};
use crate::{library, pdf_text};
use lopdf::{Dictionary, Document, Object};
use qikan::article::Block;
use qikan::copyedit::{Policy, copyedit};
use qikan::diagnostics::Sink;
use qikan::ingest::{Input, ingest};
use qikan::issue::{Edition, Issue, Section};
use qikan::page::StructureRole;
use qikan::press::{Report, Settings, make, plan};
use qikan::source::Sources;
use qikan::template::Template;
use std::path::{Path, PathBuf};

/// The PDF of an issue folder.
fn pdf(folder: &Path, set: &[&str]) -> Vec<u8> {
    let settings = Settings {
        editions: vec![Edition::Pdf],
        set: set.iter().map(|one| (*one).to_owned()).collect(),
        ..Settings::default()
    };
    let mut report = Report::default();
    let orders = plan(&[folder.to_owned()], &settings, &mut report);
    let made = make(&orders[0], library(), &mut report);
    made.unwrap_or_else(|| panic!("{:?}", report.sink.found())).remove(0).bytes
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

/// The outline: level, title, page from 0.
fn outline(doc: &Document) -> Vec<(usize, String, usize)> {
    let pages: Vec<_> = doc.page_iter().collect();
    let text = |object: &Object| -> String {
        let bytes = object.as_str().unwrap();
        let units: Vec<u16> =
            bytes[2..].chunks(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
        String::from_utf16(&units).unwrap()
    };
    let walk = |root: &Dictionary, out: &mut Vec<(usize, String, usize)>| {
        let mut open = vec![(0, root.get(b"First").cloned())];
        while let Some((level, next)) = open.pop() {
            let Ok(Object::Reference(id)) = next else { continue };
            let item = doc.get_dictionary(id).unwrap();
            let to = item.get(b"Dest").unwrap().as_array().unwrap()[0].as_reference().unwrap();
            let page = pages.iter().position(|page| *page == to).unwrap();
            out.push((level, text(item.get(b"Title").unwrap()), page));
            open.push((level, item.get(b"Next").cloned()));
            open.push((level + 1, item.get(b"First").cloned()));
        }
    };
    let mut out = Vec::new();
    let catalog = doc.catalog().unwrap();
    let root = catalog.get(b"Outlines").unwrap().as_reference().unwrap();
    walk(doc.get_dictionary(root).unwrap(), &mut out);
    out
}

fn solid(text: &str) -> String {
    text.split_whitespace().collect()
}

/// In the finished file, the numbers in the contents, at the foot of pages, in the outline and in
/// the running heads are the same.
fn numbers_agree(folder: &Path, set: &[&str], first: usize) {
    let bytes = pdf(folder, set);
    let doc = Document::load_mem(&bytes).unwrap();
    let pages: Vec<String> = pdf_text::pages(&bytes).iter().map(|page| solid(page)).collect();
    let entries: Vec<_> = outline(&doc).into_iter().filter(|(level, ..)| *level == 0).collect();
    let parts = ["封面", "目录", "目次", "版权页", "奥付", "封底", "表紙", "裏表紙"];
    let articles: Vec<_> =
        entries.iter().filter(|(_, title, _)| !parts.contains(&title.as_str())).collect();
    let front = articles[0].2;
    assert_eq!(front % 2, (first + 1) % 2, "odd numbers stand on right pages");
    let contents: String = pages[1..front].concat();
    for (at, (_, title, page)) in articles.iter().enumerate() {
        let number = page - front + first;
        let title = solid(title);
        assert!(pages[*page].contains(&title), "{title} on page {number}");
        let end = articles.get(at + 1).map_or(pages.len() - 2, |next| next.2);
        assert!(contents.contains(&title), "{title} is in the contents");
        let listed = contents.split(&title).nth(1).unwrap();
        let before = contents.split(&title).next().unwrap();
        let digits = number.to_string();
        let after = listed.trim_start_matches(|c: char| !c.is_ascii_digit());
        assert!(before.ends_with(&digits) || after.starts_with(&digits), "{title}: {digits}");
        for (running, text) in pages.iter().enumerate().take(end).skip(page + 1) {
            let number = running - front + first;
            // A page that is left blank has no furniture.
            if text.is_empty() {
                continue;
            }
            assert!(text.ends_with(&number.to_string()), "folio {number}: {text}");
            if number % 2 == 1 {
                let head: String = title.chars().take(6).collect();
                assert!(text.contains(&head), "head of {number}");
            }
        }
    }
}

#[test]
fn the_numbers_of_an_issue_agree() {
    numbers_agree(&example("mixed-magazine"), &[], 1);
    numbers_agree(&example("law-gazette"), &[], 1);
    // Counted through the year.
    numbers_agree(&example("law-gazette"), &["issue.first-page=213"], 213);
    numbers_agree(&example("law-gazette"), &["issue.first-page=98"], 98);
    numbers_agree(&example("classic"), &[], 1);
}

#[test]
fn even_pages_name_the_periodical_and_the_issue() {
    let bytes = pdf(&example("law-gazette"), &[]);
    let pages = pdf_text::pages(&bytes);
    let found = pages.iter().filter(|page| solid(page).contains("法律文汇2024年第1期"));
    assert!(found.count() > 10);
}

/// Texts to lay out: the examples', and every file of the corpus.
fn texts() -> Vec<PathBuf> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
            if path.is_dir() {
                walk(&path, out);
            } else if ["txt", "md", "html", "docx"].contains(&ending) {
                out.push(path);
            }
        }
    }
    let mut out = Vec::new();
    walk(&example(""), &mut out);
    if let Some(corpora) = std::env::var_os("QIKAN_CORPORA") {
        walk(Path::new(&corpora), &mut out);
    }
    out.sort();
    out
}

/// The words of each paragraph, readings included.
fn words(blocks: &[Block]) -> Vec<String> {
    blocks.iter().flat_map(Block::written).map(|text| solid(&text)).collect()
}

/// At a page, column, note or table break nothing is lost: every text in every design.
#[test]
fn every_text_in_every_design_keeps_its_characters() {
    let mut articles = Vec::new();
    for path in texts() {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let input =
            Input { name, bytes, folder: path.parent().map(Path::to_owned), ..Input::default() };
        let read = ingest(&input, "zh-Hans", &mut Sources::default(), &mut Sink::default());
        if let Ok(article) = read {
            articles.push(copyedit(article, Policy::Full.into(), &mut Sink::default()));
        }
    }
    let issue = Issue {
        language: "zh-Hans".to_owned(),
        sections: vec![Section { name: Some("全部".to_owned()), articles }],
        ..Issue::default()
    };
    for name in Template::names() {
        let none = toml::Table::new();
        let mut template = Template::resolve(name, &none, None, &mut Sink::default()).unwrap();
        if name == "magazine" {
            (template.initial, template.openers) = (2, true);
        }
        let mut sink = Sink::default();
        let layout = qikan::typeset::typeset(&issue, &template, library(), true, &mut sink);
        let nodes: Vec<_> = layout
            .structure
            .nodes()
            .filter(|(_, node)| node.role == StructureRole::Article)
            .map(|(id, _)| id)
            .collect();
        for (article, laid_out) in issue.articles().zip(layout.text_by(&nodes)) {
            let laid_out = solid(&laid_out);
            let mut rest = laid_out.as_str();
            for text in words(&article.blocks) {
                let at = rest.find(&text);
                assert!(at.is_some(), "{name}, {}: {text}", article.name);
                rest = &rest[at.unwrap() + text.len()..];
            }
            for text in article.notes.iter().flat_map(|note| words(&note.blocks)) {
                assert!(laid_out.contains(&text), "{name}, {}, note: {text}", article.name);
            }
        }
        // Nothing stands off the page.
        for page in &layout.pages[1..layout.pages.len() - 1] {
            for run in page.runs() {
                let inside = run.baseline <= page.height && run.x <= page.width;
                assert!(inside, "{name}, page {}: {:?}", page.label, page.text_of(run));
            }
        }
    }
}

/// An article of Markdown in a design, laid out; `files` stand beside it.
fn laid_out(text: &str, files: &[(&str, Vec<u8>)], design: &str) -> qikan::page::Layout {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let bytes = text.as_bytes().to_vec();
    let input = Input {
        name: "a.md".into(),
        bytes,
        folder: Some(folder.path().to_owned()),
        ..Input::default()
    };
    let mut sink = Sink::default();
    let article = ingest(&input, "zh-Hans", &mut Sources::default(), &mut sink).unwrap();
    let issue = Issue {
        language: "zh-Hans".to_owned(),
        sections: vec![Section { name: None, articles: vec![article] }],
        ..Issue::default()
    };
    let none = toml::Table::new();
    let template = Template::resolve(design, &none, None, &mut sink).unwrap();
    qikan::typeset::typeset(&issue, &template, library(), false, &mut sink)
}

/// A picture of some size.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![128; (width * height) as usize]).unwrap();
    writer.finish().unwrap();
    out
}

#[test]
fn a_small_picture_stands_among_the_words() {
    use qikan::page::Item;
    let files = [("s.png", png(30, 20))];
    let layout = laid_out("甲乙![](s.png)丙丁\n", &files, "article");
    let page = layout.pages.last().unwrap();
    let pictures: Vec<_> = page
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Picture { rect, .. } => Some(*rect),
            _ => None,
        })
        .collect();
    let [rect] = pictures.as_slice() else { panic!("{pictures:?}") };
    let run = |text: &str| page.runs().find(|run| page.text_of(run).contains(text)).unwrap();
    let (before, after) = (run("甲乙"), run("丙丁"));
    let size = before.size;
    assert_eq!(before.baseline, after.baseline);
    assert_eq!(rect.x, before.x + size * 2);
    assert_eq!(after.x, rect.x + rect.width);
    assert!(rect.height <= size && (rect.width - rect.height.scale(3, 2)).units().abs() < 2);
}

#[test]
fn a_paragraph_goes_on_after_a_list_without_an_indent() {
    let layout = laid_out("甲乙丙，\n\n- 丁\n\n戊己。\n\n庚辛。\n", &[], "article");
    let page = layout.pages.last().unwrap();
    let x = |text: &str| page.runs().find(|run| page.text_of(run).contains(text)).unwrap().x;
    let indent = x("甲乙") - x("戊己");
    assert_eq!(indent, page.runs().find(|r| page.text_of(r).contains("甲")).unwrap().size * 2);
    assert_eq!(x("庚辛"), x("甲乙"), "the next one has its own");
}

#[test]
fn labels_of_the_masthead_take_the_room_of_four_characters() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = format!("{MAGAZINE}[masthead]\neditor-in-chief = '甲'\nsponsor = '乙'\n");
    let (code, said) = build(folder.path(), &manifest, ("a.md", "字".as_bytes()), &[]);
    assert_eq!(code, 0, "{said}");
    let file = std::fs::read_dir(folder.path().join("out")).unwrap().next().unwrap().unwrap();
    let pages = pdf_text::pages(&std::fs::read(file.path()).unwrap());
    assert!(pages.iter().any(|page| solid(page).contains("主办单位乙主编甲")));
}

/// Builds an issue of one article; what the command said.
fn build(folder: &Path, manifest: &str, article: (&str, &[u8]), set: &[&str]) -> (i32, String) {
    std::fs::create_dir_all(folder.join("articles")).unwrap();
    std::fs::write(folder.join("qikan.toml"), manifest).unwrap();
    std::fs::write(folder.join("articles").join(article.0), article.1).unwrap();
    let mut args = vec!["build", "-e", "pdf", "-o", "out", "."];
    for one in set {
        args.extend(["--set", one]);
    }
    let output = qikan(folder, &args);
    let said = stderr(&output);
    assert!(!said.contains("panicked"), "{said}");
    (output.status.code().unwrap(), said)
}

const MAGAZINE: &str = "[issue]\ntitle = '刊'\nyear = 2021\nnumber = 4\n[design]\n\
                        template = 'magazine'\n[[section]]\nname = '栏'\narticles = ['articles/*']\n";

#[test]
fn extremes_have_a_result() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let long = format!("---\ntitle: {}\n---\n\n正文。\n", "很长的题目".repeat(16));
    assert_eq!(build(folder, MAGAZINE, ("a.md", long.as_bytes()), &[]).0, 0, "80 characters");
    assert_eq!(build(folder, MAGAZINE, ("a.md", "字".as_bytes()), &[]).0, 0, "one word");
    let cells = "| 一二三四五六七八九十 ".repeat(20);
    let wide = format!("{cells}|\n{}|\n{cells}|\n", "|---".repeat(20));
    assert_eq!(build(folder, MAGAZINE, ("a.md", wide.as_bytes()), &[]).0, 0, "a wide table");
    let all = format!("{}|\n{}|\n", "| 数".repeat(200), "|---".repeat(200));
    let (code, said) = build(folder, MAGAZINE, ("a.md", all.as_bytes()), &[]);
    assert!(code == 1 && said.contains("typeset::table-wide") && said.contains("200"), "{said}");
    let whole = format!("# 长\n\n{}", format!("{}\n\n", "一二三四，".repeat(60)).repeat(2000));
    assert_eq!(build(folder, MAGAZINE, ("a.md", whole.as_bytes()), &[]).0, 0, "600,000 characters");
    let empty = MAGAZINE.replace("articles/*", "articles/*.none");
    let (code, said) = build(folder, &empty, ("a.md", "字".as_bytes()), &[]);
    assert_eq!(code, 4, "{said}");
    assert!(said.contains("articles/*.none"), "{said}");
    let none = format!("{MAGAZINE}[[section]]\nname = '空'\n");
    let (code, said) = build(folder, &none, ("a.md", "字".as_bytes()), &[]);
    assert!(code == 0 && said.contains("manifest::empty-section"), "{said}");
}

#[test]
fn a_line_that_names_a_table_stays_with_it() {
    for lines in 20..40 {
        let table = "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n";
        let text = format!("{}表一：名称\n\n{table}", "字。\n\n".repeat(lines));
        let layout = laid_out(&text, &[], "article");
        let page = |words: &str| layout.pages.iter().rposition(|page| page.text.contains(words));
        assert_eq!(page("表一"), page("甲乙"), "{lines} lines above");
    }
}

/// Headings that nothing follows, and a table’s row that no page holds.
#[test]
fn headings_without_text_and_rows_of_many_pages_fill_their_pages() {
    let headings = "# 节\n\n## 目\n\n### 款\n\n".repeat(40);
    for design in ["article", "magazine", "book", "classic"] {
        let pages = |text: &str| {
            let layout = laid_out(text, &[], design);
            layout.pages.iter().filter(|page| !page.label.is_empty()).count()
        };
        assert!(pages(&headings) <= 120 * 4 / 20 + 1, "{design}: {}", pages(&headings));
        let row = format!("| 甲 | 乙 |\n|---|---|\n| {} | 短 |\n", "一二三四，".repeat(600));
        let layout = laid_out(&row, &[], design);
        let first = layout.pages.iter().find(|page| page.label == "1").unwrap();
        assert!(first.text.contains("一二三四"), "{design}: {}", first.text);
    }
}

#[test]
fn an_issue_of_five_hundred_articles_is_made() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("articles")).unwrap();
    for at in 0..499 {
        let path = folder.path().join(format!("articles/{at:03}.md"));
        std::fs::write(path, format!("# 第 {at} 篇\n\n正文。\n")).unwrap();
    }
    let run_on = ["design.articles=run-on"];
    let (code, said) =
        build(folder.path(), MAGAZINE, ("999.md", "# 末\n\n文。".as_bytes()), &run_on);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn wrong_numbers_and_keys_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let article = ("a.md", "字".as_bytes());
    let with = |line: &str| MAGAZINE.replace("[design]", &format!("{line}\n[design]"));
    let (code, said) = build(folder.path(), &with("issn = '1234-5678'"), article, &[]);
    assert!(code != 0 && said.contains("ISSN 1234-5678: check digit is 9"), "{said}");
    let (code, said) = build(folder.path(), &with("isn = '1234-5679'"), article, &[]);
    assert!(code == 0 && said.contains("issn"), "{said}");
    let (code, said) =
        build(folder.path(), MAGAZINE, article, &["design.styles.title.align=middle"]);
    assert!(code != 0 && said.contains("justify / left / right / centre"), "{said}");
}

#[test]
fn a_design_of_ones_own_extends_another() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("mine");
    std::fs::create_dir_all(&own).unwrap();
    let toml = "extends = \"magazine\"\ncolumns = 3\ntype-area = { chars = 13, lines = 40 }\n";
    std::fs::write(own.join("template.toml"), toml).unwrap();
    let manifest = MAGAZINE.replace("'magazine'", "'mine'");
    let article = ("a.md", "字".as_bytes());
    assert_eq!(build(folder.path(), &manifest, article, &[]).0, 0);
    let wrong = format!("{toml}\n[styles.title]\nsize = \"big\"\n");
    std::fs::write(own.join("template.toml"), wrong).unwrap();
    let (code, said) = build(folder.path(), &manifest, article, &[]);
    assert!(code != 0 && said.contains("template.toml:6:8"), "{said}");
    let outside = MAGAZINE.replace("'magazine'", "'../mine'");
    assert_ne!(build(folder.path(), &outside, article, &[]).0, 0);
}

#[test]
fn covers_are_pictures_or_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let images = folder.path().join("images");
    std::fs::create_dir_all(&images).unwrap();
    let manifest = |name: &str| format!("{MAGAZINE}[cover]\nimage = 'images/{name}'\n");
    let article = ("a.md", "字".as_bytes());
    let (code, said) = build(folder.path(), &manifest("none.jpg"), article, &[]);
    assert!(code == 1 && said.contains("image::missing"), "{said}");
    let mut large = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    large.extend(60_000_u32.to_be_bytes());
    large.extend(60_000_u32.to_be_bytes());
    large.extend(b"\x08\x02\0\0\0\0\0\0\0");
    std::fs::write(images.join("large.png"), large).unwrap();
    let (code, said) = build(folder.path(), &manifest("large.png"), article, &[]);
    assert!(code == 1 && said.contains("large.png"), "{said}");
    let flower = example("mixed-magazine").join("articles/images/flower.jpg");
    std::fs::copy(flower, images.join("flower.jpg")).unwrap();
    let (code, said) = build(folder.path(), &manifest("flower.jpg"), article, &[]);
    assert_eq!(code, 0, "{said}");
}
