//! The command line, one file a verb.
//!
//! Results go to standard output, everything else to standard error. A setting
//! comes from its flag, else from the environment (`LIFEBOAT_SEED` and so on), else
//! from the `lifeboat.toml` found upwards from where one stands, else it has its
//! default. Every way to end has its own [exit code](crate::report::Exit).

mod args;
mod check;
mod checkpoint;
mod compare;
mod explain;
mod facts;
mod hunt;
mod import;
mod list;
mod merge;
mod new;
mod oracle;
mod output;
mod plan;
mod replay;
mod run;
mod sample;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod settings;
mod slack;
mod sweep;
mod terminal;
mod why;
mod words;

use crate::report::Exit;
use crate::scenario::syntax::Diagnostics;
use args::{Args, Verb};
use clap::Parser;
use settings::Settings;
use std::process::ExitCode;
use terminal::Terminal;

/// Runs the command of this process's arguments, and says how it ended.
#[must_use]
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are no errors; printing either may meet a closed pipe.
            let _ = error.print();
            let exit = if error.use_stderr() {
                Exit::Usage
            } else {
                Exit::Success
            };
            return ExitCode::from(exit.code());
        }
    };
    ExitCode::from(dispatch(args).code())
}

fn dispatch(args: Args) -> Exit {
    let settings = match Settings::gather(&args.common) {
        Ok(settings) => settings,
        Err(message) => {
            eprintln!("error: {message}");
            return Exit::Invalid;
        }
    };
    let terminal = Terminal::new(settings.color, settings.quiet);
    let ended = match args.verb {
        Verb::Run(verb) => run::run(&verb, &settings, &terminal),
        Verb::Hunt(verb) => hunt::hunt(&verb, &settings, &terminal),
        Verb::Replay(verb) => replay::replay(&verb, &settings, &terminal),
        Verb::Oracle(verb) => oracle::oracle(&verb, &settings, &terminal),
        Verb::Compare(verb) => compare::compare(&verb, &settings, &terminal),
        Verb::Plan(verb) => plan::plan(&verb, &settings, &terminal),
        Verb::Why(verb) => why::why(&verb, &settings, &terminal),
        Verb::Slack(verb) => slack::slack(&verb, &settings, &terminal),
        Verb::Sample(verb) => sample::sample(&verb, &settings, &terminal),
        Verb::Merge(verb) => merge::merge(&verb, &settings, &terminal),
        Verb::Import(verb) => import::import(&verb, &settings, &terminal),
        Verb::Check(verb) => check::check(&verb, &settings, &terminal),
        Verb::List(verb) => list::list(&verb, &settings, &terminal),
        Verb::New(verb) => new::new(&verb, &settings),
        Verb::Explain(verb) => explain::explain(&verb, &settings, &terminal),
        Verb::Schema(verb) => schema::schema(&verb, &settings),
        #[cfg(feature = "serve")]
        Verb::Serve(verb) => serve::serve(&verb, &settings, &terminal),
        #[cfg(not(feature = "serve"))]
        Verb::Serve(_) => Err(Stop::usage(WITHOUT_SERVE)),
    };
    ended.unwrap_or_else(|stop| stop.say(&terminal))
}

#[cfg(not(feature = "serve"))]
const WITHOUT_SERVE: &str = "this lifeboat was built without the server: \
    `cargo install lifeboat --features serve` builds one with it";

/// Why a verb could not go on.
#[derive(Debug)]
struct Stop {
    exit: Exit,
    message: String,
}

impl Stop {
    fn usage(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            message: message.into(),
        }
    }

    /// An input that is not what it should be: what is wrong with it is told at once,
    /// where it stands.
    fn invalid(found: &Diagnostics, terminal: &Terminal) -> Self {
        terminal.show_error(&found.render(terminal.error_style()));
        Self {
            exit: Exit::Invalid,
            message: String::new(),
        }
    }

    fn say(self, terminal: &Terminal) -> Exit {
        if !self.message.is_empty() {
            terminal.error(&self.message);
        }
        self.exit
    }
}

/// How a verb ends.
type Ended = Result<Exit, Stop>;
