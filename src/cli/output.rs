//! Writing a result: to standard output, or to a file whole or not at all.

use super::Stop;
use crate::report::{Exit, find};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a result to standard output.
pub(super) fn print(text: &str) -> Result<(), Stop> {
    let mut out = anstream::AutoStream::always(io::stdout().lock());
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // A reader that stopped reading (`| head`): the verdict stands.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| unwritten("to standard output", &error)),
    }
}

/// Writes a result where it is wanted: to a file, or to standard output.
pub(super) fn deliver(to: Option<&Target>, text: &str) -> Result<(), Stop> {
    match to {
        Some(target) => target.write(text),
        None => print(text),
    }
}

/// A file that a result is to be written to.
#[derive(Debug)]
pub(super) struct Target {
    /// As it was given.
    shown: PathBuf,
    /// Where it is, behind links.
    path: PathBuf,
}

impl Target {
    /// Looks at the place before the work starts, so that no result is lost to a
    /// place that cannot take it.
    ///
    /// # Errors
    /// A place that is read from, now or by another call: a file named as an input,
    /// the settings, a scenario or a piece of one. A place that cannot be written to.
    pub(super) fn new(path: &Path, inputs: &[PathBuf]) -> Result<Self, Stop> {
        let shown = path.to_owned();
        let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let same = |it: &&PathBuf| it.canonicalize().is_ok_and(|it| it == place);
        if inputs.iter().any(|it| same(&it)) {
            return Err(Stop::usage(format!(
                "{} is read from, so the result cannot be written there: \
                 name another file with --output",
                shown.display()
            )));
        }
        if find::is_scenario(&place) {
            return Err(Stop::usage(format!(
                "{} is a scenario, or a piece of one, and is left alone: \
                 name another file with --output",
                shown.display()
            )));
        }
        let target = Self { shown, path: place };
        target.probe().map_err(|error| target.failed(&error))?;
        Ok(target)
    }

    /// Whether a file could be put there.
    fn probe(&self) -> io::Result<()> {
        if self.is_special() {
            return std::fs::OpenOptions::new()
                .write(true)
                .open(&self.path)
                .map(drop);
        }
        let beside = self.beside()?;
        let named = |it: &&Path| !it.as_os_str().is_empty();
        if let Some(folder) = beside.parent().filter(named).filter(|it| !it.exists()) {
            let missing = format!("there is no folder {}: make it first", folder.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, missing));
        }
        std::fs::File::create(&beside)?;
        std::fs::remove_file(&beside)
    }

    /// Takes away what writers of this file left beside it when they were killed.
    pub(super) fn tidy(&self) {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let begin = format!(".{name}.");
        let folder = self.path.parent().map(std::fs::read_dir);
        for item in folder.into_iter().flatten().flatten().flatten() {
            let found = item.file_name().to_string_lossy().into_owned();
            let middle = found.strip_prefix(&begin);
            let middle = middle.and_then(|it| it.strip_suffix(".tmp"));
            if middle.is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit())) {
                // Whoever cannot take it away cannot write there either, and hears of that.
                let _ = std::fs::remove_file(item.path());
            }
        }
    }

    /// Whether there is something.
    pub(super) fn is_there(&self) -> bool {
        self.path.exists()
    }

    /// Where it is, behind links.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Puts the result in the place of what was there in one go, so that nobody
    /// ever sees half of it. Something that is no file, such as `/dev/null`, is
    /// written to as it is.
    pub(super) fn write(&self, text: &str) -> Result<(), Stop> {
        self.replace(text.as_bytes())
            .map_err(|error| self.failed(&error))
    }

    fn replace(&self, bytes: &[u8]) -> io::Result<()> {
        if self.is_special() {
            return std::fs::OpenOptions::new()
                .write(true)
                .open(&self.path)?
                .write_all(bytes);
        }
        let beside = self.beside()?;
        let written = whole(&beside, bytes)
            .and_then(|()| self.keep_permissions(&beside))
            .and_then(|()| std::fs::rename(&beside, &self.path));
        if written.is_err() {
            // What is left over is of no use; that it could not be written is what counts.
            let _ = std::fs::remove_file(&beside);
        }
        written
    }

    /// Who may read the old file may read the new one, and nobody else.
    fn keep_permissions(&self, beside: &Path) -> io::Result<()> {
        match std::fs::metadata(&self.path) {
            Ok(old) => std::fs::set_permissions(beside, old.permissions()),
            Err(_) => Ok(()),
        }
    }

    /// A device or a pipe. A folder is none: putting a file in its place fails.
    fn is_special(&self) -> bool {
        std::fs::metadata(&self.path).is_ok_and(|it| !it.is_file() && !it.is_dir())
    }

    fn beside(&self) -> io::Result<PathBuf> {
        if self.path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let name = self
            .path
            .file_name()
            .ok_or_else(|| io::Error::other("the path names no file"))?;
        Ok(self.path.with_file_name(format!(
            ".{}.{}.tmp",
            name.to_string_lossy(),
            std::process::id()
        )))
    }

    pub(super) fn failed(&self, error: &io::Error) -> Stop {
        unwritten(&format!("to {}", self.shown.display()), error)
    }

    /// The place, as it was given.
    pub(super) fn shown(&self) -> std::path::Display<'_> {
        self.shown.display()
    }
}

