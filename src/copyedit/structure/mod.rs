//! What each line of an article is for.
//!
//! [`classify()`] looks at one line at a time, by a table; [`assemble`] looks at the whole article:
//! where its head ends, which numbers form a series, what is moved, what is dropped. NAV lines,
//! page scraps and click counts are dropped, each by a rule; nothing else is.

mod assemble;
mod classify;
mod dateline;
mod entry;
mod headings;
mod series;

pub use assemble::recognise;
pub use classify::{Class, Zone, classify};
