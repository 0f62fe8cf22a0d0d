//! `qikan build` and `qikan check`: one issue or many, in parallel, told in their order.

use super::args::{BuildArgs, CheckArgs};
use super::bar::Bar;
use super::fonts::system_folders;
use super::input;
use super::jobs::{in_order, jobs};
use super::summary::{Line, Total, nothing, summary, total};
use super::{Environment, Terminal};
use crate::diagnostics::{Code, Diagnostic, Level, Sink};
use crate::fonts::Library;
use crate::press::{
    Claims, Made, Order, Report, Settings, Tally, add_faces, check_all, make_all, plan,
};
use std::path::PathBuf;
use std::time::Instant;

/// Bytes of a thread's stack: what is nested as deep as limits allow has room.
const STACK: usize = 8 * 1024 * 1024;

/// Makes the editions and says what was done; the exit code.
pub(super) fn run(
    args: &BuildArgs,
    terminal: &Terminal,
    library: &Library,
    environment: Environment<'_>,
) -> u8 {
    let mut report = Report::default();
    let settings = settings(args, environment, &mut report);
    let work = Work { args, terminal, written: true, claims: Claims::default() };
    work.run(settings, library, report)
}

/// Says everything an editor should look at, and writes nothing; the exit code.
pub(super) fn look(
    args: &CheckArgs,
    terminal: &Terminal,
    library: &Library,
    environment: Environment<'_>,
) -> u8 {
    let args = BuildArgs {
        inputs: args.inputs.clone(),
        template: args.template.clone(),
        set: args.set.clone(),
        font_path: args.font_path.clone(),
        ignore_system_fonts: args.ignore_system_fonts,
        jobs: args.jobs,
        strict: args.strict,
        verbose: args.verbose,
        ..BuildArgs::default()
    };
    let mut report = Report::default();
    let settings = settings(&args, environment, &mut report);
    let work = Work { args: &args, terminal, written: false, claims: Claims::default() };
    work.run(settings, library, report)
}

/// What is done with every issue.
struct Work<'a> {
    args: &'a BuildArgs,
    terminal: &'a Terminal,
    /// Whether editions are written, or only looked at.
    written: bool,
    /// The files of this run.
    claims: Claims,
}

/// The inputs of one issue, and its number in the run.
type Job = (usize, Vec<PathBuf>);

/// What came of one issue.
#[derive(Default)]
struct Outcome {
    /// What there is to say about it, in words already.
    told: Vec<String>,
    code: u8,
    tally: Tally,
    errors: usize,
    warnings: usize,
    written: Vec<PathBuf>,
}

impl Outcome {
    /// Takes over what a report says.
    fn hear(&mut self, report: &Report, terminal: &Terminal, strict: bool) {
        let found = report.sink.found();
        self.told.extend(found.iter().filter_map(|finding| terminal.said(finding, report)));
        let of = |level| found.iter().filter(|one| one.code.level() == level).count();
        self.errors += of(Level::Error);
        self.warnings += of(Level::Warning);
        self.code = self.code.max(report.exit(strict));
    }
}

