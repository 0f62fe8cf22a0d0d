//! `qikan.toml` → [`Manifest`]: what an editor wrote about an issue.
//!
//! Unknown keys are warnings with the nearest known name; wrong values are errors that say what
//! was expected. The `[design]` table is handed on as it stands: the design knows its keys.

use crate::diagnostics::{Code, Diagnostic, Sink, nearest};
use crate::source::{FileId, Span};
use toml::{Table, Value};

/// A kind of finished file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// EPUB 3.
    Epub,
    /// PDF for reading.
    Pdf,
}

impl Edition {
    /// Editions by name.
    pub const NAMES: &'static [(&'static str, Self)] = &[("epub", Self::Epub), ("pdf", Self::Pdf)];

    /// The edition of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(n, _)| *n == name).map(|(_, edition)| *edition)
    }

    /// The ending of its files, and its name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Epub => "epub",
            Self::Pdf => "pdf",
        }
    }
}

/// A section as planned: patterns, not yet articles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SectionPlan {
    /// Its name.
    pub name: Option<String>,
    /// File names or patterns, relative to the issue folder.
    pub articles: Vec<String>,
}

/// What the issue file says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manifest {
    /// 刊名.
    pub title: Option<String>,
    /// Year.
    pub year: Option<u16>,
    /// 期号.
    pub number: Option<String>,
    /// Cover date, `2021-04-26`.
    pub date: Option<String>,
    /// BCP 47 language; `zh-Hans` when not given.
    pub language: Option<String>,
    /// The design's name.
    pub template: Option<String>,
    /// Values laid over the design's.
    pub design: Table,
    /// 栏目.
    pub sections: Vec<SectionPlan>,
    /// Editions to make.
    pub editions: Vec<Edition>,
    /// How far the text may be changed: `off`, `safe` or `full`.
    pub copyedit: Option<String>,
    /// The same for punctuation alone.
    pub punctuation: Option<String>,
    /// The same for the recognition of titles, headings and page scraps alone.
    pub structure: Option<String>,
    /// The same for single rules, by name.
    pub rules: Vec<(String, String)>,
    /// Whether a character that no face has stops the build.
    pub missing_is_warning: bool,
    /// Whether an edition is made without pictures that could not be had.
    pub lost_images_are_warnings: bool,
}

/// Keys of `[copyedit]`: kinds of rules, then single ones by name.
const COPYEDIT: &[&str] = &[
    "policy",
    "punctuation",
    "structure",
    "masthead",
    "headlines",
    "navigation",
    "copyright",
    "promotion",
    "script",
    "invisible",
    "width",
    "compatibility",
    "quotes",
    "ellipsis",
    "dash",
    "range",
    "years",
    "brackets",
    "marks",
    "spaces",
    "repeats",
];

/// Names of single rules that `[copyedit]` can set.
#[must_use]
pub fn rule_names() -> &'static [&'static str] {
    COPYEDIT.get(3..).unwrap_or_default()
}

/// Known keys, by table.
const KEYS: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "issue", "masthead", "cover", "design", "section", "output", "copyedit", "fonts",
            "images",
        ],
    ),
    (
        "issue",
        &[
            "title",
            "year",
            "number",
            "total",
            "date",
            "language",
            "issn",
            "cn",
            "description",
            "rights",
        ],
    ),
    (
        "masthead",
        &[
            "supervisor",
            "sponsor",
            "publisher",
            "editor-in-chief",
            "printer",
            "distributor",
            "postal-code",
            "price",
        ],
    ),
    ("cover", &["image", "headlines"]),
    ("section", &["name", "articles"]),
    ("output", &["editions"]),
    ("copyedit", COPYEDIT),
    ("fonts", &["missing"]),
    ("images", &["missing"]),
];

/// Reads `KEY=VALUE` of `--set`: the value as TOML where it is, as a string where not.
///
/// # Errors
/// [`Code::ManifestValue`] when there is no `=` or the key is empty.
pub fn parse_setting(setting: &str, table: &mut Table) -> Result<(), Box<Diagnostic>> {
    let wrong = || wrong("--set", setting, "KEY=VALUE");
    let (path, value) = setting.split_once('=').ok_or_else(wrong)?;
    let value = value.trim();
    let parsed = format!("v = {value}").parse::<Table>().ok().and_then(|mut t| t.remove("v"));
    let value = parsed.unwrap_or_else(|| Value::String(value.to_owned()));
    let keys: Vec<&str> = path.trim().split('.').collect();
    let Some((last, parents)) = keys.split_last().filter(|(l, _)| !l.is_empty()) else {
        return Err(wrong());
    };
    let mut at = table;
    for key in parents {
        let slot = at.entry((*key).to_owned()).or_insert_with(|| Value::Table(Table::new()));
        at = slot.as_table_mut().ok_or_else(wrong)?;
    }
    at.insert((*last).to_owned(), value);
    Ok(())
}