/// Puts a text in the place of whatever file was there, whole or not at all.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let (shown, path) = (path.to_owned(), path.to_owned());
    Target { shown, path }.replace(text.as_bytes())
}

/// Writes a new file, down to the disk: some disks say only then that they are full.
fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Adds to a file that others add to as well.
pub(super) fn append(path: &Path, text: &str) -> Result<(), Stop> {
    std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .and_then(|mut it| it.write_all(text.as_bytes()))
        .map_err(|error| unwritten(&format!("to {}", path.display()), &error))
}

/// A result that could not be written, where and why.
pub(super) fn unwritten(place: &str, error: &io::Error) -> Stop {
    Stop {
        exit: Exit::Unwritten,
        message: format!("the result cannot be written {place}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(path: &Path) -> Result<Target, Stop> {
        Target::new(path, &[])
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("result.json");
        target(&path).unwrap().write("one").unwrap();
        target(&path).unwrap().write("two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_place_that_cannot_take_a_file_is_said_before_the_work() {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            folder.path().join("no/such/folder.json"),
            folder.path().into(),
        ] {
            let stop = target(&path).unwrap_err();
            assert_eq!(stop.exit, Exit::Unwritten);
            assert!(
                stop.message.contains(&path.display().to_string()),
                "{}",
                stop.message
            );
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        let no = folder.path().join("no");
        let stop = target(&no.join("result.json")).unwrap_err();
        let help = format!("there is no folder {}: make it first", no.display());
        assert!(stop.message.ends_with(&help), "{}", stop.message);
    }

    #[test]
    fn what_is_read_is_never_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("settings.toml");
        let piece = folder.path().join("piece.yaml");
        std::fs::write(&input, "seed = 1\n").unwrap();
        std::fs::write(&piece, "scenario: v1\nfleet: {}\n").unwrap();
        let roundabout = folder.path().join(".").join("settings.toml");
        let stop = Target::new(&roundabout, std::slice::from_ref(&input)).unwrap_err();
        assert_eq!(stop.exit, Exit::Usage);
        assert_eq!(target(&piece).unwrap_err().exit, Exit::Usage);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_permissions_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real.json"), folder.path().join("link"));
        std::fs::write(&real, "old").unwrap();
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&real, &link).unwrap();
        target(&link).unwrap().write("new").unwrap();
        assert_eq!(std::fs::read(&real).unwrap(), b"new");
        assert!(link.is_symlink());
        let mode = std::fs::metadata(&real).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_said_with_its_place() {
        let stop = target(Path::new("/dev/full"))
            .unwrap()
            .write("x")
            .unwrap_err();
        assert_eq!(stop.exit, Exit::Unwritten);
        assert!(stop.message.contains("/dev/full"), "{}", stop.message);
    }
}
