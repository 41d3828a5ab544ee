//! The load generator, and what it prints.

use std::io;
use std::process::Command;

use crate::Error;

/// What is to be had where there is none.
const MISSING: &str = "`wrk` is not there: it makes the load. Install it (`apt-get install wrk`, \
                       `brew install wrk`, or from https://github.com/wg/wrk), or name one with `--wrk`.";

/// What one round came to.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Round {
    /// Answers in a second.
    pub(crate) rate: f64,
    /// What 99 of 100 answers took at most, in milliseconds.
    pub(crate) p99_ms: f64,
    /// Sockets that failed, and answers that are not 2xx.
    pub(crate) errors: u64,
}

/// The load that a round makes.
#[derive(Clone, Debug)]
pub(crate) struct Load {
    /// The program.
    pub(crate) wrk: String,
    /// How long it asks.
    pub(crate) seconds: u32,
}

impl Load {
    /// Asks one address for the round's time, over so many connections at once.
    pub(crate) fn round(&self, url: &str, connections: u32) -> Result<Round, Error> {
        let asked = Command::new(&self.wrk)
            .args(["--latency", "-t", "1", "-c", &connections.to_string()])
            .args(["-d", &format!("{}s", self.seconds), "--timeout", "10s", url])
            .output();
        let told = asked.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Error::from(MISSING),
            _ => error.into(),
        })?;
        let text = String::from_utf8_lossy(&told.stdout);
        read(&text).ok_or_else(|| {
            let errors = String::from_utf8_lossy(&told.stderr);
            format!("`{}` says nothing of a round: {text}{errors}", self.wrk).into()
        })
    }
}

/// Reads what `wrk --latency` prints.
fn read(text: &str) -> Option<Round> {
    let line = |begins: &str| {
        let mut all = text.lines().map(str::trim);
        all.find_map(|it| it.strip_prefix(begins)).map(str::trim)
    };
    let sockets = line("Socket errors:").unwrap_or("");
    let sockets = sockets.split(|it: char| !it.is_ascii_digit());
    let sockets = sockets.filter_map(|it| it.parse::<u64>().ok()).sum::<u64>();
    let refused = line("Non-2xx or 3xx responses:").map_or(Some(0), |it| it.parse().ok())?;
    Some(Round {
        rate: line("Requests/sec:")?.parse().ok()?,
        p99_ms: millis(line("99%")?)?,
        errors: sockets + refused,
    })
}

/// A time as it is printed: `380.00us`, `1.20ms`, `2.00s`.
fn millis(text: &str) -> Option<f64> {
    let at = text.find(|it: char| it.is_alphabetic())?;
    let number: f64 = text[..at].parse().ok()?;
    match &text[at..] {
        "us" => Some(number / 1_000.0),
        "ms" => Some(number),
        "s" => Some(number * 1_000.0),
        "m" => Some(number * 60_000.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read() {
        let text = "
  Latency Distribution
     50%  410.00us
     99%    1.25ms
  10 requests in 1.00s, 4.00MB read
  Socket errors: connect 1, read 2, write 0, timeout 4
  Non-2xx or 3xx responses: 10
Requests/sec:  31234.50
Transfer/sec:     12.00MB
";
        let round = Round {
            rate: 31_234.5,
            p99_ms: 1.25,
            errors: 17,
        };
        assert_eq!(read(text), Some(round));
        let clean = text.replace("Socket errors", "-").replace("Non-2xx", "-");
        assert_eq!(read(&clean).map(|it| it.errors), Some(0));
        assert_eq!(read("unable to connect to 127.0.0.1"), None);
        let times = ["380.00us", "2.00s", "1.50m", "3.00h", ""].map(millis);
        assert_eq!(
            times,
            [Some(0.38), Some(2_000.0), Some(90_000.0), None, None]
        );
    }
}
