//! Finished editions onto the disk: all of them whole, or none.
//!
//! Each file and each folder is made under a temporary name beside its own, and takes its own when
//! all are whole. A failure leaves old ones as they were and no temporary ones. A build holds what
//! it writes, so that the next one knows what a killed one left behind, and takes it away.

use super::Made;
use crate::archive::{BagFile, SYSTEMS, TAGS, escaped, is_agent};
use crate::diagnostics::{Code, Diagnostic};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::{NamedTempFile, TempDir};

/// What temporary names begin with.
const TEMPORARY: &str = ".qikan-";

/// After what time something temporary that nobody holds is no longer that of a build that runs,
/// and after what time where it cannot be held.
const UNHELD: Duration = Duration::from_secs(10);
const ABANDONED: Duration = Duration::from_secs(3600);

/// Something whole under a temporary name.
enum Staged {
    File(NamedTempFile, PathBuf),
    Folder(TempDir, Option<std::fs::File>, PathBuf),
}

/// Writes editions into a folder.
///
/// # Errors
/// [`Code::WriteFailed`] with the file and the system's reason.
pub fn write(made: &[Made], folder: &Path) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    sweep(folder);
    let mut staged = Vec::new();
    for edition in made {
        let path = folder.join(&edition.name);
        let one = match edition.folder.is_empty() {
            true => stage(&path, &edition.bytes),
            false => stage_folder(&path, &edition.folder),
        };
        staged.push(one.map_err(|error| failed(&path, &error))?);
    }
    settle(staged)
}

/// Writes files, making the folders they stand in: all of them whole, or none.
///
/// # Errors
/// [`Code::WriteFailed`] with the file and the system's reason.
pub fn write_files(files: &[(PathBuf, Vec<u8>)]) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    let staged =
        files.iter().map(|(path, bytes)| stage(path, bytes).map_err(|error| failed(path, &error)));
    settle(staged.collect::<Result<_, _>>()?)
}

fn failed(path: &Path, error: &std::io::Error) -> Box<Diagnostic> {
    let path = path.display().to_string();
    let finding = Diagnostic::new(Code::WriteFailed).with("path", &path).at(path);
    Box::new(finding.with("reason", error))
}

/// Gives everything its own name.
fn settle(staged: Vec<Staged>) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    // Whatever stands in the way of one is found before any has its name.
    for one in &staged {
        let (Staged::File(_, path) | Staged::Folder(_, _, path)) = one;
        in_the_way(one, path).map_err(|error| failed(path, &error))?;
    }
    let mut written = Vec::new();
    for one in staged {
        let path = match one {
            Staged::File(file, path) => {
                file.persist(&path).map_err(|error| failed(&path, &error.error))?;
                path
            }
            Staged::Folder(folder, _held, path) => {
                replace(folder, &path).map_err(|error| failed(&path, &error))?;
                path
            }
        };
        written.push(path);
    }
    Ok(written)
}

/// Whether something of another kind has the name.
fn in_the_way(one: &Staged, path: &Path) -> std::io::Result<()> {
    let there = path.is_dir();
    let free = match one {
        Staged::File(..) => !there,
        // Only what is an archive itself, and nothing beside, is replaced by one.
        Staged::Folder(..) => !path.exists() || there && is_archive(path),
    };
    let reason = match one {
        Staged::File(..) => "a folder has this name",
        Staged::Folder(..) => "something that is no archive has this name",
    };
    let kind = std::io::ErrorKind::AlreadyExists;
    if free { Ok(()) } else { Err(std::io::Error::new(kind, reason)) }
}

