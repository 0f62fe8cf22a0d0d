//! The words that a page shows, by the marked content they stand in (ISO 32000-1 §14.6): those of
//! its own content and those of the forms on it, as characters of the fonts or as the actual text
//! (§14.9.4) that stands for them.

use super::codes::{Codes, Fonts, text_string};
use hayro_syntax::content::{Instruction, UntypedIter};
use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier};
use hayro_syntax::page::{Page, Resources};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What each marked content of a page shows, by the form it stands in and its number.
pub(super) type Marked = BTreeMap<(Option<ObjectIdentifier>, i32), Shown>;

/// What a marked content shows.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) words: String,
    /// How many pictures.
    pub(super) pictures: usize,
}

/// How many forms may stand in each other.
const DEEPEST: usize = 8;

/// What a page may ask for. What goes over is not read, and found to be lacking.
#[derive(Debug)]
struct Budget {
    /// Forms.
    forms: usize,
    /// Bytes of forms, and of words.
    bytes: usize,
}

impl Budget {
    const PAGE: Self = Self { forms: 10_000, bytes: 256 << 20 };

    /// Takes some bytes, where that many are left.
    fn take(&mut self, bytes: usize) -> bool {
        let left = self.bytes.checked_sub(bytes);
        self.bytes = left.unwrap_or(self.bytes);
        left.is_some()
    }
}

/// The text rendering modes that show nothing (ISO 32000-1 §9.3.6): neither filled nor stroked.
const INVISIBLE: [i64; 2] = [3, 7];

/// What a page shows.
pub(super) fn shown(page: &Page<'_>, fonts: &Fonts) -> Marked {
    let (mut out, mut budget) = (Marked::new(), Budget::PAGE);
    let resources = page.resources();
    let mut content = Content::of(resources, fonts, &mut out, &mut budget);
    content.read(page.operations());
    out
}

/// What an open marked content is: of a number, with words of its own, or neither.
enum Open {
    Number(i32),
    NumberWithWords(i32),
    Words,
    Other,
}

/// The content of a page or a form.
struct Content<'a, 'b> {
    resources: &'b Resources<'a>,
    fonts: &'b Fonts,
    form: Option<ObjectIdentifier>,
    depth: usize,
    open: Vec<Open>,
    codes: Arc<Codes>,
    /// Whether text is not shown, now and where the state was saved.
    invisible: bool,
    saved: Vec<bool>,
    budget: &'b mut Budget,
    out: &'b mut Marked,
}

impl<'a, 'b> Content<'a, 'b> {
    fn of(
        resources: &'b Resources<'a>,
        fonts: &'b Fonts,
        out: &'b mut Marked,
        budget: &'b mut Budget,
    ) -> Self {
        Self {
            resources,
            fonts,
            form: None,
            depth: 0,
            open: Vec::new(),
            codes: Arc::new(Codes::new()),
            invisible: false,
            saved: Vec::new(),
            budget,
            out,
        }
    }

    fn read(&mut self, mut operations: UntypedIter<'_>) {
        while let Some(operation) = operations.next() {
            match &**operation.operator {
                b"Tf" => {
                    let font = name_of(&operation).and_then(|name| self.resources.get_font(&name));
                    self.codes = font.map(|font| self.fonts.codes(&font)).unwrap_or_default();
                }
                b"Tr" => {
                    let mode = operation.operands().next();
                    self.invisible = matches!(mode, Some(Object::Number(mode)) if INVISIBLE.contains(&mode.as_i64()));
                }
                b"q" => self.saved.push(self.invisible),
                b"Q" => self.invisible = self.saved.pop().unwrap_or_default(),
                b"BMC" => self.open.push(Open::Other),
                b"BDC" => self.begin(&operation),
                b"EMC" => drop(self.open.pop()),
                b"Do" => self.form(&operation),
                // Words of their own stand for what is shown in them.
                b"Tj" | b"TJ" | b"'" | b"\""
                    if !self.invisible
                        && !self
                            .open
                            .iter()
                            .any(|one| matches!(one, Open::Words | Open::NumberWithWords(_))) =>
                {
                    operation.operands().for_each(|operand| self.show(operand));
                }
                _ => {}
            }
        }
    }

