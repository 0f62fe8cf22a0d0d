//! `qikan.toml` → [`Manifest`]: what an editor wrote about an issue.
//!
//! Unknown keys are warnings with the nearest known name; wrong values are errors that say what
//! was expected. The `[design]` table is handed on as it stands: the design knows its keys.

mod ebook;
mod keys;
mod print;
mod values;

pub use ebook::{BookFonts, Ebook};
pub use keys::rule_names;
pub use print::Print;

use super::{Cn, Credit, Issn};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::source::{FileId, Span};
use toml::{Table, Value};
use values::{
    cn, count, date, editions, faces, headlines, issn, language, masthead, number, one_of, policy,
    resolution, rules, sections, string, wrong, year,
};

/// A kind of finished file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Edition {
    /// EPUB 3.
    Epub,
    /// PDF for reading.
    #[default]
    Pdf,
    /// PDF for a printer, and its cover.
    Print,
    /// A folder with all editions and everything they were made of.
    Archive,
}

impl Edition {
    /// Editions by name.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("epub", Self::Epub),
        ("pdf", Self::Pdf),
        ("print", Self::Print),
        ("archive", Self::Archive),
    ];

    /// The edition of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(n, _)| *n == name).map(|(_, edition)| *edition)
    }

    /// What its name is, and what its file is called after the stem.
    #[must_use]
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Epub => ("epub", ".epub"),
            Self::Pdf => ("pdf", ".pdf"),
            Self::Print => ("print", "-print.pdf"),
            Self::Archive => ("archive", ".bag"),
        }
    }
}

/// A section as planned: patterns, not yet articles.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SectionPlan {
    /// Its name.
    pub name: Option<String>,
    /// File names or patterns, relative to the issue folder.
    pub articles: Vec<String>,
}

/// What the issue file says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Manifest {
    /// 刊名.
    pub title: Option<String>,
    /// Year.
    pub year: Option<u16>,
    /// 期号.
    pub number: Option<String>,
    /// 卷.
    pub volume: Option<String>,
    /// Cover date, `2021-04-26`.
    pub date: Option<String>,
    /// 总期号.
    pub total: Option<u32>,
    /// ISSN, checked.
    pub issn: Option<Issn>,
    /// CN, checked.
    pub cn: Option<Cn>,
    /// What the issue is about.
    pub description: Option<String>,
    /// Who may do what with it.
    pub rights: Option<String>,
    /// The number of the first body page, where pages are counted through the year.
    pub first_page: Option<u32>,
    /// 版权页.
    pub masthead: Vec<Credit>,
    /// The cover's picture, relative to the issue folder.
    pub cover_image: Option<String>,
    /// What the cover announces.
    pub headlines: Vec<String>,
    /// BCP 47 language; `zh-Hans` when not given.
    pub language: Option<String>,
    /// The design's name.
    pub template: Option<String>,
    /// Values laid over the design's.
    pub design: Table,
    /// 栏目.
    pub sections: Vec<SectionPlan>,
    /// Editions to make.
    pub editions: Vec<Edition>,
    /// How far the text may be changed: `off`, `safe` or `full`.
    pub copyedit: Option<String>,
    /// The same for punctuation alone.
    pub punctuation: Option<String>,
    /// The same for the recognition of titles, headings and page scraps alone.
    pub structure: Option<String>,
    /// The same for single rules, by name.
    pub rules: Vec<(String, String)>,
    /// Whether a character that no face has stops the build.
    pub missing_is_warning: bool,
    /// Whether an edition is made without pictures that could not be had.
    pub lost_images_are_warnings: bool,
    /// Pixels an inch that a picture of a reading PDF has at most.
    pub max_dpi: Option<u32>,
    /// Faces by the role they are given.
    pub faces: Vec<(String, String)>,
    /// Whether the reading PDF carries its sources (PDF/A-3a).
    pub attaches_sources: bool,
    /// What the EPUB is made with.
    pub epub: Ebook,
    /// What the printer asked for.
    pub print: Print,
}

/// Reads `KEY=VALUE` of `--set`: the value as TOML where it is, as a string where not.
///
/// # Errors
/// [`Code::SettingForm`] when there is no `=` or the key is empty.
pub fn parse_setting(setting: &str, table: &mut Table) -> Result<(), Box<Diagnostic>> {
    let wrong = || Box::new(Diagnostic::new(Code::SettingForm).with("setting", setting));
    let (path, value) = setting.split_once('=').ok_or_else(wrong)?;
    let value = value.trim();
    let parsed = format!("v = {value}").parse::<Table>().ok().and_then(|mut t| t.remove("v"));
    let value = parsed.unwrap_or_else(|| Value::String(value.to_owned()));
    let keys: Vec<&str> = path.trim().split('.').collect();
    let Some((last, parents)) = keys.split_last().filter(|(l, _)| !l.is_empty()) else {
        return Err(wrong());
    };
    let mut at = table;
    for key in parents {
        let slot = at.entry((*key).to_owned()).or_insert_with(|| Value::Table(Table::new()));
        at = slot.as_table_mut().ok_or_else(wrong)?;
    }
    at.insert((*last).to_owned(), value);
    Ok(())
}

impl Manifest {
    /// Reads an issue file as a table.
    ///
    /// # Errors
    /// [`Code::ManifestSyntax`] with the place.
    pub fn table(text: &str, file: FileId) -> Result<Table, Box<Diagnostic>> {
        text.parse::<Table>().map_err(|error| {
            let finding = Diagnostic::new(Code::ManifestSyntax)
                .with("reason", error.message().replace('\n', ", "));
            let span = error.span().unwrap_or(0..0);
            Box::new(finding.at_span(Span::new(file, span)))
        })
    }

