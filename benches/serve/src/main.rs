//! `lifeboat serve` beside a bare axum handler that answers a fixed body of the same
//! size: each in a process of its own, on one thread, asked in turn by `wrk`.

mod side;
mod wrk;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use side::Side;
use wrk::{Load, Round};

/// Why nothing is measured.
type Error = Box<dyn std::error::Error>;

const USAGE: &str = "\
lifeboat serve beside a bare axum handler, under the load of wrk.

Usage: serve [OPTIONS]

  --rounds N    rounds of each side, in turn [7]
  --seconds S   how long a round is [2]
  --wrk CMD     the load generator [wrk]
";

/// What is asked for: what the table calls it, the target, how many connections at once.
const CASES: [(&str, &str, u32); 4] = [
    ("one connector", CONNECTOR, 16),
    ("ten connectors", CONNECTORS, 16),
    ("ten orgs", ORGS, 16),
    ("one connector, 1,000 connections", CONNECTOR, 1_000),
];

macro_rules! subscription {
    ($rest:literal) => {
        concat!("/subscriptions/00000000-0000-4000-8000-000000000000", $rest)
    };
}

const CONNECTORS: &str = subscription!(
    "/providers/Microsoft.Security/securityConnectors?api-version=2024-08-01-preview"
);
const CONNECTOR: &str = subscription!(
    "/resourceGroups/lifeboat/providers/Microsoft.Security/securityConnectors/c0007\
     ?api-version=2024-08-01-preview"
);
const ORGS: &str = subscription!(
    "/resourceGroups/lifeboat/providers/Microsoft.Security/securityConnectors/c0007\
     /devops/default/azureDevOpsOrgs?api-version=2025-03-01"
);

struct Plan {
    rounds: usize,
    load: Load,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Result<(), Error> {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match *args {
        // A side that this program started.
        ["lifeboat", connectors] => return side::lifeboat(connectors.parse()?),
        ["bare", bytes] => return side::bare(bytes.parse()?),
        ["--help" | "-h"] => {
            print!("{USAGE}");
            return Ok(());
        }
        _ => {}
    }
    let plan = plan(&args)?;
    println!(
        "{} rounds of {} s each, in turn; medians\n\n\
         {:34}{:>12}{:>12}{:>8}{:>10}{:>10}{:>8}",
        plan.rounds,
        plan.load.seconds,
        "",
        "lifeboat/s",
        "bare/s",
        "ratio",
        "p99 ms",
        "bare",
        "errors"
    );
    for (name, target, connections) in CASES {
        println!("{name:34}{}", case(&plan, target, connections)?);
    }
    let (pages, took) = pages()?;
    let millis = took.as_secs_f64() * 1_000.0;
    println!("\n1,000 connectors, in {pages} pages one after another: {millis:.1} ms");
    Ok(())
}

fn plan(args: &[&str]) -> Result<Plan, Error> {
    let mut plan = Plan {
        rounds: 7,
        load: Load {
            wrk: "wrk".to_owned(),
            seconds: 2,
        },
    };
    for pair in args.chunks(2) {
        match *pair {
            ["--rounds", it] => plan.rounds = it.parse()?,
            ["--seconds", it] => plan.load.seconds = it.parse()?,
            ["--wrk", it] => it.clone_into(&mut plan.load.wrk),
            _ => return Err(format!("{pair:?} is not understood\n\n{USAGE}").into()),
        }
    }
    if plan.rounds == 0 || plan.load.seconds == 0 {
        return Err("`--rounds` and `--seconds` are 1 or more".into());
    }
    Ok(plan)
}

/// Both sides in turn, one round that warms up before: a line of the table.
fn case(plan: &Plan, target: &str, connections: u32) -> Result<String, Error> {
    let lifeboat = Side::start(&["lifeboat", "10"])?;
    let bytes = lifeboat.body(target)?.len();
    let bare = Side::start(&["bare", &bytes.to_string()])?;
    let mut rounds: [Vec<Round>; 2] = Default::default();
    for number in 0..=plan.rounds {
        for (side, rounds) in [&lifeboat, &bare].into_iter().zip(&mut rounds) {
            let url = format!("{}{target}", side.origin);
            let round = plan.load.round(&url, connections)?;
            if number > 0 {
                rounds.push(round);
            }
        }
    }
    let [ours, theirs] = &rounds;
    let median = |of: &[Round], what: fn(&Round) -> f64| median(of.iter().map(what).collect());
    let rates = [ours, theirs].map(|it| median(it, |it| it.rate));
    let p99 = [ours, theirs].map(|it| median(it, |it| it.p99_ms));
    let errors: u64 = ours.iter().map(|it| it.errors).sum();
    Ok(format!(
        "{:>12.0}{:>12.0}{:>7.2}×{:>10.2}{:>10.2}{errors:>8}",
        rates[0],
        rates[1],
        rates[1] / rates[0],
        p99[0],
        p99[1],
    ))
}

/// The one in the middle, or the mean of the two.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values[middle]
    } else {
        f64::midpoint(values[middle - 1], values[middle])
    }
}

/// Reads a list of a thousand from its first page to its last, five times: how many
/// pages, and the time in the middle.
fn pages() -> Result<(usize, Duration), Error> {
    let side = Side::start(&["lifeboat", "1000"])?;
    let agent = ureq::Agent::new_with_defaults();
    let mut times = Vec::new();
    let mut pages = 0;
    for _ in 0..5 {
        let began = Instant::now();
        let mut next = Some(format!("{}{CONNECTORS}", side.origin));
        pages = 0;
        while let Some(url) = next {
            let body = agent.get(&url).call()?.body_mut().read_to_string()?;
            let page: serde_json::Value = serde_json::from_str(&body)?;
            next = page["nextLink"].as_str().map(str::to_owned);
            pages += 1;
        }
        times.push(began.elapsed());
    }
    times.sort();
    Ok((pages, times[times.len() / 2]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_in_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert!(plan(&["--rounds", "3", "--wrk", "x"]).is_ok());
        for wrong in [&["--rounds"][..], &["--rounds", "0"], &["--what", "1"]] {
            assert!(plan(wrong).is_err(), "{wrong:?}");
        }
    }
}