/// Whether a folder is an archive of this program that nobody put anything into.
fn is_archive(folder: &Path) -> bool {
    let text = |name: &str| {
        let bytes = super::files::whole(&folder.join(name)).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let [declaration, info, manifest] =
        ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"].map(text);
    let named: BTreeSet<&str> =
        manifest.lines().filter_map(|line| Some(line.split_once(' ')?.1.trim_start())).collect();
    let own = |path: &String| {
        let name = path.rsplit('/').next().unwrap_or_default();
        let kept = path.starts_with("data/") && named.contains(escaped(path).as_str());
        kept || TAGS.contains(&path.as_str()) || SYSTEMS.contains(&name)
    };
    declaration.starts_with("BagIt-Version:")
        && info.lines().any(|line| line.split_once(": ").is_some_and(is_agent))
        && super::files::below(folder).iter().all(own)
}

/// Gives a folder its name; one that has it already is taken away.
fn replace(folder: TempDir, path: &Path) -> std::io::Result<()> {
    if !path.exists() {
        let own = folder.keep();
        return std::fs::rename(&own, path).inspect_err(|_| drop(std::fs::remove_dir_all(&own)));
    }
    if exchange(folder.path(), path).is_ok() {
        // It has the old one's content now, and goes with it.
        return folder.close();
    }
    // Where names cannot be exchanged, the old one stands aside meanwhile.
    let aside = tempfile::Builder::new().prefix(TEMPORARY).tempdir_in(parent(path))?;
    let old = aside.path().join("old");
    std::fs::rename(path, &old)?;
    std::fs::rename(folder.path(), path).inspect_err(|_| drop(std::fs::rename(&old, path)))?;
    drop(folder.keep());
    aside.close()
}

/// Exchanges the names of two folders, at once.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// The folder a file stands in.
fn parent(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Takes away what builds that were killed left in a folder.
fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let own = entry.file_name().to_str().is_some_and(|name| name.starts_with(TEMPORARY));
        let age = entry.metadata().and_then(|found| found.modified()).ok();
        let age = age.and_then(|modified| modified.elapsed().ok());
        let path = entry.path();
        // Nothing of anybody else's is even opened.
        let known = entry.file_type().is_ok_and(|kind| kind.is_file() || kind.is_dir());
        if !own || !known {
            continue;
        }
        let least = if is_unheld(&path) { UNHELD } else { ABANDONED };
        if age.is_some_and(|age| age > least) {
            let _ = if path.is_dir() {
                std::fs::remove_dir_all(path)
            } else {
                std::fs::remove_file(path)
            };
        }
    }
}

/// Whether the build that made something temporary does not run any more: a build holds what it
/// writes until it has its name.
fn is_unheld(path: &Path) -> bool {
    let open = std::fs::File::options().read(true).open(path);
    open.is_ok_and(|file| file.try_lock().is_ok())
}

/// What is in a file that is there already.
#[expect(clippy::disallowed_methods, reason = "a file is compared before it is written")]
pub(super) fn present(path: &Path) -> Option<Vec<u8>> {
    path.exists().then(|| std::fs::read(path).unwrap_or_default())
}

/// A file whole under a temporary name.
fn stage(path: &Path, bytes: &[u8]) -> std::io::Result<Staged> {
    let folder = parent(path);
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    readable(&mut builder);
    let mut file = builder.tempfile_in(folder)?;
    // Where it cannot be held, the next build waits longer before it takes it away.
    let _ = file.as_file().try_lock();
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(Staged::File(file, path.to_owned()))
}

/// A folder whole under a temporary name.
fn stage_folder(path: &Path, files: &[BagFile]) -> std::io::Result<Staged> {
    std::fs::create_dir_all(parent(path))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    enterable(&mut builder);
    let folder = builder.tempdir_in(parent(path))?;
    let held = std::fs::File::options().read(true).open(folder.path());
    let _ = held.as_ref().map(std::fs::File::try_lock);
    for (inside, bytes) in files {
        let path = folder.path().join(inside);
        std::fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
        let mut file = std::fs::File::create_new(&path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    Ok(Staged::Folder(folder, held.ok(), path.to_owned()))
}

/// Temporary files are for their owner only; editions are for everyone whom the umask lets.
#[cfg(unix)]
fn readable(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o666));
}

#[cfg(unix)]
fn enterable(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o777));
}

#[cfg(not(unix))]
fn readable(_: &mut tempfile::Builder<'_, '_>) {}

#[cfg(not(unix))]
fn enterable(_: &mut tempfile::Builder<'_, '_>) {}
