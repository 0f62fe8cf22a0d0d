//! How far a run is, for whoever watches it.

use std::fmt;
use std::sync::Arc;

/// A step of a run, as it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// An article is read: its number, and how many there are.
    Article(usize, usize),
    /// The pages are set.
    Typeset,
    /// An edition is made, by its name.
    Edition(&'static str),
    /// The editions are read back.
    Verify,
}

/// Someone who is told; nobody, by default.
#[derive(Clone, Default)]
pub struct Progress(Option<Arc<dyn Fn(Step) + Send + Sync>>);

impl Progress {
    /// Tells someone.
    #[must_use]
    pub fn to(watcher: impl Fn(Step) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(watcher)))
    }

    /// Says which step begins.
    pub fn tell(&self, step: Step) {
        if let Some(watcher) = &self.0 {
            watcher(step);
        }
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Progress(watched)" } else { "Progress" })
    }
}
