//! Values of an issue file, each checked for its kind.

use super::keys::rule_names;
use super::{Edition, SectionPlan};
use crate::diagnostics::{Code, Diagnostic};
use crate::issue::{Cn, Credit, Issn, NumberError};
use toml::{Table, Value};

pub(super) fn wrong(key: &str, value: &str, expected: &str) -> Box<Diagnostic> {
    let finding = Diagnostic::new(Code::ManifestValue);
    Box::new(finding.with("key", key).with("value", value).with("expected", expected))
}

pub(super) fn string(
    table: &Table,
    part: &str,
    key: &str,
) -> Result<Option<String>, Box<Diagnostic>> {
    match table.get(key) {
        None => Ok(None),
        Some(Value::String(value)) => Ok(Some(value.clone()).filter(|v| !v.trim().is_empty())),
        Some(other) => Err(wrong(&format!("{part}.{key}"), &other.to_string(), "\"…\"")),
    }
}

pub(super) fn policy(table: &Table, key: &str) -> Result<Option<String>, Box<Diagnostic>> {
    one_of(table, "copyedit", key, &["off", "safe", "full"])
}

pub(super) fn rules(table: &Table) -> Result<Vec<(String, String)>, Box<Diagnostic>> {
    let mut out = Vec::new();
    for name in rule_names() {
        if let Some(value) = policy(table, name)? {
            out.push(((*name).to_owned(), value));
        }
    }
    Ok(out)
}

/// Pixels an inch of pictures in a reading PDF, unless `[images]` says otherwise.
const MAX_DPI: u32 = 300;

pub(super) fn resolution(images: &Table) -> Result<u32, Box<Diagnostic>> {
    let Some(value) = images.get("max-dpi") else { return Ok(MAX_DPI) };
    let found = value.as_integer().filter(|dpi| (36..=2400).contains(dpi));
    let found = found.and_then(|dpi| u32::try_from(dpi).ok());
    found.ok_or_else(|| wrong("images.max-dpi", &value.to_string(), "36–2400"))
}

/// Roles of `[fonts]`, as the designs name them.
pub(super) const ROLES: &[&str] =
    &["song", "song-bold", "hei", "hei-bold", "kai", "latin", "latin-bold", "latin-italic", "mono"];

pub(super) fn faces(table: &Table) -> Result<Vec<(String, String)>, Box<Diagnostic>> {
    let mut out = Vec::new();
    for role in ROLES {
        let name = string(table, "fonts", role)?;
        out.extend(name.map(|name| ((*role).to_owned(), name)));
    }
    Ok(out)
}

