//! The structure tree of a reading edition, walked with a reader of its own.

use crate::command::{qikan, stderr};
use crate::pdf_text::fragments;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;
use std::path::Path;

/// A PDF and what the walk over its tree found.
struct Walk<'a> {
    doc: &'a Document,
    pages: Vec<ObjectId>,
    /// The text of each marked content.
    texts: BTreeMap<(ObjectId, i64), String>,
    /// The element that shows each marked content.
    shown: BTreeMap<(ObjectId, i64), ObjectId>,
    /// Annotations and their elements.
    linked: BTreeMap<ObjectId, ObjectId>,
    lines: Vec<String>,
}

impl<'a> Walk<'a> {
    fn over(doc: &'a Document) -> Self {
        let pages: Vec<ObjectId> = doc.page_iter().collect();
        let mut texts: BTreeMap<(ObjectId, i64), String> = BTreeMap::new();
        for page in &pages {
            for (number, text) in fragments(doc, *page) {
                if let Some(number) = number {
                    texts.entry((*page, number)).or_default().push_str(&text);
                }
            }
        }
        let (shown, linked, lines) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        let mut walk = Self { doc, pages, texts, shown, linked, lines };
        let root = walk.root();
        walk.kids(root.get(b"K").unwrap(), (0, 0), None, 0);
        walk
    }

    fn root(&self) -> &'a Dictionary {
        let root = self.doc.catalog().unwrap().get(b"StructTreeRoot").unwrap();
        self.doc.get_dictionary(root.as_reference().unwrap()).unwrap()
    }

    fn kids(&mut self, kids: &Object, own: ObjectId, page: Option<ObjectId>, depth: usize) {
        match kids {
            Object::Array(list) => list.iter().for_each(|kid| self.kids(kid, own, page, depth)),
            Object::Integer(number) => self.content(page.unwrap(), *number, own, depth),
            Object::Reference(id) => self.element(*id, depth),
            Object::Dictionary(dict) if dict.has(b"MCID") => {
                let page = dict.get(b"Pg").unwrap().as_reference().unwrap();
                self.content(page, dict.get(b"MCID").unwrap().as_i64().unwrap(), own, depth);
            }
            Object::Dictionary(dict) => {
                let link = dict.get(b"Obj").unwrap().as_reference().unwrap();
                assert!(self.linked.insert(link, own).is_none(), "a link is in two elements");
                self.lines.push(format!("{}(link)", "  ".repeat(depth)));
            }
            other => panic!("{other:?}"),
        }
    }

    fn content(&mut self, page: ObjectId, number: i64, own: ObjectId, depth: usize) {
        assert!(self.shown.insert((page, number), own).is_none(), "shown by two elements");
        let text = self.texts.get(&(page, number)).cloned().unwrap_or_default();
        if !text.is_empty() {
            self.lines.push(format!("{}{text}", "  ".repeat(depth)));
        }
    }

    fn element(&mut self, id: ObjectId, depth: usize) {
        let dict = self.doc.get_dictionary(id).unwrap();
        let kind = String::from_utf8(dict.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
        let mut line = format!("{}{kind}", "  ".repeat(depth));
        if let Ok(alt) = dict.get(b"Alt") {
            line.push_str(&format!(" alt={}", words(alt)));
        }
        if let Ok(language) = dict.get(b"Lang") {
            line.push_str(&format!(" lang={}", words(language)));
        }
        if let Ok(Object::Dictionary(attributes)) = dict.get(b"A") {
            for (name, value) in attributes.iter().filter(|(name, _)| *name != b"O") {
                let name = String::from_utf8_lossy(name);
                let value = match value {
                    Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
                    value => value.as_i64().unwrap().to_string(),
                };
                line.push_str(&format!(" {name}={value}"));
            }
        }
        self.lines.push(line);
        let page = dict.get(b"Pg").ok().map(|page| page.as_reference().unwrap());
        if let Ok(kids) = dict.get(b"K") {
            self.kids(kids, id, page, depth + 1);
        }
    }

    /// The way back: every marked content and annotation is shown once, and its number leads to
    /// the element that shows it.
    fn check_way_back(&self) {
        let tree = self.root().get(b"ParentTree").unwrap().as_reference().unwrap();
        let tree = self.doc.get_dictionary(tree).unwrap().get(b"Nums").unwrap();
        let rows: BTreeMap<i64, ObjectId> = tree
            .as_array()
            .unwrap()
            .chunks(2)
            .map(|pair| (pair[0].as_i64().unwrap(), pair[1].as_reference().unwrap()))
            .collect();
        for page in &self.pages {
            let dict = self.doc.get_dictionary(*page).unwrap();
            let key = dict.get(b"StructParents").unwrap().as_i64().unwrap();
            let list = self.doc.get_object(rows[&key]).unwrap().as_array().unwrap();
            let mine = self.shown.keys().filter(|(own, _)| own == page).count();
            assert_eq!(list.len(), mine, "every marked content of a page is in the tree");
            for (number, element) in (0..).zip(list) {
                assert_eq!(element.as_reference().unwrap(), self.shown[&(*page, number)]);
            }
            let Ok(annotations) = dict.get(b"Annots") else { continue };
            for annotation in annotations.as_array().unwrap() {
                let id = annotation.as_reference().unwrap();
                let key = self.doc.get_dictionary(id).unwrap().get(b"StructParent").unwrap();
                assert_eq!(rows[&key.as_i64().unwrap()], self.linked[&id]);
            }
        }
    }
}

