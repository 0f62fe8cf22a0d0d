//! What the parts of an edition are called, by language.

/// Names of an edition's parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labels {
    /// 封面.
    pub cover: &'static str,
    /// 目录.
    pub contents: &'static str,
}

const TABLE: &[(&str, Labels)] = &[
    ("zh-Hans", Labels { cover: "封面", contents: "目录" }),
    ("zh-Hant", Labels { cover: "封面", contents: "目錄" }),
    ("ja", Labels { cover: "表紙", contents: "目次" }),
    ("ko", Labels { cover: "표지", contents: "차례" }),
    ("en", Labels { cover: "Cover", contents: "Contents" }),
];

impl Labels {
    /// The names in a language, by its BCP 47 tag; Chinese where it is not in the table.
    #[must_use]
    pub fn of(language: &str) -> Self {
        let row = TABLE.iter().find(|(tag, _)| *tag == language);
        row.map_or(TABLE[0].1, |(_, labels)| *labels)
    }
}
