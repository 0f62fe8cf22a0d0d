//! What stands inside a line.

use super::{PictureId, Text};
use crate::source::Span;
use serde::Serialize;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Inline {
    /// Words.
    Text(Text),
    /// Words marked out from those around them.
    Styled {
        /// How.
        style: Style,
        /// The words.
        inlines: Vec<Inline>,
    },
    /// Code inside a line.
    Code(Text),
    /// Words that lead somewhere.
    Link {
        /// Where to.
        target: String,
        /// The words.
        inlines: Vec<Inline>,
    },
    /// A word with its reading beside it (行间注).
    Ruby {
        /// The word.
        base: Text,
        /// Its reading.
        reading: Text,
    },
    /// A reference to a note of the article.
    NoteRef {
        /// Which of [`super::Article::notes`].
        note: usize,
    },
    /// A picture among the words.
    Image(Image),
    /// A new line in the same paragraph.
    Break,
}

/// How words are marked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// They weigh more.
    Strong,
    /// Another voice: 楷体 in Chinese, italics in Western text.
    Emphasis,
    /// 着重号: a dot for each character.
    Dots,
    /// A line below.
    Underline,
    /// 书名号甲式: a wavy line below, for titles of books.
    Wavy,
    /// Struck out, and still there to read.
    Deleted,
    /// Lower and smaller.
    Subscript,
    /// Higher and smaller.
    Superscript,
}

/// A picture where it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Image {
    /// The address as written.
    pub source: String,
    /// What it shows, for those who do not see it; empty marks decoration, `None` says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// The picture itself; `None` where it could not be had.
    pub picture: Option<PictureId>,
    /// Where it is referred to.
    #[serde(skip)]
    pub place: Option<Span>,
}

impl Image {
    /// Whether it says nothing and may be passed over.
    #[must_use]
    pub fn is_decoration(&self) -> bool {
        self.alt.as_deref() == Some("")
    }

    /// What it shows, in words: as its author wrote, or for want of that the name of its file.
    #[must_use]
    pub fn described(&self) -> String {
        let name = || self.source.rsplit(['/', '\\']).next().unwrap_or_default();
        self.alt.as_deref().filter(|alt| !alt.is_empty()).unwrap_or_else(name).to_owned()
    }
}

/// The characters of a row of inlines, readings aside.
#[must_use]
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    say(inlines, &mut out);
    out
}

fn say(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Ruby { base: text, .. } => {
                out.push_str(text.as_str());
            }
            Inline::Styled { inlines, .. } | Inline::Link { inlines, .. } => say(inlines, out),
            Inline::NoteRef { .. } | Inline::Image(_) | Inline::Break => {}
        }
    }
}

/// Every text of a row of inlines in reading order, readings included.
pub(super) fn collect<'a>(inlines: &'a [Inline], out: &mut Vec<&'a Text>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push(text),
            Inline::Ruby { base, reading } => out.extend([base, reading]),
            Inline::Styled { inlines, .. } | Inline::Link { inlines, .. } => collect(inlines, out),
            Inline::NoteRef { .. } | Inline::Image(_) | Inline::Break => {}
        }
    }
}

/// A text of a line that rules may change.
#[derive(Debug)]
pub struct Words<'a> {
    /// The text.
    pub text: &'a mut Text,
    /// Code: looked at, but left as it is.
    pub verbatim: bool,
}

/// The texts of a line that rules look at: readings are no part of the sentence.
pub(super) fn collect_words<'a>(inlines: &'a mut [Inline], out: &mut Vec<Words<'a>>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Ruby { base: text, .. } => {
                out.push(Words { text, verbatim: false });
            }
            Inline::Code(text) => out.push(Words { text, verbatim: true }),
            Inline::Styled { inlines, .. } | Inline::Link { inlines, .. } => {
                collect_words(inlines, out);
            }
            Inline::NoteRef { .. } | Inline::Image(_) | Inline::Break => {}
        }
    }
}

/// Calls `visit` with every picture of a row of inlines.
pub(super) fn each_image_mut(inlines: &mut [Inline], visit: &mut dyn FnMut(&mut Image)) {
    for inline in inlines {
        match inline {
            Inline::Image(image) => visit(image),
            Inline::Styled { inlines, .. } | Inline::Link { inlines, .. } => {
                each_image_mut(inlines, visit);
            }
            _ => {}
        }
    }
}