impl Manifest {
    /// Reads an issue file as a table.
    ///
    /// # Errors
    /// [`Code::ManifestSyntax`] with the place.
    pub fn table(text: &str, file: FileId) -> Result<Table, Box<Diagnostic>> {
        text.parse::<Table>().map_err(|error| {
            let finding = Diagnostic::new(Code::ManifestSyntax)
                .with("reason", error.message().replace('\n', ", "));
            let span = error.span().unwrap_or(0..0);
            Box::new(finding.at_span(Span::new(file, span)))
        })
    }

    /// Checks a table and makes the manifest.
    ///
    /// # Errors
    /// [`Code::ManifestValue`] for the first value that is of the wrong kind.
    pub fn of(table: &Table, sink: &mut Sink) -> Result<Self, Box<Diagnostic>> {
        report_unknown(table, sink);
        let empty = Table::new();
        let part = |name: &str| match table.get(name) {
            None => Ok(&empty),
            Some(Value::Table(part)) => Ok(part),
            Some(other) => Err(wrong(name, &other.to_string(), "[table]")),
        };
        let issue = part("issue")?;
        let design = part("design")?;
        Ok(Self {
            title: string(issue, "issue", "title")?,
            year: year(issue)?,
            number: number(issue)?,
            date: date(issue)?,
            language: language(issue)?,
            template: string(design, "design", "template")?,
            design: design.clone(),
            sections: sections(table)?,
            editions: editions(part("output")?)?,
            copyedit: policy(part("copyedit")?, "policy")?,
            punctuation: policy(part("copyedit")?, "punctuation")?,
            structure: policy(part("copyedit")?, "structure")?,
            rules: rules(part("copyedit")?)?,
            missing_is_warning: one_of(part("fonts")?, "fonts", "missing", &["error", "warn"])?
                .is_some_and(|value| value == "warn"),
            lost_images_are_warnings: one_of(
                part("images")?,
                "images",
                "missing",
                &["error", "warn"],
            )?
            .is_some_and(|value| value == "warn"),
        })
    }
}

fn wrong(key: &str, value: &str, expected: &str) -> Box<Diagnostic> {
    let finding = Diagnostic::new(Code::ManifestValue);
    Box::new(finding.with("key", key).with("value", value).with("expected", expected))
}

fn report_unknown(table: &Table, sink: &mut Sink) {
    let mut check = |name: &str, part: &Table| {
        let Some((_, known)) = KEYS.iter().find(|(table, _)| *table == name) else { return };
        for key in part.keys().filter(|key| !known.contains(&key.as_str())) {
            let full = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
            let nearest = nearest(key, known.iter().copied());
            let finding = Diagnostic::new(Code::ManifestUnknownKey).with("key", full);
            sink.push(finding.with("nearest", nearest));
        }
    };
    check("", table);
    for (name, value) in table {
        match value {
            Value::Table(part) if name != "design" => check(name, part),
            Value::Array(parts) => {
                parts.iter().filter_map(Value::as_table).for_each(|part| check(name, part));
            }
            _ => {}
        }
    }
}

fn string(table: &Table, part: &str, key: &str) -> Result<Option<String>, Box<Diagnostic>> {
    match table.get(key) {
        None => Ok(None),
        Some(Value::String(value)) => Ok(Some(value.clone()).filter(|v| !v.trim().is_empty())),
        Some(other) => Err(wrong(&format!("{part}.{key}"), &other.to_string(), "\"…\"")),
    }
}

fn policy(table: &Table, key: &str) -> Result<Option<String>, Box<Diagnostic>> {
    one_of(table, "copyedit", key, &["off", "safe", "full"])
}

fn rules(table: &Table) -> Result<Vec<(String, String)>, Box<Diagnostic>> {
    let mut out = Vec::new();
    for name in rule_names() {
        if let Some(value) = policy(table, name)? {
            out.push(((*name).to_owned(), value));
        }
    }
    Ok(out)
}

fn one_of(
    table: &Table,
    part: &str,
    key: &str,
    names: &[&str],
) -> Result<Option<String>, Box<Diagnostic>> {
    let value = string(table, part, key)?;
    match &value {
        Some(value) if !names.contains(&value.as_str()) => {
            Err(wrong(&format!("{part}.{key}"), value, &names.join(", ")))
        }
        _ => Ok(value),
    }
}

fn year(issue: &Table) -> Result<Option<u16>, Box<Diagnostic>> {
    let Some(value) = issue.get("year") else { return Ok(None) };
    let year = value.as_integer().and_then(|year| u16::try_from(year).ok());
    match year.filter(|year| (1500..=2999).contains(year)) {
        Some(year) => Ok(Some(year)),
        None => Err(wrong("issue.year", &value.to_string(), "2021")),
    }
}

