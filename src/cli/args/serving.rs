//! What `serve` takes.

use std::path::PathBuf;

/// `serve`
#[derive(clap::Args, Debug)]
pub(in crate::cli) struct Serve {
    /// The scenario file.
    #[arg(value_name = "SCENARIO")]
    pub(in crate::cli) path: PathBuf,
    /// Start this program, and end when it does; without it, Ctrl-C or a POST to
    /// /lifeboat/end ends the serving. The shell reads it.
    #[arg(long, value_name = "CMD")]
    pub(in crate::cli) exec: Option<String>,
    /// What moves the clock: `polled`, `manual`, or `real:N`, N times real time, which
    /// alone cannot be repeated.
    #[cfg(feature = "serve")]
    #[arg(long, value_name = "MODE", default_value = "polled", value_parser = clock)]
    pub(in crate::cli) clock: crate::serve::Mode,
    /// How long whoever reads the same thing twice has waited in between, where the
    /// clock is polled.
    #[arg(long, value_name = "DURATION", default_value = "15m", value_parser = super::duration)]
    pub(in crate::cli) poll_every: crate::time::Duration,
    /// How long an operation takes that is answered with a promise (assumed).
    #[arg(long, value_name = "DURATION", default_value = "30s", value_parser = super::duration)]
    pub(in crate::cli) operation_time: crate::time::Duration,
    /// Tell waits in whole seconds of Retry-After alone, for clients that read no
    /// milliseconds.
    #[arg(long)]
    pub(in crate::cli) whole_seconds: bool,
    /// The address to listen at; others than this machine's own are warned of.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(in crate::cli) bind: std::net::IpAddr,
    /// The port to listen at; 0 is any that is free.
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub(in crate::cli) port: u16,
    /// Speak HTTPS, with a certificate made for this run.
    #[arg(long)]
    pub(in crate::cli) tls: bool,
    /// Write the certificate into this folder instead of one of its own.
    #[arg(long, value_name = "FOLDER", requires = "tls")]
    pub(in crate::cli) tls_dir: Option<PathBuf>,
    /// Write the result to this file: whole, or not at all, and never over a scenario.
    #[arg(long, short, env = "LIFEBOAT_OUTPUT", value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Everything about the run, not only what does not pass.
    #[arg(long)]
    pub(in crate::cli) full: bool,
    /// List every assumption that the scenario rests on.
    #[arg(long)]
    pub(in crate::cli) assumptions: bool,
}

#[cfg(feature = "serve")]
fn clock(text: &str) -> Result<crate::serve::Mode, String> {
    use crate::serve::Mode;
    let says = "the clock is polled, manual, or real:N with N from 1 to 1000000";
    match text {
        "polled" => Ok(Mode::Polled),
        "manual" => Ok(Mode::Manual),
        _ => {
            let pace = text.strip_prefix("real:").and_then(|it| it.parse().ok());
            let pace = pace.filter(|it| (1..=1_000_000).contains(it));
            pace.map(Mode::Real).ok_or_else(|| says.to_owned())
        }
    }
}
