//! Characters that mean something in Markdown, made to stand for themselves.

/// Adds words. `start` says that they begin a line.
pub(super) fn words(text: &str, out: &mut String) {
    let start = out.is_empty() || out.ends_with('\n');
    let mut rest = text.chars().peekable();
    let mut number = start;
    let mut first = start;
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        let special = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '|' | '{' => true,
            '&' => next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
            '#' | '+' | '-' | '=' | '>' => first,
            // `1. ` begins a list; `1.总则` does not.
            '.' | ')' => number && !first && next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        number &= c.is_ascii_digit();
        first = false;
        out.push(if matches!(c, '\n' | '\r') { ' ' } else { c });
    }
}

/// A span of code in as many backticks as it needs (CommonMark §6.1).
pub(super) fn code(text: &str, out: &mut String) {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let edge = |c: Option<char>| matches!(c, Some('`' | ' '));
    let all_spaces = text.chars().all(|c| c == ' ');
    let pad = edge(text.chars().next()) || edge(text.chars().next_back());
    let pad = if pad && !all_spaces { " " } else { "" };
    for part in [&fence, pad, text, pad, &fence] {
        out.push_str(part);
    }
}

/// The target of a link.
pub(super) fn target(address: &str, out: &mut String) {
    let plain = !address.is_empty()
        && !address.contains(|c: char| c.is_whitespace() || "()<>\\".contains(c));
    if plain {
        out.push_str(address);
        return;
    }
    out.push('<');
    for c in address.chars().filter(|c| !matches!(c, '\n' | '\r')) {
        if matches!(c, '<' | '>' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('>');
}

/// The title of a picture, between double quotes.
pub(super) fn title(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let entity =
            c == '&' && rest.peek().is_some_and(|c| c.is_ascii_alphanumeric() || *c == '#');
        if matches!(c, '"' | '\\') || entity {
            out.push('\\');
        }
        out.push(if matches!(c, '\n' | '\r') { ' ' } else { c });
    }
    out
}

/// A value of an attribute of HTML, between double quotes.
pub(super) fn attribute(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;").replace(['\n', '\r'], " ")
}
