//! `qikan check`, `qikan fonts` and completions: said before anything is printed, nothing written.

use crate::command::{command, qikan, stderr};

#[test]
fn what_an_editor_should_look_at_is_said_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let text = "---\ntitle: 灯\nsubtitle: 读〈灯\n---\n\n## 空的\n\n## 有文的\n\n字《没有配对。见[那里](#没有)和[那篇](别的.md)，\
        又见[下文](#有文的)与[站点](https://example.org/)。\n\n他说：“到此为止。\n\n![](cmyk.jpg)\n\n## 尾\n";
    std::fs::write(folder.path().join("灯.md"), text).unwrap();
    let picture = format!("{}/tests/pictures/cmyk.jpg", env!("CARGO_MANIFEST_DIR"));
    std::fs::copy(picture, folder.path().join("cmyk.jpg")).unwrap();
    let output = qikan(folder.path(), &["check", "灯.md"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    for (code, part) in [
        ("article::no-author", "“灯” has no author"),
        ("article::no-date", "“灯” has no date"),
        ("structure::empty-heading", "“空的”"),
        ("structure::empty-heading", "“尾”"),
        ("punctuation::unbalanced", "“《”"),
        ("punctuation::unbalanced", "“〈”"),
        ("punctuation::unbalanced", "““”"),
        ("image::no-alt", "cmyk.jpg"),
        ("link::nowhere", "“#没有”"),
        ("link::nowhere", "“别的.md”"),
    ] {
        let told = said.lines().any(|line| line.contains(code) && line.contains(part));
        assert!(told, "{code} {part} in {said}");
    }
    assert_eq!(said.matches("link::nowhere").count(), 2, "{said}");
    assert_eq!(said.matches("structure::empty-heading").count(), 2, "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is written");
    assert_eq!(qikan(folder.path(), &["check", "--strict", "灯.md"]).status.code(), Some(3));
}

#[test]
fn numbers_that_are_wrong_are_said_by_check() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("灯.md"), "# 灯\n\n文。\n").unwrap();
    for (line, code) in [("issn = '1234-5678'", "issue::issn"), ("cn = 'CN1-2'", "issue.cn")] {
        let manifest = format!("[issue]\ntitle = '刊'\n{line}\n");
        std::fs::write(folder.path().join("qikan.toml"), manifest).unwrap();
        let output = qikan(folder.path(), &["check"]);
        assert!(!output.status.success() && stderr(&output).contains(code), "{}", stderr(&output));
    }
}

#[test]
fn lines_that_are_spread_are_said_by_check_alone() {
    let folder = tempfile::tempdir().unwrap();
    let word = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft";
    let text =
        format!("# 灯\n\n文/某\n\n这一行写到{word}就断不开了，前面只好撑开一些才排得满这一行。\n");
    std::fs::write(folder.path().join("灯.md"), text).unwrap();
    let args = ["check", "灯.md", "--set", "design.type-area.chars=20"];
    let output = qikan(folder.path(), &args);
    let said = stderr(&output);
    assert!(said.contains("typeset::"), "{said}");
    let args = ["build", "灯.md", "--set", "design.type-area.chars=20"];
    assert!(!stderr(&qikan(folder.path(), &args)).contains("typeset::loose"));
}

