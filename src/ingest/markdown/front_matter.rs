//! The fields between `---` (YAML) or `+++` (TOML) at the head of a file.
//!
//! Pandoc's names are accepted. A value keeps its place in the file when it stands there as it is.

use crate::article::{Author, Date, Metadata, RuleId, Text};
use crate::diagnostics::{Code, Diagnostic, Sink, nearest};
use crate::source::{FileId, Span};
use saphyr::{LoadableYamlNode, Yaml};
use std::collections::BTreeMap;
use std::ops::Range;

const VALUE: RuleId = RuleId("markdown::front-matter");

/// What stands at the head of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FrontMatter {
    pub(super) metadata: Metadata,
    /// It says that there is no title: `title: ''`.
    pub(super) untitled: bool,
    /// Where the text begins.
    pub(super) end: usize,
}

/// The metadata, and where the text begins.
pub(super) fn read(
    text: &str,
    file: FileId,
    sink: &mut Sink,
) -> Result<FrontMatter, Box<Diagnostic>> {
    let wrong = |reason: &str, at: Range<usize>| {
        let finding = Diagnostic::new(Code::FrontMatter).with("reason", reason);
        Box::new(finding.at_span(Span::new(file, at)))
    };
    let Some((fence, body, end)) = block(text) else {
        return match begun(text) {
            Some(fence) => Err(wrong("no line ends the fields", 0..fence.len())),
            None => Ok(FrontMatter::default()),
        };
    };
    let source = text.get(body.clone()).unwrap_or_default();
    let fields = if fence == "+++" { toml_fields(source) } else { yaml_fields(source) };
    let fields = fields.map_err(|(reason, at)| {
        let at = at.unwrap_or(0..source.len());
        wrong(&reason, body.start + at.start..body.start + at.end)
    })?;
    let next = body.start;
    let mut reader = Reader { text, file, body, taken: BTreeMap::new(), next };
    let mut metadata = Metadata::default();
    let mut untitled = false;
    for (name, values) in fields {
        untitled |= name == "title";
        if !reader.field(&name, &values, &mut metadata) {
            let finding = if FIELDS.contains(&name.as_str()) {
                Diagnostic::new(Code::FieldValue)
            } else {
                let nearest = nearest(&name, FIELDS.iter().copied());
                Diagnostic::new(Code::FieldUnused).with("nearest", nearest)
            };
            sink.push(finding.with("field", &name).at_span(reader.place(&name)));
        }
    }
    untitled &= metadata.title.is_none();
    Ok(FrontMatter { metadata, untitled, end })
}

/// The names of fields that are read.
const FIELDS: &[&str] = &[
    "title",
    "overline",
    "subtitle",
    "author",
    "authors",
    "creator",
    "source",
    "source-url",
    "url",
    "date",
    "section",
    "summary",
    "abstract",
    "description",
    "editor",
    "keywords",
    "tags",
    "lang",
    "language",
    "rights",
];

/// The fence that a file begins with.
fn fence(text: &str) -> Option<&'static str> {
    ["---", "+++"]
        .into_iter()
        .find(|fence| text.strip_prefix(fence).is_some_and(|rest| rest.starts_with(['\n', '\r'])))
}

/// The fence of fields that never end: below it stands one of the names of fields.
fn begun(text: &str) -> Option<&'static str> {
    let fence = fence(text)?;
    let (name, _) = text.lines().nth(1)?.split_once([':', '：', '='])?;
    FIELDS.contains(&name.trim()).then_some(fence)
}