    fn begin(&mut self, operation: &Instruction<'_, '_>) {
        let named;
        let properties: Option<&Dict<'_>> = match operation.operands().nth(1) {
            Some(Object::Dict(dict)) => Some(dict),
            Some(Object::Name(name)) => {
                named = self.resources.properties.get::<Dict<'_>>(name.as_ref());
                named.as_ref()
            }
            _ => None,
        };
        let number = properties.and_then(|found| found.get::<i32>("MCID"));
        let own = properties.and_then(|found| found.get::<Object<'_>>("ActualText"));
        self.open.push(match (number, &own) {
            (Some(number), None) => Open::Number(number),
            (Some(number), Some(_)) => Open::NumberWithWords(number),
            (None, Some(_)) => Open::Words,
            (None, None) => Open::Other,
        });
        if let Some(words) = own.and_then(Object::into_string).filter(|_| !self.invisible) {
            self.say(&text_string(words.as_bytes()));
        }
    }

    /// Reads a form; a picture has no words, and counts.
    fn form(&mut self, operation: &Instruction<'_, '_>) {
        let form = name_of(operation).and_then(|name| self.resources.get_x_object(&name));
        let Some(form) = form.filter(|_| self.depth < DEEPEST && self.budget.forms > 0) else {
            return;
        };
        let kind = form.dict().get::<Name<'_>>("Subtype");
        match kind.as_ref().map(|kind| kind.as_str()) {
            Some("Form") => self.budget.forms -= 1,
            Some("Image") => return self.picture(),
            _ => return,
        }
        let Some(bytes) = form.decoded().ok().filter(|bytes| self.budget.take(bytes.len())) else {
            return;
        };
        let resources = form.dict().get::<Dict<'_>>("Resources").map(Resources::new);
        let Some(resources) = resources else { return };
        let mut content = Content::of(&resources, self.fonts, self.out, self.budget);
        content.invisible = self.invisible;
        content.form = form.dict().obj_id();
        content.depth = self.depth + 1;
        content.read(UntypedIter::new(&bytes));
    }

    /// The innermost numbered content.
    fn innermost(&mut self) -> Option<&mut Shown> {
        let number = self.open.iter().rev().find_map(|one| match one {
            Open::Number(number) | Open::NumberWithWords(number) => Some(*number),
            Open::Words | Open::Other => None,
        });
        number.map(|number| self.out.entry((self.form, number)).or_default())
    }

    fn say(&mut self, words: &str) {
        if !self.budget.take(words.len()) {
            return;
        }
        if let Some(shown) = self.innermost() {
            shown.words.push_str(words);
        }
    }

    fn picture(&mut self) {
        if let Some(shown) = self.innermost() {
            shown.pictures += 1;
        }
    }

    fn show(&mut self, operand: &Object<'_>) {
        match operand {
            Object::String(string) => {
                let mut words = String::new();
                for pair in string.as_bytes().chunks_exact(2) {
                    let code = pair.iter().fold(0, |code, byte| code << 8 | u16::from(*byte));
                    words.push_str(self.codes.get(&code).map_or("\u{FFFD}", String::as_str));
                    if words.len() > self.budget.bytes {
                        return;
                    }
                }
                self.say(&words);
            }
            Object::Array(list) => {
                list.iter::<Object<'_>>().for_each(|part| self.show(&part));
            }
            _ => {}
        }
    }
}

/// The first operand, where it is a name.
fn name_of<'a>(operation: &Instruction<'_, 'a>) -> Option<Name<'a>> {
    operation.operands().next().cloned().and_then(Object::into_name)
}
