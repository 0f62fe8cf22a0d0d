//! Word files: nothing that can be seen is lost, and bad ones are refused.

use qikan::article::{Article, Block, Inline, Ledger, Role, Style};
use qikan::diagnostics::{Code, Diagnostic, Sink};
use qikan::ingest::{Input, ingest};
use qikan::source::Sources;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;

fn read(bytes: Vec<u8>) -> (Result<Article, Box<Diagnostic>>, Vec<Code>) {
    let input = Input { name: "a.docx".to_owned(), bytes, ..Input::default() };
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let article = ingest(&input, "zh-Hans", &mut sources, &mut sink);
    if let Ok(article) = &article {
        let ledger = Ledger::of(article, &sources);
        let source = sources.text(article.file);
        assert_eq!(ledger.gap(source.len()), None, "{:?}", ledger.edits);
        assert_eq!(ledger.undo(), source);
    }
    (article, sink.found().iter().map(|finding| finding.code).collect())
}

/// A Word file of some parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const NAMES: &str = "xmlns:w='w' xmlns:r='r' xmlns:a='a' xmlns:wp='wp' xmlns:mc='mc'";

fn document(body: &str) -> Vec<u8> {
    let text = format!("<w:document {NAMES}><w:body>{body}</w:body></w:document>");
    package(&[("word/document.xml", &text)])
}

fn blocks(body: &str) -> Vec<Block> {
    read(document(body)).0.unwrap().blocks
}

/// Everything an article says.
fn said(article: &Article) -> String {
    article.texts().map(|text| text.as_str()).collect()
}

#[test]
fn direct_formatting_is_carried() {
    let run = |about: &str, words: &str| {
        format!("<w:r><w:rPr>{about}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>")
    };
    let body = format!(
        "<w:p>{}{}{}{}{}</w:p>",
        run("<w:b/>", "粗"),
        run("<w:b w:val='0'/><w:i/>", "斜"),
        run("<w:em w:val='dot'/>", "点"),
        run("<w:u w:val='single'/>", "线"),
        run("<w:vertAlign w:val='superscript'/>", "2"),
    );
    let found = blocks(&body);
    let Block::Paragraph(paragraph) = &found[0] else { panic!("{found:?}") };
    let styles: Vec<_> = paragraph
        .inlines
        .iter()
        .map(|inline| match inline {
            Inline::Styled { style, .. } => *style,
            other => panic!("{other:?}"),
        })
        .collect();
    let expected =
        [Style::Strong, Style::Emphasis, Style::Dots, Style::Underline, Style::Superscript];
    assert_eq!(styles, expected);
}

#[test]
fn changes_are_taken_as_accepted_and_comments_left_out() {
    let body = "<w:p><w:r><w:t>甲</w:t></w:r><w:ins><w:r><w:t>乙</w:t></w:r></w:ins>\
        <w:del><w:r><w:delText>丙</w:delText></w:r></w:del>\
        <w:commentRangeStart w:id='0'/><w:r><w:t>丁</w:t></w:r></w:p>";
    let (article, codes) = read(document(body));
    assert_eq!(said(&article.unwrap()), "甲乙丁");
    assert_eq!(codes, [Code::DocxTracked]);
}

#[test]
fn merged_cells_are_one() {
    let cell = |about: &str, words: &str| {
        format!("<w:tc><w:tcPr>{about}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>")
    };
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("<w:vMerge w:val='restart'/>", "一"),
        cell("<w:gridSpan w:val='2'/>", "二"),
        cell("<w:vMerge/>", ""),
        cell("", "三"),
        cell("", "四"),
    );
    let found = blocks(&body);
    let Block::Table(table) = &found[0] else { panic!("{found:?}") };
    let spans: Vec<_> = table.cells().map(|cell| (cell.columns, cell.rows)).collect();
    assert_eq!(spans, [(1, 2), (2, 1), (1, 1), (1, 1)]);
}

#[test]
fn fields_show_what_they_stand_for() {
    let body = "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>\
        <w:r><w:instrText>HYPERLINK \"http://a.cn/\"</w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>甲</w:t></w:r>\
        <w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t>乙</w:t></w:r></w:p>";
    let found = blocks(body);
    let Block::Paragraph(paragraph) = &found[0] else { panic!("{found:?}") };
    let Inline::Link { target, .. } = &paragraph.inlines[0] else { panic!("{found:?}") };
    assert_eq!((target.as_str(), found[0].plain().as_str()), ("http://a.cn/", "甲乙"));
}

#[test]
fn text_in_boxes_and_alignment_are_carried() {
    let body = "<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:t>甲</w:t></w:r><w:r>\
        <mc:AlternateContent><mc:Choice><w:drawing><x><w:txbxContent><w:p><w:r><w:t>乙</w:t>\
        </w:r></w:p></w:txbxContent></x></w:drawing></mc:Choice><mc:Fallback><w:pict>\
        <w:txbxContent><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:txbxContent></w:pict>\
        </mc:Fallback></mc:AlternateContent></w:r></w:p>";
    let found = blocks(body);
    assert_eq!(found.iter().map(Block::plain).collect::<Vec<_>>(), ["甲", "乙"]);
    assert!(matches!(&found[0], Block::Paragraph(p) if p.role == Role::Centred));
}

