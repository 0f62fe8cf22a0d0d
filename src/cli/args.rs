//! Arguments, exactly as typed; no side effects here.

use crate::diagnostics::Language;
use crate::issue::Edition;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// 把文章变成排好版的期刊：PDF、EPUB、印刷版和归档包 · Turns articles into finished editions of a
/// periodical: PDF, EPUB, print and archive
#[derive(Debug, Parser)]
#[command(name = "qikan", version, propagate_version = true, disable_help_subcommand = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,

    /// 消息的语言：zh 或 en（默认看系统语言） · Language of messages
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<LanguageName>,

    /// 消息的形式：human 给人看，json 给程序读 · Form of messages
    #[arg(long, global = true, value_name = "FORM", default_value = "human")]
    pub(super) message_format: MessageFormat,

    /// 只报告错误 · Report errors only
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 生成 PDF、EPUB 等版本 · Make the editions
    Build(BuildArgs),
    /// 新建一期刊物的文件夹 · Make the folder of a new issue
    Init(InitArgs),
    /// 把文章清理成 Markdown，并列出每一处改动 · Clean articles into Markdown
    Import(ImportArgs),
    /// 只检查，不生成：列出所有该看一眼的地方 · Say what to look at, and write nothing
    Check(CheckArgs),
    /// 读回成品，核对原文的每一个字 · Read editions back and check every character
    Verify(VerifyArgs),
    /// 列出字体，或查哪些字没有字体 · List faces, or characters that no face has
    Fonts(FontsArgs),
    /// 所有消息一览（Markdown） · The catalogue of all messages (Markdown)
    Messages {
        /// 改为输出 JSON 消息的格式 · Print the schema of JSON messages instead
        #[arg(long)]
        schema: bool,
    },
    /// 命令行补全脚本 · Completions for a shell
    Completions {
        /// 哪种终端 · The shell
        shell: clap_complete::Shell,
    },
}

/// What `check` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct CheckArgs {
    /// 期刊文件夹、qikan.toml，或文章（- 表示标准输入） · Issue folder, qikan.toml or articles
    #[arg(value_name = "INPUT", default_value = ".")]
    pub(super) inputs: Vec<PathBuf>,

    /// 版式的名称，或自己的版式所在的文件夹 · Name of the design, or a folder with one
    #[arg(short, long, value_name = "NAME|DIR")]
    pub(super) template: Option<String>,

    /// 覆盖一项设置，如 design.type-area.chars=36（可重复） · Override one value (repeatable)
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,

    /// 自己的字体所在的文件夹（可重复） · Folder with fonts of one's own (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(super) font_path: Vec<PathBuf>,

    /// 不用系统里的字体 · Use no fonts of the system
    #[arg(long)]
    pub(super) ignore_system_fonts: bool,

    /// 同时使用的线程数 · Threads to use
    #[arg(short, long, value_name = "N")]
    pub(super) jobs: Option<usize>,

    /// 有警告就算失败（退出码 3） · Let a warning fail the check (exit code 3)
    #[arg(long)]
    pub(super) strict: bool,

    /// 列出每一处删改 · List every change
    #[arg(short, long)]
    pub(super) verbose: bool,
}

/// What `fonts` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct FontsArgs {
    /// 查这个文件里的每一个字 · A text whose characters are looked up
    #[arg(long, value_name = "FILE")]
    pub(super) coverage: Option<PathBuf>,

    /// 自己的字体所在的文件夹（可重复） · Folder with fonts of one's own (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(super) font_path: Vec<PathBuf>,

    /// 不用系统里的字体 · Use no fonts of the system
    #[arg(long)]
    pub(super) ignore_system_fonts: bool,
}

/// What `init` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct InitArgs {
    /// 文件夹的名字，也是刊名 · Name of the folder and of the periodical
    #[arg(value_name = "NAME")]
    pub(super) name: PathBuf,
}

/// What `import` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct ImportArgs {
    /// 文章（- 表示标准输入） · Articles
    #[arg(value_name = "FILE", required = true)]
    pub(super) inputs: Vec<PathBuf>,

    /// 输出的文件夹（默认与文章同一处） · Folder for the Markdown (default: beside the article)
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,

    /// 写成什么：md，或 json（文档模型，写到标准输出） · Form: md, or json (the model, printed)
    #[arg(long, value_name = "FORM", default_value = "md")]
    pub(super) to: ImportForm,

    /// 把每个字的去向写进这个文件（JSON Lines） · Write what became of every character
    #[arg(long, value_name = "FILE")]
    pub(super) ledger: Option<PathBuf>,

    /// 覆盖一项设置，如 copyedit.policy=safe（可重复） · Override one value (repeatable)
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,

    /// 有警告就算失败（退出码 3） · Let a warning fail the import (exit code 3)
    #[arg(long)]
    pub(super) strict: bool,

    /// 列出每一处删改 · List every change
    #[arg(short, long)]
    pub(super) verbose: bool,
}

