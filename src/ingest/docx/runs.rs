//! Runs of a paragraph → a row of words with their styles.

use super::compose::Composer;
use super::xml::Element;
use crate::article::{Image, PictureId, Style, Text};
use crate::diagnostics::{Code, Diagnostic};
use crate::ingest::media;
use crate::ingest::row::{Kind, Leaf, Styles};
use std::rc::Rc;

/// How a run stands among others.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) link: Option<Rc<str>>,
}

/// A field: what it asks for, and whether what it shows is being read.
#[derive(Debug, Default)]
pub(super) struct Field {
    instruction: String,
    link: Option<Rc<str>>,
    shows: bool,
    /// Words that stand where its instruction is: shown when it never ends.
    hidden: Vec<Leaf>,
}

/// The open row.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) leaves: Vec<Leaf>,
    /// Words in a size that marks a heading, and all words, in characters.
    pub(super) large: usize,
    pub(super) all: usize,
}

impl Composer<'_, '_> {
    /// What stands in a paragraph, a hyperlink or an insertion.
    pub(super) fn inline(&mut self, element: &Element, context: &Context, row: &mut Row) {
        for child in element.elements() {
            match child.name.as_str() {
                "w:r" => self.run(child, context, row),
                "w:hyperlink" => {
                    let target = child.attribute("r:id").and_then(|id| self.target(id));
                    let link = target.map(Rc::from).or_else(|| context.link.clone());
                    self.inline(child, &Context { link, ..context.clone() }, row);
                }
                "w:ins" | "w:moveTo" => {
                    self.tracked = true;
                    self.inline(child, context, row);
                }
                "w:del" | "w:moveFrom" => self.tracked = true,
                "w:sdt" => {
                    if let Some(content) = child.child("w:sdtContent") {
                        self.inline(content, context, row);
                    }
                }
                "w:smartTag" | "w:fldSimple" | "w:customXml" | "w:bdo" | "w:dir" => {
                    self.inline(child, context, row);
                }
                "m:oMath" | "m:oMathPara" => self.formula(child, context, row),
                "mc:AlternateContent" => {
                    if let Some(offer) = offered(child) {
                        self.inline(offer, context, row);
                    }
                }
                "w:drawing" | "w:pict" => self.drawing(child, context, row),
                _ => {}
            }
        }
    }

    fn run(&mut self, run: &Element, context: &Context, row: &mut Row) {
        let own = run.child("w:rPr");
        if own.is_some_and(|own| own.switch("w:vanish") == Some(true)) {
            return;
        }
        let (styles, size) = self.look(own, context);
        self.in_run(run, (styles, size), context, row);
    }

    /// What stands in a run.
    fn in_run(
        &mut self,
        run: &Element,
        (styles, size): (Styles, Option<u32>),
        context: &Context,
        row: &mut Row,
    ) {
        for child in run.elements() {
            match child.name.as_str() {
                "w:t" => self.words(&child.text(), styles, size, context, row),
                "w:tab" | "w:ptab" => self.words(" ", styles, size, context, row),
                "w:br" | "w:cr" => {
                    let page = matches!(child.attribute("w:type"), Some("page" | "column"));
                    if !page {
                        self.push(Kind::Break, Styles::default(), context, row);
                    }
                }
                "w:noBreakHyphen" => self.words("\u{2011}", styles, size, context, row),
                "w:sym" => self.symbol(child, styles, context, row),
                "w:footnoteReference" | "w:endnoteReference" => {
                    let end = child.name == "w:endnoteReference";
                    if let Some(id) = child.attribute("w:id") {
                        let note = self.note(id, end);
                        self.push(Kind::Note(note), Styles::default(), context, row);
                    }
                }
                "w:drawing" | "w:pict" | "w:object" => self.drawing(child, context, row),
                "mc:AlternateContent" => {
                    if let Some(offer) = offered(child) {
                        self.in_run(offer, (styles, size), context, row);
                    }
                }
                "w:ruby" => self.ruby(child, context, row),
                "w:fldChar" => self.field(child.attribute("w:fldCharType")),
                "w:instrText" => {
                    if let Some(field) = self.fields.last_mut().filter(|field| !field.shows) {
                        field.instruction.push_str(&child.text());
                    }
                }
                _ => {}
            }
        }
    }

