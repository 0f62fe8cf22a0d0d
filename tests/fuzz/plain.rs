//! `.txt`: see `whole.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| qikan_fuzz::check("a.txt", bytes));
