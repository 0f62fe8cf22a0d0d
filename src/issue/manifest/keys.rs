//! The keys an issue file may have, by table; any other is reported with the nearest of them.

use crate::diagnostics::{Code, Diagnostic, Sink, nearest};
use crate::issue::Credit;
use toml::{Table, Value};

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
            "images", "epub", "pdf", "print",
        ],
    ),
    (
        "issue",
        &[
            "title",
            "year",
            "volume",
            "number",
            "total",
            "date",
            "language",
            "issn",
            "cn",
            "description",
            "rights",
            "first-page",
        ],
    ),
    ("cover", &["image", "headlines"]),
    ("section", &["name", "articles"]),
    ("output", &["editions"]),
    ("copyedit", COPYEDIT),
    (
        "fonts",
        &[
            "missing",
            "song",
            "song-bold",
            "hei",
            "hei-bold",
            "kai",
            "latin",
            "latin-bold",
            "latin-italic",
            "mono",
        ],
    ),
    ("images", &["missing", "max-dpi"]),
    ("pdf", &["conformance"]),
    ("epub", &["fonts", "image-quality", "max-image-px"]),
    (
        "print",
        &[
            "condition",
            "profile",
            "bleed",
            "marks",
            "min-dpi",
            "ink-limit",
            "paper",
            "signature",
            "imposition",
        ],
    ),
];

pub(super) fn report_unknown(table: &Table, sink: &mut Sink) {
    let mut check = |name: &str, number: Option<usize>, part: &Table| {
        let known: Vec<&str> = match KEYS.iter().find(|(table, _)| *table == name) {
            Some((_, known)) => known.to_vec(),
            None if name == "masthead" => Credit::keys().collect(),
            None => return,
        };
        for key in part.keys().filter(|key| !known.contains(&key.as_str())) {
            let full = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
            let nearest = nearest(key, known.iter().copied());
            let at = number.map_or(full.clone(), |number| format!("{name}.{number}.{key}"));
            let finding = Diagnostic::new(Code::ManifestUnknownKey).with("key", full);
            sink.push(finding.with("nearest", nearest).with("at", at));
        }
    };
    check("", None, table);
    for (name, value) in table {
        match value {
            Value::Table(part) if name != "design" => check(name, None, part),
            Value::Array(parts) => {
                let parts = parts.iter().enumerate();
                let parts = parts.filter_map(|(number, part)| Some((number, part.as_table()?)));
                parts.for_each(|(number, part)| check(name, Some(number), part));
            }
            _ => {}
        }
    }
}
