//! The editions for a printer, read back: boxes, inks, intent, order of the pages.

use crate::command::{qikan, stderr};
use crate::pdf_text;
use lopdf::{Dictionary, Document, Object};
use std::path::Path;

const ISSUE: &str = "[issue]\ntitle = '刊'\nyear = 2021\nnumber = 4\nissn = '1234-5679'\n\
                     [design]\ntemplate = 'magazine'\n[[section]]\nname = '栏'\n\
                     articles = ['articles/*.md']\n";

/// Builds an issue of some pages for print; exit code, words, interior, cover.
fn build(pages: usize, set: &[&str]) -> (i32, String, Option<Document>, Option<Document>) {
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles");
    std::fs::create_dir_all(&articles).unwrap();
    std::fs::write(folder.path().join("qikan.toml"), ISSUE).unwrap();
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    std::fs::copy(pictures.join("cmyk.jpg"), articles.join("cmyk.jpg")).unwrap();
    std::fs::copy(pictures.join("turned.jpg"), articles.join("turned.jpg")).unwrap();
    for at in 0..pages {
        let picture = if at == 0 { "\n\n![图](cmyk.jpg)\n\n![图](turned.jpg)" } else { "" };
        let text = format!("# 第{at}篇\n\n正文。{picture}\n");
        std::fs::write(articles.join(format!("{at:03}.md")), text).unwrap();
    }
    let mut args = vec!["build", "-e", "print", "-o", "out", "."];
    set.iter().for_each(|one| args.extend(["--set", one]));
    let output = qikan(folder.path(), &args);
    let read = |name: &str| {
        let bytes = std::fs::read(folder.path().join("out").join(name)).ok()?;
        Some(Document::load_mem(&bytes).unwrap())
    };
    let (inside, cover) = (read("刊-2021-4-print.pdf"), read("刊-2021-4-cover.pdf"));
    (output.status.code().unwrap(), stderr(&output), inside, cover)
}

/// A box of a page: left, foot, right, top, in points.
fn boxed(page: &Dictionary, name: &[u8]) -> [f32; 4] {
    let corners = page.get(name).unwrap().as_array().unwrap();
    let corners: Vec<f32> = corners.iter().map(|corner| corner.as_float().unwrap()).collect();
    corners.try_into().unwrap()
}

const MM: f32 = 72.0 / 25.4;

fn near(found: f32, expected: f32) {
    assert!((found - expected).abs() < 0.01, "{found}, not {expected}");
}

#[test]
fn every_sheet_has_its_boxes() {
    for (marks, around) in [("print.marks=false", 3.0), ("print.marks=true", 13.0)] {
        let (code, said, inside, cover) = build(3, &[marks]);
        assert_eq!(code, 0, "{said}");
        let (inside, cover) = (inside.unwrap(), cover.unwrap());
        assert_eq!(inside.get_pages().len() % 4, 0);
        for id in inside.page_iter() {
            let page = inside.get_dictionary(id).unwrap();
            let (media, trim) = (boxed(page, b"MediaBox"), boxed(page, b"TrimBox"));
            let bleed = boxed(page, b"BleedBox");
            near(trim[2] - trim[0], 210.0 * MM);
            near(trim[3] - trim[1], 285.0 * MM);
            near(trim[0] - bleed[0], 3.0 * MM);
            near(trim[1] - media[1], around * MM);
            assert!(page.get(b"Annots").is_err());
        }
        // The spine: half as many leaves as pages, each a tenth of a millimetre.
        let spine = inside.get_pages().len() as f32 / 2.0 * 0.1;
        let page = cover.get_dictionary(cover.page_iter().next().unwrap()).unwrap();
        let trim = boxed(page, b"TrimBox");
        near(trim[2] - trim[0], (420.0 + spine) * MM);
    }
}

/// All content that is drawn, forms included.
fn drawn(doc: &Document) -> String {
    let content = |object: &Object| {
        let stream = object.as_stream().ok()?;
        let form =
            stream.dict.get(b"Subtype").is_ok_and(|s| s.as_name().is_ok_and(|n| n == b"Form"));
        form.then(|| String::from_utf8_lossy(&stream.decompressed_content().unwrap()).into_owned())
    };
    doc.objects.values().filter_map(content).collect()
}

