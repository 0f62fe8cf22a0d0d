//! A language → the rules its lines are set by.
//!
//! Regions differ in where marks stand in their cells, how wide · and / are, and which characters
//! begin no line (CLREQ, JLREQ, KLREQ). The script alone does not say it: zh-Hant without a region
//! is Taiwan's.

/// Whose rules a text is set by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Region {
    /// 中国大陆, and whatever is not listed.
    China,
    /// 臺灣、香港、澳門.
    Taiwan,
    /// 日本.
    Japan,
    /// 한국.
    Korea,
    /// Languages in Western scripts.
    West,
}

/// Languages by how their tags begin; the first row that fits.
const LANGUAGES: &[(&str, Region)] = &[
    ("zh-hant", Region::Taiwan),
    ("zh-tw", Region::Taiwan),
    ("zh-hk", Region::Taiwan),
    ("zh-mo", Region::Taiwan),
    ("zh", Region::China),
    ("ja", Region::Japan),
    ("ko", Region::Korea),
    ("", Region::West),
];

impl Region {
    /// The region of a BCP 47 tag.
    pub(super) fn of(language: &str) -> Self {
        let tag = language.to_ascii_lowercase();
        let row = LANGUAGES.iter().find(|(start, _)| {
            tag.strip_prefix(start).is_some_and(|rest| {
                start.is_empty() || rest.is_empty() || rest.starts_with(['-', '_'])
            })
        });
        row.map_or(Self::China, |(_, region)| *region)
    }
}

#[cfg(test)]
mod tests {
    use super::Region::{China, Japan, Korea, Taiwan, West};
    use super::*;

    #[test]
    fn tags_have_their_regions() {
        for (tag, region) in [
            ("zh-Hans", China),
            ("zh", China),
            ("zh-CN", China),
            ("zh-Hant", Taiwan),
            ("zh-Hant-HK", Taiwan),
            ("zh-TW", Taiwan),
            ("ja", Japan),
            ("ko-KR", Korea),
            ("en", West),
            ("zhx", West),
        ] {
            assert_eq!(Region::of(tag), region, "{tag}");
        }
    }
}
