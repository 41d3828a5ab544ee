//! Samples the reference drill with uncertain times in lifeboat and in SimPy, in turn, checks that
//! both come to the same percentiles, and prints a table.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::Duration;

use lifeboat_peers::odds::{FLEET, Sampling, disagreements, lifeboat, scenario, simpy};

const USAGE: &str = "\
The odds of the reference drill, sampled side by side.

Usage: odds [OPTIONS]

  --rounds N       rounds of each, after one that warms up [5]
  --runs N         runs of lifeboat's in a round [20000]
  --seconds S      how long SimPy runs in a round [5]
  --python CMD     the Python interpreter [python3]
";

struct Plan {
    rounds: u64,
    runs: u64,
    budget: Duration,
    python: String,
}

fn main() -> ExitCode {
    let plan = match plan(std::env::args().skip(1)) {
        Ok(plan) => plan,
        Err(what) => {
            eprint!("{what}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match rounds(&plan) {
        Ok(rounds) => {
            print(&rounds);
            ExitCode::SUCCESS
        }
        Err(what) => {
            eprintln!("{what}");
            ExitCode::FAILURE
        }
    }
}

fn plan(mut args: impl Iterator<Item = String>) -> Result<Plan, String> {
    let mut plan = Plan {
        rounds: 5,
        runs: 20_000,
        budget: Duration::from_secs(5),
        python: "python3".to_owned(),
    };
    while let Some(name) = args.next() {
        let value = args.next().ok_or(format!("`{name}` needs a value"))?;
        let wrong = || format!("`{name}` cannot be `{value}`");
        let number = || value.parse().ok().filter(|it| *it > 0).ok_or_else(wrong);
        match name.as_str() {
            "--rounds" => plan.rounds = number()?,
            "--runs" => plan.runs = number()?,
            "--seconds" => plan.budget = Duration::from_secs(number()?),
            "--python" => plan.python = value,
            _ => return Err(format!("unknown option `{name}`")),
        }
    }
    Ok(plan)
}

/// By round: lifeboat on one and on two threads, SimPy on one process and on two.
fn rounds(plan: &Plan) -> Result<Vec<[Sampling; 4]>, String> {
    let scenario = scenario(FLEET);
    let jobs = |count| NonZeroUsize::new(count).expect("at least one");
    let other = |seed, count| {
        simpy(&plan.python, FLEET, seed, plan.budget, count).map_err(|it| it.to_string())
    };
    let mut rounds = Vec::new();
    for round in 0..=plan.rounds {
        let each = [
            lifeboat(&scenario, round, plan.runs, jobs(1)),
            lifeboat(&scenario, round, plan.runs, jobs(2)),
            other(round, 1)?,
            other(round, 2)?,
        ];
        if each[0].spreads != each[1].spreads {
            return Err("one thread and two came to different results".to_owned());
        }
        let wrong = disagreements(&each[1], &each[3]);
        if !wrong.is_empty() {
            return Err(format!("the two disagree:\n{}", wrong.join("\n")));
        }
        if round > 0 {
            rounds.push(each);
        }
    }
    Ok(rounds)
}

fn print(rounds: &[[Sampling; 4]]) {
    let of = |at: usize, than: usize| {
        median(
            rounds
                .iter()
                .map(|it| it[at].rate() / it[than].rate())
                .collect(),
        )
    };
    println!("{:44}  {:>8}  {:>9}", "", "runs/s", "ratio");
    for (at, first) in rounds[0].iter().enumerate() {
        let rate = median(rounds.iter().map(|it| it[at].rate()).collect());
        println!("{:44}  {rate:>8.0}  {:>8.2}×", first.name, of(at, 2));
    }
    println!("\ntwo threads against one: {:.2}×", of(1, 0));
    println!("both on two: {:.1}×", of(1, 3));
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values[middle]
    } else {
        0.5 * (values[middle - 1] + values[middle])
    }
}
