//! 题区: what stands above an article, across all its columns.

use super::Entry;
use super::compositor::Compositor;
use super::look;
use crate::article::{Article, Text};
use crate::issue::Labels;
use crate::length::Rows;
use crate::page::{Mark, StructureRole};
use crate::template::{StyleId, TitleBlock};
use crate::typeset::strand::Strand;

impl Compositor<'_> {
    /// 引题、主题、副题、署名、导读; of a paper 摘要 and 关键词 too.
    pub(super) fn title_block(&mut self, article: &Article) {
        let metadata = &article.metadata;
        let origin = origin_line(article);
        let lines = [
            (StyleId::Overline, metadata.overline.as_ref().map(Text::as_str)),
            (StyleId::Overline, Some(origin.as_str()).filter(|line| !line.is_empty())),
            (StyleId::Title, Some(article.title())),
            (StyleId::Subtitle, metadata.subtitle.as_ref().map(Text::as_str)),
        ];
        for (style, text) in lines {
            let Some(text) = text else { continue };
            let role = match style {
                StyleId::Title => StructureRole::Heading(1),
                _ => StructureRole::Paragraph,
            };
            let node = self.line(style, role, text);
            if style == StyleId::Title
                && let Some(slab) = self.slabs.last_mut()
            {
                slab.entry = Some(Entry { level: 0, title: text.to_owned(), node });
            }
        }
        let authors = metadata.byline();
        if !authors.is_empty() {
            self.line(StyleId::Byline, StructureRole::Paragraph, &authors);
        }
        match self.desk.template.title_block {
            TitleBlock::Feature => {
                if let Some(summary) = &metadata.summary {
                    self.line(StyleId::Lede, StructureRole::Paragraph, summary.as_str());
                }
            }
            TitleBlock::Paper => self.abstract_of(article),
        }
        for slab in &mut self.slabs {
            slab.keep = true;
        }
        if let Some(last) = self.slabs.last_mut() {
            let air = if self.desk.template.geometry.columns > 1 { Rows(2) } else { Rows(3) };
            last.after = last.after.max(air);
        }
    }

    /// 摘要、关键词, each after its label.
    fn abstract_of(&mut self, article: &Article) {
        let labels = Labels::of(&article.language);
        let words = article.metadata.keywords.iter().map(Text::as_str).collect::<Vec<_>>();
        let summary = article.metadata.summary.as_ref().map(Text::as_str).unwrap_or_default();
        for (label, text) in [(labels.summary, summary), (labels.keywords, &words.join("；"))] {
            if text.is_empty() {
                continue;
            }
            let node = self.structure.add(StructureRole::Paragraph, Some(self.node));
            let own = look(self.desk.template, StyleId::Lede);
            let heavy = look(self.desk.template, StyleId::RunIn);
            let heavy = super::Look { size: own.size, ..heavy };
            let made = self.structure.add(StructureRole::Label, Some(node));
            let mut strand = Strand::of(&format!("{label}："), heavy, Mark::Node(made));
            strand.push(text, own, Mark::Node(node));
            self.set(StyleId::Lede, &[strand]);
            if let [.., above, _] = self.slabs.as_mut_slice()
                && label == labels.keywords
                && !summary.is_empty()
            {
                above.after = Rows(0);
                if let Some(own) = self.slabs.last_mut() {
                    own.before = Rows(0);
                }
            }
        }
    }
}

/// Source and date, as they stand above a title.
fn origin_line(article: &Article) -> String {
    let metadata = &article.metadata;
    let source = metadata.source.as_ref().map(Text::as_str);
    let date = metadata.date.as_ref().map(|date| date.text.as_str());
    [source, date].into_iter().flatten().collect::<Vec<_>>().join("　")
}
