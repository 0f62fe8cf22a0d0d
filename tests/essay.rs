//! The governance essay, as it was scraped, through the whole program in memory.

use crate::{library, pdf_text};
use qikan::article::{Block, Role};
use qikan::copyedit::{Policy, copyedit};
use qikan::diagnostics::Sink;
use qikan::ingest::{Input, ingest};
use qikan::issue::Edition;
use qikan::press::{Made, Order, Report, make};
use qikan::source::Sources;
use std::io::Read;

const ESSAY: &[u8] = include_bytes!("../examples/governance-essay/articles/seed-essay.txt");
const TITLE: &str = "着力打造市域社会治理现代化“十堰样板”";
const PARTS: [&str; 3] = [
    "一、坚持市域统筹，着力构建集约高效的市域社会治理新体系",
    "二、坚持聚焦主业，努力营造安全稳定的发展环境",
    "三、坚持创新驱动，切实构成共建共治共享的市域社会治理新模式",
];

fn input() -> Input {
    Input { name: "seed-essay.txt".to_owned(), bytes: ESSAY.to_vec(), ..Input::default() }
}

fn editions() -> (Vec<Made>, Report) {
    let order = Order {
        sections: vec![(None, vec![input()])],
        editions: vec![Edition::Epub, Edition::Pdf],
        ..Order::default()
    };
    let mut report = Report::default();
    let made = make(&order, library(), &mut report).unwrap();
    (made, report)
}

fn article() -> (qikan::article::Article, Sources, Sink) {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let article = ingest(&input(), "zh-Hans", &mut sources, &mut Sink::default()).unwrap();
    (copyedit(article, Policy::Full.into(), &mut sink), sources, sink)
}

fn solid(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn its_fields_are_found() {
    let (article, _, sink) = article();
    let metadata = &article.metadata;
    assert!(sink.found().is_empty(), "{:?}", sink.found());
    assert_eq!(article.title(), TITLE);
    assert_eq!(metadata.source.as_ref().unwrap().as_str(), "楚天法治");
    let date = metadata.date.as_ref().unwrap();
    assert_eq!((date.text.as_str(), date.iso().as_str()), ("2021-04-26 16:16:21", "2021-04-26"));
    assert_eq!(metadata.author_names(), ["吴秀金"]);
    let last = article.blocks.last().unwrap();
    assert_eq!(last.plain(), "作者系十堰市市委党校2021年春季年轻干部班学员");
    assert!(matches!(last, Block::Paragraph(p) if p.role == Role::AuthorNote));
}

#[test]
fn its_parts_are_run_in_headings_and_its_enumerations_prose() {
    let (article, ..) = article();
    let headings: Vec<_> =
        article.headings().map(|h| (h.level, qikan::article::plain(&h.inlines))).collect();
    let expected: Vec<_> = PARTS.iter().map(|part| (1, format!("{part}。"))).collect();
    assert_eq!(headings, expected);
    assert_eq!(article.blocks.len(), 5, "an opening, three parts, the author's note");
    for part in &article.blocks[1..4] {
        let text = part.plain();
        assert!(["一是", "二是", "三是"].iter().all(|mark| text.contains(mark)));
    }
}

#[test]
fn page_scraps_are_gone_and_marks_are_full_width() {
    let (article, ..) = article();
    let text: String = article.texts().map(|t| t.as_str()).collect();
    for scrap in ["主管主办", "法治导读", "点击", "往期回顾", "公众号", "});", "文/", "来源"]
    {
        assert!(!text.contains(scrap), "{scrap}");
    }
    let marks: Vec<char> = text.chars().filter(|c| c.is_ascii_punctuation()).collect();
    assert_eq!(marks, ['-', '-', ':', ':'], "those of the date and the time");
    assert!(text.contains("16:16:21") && text.contains("“24365”"));
    assert!(text.contains("乡镇（街道）") && text.contains("管理办法（试行）"));
}

#[test]
fn every_character_of_the_source_is_accounted_for() {
    let (article, sources, _) = article();
    let ledger = qikan::article::Ledger::of(&article, &sources);
    let source = sources.text(article.file);
    assert_eq!(ledger.gap(source.len()), None);
    assert_eq!(ledger.undo(), source);
}

#[test]
fn the_pdf_holds_every_character_in_order() {
    let (made, _) = editions();
    let pages = pdf_text::pages(&made[1].bytes);
    assert_eq!(pages.len(), 5, "cover, contents, three pages");
    let (article, ..) = article();
    let body: String = article.blocks.iter().map(Block::plain).collect();
    // Running heads and folios stand after the text of their page.
    let heads = [("", "1"), ("楚天法治", "2"), (TITLE, "3")];
    let mut text = String::new();
    for (page, (head, folio)) in pages[2..].iter().zip(heads) {
        let page = solid(page);
        text += page.strip_suffix(&format!("{head}{folio}")).unwrap_or_else(|| panic!("{page}"));
    }
    let block = format!("楚天法治2021-04-2616:16:21{TITLE}吴秀金");
    assert_eq!(text, format!("{block}{}", solid(&body)));
}

#[test]
fn the_pdf_has_its_outline_and_properties() {
    let (made, _) = editions();
    let doc = lopdf::Document::load_mem(&made[1].bytes).unwrap();
    let text = |object: &lopdf::Object| {
        let bytes = object.as_str().unwrap();
        match bytes.strip_prefix(&[0xFE, 0xFF]) {
            None => String::from_utf8(bytes.to_vec()).unwrap(),
            Some(units) => {
                let units: Vec<u16> =
                    units.chunks(2).map(|u| u16::from_be_bytes([u[0], u[1]])).collect();
                String::from_utf16(&units).unwrap()
            }
        }
    };
    let info = doc.trailer.get(b"Info").and_then(|o| doc.dereference(o)).unwrap().1;
    let info = info.as_dict().unwrap();
    assert_eq!(text(info.get(b"Title").unwrap()), TITLE);
    assert_eq!(text(info.get(b"Author").unwrap()), "吴秀金");
    assert_eq!(text(info.get(b"CreationDate").unwrap()), "D:20210426000000Z");
    let catalog = doc.catalog().unwrap();
    assert_eq!(text(catalog.get(b"Lang").unwrap()), "zh-Hans");

    // The parts hang under the article.
    let item = |id| doc.get_dictionary(id).unwrap();
    let follow = |dict: &lopdf::Dictionary, key: &[u8]| dict.get(key).ok()?.as_reference().ok();
    let root = item(catalog.get(b"Outlines").unwrap().as_reference().unwrap());
    let mut top = Vec::new();
    let mut at = follow(root, b"First");
    while let Some(id) = at {
        top.push(id);
        at = follow(item(id), b"Next");
    }
    let titles: Vec<_> = top.iter().map(|id| text(item(*id).get(b"Title").unwrap())).collect();
    assert_eq!(titles, ["封面", "目录", TITLE]);
    let mut parts = Vec::new();
    let mut at = follow(item(top[2]), b"First");
    while let Some(id) = at {
        parts.push(text(item(id).get(b"Title").unwrap()));
        at = follow(item(id), b"Next");
    }
    assert_eq!(parts, PARTS);
}

/// The files of an EPUB, in order.
fn unzipped(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let read = |at| {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().to_owned(), bytes)
    };
    (0..zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap().len()).map(read).collect()
}