fn words(object: &Object) -> String {
    let bytes = object.as_str().unwrap();
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(units) => {
            let units = units.chunks(2).map(|c| u16::from_be_bytes([c[0], c[1]]));
            String::from_utf16(&units.collect::<Vec<u16>>()).unwrap()
        }
        None => String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

/// The lines of the tree below the article.
fn article(text: &str, set: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures/deep.png");
    for name in ["大.png", "小.png", "饰.png"] {
        std::fs::copy(&picture, folder.path().join(name)).unwrap();
    }
    std::fs::write(folder.path().join("a.md"), text).unwrap();
    let mut args = vec!["build", "a.md", "-e", "pdf", "-o", "out"];
    set.iter().for_each(|one| args.extend(["--set", one]));
    let output = qikan(folder.path(), &args);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let file = std::fs::read_dir(folder.path().join("out")).unwrap().next().unwrap().unwrap();
    let bytes = std::fs::read(file.path()).unwrap();
    let doc = Document::load_mem(&bytes).unwrap();
    let walk = Walk::over(&doc);
    walk.check_way_back();
    let from = walk.lines.iter().position(|line| line.trim_start().starts_with("Art")).unwrap();
    walk.lines[from..].iter().map(|line| &line[2..]).collect::<Vec<_>>().join("\n")
}

/// The tree of an article is what was expected, line by line; indents count.
fn tree(text: &str, set: &[&str], expected: &[&str]) {
    let found = article(text, set);
    let found: Vec<&str> = found.lines().skip(1).collect();
    assert_eq!(found, expected, "\n{}", found.join("\n"));
}

#[test]
fn headings_leave_no_level_out() {
    tree(
        "# 题\n\n#### 甲\n\n字。\n\n#### 乙\n\n## 丙\n\n#### 丁\n\n文。\n",
        &[],
        &[
            "  H1",
            "    题",
            "  H2",
            "    甲",
            "  P",
            "    字。",
            "  H2",
            "    乙",
            "  H2",
            "    丙",
            "  H3",
            "    丁",
            "  P",
            "    文。",
        ],
    );
}

#[test]
fn lists_have_labels_and_bodies() {
    tree(
        "# 题\n\n1. 甲\n   - 乙\n2. 丙\n",
        &[],
        &[
            "  H1",
            "    题",
            "  L ListNumbering=Decimal",
            "    LI",
            "      Lbl",
            "        1.",
            "      LBody",
            "        P",
            "          甲",
            "        L ListNumbering=Disc",
            "          LI",
            "            Lbl",
            "              –",
            "            LBody",
            "              P",
            "                乙",
            "    LI",
            "      Lbl",
            "        2.",
            "      LBody",
            "        P",
            "          丙",
        ],
    );
}

#[test]
fn cells_say_what_they_head_and_how_far_they_reach() {
    let table = "<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody><tr><th rowspan=\"2\">丙\
                 </th><td>丁</td></tr><tr><td></td></tr><tr><td colspan=\"2\">戊</td></tr></tbody>\
                 </table>";
    tree(
        &format!("# 题\n\n{table}\n"),
        &[],
        &[
            "  H1",
            "    题",
            "  Table",
            "    TR",
            "      TH Scope=Column",
            "        P",
            "          甲",
            "      TH Scope=Column",
            "        P",
            "          乙",
            "    TR",
            "      TH Scope=Row RowSpan=2",
            "        P",
            "          丙",
            "      TD",
            "        P",
            "          丁",
            "    TR",
            "      TD",
            "    TR",
            "      TD ColSpan=2",
            "        P",
            "          戊",
        ],
    );
}

#[test]
fn notes_and_links_lead_somewhere() {
    tree(
        "# 题\n\n## 节\n\n甲[^1]乙[去](https://a.example)丙[回](#节)[无](b.md)。\n\n[^1]: 注。\n",
        &["design.notes=foot"],
        &[
            "  H1",
            "    题",
            "  H2",
            "    节",
            "  P",
            "    甲",
            "    Reference",
            "      Link",
            "        ①",
            "        (link)",
            "    乙",
            "    Link",
            "      去",
            "      (link)",
            "    丙",
            "    Link",
            "      回",
            "      (link)",
            "    Span",
            "      无",
            "    。",
            "  Note",
            "    Lbl",
            "      ①",
            "    P",
            "      注。",
        ],
    );
}

#[test]
fn pictures_are_described_or_passed_over() {
    tree(
        "# 题\n\n甲![小图](小.png)乙\n\n![](大.png \"图题\")\n\n<img src=\"饰.png\" alt=\"\">\n\n字\n",
        &["design.body.size=8pt"],
        &[
            "  H1",
            "    题",
            "  P",
            "    甲",
            "    Figure alt=小图",
            "    乙",
            "  Figure alt=图题",
            "    Caption",
            "      图题",
            "  P",
            "    字",
        ],
    );
}

#[test]
fn readings_stand_beside_their_words() {
    tree(
        "# 题\n\n甲{漢|かん}乙`ab`\n\n> 引\n",
        &[],
        &[
            "  H1",
            "    题",
            "  P",
            "    甲",
            "    Ruby",
            "      RB",
            "        漢",
            "      RT",
            "        かん",
            "    乙",
            "    Code",
            "      ab",
            "  BlockQuote",
            "    P",
            "      引",
        ],
    );
}

#[test]
fn an_article_in_another_language_says_so() {
    let found =
        article("---\ntitle: Ein\nlang: ja\n---\n\n一⼀一。\n", &["issue.language=zh-Hans"]);
    assert!(found.starts_with("Art lang=ja\n"), "{found}");
    assert!(found.contains("一⼀一。"), "characters that share a glyph: {found}");
}
