//! The words that a page shows, by the marked content they stand in (ISO 32000-1 §14.6): those of
//! its own content and those of the forms on it, as characters of the fonts or as the actual text
//! (§14.9.4) that stands for them.

use super::codes::{Codes, Fonts, text_string};
use super::sight::{Matrix, Sight};
use hayro_syntax::content::{Instruction, UntypedIter};
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier};
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
    /// Operators: a page of a book has some thousands.
    operators: usize,
}

impl Budget {
    const PAGE: Self = Self { forms: 10_000, bytes: 256 << 20, operators: 2_000_000 };

    /// Whether a form may still be read.
    const fn has_forms(&self) -> bool {
        self.forms > 0 && self.bytes > 0
    }

    /// Takes some bytes, where that many are left.
    fn take(&mut self, bytes: usize) -> bool {
        let left = self.bytes.checked_sub(bytes);
        self.bytes = left.unwrap_or_default();
        left.is_some()
    }
}

/// What a page shows.
pub(super) fn shown(page: &Page<'_>, fonts: &Fonts) -> Marked {
    let (mut out, mut budget) = (Marked::new(), Budget::PAGE);
    let resources = page.resources();
    let sight = Sight::of(page.intersected_crop_box());
    let mut content = Content::of(resources, fonts, &mut out, &mut budget, sight);
    content.read(page.operations());
    out
}

/// What an open marked content is: of a number, with words of its own, or neither.
enum Open {
    Number(i32),
    /// The words stand for whatever is shown in it, and are said once something is.
    NumberWithWords(i32, Option<String>),
    Words(Option<String>),
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
    sight: Sight,
    budget: &'b mut Budget,
    out: &'b mut Marked,
}

impl<'a, 'b> Content<'a, 'b> {
    fn of(
        resources: &'b Resources<'a>,
        fonts: &'b Fonts,
        out: &'b mut Marked,
        budget: &'b mut Budget,
        sight: Sight,
    ) -> Self {
        Self {
            resources,
            fonts,
            form: None,
            depth: 0,
            open: Vec::new(),
            codes: Arc::new(Codes::new()),
            sight,
            budget,
            out,
        }
    }

    fn read(&mut self, mut operations: UntypedIter<'_>) {
        let mut numbers = Vec::new();
        while let Some(operation) = operations.next() {
            let Some(left) = self.budget.operators.checked_sub(1) else { return };
            self.budget.operators = left;
            numbers.clear();
            numbers.extend(operation.operands().filter_map(number_of));
            self.sight.follow(operation.operator, &numbers);
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
                b"Tj" | b"TJ" | b"'" | b"\"" if self.sight.sees() && !self.say_words() => {
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
            (Some(number), Some(_)) => Open::NumberWithWords(number, words_of(own)),
            (None, Some(_)) => Open::Words(words_of(own)),
            (None, None) => Open::Other,
        });
    }

    /// Says the words that stand for what is shown now; whether there are any.
    fn say_words(&mut self) -> bool {
        let mut said = Vec::new();
        let mut found = false;
        for one in &mut self.open {
            if let Open::Words(words) | Open::NumberWithWords(_, words) = one {
                found = true;
                said.extend(words.take());
            }
        }
        said.iter().for_each(|words| self.say(words));
        found
    }

    /// Reads a form; a picture has no words, and counts.
    fn form(&mut self, operation: &Instruction<'_, '_>) {
        let form = name_of(operation).and_then(|name| self.resources.get_x_object(&name));
        let Some(form) = form.filter(|_| self.depth < DEEPEST && self.budget.has_forms()) else {
            return;
        };
        let kind = form.dict().get::<Name<'_>>("Subtype");
        match kind.as_ref().map(|kind| kind.as_str()) {
            Some("Form") => self.budget.forms -= 1,
            Some("Image") if self.sight.has_room() => return self.picture(),
            _ => return,
        }
        let Some(bytes) = form.decoded().ok().filter(|bytes| self.budget.take(bytes.len())) else {
            return;
        };
        let resources = form.dict().get::<Dict<'_>>("Resources").map(Resources::new);
        let Some(resources) = resources else { return };
        let matrix = form.dict().get::<Array<'_>>("Matrix");
        let matrix = matrix.map(|m| m.iter::<f64>().collect::<Vec<_>>()).unwrap_or_default();
        let sight = self.sight.inside(Matrix::of(&matrix));
        let mut content = Content::of(&resources, self.fonts, self.out, self.budget, sight);
        content.form = form.dict().obj_id();
        content.depth = self.depth + 1;
        content.read(UntypedIter::new(&bytes));
    }

    /// The innermost numbered content.
    fn innermost(&mut self) -> Option<&mut Shown> {
        let number = self.open.iter().rev().find_map(|one| match one {
            Open::Number(number) | Open::NumberWithWords(number, _) => Some(*number),
            Open::Words(_) | Open::Other => None,
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

/// A number among the operands.
fn number_of(operand: &Object<'_>) -> Option<f64> {
    match operand {
        Object::Number(number) => Some(number.as_f64()),
        _ => None,
    }
}

/// The text of a string object.
fn words_of(own: Option<Object<'_>>) -> Option<String> {
    own.and_then(Object::into_string).map(|words| text_string(words.as_bytes()))
}

/// The first operand, where it is a name.
fn name_of<'a>(operation: &Instruction<'_, 'a>) -> Option<Name<'a>> {
    operation.operands().next().cloned().and_then(Object::into_name)
}
