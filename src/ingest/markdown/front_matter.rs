//! The fields between `---` (YAML) or `+++` (TOML) at the head of a file.
//!
//! Pandoc's names are accepted. A value keeps its place in the file when it stands there as it is.

use crate::article::{Author, Date, Metadata, RuleId, Text};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::source::{FileId, Span};
use saphyr::{LoadableYamlNode, Yaml};
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
    let Some((fence, body, end)) = block(text) else { return Ok(FrontMatter::default()) };
    let source = text.get(body.clone()).unwrap_or_default();
    let fields = if fence == "+++" { toml_fields(source) } else { yaml_fields(source) };
    let fields = fields.map_err(|reason| {
        let finding = Diagnostic::new(Code::FrontMatter).with("reason", reason);
        Box::new(finding.at_span(Span::new(file, body.clone())))
    })?;
    let mut reader = Reader { text, file, body, taken: Vec::new() };
    let mut metadata = Metadata::default();
    let mut untitled = false;
    for (name, values) in fields {
        untitled |= name == "title";
        if !reader.field(&name, &values, &mut metadata) {
            let finding = Diagnostic::new(Code::FieldUnused).with("field", &name);
            sink.push(finding.at_span(reader.place(&name)));
        }
    }
    untitled &= metadata.title.is_none();
    Ok(FrontMatter { metadata, untitled, end })
}

/// The fence, the range of the fields, and where the text begins.
fn block(text: &str) -> Option<(&'static str, Range<usize>, usize)> {
    let fence = ["---", "+++"].into_iter().find(|fence| {
        text.strip_prefix(fence).is_some_and(|rest| rest.starts_with(['\n', '\r']))
    })?;
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

fn toml_fields(source: &str) -> Result<Fields, String> {
    let table: toml::Table = source.parse().map_err(|e: toml::de::Error| e.message().to_owned())?;
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

fn yaml_fields(source: &str) -> Result<Fields, String> {
    let documents = Yaml::load_from_str(source).map_err(|error| error.to_string())?;
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

struct Reader<'a> {
    text: &'a str,
    file: FileId,
    body: Range<usize>,
    /// What values have been found at already.
    taken: Vec<Range<usize>>,
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
            "lang" | "language" => metadata.lang = Some(self.value(first)),
            _ => return false,
        }
        one && (name != "date" || metadata.date.is_some())
    }

    /// A value where it stands in the file, or as the markup says it.
    fn value(&mut self, value: &str) -> Text {
        let fields = self.text.get(self.body.clone()).unwrap_or_default();
        let places = fields.match_indices(value).map(|(at, _)| {
            let start = self.body.start + at;
            start..start + value.len()
        });
        let free = |place: &Range<usize>| {
            self.taken.iter().all(|taken| place.end <= taken.start || taken.end <= place.start)
        };
        let found = places.into_iter().find(free);
        if let Some(place) = found {
            self.taken.push(place.clone());
            return Text::kept(value, self.file, place.start);
        }
        let mut text = Text::default();
        text.push(value, Span::new(self.file, self.body.start..self.body.start), Some(VALUE));
        text
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
        assert!(read("---\ntitle: [\n---\n").is_err());
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
        ] {
            assert_eq!(unused(fields), count, "{fields}");
        }
    }
}
