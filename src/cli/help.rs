//! Help, and arguments that cannot be taken, in the language of the reader.
//!
//! Texts of the arguments stand once, as `中文 · English`; here one half is shown. What the library
//! for arguments adds in English of its own is said again in Chinese, and what is wrong with an
//! argument becomes a finding like any other.

use super::args::{Args, MessageFormat, of_system};
use crate::diagnostics::{Code, Diagnostic, Language};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches};
use std::ffi::OsString;

/// Between the halves of a text.
const HALVES: &str = " · ";

/// Arguments that could not be taken.
pub(super) struct Refused {
    /// In which language to say so.
    pub(super) language: Language,
    /// In which form.
    pub(super) format: MessageFormat,
    /// What is wrong with them; help and version are no fault, and nothing is wrong.
    pub(super) finding: Option<Diagnostic>,
    /// What was asked for.
    error: clap::Error,
}

impl Refused {
    /// Shows the help or the version that was asked for; the exit code.
    pub(super) fn show(&self) -> u8 {
        // A closed pipe is no fault of ours.
        let _ = self.error.print();
        u8::try_from(self.error.exit_code()).unwrap_or(2)
    }
}

/// Reads the arguments as typed; the first is the program's name.
pub(super) fn parse(
    typed: &[OsString],
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<Args, Box<Refused>> {
    let named = |option: &str| value_of(typed, option);
    let language = match named("--lang").as_deref() {
        Some("en") => Language::English,
        Some("zh") => Language::Chinese,
        _ => of_system(environment),
    };
    let json = named("--message-format").as_deref() == Some("json");
    let format = if json { MessageFormat::Json } else { MessageFormat::Human };
    let matches = command(language).try_get_matches_from(typed);
    matches.and_then(|matches| Args::from_arg_matches(&matches)).map_err(|error| {
        let finding = finding(&error, typed);
        Box::new(Refused { language, format, finding, error })
    })
}

/// The value of an option, before it is known whether all arguments are good.
fn value_of(typed: &[OsString], option: &str) -> Option<String> {
    let at = typed.iter().position(|one| {
        one.to_str()
            .and_then(|one| one.strip_prefix(option))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
    })?;
    let one = typed.get(at)?.to_str()?;
    match one.split_once('=') {
        Some((_, value)) => Some(value.to_owned()),
        None => typed.get(at + 1)?.to_str().map(str::to_owned),
    }
}

/// The command line as it is told in a language.
pub(super) fn command(language: Language) -> Command {
    told(Args::command(), language, "")
}

/// A command, below another one, as it is told in a language.
fn told(mut command: Command, language: Language, path: &str) -> Command {
    let chinese = language == Language::Chinese;
    let (help, version) = if chinese {
        ("显示这些说明", "显示版本")
    } else {
        ("Print help", "Print version")
    };
    command = command
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help(help))
        .arg(
            Arg::new("version").short('V').long("version").action(ArgAction::Version).help(version),
        );
    if let Some(about) = command.get_about().map(ToString::to_string) {
        command = command.about(half(&about, language));
    }
    if chinese {
        let template = template(&command);
        command = command.help_template(template).subcommand_value_name("命令");
    }
    command = command.mut_args(|arg| told_of(arg, language));
    if chinese {
        let name = if path.is_empty() {
            "qikan".to_owned()
        } else {
            format!("{path} {}", command.get_name())
        };
        let usage = usage_of(&command, &name).replace("[OPTIONS]", "[选项]");
        command = command.override_usage(usage);
    }
    command.mut_subcommands(|inner| told(inner, language, "qikan"))
}

/// The parts of a help in Chinese: what the library adds of itself is English.
fn template(command: &Command) -> String {
    let mut out = String::from("{about-with-newline}\n用法：{usage}\n\n");
    if command.has_subcommands() {
        out.push_str("命令：\n{subcommands}\n\n");
    }
    if command.get_positionals().next().is_some() {
        out.push_str("参数：\n{positionals}\n\n");
    }
    out + "选项：\n{options}"
}

/// How a command is written.
fn usage_of(command: &Command, name: &str) -> String {
    let usage = command.clone().bin_name(name).render_usage().to_string();
    usage.trim_start_matches("Usage: ").to_owned()
}

fn told_of(arg: Arg, language: Language) -> Arg {
    let text = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let text = half(&text, language);
    if language == Language::English {
        return arg.help(text);
    }
    if !arg.get_action().takes_values() {
        return arg.help(text);
    }
    let values = arg.get_possible_values();
    let values: Vec<&str> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
    let default = arg.get_default_values();
    let default: Vec<_> = default.iter().map(|value| value.to_string_lossy()).collect();
    // Many a text names its values itself.
    let told = values.first().is_none_or(|first| text.contains(first));
    let values = if told { String::new() } else { format!("：{}", values.join("、")) };
    let text = format!("{text}{values}");
    let text = match (default.first(), text.strip_suffix('）')) {
        (Some(one), Some(text)) => format!("{text}；默认 {one}）"),
        (Some(one), None) => format!("{text}（默认 {one}）"),
        (None, _) => text,
    };
    let arg = arg.help(text);
    arg.hide_possible_values(true).hide_default_value(true)
}

