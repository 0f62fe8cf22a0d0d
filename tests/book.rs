//! The EPUB, read as a zip of XML: pages that are those of the PDF, metadata, nothing that runs.

use crate::command::{qikan, stderr};
use crate::pdf_text;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// The files of a book and the pages of the PDF of the same build.
pub(crate) struct Made {
    pub(crate) files: BTreeMap<String, String>,
    /// The text of each page, white space aside.
    pub(crate) pages: Vec<String>,
}

pub(crate) fn made(inputs: &[&str], folder: &Path, set: &[&str]) -> Made {
    let mut args = vec!["build", "-o", "out"];
    args.extend(inputs);
    set.iter().for_each(|one| args.extend(["--set", one]));
    let output = qikan(folder, &args);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let mut files = BTreeMap::new();
    let mut pages = Vec::new();
    for entry in std::fs::read_dir(folder.join("out")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        if path.extension().is_some_and(|ending| ending == "pdf") {
            pages = pdf_text::pages(&bytes).iter().map(|page| solid(page)).collect();
            continue;
        }
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            let text = String::from_utf8(bytes).unwrap_or_default();
            files.insert(file.name().to_owned(), text);
        }
    }
    Made { files, pages }
}

pub(crate) fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The words of XHTML, white space aside, without what is made for the edition.
pub(crate) fn words(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let skip = [
            ("<a epub:type=\"noteref\"", "</a>"),
            ("<rp>", "</rp>"),
            ("<aside epub:type=\"footnote\"", "</aside>"),
        ];
        let close =
            skip.iter().find(|(open, _)| tail.starts_with(open)).map_or(">", |(_, close)| close);
        rest = &tail[tail.find(close).unwrap() + close.len()..];
    }
    out.push_str(rest);
    let out = out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    solid(&out.replace("&#x27;", "'").replace("&#x2f;", "/").replace("&amp;", "&"))
}

pub(crate) fn example(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name).display().to_string()
}

#[test]
fn the_page_list_is_that_of_the_printed_pages() {
    for (name, least) in [("governance-essay", 3), ("classic", 30)] {
        let folder = tempfile::tempdir().unwrap();
        let Made { files, pages } = made(&[&example(name)], folder.path(), &[]);
        let navigation = &files["OEBPS/nav.xhtml"];
        let list = navigation.split("epub:type=\"page-list\"").nth(1).unwrap();
        let list = list.split("</nav>").next().unwrap();
        let mut listed = 0;
        for entry in list.split("<a href=\"").skip(1) {
            let (address, rest) = entry.split_once("\">").unwrap();
            let label = rest.split('<').next().unwrap();
            let (file, id) = address.split_once('#').unwrap();
            let chapter = &files[&format!("OEBPS/{file}")];
            let mark = format!(" id=\"{id}\" aria-label=\"{label}\"></span>");
            let after = chapter.split(&mark).nth(1).unwrap_or_else(|| panic!("{label} in {file}"));
            let begins: String = words(after).chars().take(8).collect();
            // A page ends with its number, and a running head before it.
            let page = pages.iter().find(|page| page.starts_with(&begins) && page.ends_with(label));
            assert!(page.is_some(), "{name}: page {label} begins with {begins}");
            listed += 1;
        }
        let numbered = pages.len() - pages.iter().take_while(|page| !page.ends_with('1')).count();
        assert!(listed >= least && listed <= numbered, "{listed} of {numbered}");
    }
}

#[test]
fn a_blank_page_stands_before_what_comes_after_it() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.md", "b.md"] {
        std::fs::write(folder.path().join(name), format!("# {name}\n\n字。\n")).unwrap();
    }
    let set = ["design.articles=recto"];
    let Made { files, .. } = made(&["a.md", "b.md", "-t", "magazine"], folder.path(), &set);
    let has = |file: &str, page: u8| files[file].contains(&format!("id=\"page-{page}\""));
    let (first, second) = ("OEBPS/article-001.xhtml", "OEBPS/article-002.xhtml");
    assert!(has(first, 1) && !has(first, 2), "{}", files[first]);
    assert!(has(second, 2) && has(second, 3), "{}", files[second]);
}

#[test]
fn the_package_says_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let Made { files, .. } = made(&[&example("mixed-magazine")], folder.path(), &[]);
    let package = &files["OEBPS/content.opf"];
    for part in [
        "<dc:identifier>urn:issn:1234-5679</dc:identifier>",
        "property=\"title-type\">main<",
        "property=\"title-type\">collection<",
        "property=\"belongs-to-collection\" id=\"series\">观澜<",
        "property=\"group-position\">48<",
        "scheme=\"marc:relators\">aut<",
        "scheme=\"marc:relators\">edt<",
        "schema:accessibilityFeature\">pageBreakMarkers<",
        "schema:accessibilityHazard\">none<",
        "EPUB Accessibility 1.1 - WCAG 2.1 Level AA",
        "property=\"pageBreakSource\">观澜-2021-5.pdf<",
    ] {
        assert!(package.contains(part), "{part} in\n{package}");
    }
    let navigation = &files["OEBPS/nav.xhtml"];
    assert!(
        navigation.contains("<li><span>治理</span>\n<ol>")
            || navigation.contains("<span>治理</span><ol>"),
        "{navigation}"
    );
    assert!(navigation.contains("epub:type=\"landmarks\"") && navigation.contains("bodymatter"));
}