/// The fence, the range of the fields, and where the text begins.
fn block(text: &str) -> Option<(&'static str, Range<usize>, usize)> {
    let fence = fence(text)?;
    let mut at = text.find('\n')? + 1;
    let start = at;
    for line in text.get(start..)?.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || fence == "---" && bare == "..." {
            return Some((fence, start..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// A value, and for an author where they work.
type Value = (String, Option<String>);
type Fields = Vec<(String, Vec<Value>)>;
/// Why fields cannot be read, and where.
type Fault = (String, Option<Range<usize>>);

fn toml_fields(source: &str) -> Result<Fields, Fault> {
    let fault = |error: toml::de::Error| (error.message().to_owned(), error.span());
    let table: toml::Table = source.parse().map_err(fault)?;
    let value = |value: &toml::Value| match value {
        toml::Value::String(text) => (text.clone(), None),
        toml::Value::Table(table) => {
            let part = |name| table.get(name).and_then(toml::Value::as_str).map(str::to_owned);
            (part("name").unwrap_or_default(), part("affiliation"))
        }
        other => (other.to_string(), None),
    };
    let values = |v: &toml::Value| match v {
        toml::Value::Array(list) => list.iter().map(value).collect(),
        other => vec![value(other)],
    };
    Ok(table.iter().map(|(name, v)| (name.clone(), values(v))).collect())
}

fn yaml_fields(source: &str) -> Result<Fields, Fault> {
    let documents = Yaml::load_from_str(source).map_err(|error| {
        // Where a line is not as it should be, the parser stands at the beginning of the next.
        let at = error.marker();
        let line = at.line().saturating_sub(if at.col() <= 1 { 2 } else { 1 });
        let start = source.split_inclusive('\n').take(line).map(str::len).sum();
        let length = source.lines().nth(line).map_or(0, str::len);
        (error.info().to_owned(), Some(start..start + length))
    })?;
    let Some(mapping) = documents.first().and_then(Yaml::as_mapping) else {
        return Ok(Vec::new());
    };
    let value = |value: &Yaml<'_>| -> Value {
        if let Some(text) = value.as_str() {
            return (text.to_owned(), None);
        }
        let part = |name| value.as_mapping_get(name).and_then(Yaml::as_str).map(str::to_owned);
        let number = || value.as_integer().map(|number| number.to_string());
        let decimal = || value.as_floating_point().map(|number| number.to_string());
        let name = part("name")
            .or_else(number)
            .or_else(decimal)
            .or_else(|| value.as_bool().map(|is| is.to_string()));
        // What is no name and not nothing cannot be used.
        let strange = || if value.is_null() { String::new() } else { STRANGE.to_owned() };
        (name.unwrap_or_else(strange), part("affiliation"))
    };
    let fields = mapping.iter().filter_map(|(name, v)| {
        let values = match v.as_vec() {
            Some(list) => list.iter().map(value).collect(),
            None if v.is_string() || v.is_mapping() || v.is_null() => vec![value(v)],
            None => vec![(written(source, name.as_str()?).unwrap_or(value(v).0), None)],
        };
        Some((name.as_str()?.to_owned(), values))
    });
    Ok(fields.collect())
}

/// A plain value as its author wrote it: `3.10` is no number to an editor.
fn written(source: &str, name: &str) -> Option<String> {
    let after =
        |line: &str| Some(line.strip_prefix(name)?.trim_start().strip_prefix(':')?.to_owned());
    let value = source.lines().find_map(after)?;
    let value = value.split(" #").next().unwrap_or_default().trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// Stands for a value that cannot be used; no file has it, for control characters are refused.
const STRANGE: &str = "\u{1}";

/// Whether a value says nothing, as `title: ''` does.
fn is_nothing((value, work): &Value) -> bool {
    value.is_empty() && work.is_none()
}

/// Whether a value may be a language (BCP 47): `zh`, `zh-Hant-TW`.
fn is_tag(value: &str) -> bool {
    let mut parts = value.split(['-', '_']);
    let part = |part: &str| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    parts.next().is_some_and(|first| (2..=3).contains(&first.len()) && part(first))
        && parts.all(part)
}

struct Reader<'a> {
    text: &'a str,
    file: FileId,
    body: Range<usize>,
    /// What values have been found at already: where each begins and ends.
    taken: BTreeMap<usize, usize>,
    /// Where the last one was.
    next: usize,
}

impl Reader<'_> {
    /// Where a field stands.
    fn place(&self, name: &str) -> Span {
        let fields = self.text.get(self.body.clone()).unwrap_or_default();
        let at = self.body.start + fields.find(name).unwrap_or(0);
        Span::new(self.file, at..at)
    }

    /// Takes a field over. Whether all of it could be used; one that says nothing always is.
    fn field(&mut self, name: &str, values: &[Value], metadata: &mut Metadata) -> bool {
        let strange = values.iter().any(|(value, _)| value == STRANGE);
        let known: Vec<Value> =
            values.iter().filter(|(value, _)| value != STRANGE).cloned().collect();
        if strange {
            self.field(name, &known, metadata);
            return false;
        }
        let mut said = values.iter().filter(|(value, _)| !value.is_empty());
        let Some((first, _)) = said.next() else { return values.iter().all(is_nothing) };
        let one = said.next().is_none();
        match name {
            "title" => metadata.title = Some(self.value(first)),
            "overline" => metadata.overline = Some(self.value(first)),
            "subtitle" => metadata.subtitle = Some(self.value(first)),
            "source" => metadata.source = Some(self.value(first)),
            "summary" | "abstract" | "description" => metadata.summary = Some(self.value(first)),
            "editor" => metadata.editor = Some(self.value(first)),
            "source-url" | "url" => metadata.source_url = Some(self.value(first)),
            "section" => metadata.section = Some(self.value(first)),
            "rights" => metadata.rights = Some(self.value(first)),
            "keywords" | "tags" => {
                let words = values.iter().filter(|(word, _)| !word.is_empty());
                metadata.keywords = words.map(|(word, _)| self.value(word)).collect();
                return true;
            }
            "author" | "authors" | "creator" => {
                let authors = values.iter().filter(|(name, _)| !name.is_empty());
                let read = |(name, work): &Value| Author {
                    name: self.value(name),
                    affiliation: work.as_ref().map(|work| self.value(work)),
                };
                metadata.authors = authors.map(read).collect();
                return true;
            }
            "date" => metadata.date = self.date(first),
            "lang" | "language" if is_tag(first) => metadata.lang = Some(self.value(first)),
            _ => return false,
        }
        one && (name != "date" || metadata.date.is_some())
    }

    /// A value where it stands in the file, or as the markup says it.
    fn value(&mut self, value: &str) -> Text {
        // Values come in their order, nearly always; a long list of names is found in one pass.
        let found = self.free(value, self.next).or_else(|| self.free(value, self.body.start));
        if let Some(place) = found {
            self.next = place.end;
            self.taken.insert(place.start, place.end);
            return Text::kept(value, self.file, place.start);
        }
        let mut text = Text::default();
        text.push(value, Span::new(self.file, self.body.start..self.body.start), Some(VALUE));
        text
    }

    /// The first place of a value, from a place on, that no other has.
    fn free(&self, value: &str, from: usize) -> Option<Range<usize>> {
        let places = self.text.get(from..self.body.end)?.match_indices(value);
        let mut places = places.map(|(at, _)| from + at..from + at + value.len());
        places.find(|place| {
            let before = self.taken.range(..place.end).next_back();
            before.is_none_or(|(_, end)| *end <= place.start)
        })
    }

    fn date(&mut self, value: &str) -> Option<Date> {
        Date::read(self.value(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(text: &str) -> Metadata {
        read(text, FileId(0), &mut Sink::default()).unwrap().metadata
    }

    #[test]
    fn yaml_and_toml_say_the_same() {
        let yaml = "---\ntitle: 山村的灯\nauthor: [李明, {name: 王芳}]\ndate: 2021-05-06\n---\n文";
        let toml = "+++\ntitle = '山村的灯'\nauthor = ['李明', {name = '王芳'}]\n\
                    date = 2021-05-06\n+++\n文";
        for text in [yaml, toml] {
            let found = metadata(text);
            assert_eq!(found.title.as_ref().unwrap().as_str(), "山村的灯");
            assert_eq!(found.author_names(), ["李明", "王芳"]);
            assert_eq!(found.date.unwrap().iso(), "2021-05-06");
        }
    }

    #[test]
    fn numbers_stay_as_they_are_written() {
        for (written, title) in [("3.10", "3.10"), ("007 # 邦德", "007"), ("1e3", "1e3")] {
            let found = metadata(&format!("---\ntitle: {written}\n---\n文"));
            assert_eq!(found.title.unwrap().as_str(), title);
        }
    }

    #[test]
    fn a_rule_at_the_head_is_no_front_matter() {
        let read = |text| read(text, FileId(0), &mut Sink::default());
        assert_eq!(read("---\n文\n").unwrap(), FrontMatter::default());
        assert_eq!(read("---\n注：文\n").unwrap(), FrontMatter::default());
        let place = |text| match read(text).unwrap_err().place {
            Some(crate::diagnostics::Place::Span(span)) => text.get(span.range()),
            _ => None,
        };
        assert_eq!(place("---\nlang: zh\ntitle: [\n---\n"), Some("title: ["));
        assert_eq!(place("---\nlang: zh\ntitle：甲\n---\n"), Some("title：甲"));
        assert_eq!(place("---\ntitle: 甲: 乙\nlang: zh\n---\n"), Some("title: 甲: 乙"));
        assert_eq!(place("---\ntitle: 甲\n\n没有结尾。"), Some("---"));
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        let unused = |fields: &str| {
            let mut sink = Sink::default();
            read(&format!("---\n{fields}\n---\n文"), FileId(0), &mut sink).unwrap();
            sink.found().len()
        };
        for (fields, count) in [
            ("title: 甲\nauthor: [乙, 丙]\nkeywords: [丁, 戊]\nsummary: 3.5", 0),
            ("title: ''", 0),
            ("foo: 1", 1),
            ("title: [甲, 乙]", 1),
            ("date: soon", 1),
            ("lang: 中文", 1),
            ("lang: zh-Hant-TW", 0),
        ] {
            assert_eq!(unused(fields), count, "{fields}");
        }
    }
}
