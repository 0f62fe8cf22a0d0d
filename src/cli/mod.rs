//! Arguments as typed → settings as meant → one file a command. The only room that prints.

mod args;
mod bar;
mod build;
mod fonts;
mod help;
mod import;
mod init;
mod input;
mod jobs;
mod summary;
mod verify;

use crate::diagnostics::{Code, Diagnostic, Language, Level, SCHEMA, human, json, page};
use crate::fonts::{Bundled, Library};
use crate::press::Report;
use args::{Command, MessageFormat};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

/// What the environment says.
type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What every command needs.
struct Terminal {
    language: Language,
    /// The language that was asked for.
    chosen: Option<Language>,
    format: MessageFormat,
    quiet: bool,
}

/// Runs the program with the faces it was linked with.
#[must_use]
pub fn main(faces: &[Bundled]) -> ExitCode {
    let typed: Vec<_> = std::env::args_os().collect();
    let args = match help::parse(&typed, &environment) {
        Ok(args) => args,
        Err(refused) => return ExitCode::from(refuse(&refused)),
    };
    let terminal = Terminal {
        language: args.language(&environment),
        chosen: args.chosen_language(),
        format: args.message_format,
        quiet: args.quiet,
    };
    if let Command::Completions { shell } = &args.command {
        let mut command = help::command(terminal.language);
        let mut script = Vec::new();
        clap_complete::generate(*shell, &mut command, "qikan", &mut script);
        return ExitCode::from(terminal.print(&String::from_utf8_lossy(&script)));
    }
    if let Command::Messages { schema } = &args.command {
        let text = if *schema { SCHEMA.to_owned() } else { page() };
        return ExitCode::from(terminal.print(&text));
    }
    if let Command::Import(import) = &args.command {
        return ExitCode::from(import::run(import, &terminal));
    }
    if let Command::Init(init) = &args.command {
        return ExitCode::from(init::run(&init.name, &terminal));
    }
    if let Command::Verify(verify) = &args.command {
        return ExitCode::from(verify::run(verify, &terminal));
    }
    let library = match Library::bundled(faces) {
        Ok(library) => library,
        Err(error) => {
            let finding = Diagnostic::new(Code::BrokenFace);
            let finding = finding.with("name", "bundle").with("reason", error);
            terminal.tell(&finding, &Report::default());
            return ExitCode::from(1);
        }
    };
    let code = match &args.command {
        Command::Build(build) => build::run(build, &terminal, &library, &environment),
        Command::Check(check) => build::look(check, &terminal, &library, &environment),
        Command::Fonts(args) => fonts::run(args, &terminal, library, &environment),
        Command::Import(_) | Command::Init(_) | Command::Verify(_) => 0,
        Command::Completions { .. } | Command::Messages { .. } => 0,
    };
    ExitCode::from(code)
}

/// Answers arguments that are no order.
fn refuse(refused: &help::Refused) -> u8 {
    let help::Refused { language, format, .. } = *refused;
    let Some(finding) = &refused.finding else { return refused.show() };
    let terminal = Terminal { language, chosen: None, format, quiet: false };
    terminal.tell(finding, &Report::default());
    finding.code.exit()
}

/// A variable of the environment, when it is set and text.
#[expect(clippy::disallowed_methods, reason = "the environment is read here and nowhere else")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl Terminal {
    /// Writes a finding to standard error.
    fn tell(&self, finding: &Diagnostic, report: &Report) {
        if let Some(line) = self.said(finding, report) {
            self.complain(&line);
        }
    }

    /// A finding in words; none where it is not wanted.
    fn said(&self, finding: &Diagnostic, report: &Report) -> Option<String> {
        if self.quiet && finding.code.level() != Level::Error {
            return None;
        }
        Some(match self.format {
            MessageFormat::Human => human(finding, &report.sources, self.language),
            MessageFormat::Json => json(finding, &report.sources, self.language),
        })
    }

    /// Writes a line to standard error.
    fn complain(&self, line: &str) {
        // Nobody is there to be told that standard error is closed.
        let _ = writeln!(std::io::stderr(), "{line}");
    }

    /// Whether someone watches who wants to know how far it is.
    fn watched(&self) -> bool {
        !self.quiet && self.format == MessageFormat::Human && std::io::stderr().is_terminal()
    }

    /// Writes a result to standard output; the exit code.
    fn print(&self, text: &str) -> u8 {
        let mut out = std::io::stdout();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Ok(()) => 0,
            // Whoever reads has read enough.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => 0,
            Err(error) => {
                let finding = Diagnostic::new(Code::WriteFailed).with("path", "stdout");
                self.tell(&finding.with("reason", error), &Report::default());
                Code::WriteFailed.exit()
            }
        }
    }

    /// Writes the summary to standard output, for people only.
    fn summarise(&self, text: &str) {
        if !self.quiet && self.format == MessageFormat::Human {
            // A closed pipe is no fault of the build.
            let _ = write!(std::io::stdout(), "{text}");
        }
    }
}
