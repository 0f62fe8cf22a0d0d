//! Standard input, for `-`.

use crate::diagnostics::{Code, Diagnostic};
use crate::ingest::{Input, limits};
use crate::press::Report;
use std::io::Read;
use std::path::PathBuf;

/// Reads standard input when one of the inputs asks for it.
pub(super) fn standard(inputs: &[PathBuf], report: &mut Report) -> Option<Input> {
    if !inputs.iter().any(|input| input.as_os_str() == "-") {
        return None;
    }
    let mut bytes = Vec::new();
    let limit = limits::MAX_FILE;
    let read = std::io::stdin().lock().take(limit + 1).read_to_end(&mut bytes);
    match read {
        Ok(size) if size as u64 > limit => {
            let mega = limit / (1024 * 1024);
            let finding = Diagnostic::new(Code::InputTooLarge).with("path", "-").at("-");
            report.sink.push(finding.with("size", mega + 1).with("limit", mega));
            None
        }
        Ok(_) => Some(Input::unnamed("stdin", bytes)),
        Err(error) => {
            let finding = Diagnostic::new(Code::InputUnreadable).with("path", "-");
            report.sink.push(finding.with("reason", error).at("-"));
            None
        }
    }
}