impl Work<'_> {
    fn run(&self, settings: Settings, library: &Library, mut report: Report) -> u8 {
        let started = Instant::now();
        let mut library = library.clone();
        add_faces(&self.args.font_path, &mut library, &mut report);
        let mut first = Outcome::default();
        first.hear(&report, self.terminal, self.args.strict);
        first.told.iter().for_each(|line| self.terminal.complain(line));
        if first.code != 0 && first.code != 3 {
            return first.code;
        }
        let threads = self.args.jobs.unwrap_or(0);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK);
        let pool = pool.build();
        let jobs: Vec<Job> = jobs(&self.args.inputs).into_iter().enumerate().collect();
        let bar = Bar::new(self.terminal, jobs.len());
        let mut all = Total::default();
        let mut code = first.code;
        let one = |job: &Job| self.issue(job, &settings, &library, &bar);
        in_order(&jobs, pool.as_ref().ok(), one, |job, mut outcome| {
            bar.count();
            self.look_for_others(job.0, &jobs, &mut outcome);
            bar.aside(|| self.tell(&outcome, jobs.len() > 1));
            code = code.max(outcome.code);
            all.add(self.line(job, &outcome), &outcome.tally);
            if jobs.len() == 1 {
                all.written = outcome.written;
                all.tally.rules = outcome.tally.rules;
            }
        });
        bar.end();
        let (verbose, language) = (self.args.verbose, self.terminal.language);
        all.time = started.elapsed();
        self.terminal.summarise(&match jobs.len() {
            1 if self.written && all.written.is_empty() => nothing(&all, language),
            1 if self.written || verbose => summary(&all, verbose, language),
            _ => total(&all, self.written, language),
        });
        code
    }

    /// Says what was found in an issue; of one of many, its files too.
    fn tell(&self, outcome: &Outcome, many: bool) {
        outcome.told.iter().for_each(|line| self.terminal.complain(line));
        if many {
            let lines = outcome.written.iter().map(|path| format!("→ {}\n", path.display()));
            self.terminal.summarise(&lines.collect::<String>());
        }
    }

    /// What came of an issue, for the summary.
    fn line(&self, (_, inputs): &Job, outcome: &Outcome) -> Line {
        let Outcome { tally, errors, warnings, written, code, .. } = outcome;
        Line {
            name: inputs.first().map(|path| path.display().to_string()).unwrap_or_default(),
            articles: tally.articles,
            pages: tally.pages,
            errors: *errors,
            warnings: *warnings,
            good: if self.written { !written.is_empty() } else { *code == 0 },
        }
    }

    /// Makes or looks at what some inputs are: an issue folder, or articles.
    fn issue(&self, job: &Job, settings: &Settings, library: &Library, bar: &Bar) -> Outcome {
        let (number, job) = job;
        let strict = self.args.strict;
        let mut planned = Report::default();
        let orders = plan(job, settings, &mut planned);
        let mut out = Outcome::default();
        out.hear(&planned, self.terminal, strict);
        // Articles that could not be read are errors already; the others are looked at all the same.
        for mut order in orders {
            let mut reports = vec![Report { progress: bar.watch(job), ..Report::default() }];
            if self.written {
                let made = make_all(&mut order, library, self.args.keep_going, &mut reports);
                self.put(*number, made, &order, &mut reports, &mut out);
            } else {
                check_all(&mut order, library, &mut reports);
                reports.iter_mut().for_each(|report| self.be_strict(&out, report));
                reports.iter().for_each(|report| out.hear(report, self.terminal, strict));
            }
            if let Some(last) = reports.pop() {
                out.tally.add(&last.tally);
                out.tally.rules = last.tally.rules;
            }
        }
        out
    }

    /// Says if an earlier issue has the file of this one.
    fn look_for_others(&self, number: usize, jobs: &[Job], outcome: &mut Outcome) {
        let Some((path, holder)) = self.claims.taken(number, &outcome.written) else { return };
        let other = jobs.get(holder).and_then(|(_, inputs)| inputs.first());
        let other = other.map(|path| path.display().to_string()).unwrap_or_default();
        let path = path.display().to_string();
        let finding = Diagnostic::new(Code::NameTaken).with("path", &path).with("other", other);
        let mut report = Report::default();
        report.sink.push(finding.at(path));
        outcome.hear(&report, self.terminal, self.args.strict);
        outcome.written.clear();
    }

    /// Makes warnings an error where none is allowed, be they of before there was an order.
    fn be_strict(&self, before: &Outcome, report: &mut Report) {
        let strict = self.args.strict;
        if report.exit(strict) == 3 || before.code == 3 && report.exit(false) == 0 {
            let found = report.sink.found().iter();
            let count = found.filter(|one| one.code.level() == Level::Warning).count();
            let finding = Diagnostic::new(Code::StrictWarnings);
            report.sink.push(finding.with("count", before.warnings + count));
        }
    }

    /// Writes what was made, and says what was found.
    fn put(
        &self,
        number: usize,
        made: Option<Vec<Made>>,
        order: &Order,
        reports: &mut [Report],
        out: &mut Outcome,
    ) {
        reports.iter_mut().for_each(|report| quiet(&mut report.sink));
        let mut left_out = None;
        if let Some(last) = reports.last_mut() {
            // With --strict a warning leaves nothing behind.
            self.be_strict(out, last);
            let refused = last.exit(false) == 3;
            let whole = made.is_some();
            if let Some(made) = made.filter(|_| !refused) {
                match self.claims.write(number, &made, &order.output) {
                    Ok(paths) => out.written.extend(paths),
                    Err(finding) => last.sink.push(*finding),
                }
            }
            // Of an edition without bad articles, what was left out is the error; why was said.
            left_out = whole.then(|| last.exit(self.args.strict));
        }
        reports.iter().for_each(|report| out.hear(report, self.terminal, self.args.strict));
        out.code = left_out.unwrap_or(out.code);
    }
}

/// What only `check` says.
fn quiet(sink: &mut Sink) {
    sink.retain(|finding| finding.code != crate::diagnostics::Code::Loose);
}

/// Settings as meant.
fn settings(args: &BuildArgs, environment: Environment<'_>, report: &mut Report) -> Settings {
    let epoch = environment("SOURCE_DATE_EPOCH").and_then(|value| value.trim().parse().ok());
    let date = epoch.and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0));
    Settings {
        output: args.output.clone(),
        editions: args.editions.iter().map(|name| (*name).into()).collect(),
        template: args.template.clone(),
        set: args.set.clone(),
        unverified: args.no_verify,
        lists_changes: args.verbose,
        system_faces: system_folders(args.ignore_system_fonts, environment),
        fallback_date: date.map(|date| date.format("%Y-%m-%d").to_string()),
        standard_input: input::standard(&args.inputs, report),
    }
}