    /// Checks a table and makes the manifest.
    ///
    /// # Errors
    /// [`Code::ManifestValue`] for the first value that is of the wrong kind.
    pub fn of(table: &Table, sink: &mut Sink) -> Result<Self, Box<Diagnostic>> {
        keys::report_unknown(table, sink);
        let empty = Table::new();
        let part = |name: &str| match table.get(name) {
            None => Ok(&empty),
            Some(Value::Table(part)) => Ok(part),
            Some(other) => Err(wrong(name, &other.to_string(), "[table]")),
        };
        let issue = part("issue")?;
        let design = part("design")?;
        Ok(Self {
            title: string(issue, "issue", "title")?,
            year: year(issue)?,
            number: number(issue, "number")?,
            volume: number(issue, "volume")?,
            date: date(issue)?,
            total: count(issue, "total")?,
            issn: issn(issue)?,
            cn: cn(issue)?,
            description: string(issue, "issue", "description")?,
            rights: string(issue, "issue", "rights")?,
            first_page: count(issue, "first-page")?,
            masthead: masthead(part("masthead")?)?,
            cover_image: string(part("cover")?, "cover", "image")?,
            headlines: headlines(part("cover")?)?,
            language: language(issue)?,
            template: string(design, "design", "template")?,
            design: design.clone(),
            sections: sections(table)?,
            editions: editions(part("output")?)?,
            copyedit: policy(part("copyedit")?, "policy")?,
            punctuation: policy(part("copyedit")?, "punctuation")?,
            structure: policy(part("copyedit")?, "structure")?,
            rules: rules(part("copyedit")?)?,
            missing_is_warning: one_of(part("fonts")?, "fonts", "missing", &["error", "warn"])?
                .is_some_and(|value| value == "warn"),
            lost_images_are_warnings: one_of(
                part("images")?,
                "images",
                "missing",
                &["error", "warn"],
            )?
            .is_some_and(|value| value == "warn"),
            max_dpi: Some(resolution(part("images")?)?),
            faces: faces(part("fonts")?)?,
            attaches_sources: one_of(part("pdf")?, "pdf", "conformance", &["a-2a", "a-3a"])?
                .is_some_and(|value| value == "a-3a"),
            epub: ebook::ebook(part("epub")?)?,
            print: print::print(part("print")?)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(text: &str) -> (Result<Manifest, Box<Diagnostic>>, Sink) {
        let mut sink = Sink::default();
        let manifest = Manifest::of(&text.parse().unwrap(), &mut sink);
        (manifest, sink)
    }

    #[test]
    fn an_issue_file_is_read() {
        let (manifest, sink) = manifest(
            "[issue]\ntitle = '楚天法治'\nyear = 2021\nnumber = 4\ndate = 2021-04-26\n\
             [[section]]\nname = '治理'\narticles = ['a/*.txt']\n[output]\neditions = ['pdf']",
        );
        let manifest = manifest.unwrap();
        assert!(sink.found().is_empty());
        assert_eq!(manifest.date.as_deref(), Some("2021-04-26"));
        assert_eq!(manifest.number.as_deref(), Some("4"));
        assert_eq!(manifest.sections[0].articles, ["a/*.txt"]);
        assert_eq!(manifest.editions, [Edition::Pdf]);
    }

    #[test]
    fn unknown_keys_name_the_nearest() {
        let (_, sink) = manifest("[issue]\ntilte = 'x'");
        let found = &sink.found()[0];
        assert_eq!(found.code, Code::ManifestUnknownKey);
        assert_eq!(found.particulars[1], ("nearest", "title".to_owned()));
    }

    #[test]
    fn wrong_values_are_errors() {
        for wrong in [
            "[issue]\nyear = 'x'",
            "[issue]\ndate = '26 April'",
            "[issue]\nlanguage = 'fr'",
            "issue = 3",
            "section = 'x'",
            "[output]\neditions = ['mobi']",
            "[copyedit]\npunctuation = 'some'",
            "[issue]\nissn = '12345679'",
            "[issue]\ncn = '42-1234'",
            "[issue]\ncn = 'CN42-0999/D'",
            "[issue]\nfirst-page = 0",
            "[masthead]\neditors = 3",
            "[cover]\nheadlines = '甲'",
        ] {
            assert_eq!(manifest(wrong).0.unwrap_err().code, Code::ManifestValue, "{wrong}");
        }
    }

    #[test]
    fn a_wrong_check_digit_is_named() {
        let found = manifest("[issue]\nissn = '1234-5678'").0.unwrap_err();
        assert_eq!(found.code, Code::IssnCheck);
        assert!(found.particulars.contains(&("digit", "9".to_owned())));
    }

    #[test]
    fn the_masthead_has_what_it_was_given_in_its_order() {
        let (read, sink) =
            manifest("[masthead]\nprice = '10元'\nsponsor = ['甲', '乙']\nname = 'x'");
        let keys: Vec<_> = read.unwrap().masthead.iter().map(|c| c.key).collect();
        assert_eq!(keys, ["sponsor", "price"]);
        assert_eq!(sink.found()[0].code, Code::ManifestUnknownKey);
    }

    #[test]
    fn settings_reach_their_place() {
        let mut table = Table::new();
        parse_setting("design.type-area.chars=10", &mut table).unwrap();
        parse_setting("issue.title=期刊", &mut table).unwrap();
        parse_setting("design.body.size=9pt", &mut table).unwrap();
        assert_eq!(table["design"]["type-area"]["chars"].as_integer(), Some(10));
        assert_eq!(table["issue"]["title"].as_str(), Some("期刊"));
        assert_eq!(table["design"]["body"]["size"].as_str(), Some("9pt"));
        assert!(parse_setting("design.columns", &mut table).is_err());
        assert!(parse_setting("=3", &mut table).is_err());
    }
}