pub(super) fn one_of(
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

pub(super) fn year(issue: &Table) -> Result<Option<u16>, Box<Diagnostic>> {
    let Some(value) = issue.get("year") else { return Ok(None) };
    let written = || value.as_str().and_then(|text| text.trim().parse().ok());
    let year = value.as_integer().or_else(written).and_then(|year| u16::try_from(year).ok());
    match year.filter(|year| (1500..=2999).contains(year)) {
        Some(year) => Ok(Some(year)),
        None => Err(wrong("issue.year", &value.to_string(), "2021")),
    }
}

/// A number may be written 4 or "4" or "9-10".
/// A number that may be written as one or in words: `4`, `"9-10"`, `"增刊"`.
pub(super) fn number(issue: &Table, key: &'static str) -> Result<Option<String>, Box<Diagnostic>> {
    match issue.get(key) {
        Some(Value::Integer(number)) => Ok(Some(number.to_string())),
        _ => string(issue, "issue", key),
    }
}

pub(super) fn date(issue: &Table) -> Result<Option<String>, Box<Diagnostic>> {
    let Some(value) = issue.get("date") else { return Ok(None) };
    let quoted = value.as_str().and_then(|text| text.trim().parse::<toml::value::Datetime>().ok());
    let date = value.as_datetime().copied().or(quoted).and_then(|datetime| datetime.date);
    let date = date.ok_or_else(|| wrong("issue.date", &value.to_string(), "2021-04-26"))?;
    Ok(Some(date.to_string()))
}

pub(super) fn language(issue: &Table) -> Result<Option<String>, Box<Diagnostic>> {
    one_of(
        issue,
        "issue",
        "language",
        &["zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK", "ja", "ko", "en"],
    )
}

pub(super) fn sections(table: &Table) -> Result<Vec<SectionPlan>, Box<Diagnostic>> {
    let Some(value) = table.get("section") else { return Ok(Vec::new()) };
    let expected = || wrong("section", &value.to_string(), "[[section]]");
    let list = value.as_array().ok_or_else(expected)?;
    let each = list.iter().enumerate();
    each.map(|(number, entry)| section(number, entry.as_table().ok_or_else(expected)?)).collect()
}

/// A section, by its number in the file.
pub(super) fn section(number: usize, table: &Table) -> Result<SectionPlan, Box<Diagnostic>> {
    let patterns = match table.get("articles") {
        None => Vec::new(),
        Some(value) => strings(value).ok_or_else(|| {
            let finding = wrong("section.articles", &value.to_string(), "[\"articles/*.txt\"]");
            Box::new(finding.with("at", format!("section.{number}.articles")))
        })?,
    };
    Ok(SectionPlan { name: string(table, "section", "name")?, articles: patterns })
}

pub(super) fn editions(output: &Table) -> Result<Vec<Edition>, Box<Diagnostic>> {
    let Some(value) = output.get("editions") else { return Ok(Vec::new()) };
    let names: Vec<_> = Edition::NAMES.iter().map(|(name, _)| *name).collect();
    let expected = || wrong("output.editions", &value.to_string(), &names.join(", "));
    let list = strings(value).ok_or_else(expected)?;
    list.iter().map(|name| Edition::named(name).ok_or_else(expected)).collect()
}

pub(super) fn strings(value: &Value) -> Option<Vec<String>> {
    let list = value.as_array()?;
    list.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

/// A count, such as the number among all issues.
pub(super) fn count(table: &Table, key: &str) -> Result<Option<u32>, Box<Diagnostic>> {
    let Some(value) = table.get(key) else { return Ok(None) };
    let count = value.as_integer().and_then(|count| u32::try_from(count).ok());
    match count.filter(|count| (1..=99_999).contains(count)) {
        Some(count) => Ok(Some(count)),
        None => Err(wrong(&format!("issue.{key}"), &value.to_string(), "1 … 99999")),
    }
}

pub(super) fn issn(issue: &Table) -> Result<Option<Issn>, Box<Diagnostic>> {
    let Some(text) = string(issue, "issue", "issn")? else { return Ok(None) };
    match Issn::parse(&text) {
        Ok(issn) => Ok(Some(issn)),
        Err(NumberError::IssnCheck(digit)) => {
            let finding = Diagnostic::new(Code::IssnCheck).with("issn", text);
            Err(Box::new(finding.with("digit", digit).with("key", "issue.issn")))
        }
        Err(_) => Err(wrong("issue.issn", &text, "1234-5679")),
    }
}

pub(super) fn cn(issue: &Table) -> Result<Option<Cn>, Box<Diagnostic>> {
    let Some(text) = string(issue, "issue", "cn")? else { return Ok(None) };
    match Cn::parse(&text) {
        Ok(cn) => Ok(Some(cn)),
        Err(NumberError::CnSerial) => Err(wrong("issue.cn", &text, "CN42-1000 … CN42-9999")),
        Err(_) => Err(wrong("issue.cn", &text, "CN42-1234/D")),
    }
}

/// 版权页: what is present, in the order it is printed.
pub(super) fn masthead(table: &Table) -> Result<Vec<Credit>, Box<Diagnostic>> {
    let mut out = Vec::new();
    for key in Credit::keys() {
        let values = match table.get(key) {
            None => continue,
            Some(Value::String(value)) => vec![value.clone()],
            Some(value) => strings(value)
                .ok_or_else(|| wrong(&format!("masthead.{key}"), &value.to_string(), "\"…\""))?,
        };
        let values: Vec<_> = values.into_iter().filter(|v| !v.trim().is_empty()).collect();
        if !values.is_empty() {
            out.push(Credit { key, values });
        }
    }
    Ok(out)
}

pub(super) fn headlines(cover: &Table) -> Result<Vec<String>, Box<Diagnostic>> {
    let Some(value) = cover.get("headlines") else { return Ok(Vec::new()) };
    strings(value).ok_or_else(|| wrong("cover.headlines", &value.to_string(), "[\"…\"]"))
}