    /// Styles and size of a run.
    fn look(&self, own: Option<&Element>, context: &Context) -> (Styles, Option<u32>) {
        let mut styles = Styles::default();
        let named = own.and_then(|own| own.value("w:rStyle"));
        let named = named.map(|id| self.styles.style(Some(id))).unwrap_or_default();
        let on = |name| own.and_then(|own| own.switch(name));
        let value = |name| own.and_then(|own| own.value(name));
        let line = value("w:u").filter(|u| *u != "none" && context.link.is_none());
        let marks = [
            (on("w:b").unwrap_or(context.bold || named.bold), Style::Strong),
            (on("w:i").unwrap_or(context.italic || named.italic), Style::Emphasis),
            (value("w:em").is_some_and(|em| em != "none"), Style::Dots),
            (line.is_some_and(|u| !u.starts_with("wav")), Style::Underline),
            (line.is_some_and(|u| u.starts_with("wav")), Style::Wavy),
            (on("w:strike").or(on("w:dstrike")).unwrap_or(false), Style::Deleted),
            (value("w:vertAlign") == Some("subscript"), Style::Subscript),
            (value("w:vertAlign") == Some("superscript"), Style::Superscript),
        ];
        for (_, style) in marks.into_iter().filter(|(on, _)| *on) {
            styles = styles.with(style);
        }
        (styles, own.and_then(super::styles::half_points).or(named.size))
    }

    fn words(
        &mut self,
        words: &str,
        styles: Styles,
        size: Option<u32>,
        context: &Context,
        row: &mut Row,
    ) {
        let count = words.chars().filter(|c| !c.is_whitespace()).count();
        row.all += count;
        let ordinary = self.styles.size;
        if size.or(self.line_size).is_some_and(|size| size * 20 >= ordinary * 23) {
            row.large += count;
        }
        let text = self.written(words);
        self.push(Kind::Words(text), styles, context, row);
    }

    fn push(&mut self, kind: Kind, styles: Styles, context: &Context, row: &mut Row) {
        let shown = self.fields.iter().rev().find_map(|field| field.link.clone());
        let leaf = Leaf { kind, styles, link: shown.or_else(|| context.link.clone()) };
        match self.fields.iter_mut().find(|field| !field.shows) {
            Some(field) => field.hidden.push(leaf),
            None => row.leaves.push(leaf),
        }
    }

    /// Ends fields that a paragraph leaves without anything to show: what stands in them is
    /// words after all.
    pub(super) fn close_fields(&mut self, row: &mut Row) {
        let Some(first) = self.fields.iter().position(|field| !field.shows) else { return };
        for field in self.fields.drain(first..) {
            row.leaves.extend(field.hidden);
        }
    }