#[test]
fn all_colour_is_ink_and_black_overprints() {
    let (code, said, inside, cover) = build(1, &[]);
    assert_eq!(code, 0, "{said}");
    for doc in [inside.unwrap(), cover.unwrap()] {
        let drawn = drawn(&doc);
        let has = |operator: &str| drawn.lines().any(|line| line.trim_end().ends_with(operator));
        assert!(has(" k"), "inks");
        assert!(!has(" rg") && !has(" RG") && !has(" g"), "no screen colours");
        assert!(drawn.contains("/O1 gs"), "black over what is there");
        for object in doc.objects.values() {
            let Ok(stream) = object.as_stream() else { continue };
            if let Ok(space) = stream.dict.get(b"ColorSpace") {
                assert_eq!(space.as_name().unwrap(), b"DeviceCMYK");
            }
        }
        let intent = doc.catalog().unwrap().get(b"OutputIntents").unwrap().as_array().unwrap()[0]
            .as_reference()
            .unwrap();
        let intent = doc.get_dictionary(intent).unwrap();
        assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFX");
        assert!(intent.get(b"DestOutputProfile").is_ok());
        let metadata = doc.catalog().unwrap().get(b"Metadata").unwrap().as_reference().unwrap();
        let metadata = doc.get_object(metadata).unwrap().as_stream().unwrap();
        let metadata = String::from_utf8(metadata.content.clone()).unwrap();
        assert!(metadata.contains("<pdfxid:GTS_PDFXVersion>PDF/X-4<"), "{metadata}");
        assert!(metadata.contains("<pdf:Trapped>False<"));
        assert_eq!(doc.version, "1.6");
    }
}

#[test]
fn a_picture_in_inks_goes_in_as_it_is() {
    let (_, _, inside, _) = build(1, &[]);
    let doc = inside.unwrap();
    let filters: Vec<&[u8]> = doc
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| stream.dict.get(b"ColorSpace").is_ok())
        .map(|stream| stream.dict.get(b"Filter").unwrap().as_name().unwrap())
        .collect();
    assert!(filters.contains(&b"DCTDecode".as_slice()), "the four-ink JPEG");
    assert!(filters.contains(&b"FlateDecode".as_slice()), "the parted one");
}

#[test]
fn a_named_condition_needs_no_profile_and_a_wrong_profile_is_refused() {
    let (code, said, inside, _) = build(1, &["print.condition=FOGRA39"]);
    assert_eq!(code, 0, "{said}");
    let doc = inside.unwrap();
    let intent = doc.catalog().unwrap().get(b"OutputIntents").unwrap().as_array().unwrap()[0]
        .as_reference()
        .unwrap();
    let intent = doc.get_dictionary(intent).unwrap();
    let name = intent.get(b"OutputConditionIdentifier").unwrap().as_str().unwrap();
    assert_eq!(name, b"FOGRA39");
    assert!(intent.get(b"RegistryName").is_ok() && intent.get(b"DestOutputProfile").is_err());
    let (code, said, inside, _) = build(1, &["print.profile=articles/000.md"]);
    assert!(code == 4 && said.contains("print::profile") && inside.is_none(), "{said}");
    let (code, said, ..) = build(1, &["print.profile=../x.icc"]);
    assert!(code != 0 && said.contains("../x.icc"), "{said}");
}

/// The articles whose first pages stand on each sheet, in the order they are drawn.
fn order(doc: &Document) -> Vec<Vec<usize>> {
    let forms = |id| {
        let page = doc.get_dictionary(id).unwrap();
        let resources = page.get(b"Resources").unwrap().as_dict().unwrap();
        let forms = resources.get(b"XObject").unwrap().as_dict().unwrap();
        forms.iter().map(|(_, form)| form.as_reference().unwrap()).collect::<Vec<_>>()
    };
    let article = |form| {
        let text = pdf_text::form(doc, form);
        let at = text.find('第')? + '第'.len_utf8();
        text[at..].chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
    };
    doc.page_iter().map(|page| forms(page).into_iter().filter_map(article).collect()).collect()
}

#[test]
fn a_stitched_booklet_is_imposed_in_order() {
    let set = ["print.imposition=saddle", "design.parts=['cover','back-cover']"];
    let (code, said, inside, cover) = build(9, &set);
    assert_eq!(code, 0, "{said}");
    // The first article stands on the inside of the cover: eight are left.
    let sheets = order(&inside.unwrap());
    assert_eq!(sheets, [vec![8, 1], vec![2, 7], vec![6, 3], vec![4, 5]]);
    let cover = cover.unwrap();
    let trim = boxed(cover.get_dictionary(cover.page_iter().next().unwrap()).unwrap(), b"TrimBox");
    near(trim[2] - trim[0], 420.0 * MM);
}

#[test]
fn blanks_and_ink_are_told() {
    let (code, said, ..) = build(4, &["print.ink-limit=100"]);
    assert!(code == 0 && said.contains("print::ink") && said.contains("print::blanks"), "{said}");
    for (key, wrong) in
        [("signature", "5"), ("imposition", "'x'"), ("bleed", "'-1mm'"), ("marks", "3")]
    {
        let setting = format!("print.{key}={wrong}");
        let (code, said, ..) = build(1, &[&setting]);
        assert!(code != 0 && said.contains(&format!("print.{key}")), "{said}");
    }
}
