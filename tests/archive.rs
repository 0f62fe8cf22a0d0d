//! Archives: what they keep can be built and checked again, and whatever happens to them is found.

use crate::book::example;
use crate::command::{qikan, stderr};
use std::path::{Path, PathBuf};

/// Builds an archive; its folder.
fn archived(folder: &Path, args: &[&str]) -> PathBuf {
    let all = [&["build", "-q", "-e", "archive", "-o", "out"], args].concat();
    let output = qikan(folder, &all);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let mut bags =
        std::fs::read_dir(folder.join("out")).unwrap().map(|entry| entry.unwrap().path());
    let bag = bags.next().unwrap();
    assert!(bags.next().is_none(), "the archive alone is written");
    bag
}

fn verify(bag: &Path) -> (i32, String) {
    let output = qikan(Path::new("."), &["verify", bag.to_str().unwrap()]);
    let said = String::from_utf8(output.stdout.clone()).unwrap() + &stderr(&output);
    (output.status.code().unwrap(), said)
}

fn edition(bag: &Path, ending: &str) -> PathBuf {
    let editions = std::fs::read_dir(bag.join("data/editions")).unwrap();
    let mut editions = editions.map(|entry| entry.unwrap().path());
    editions.find(|path| path.extension().is_some_and(|own| own == ending)).unwrap()
}

#[test]
fn an_issue_is_kept_whole() {
    let folder = tempfile::tempdir().unwrap();
    let bag = archived(folder.path(), &[&example("mixed-magazine")]);
    assert_eq!(bag.file_name().unwrap(), "观澜-2021-5.bag");
    let (code, said) = verify(&bag);
    assert_eq!(code, 0, "{said}");
    assert_eq!(said.matches("all there and in order").count(), 2, "{said}");
    // The sources are what they were, and build the same book.
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/mixed-magazine");
    for name in ["qikan.toml", "articles/07-宪法.docx", "articles/images/cat.jpg"] {
        let (own, kept) = (source.join(name), bag.join("data/issue").join(name));
        assert_eq!(std::fs::read(own).unwrap(), std::fs::read(kept).unwrap(), "{name}");
    }
    let issue = bag.join("data/issue");
    let args = ["build", "-q", issue.to_str().unwrap(), "-e", "epub", "-o", "again"];
    assert!(qikan(folder.path(), &args).status.success());
    let again = std::fs::read(folder.path().join("again/观澜-2021-5.epub")).unwrap();
    assert!(again == std::fs::read(edition(&bag, "epub")).unwrap(), "the book is another");
    let count = |ending: &str| {
        let articles = std::fs::read_dir(bag.join("data/articles")).unwrap();
        let names = articles.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.ends_with(ending)).count()
    };
    assert_eq!((count(".md"), count(".ledger.jsonl")), (11, 11));
    let text = |name: &str| std::fs::read_to_string(bag.join("data/metadata").join(name)).unwrap();
    assert!(text("dublin-core.xml").contains("<dc:identifier>urn:issn:1234-5679</dc:identifier>"));
    let build: serde_json::Value = serde_json::from_str(&text("build.json")).unwrap();
    assert_eq!(build["design"]["name"], "magazine");
    assert!(build["fonts"].as_array().unwrap().len() > 3);
}

#[test]
fn the_pdf_of_an_archive_is_checked_against_what_it_carries() {
    let folder = tempfile::tempdir().unwrap();
    let bag = archived(folder.path(), &[&example("mixed-magazine")]);
    let pdf = edition(&bag, "pdf");
    let (code, said) = verify(&pdf);
    assert!(code == 0 && said.contains("11 article(s)"), "{said}");
    // A book carries nothing to be checked against.
    let (code, said) = verify(&edition(&bag, "epub"));
    assert!(code == 2 && said.contains("verify::against"), "{said}");
}