    /// A field begins, shows what it stands for, or ends.
    fn field(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.shows = true;
                    field.link = address(&field.instruction).map(Rc::from);
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn symbol(&mut self, symbol: &Element, styles: Styles, context: &Context, row: &mut Row) {
        let code = symbol.attribute("w:char").and_then(|hex| u32::from_str_radix(hex, 16).ok());
        if let Some(c) = code.and_then(char::from_u32) {
            self.words(c.encode_utf8(&mut [0; 4]), styles, None, context, row);
        }
    }

    fn ruby(&mut self, ruby: &Element, context: &Context, row: &mut Row) {
        let mut part = |name: &str| -> Text {
            let words = ruby.child(name).map(runs_text).unwrap_or_default();
            self.written(&words)
        };
        let (base, reading) = (part("w:rubyBase"), part("w:rt"));
        row.all += base.as_str().chars().count();
        if reading.is_empty() {
            self.push(Kind::Words(base), Styles::default(), context, row);
        } else if !base.is_empty() {
            self.push(Kind::Ruby { base, reading }, Styles::default(), context, row);
        }
    }

    /// A formula as a line of its signs.
    pub(super) fn formula(&mut self, formula: &Element, context: &Context, row: &mut Row) {
        let words = formula.text();
        self.sink.push(
            Diagnostic::new(Code::DocxFormula)
                .with("text", words.chars().take(30).collect::<String>())
                .with("path", &self.name)
                .at(self.name.clone()),
        );
        self.words(&words, Styles::default(), None, context, row);
    }

    /// A picture, or a box with paragraphs of its own.
    fn drawing(&mut self, drawing: &Element, context: &Context, row: &mut Row) {
        for content in drawing.outermost("w:txbxContent") {
            self.boxes(content);
        }
        let embedded = drawing
            .find("a:blip")
            .and_then(|blip| blip.attribute("r:embed").or_else(|| blip.attribute("r:link")));
        let old = || drawing.find("v:imagedata").and_then(|data| data.attribute("r:id"));
        let Some(id) = embedded.or_else(old) else { return };
        let described = drawing.find("wp:docPr").and_then(|about| about.attribute("descr"));
        let alt = described.map(str::trim).filter(|alt| !alt.is_empty()).map(str::to_owned);
        let Some(image) = self.image(id, alt) else { return };
        self.push(Kind::Image(image), Styles::default(), context, row);
    }

    fn image(&mut self, id: &str, alt: Option<String>) -> Option<Image> {
        let target = self.relations.get(id)?.clone();
        let source = target.path.rsplit('/').next().unwrap_or_default().to_owned();
        let missing = |code| Diagnostic::new(code).with("path", &target.path).with("limit", 0);
        if target.external {
            self.sink.push(missing(Code::ImageRemote).at(self.name.clone()));
            return Some(Image { source: target.path.clone(), alt, picture: None, place: None });
        }
        if let Some(known) = self.known_pictures.get(&target.path) {
            return Some(Image { source, alt, picture: Some(*known), place: None });
        }
        let bytes = self.package.part(&target.path).ok().flatten();
        let bytes = bytes.ok_or_else(|| Box::new(missing(Code::ImageMissing)));
        let picture = match bytes.and_then(|bytes| media::from_bytes(&source, bytes)) {
            Ok(picture) => picture,
            Err(finding) => {
                self.sink.push(finding.at(self.name.clone()));
                return Some(Image { source, alt, picture: None, place: None });
            }
        };
        let id = PictureId(self.pictures.len());
        self.pictures.push(picture);
        self.known_pictures.insert(target.path.clone(), id);
        Some(Image { source, alt, picture: Some(id), place: None })
    }
}

/// What Word offers to those who know more or less: the first in which there is anything we know.
pub(super) fn offered(element: &Element) -> Option<&Element> {
    const KNOWN: [&str; 6] = ["w:t", "w:p", "m:t", "a:blip", "v:imagedata", "w:sym"];
    let known = |offer: &&Element| KNOWN.iter().any(|name| offer.find(name).is_some());
    let choices = element.elements().filter(|child| child.name == "mc:Choice");
    let fallback = element.elements().filter(|child| child.name == "mc:Fallback");
    choices.chain(fallback).find(known)
}

/// The words of the runs in an element.
fn runs_text(element: &Element) -> String {
    let mut out = String::new();
    for child in element.elements() {
        if child.name == "w:t" {
            out.push_str(&child.text());
        } else if child.name != "w:rPr" {
            out.push_str(&runs_text(child));
        }
    }
    out
}

/// `HYPERLINK "http://…"` → its address.
fn address(instruction: &str) -> Option<String> {
    let rest = instruction.trim().strip_prefix("HYPERLINK")?.trim_start();
    let address = rest.strip_prefix('"')?.split('"').next()?;
    let web = ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
    web.then(|| address.to_owned())
}