/// One half of a text in two languages.
fn half(text: &str, language: Language) -> String {
    match (text.split_once(HALVES), language) {
        (Some((chinese, _)), Language::Chinese) => chinese.to_owned(),
        (Some((_, english)), Language::English) => english.to_owned(),
        (None, _) => text.to_owned(),
    }
}

/// What is wrong with arguments; `None` where help or the version was asked for.
fn finding(error: &clap::Error, typed: &[OsString]) -> Option<Diagnostic> {
    use ContextKind as Kind;
    let said = |kind| error.get(kind).map(words).unwrap_or_default();
    let code = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::UnknownArgument => Code::OptionUnknown,
        ErrorKind::InvalidSubcommand => Code::CommandUnknown,
        ErrorKind::MissingRequiredArgument => Code::ArgumentMissing,
        ErrorKind::InvalidValue if said(Kind::InvalidValue).is_empty() => Code::ValueMissing,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Code::ValueWrong,
        _ => Code::Usage,
    };
    let known = Args::command();
    let mut names = typed.iter().skip(1).filter_map(|name| name.to_str());
    let command = names.find_map(|name| known.find_subcommand(name)).unwrap_or(&known);
    let name = match command.get_name() {
        "qikan" => "qikan".to_owned(),
        name => format!("qikan {name}"),
    };
    let argument = match code {
        Code::CommandUnknown => said(Kind::InvalidSubcommand),
        _ => said(Kind::InvalidArg),
    };
    let near =
        [Kind::SuggestedArg, Kind::SuggestedSubcommand, Kind::SuggestedValue, Kind::ValidValue];
    let near = near.map(said).into_iter().find(|near| !near.is_empty());
    let reason = error.to_string();
    let reason = reason.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let finding = Diagnostic::new(code).with("argument", argument).with("reason", reason);
    let finding = finding.with("value", said(Kind::InvalidValue));
    let usage = usage_of(command, &name);
    let finding = finding.with("nearest", near.unwrap_or_else(|| usage.replace("[OPTIONS] ", "")));
    Some(finding.with("help", format!("{name} --help")))
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join(" / "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(typed: &[&str]) -> Refused {
        let typed: Vec<OsString> = typed.iter().map(Into::into).collect();
        *parse(&typed, &|_| None).err().unwrap()
    }

    fn all(command: &Command, out: &mut String) {
        out.push_str(&command.clone().render_long_help().to_string());
        command.get_subcommands().for_each(|inner| all(inner, out));
    }

    #[test]
    fn help_is_in_one_language() {
        let (mut chinese, mut english) = (String::new(), String::new());
        all(&command(Language::Chinese), &mut chinese);
        all(&command(Language::English), &mut english);
        assert!(!chinese.contains(HALVES) && !english.contains(HALVES));
        for english in
            ["Usage", "Commands", "Options", "OPTIONS", "Arguments", "default", "possible", "Print"]
        {
            assert!(!chinese.contains(english), "{english}: {chinese}");
        }
        assert!(!english.chars().any(|c| c > '\u{2E80}'), "{english}");
    }

    #[test]
    fn every_text_stands_in_two_languages() {
        fn check(command: &Command) {
            let texts = command.get_arguments().filter(|arg| arg.get_id() != "help");
            let texts = texts.filter(|arg| arg.get_id() != "version").map(Arg::get_help);
            for text in texts.chain([command.get_about()]) {
                let text = text.map(ToString::to_string).unwrap_or_default();
                assert!(text.contains(HALVES), "{}: {text}", command.get_name());
            }
            command.get_subcommands().for_each(check);
        }
        check(&Args::command());
    }

    #[test]
    fn what_is_wrong_is_a_finding() {
        for (typed, code, argument) in [
            (&["qikan", "build", "--editon", "pdf"][..], Code::OptionUnknown, "--editon"),
            (&["qikan", "bild"], Code::CommandUnknown, "bild"),
            (&["qikan", "build", "-e", "mobi"], Code::ValueWrong, "--edition <KIND>"),
            (&["qikan", "build", "-j", "x"], Code::ValueWrong, "--jobs <N>"),
            (&["qikan", "build", "-o"], Code::ValueMissing, "--output <DIR>"),
            (&["qikan", "verify"], Code::ArgumentMissing, "<EDITION>..."),
            (&["qikan", "build", "-q", "-q"], Code::Usage, "--quiet"),
        ] {
            let finding = refused(typed).finding.unwrap();
            assert_eq!(finding.code, code, "{typed:?}");
            assert_eq!(finding.particulars[0], ("argument", argument.to_owned()), "{typed:?}");
        }
        let wrong = refused(&["qikan", "--lang=en", "--message-format", "json", "build", "-x"]);
        assert_eq!((wrong.language, wrong.format), (Language::English, MessageFormat::Json));
        assert!(refused(&["qikan", "--help"]).finding.is_none());
    }
}
