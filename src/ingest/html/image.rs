//! Pictures on a page: which of the many addresses of a lazy one is meant.

use super::dom::NodeId;
use super::page::{Page, without_controls};
use crate::article::Image;
use crate::source::Span;

/// Attributes that hold the address of a picture which a script shows later.
const LAZY: &[&str] = &[
    "data-src",
    "data-original",
    "data-original-src",
    "data-lazy-src",
    "data-actualsrc",
    "data-actual",
    "data-echo",
    "data-url",
    "data-real-src",
    "data-lazyload",
    "original",
    "file",
    "zoomfile",
    "lazy-src",
    "lazysrc",
    "_src",
    "real_src",
    "src2",
];

/// Names of pictures that stand in until the real one is there.
const STAND_INS: &[&str] = &[
    "blank.",
    "spacer",
    "loading",
    "placeholder",
    "pixel.",
    "grey.gif",
    "transparent",
    "lazy",
    "none.gif",
];

/// The picture of an `<img>`; `None` for what is only there to lay out or to count.
pub(super) fn read(page: &Page<'_>, id: NodeId) -> Option<Image> {
    let size = |name| {
        page.attribute(id, name).and_then(|v| v.trim().trim_end_matches("px").parse::<f64>().ok())
    };
    let tiny = |size: Option<f64>| size.is_some_and(|size| size <= 3.0);
    if tiny(size("width")) || tiny(size("height")) {
        return None;
    }
    let source = address(page, id)?;
    let alt = page.attribute(id, "alt").map(|alt| without_controls(alt.trim()));
    let place = Some(Span::new(page.file, page.tag_place(id)));
    Some(Image { source, alt, picture: None, place })
}

fn address(page: &Page<'_>, id: NodeId) -> Option<String> {
    let value = |name: &str| page.attribute(id, name).map(str::trim).filter(|v| !v.is_empty());
    let plain = value("src").filter(|src| !is_stand_in(src));
    // A browser that saves a page puts its pictures into a folder of that name.
    if let Some(saved) = plain.filter(|src| src.contains("_files/") || src.starts_with("./")) {
        return Some(saved.to_owned());
    }
    let lazy = LAZY
        .iter()
        .filter_map(|name| value(name))
        .find(|v| !is_stand_in(v) && looks_like_address(v));
    let set = ["data-srcset", "srcset"].into_iter().filter_map(value).find_map(largest);
    let chosen = lazy.or(set).or(plain)?;
    // What is relative to the page may have been saved beside it.
    let is_local = !chosen.starts_with('/') && super::address::is_relative(chosen);
    let whole = if is_local { None } else { page.absolute(chosen) };
    Some(whole.unwrap_or_else(|| without_controls(chosen)))
}

fn looks_like_address(value: &str) -> bool {
    value.contains(['/', '.']) && !value.contains(char::is_whitespace)
}

fn is_stand_in(address: &str) -> bool {
    if let Some(data) = address.strip_prefix("data:") {
        return data.len() < 300;
    }
    let name = address.rsplit('/').next().unwrap_or(address).to_ascii_lowercase();
    STAND_INS.iter().any(|part| name.contains(part)) || name.is_empty()
}

/// The largest picture of a `srcset`: `a.jpg 1x, b.jpg 2x`.
fn largest(set: &str) -> Option<&str> {
    let one = |part: &'_ str| {
        let mut words = part.split_whitespace();
        let address = words.next()?;
        let size = words.next().and_then(|s| s.trim_end_matches(['x', 'w']).parse::<f64>().ok());
        let start = part.find(address)?;
        Some((start, address.len(), size.unwrap_or(1.0)))
    };
    let parts = set.split(", ").flat_map(|part| part.split(",\n"));
    let mut best: Option<(&str, f64)> = None;
    for part in parts {
        let Some((start, len, size)) = one(part) else { continue };
        let address = part.get(start..start + len)?.trim_end_matches(',');
        if best.is_none_or(|(_, known)| size > known) {
            best = Some((address, size));
        }
    }
    best.map(|(address, _)| address)
}

/// Whether a picture is an emoticon or an icon, by its name.
pub(super) fn is_icon(image: &Image) -> bool {
    let source = image.source.to_ascii_lowercase();
    ["emoji", "emotion", "icon", "smiley", "face/", "expression"]
        .iter()
        .any(|name| source.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_of_a_set_is_chosen() {
        assert_eq!(largest("a.jpg 480w, b.jpg 800w, c.jpg 640w"), Some("b.jpg"));
        assert_eq!(largest("a.jpg, b.jpg 2x"), Some("b.jpg"));
        assert_eq!(largest("a.jpg"), Some("a.jpg"));
        assert_eq!(largest(""), None);
    }

    #[test]
    fn stand_ins_are_known() {
        for name in
            ["data:image/gif;base64,R0lGODlhAQABAAAAACw=", "/img/loading.gif", "a/blank.png"]
        {
            assert!(is_stand_in(name), "{name}");
        }
        assert!(!is_stand_in("https://a.cn/photo.jpg"));
    }
}
