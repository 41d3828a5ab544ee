//! Writing a result: to standard output, or to a file whole or not at all.

use std::io::{self, Write};
use std::path::Path;

/// Writes a result.
pub(super) fn write(text: &str, to: Option<&Path>) -> io::Result<()> {
    match to {
        None => {
            let mut out = anstream::AutoStream::always(io::stdout().lock());
            out.write_all(text.as_bytes())?;
            out.flush()
        }
        Some(path) => replace(path, text.as_bytes()),
    }
}

/// Puts a file in the place of another in one go, so that nobody ever sees half of
/// it. Something that is no file, such as `/dev/null`, is written to as it is.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if std::fs::metadata(path).is_ok_and(|it| !it.is_file()) {
        return std::fs::write(path, bytes);
    }
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::other("the path names no file"))?;
    let beside = path.with_file_name(format!(
        ".{}.{}.tmp",
        name.to_string_lossy(),
        std::process::id()
    ));
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        // What is left over is of no use; that it could not be written is what counts.
        let _ = std::fs::remove_file(&beside);
    }
    written
}

/// Adds to a file that others add to as well.
pub(super) fn append(path: &Path, text: &str) -> io::Result<()> {
    std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)?
        .write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("result.json");
        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(replace(&folder.path().join("no/such/folder.json"), b"x").is_err());
        assert!(replace(folder.path(), b"x").is_err());
    }
}