/// What `verify` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct VerifyArgs {
    /// 做好的 PDF、EPUB 或归档包 · Finished PDF or EPUB files, or archives
    #[arg(value_name = "EDITION", required = true)]
    pub(super) editions: Vec<PathBuf>,

    /// 原文：期刊文件夹、qikan.toml 或文章（可重复）；归档包和带附件的 PDF 可省略 · The issue
    /// folder or articles (repeatable); archives and PDFs with their sources need none
    #[arg(long, value_name = "INPUT")]
    pub(super) against: Vec<PathBuf>,

    /// 覆盖一项设置，与生成时相同（可重复） · Override one value, as for the build (repeatable)
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,
}

/// What an import is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ImportForm {
    #[value(name = "md")]
    Markdown,
    Json,
}

/// What `build` takes.
#[derive(Debug, Default, ClapArgs)]
pub(super) struct BuildArgs {
    /// 期刊文件夹、qikan.toml，或文章（- 表示标准输入） · Issue folder, qikan.toml or articles
    #[arg(value_name = "INPUT", default_value = ".")]
    pub(super) inputs: Vec<PathBuf>,

    /// 输出的文件夹 · Folder for the editions
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,

    /// 要生成的版本：epub、pdf、print、archive（可重复） · Editions to make (repeatable)
    #[arg(short, long = "edition", value_name = "KIND")]
    pub(super) editions: Vec<EditionName>,

    /// 版式的名称，或自己的版式所在的文件夹 · Name of the design, or a folder with one
    #[arg(short, long, value_name = "NAME|DIR")]
    pub(super) template: Option<String>,

    /// 覆盖一项设置，如 design.type-area.chars=36（可重复） · Override one value (repeatable)
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,

    /// 自己的字体所在的文件夹（可重复） · Folder with fonts of one's own (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(super) font_path: Vec<PathBuf>,

    /// 不用系统里的字体（默认只在别的字体都缺字时用） · Use no fonts of the system (else only where
    /// no other has a character)
    #[arg(long)]
    pub(super) ignore_system_fonts: bool,

    /// 同时使用的线程数 · Threads to use
    #[arg(short, long, value_name = "N")]
    pub(super) jobs: Option<usize>,

    /// 有文章出错时，不收那几篇，照样生成（退出码 1） · Leave out articles with errors (exit code 1)
    #[arg(short, long)]
    pub(super) keep_going: bool,

    /// 写文件之前不读回核对 · Do not read editions back before they are written
    #[arg(long)]
    pub(super) no_verify: bool,

    /// 有警告就算失败（退出码 3） · Let a warning fail the build (exit code 3)
    #[arg(long)]
    pub(super) strict: bool,

    /// 列出每一处删改 · List every change
    #[arg(short, long)]
    pub(super) verbose: bool,
}

/// The form of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    Human,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LanguageName {
    Zh,
    En,
}

/// An edition as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum EditionName {
    Epub,
    Pdf,
    Print,
    Archive,
}

impl From<EditionName> for Edition {
    fn from(name: EditionName) -> Self {
        match name {
            EditionName::Epub => Self::Epub,
            EditionName::Pdf => Self::Pdf,
            EditionName::Print => Self::Print,
            EditionName::Archive => Self::Archive,
        }
    }
}

impl Args {
    /// The language asked for.
    pub(super) fn chosen_language(&self) -> Option<Language> {
        self.lang.map(|name| match name {
            LanguageName::Zh => Language::Chinese,
            LanguageName::En => Language::English,
        })
    }

    /// The language asked for, or that of the system: English where it says so, else Chinese.
    pub(super) fn language(&self, environment: &dyn Fn(&str) -> Option<String>) -> Language {
        if let Some(language) = self.chosen_language() {
            return language;
        }
        of_system(environment)
    }
}

/// The language of the system: English where it says so, else Chinese.
pub(super) fn of_system(environment: &dyn Fn(&str) -> Option<String>) -> Language {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let set = names.iter().filter_map(|name| environment(name)).find(|value| !value.is_empty());
    match set.as_deref() {
        Some(value) if value.starts_with("en") => Language::English,
        _ => Language::Chinese,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn the_system_chooses_the_language() {
        let args = Args::parse_from(["qikan", "build"]);
        let with = |value: &'static str| {
            args.language(&move |name| (name == "LANG").then(|| value.to_owned()))
        };
        assert_eq!(with("en_GB.UTF-8"), Language::English);
        assert_eq!(with("zh_CN.UTF-8"), Language::Chinese);
        assert_eq!(with("C.UTF-8"), Language::Chinese);
    }
}