#[test]
fn settings_and_loose_articles_are_kept_with_an_issue_file() {
    let folder = tempfile::tempdir().unwrap();
    for part in ["one/images", "two/images"] {
        std::fs::create_dir_all(folder.path().join(part)).unwrap();
    }
    let picture = |name: &str| format!("{}/tests/pictures/{name}", env!("CARGO_MANIFEST_DIR"));
    for (part, file) in [("one", "turned.jpg"), ("two", "cmyk.jpg")] {
        let own = folder.path().join(part);
        std::fs::copy(picture(file), own.join("images/a.jpg")).unwrap();
        let text = format!("# 第{part}篇\n\n说的是{part}。\n\n![图](images/a.jpg)\n");
        std::fs::write(own.join("文.md"), text).unwrap();
    }
    let args = ["one/文.md", "two/文.md", "-t", "book", "--set", "design.body.indent=0"];
    let bag = archived(folder.path(), &args);
    let manifest = std::fs::read_to_string(bag.join("data/issue/qikan.toml")).unwrap();
    assert!(
        manifest.contains("template = \"book\"") && manifest.contains("indent = 0"),
        "{manifest}"
    );
    let kept = |name: &str| std::fs::read(bag.join("data/issue").join(name)).unwrap();
    assert_eq!(kept("articles/images/a.jpg"), std::fs::read(picture("turned.jpg")).unwrap());
    assert_eq!(kept("articles-2/images/a.jpg"), std::fs::read(picture("cmyk.jpg")).unwrap());
    let (code, said) = verify(&bag);
    assert_eq!(code, 0, "{said}");
    let issue = bag.join("data/issue");
    let args = ["build", "-q", issue.to_str().unwrap(), "-e", "epub", "-o", "again"];
    let output = qikan(folder.path(), &args);
    assert!(output.status.success(), "{}", stderr(&output));
    let mut again = std::fs::read_dir(folder.path().join("again")).unwrap();
    let again = std::fs::read(again.next().unwrap().unwrap().path()).unwrap();
    assert!(again == std::fs::read(edition(&bag, "epub")).unwrap(), "the book is another");
}

#[test]
fn an_archive_without_its_bad_articles_is_whole_in_itself() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = "[issue]\ntitle = '刊'\n[[section]]\nname = '甲'\n\
        articles = ['1*', '2*']\n[[section]]\nname = '乙'\narticles = ['3*']\n";
    for (name, text) in [("qikan.toml", manifest), ("1.md", "# 一\n\n一文。\n"), ("2.md", "")] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    std::fs::write(folder.path().join("3.md"), "# 三\n\n三文。\n").unwrap();
    let output = qikan(folder.path(), &["build", "-q", "-k", "-e", "archive", "-o", "out"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let bag = folder.path().join("out/刊.bag");
    let (code, said) = verify(&bag);
    assert_eq!(code, 0, "{said}");
    let kept = |name: &str| std::fs::read_to_string(bag.join("data/issue").join(name)).unwrap();
    assert_eq!(kept("qikan.original.toml"), manifest);
    let own: toml::Table = kept("qikan.toml").parse().unwrap();
    let sections = own["section"].as_array().unwrap();
    let articles = sections.iter().map(|one| (one["name"].as_str(), one["articles"].to_string()));
    let expected = [(Some("甲"), "[\"1.md\"]".into()), (Some("乙"), "[\"3.md\"]".into())];
    assert_eq!(articles.collect::<Vec<_>>(), expected);
}

#[test]
fn whatever_happens_to_an_archive_is_found() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("灯.md"), "# 灯\n\n那一年，村里通了电。\n").unwrap();
    let bag = archived(folder.path(), &["灯.md"]);
    let file = |name: &str| bag.join("data").join(name);
    let case = |code: &str, part: &str| {
        let (exit, said) = verify(&bag);
        assert_eq!(exit, 5, "{said}");
        assert!(said.contains(code) && said.contains(part), "{code}, {part} in {said}");
    };
    let source = std::fs::read(file("issue/articles/灯.md")).unwrap();
    std::fs::write(file("issue/articles/灯.md"), "# 灯\n\n那一年，村里停了电。\n").unwrap();
    case("bag::changed", "data/issue/articles/灯.md");
    // The editions no longer say what the sources say.
    case("verify::changed", "【停→通】");
    std::fs::write(file("issue/articles/灯.md"), source).unwrap();
    assert_eq!(verify(&bag).0, 0);
    std::fs::write(file("more.txt"), "多").unwrap();
    case("bag::extra", "data/more.txt");
    std::fs::remove_file(file("more.txt")).unwrap();
    std::fs::rename(file("metadata/build.json"), folder.path().join("kept")).unwrap();
    case("bag::missing", "data/metadata/build.json");
    std::fs::rename(folder.path().join("kept"), file("metadata/build.json")).unwrap();
    std::fs::write(bag.join("bag-info.txt"), "Payload-Oxum: 1.1\n").unwrap();
    case("bag::oxum", "1.1");
    case("bag::changed", "bag-info.txt");
    std::fs::remove_file(bag.join("bagit.txt")).unwrap();
    case("bag::unknown", "bagit.txt");
}

