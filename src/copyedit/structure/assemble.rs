//! The whole article: head, body, tail.
//!
//! The head ends where the first paragraph begins. A dateline or byline near the top is the best
//! sign of where the title is: the line before it. What stands before the title on a saved page
//! is another part of the page.

use super::classify::{Class, Zone, classify};
use super::dateline::{self, Dateline};
use super::entry::Entry;
use super::headings;
use crate::article::{Article, Author, Block, Removal, RuleId, Text};
use crate::copyedit::Policies;
use crate::diagnostics::Sink;

/// A list of other articles' headlines.
const HEADLINES: &str = "boilerplate::headlines";

/// How many lines from the top a title is looked for.
const HEAD_LINES: usize = 12;

/// How many blocks from the end a source or a byline may stand.
const TAIL_LINES: usize = 6;

/// Gives every line of an article its place: title, fields, headings, text. Blocks that have more
/// structure than a line stay as they are.
/// What belongs to the page it was on is taken out by the full policy only.
pub fn recognise(mut article: Article, policies: &Policies, sink: &mut Sink) -> Article {
    let blocks = std::mem::take(&mut article.blocks);
    let mut desk = Desk { article, policies, body: Vec::new(), tail: Vec::new() };
    desk.sort(blocks.into_iter().map(Entry::of).collect());
    desk.article.blocks = headings::settle(desk.body, sink);
    desk.article.blocks.extend(headings::settle(desk.tail, sink));
    desk.article
}

/// Where an article is taken apart and put together.
struct Desk<'a> {
    article: Article,
    policies: &'a Policies,
    body: Vec<(Class, Entry)>,
    tail: Vec<(Class, Entry)>,
}

impl Desk<'_> {
    /// Sends every block to where it belongs.
    fn sort(&mut self, entries: Vec<Entry>) {
        let known = self.article.metadata.title.is_some();
        let title = if known { None } else { find_title(&entries) };
        let count = entries.len();
        let mut in_headlines = false;
        let mut head = true;
        for (at, entry) in entries.into_iter().enumerate() {
            let before_title = title.is_some_and(|t| at < t);
            let zone = if head { Zone::Head } else { Zone::Body };
            let class = class_of(&entry, zone, title.is_some() || known);
            if title == Some(at) {
                in_headlines = false;
                self.article.metadata.title = entry.line.map(|line| line.text);
            } else if in_headlines
                && is_loose(class, &entry)
                && self.policies.allows(HEADLINES, false)
            {
                self.remove(&entry.block, HEADLINES);
            } else if before_title && title == Some(at + 1) && is_overline(class, &entry) {
                self.article.metadata.overline = entry.line.map(|line| line.text);
            } else {
                in_headlines = class == Class::HeadlinesLabel || in_headlines && before_title;
                head &= is_head(class) || before_title;
                let place = if head || at + TAIL_LINES >= count { Zone::Head } else { Zone::Body };
                self.place(class, place, entry);
            }
        }
    }

    /// Sends one block to where its class belongs. Fields stand at the head or the tail; what
    /// looks like one between paragraphs is text.
    fn place(&mut self, class: Class, zone: Zone, entry: Entry) {
        let class = match class {
            page if boilerplate(page).is_some_and(|rule| !self.policies.allows(rule, false)) => {
                Class::Body
            }
            Class::Byline | Class::Source | Class::Dateline if zone == Zone::Body => Class::Body,
            class => class,
        };
        if let Some(rule) = boilerplate(class) {
            return self.remove(&entry.block, rule);
        }
        let text = entry.line.as_ref().map(|line| line.text.clone()).unwrap_or_default();
        match class {
            Class::Dateline if self.dateline(&text) => {}
            Class::Source if self.article.metadata.source.is_none() => {
                let value = self.value(&text);
                self.article.metadata.source = Some(value).filter(|value| !value.is_empty());
            }
            Class::Editor if self.article.metadata.editor.is_none() => {
                let value = self.value(&text);
                self.article.metadata.editor = Some(value).filter(|value| !value.is_empty());
            }
            Class::Editor if self.is_editor(&text) => {
                self.remove(&entry.block, "structure::repeated")
            }
            Class::Lede if self.article.metadata.summary.is_none() => {
                let value = self.value(&text);
                self.article.metadata.summary = Some(value);
            }
            Class::Byline if self.article.metadata.authors.is_empty() => self.byline(&text),
            Class::Byline if self.is_author(&text) => {
                self.remove(&entry.block, "structure::repeated")
            }
            Class::Subtitle if self.can_have_subtitle() => {
                self.article.metadata.subtitle = Some(text);
            }
            Class::Affiliation => self.tail.push((class, entry)),
            class => self.body.push((class, entry)),
        }
    }

    fn can_have_subtitle(&self) -> bool {
        let metadata = &self.article.metadata;
        metadata.title.is_some() && metadata.subtitle.is_none() && self.body.is_empty()
    }

    fn remove(&mut self, block: &Block, rule: &'static str) {
        let removal = |run: &crate::article::Run| Removal { span: run.span, rule: RuleId(rule) };
        let texts = block.texts();
        self.article.removed.extend(texts.iter().flat_map(|text| text.runs()).map(removal));
    }

    fn value(&mut self, text: &Text) -> Text {
        let (value, removed) = dateline::labelled(text);
        self.article.removed.extend(removed);
        value
    }

    /// Whether a line names the editor that is known already.
    fn is_editor(&self, text: &Text) -> bool {
        let (value, _) = dateline::labelled(text);
        let known = self.article.metadata.editor.as_ref();
        known.is_some_and(|editor| editor.as_str() == value.as_str())
    }

    /// Whether a line names the authors that are known already, and no one else.
    fn is_author(&self, text: &Text) -> bool {
        let known = self.article.metadata.author_names();
        let (names, _) = dateline::names(text);
        names.iter().all(|name| known.contains(&name.as_str()))
    }

    fn byline(&mut self, text: &Text) {
        let (names, removed) = dateline::names(text);
        self.article.removed.extend(removed);
        self.article.metadata.authors.extend(names.into_iter().map(Author::from));
    }

    /// Takes the fields of a line, when none of them is known yet: a second date, source or
    /// editor is no field but text.
    fn dateline(&mut self, text: &Text) -> bool {
        let Some(Dateline { date, source, author, editor, removed }) = dateline::dateline(text)
        else {
            return false;
        };
        let metadata = &mut self.article.metadata;
        let taken = date.is_some() && metadata.date.is_some()
            || source.is_some() && metadata.source.is_some()
            || editor.is_some() && metadata.editor.is_some();
        if taken {
            return false;
        }
        metadata.date = date.or(metadata.date.take());
        metadata.source = source.or(metadata.source.take());
        metadata.editor = editor.or(metadata.editor.take());
        metadata.authors.extend(author.map(Author::from));
        self.article.removed.extend(removed);
        true
    }
}

