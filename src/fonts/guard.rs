//! A library that gives up on a damaged font by a panic is held to an answer.
//!
//! skera and subsetter expect tables to agree with each other; those of a font file from anywhere
//! may not. What they say when they give up is not for an editor, so it is not printed either.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether this thread works on something whose panics are answers.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// What comes of the work; nothing where it panics.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                before(info);
            }
        }));
    });
    GUARDED.set(true);
    let out = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    out.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_no_answer_and_goes_no_further() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded(|| Vec::<u8>::new()[0]), None);
        assert_eq!(guarded(|| 2), Some(2));
    }
}
