//! Reading files.

use std::fs;
use std::path::PathBuf;

use super::*;

/// A file of its own for one test, gone afterwards.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("lifeboat-{}-{name}", std::process::id()));
        fs::write(&path, bytes).expect("a temporary file");
        Self(path)
    }

    fn read(&self, limits: &Limits) -> Result<Source, &'static str> {
        Source::read(&self.0, limits).map_err(|diagnostic| diagnostic.code())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn a_file_is_read_without_its_byte_order_mark() {
    let file = Scratch::new("bom.yaml", "\u{feff}a: 1\r\n".as_bytes());
    assert_eq!(
        file.read(&Limits::default()).expect("a source").text(),
        "a: 1\r\n"
    );
}

#[test]
fn what_is_not_a_file_says_so() {
    let read = |path: PathBuf| Source::read(path, &Limits::default()).map_err(|one| one.code());
    assert_eq!(
        read(std::env::temp_dir().join("lifeboat-nowhere.yaml")),
        Err("LB0001")
    );
    assert_eq!(read(std::env::temp_dir()), Err("LB0002"));
}

#[test]
fn a_large_file_is_refused_at_the_limit_and_not_before() {
    let limits = Limits {
        file_bytes: 6,
        ..Limits::default()
    };
    assert!(Scratch::new("fits.yaml", b"a: 123").read(&limits).is_ok());
    assert_eq!(
        Scratch::new("large.yaml", b"a: 1234").read(&limits),
        Err("LB0004")
    );
    let bytes = Source::from_bytes("-", b"a: 1234".to_vec(), &limits).map_err(|one| one.code());
    assert_eq!(bytes, Err("LB0004"));
}

/// It claims to be empty, and never ends: only a bounded read comes back from it.
#[cfg(target_os = "linux")]
#[test]
fn an_endless_file_is_refused() {
    let read = Source::read("/dev/zero", &Limits::default()).map_err(|one| one.code());
    assert_eq!(read, Err("LB0004"));
}

#[test]
fn a_byte_that_is_not_utf8_is_shown_where_it_is() {
    let found = Source::from_bytes(
        "x.yaml",
        b"a: 1\nb: \xc3\xa9\xff\n".to_vec(),
        &Limits::default(),
    );
    let found = found.expect_err("not UTF-8");
    let record = found.record();
    assert_eq!((record.code, record.line, record.column), ("LB0005", 2, 5));
    assert_eq!(
        record.message,
        "`x.yaml` is not UTF-8 text: byte 10 is 0xff"
    );
}

#[test]
fn positions_count_characters() {
    let source = Source::new("x", "é: ß\r\nb: 日本\n");
    assert_eq!(source.position(0), Position { line: 1, column: 1 });
    assert_eq!(
        source.position("é: ".len()),
        Position { line: 1, column: 4 }
    );
    assert_eq!(
        source.position("é: ß\r\nb: 日".len()),
        Position { line: 2, column: 5 }
    );
    assert_eq!(source.position(usize::MAX), Position { line: 3, column: 1 });
    assert_eq!(
        source.slice(Span::new(1, 1)),
        "",
        "a span inside a character has no text"
    );
}
