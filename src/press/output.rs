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
    let files = made.iter().map(|edition| (folder.join(&edition.name), edition.bytes.as_slice()));
    write_all(files)
}

/// Writes files, making the folders they stand in: all of them whole, or none.
///
/// # Errors
/// [`Code::WriteFailed`] with the file and the system's reason.
pub fn write_files(files: &[(PathBuf, Vec<u8>)]) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    write_all(files.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice())))
}

/// What is in a file that is there already.
#[expect(clippy::disallowed_methods, reason = "a file is compared before it is written")]
pub(super) fn present(path: &Path) -> Option<Vec<u8>> {
    path.exists().then(|| std::fs::read(path).unwrap_or_default())
}

fn write_all<'a>(
    files: impl Iterator<Item = (PathBuf, &'a [u8])>,
) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    let failed = |path: &Path, error: &std::io::Error| {
        let path = path.display().to_string();
        let finding = Diagnostic::new(Code::WriteFailed).with("path", &path).at(path);
        Box::new(finding.with("reason", error))
    };
    let mut whole = Vec::new();
    for (path, bytes) in files {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).to_owned();
        std::fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
        let temporary = stage(&folder, bytes).map_err(|error| failed(&path, &error))?;
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