/// A number may be written 4 or "4" or "9-10".
fn number(issue: &Table) -> Result<Option<String>, Box<Diagnostic>> {
    match issue.get("number") {
        Some(Value::Integer(number)) => Ok(Some(number.to_string())),
        _ => string(issue, "issue", "number"),
    }
}

fn date(issue: &Table) -> Result<Option<String>, Box<Diagnostic>> {
    let Some(value) = issue.get("date") else { return Ok(None) };
    let date = value.as_datetime().and_then(|datetime| datetime.date);
    let date = date.ok_or_else(|| wrong("issue.date", &value.to_string(), "2021-04-26"))?;
    Ok(Some(date.to_string()))
}

fn language(issue: &Table) -> Result<Option<String>, Box<Diagnostic>> {
    one_of(issue, "issue", "language", &["zh-Hans", "zh-Hant", "ja", "ko", "en"])
}

fn sections(table: &Table) -> Result<Vec<SectionPlan>, Box<Diagnostic>> {
    let Some(value) = table.get("section") else { return Ok(Vec::new()) };
    let expected = || wrong("section", &value.to_string(), "[[section]]");
    let list = value.as_array().ok_or_else(expected)?;
    list.iter().map(|entry| section(entry.as_table().ok_or_else(expected)?)).collect()
}

fn section(table: &Table) -> Result<SectionPlan, Box<Diagnostic>> {
    let patterns = match table.get("articles") {
        None => Vec::new(),
        Some(value) => strings(value)
            .ok_or_else(|| wrong("section.articles", &value.to_string(), "[\"articles/*.txt\"]"))?,
    };
    Ok(SectionPlan { name: string(table, "section", "name")?, articles: patterns })
}

fn editions(output: &Table) -> Result<Vec<Edition>, Box<Diagnostic>> {
    let Some(value) = output.get("editions") else { return Ok(Vec::new()) };
    let names: Vec<_> = Edition::NAMES.iter().map(|(name, _)| *name).collect();
    let expected = || wrong("output.editions", &value.to_string(), &names.join(", "));
    let list = strings(value).ok_or_else(expected)?;
    list.iter().map(|name| Edition::named(name).ok_or_else(expected)).collect()
}

fn strings(value: &Value) -> Option<Vec<String>> {
    let list = value.as_array()?;
    list.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(text: &str) -> (Result<Manifest, Box<Diagnostic>>, Sink) {
        let mut sink = Sink::default();
        let manifest = Manifest::of(&text.parse().unwrap(), &mut sink);
        (manifest, sink)
    }

    #[test]
    fn an_issue_file_is_read() {
        let (manifest, sink) = manifest(
            "[issue]\ntitle = '楚天法治'\nyear = 2021\nnumber = 4\ndate = 2021-04-26\n\
             [[section]]\nname = '治理'\narticles = ['a/*.txt']\n[output]\neditions = ['pdf']",
        );
        let manifest = manifest.unwrap();
        assert!(sink.found().is_empty());
        assert_eq!(manifest.date.as_deref(), Some("2021-04-26"));
        assert_eq!(manifest.number.as_deref(), Some("4"));
        assert_eq!(manifest.sections[0].articles, ["a/*.txt"]);
        assert_eq!(manifest.editions, [Edition::Pdf]);
    }

    #[test]
    fn unknown_keys_name_the_nearest() {
        let (_, sink) = manifest("[issue]\ntilte = 'x'");
        let found = &sink.found()[0];
        assert_eq!(found.code, Code::ManifestUnknownKey);
        assert_eq!(found.particulars[1], ("nearest", "title".to_owned()));
    }

    #[test]
    fn wrong_values_are_errors() {
        for wrong in [
            "[issue]\nyear = 'x'",
            "[issue]\ndate = '26 April'",
            "[issue]\nlanguage = 'fr'",
            "issue = 3",
            "section = 'x'",
            "[output]\neditions = ['mobi']",
            "[copyedit]\npunctuation = 'some'",
        ] {
            assert_eq!(manifest(wrong).0.unwrap_err().code, Code::ManifestValue, "{wrong}");
        }
    }

    #[test]
    fn settings_reach_their_place() {
        let mut table = Table::new();
        parse_setting("design.type-area.chars=10", &mut table).unwrap();
        parse_setting("issue.title=期刊", &mut table).unwrap();
        parse_setting("design.body.size=9pt", &mut table).unwrap();
        assert_eq!(table["design"]["type-area"]["chars"].as_integer(), Some(10));
        assert_eq!(table["issue"]["title"].as_str(), Some("期刊"));
        assert_eq!(table["design"]["body"]["size"].as_str(), Some("9pt"));
        assert!(parse_setting("design.columns", &mut table).is_err());
        assert!(parse_setting("=3", &mut table).is_err());
    }
}
