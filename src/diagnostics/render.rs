//! A finding as words for people, or as one JSON object a line for scripts.

use super::{Diagnostic, Language, Level, Place};
use crate::source::Sources;
use serde::Serialize;

/// Everything a finding says, with its place looked up.
#[derive(Debug, Serialize)]
struct Said<'a> {
    level: &'static str,
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    hint: String,
}

/// A finding as two or three lines of text.
#[must_use]
pub fn human(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> String {
    let said = say(diagnostic, sources, language);
    let (level, hint) = match (language, diagnostic.code.level()) {
        (Language::Chinese, Level::Error) => ("错误", "办法"),
        (Language::Chinese, Level::Warning) => ("警告", "建议"),
        (Language::Chinese, Level::Note) => ("说明", "建议"),
        (Language::English, Level::Error) => ("error", "do"),
        (Language::English, Level::Warning) => ("warning", "try"),
        (Language::English, Level::Note) => ("note", "try"),
    };
    let place = match (said.file, said.line, said.column) {
        (Some(file), Some(line), Some(column)) => format!("\n  → {file}:{line}:{column}"),
        (Some(file), ..) => format!("\n  → {file}"),
        _ => String::new(),
    };
    let Said { code, message, hint: advice, .. } = said;
    let advice = if advice.is_empty() { advice } else { format!("\n  {hint}: {advice}") };
    format!("{level}[{code}] {message}{place}{advice}")
}

/// A finding as one JSON object, without a line end.
#[must_use]
pub fn json(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> String {
    serde_json::to_string(&say(diagnostic, sources, language)).unwrap_or_default()
}

fn say<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources, language: Language) -> Said<'a> {
    let row = diagnostic.code.row();
    let (message, hint) = match language {
        Language::Chinese => row.zh,
        Language::English => row.en,
    };
    let (file, position) = match &diagnostic.place {
        None => (None, None),
        Some(Place::Named(name)) => (Some(name.as_str()), None),
        Some(Place::Span(span)) => (Some(sources.name(span.file)), Some(sources.position(*span))),
    };
    Said {
        level: match row.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        },
        code: row.id,
        message: fill(message, &diagnostic.particulars),
        file,
        line: position.map(|p| p.line),
        column: position.map(|p| p.column),
        hint: fill(hint, &diagnostic.particulars),
    }
}

/// Puts the particulars in place of the `{name}`s.
fn fill(sentence: &str, particulars: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if let Some((_, value)) = particulars.iter().find(|(n, _)| *n == name) {
            out.push_str(value);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Code;
    use crate::source::Span;

    #[test]
    fn a_finding_reads_as_a_sentence_with_its_place() {
        let mut sources = Sources::default();
        let file = sources.add("文.txt", "一\n二三");
        let found =
            Diagnostic::new(Code::Unbalanced).with("mark", "《").at_span(Span::new(file, 7..10));
        let text = human(&found, &sources, Language::English);
        assert_eq!(
            text,
            "warning[punctuation::unbalanced] “《” has no partner\n  → 文.txt:2:2\n  \
             try: check the quotes, brackets and title marks of the paragraph"
        );
        let object: serde_json::Value =
            serde_json::from_str(&json(&found, &sources, Language::Chinese)).unwrap();
        assert_eq!(object["line"], 2);
        assert_eq!(object["message"], "“《”没有配对");
    }

    #[test]
    fn a_value_with_braces_is_not_filled_again() {
        assert_eq!(fill("a{x}b{y}", &[("x", "{y}".into()), ("y", "1".into())]), "a{y}b1");
    }
}
