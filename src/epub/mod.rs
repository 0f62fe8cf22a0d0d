//! An `Issue` → the bytes of an EPUB 3.3. The only room that names epub-builder.
//!
//! One XHTML an article ([`chapter`]) with the beginnings of the printed pages ([`breaks`]), a style
//! sheet from the design with subsets of its faces ([`faces`]), the cover drawn from the layout's
//! first page ([`picture`]), metadata ([`package`]) and navigation ([`navigation`]), all in a zip
//! with fixed dates and order ([`container`]).

mod breaks;
mod chapter;
mod container;
mod faces;
mod navigation;
mod package;
mod picture;
mod shrink;

use crate::article::Picture;
use crate::fonts::{FontError, Library};
use crate::issue::{Ebook, Issue, Labels};
use crate::page::{Layout, PageStart};
use crate::template::Template;
use chapter::Chapter;
use chrono::{DateTime, NaiveDate, Utc};
use container::Rewritten;
use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ReferenceType, ZipLibrary};
use navigation::Navigation;

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
    let chapters: Vec<Chapter> =
        issue.articles().enumerate().map(|(at, article)| Chapter::of(article, at + 1)).collect();
    let faces = if making.fonts { faces::faces(issue, library)? } else { Vec::new() };
    let vertical = if template.geometry.vertical { VERTICAL } else { "" };
    let css = format!("{}\n{vertical}\n{}", template.css, faces::rules(&faces));
    builder.stylesheet(css.as_bytes())?;
    for face in &faces {
        builder.add_resource(face.path.as_str(), face.bytes.as_slice(), face.media_type)?;
    }
    for (at, article) in issue.articles().enumerate() {
        for (picture, number) in article.pictures.iter().zip(1..) {
            let path = picture_path(at + 1, number, picture);
            let bytes = shrink::shrunk(picture, making.max_image_px).map_err(EpubError::Picture)?;
            builder.add_resource(path.as_str(), &*bytes, picture.format.media_type())?;
        }
    }
    if let Some(cover) = layout.pages.first() {
        let image =
            picture::draw(cover, &layout.pictures, library, 1600).map_err(EpubError::Cover)?;
        builder.add_cover_image("cover.png", image.as_slice(), "image/png")?;
    }
    let cover = chapter::cover(issue)?;
    builder.add_content(
        EpubContent::new("cover.xhtml", cover.as_bytes())
            .title(Labels::of(&issue.language).cover)
            .reftype(ReferenceType::Cover),
    )?;
    let pages = layout.page_starts();
    for ((chapter, article), at) in chapters.iter().zip(issue.articles()).zip(0..) {
        let page = chapter.render(&Chapter::addressed(article, at + 1))?;
        let own: Vec<PageStart> = pages.iter().filter(|page| page.article == at).cloned().collect();
        let page = breaks::insert(&page, &own);
        builder.add_content(
            EpubContent::new(chapter.path.as_str(), page.as_bytes())
                .title(article.title())
                .reftype(ReferenceType::Text),
        )?;
    }
    let mut bytes = Vec::new();
    builder.generate(&mut bytes)?;
    let navigation = Navigation { issue, layout, chapters: &chapters, pages: &pages };
    let own = Rewritten {
        metadata: package::metadata(issue, layout),
        navigation: navigation.document(),
        ncx: navigation.ncx(),
        language: issue.language.clone(),
        right_to_left: template.geometry.vertical,
    };
    container::rewrite(bytes, &own)
}

/// Where the `number`th picture of the `article`th article stands in the package.
fn picture_path(article: usize, number: usize, picture: &Picture) -> String {
    format!("images/article-{article:03}-{number:03}.{}", picture.format.ending())
}

fn day(date: &str) -> Option<DateTime<Utc>> {
    let day = date.parse::<NaiveDate>().ok()?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc())
}

/// The same edition always has the same identifier: a `UUIDv5` of its title, authors and text.
fn identifier(layout: &Layout) -> uuid::Uuid {
    let namespace = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_DNS, b"qikan");
    let properties = &layout.properties;
    let mut name = format!("{}\n{}\n", properties.title, properties.authors.join("\n"));
    layout.pages.iter().for_each(|page| name.push_str(&page.text));
    uuid::Uuid::new_v5(&namespace, name.as_bytes())
}