/// What is changed with the manifests made anew is found by what the archive was made of.
#[test]
fn an_archive_without_its_editions_is_not_whole() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("灯.md"), "# 灯\n\n文/某\n\n文。\n").unwrap();
    let bag = archived(folder.path(), &["灯.md"]);
    let pdf = edition(&bag, "pdf");
    std::fs::remove_file(&pdf).unwrap();
    for name in ["manifest-sha256.txt", "manifest-sha512.txt"] {
        let text = std::fs::read_to_string(bag.join(name)).unwrap();
        let left: String = text.lines().filter(|line| !line.ends_with(".pdf")).fold(
            String::new(),
            |mut out, line| {
                out.push_str(line);
                out.push('\n');
                out
            },
        );
        std::fs::write(bag.join(name), left).unwrap();
    }
    let (code, said) = verify(&bag);
    assert!(code == 5 && said.contains("bag::missing"), "{said}");
    assert!(said.contains("data/editions/灯.pdf"), "{said}");
    for name in ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt", "manifest-sha512.txt"] {
        std::fs::remove_file(bag.join(name)).unwrap();
    }
    let (code, said) = verify(&bag);
    assert!(code == 5 && said.contains("tagmanifest-sha512.txt"), "{said}");
}

#[test]
fn an_archive_is_replaced_at_once_and_nothing_else_ever_is() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("灯.md"), "# 灯\n\n第一稿。\n").unwrap();
    let bag = archived(folder.path(), &["灯.md"]);
    std::fs::write(folder.path().join("灯.md"), "# 灯\n\n第二稿。\n").unwrap();
    archived(folder.path(), &["灯.md"]);
    let kept = std::fs::read_to_string(bag.join("data/issue/articles/灯.md")).unwrap();
    assert!(kept.contains("第二稿"));
    assert_eq!(verify(&bag).0, 0);
    // A folder of that name that is no archive stays as it is.
    std::fs::remove_dir_all(&bag).unwrap();
    std::fs::create_dir(&bag).unwrap();
    std::fs::write(bag.join("稿.txt"), "手稿").unwrap();
    let output = qikan(folder.path(), &["build", "-e", "archive", "-o", "out", "灯.md"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("press::write"), "{}", stderr(&output));
    assert_eq!(std::fs::read_to_string(bag.join("稿.txt")).unwrap(), "手稿");
    assert_eq!(std::fs::read_dir(folder.path().join("out")).unwrap().count(), 1);
    // Nor is one that somebody put something into; what systems put there is nobody's.
    std::fs::remove_dir_all(&bag).unwrap();
    archived(folder.path(), &["灯.md"]);
    for name in [".DS_Store", "data/.DS_Store"] {
        std::fs::write(bag.join(name), "").unwrap();
    }
    archived(folder.path(), &["灯.md"]);
    for name in ["稿.txt", "manifest-稿.txt", "data/稿.txt", "data/editions/稿.txt"] {
        std::fs::write(bag.join(name), "手稿").unwrap();
        let output = qikan(folder.path(), &["build", "-q", "-e", "archive", "-o", "out", "灯.md"]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", stderr(&output));
        std::fs::remove_file(bag.join(name)).unwrap();
    }
    archived(folder.path(), &["灯.md"]);
}

#[test]
fn an_archive_is_the_same_from_wherever_it_is_built() {
    let folder = tempfile::tempdir().unwrap();
    let issue = folder.path().join("刊");
    std::fs::create_dir_all(issue.join("texts/images")).unwrap();
    let manifest = "[issue]\ntitle = '刊'\n[[section]]\narticles = ['texts/*.md']\n";
    std::fs::write(issue.join("qikan.toml"), manifest).unwrap();
    // As browsers name the pictures of a page they save.
    let text = "# 猫\n\n文/某\n\n文,文。\n\n![猫](./images/cat.jpg)\n";
    std::fs::write(issue.join("texts/01.md"), text).unwrap();
    let picture = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples/mixed-magazine/articles/images/cat.jpg");
    std::fs::copy(picture, issue.join("texts/images/cat.jpg")).unwrap();
    let outs = ["named", "inside", "again"].map(|name| folder.path().join(name));
    let build = |folder: &Path, what: &str, out: &Path| {
        let args = ["build", "-q", "-e", "archive", "-o", out.to_str().unwrap(), what];
        let output = qikan(folder, &args);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        out.join("刊.bag")
    };
    let named = build(folder.path(), issue.to_str().unwrap(), &outs[0]);
    let inside = build(&issue, ".", &outs[1]);
    let kept = named.join("data/issue");
    let again = build(folder.path(), kept.to_str().unwrap(), &outs[2]);
    for bag in [&named, &inside, &again] {
        let (code, said) = verify(bag);
        assert_eq!(code, 0, "{said}");
        let manifest =
            |bag: &Path| std::fs::read_to_string(bag.join("manifest-sha256.txt")).unwrap();
        assert_eq!(manifest(bag), manifest(&named), "{}", bag.display());
    }
    let ledger = std::fs::read_to_string(named.join("data/articles/001-01.ledger.jsonl")).unwrap();
    assert!(ledger.contains(r#""file":"texts/01.md""#), "{ledger}");
}
