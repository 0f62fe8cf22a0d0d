//! `qikan verify`.

use super::Terminal;
use super::args::VerifyArgs;
use super::input;
use crate::diagnostics::{Code, Diagnostic, Language, Level};
use crate::press::{Proof, Report, Settings, plan, verify};

/// Reads editions back and says whether every character is there; the exit code.
pub(super) fn run(args: &VerifyArgs, terminal: &Terminal) -> u8 {
    let mut report = Report::default();
    let settings = Settings {
        set: args.set.clone(),
        standard_input: input::standard(&args.against, &mut report),
        ..Settings::default()
    };
    let orders = plan(&args.against, &settings, &mut report);
    let against = (!args.against.is_empty()).then_some(orders.as_slice());
    let proofs = match report.sink.any(Level::Error) {
        true => Vec::new(),
        false => verify(&args.editions, against, &mut report),
    };
    // What the articles are like was said when the edition was built.
    let said = |f: &&Diagnostic| f.code.level() == Level::Error || f.code == Code::VerifyCover;
    report.sink.found().iter().filter(said).for_each(|finding| terminal.tell(finding, &report));
    let code = report.exit(false);
    // A fault of an archive is no difference of words.
    let differing = |f: &&Diagnostic| f.code.id().starts_with("verify::") && f.code.exit() == 5;
    let count = report.sink.found().iter().filter(differing).count();
    if count > 0 {
        terminal.summarise(&differences(count, terminal.language));
    }
    if code == 0 {
        proofs.iter().for_each(|proof| terminal.summarise(&proved(proof, terminal.language)));
    }
    code
}

fn differences(count: usize, language: Language) -> String {
    match (language, count) {
        (Language::Chinese, _) => format!("共 {count} 处与原文不符。\n"),
        (Language::English, 1) => "1 difference.\n".to_owned(),
        (Language::English, _) => format!("{count} differences.\n"),
    }
}

fn proved(proof: &Proof, language: Language) -> String {
    let Proof { path, articles, characters } = proof;
    let path = path.display();
    match language {
        Language::Chinese => {
            format!("{path}：{articles} 篇文章，{characters} 字，与原文一致，一字不缺。\n")
        }
        Language::English => {
            format!(
                "{path}: {articles} article(s), {characters} characters, all there and in order.\n"
            )
        }
    }
}