#[test]
fn what_is_not_described_is_not_promised() {
    let folder = tempfile::tempdir().unwrap();
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures/deep.png");
    std::fs::copy(picture, folder.path().join("a.png")).unwrap();
    std::fs::write(folder.path().join("a.md"), "# 题\n\n字。\n\n![](a.png)\n").unwrap();
    let Made { files, .. } = made(&["a.md"], folder.path(), &[]);
    let package = &files["OEBPS/content.opf"];
    assert!(!package.contains("conformsTo") && !package.contains("alternativeText"), "{package}");
}

#[test]
fn a_vertical_book_turns_to_the_right() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "# 题\n\n字。\n").unwrap();
    let Made { files, .. } = made(&["a.md"], folder.path(), &["design.writing=vertical"]);
    assert!(files["OEBPS/content.opf"].contains("page-progression-direction=\"rtl\""));
    assert!(files["OEBPS/stylesheet.css"].contains("-epub-writing-mode: vertical-rl"));
}

#[test]
fn no_heading_leaves_a_level_out() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# 题\n\n#### 甲\n\n字。\n\n> ##### 乙\n>\n> 文。\n\n## 丙\n\n句。\n";
    std::fs::write(folder.path().join("a.md"), text).unwrap();
    let Made { files, .. } = made(&["a.md"], folder.path(), &[]);
    let page = &files["OEBPS/article-001.xhtml"];
    let levels: Vec<&str> = page
        .match_indices("<h")
        .filter_map(|(at, _)| page.get(at + 2..at + 3))
        .filter(|l| "123456".contains(l))
        .collect();
    assert_eq!(levels, ["1", "2", "3", "2"], "{page}");
    for (id, title) in [("part-1", "甲"), ("part-2", "乙"), ("part-3", "丙")] {
        assert!(page.contains(&format!("id=\"{id}\">{title}<")), "{page}");
        assert!(files["OEBPS/nav.xhtml"].contains(&format!("#{id}\">{title}<")));
    }
}

#[test]
fn verse_keeps_its_lines_at_one_edge() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# 题\n\n床前明月光，\\\n疑是地上霜。\n\n文。\n";
    std::fs::write(folder.path().join("a.md"), text).unwrap();
    let Made { files, .. } = made(&["a.md"], folder.path(), &[]);
    let page = &files["OEBPS/article-001.xhtml"];
    assert!(page.contains("<p class=\"verse\">床前明月光，<br/>疑是地上霜。</p>"), "{page}");
}

/// Ways in which pages have smuggled scripts past cleaners, after the published lists of XSS and
/// mutation XSS vectors.
const VECTORS: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href=\"javascript:alert(1)\">甲</a>",
    "<a href=\" jAvAsCrIpT:alert(1)\">甲</a>",
    "<a href=\"&#106;avascript:alert(1)\">甲</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">甲</a>",
    "<a href=\"vbscript:x\">甲</a>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<form action=\"https://a.example\"><input name=x><button>甲</button></form>",
    "<iframe src=\"https://a.example\"></iframe>",
    "<object data=\"https://a.example\"></object><embed src=\"https://a.example\">",
    "<link rel=stylesheet href=\"https://a.example/a.css\">",
    "<style>@import 'https://a.example/a.css';</style>",
    "<p style=\"background:url(https://a.example/a.png)\" onclick=alert(1)>甲</p>",
    "<details ontoggle=alert(1) open>甲</details>",
    "<template><img src=x onerror=alert(1)></template>",
    "<p>&lt;script&gt;甲 &#xD800; \u{FFFE}</p>",
    "<a href=\"https://a.example/\" target=_blank ping=\"https://b.example\">甲</a>",
    "<video src=\"https://a.example/a.mp4\" autoplay></video>",
    "<base href=\"https://a.example/\"><meta http-equiv=refresh content=\"0;url=https://a.example\">",
];

#[test]
fn nothing_that_runs_reaches_the_book() {
    let set = ["images.missing=warn", "fonts.missing=warn", "epub.fonts=none"];
    for vector in VECTORS {
        let folder = tempfile::tempdir().unwrap();
        let page = format!(
            "<html><title>题</title><body><article><h1>题</h1><p>前文，够长的一段话。</p>{vector}<p>后文，也够长的一段话。</p></article></body></html>"
        );
        std::fs::write(folder.path().join("a.html"), page).unwrap();
        let Made { files, .. } = made(&["a.html", "-e", "epub"], folder.path(), &set);
        let chapter = &files["OEBPS/article-001.xhtml"];
        let tags: String = chapter
            .split('<')
            .skip(1)
            .filter_map(|tag| tag.split('>').next())
            .collect::<Vec<_>>()
            .join("\n")
            .to_lowercase();
        for bad in [
            "script",
            "onerror",
            "onclick",
            "onload",
            "ontoggle",
            "javascript:",
            "vbscript:",
            "data:",
            "style=",
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "ping=",
            "video",
            "base ",
            "http-equiv",
            "svg",
            "src=\"http",
        ] {
            assert!(!tags.contains(bad), "{bad} of {vector} in\n{chapter}");
        }
        assert!(chapter.contains("前文") && chapter.contains("后文"), "{vector}: {chapter}");
    }
}
