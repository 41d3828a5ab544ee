//! Runs the reference drill in every peer, in turn, and prints a table.

use std::process::ExitCode;
use std::str::FromStr;
use std::time::Duration;

use lifeboat_peers::fleet::FLEET_S;
use lifeboat_peers::rounds::{self, Plan};
use lifeboat_peers::{by_hand, fleet::Fleet, table};

const USAGE: &str = "\
The reference drill in several simulators, side by side.

Usage: peers [OPTIONS]

  --rounds N       rounds of each peer, after one that warms up [5]
  --seconds S      how long each peer drills in a round [1]
  --connectors N   connectors of the fleet [10]
  --orgs N         orgs of each connector [10]
  --alerts N       alerts of each org [50]
  --python CMD     the Python interpreter [python3]
";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1).peekable();
    if args
        .peek()
        .is_some_and(|arg| arg == "--help" || arg == "-h")
    {
        print!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let plan = match plan(args) {
        Ok(plan) => plan,
        Err(what) => {
            eprint!("{what}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match rounds::run(&plan) {
        Ok(lines) => {
            let size = plan.size;
            let expected = by_hand::summary(&Fleet::drawn(size));
            println!(
                "{} connectors × {} orgs × {} alerts; {} × {:?} each; all finished at {} ms, \
                 the last record recreated at {} ms\n",
                size.connectors,
                size.orgs,
                size.alerts,
                plan.rounds,
                plan.budget,
                expected.finished_ms,
                expected.recreated_ms,
            );
            print!("{}", table::render(&lines));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn plan(mut args: impl Iterator<Item = String>) -> Result<Plan, String> {
    let mut plan = Plan {
        size: FLEET_S,
        rounds: 5,
        budget: Duration::from_secs(1),
        python: "python3".to_owned(),
    };
    while let Some(name) = args.next() {
        let mut value = || args.next().ok_or(format!("`{name}` needs a value"));
        match name.as_str() {
            "--rounds" => plan.rounds = at_least_one(&name, &value()?)?,
            "--seconds" => {
                let seconds = parsed(&name, &value()?)?;
                plan.budget = Duration::try_from_secs_f64(seconds)
                    .map_err(|error| format!("`{name}`: {error}"))?;
            }
            "--connectors" => plan.size.connectors = at_least_one(&name, &value()?)?,
            "--orgs" => plan.size.orgs = at_least_one(&name, &value()?)?,
            "--alerts" => plan.size.alerts = parsed(&name, &value()?)?,
            "--python" => plan.python = value()?,
            _ => return Err(format!("unknown option `{name}`")),
        }
    }
    Ok(plan)
}

fn parsed<T: FromStr>(name: &str, value: &str) -> Result<T, String> {
    value
        .parse()
        .map_err(|_| format!("`{name}` cannot be `{value}`"))
}

fn at_least_one(name: &str, value: &str) -> Result<usize, String> {
    match parsed(name, value)? {
        0 => Err(format!("`{name}` cannot be 0")),
        number => Ok(number),
    }
}
