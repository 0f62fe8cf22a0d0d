//! `qikan import`: articles → Markdown, pictures, and an editor's note.

use super::Terminal;
use super::args::{ImportArgs, ImportForm};
use super::input;
use super::summary::note;
use crate::diagnostics::{Code, Diagnostic, Language, Level};
use crate::press::{
    Imported, Report, import, ledger_lines, manuscripts, models, read_articles, unwritten,
    write_files,
};

/// Imports; the exit code.
pub(super) fn run(args: &ImportArgs, terminal: &Terminal) -> u8 {
    let mut report = Report::default();
    let standard_input = input::standard(&args.inputs, &mut report);
    let (manifest, inputs) = read_articles(&args.inputs, standard_input, &args.set, &mut report);
    report.tally.lists = args.verbose;
    let imported = import(inputs, &manifest, &mut report);
    let mut written = Vec::new();
    let failed = report.sink.any(Level::Error) || args.strict && report.exit(true) != 0;
    if !failed {
        match files(args, &imported, &report) {
            Ok(files) => match write_files(&files) {
                Ok(paths) => written = paths,
                Err(finding) => report.sink.push(*finding),
            },
            Err(finding) => report.sink.push(*finding),
        }
    }
    for finding in report.sink.found() {
        terminal.tell(finding, &report);
    }
    let code = report.exit(args.strict);
    if code != 0 && failed || imported.is_empty() {
        return code;
    }
    if args.to == ImportForm::Json {
        return code.max(terminal.print(&models(&imported)));
    } else {
        let language = terminal.chosen.unwrap_or_else(|| language_of(&imported, terminal.language));
        terminal.summarise(&note(&report.tally, &written, args.verbose, language));
        if written.is_empty() && code == 0 {
            terminal.summarise(match language {
                Language::Chinese => "文稿已经在那里，内容相同，没有改动。\n",
                Language::English => "The manuscripts are there already, and the same.\n",
            });
        }
    }
    code
}

/// An editor's note is in the language of what was edited; where that is neither Chinese nor
/// English, in the terminal's.
fn language_of(imported: &[Imported], terminal: Language) -> Language {
    let any = |tag| imported.iter().any(|one| one.article.language.starts_with(tag));
    match (any("zh"), any("en")) {
        (true, _) => Language::Chinese,
        (false, true) => Language::English,
        (false, false) => terminal,
    }
}

type Files = Vec<(std::path::PathBuf, Vec<u8>)>;

fn files(
    args: &ImportArgs,
    imported: &[Imported],
    report: &Report,
) -> Result<Files, Box<Diagnostic>> {
    let mut files = match args.to {
        ImportForm::Markdown => manuscripts(imported, args.output.as_deref())?,
        ImportForm::Json => Vec::new(),
    };
    if let Some(path) = &args.ledger {
        let lines = ledger_lines(imported, &report.sources).into_bytes();
        let clash = files.iter().any(|(other, _)| other == path);
        if clash {
            let name = path.display().to_string();
            return Err(Diagnostic::new(Code::ImportClash).with("path", &name).at(name).into());
        }
        files.extend(unwritten([(path.clone(), lines)])?);
    }
    Ok(files)
}
