//! Many issues at once: as many as there are threads, told in the order they were named.
//!
//! Each issue uses all threads for its own articles and pages, too; only so many are begun that
//! what they hold in memory does not grow with their number.

use rayon::ThreadPool;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// What is made into one issue each: every folder or issue file by itself, all loose articles
/// together, where the first of them stands.
pub(super) fn jobs(inputs: &[PathBuf]) -> Vec<Vec<PathBuf>> {
    let mut out: Vec<Vec<PathBuf>> = Vec::new();
    let mut loose: Option<usize> = None;
    for input in inputs {
        let issue = input.is_dir() || input.file_name().is_some_and(|name| name == "qikan.toml");
        match loose.filter(|_| !issue).and_then(|at| out.get_mut(at)) {
            Some(job) => job.push(input.clone()),
            None => {
                if !issue {
                    loose = Some(out.len());
                }
                out.push(vec![input.clone()]);
            }
        }
    }
    out
}

/// Does every job, some at once, and hands over what came of each, in order.
pub(super) fn in_order<J: Sync, R: Send>(
    jobs: &[J],
    pool: Option<&ThreadPool>,
    work: impl Fn(&J) -> R + Sync,
    mut done: impl FnMut(&J, R),
) {
    let one = |job: &J| match pool {
        Some(pool) => pool.install(|| work(job)),
        None => work(job),
    };
    let hands = pool.map_or(1, ThreadPool::current_num_threads).min(jobs.len());
    if hands < 2 {
        jobs.iter().for_each(|job| done(job, one(job)));
        return;
    }
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..hands {
            let (sender, next, one) = (sender.clone(), &next, &one);
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(job) = jobs.get(at) else { return };
                    if sender.send((at, one(job))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut told = 0;
        for (at, outcome) in receiver {
            waiting.insert(at, outcome);
            while let Some(outcome) = waiting.remove(&told) {
                if let Some(job) = jobs.get(told) {
                    done(job, outcome);
                }
                told += 1;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loose_articles_are_one_job_where_the_first_stands() {
        let inputs = ["a.md", "x/qikan.toml", "b.md"].map(PathBuf::from);
        let expected =
            vec![vec![PathBuf::from("a.md"), "b.md".into()], vec!["x/qikan.toml".into()]];
        assert_eq!(jobs(&inputs), expected);
    }

    #[test]
    fn what_comes_of_jobs_is_handed_over_in_their_order() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(4).build().unwrap();
        let jobs: Vec<u64> = (0..40).collect();
        let mut seen = Vec::new();
        let slow = |job: &u64| {
            std::thread::sleep(std::time::Duration::from_millis((40 - job) % 7));
            job * 2
        };
        in_order(&jobs, Some(&pool), slow, |job, outcome| seen.push((*job, outcome)));
        assert_eq!(seen, jobs.iter().map(|job| (*job, job * 2)).collect::<Vec<_>>());
    }
}
