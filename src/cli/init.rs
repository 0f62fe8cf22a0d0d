//! `qikan init`: a folder that builds as it stands and explains each key.

use super::Terminal;
use crate::diagnostics::{Code, Diagnostic, Language};
use crate::press::{Report, unwritten, write_files};
use std::path::Path;

/// The issue file and the articles of a new issue.
const FILES: [(&str, &str); 4] = [
    ("qikan.toml", include_str!("../../templates/init/qikan.toml")),
    ("articles/01-卷首语.md", include_str!("../../templates/init/foreword.md")),
    ("articles/02-来稿.txt", include_str!("../../templates/init/article.txt")),
    ("README.md", include_str!("../../templates/init/README.md")),
];

/// Makes the folder; the exit code. Nothing that is there is written over.
pub(super) fn run(folder: &Path, terminal: &Terminal) -> u8 {
    let mut report = Report::default();
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let name = if name.is_empty() { "新刊" } else { name };
    let filled = |text: &str| text.replace("{{name}}", &name.replace(['"', '\\', '\n'], ""));
    let files = FILES.map(|(path, text)| (folder.join(path), filled(text).into_bytes()));
    let made = match folder.is_file() {
        true => {
            let name = folder.display().to_string();
            Err(Diagnostic::new(Code::ImportExists).with("path", &name).at(name).into())
        }
        false => unwritten(files).and_then(|files| write_files(&files)),
    };
    match made {
        Ok(paths) => {
            let mut said = String::new();
            if paths.is_empty() {
                let own = folder.display();
                said.push_str(&match terminal.language {
                    Language::Chinese => format!("“{own}”早已建好，没有改动。\n"),
                    Language::English => {
                        format!("“{own}” is there already; nothing was changed.\n")
                    }
                });
            }
            for path in &paths {
                said.push_str(&format!("→ {}\n", path.display()));
            }
            let build = format!("qikan build {}", folder.display());
            said.push_str(&match terminal.language {
                Language::Chinese => format!("下一步：{build}\n"),
                Language::English => format!("next: {build}\n"),
            });
            terminal.summarise(&said);
        }
        Err(finding) => report.sink.push(*finding),
    }
    for finding in report.sink.found() {
        terminal.tell(finding, &report);
    }
    report.exit(false)
}
