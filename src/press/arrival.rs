//! What every article has must be on the pages: its text in order, its pictures, sharp enough.
//!
//! In: an issue and its layout. Out: findings, before anything is written.

use crate::article::{Article, Block};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::issue::Issue;
use crate::page::{Item, Layout, NodeId, StructureRole};
use crate::source::Span;
use std::collections::BTreeMap;

/// How many pictures of an article are named at most.
const NAMED: usize = 8;

/// A page without a picture that belongs there is wrong, unless an editor said otherwise.
pub(super) fn report_lost_images(issue: &Issue, sink: &mut Sink) {
    for article in issue.articles() {
        let (mut lost, mut places) = (Vec::new(), Vec::new());
        article.clone().all_blocks_mut().for_each(|block| {
            block.each_image_mut(&mut |image| {
                if image.picture.is_none() {
                    lost.push(format!("“{}”", image.source.chars().take(60).collect::<String>()));
                    places.push(image.place);
                }
            });
        });
        let Some(place) = places.first().copied() else { continue };
        let more = if lost.len() > NAMED { " …" } else { "" };
        lost.truncate(NAMED);
        let finding = Diagnostic::new(Code::ImageLost).with("path", lost.join(" ") + more);
        sink.push(match place {
            Some(place) => finding.at_span(place),
            None => finding,
        });
    }
}

/// Pictures that readers who do not see them are told nothing about (WCAG 1.1.1).
pub(super) fn report_undescribed(issue: &Issue, sink: &mut Sink) {
    for article in issue.articles().filter(|article| !article.pictures.is_empty()) {
        article.clone().all_blocks_mut().for_each(|block| {
            block.each_image_mut(&mut |image| {
                if image.alt.is_some() || image.picture.is_none() {
                    return;
                }
                let path: String = image.source.chars().take(120).collect();
                let finding = Diagnostic::new(Code::ImageNoAlt).with("path", path);
                sink.push(match image.place {
                    Some(place) => finding.at_span(place),
                    None => finding.at(article.name.clone()),
                });
            });
        });
    }
}

/// Pixels an inch that a picture should have on the page, at least.
const SHARP: i64 = 100;

/// Pictures that are shown larger than their pixels allow: on a screen, or in print.
pub(super) fn report_resolution(
    issue: &Issue,
    layout: &Layout,
    print: Option<u32>,
    sink: &mut Sink,
) {
    let least = print.map_or(SHARP, i64::from);
    for (at, page) in layout.pages.iter().enumerate() {
        for item in &page.items {
            let Item::Picture { picture, rect, .. } = item else { continue };
            let Some(picture) = layout.pictures.get(*picture) else { continue };
            let inch = crate::length::Pt::new(72).units();
            let resolution = i64::from(picture.width) * inch / rect.width.units().max(1);
            if resolution < least {
                let number = (at + 1).to_string();
                let page = if page.label.is_empty() { &number } else { &page.label };
                let finding = Diagnostic::new(Code::LowResolution).with("path", &picture.name);
                let finding = finding.with("resolution", resolution).with("page", page);
                sink.push(match place_of(&picture.name, issue) {
                    Some(place) => finding.at_span(place),
                    None => finding,
                });
            }
        }
    }
}

/// Where an article shows a picture; the cover's stands in none.
fn place_of(name: &str, issue: &Issue) -> Option<Span> {
    let has = |article: &&Article| article.pictures.iter().any(|picture| picture.name == name);
    let article = issue.articles().find(has)?;
    let mut place = None;
    article.clone().all_blocks_mut().for_each(|block| {
        block.each_image_mut(&mut |image| {
            let picture = image.picture.and_then(|id| article.pictures.get(id.0));
            if place.is_none() && picture.is_some_and(|picture| picture.name == name) {
                place = image.place;
            }
        });
    });
    place.or(Some(Span::new(article.file, 0..0)))
}

/// Every block of every article must have arrived on the pages, in order.
pub(super) fn check_text(issue: &Issue, layout: &Layout, sink: &mut Sink) {
    let is_article = |role: StructureRole| role == StructureRole::Article;
    let nodes: Vec<NodeId> =
        layout.structure.nodes().filter(|(_, n)| is_article(n.role)).map(|(id, _)| id).collect();
    let texts = layout.text_by(&nodes);
    for (article, laid_out) in issue.articles().zip(texts) {
        let solid = |text: &str| text.split_whitespace().collect::<String>();
        let laid_out = solid(&laid_out);
        let mut rest = laid_out.as_str();
        for text in article.blocks.iter().flat_map(Block::written) {
            let text = solid(&text);
            match rest.find(&text) {
                Some(at) => rest = &rest[at + text.len()..],
                None => {
                    let sample: String = text.chars().take(30).collect();
                    sink.push(Diagnostic::new(Code::TextLost).with("text", sample));
                    break;
                }
            }
        }
    }
}

/// Every picture of every article must have arrived on the pages, as often as it is shown.
pub(super) fn check_pictures(issue: &Issue, layout: &Layout, sink: &mut Sink) {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for item in layout.pages.iter().flat_map(|page| &page.items) {
        let Item::Picture { picture, .. } = item else { continue };
        if let Some(picture) = layout.pictures.get(*picture) {
            *left.entry(&picture.name).or_default() += 1;
        }
    }
    for article in issue.articles() {
        if article.pictures.is_empty() {
            continue;
        }
        let mut shown = Vec::new();
        article.clone().all_blocks_mut().for_each(|block| {
            block.each_image_mut(&mut |image| shown.extend(image.picture));
        });
        for picture in shown.iter().filter_map(|id| article.pictures.get(id.0)) {
            match left.get_mut(picture.name.as_str()) {
                Some(count) if *count > 0 => *count -= 1,
                _ => sink.push(Diagnostic::new(Code::PictureLost).with("path", &picture.name)),
            }
        }
    }
}
