//! Whatever an article is made of, and wherever that stands, every edition has all of it: each is
//! read back as it is made, by readers of their own.

use crate::library;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use qikan::ingest::Input;
use qikan::issue::Edition;
use qikan::press::{Order, Report, make};
use qikan::template::Design;
use std::path::Path;

/// Words of an article, and what else stands among them.
const INLINES: &[&str] = &[
    "普通文字，带标点。",
    "**粗体字**",
    "*斜体字*",
    "`code x<y`",
    "[链接](https://example.org/a?b=c&d=e)",
    "《书名》",
    "“引文”",
    "Latin words here",
    "~~删去~~",
    "𬭸䶮㬎",
    "葛\u{E0100}城",
    "漢字(かんじ)",
    "——",
    "……",
    "A&B",
    "<ruby>汉<rt>hàn</rt></ruby>",
    "文[^1]",
    "é ñ ü",
    "①②③",
    "\u{200B}",
    "\u{2028}",
    "\u{202F}",
    "\u{61C}",
    "   ",
    "<br>",
    "<u>下划线</u>",
    "<sub>下</sub>",
    "![图](large.png)",
    "![图](small.png)",
    "\\*转义\\*",
    "&copy;&nbsp;&lt;",
    "ﬁ连字",
    "ｆｕｌｌ",
    "㎡",
    "：：",
    "（（嵌套）】",
    "“‘’”",
];

/// Blocks around some words, which stand for `@`.
const BLOCKS: &[&str] = &[
    "@",
    "@@@@@@@@",
    "## @",
    "##### @",
    "- @\n- @@\n- @",
    "3. @\n4. @",
    "- 外\n  - 内@\n    1. 深@\n\n       @",
    "- [ ] @\n- [x] 完成",
    "> @\n>\n> - @",
    "> > @",
    "```\n@\n  缩进\n\tTab\n```",
    "| @ | 二 |\n|---|:-:|\n| @@ | @ |\n| x | |",
    "---",
    "![说明@](large.png)",
    "<div align=\"center\">@</div>",
    "<table><tr><td><img src=\"small.png\" alt=\"小\"></td><td>@</td></tr></table>",
    "<figure><img src=\"large.png\" alt=\"大\"><figcaption>题@</figcaption></figure>",
];

/// Notes, which are all that `[^1]` may lead to.
const NOTES: &[&str] = &[
    "注@",
    "注\n\n        code x\n          two\n\n    后@",
    "![图](large.png)",
    "- 一![图](small.png)\n    - ![图](large.png)\n    - ![图](small.png)",
    "| 一 | @ |\n    |---|---|\n    | ![图](small.png) | x |",
];

fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(INLINES), 1..5).prop_map(|words| words.concat())
}

/// A form with words in place of every `@`.
fn filled(forms: &'static [&'static str]) -> impl Strategy<Value = String> {
    (select(forms), proptest::collection::vec(words(), 8)).prop_map(|(form, words)| {
        let mut words = words.into_iter().cycle();
        let fill = |part: &str| words.next().unwrap_or_default() + part;
        let (first, rest) = form.split_once('@').unwrap_or((form, ""));
        let rest: String = match form.contains('@') {
            true => rest.split('@').map(fill).collect(),
            false => String::new(),
        };
        format!("{first}{rest}")
    })
}

fn article() -> impl Strategy<Value = String> {
    let blocks = proptest::collection::vec(filled(BLOCKS), 1..16);
    (words(), blocks, filled(NOTES)).prop_map(|(title, blocks, note)| {
        let note = note.replace("[^1]", "");
        format!("# {title}\n\n文/张三\n\n{}\n\n[^1]: {note}\n", blocks.join("\n\n"))
    })
}

/// A folder with the pictures.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, width, height) in [("large.png", 400, 300), ("small.png", 20, 20), ("dot.png", 1, 1)]
    {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&vec![128; (width * height) as usize]).unwrap();
        writer.finish().unwrap();
        std::fs::write(folder.path().join(name), out).unwrap();
    }
    folder
}

/// What is wrong with the editions of an article; they are read back before they are handed over.
fn wrong(text: &str, ending: &str, design: &str, folder: &Path) -> Vec<String> {
    let bytes = text.as_bytes().to_vec();
    let name = format!("文.{ending}");
    let input = Input { name, bytes, folder: Some(folder.to_owned()), ..Input::default() };
    let order = Order {
        sections: vec![(None, vec![input])],
        design: Design::named(design).ok(),
        editions: vec![Edition::Pdf, Edition::Epub],
        ..Order::default()
    };
    let mut report = Report::default();
    let made = make(&order, library(), &mut report);
    let codes = report.sink.found().iter().filter(|finding| finding.code.exit() != 0);
    let codes: Vec<String> = codes.map(|finding| format!("{finding:?}")).collect();
    assert_eq!(made.is_some(), codes.is_empty());
    codes
}

