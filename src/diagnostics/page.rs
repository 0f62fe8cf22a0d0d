//! The catalogue as a page for people, and the form of a message for scripts.

use super::catalogue::{Code, Level};
use std::fmt::Write;

/// The form of a message with `--message-format json` (JSON Schema 2020-12).
pub const SCHEMA: &str = include_str!("message.schema.json");

const HEAD: &str = "# 消息一览 · Messages

`qikan` 会说的每一句话：代码不会变，脚本可以认它；`{…}` 处填具体的内容。级别：错误（括号里是退出码）、警告、说明。
由 `qikan messages` 生成；JSON 形式（`--message-format json`）的格式见 [`message.schema.json`](message.schema.json)，也可用 `qikan messages --schema` 输出。

*Everything `qikan` may say. Codes are stable; `{…}` is filled in. Levels: error (with its exit code), warning, note.
Made by `qikan messages`; the form of a message with `--message-format json` is in `message.schema.json`, and printed by `qikan messages --schema`.*
";

/// The catalogue as Markdown, in both languages.
#[must_use]
pub fn page() -> String {
    let mut out = HEAD.to_owned();
    let mut room = "";
    let mut codes: Vec<Code> = Code::ALL.to_vec();
    codes.sort_by_key(|code| code.id());
    for code in codes {
        let row = code.row();
        let own = row.id.split("::").next().unwrap_or_default();
        // Writing to a string cannot fail.
        if own != room {
            room = own;
            let _ = writeln!(
                out,
                "\n## {room}\n\n| 代码 · Code | 级别 · Level | 说什么，怎么办 · What it says, and what to do |\n|---|---|---|"
            );
        }
        let level = match row.level {
            Level::Error => format!("错误 error ({})", row.exit),
            Level::Warning => "警告 warning".to_owned(),
            Level::Note => "说明 note".to_owned(),
        };
        let sentence = |(message, hint): (&str, &str)| {
            let hint = if hint.is_empty() { String::new() } else { format!(" — {hint}") };
            format!("{message}{hint}").replace('|', "\\|").replace('<', "&lt;")
        };
        let (zh, en) = (sentence(row.zh), sentence(row.en));
        let _ = writeln!(out, "| `{}` | {level} | {zh}<br>*{en}* |", row.id);
    }
    out
}
