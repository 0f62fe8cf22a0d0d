//! Many issues of one run: none takes the place of another.
//!
//! Issues are made side by side, and the names of their files are known only when they are made.
//! So that it does not depend on which is ready first, the file is that of the issue that was named
//! first: it replaces what a later one has written, and a later one finds the name taken.

use super::{Made, output};
use crate::diagnostics::Diagnostic;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The files of a run, and the number of the issue that each belongs to.
#[derive(Debug, Default)]
pub struct Claims(Mutex<BTreeMap<PathBuf, usize>>);

impl Claims {
    /// Writes the editions of the issue with a number in the run, as [`output::write`] does, unless
    /// an earlier one has one of the names. The paths are those it would have; whether it has them
    /// says [`Claims::taken`], once all earlier ones are written.
    ///
    /// # Errors
    /// [`crate::diagnostics::Code::WriteFailed`] with the file and the system's reason.
    pub fn write(
        &self,
        number: usize,
        made: &[Made],
        folder: &Path,
    ) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
        let own: Vec<PathBuf> = made.iter().map(|edition| folder.join(&edition.name)).collect();
        // Held while writing: between asking and writing nobody else writes.
        let mut claims = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let earlier = |path: &PathBuf| claims.get(path).is_some_and(|holder| *holder < number);
        if own.iter().any(|path| earlier(&spelt_out(path))) {
            return Ok(own);
        }
        let written = output::write(made, folder)?;
        claims.extend(own.iter().map(|path| (spelt_out(path), number)));
        Ok(written)
    }

    /// The first of some paths that belongs to an earlier issue, with the number of that.
    pub fn taken<'a>(&self, number: usize, paths: &'a [PathBuf]) -> Option<(&'a Path, usize)> {
        let claims = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        paths.iter().find_map(|path| {
            let holder = *claims.get(&spelt_out(path))?;
            (holder < number).then_some((path.as_path(), holder))
        })
    }
}

/// A path whose folder has one spelling only.
fn spelt_out(path: &Path) -> PathBuf {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return path.to_owned();
    };
    folder.canonicalize().map_or_else(|_| path.to_owned(), |folder| folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(text: &str) -> [Made; 1] {
        [Made { name: "刊.pdf".into(), bytes: text.into(), ..Made::default() }]
    }

    #[test]
    fn the_file_is_that_of_the_first_named_whoever_is_ready_first() {
        let folder = tempfile::tempdir().unwrap();
        for order in [[0, 1], [1, 0]] {
            let claims = Claims::default();
            let mut paths = [Vec::new(), Vec::new()];
            for number in order {
                let text = ["first", "second"][number];
                paths[number] = claims.write(number, &made(text), folder.path()).unwrap();
            }
            let path = folder.path().join("刊.pdf");
            assert_eq!(crate::press::files::read(&path, "刊").unwrap().bytes, b"first");
            assert_eq!(claims.taken(0, &paths[0]), None);
            assert_eq!(claims.taken(1, &paths[1]), Some((path.as_path(), 0)));
        }
    }

    #[test]
    fn one_folder_in_two_spellings_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let claims = Claims::default();
        claims.write(0, &made("first"), folder.path()).unwrap();
        let spelling = folder.path().join(".");
        let paths = claims.write(1, &made("second"), &spelling).unwrap();
        assert!(claims.taken(1, &paths).is_some());
    }
}
