//! The words that a page shows, by the marked content they stand in (ISO 32000-1 §14.6): those of
//! its own content and those of the forms on it, as characters of the fonts or as the actual text
//! (§14.9.4) that stands for them.

use super::codes::{Codes, Fonts, text_string};
use hayro_syntax::content::{Instruction, UntypedIter};
use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier};
use hayro_syntax::page::{Page, Resources};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The words of each marked content of a page, by the form it stands in and its number.
pub(super) type Marked = BTreeMap<(Option<ObjectIdentifier>, i32), String>;

/// How many forms may stand in each other.
const DEEPEST: usize = 8;

/// The words of a page.
pub(super) fn words(page: &Page<'_>, fonts: &Fonts) -> Marked {
    let mut out = Marked::new();
    let resources = page.resources();
    let mut content = Content::of(resources, fonts, &mut out);
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
    out: &'b mut Marked,
}

impl<'a, 'b> Content<'a, 'b> {
    fn of(resources: &'b Resources<'a>, fonts: &'b Fonts, out: &'b mut Marked) -> Self {
        let codes = Arc::new(Codes::new());
        Self { resources, fonts, form: None, depth: 0, open: Vec::new(), codes, out }
    }

    fn read(&mut self, mut operations: UntypedIter<'_>) {
        while let Some(operation) = operations.next() {
            match &**operation.operator {
                b"Tf" => {
                    let font = name_of(&operation).and_then(|name| self.resources.get_font(&name));
                    self.codes = font.map(|font| self.fonts.codes(&font)).unwrap_or_default();
                }
                b"BMC" => self.open.push(Open::Other),
                b"BDC" => self.begin(&operation),
                b"EMC" => drop(self.open.pop()),
                b"Do" => self.form(&operation),
                // Words of their own stand for what is shown in them.
                b"Tj" | b"TJ" | b"'" | b"\""
                    if !self
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
        if let Some(words) = own.and_then(Object::into_string) {
            self.say(&text_string(words.as_bytes()));
        }
    }

    /// Reads a form; a picture has no words.
    fn form(&mut self, operation: &Instruction<'_, '_>) {
        let form = name_of(operation).and_then(|name| self.resources.get_x_object(&name));
        let Some(form) = form.filter(|_| self.depth < DEEPEST) else { return };
        let kind = form.dict().get::<Name<'_>>("Subtype");
        if kind.is_none_or(|kind| kind.as_str() != "Form") {
            return;
        }
        let Ok(bytes) = form.decoded() else { return };
        let resources = form.dict().get::<Dict<'_>>("Resources").map(Resources::new);
        let Some(resources) = resources else { return };
        let mut content = Content::of(&resources, self.fonts, self.out);
        content.form = form.dict().obj_id();
        content.depth = self.depth + 1;
        content.read(UntypedIter::new(&bytes));
    }

    /// Adds words to the innermost numbered content.
    fn say(&mut self, words: &str) {
        let number = self.open.iter().rev().find_map(|one| match one {
            Open::Number(number) | Open::NumberWithWords(number) => Some(*number),
            Open::Words | Open::Other => None,
        });
        if let Some(number) = number {
            self.out.entry((self.form, number)).or_default().push_str(words);
        }
    }

    fn show(&mut self, operand: &Object<'_>) {
        match operand {
            Object::String(string) => {
                let mut words = String::new();
                for pair in string.as_bytes().chunks_exact(2) {
                    let code = pair.iter().fold(0, |code, byte| code << 8 | u16::from(*byte));
                    words.push_str(self.codes.get(&code).map_or("\u{FFFD}", String::as_str));
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
