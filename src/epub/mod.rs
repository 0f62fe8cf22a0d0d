//! An `Issue` → the bytes of an EPUB 3.3. The only room that names epub-builder.
//!
//! One XHTML an article, several for a long one ([`chapter`], [`content`], [`words`]), with the beginnings of the printed pages ([`breaks`]), a style
//! sheet from the design with subsets of its faces ([`faces`]), the cover drawn from the layout's
//! first page ([`picture`]), metadata ([`package`]) and navigation ([`navigation`]), all in a zip
//! with fixed dates and order ([`container`]).

mod addresses;
mod breaks;
mod chapter;
mod container;
mod content;
mod faces;
mod navigation;
mod package;
mod picture;
mod shrink;
mod words;

use crate::article::Picture;
use crate::fonts::{FontError, Library};
use crate::issue::{Ebook, Issue, Labels};
use crate::page::{Layout, PageStart};
use crate::template::Template;
use addresses::Addresses;
use chapter::Chapter;
use chrono::{DateTime, NaiveDate, Utc};
use container::Rewritten;
use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ReferenceType, ZipLibrary};
use navigation::Navigation;
use rayon::prelude::*;

/// Why no EPUB came out.
#[derive(Debug, thiserror::Error)]
pub enum EpubError {
    /// A face could not be cut down.
    #[error("{0}")]
    Font(#[from] FontError),
    /// A page could not be filled in.
    #[error("{0}")]
    Template(#[from] minijinja::Error),
    /// The package could not be put together.
    #[error("{0}")]
    Package(String),
    /// A picture could not be made smaller.
    #[error("{0}")]
    Picture(String),
    /// The cover could not be drawn.
    #[error("cover: {0}")]
    Cover(String),
}

impl From<epub_builder::Error> for EpubError {
    fn from(error: epub_builder::Error) -> Self {
        Self::Package(error.to_string())
    }
}

/// Where the masthead page stands in the package.
const MASTHEAD: &str = "masthead.xhtml";

/// What every book has beside the style sheet of its design.
const COMMON: &str = include_str!("../../templates/epub/common.css");

/// What a vertical book has beside the style sheet of its design.
const VERTICAL: &str = include_str!("../../templates/epub/vertical.css");

/// Writes the EPUB of an issue; its cover is the first page of `layout`.
///
/// # Errors
/// [`EpubError`] when a face cannot be subset, the cover not drawn or the package not built.
pub fn write(
    issue: &Issue,
    layout: &Layout,
    template: &Template,
    library: &Library,
    making: &Ebook,
) -> Result<Vec<u8>, EpubError> {
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    builder.escape_html(true);
    builder.set_toc_name(Labels::of(&issue.language).contents);
    let vertical = template.geometry.vertical;
    resources(issue, template, library, making, &mut builder)?;
    if let Some(cover) = layout.pages.first() {
        let image =
            picture::draw(cover, &layout.pictures, library, 1600).map_err(EpubError::Cover)?;
        builder.add_cover_image("cover.png", image.as_slice(), "image/png")?;
    }
    let labels = Labels::of(&issue.language);
    let cover = chapter::cover(issue)?;
    builder.add_content(
        EpubContent::new("cover.xhtml", cover.as_bytes())
            .title(labels.cover)
            .reftype(ReferenceType::Cover),
    )?;
    let chapters: Vec<Chapter> =
        issue.articles().zip(1..).map(|(article, number)| Chapter::of(article, number)).collect();
    let pages = contents(issue, layout, &chapters, vertical, &mut builder)?;
    if issue.has_masthead() {
        let page = chapter::masthead(issue)?;
        builder.add_content(EpubContent::new(MASTHEAD, page.as_bytes()).title(labels.masthead))?;
    }
    let mut bytes = Vec::new();
    builder.generate(&mut bytes)?;
    let navigation = Navigation { issue, chapters: &chapters, pages: &pages };
    let own = Rewritten {
        metadata: package::metadata(issue),
        navigation: navigation.document(),
        ncx: navigation.ncx(),
        language: issue.language.clone(),
        right_to_left: vertical,
    };
    container::rewrite(bytes, &own)
}

/// Adds the style sheet, the faces and the pictures.
fn resources(
    issue: &Issue,
    template: &Template,
    library: &Library,
    making: &Ebook,
    builder: &mut EpubBuilder<ZipLibrary>,
) -> Result<(), EpubError> {
    let faces = faces::faces(issue, library, making.fonts)?;
    let vertical = if template.geometry.vertical { VERTICAL } else { "" };
    let css = format!("{}\n{COMMON}\n{vertical}\n{}", template.css, faces::rules(&faces));
    builder.stylesheet(css.as_bytes())?;
    for face in &faces {
        builder.add_resource(face.path.as_str(), face.bytes.as_slice(), face.media_type)?;
    }
    for (article, at) in issue.articles().zip(1..) {
        let shrunk = article
            .pictures
            .par_iter()
            .map(|picture| shrink::shrunk(picture, making))
            .collect::<Result<Vec<_>, String>>()
            .map_err(EpubError::Picture)?;
        for ((picture, bytes), number) in article.pictures.iter().zip(shrunk).zip(1..) {
            let path = picture_path(at, number, picture);
            builder.add_resource(path.as_str(), &*bytes, picture.format.media_type())?;
        }
    }
    Ok(())
}

/// Adds the articles. Returns the pages, each with the document of its article that it begins in.
fn contents(
    issue: &Issue,
    layout: &Layout,
    chapters: &[Chapter],
    vertical: bool,
    builder: &mut EpubBuilder<ZipLibrary>,
) -> Result<Vec<(PageStart, usize)>, EpubError> {
    let addresses = Addresses::of(issue, chapters);
    let starts = layout.page_starts();
    let made = chapters
        .par_iter()
        .zip(issue.articles().collect::<Vec<_>>())
        .enumerate()
        .map(|(at, (chapter, article))| {
            let own = Chapter::addressed(article, at + 1);
            let mut documents = chapter.render(&own, at, &addresses, vertical)?;
            let pages: Vec<PageStart> =
                starts.iter().filter(|page| page.article == at).cloned().collect();
            let places = breaks::insert(&mut documents, &pages);
            Ok((documents, pages.into_iter().zip(places).collect::<Vec<_>>()))
        })
        .collect::<Result<Vec<_>, EpubError>>()?;
    let mut pages = Vec::new();
    for ((documents, own), (chapter, article)) in
        made.into_iter().zip(chapters.iter().zip(issue.articles()))
    {
        for (part, document) in chapter.parts.iter().zip(documents) {
            let content = EpubContent::new(part.path.as_str(), document.as_bytes());
            builder.add_content(content.title(article.title()).reftype(ReferenceType::Text))?;
        }
        pages.extend(own);
    }
    Ok(pages)
}

/// Where the `number`th picture of the `article`th article stands in the package.
fn picture_path(article: usize, number: usize, picture: &Picture) -> String {
    format!("images/article-{article:03}-{number:03}.{}", picture.format.ending())
}

fn day(date: &str) -> Option<DateTime<Utc>> {
    let day = date.parse::<NaiveDate>().ok()?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc())
}

/// The same edition always has the same identifier: a `UUIDv5` of its title, its number, its
/// authors and what its articles say, whatever its design.
fn identifier(issue: &Issue) -> uuid::Uuid {
    let namespace = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_DNS, b"qikan");
    let authors = issue.authors().join("\n");
    let mut name = [issue.edition_title(), issue.numbers().join(" "), authors].join("\n");
    for text in issue.articles().flat_map(crate::article::Article::texts) {
        name.push('\n');
        name.push_str(text.as_str());
    }
    uuid::Uuid::new_v5(&namespace, name.as_bytes())
}