/// What a block is for. Only lines are looked at, and only numbers in those with more than words.
fn class_of(entry: &Entry, zone: Zone, titled: bool) -> Class {
    let Some(_) = &entry.line else {
        let heading = match &entry.block {
            Block::Heading(_) => classify(&entry.block.plain(), Zone::Body),
            _ => Class::Body,
        };
        return if heading == Class::HeadlinesLabel { heading } else { Class::Body };
    };
    match classify(entry.as_str().trim(), zone) {
        class @ (Class::Heading(_) | Class::RunIn(_) | Class::Item(_) | Class::Chapter(_)) => class,
        _ if !entry.is_pure() => Class::Body,
        // There is one title.
        Class::Title if titled => classify(entry.as_str(), Zone::Body),
        class => class,
    }
}

/// Where the title is: before the first dateline or byline of the head, or the first line.
fn find_title(entries: &[Entry]) -> Option<usize> {
    let class = |at: usize| class_of(&entries[at], Zone::Head, false);
    // A title stands above everything that is more than a line.
    let lines = entries.iter().take_while(|entry| entry.is_pure()).count();
    let head = lines.min(HEAD_LINES);
    let sign = (0..head).find(|at| matches!(class(*at), Class::Dateline | Class::Byline));
    let is_title = |at: &usize| matches!(class(*at), Class::Title);
    if let Some(sign) = sign
        && let Some(title) = (0..sign).rev().find(is_title)
    {
        return Some(title);
    }
    let is_page = |at: &usize| is_page_part(class(*at));
    // A title stands above the first sentence.
    let sentence = |at: &usize| class(*at) == Class::Body && entries[*at].as_str().contains('。');
    (0..head).filter(|at| !is_page(at)).take(3).take_while(|at| !sentence(at)).find(is_title)
}

/// The rule that takes out what belongs to the page.
const fn boilerplate(class: Class) -> Option<&'static str> {
    match class {
        Class::Navigation => Some("boilerplate::navigation"),
        Class::Copyright => Some("boilerplate::copyright"),
        Class::Masthead => Some("boilerplate::masthead"),
        Class::HeadlinesLabel => Some(HEADLINES),
        Class::Promotion => Some("boilerplate::promotion"),
        Class::Script => Some("boilerplate::script"),
        _ => None,
    }
}

/// What belongs to the page rather than the article.
const fn is_page_part(class: Class) -> bool {
    boilerplate(class).is_some()
}

/// What may be part of a list of headlines: a line without a sentence or a field in it, or a list
/// of such lines.
fn is_loose(class: Class, entry: &Entry) -> bool {
    let sentence = |block: &Block| block.plain().contains(['。', '！', '？']);
    match &entry.block {
        Block::List(_) | Block::Figure(_) => !sentence(&entry.block),
        Block::Paragraph(_) => {
            matches!(class, Class::Body | Class::Title | Class::Subtitle | Class::MaybeHeading)
                && !sentence(&entry.block)
        }
        _ => false,
    }
}

/// What may stand in the head.
const fn is_head(class: Class) -> bool {
    use Class as C;
    is_page_part(class)
        || matches!(
            class,
            C::Dateline
                | C::Byline
                | C::Source
                | C::Editor
                | C::Lede
                | C::EditorNote
                | C::Subtitle
                | C::Affiliation
        )
}

/// 引题: a short line right before the title.
fn is_overline(class: Class, entry: &Entry) -> bool {
    class == Class::Title && entry.as_str().chars().count() <= 24
}