#[test]
fn the_catalogue_is_published_as_it_is() {
    let published = include_str!("../src/diagnostics/README.md");
    let output = qikan(std::path::Path::new("."), &["messages"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said == published, "run: qikan messages > src/diagnostics/README.md");
}

/// Every line of some builds that go wrong in many ways keeps to the published form.
#[test]
fn messages_for_scripts_keep_to_their_schema() {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    let text =
        String::from_utf8(qikan(std::path::Path::new("."), &["messages", "--schema"]).stdout);
    let schema: serde_json::Value = serde_json::from_str(&text.unwrap()).unwrap();
    compiler.add_resource("message.json", schema).unwrap();
    let schema = compiler.compile("message.json", &mut schemas).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    put("a.md", "# 灯\n\n## 空\n\n字《“\"\u{E000}\n\n![](x.png)\n\n[那里](#无)\n");
    put("b.txt", "");
    put("qikan.toml", "[issue]\ntitel = '刊'\n[[section]]\nname='一'\narticles=['a.md','b.txt']\n");
    let mut count = 0;
    for args in [
        &["build"][..],
        &["check", "--lang", "zh"],
        &["build", "b.txt", "no.txt"],
        &["verify", "a.md"],
    ] {
        let output = qikan(folder.path(), &[args, &["--message-format", "json"]].concat());
        for line in stderr(&output).lines() {
            let object: serde_json::Value = serde_json::from_str(line).unwrap();
            if let Err(error) = schemas.validate(&object, schema) {
                panic!("{line}: {error:#}");
            }
            count += 1;
        }
    }
    assert!(count >= 12, "{count} messages");
}

#[test]
fn shells_get_completions() {
    for (shell, part) in
        [("bash", "complete -F"), ("zsh", "#compdef qikan"), ("fish", "complete -c")]
    {
        let output = qikan(std::path::Path::new("."), &["completions", shell]);
        assert!(output.status.success());
        assert!(String::from_utf8(output.stdout).unwrap().contains(part), "{shell}");
    }
}

#[test]
fn faces_are_listed_and_looked_up() {
    let folder = tempfile::tempdir().unwrap();
    let print = |args: &[&str]| {
        let output = qikan(folder.path(), args);
        (output.status.code(), String::from_utf8(output.stdout.clone()).unwrap() + &stderr(&output))
    };
    let (code, said) = print(&["fonts"]);
    assert_eq!(code, Some(0), "{said}");
    for part in
        ["song ", "bundled", "NotoSerifCJKsc-Regular", "LXGWWenKai-Regular", "may be embedded"]
    {
        assert!(said.contains(part), "{part} in {said}");
    }
    // 𬭸 is in the faces for reading, 䶶 in another one, U+E000 in none.
    let text = "张三，abc\n𬭸䶶\u{E000}";
    std::fs::write(folder.path().join("字.txt"), text).unwrap();
    let (code, said) = print(&["fonts", "--coverage", "字.txt"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("U+E000  2:3  no face") && said.contains("字.txt:2:3"), "{said}");
    assert!(said.contains("䶶  U+4DB6  2:2  LXGWWenKai-Regular"), "{said}");
    assert!(!said.contains("张  U+") && !said.contains("𬭸  U+"), "{said}");
    // 葛 with U+E01EF is of no collection.
    std::fs::write(folder.path().join("字.txt"), "葛\u{E01EF}\n葛\u{E01EF}").unwrap();
    let (code, said) = print(&["fonts", "--coverage", "字.txt"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("U+845B U+E01EF  1:1  no such variant"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    std::fs::write(folder.path().join("字.txt"), "张三，abc").unwrap();
    let (code, said) = print(&["fonts", "--coverage", "字.txt"]);
    assert!(code == Some(0) && said.contains("have every character"), "{said}");
    assert_eq!(print(&["fonts", "--coverage", "无.txt"]).0, Some(4));
}

/// A face that has one character only, in the glyph it has for 一.
fn face_of(c: char) -> Vec<u8> {
    use write_fonts::tables::cmap::Cmap;
    use write_fonts::{FontBuilder, read::FontRef, types::GlyphId};
    let kai = std::fs::read(format!("{}/fonts/LXGWWenKai-Regular.ttf", env!("CARGO_MANIFEST_DIR")));
    let kai = kai.unwrap();
    let cmap = Cmap::from_mappings([(c, GlyphId::new(100))]).unwrap();
    let mut builder = FontBuilder::new();
    builder.add_table(&cmap).unwrap();
    builder.copy_missing_tables(FontRef::new(&kai).unwrap()).build()
}

/// A character is set in the first face that has it: one's own, a bundled one, the system's.
#[test]
fn other_faces_help_out_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let system = folder.path().join("home/.local/share/fonts/some");
    std::fs::create_dir_all(&system).unwrap();
    std::fs::create_dir(folder.path().join("own")).unwrap();
    let run = |text: &str, args: &[&str]| {
        std::fs::write(folder.path().join("a.md"), format!("# 题\n\n文{text}文。\n")).unwrap();
        let mut command = command(folder.path(), &["build", "a.md"]);
        let home = folder.path().join("home");
        let output = command.args(args).env("HOME", home).output().unwrap();
        (output.status.code(), stderr(&output))
    };
    // Of the bundled faces only the 楷 one has 䶶.
    let (code, said) = run("䶶", &[]);
    assert!(code == Some(0) && said.contains("LXGWWenKai-Regular helps out"), "{said}");
    assert!(said.contains("“䶶” (U+4DB6)") && said.contains("a.md:3:2"), "{said}");
    assert!(said.contains("│ 文䶶文。\n  │   ^^\n"), "the character alone is underlined: {said}");
    // None has U+30003; a face of the system may, and is not used where it is not wanted.
    std::fs::write(system.join("some.ttf"), face_of('\u{30003}')).unwrap();
    let (code, said) = run("\u{30003}", &["--ignore-system-fonts"]);
    assert!(code == Some(1) && said.contains("fonts::missing-glyph"), "{said}");
    let (code, said) = run("\u{30003}", &[]);
    assert!(code == Some(0) && said.contains("fonts::system-face"), "{said}");
    // Whoever asks is told the same.
    let fonts = |args: &[&str]| {
        let mut command = command(folder.path(), &["fonts"]);
        let output = command.args(args).env("HOME", folder.path().join("home")).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, said) = fonts(&["--coverage", "a.md"]);
    assert!(
        code == Some(0) && said.contains("U+30003  3:2  LXGWWenKai-Regular (system)"),
        "{said}"
    );
    let (code, said) = fonts(&["--coverage", "a.md", "--ignore-system-fonts"]);
    assert!(code == Some(1) && said.contains("U+30003  3:2  no face"), "{said}");
    assert!(fonts(&[]).1.contains("system  LXGWWenKai-Regular"));
    assert!(!fonts(&["--ignore-system-fonts"]).1.contains("system"));
    // What a private character means is not for a system to say.
    std::fs::write(system.join("some.ttf"), face_of('\u{E000}')).unwrap();
    assert_eq!(run("\u{E000}", &[]).0, Some(1));
    // One's own comes first, and may have it.
    std::fs::write(folder.path().join("own/own.ttf"), face_of('\u{E000}')).unwrap();
    let (code, said) = run("\u{E000}", &["--font-path", "own"]);
    assert!(code == Some(0) && said.contains("fonts::fallback"), "{said}");
}

#[test]
fn variants_that_no_face_has_are_said() {
    let folder = tempfile::tempdir().unwrap();
    // 葛 with U+E0100 is of the Adobe-Japan1 collection; 葛 with U+E01EF is of none.
    std::fs::write(folder.path().join("a.md"), "# 题\n\n葛\u{E01EF}。\n").unwrap();
    let output = qikan(folder.path(), &["build", "-e", "epub", "a.md"]);
    let said = stderr(&output);
    assert!(output.status.success() && said.contains("fonts::no-variant"), "{said}");
    assert!(said.contains("U+845B U+E01EF") && said.contains("a.md:3:1"), "{said}");
}

#[test]
fn an_issue_without_articles_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("qikan.toml"), "[[section]]\nname = '甲'\n").unwrap();
    for command in ["check", "build"] {
        let output = qikan(folder.path(), &[command]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(4), "{said}");
        assert!(said.contains("ingest::no-articles") && said.contains("empty-section"), "{said}");
    }
}

#[test]
fn a_folder_of_articles_is_called_what_it_is_called() {
    let folder = tempfile::tempdir().unwrap();
    let laws = folder.path().join("法律汇编");
    std::fs::create_dir(&laws).unwrap();
    std::fs::write(laws.join("a.md"), "# 甲法\n\n文/某\n\n文。\n").unwrap();
    let made = |name: &str| {
        let output = qikan(&laws, &["build", ".", "-q", "-e", "epub", "-o", "out"]);
        assert!(output.status.success(), "{}", stderr(&output));
        laws.join("out").join(name).is_file()
    };
    assert!(made("甲法.epub"), "one article has its own name");
    std::fs::write(laws.join("b.md"), "# 乙法\n\n文/某\n\n文。\n").unwrap();
    assert!(made("法律汇编.epub"));
    let said = stderr(&qikan(&laws, &["check", "a.md", "./a.md", "b.md"]));
    assert_eq!(said.matches("manifest::twice").count(), 1, "{said}");
}

#[test]
fn articles_that_are_forgotten_or_listed_twice_are_said() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("articles")).unwrap();
    for name in
        ["README.md", "articles/README.md", "articles/a.md", "articles/b.md", "articles/c.txt"]
    {
        std::fs::write(folder.path().join(name), "# 文\n\n文/某\n\n文。\n").unwrap();
    }
    let manifest = "[issue]\ntitle = '刊'\ndate = '2021-05-01'\n\
        [[section]]\nname = '甲'\narticles = ['articles/a.md', 'articles/b.md']\n\
        [[section]]\nname = '乙'\narticles = ['articles/b.md']\n";
    std::fs::write(folder.path().join("qikan.toml"), manifest).unwrap();
    for command in ["check", "build"] {
        let output = qikan(folder.path(), &[command, "-q", "--strict"]);
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
        assert!(stderr(&output).contains("press::strict"), "{}", stderr(&output));
        let said = stderr(&qikan(folder.path(), &[command]));
        let told = |code: &str| said.lines().filter(|line| line.contains(code)).collect::<Vec<_>>();
        assert!(told("manifest::unlisted").concat().contains("articles/c.txt"), "{said}");
        assert!(told("manifest::twice").concat().contains("articles/b.md"), "{said}");
        assert_eq!(told("manifest::").len(), 2, "{said}");
    }
}
