//! The file of a part: a record a line, each behind a checksum that goes on from the
//! one before, so that a damaged file says at which line it is damaged, and one that
//! was cut off that it was.

mod lines;
mod read;
mod write;

pub use read::{apart, read};
pub use write::to_text;

/// The version of the file's format.
const FORMAT: u32 = 1;

/// How long a checksum is, in hexadecimal digits.
const DIGITS: usize = 16;
