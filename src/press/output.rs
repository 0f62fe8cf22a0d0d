//! Finished editions onto the disk: all of them whole, or none.

use super::Made;
use crate::diagnostics::{Code, Diagnostic};
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Writes editions into a folder: each under a temporary name first, and renamed when all are
/// whole. A failure leaves old files as they were and no temporary ones.
///
/// # Errors
/// [`Code::WriteFailed`] with the file and the system's reason.
pub fn write(made: &[Made], folder: &Path) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    let failed = |path: &Path, error: &std::io::Error| {
        let path = path.display().to_string();
        let finding = Diagnostic::new(Code::WriteFailed).with("path", &path).at(path);
        Box::new(finding.with("reason", error))
    };
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    let mut whole = Vec::new();
    for edition in made {
        let path = folder.join(&edition.name);
        let temporary = stage(folder, &edition.bytes).map_err(|error| failed(&path, &error))?;
        whole.push((temporary, path));
    }
    let mut written = Vec::new();
    for (temporary, path) in whole {
        temporary.persist(&path).map_err(|error| failed(&path, &error.error))?;
        written.push(path);
    }
    Ok(written)
}

/// A temporary file with these bytes, on the disk.
fn stage(folder: &Path, bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".qikan-");
    readable(&mut builder);
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Temporary files are for their owner only; editions are for everyone whom the umask lets.
#[cfg(unix)]
fn readable(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn readable(_: &mut tempfile::Builder<'_, '_>) {}
