//! `qikan build`.

use super::Terminal;
use super::args::BuildArgs;
use super::input;
use super::summary::summary;
use crate::fonts::Library;
use crate::press::{Order, Report, Settings, add_faces, make, plan, write};

/// Makes the editions and says what was done; the exit code.
pub(super) fn run(
    args: &BuildArgs,
    terminal: &Terminal,
    library: &Library,
    environment: &dyn Fn(&str) -> Option<String>,
) -> u8 {
    let mut report = Report::default();
    let mut library = library.clone();
    add_faces(&args.font_path, &mut library, &mut report);
    let settings = settings(args, environment, &mut report);
    let orders = plan(&args.inputs, &settings, &mut report);
    let mut code = finish(&report, terminal, args.strict);
    if code != 0 && code != 3 {
        return code;
    }
    for order in &orders {
        code = code.max(one(order, args, terminal, &library));
    }
    code
}

/// Makes one issue.
fn one(order: &Order, args: &BuildArgs, terminal: &Terminal, library: &Library) -> u8 {
    let mut report = Report::default();
    let threads = args.jobs.unwrap_or(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let made = match pool {
        Ok(pool) => pool.install(|| make(order, library, &mut report)),
        Err(_) => make(order, library, &mut report),
    };
    // With --strict a warning leaves nothing behind.
    let refused = args.strict && report.exit(true) != 0;
    let mut written = Vec::new();
    if let Some(made) = made.filter(|_| !refused) {
        match write(&made, &order.output) {
            Ok(paths) => written = paths,
            Err(finding) => report.sink.push(*finding),
        }
    }
    let code = finish(&report, terminal, args.strict);
    if !written.is_empty() {
        terminal.summarise(&summary(&report.tally, &written, args.verbose, terminal.language));
    }
    code
}

/// Tells all findings; the exit code.
fn finish(report: &Report, terminal: &Terminal, strict: bool) -> u8 {
    for finding in report.sink.found() {
        terminal.tell(finding, report);
    }
    report.exit(strict)
}

/// Settings as meant.
fn settings(
    args: &BuildArgs,
    environment: &dyn Fn(&str) -> Option<String>,
    report: &mut Report,
) -> Settings {
    let epoch = environment("SOURCE_DATE_EPOCH").and_then(|value| value.trim().parse().ok());
    let date = epoch.and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0));
    Settings {
        output: args.output.clone(),
        editions: args.editions.iter().map(|name| (*name).into()).collect(),
        template: args.template.clone(),
        set: args.set.clone(),
        unverified: args.no_verify,
        fallback_date: date.map(|date| date.format("%Y-%m-%d").to_string()),
        standard_input: input::standard(&args.inputs, report),
    }
}
