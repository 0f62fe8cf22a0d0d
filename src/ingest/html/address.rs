//! Addresses of a page: relative ones become whole where the page says where it was.
//!
//! After RFC 3986 §5.2, for the addresses that links of saved pages have.

/// Addresses that are whole and that a reader of an edition can follow.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// An address in full; `None` for one that leads nowhere outside the page, and for a relative one
/// of a page without a home.
pub(super) fn absolute(address: &str, home: Option<&str>) -> Option<String> {
    let address = address.trim();
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    if SCHEMES.iter().any(|scheme| lower.starts_with(scheme)) {
        return Some(address.to_owned());
    }
    if address.starts_with("//") {
        return Some(format!("https:{address}"));
    }
    if !is_relative(address) {
        return None;
    }
    let home = home?;
    let root = home.find("://").map(|at| at + 3)?;
    let end = home.get(root..)?.find('/').map_or(home.len(), |at| root + at);
    let (site, path) = home.split_at_checked(end)?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if address.starts_with('?') {
        return Some(format!("{site}{path}{address}"));
    }
    let (target, query) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
    let folder = match target.strip_prefix('/') {
        Some(_) => "",
        None => path.rsplit_once('/').map_or("", |(folder, _)| folder),
    };
    Some(format!("{site}{}{query}", joined(folder, target.trim_start_matches('/'))))
}

/// Whether an address is relative to the page it stands in, and leads out of it.
pub(super) fn is_relative(address: &str) -> bool {
    let first = address.split(['/', '?', '#']).next().unwrap_or_default();
    !address.is_empty() && !address.starts_with('#') && !first.contains(':')
}

/// A path below a folder, without `.` and `..`.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut steps = path.split('/').peekable();
    while let Some(step) = steps.next() {
        match step {
            "." | ".." => {
                if step == ".." {
                    parts.pop();
                }
                if steps.peek().is_none() {
                    parts.push("");
                }
            }
            step => parts.push(step),
        }
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of RFC 3986 §5.4 what a page has, and what leads nowhere.
    #[test]
    fn addresses_become_whole() {
        let home = Some("http://a/b/c/d;p?q");
        for (address, whole) in [
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y#s", "http://a/b/c/g?y#s"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../../../g", "http://a/g"),
            ("https://x.cn/y", "https://x.cn/y"),
            ("//x.cn/y", "https://x.cn/y"),
        ] {
            assert_eq!(absolute(address, home).as_deref(), Some(whole), "{address}");
        }
        for nowhere in ["#top", "javascript:void(0)", "", "file:///etc/passwd"] {
            assert_eq!(absolute(nowhere, home), None, "{nowhere}");
        }
        assert_eq!(absolute("g", None), None);
        assert_eq!(absolute("g", Some("http://a")).as_deref(), Some("http://a/g"));
    }
}
