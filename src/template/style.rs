//! Styles: how a kind of text is set.

use crate::fonts::Voice;
use crate::length::{Pt, Rows};

/// How lines stand in their measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// 两端对齐, the last line at the left.
    Justify,
    /// At the left.
    Left,
    /// At the right.
    Right,
    /// In the middle.
    Centre,
}

impl Align {
    pub(super) const NAMES: &'static [(&'static str, Self)] = &[
        ("justify", Self::Justify),
        ("left", Self::Left),
        ("right", Self::Right),
        ("centre", Self::Centre),
    ];
}

/// What lies behind a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// Nothing.
    None,
    /// A pale tint of the edition's colour, as wide as the column: 编者按 and boxes.
    Tint,
    /// The edition's colour itself.
    Solid,
    /// Nothing behind it, but a rule above and one below, in the colour.
    Rules,
}

impl Panel {
    pub(super) const NAMES: &'static [(&'static str, Self)] = &[
        ("none", Self::None),
        ("tint", Self::Tint),
        ("solid", Self::Solid),
        ("rules", Self::Rules),
    ];
}

/// A colour by what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Text.
    Ink,
    /// Furniture and secondary text.
    Grey,
    /// The one colour of the edition.
    Accent,
    /// White on colour.
    Paper,
    /// 朱砂.
    Seal,
}

impl Ink {
    pub(super) const NAMES: &'static [(&'static str, Self)] = &[
        ("ink", Self::Ink),
        ("grey", Self::Grey),
        ("accent", Self::Accent),
        ("paper", Self::Paper),
        ("seal", Self::Seal),
    ];
}

/// A style with all its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Its faces.
    pub voice: Voice,
    /// Type size.
    pub size: Pt,
    /// Rows of the grid that one line takes.
    pub rows: Rows,
    /// Empty rows above.
    pub before: Rows,
    /// Empty rows below.
    pub after: Rows,
    /// How lines stand.
    pub align: Align,
    /// First-line indent, in characters of this style.
    pub indent: i64,
    /// Indent of all lines at both sides, in characters of this style.
    pub inset: i64,
    /// Colour.
    pub ink: Ink,
    /// What lies behind it.
    pub panel: Panel,
    /// Distance of baselines where there is no grid, as on covers.
    pub leading: Pt,
}

macro_rules! styles {
    ($($(#[doc = $doc:literal])* $variant:ident $name:literal)*) => {
        /// Every style a design has.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum StyleId {
            $($(#[doc = $doc])* $variant,)*
        }

        impl StyleId {
            /// The styles and their names in a design, in order.
            pub const NAMES: &'static [(&'static str, Self)] = &[$(($name, Self::$variant)),*];
        }
    };
}

styles! {
    /// 正文.
    Body "body"
    /// 引题.
    Overline "overline"
    /// 主题.
    Title "title"
    /// 副题.
    Subtitle "subtitle"
    /// 署名.
    Byline "byline"
    /// 导读.
    Lede "lede"
    /// 一级标题.
    Heading1 "heading-1"
    /// 二级标题.
    Heading2 "heading-2"
    /// 三级标题.
    Heading3 "heading-3"
    /// 四级标题.
    Heading4 "heading-4"
    /// 五级标题.
    Heading5 "heading-5"
    /// 串文标题.
    RunIn "run-in"
    /// 编者按.
    EditorNote "editor-note"
    /// 作者简介、责任编辑.
    AuthorNote "author-note"
    /// 注释.
    Note "note"
    /// 图题.
    Caption "caption"
    /// 引文.
    Quote "quote"
    /// 旁栏.
    Sidebar "sidebar"
    /// 摘句.
    PullQuote "pull-quote"
    /// 栏目 as it opens, over the first of its articles.
    Opener "opener"
    /// 诗歌: lines as their author broke them.
    Verse "verse"
    /// Code.
    Code "code"
    /// A pause between parts.
    Break "break"
    /// 书眉.
    RunningHead "running-head"
    /// 栏目, where an article opens.
    SectionLabel "section-label"
    /// 页码.
    Folio "folio"
    /// 目次 as a heading.
    ContentsTitle "contents-title"
    /// An article in the contents.
    ContentsArticle "contents-article"
    /// Its author.
    ContentsAuthor "contents-author"
    /// One of its parts.
    ContentsPart "contents-part"
    /// 栏目 in the contents.
    ContentsSection "contents-section"
    /// The number of a page in the contents.
    ContentsPage "contents-page"
    /// The name of the periodical on the masthead page.
    MastheadTitle "masthead-title"
    /// 主管单位 and the like.
    MastheadLabel "masthead-label"
    /// Who that is.
    MastheadValue "masthead-value"
    /// What its owner has to say there.
    MastheadNotice "masthead-notice"
    /// The periodical's name on the cover.
    CoverMasthead "cover-masthead"
    /// Year and number on the cover.
    CoverNumber "cover-number"
    /// A very large number.
    CoverFigure "cover-figure"
    /// What the cover announces.
    CoverHeadline "cover-headline"
    /// Small print on the back cover and below the bar code.
    CoverSmall "cover-small"
    /// Source on the cover.
    CoverLabel "cover-label"
    /// Date on the cover.
    CoverDate "cover-date"
    /// Title on the cover.
    CoverTitle "cover-title"
    /// Subtitle on the cover.
    CoverSubtitle "cover-subtitle"
    /// Author on the cover.
    CoverAuthor "cover-author"
    /// A part on the cover.
    CoverPart "cover-part"
    /// 印章.
    Seal "seal"
}

impl StyleId {
    /// Its place in the table of styles.
    pub(super) fn index(self) -> usize {
        Self::NAMES.iter().position(|(_, id)| *id == self).unwrap_or(0)
    }

    /// The style of a heading of a level.
    #[must_use]
    pub const fn heading(level: u8) -> Self {
        match level {
            0 | 1 => Self::Heading1,
            2 => Self::Heading2,
            3 => Self::Heading3,
            4 => Self::Heading4,
            _ => Self::Heading5,
        }
    }
}
