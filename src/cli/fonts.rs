//! `qikan fonts`: the faces there are, and which of them has the characters of a text.

use super::args::FontsArgs;
use super::{Environment, Terminal};
use crate::diagnostics::{Language, Level, reason};
use crate::fonts::{Face, FaceOrigin, Library, Role};
use crate::press::{Covered, Report, add_faces, coverage, system_faces};
use std::fmt::Write;
use std::path::PathBuf;

/// Lists the faces, or the characters of a text that the chosen faces lack; the exit code.
pub(super) fn run(
    args: &FontsArgs,
    terminal: &Terminal,
    mut library: Library,
    environment: Environment<'_>,
) -> u8 {
    let mut report = Report::default();
    add_faces(&args.font_path, &mut library, &mut report);
    let system = system_folders(args.ignore_system_fonts, environment);
    let out = match &args.coverage {
        None => list(&library, &system, terminal.language),
        Some(path) => {
            let covered = coverage(path, &system, &mut library, &mut report);
            if report.sink.any(Level::Error) && covered.is_empty() {
                String::new()
            } else {
                lookup(&covered, terminal.language)
            }
        }
    };
    let printed = terminal.print(&out);
    report.sink.found().iter().for_each(|finding| terminal.tell(finding, &report));
    report.exit(false).max(printed)
}

/// Where systems keep their fonts; nowhere where these are not wanted.
pub(super) fn system_folders(ignored: bool, environment: Environment<'_>) -> Vec<PathBuf> {
    if ignored {
        return Vec::new();
    }
    let below =
        |variable: &str, inside: &str| Some(PathBuf::from(environment(variable)?).join(inside));
    let fixed =
        ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"];
    let own = [
        below("XDG_DATA_HOME", "fonts"),
        below("HOME", ".local/share/fonts"),
        below("HOME", ".fonts"),
        below("HOME", "Library/Fonts"),
        below("WINDIR", "Fonts"),
        below("LOCALAPPDATA", "Microsoft/Windows/Fonts"),
    ];
    own.into_iter().flatten().chain(fixed.map(PathBuf::from)).collect()
}

/// What is said of a face's origin.
const fn whose(origin: FaceOrigin, language: Language) -> &'static str {
    match (origin, language) {
        (FaceOrigin::Bundled, Language::Chinese) => "自带",
        (FaceOrigin::User, Language::Chinese) => "自备",
        (FaceOrigin::System, Language::Chinese) => "系统",
        (FaceOrigin::Bundled, Language::English) => "bundled",
        (FaceOrigin::User, Language::English) => "own",
        (FaceOrigin::System, Language::English) => "system",
    }
}

fn list(library: &Library, system: &[PathBuf], language: Language) -> String {
    let mut out = String::new();
    for id in library.ids() {
        let role = library.role_of(id);
        let role =
            Role::NAMES.iter().find(|(_, own)| Some(*own) == role).map_or("–", |(name, _)| name);
        out.push_str(&line(role, library.origin(id), library.face(id), language));
    }
    system_faces(system, |path, face| match face {
        Ok(face) => out.push_str(&line("–", FaceOrigin::System, &face, language)),
        Err(error) => {
            let (whose, path) = (whose(FaceOrigin::System, language), path.display());
            // Writing to a string cannot fail.
            let _ = match language {
                Language::Chinese => {
                    writeln!(
                        out,
                        "{:<13}{whose}  {path}  不能用：{}",
                        "–",
                        reason(&error.to_string(), language)
                    )
                }
                Language::English => {
                    writeln!(out, "{:<13}{whose}  {path}  cannot be used: {error}", "–")
                }
            };
        }
    });
    out
}

/// A face: its role, whose it is, its name and family, how many characters, and its licence bits.
fn line(role: &str, origin: FaceOrigin, face: &Face, language: Language) -> String {
    let embedding = match (face.embedding(), language) {
        (0, Language::Chinese) => "可嵌入",
        (_, Language::Chinese) => "可嵌入（预览或编辑）",
        (0, Language::English) => "may be embedded",
        (_, Language::English) => "may be embedded (preview or editing)",
    };
    let (name, family, count) = (face.name(), face.family(), face.count());
    let count = match language {
        Language::Chinese => format!("{count} 字"),
        Language::English => format!("{count} characters"),
    };
    let whose = whose(origin, language);
    format!("{role:<13}{whose}  {name}  ({family})  {count}  {embedding}\n")
}

fn lookup(covered: &[Covered], language: Language) -> String {
    let mut out = String::new();
    for Covered { c, variant, face, line, column } in covered {
        let face = match (face, variant, language) {
            (Some((face, FaceOrigin::Bundled)), ..) => face.clone(),
            (Some((face, origin)), ..) => format!("{face} ({})", whose(*origin, language)),
            (None, None, Language::Chinese) => "没有字体".to_owned(),
            (None, None, Language::English) => "no face".to_owned(),
            (None, Some(_), Language::Chinese) => "字体没有这种异体，按通行字形排".to_owned(),
            (None, Some(_), Language::English) => {
                "no such variant; its usual form is set".to_owned()
            }
        };
        let selector = variant.map(|c| format!(" U+{:04X}", u32::from(c))).unwrap_or_default();
        let (shown, code) =
            (variant.map_or(c.to_string(), |own| format!("{c}{own}")), u32::from(*c));
        let _ = writeln!(out, "{shown}  U+{code:04X}{selector}  {line}:{column}  {face}");
    }
    if covered.is_empty() {
        out.push_str(match language {
            Language::Chinese => "每个字都有字体。\n",
            Language::English => "the chosen faces have every character.\n",
        });
    }
    out
}
