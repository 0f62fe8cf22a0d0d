//! Editions and bags as `verify` reads them: whatever they are, an answer and no panic.
#![no_main]

use qikan::verify::{carried, compare, faults, read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(reading) = read(bytes) {
        let _ = compare(std::iter::empty(), &reading);
        let _ = reading.clone().joined(reading);
    }
    let _ = carried(bytes);
    let paths = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "data/a"];
    let paths = paths.into_iter().map(str::to_owned).collect();
    let _ = faults(&paths, &|_| Some(bytes.to_vec()));
});