#[test]
fn bad_files_are_refused_with_a_reason() {
    let deep = format!("{}{}", "<w:p>".repeat(300), "</w:p>".repeat(300));
    let wide: String = (0..100_000).map(|n| format!(" w:a{n}='1'")).collect();
    let bomb = "<!DOCTYPE w:document [<!ENTITY a 'aaaaaaaa'>]><w:document>&a;</w:document>";
    for (bytes, code) in [
        (b"PK\x03\x04 no zip".to_vec(), Code::DocxBroken),
        (package(&[("a.txt", "")]), Code::DocxBroken),
        (package(&[("word/document.xml", bomb)]), Code::DocxBroken),
        (package(&[("word/document.xml", "<w:document>")]), Code::DocxBroken),
        (document(&deep), Code::DocxLimit),
        (document(&format!("<w:p{wide}/>")), Code::DocxLimit),
        (document("<w:p/>"), Code::InputEmpty),
    ] {
        assert_eq!(read(bytes).0.unwrap_err().code, code);
    }
}

#[test]
fn a_zip_that_unpacks_to_more_than_its_limit_is_refused() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    let blank = vec![b' '; 1 << 20];
    for _ in 0..129 {
        zip.write_all(&blank).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert_eq!(read(bytes).0.unwrap_err().code, Code::DocxLimit);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..10_001 {
        zip.start_file(format!("{n}"), SimpleFileOptions::default()).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert_eq!(read(bytes).0.unwrap_err().code, Code::DocxLimit);
}

/// What stands between `<w:t>` and `</w:t>` in a part, by another way than the program's.
fn visible(bytes: &[u8], part: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let Ok(mut file) = zip.by_name(part) else { return String::new() };
    let mut xml = String::new();
    file.read_to_string(&mut xml).unwrap();
    // Word's own table of contents is made anew.
    if let Some(at) = xml.find("Table of Contents") {
        let end = xml[at..].find("</w:sdt>").unwrap() + at;
        xml.replace_range(at..end, "");
    }
    let pattern = regex::Regex::new(r"(?s)<w:t(?: [^>]*)?>(.*?)</w:t>").unwrap();
    let words: String = pattern.captures_iter(&xml).map(|found| found[1].to_owned()).collect();
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn nothing_visible_in_the_corpus_is_lost() {
    let Some(corpora) = std::env::var_os("QIKAN_CORPORA") else { return };
    let mut count = 0;
    for entry in std::fs::read_dir(Path::new(&corpora).join("docx")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let solid = |text: &str| {
            let mut all: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
            all.sort_unstable();
            all
        };
        let expected =
            visible(&bytes, "word/document.xml") + &visible(&bytes, "word/footnotes.xml");
        let (article, _) = read(bytes);
        let article = article.unwrap_or_else(|finding| panic!("{}: {finding:?}", path.display()));
        let mut found = solid(&said(&article));
        for c in solid(&expected) {
            let at = found.binary_search(&c);
            let at = at.unwrap_or_else(|_| panic!("{}: {c} is lost", path.display()));
            found.remove(at);
        }
        count += 1;
    }
    assert!(count >= 11);
}

#[test]
fn words_in_wrappers_of_every_kind_are_kept() {
    let run = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
    let cell = |words: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", run(words));
    let body = format!(
        "<w:tbl><w:sdt><w:sdtContent><w:tr>{}{}</w:tr></w:sdtContent></w:sdt>\
         <w:customXml><w:tr><w:customXml>{}</w:customXml>{}</w:tr></w:customXml></w:tbl>\
         <w:p><w:r><w:t>前</w:t><mc:AlternateContent><mc:Choice><w:x/></mc:Choice>\
         <mc:Fallback><w:t>😀</w:t></mc:Fallback></mc:AlternateContent><w:t>后</w:t></w:r></w:p>\
         <w:p><w:r><w:drawing><w:g><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:g>\
         <w:g><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:g></w:drawing></w:r></w:p>\
         <mc:AlternateContent><mc:Choice><w:p>{}</w:p></mc:Choice></mc:AlternateContent>",
        cell("甲"),
        cell("乙"),
        cell("丙"),
        cell("丁"),
        run("框一"),
        run("框二"),
        run("末段"),
    );
    let article = read(document(&body)).0.unwrap();
    for words in ["甲", "乙", "丙", "丁", "前😀后", "框一", "框二", "末段"] {
        assert!(said(&article).contains(words), "{words}: {}", said(&article));
    }
}

#[test]
fn a_field_without_an_end_hides_nothing() {
    let body = "<w:p><w:r><w:t>前</w:t><w:fldChar w:fldCharType='begin'/>\
                <w:instrText>PAGE</w:instrText><w:t>域后甲</w:t></w:r></w:p>\
                <w:p><w:r><w:t>后续</w:t></w:r></w:p>";
    let article = read(document(body)).0.unwrap();
    assert_eq!(said(&article), "前域后甲后续");
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let p = "<w:p><w:r><w:t>甲</w:t></w:r></w:p>";
    let (_, codes) = read(document(&format!("{p}<w:altChunk r:id='x'/>")));
    assert_eq!(codes, [Code::DocxLeftOut]);
    let reference = "<w:p><w:r><w:footnoteReference w:id='7'/></w:r></w:p>";
    let (_, codes) = read(document(&format!("{p}{reference}")));
    assert_eq!(codes, [Code::DocxLeftOut]);
}

#[test]
fn a_row_whose_deletion_is_tracked_is_left_out() {
    let cell = |c| format!("<w:tc><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>");
    let row = |about, c, d| format!("<w:tr>{about}{}{}</w:tr>", cell(c), cell(d));
    let deleted = row("<w:trPr><w:del/></w:trPr>", "丙", "丁");
    let (article, codes) =
        read(document(&format!("<w:tbl>{}{deleted}</w:tbl>", row("", "甲", "乙"))));
    let Block::Table(table) = &article.unwrap().blocks[0] else { panic!("no table") };
    assert_eq!(table.rows.len(), 1);
    assert_eq!(codes, [Code::DocxTracked]);
}