proptest! {
    // The same articles on every machine: whoever changes something else is not told of another's.
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(0x520E_2026),
        ..ProptestConfig::with_cases(24)
    })]

    #[test]
    fn every_edition_has_all_of_an_article(text in article(), design in select(Design::names())) {
        let folder = folder();
        let wrong = wrong(&text, "md", design, folder.path());
        prop_assert!(wrong.is_empty(), "{:?}\n{}", wrong, text);
    }
}

#[test]
fn what_once_was_lost_is_carried() {
    let folder = folder();
    let cases = [
        // The box of a task is no word of its author's.
        ("md", "# 题\n\n- [ ] 待办\n- [x] 完成\n"),
        // Code and pictures in a note, at the foot of a page or after the text.
        ("md", "# 题\n\n正文[^1]。\n\n[^1]: 注\n\n        code x\n          two\n"),
        ("md", "# 题\n\n正文[^1]。\n\n[^1]: 注![图](large.png)和![图](small.png)后\n"),
        ("md", "# 题\n\n正文。\n\n[^1]: ![图](small.png)\n"),
        // Line ends and spaces that no face has.
        ("md", "# 题\n\n前\u{2028}中\u{2029}后\n"),
        ("md", "---\nlang: en\n---\n# A\n\none\u{202F}two\u{205F}three\u{85}four\u{C}five\n"),
        ("md", "---\nlang: en\n---\n# A\n\none\u{61C}two\u{180E}three\u{2061}four\n"),
        // A list that begins at a long number; a picture of one pixel.
        ("md", "# 题\n\n20210426. 会议纪要。\n20210427. 又一条。\n"),
        ("md", "# 题\n\n正文。\n\n![点](dot.png)\n\n又![点](dot.png)文。\n"),
        // A body that stands in its title, too.
        ("md", "# 红《书》\n\n红\n"),
        // Small pictures alone in a cell, a large one in a caption.
        (
            "html",
            "<h1>题</h1><table><tr><td><img src=small.png alt=x></td><td>文</td></tr></table>",
        ),
        (
            "html",
            "<h1>题</h1><p>文</p><figure><img src=large.png alt=x><figcaption>题<img \
            src=large.png alt=y></figcaption></figure>",
        ),
    ];
    // Each in two designs: all of them would say no more, and later.
    let designs = Design::names();
    for (at, (ending, text)) in cases.into_iter().enumerate() {
        for design in [at, at + 1].map(|at| designs[at % designs.len()]) {
            let wrong = wrong(text, ending, design, folder.path());
            assert!(wrong.is_empty(), "{design}: {wrong:?}\n{text}");
        }
    }
}

/// What is said about an article, all at once and one at a time: designs put marks around it.
#[test]
fn what_is_said_about_an_article_is_no_surplus() {
    let fields = [
        "title: 题目",
        "overline: 引题",
        "subtitle: 副题",
        "author: [王五, {name: 李四, affiliation: 某大学}]",
        "source: 人民日报",
        "date: 2021-04-26",
        "summary: 导读。",
        "editor: 王五",
        "keywords: [词一, 词二, 灯]",
    ];
    let folder = folder();
    let designs = Design::names();
    let languages = ["zh-Hans", "zh-Hant", "ja", "ko", "en"];
    for (at, language) in languages.into_iter().enumerate() {
        let all = fields.join("\n");
        let one = |of: usize| fields[(at + of) % fields.len()].to_owned();
        for (of, said) in [all, one(0), one(3), one(7)].into_iter().enumerate() {
            let text = format!("---\nlang: {language}\n{said}\n---\n\n灯一直亮着。\n\n第二段。\n");
            let wrong = wrong(&text, "md", designs[(at + of) % designs.len()], folder.path());
            assert!(wrong.is_empty(), "{wrong:?}\n{text}");
        }
    }
    // The example of the readme, in the design that shows the most.
    let readme = include_str!("../README.md");
    let start = readme.find("---\ntitle: ").unwrap();
    let end = start + readme[start + 4..].find("---\n").unwrap() + 8;
    let text = format!("{}\n正文。\n", &readme[start..end]);
    assert!(text.contains("editor: "), "{text}");
    let wrong = wrong(&text, "md", "journal", folder.path());
    assert!(wrong.is_empty(), "{wrong:?}\n{text}");
}
