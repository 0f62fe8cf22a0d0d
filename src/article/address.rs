//! Where a link leads, as its author wrote it.
//!
//! Only pages of the web and letters lead out of an edition. Inside an issue a link leads to an
//! article by the name of its file, to a heading by its words, or to both: `#heading`,
//! `article.md`, `article.md#heading`. Anything else, such as a file beside the manuscript or a
//! script, leads nowhere.

/// Schemes of addresses that lead out.
const SCHEMES: [&str; 4] = ["http://", "https://", "mailto:", "tel:"];

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// Out of the edition.
    Out,
    /// To a place of the issue.
    Inside {
        /// The name of an article's file without folder and ending; none for the same article.
        article: Option<String>,
        /// A heading, by [`solid`] words; none for the article itself.
        heading: Option<String>,
    },
}

/// Reads an address.
#[must_use]
pub fn address(written: &str) -> Address {
    if leads_out(written) {
        return Address::Out;
    }
    let (file, heading) = written.split_once('#').unwrap_or((written, ""));
    let file = unescaped(file.rsplit('/').next().unwrap_or_default());
    let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    Address::Inside {
        article: filled(stem.to_owned()),
        heading: filled(solid(&unescaped(heading))),
    }
}

fn leads_out(address: &str) -> bool {
    let starts = |scheme: &&&str| {
        address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let Some(scheme) = SCHEMES.iter().find(starts) else { return false };
    let rest = address.get(scheme.len()..).unwrap_or_default();
    !scheme.ends_with("//") || has_host(rest)
}

/// Whether the rest of an address of the web names a machine: addresses that no reader could
/// follow make a book invalid.
fn has_host(rest: &str) -> bool {
    let machine = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let (_, machine) = machine.rsplit_once('@').unwrap_or(("", machine));
    let (host, port) = machine.rsplit_once(':').unwrap_or((machine, ""));
    let sound = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    !host.is_empty()
        && host.chars().all(sound)
        && host.chars().any(char::is_alphanumeric)
        && (port.is_empty() || port.parse::<u16>().is_ok())
}

/// The letters and figures of a heading, as addresses are made of them in many ways.
#[must_use]
pub fn solid(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// An address without its `%E7`.
fn unescaped(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let pair = address.get(at + 1..at + 3).filter(|_| *byte == b'%');
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(escaped) => {
                out.push(escaped);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_web_and_letters_lead_out() {
        for out in ["http://a.example", "HTTPS://a.example", "mailto:a@b.example"] {
            assert_eq!(address(out), Address::Out, "{out}");
        }
        for other in [
            "http://",
            "http:///a",
            "https://[",
            "http://a b",
            "http://a:70000",
            "http://..",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///a",
            "a.md",
            "#甲",
            "甲",
        ] {
            assert_ne!(address(other), Address::Out, "{other}");
        }
    }

    #[test]
    fn articles_and_headings_are_named() {
        let named = |written: &str| match address(written) {
            Address::Inside { article, heading } => {
                (article.unwrap_or_default(), heading.unwrap_or_default())
            }
            Address::Out => panic!("{written}"),
        };
        let pair = |one: &str, two: &str| (one.to_owned(), two.to_owned());
        assert_eq!(named("#第一节 甲"), pair("", "第一节甲"));
        assert_eq!(named("../b.md#%E7%94%B2"), pair("b", "甲"));
        assert_eq!(named("articles/b.v2.md"), pair("b.v2", ""));
        assert_eq!(named("#"), pair("", ""));
    }

    #[test]
    fn an_address_is_read_whatever_was_escaped() {
        assert_eq!(unescaped("%E7%94%B2b%"), "甲b%");
        assert_eq!(unescaped("%FF"), "%FF");
        assert_eq!(unescaped("甲%乙"), "甲%乙");
        assert_eq!(solid("第一节 Rust's way"), solid("第一节-rusts-way"));
    }
}