#[test]
fn the_epub_holds_every_character_in_order() {
    let (made, _) = editions();
    let files = unzipped(&made[0].bytes);
    assert_eq!(files[0], ("mimetype".to_owned(), b"application/epub+zip".to_vec()));
    let file = |name: &str| {
        let found = files.iter().find(|(n, _)| n == name).unwrap_or_else(|| panic!("{name}"));
        String::from_utf8(found.1.clone()).unwrap()
    };
    let chapter = file("OEBPS/article-001.xhtml");
    let body = chapter.split_once("</header>").unwrap().1;
    let text: String = body.split('<').map(|p| p.split_once('>').map_or(p, |(_, t)| t)).collect();
    let (article, ..) = article();
    let blocks: String = article.blocks.iter().map(Block::plain).collect();
    assert_eq!(solid(&text), solid(&blocks));
    let nav = file("OEBPS/nav.xhtml");
    assert!(PARTS.iter().all(|part| nav.contains(part)) && nav.contains(TITLE));
    let opf = file("OEBPS/content.opf");
    for needle in
        ["吴秀金", "2021-04-26", "<dc:source>楚天法治</dc:source>", "zh-Hans", "urn:uuid:"]
    {
        assert!(opf.contains(needle), "{needle} in {opf}");
    }
    assert!(files.iter().filter(|(name, _)| name.ends_with(".otf")).count() >= 4);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let ((first, _), (second, _)) = (editions(), editions());
    for (a, b) in first.iter().zip(&second) {
        assert!(a.bytes == b.bytes, "{} differs", a.name);
    }
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let (third, _) = one.install(editions);
    for (a, b) in first.iter().zip(&third) {
        assert!(a.bytes == b.bytes, "{} differs on one thread", a.name);
    }
}

#[test]
fn the_summary_counts() {
    let (_, report) = editions();
    let tally = &report.tally;
    assert_eq!((tally.articles, tally.pages), (1, 5));
    let times = |id: &str| tally.rules.iter().find(|r| r.rule.0 == id).map_or(0, |r| r.times);
    let source = std::str::from_utf8(ESSAY).unwrap();
    // Every half-width bracket of the body is one half of a pair.
    let brackets = source.matches(['(', ')']).count() - source.matches("});").count();
    assert_eq!(times("punctuation::brackets"), brackets);
    assert_eq!(times("boilerplate::masthead"), 1);
    assert_eq!(times("boilerplate::headlines"), 2);
}

/// The pages as text: every run with its place, the furniture too. Read by eye against the page
/// images when it changes; it says which line moved.
#[test]
fn the_layout_is_as_it_was_looked_at() {
    let (article, ..) = article();
    let issue = qikan::issue::Issue {
        language: "zh-Hans".to_owned(),
        sections: vec![qikan::issue::Section { name: None, articles: vec![article] }],
        ..qikan::issue::Issue::default()
    };
    let mut sink = Sink::default();
    let template =
        qikan::template::Template::resolve("article", &toml::Table::new(), Some(4), &mut sink)
            .unwrap();
    let layout = qikan::typeset::typeset(&issue, &template, library(), false, &mut sink);
    let mut dump = String::new();
    for (at, page) in layout.pages.iter().enumerate() {
        dump += &format!("page {at} [{}] {} × {}\n", page.label, page.width, page.height);
        for run in page.runs() {
            let end = page.glyphs_of(run).last().map_or(0, |glyph| i64::from(glyph.x));
            let end = run.x + qikan::length::Pt::from_units(end);
            let (x, y, size) = (run.x, run.baseline, run.size);
            dump += &format!("  {y:>8} {x:>8}–{end} {size}pt {}\n", page.text_of(run));
        }
    }
    insta::assert_snapshot!(dump);
}
