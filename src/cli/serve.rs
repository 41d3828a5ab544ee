//! `serve`: the control plane over HTTP, until a program or a person has recovered.

use super::args;
use super::output::Target;
use super::run::tell;
use super::settings::Settings;
use super::terminal::Terminal;
use super::{Ended, Stop, sweep};
use crate::cloud::{Cloud, Options};
use crate::drill::{Drill, Outcome, Record};
use crate::report::human::Face;
use crate::report::{self, Broken, Entry, Exit, Ran, seed_text};
use crate::scenario::Scenario;
use crate::serve::{Bound, Clock, Desk, Identity, Mode, Server};
use std::fmt::Display;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use tokio::process::{Child, Command};

/// How a serving ended.
enum Parting {
    /// Somebody said so, or interrupted it: without a program, the usual end.
    Said,
    /// The program ended.
    Program(ExitStatus),
    /// Somebody interrupted it while the program was running.
    Interrupted,
}

pub(super) fn serve(verb: &args::Serve, settings: &Settings, terminal: &Terminal) -> Ended {
    let inputs: Vec<PathBuf> = std::iter::once(&verb.path)
        .chain(&settings.file)
        .cloned()
        .collect();
    let to = verb.output.as_deref().or(settings.output.as_deref());
    let to = to.map(|it| Target::new(it, &inputs)).transpose()?;
    let scenario = sweep::scenario(&verb.path, settings, terminal)?;
    if !verb.bind.is_loopback() {
        terminal.warn(&format!(
            "{} can be reached from other machines, and nothing is guarded: \
             whoever reaches it can end this run",
            verb.bind
        ));
    }
    let (outcome, strikes, parting) = conduct(verb, &scenario, terminal)?;
    let mut exit = Exit::Success;
    match &parting {
        Parting::Said => {}
        Parting::Program(status) if status.success() => {}
        Parting::Program(status) => {
            terminal.warn(&format!(
                "the program failed ({status}): judged all the same"
            ));
            exit = Exit::Failure;
        }
        Parting::Interrupted => {
            terminal.note("interrupted: the program was ended, and the rest went on without it");
            exit = Exit::Interrupted;
        }
    }
    let again = again(verb, &scenario);
    let entry = entry(scenario, outcome, strikes, again);
    let exit = exit.worse(entry.exit());
    let face = Face {
        style: terminal.style(to.is_some()),
        full: verb.full || settings.full,
        assumptions: verb.assumptions,
    };
    tell(
        &[entry],
        settings.format,
        face,
        true,
        exit,
        to.as_ref(),
        terminal,
    )?;
    Ok(exit)
}

/// Serves until the end, and judges.
fn conduct(
    verb: &args::Serve,
    scenario: &Scenario,
    terminal: &Terminal,
) -> Result<(Outcome, Vec<u32>, Parting), Stop> {
    let failed = |what: &str, error: &std::io::Error| Stop {
        exit: Exit::Unwritten,
        message: format!("{what}: {error}"),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| failed("the server cannot be started", &error))?;
    let identity = verb.tls.then(|| Identity::make(verb.bind)).transpose();
    let identity = identity.map_err(|error| failed("no certificate can be made", &error))?;
    let mut temporary = None;
    let certificate = match &identity {
        Some(identity) => {
            let folder = match &verb.tls_dir {
                Some(folder) => folder.clone(),
                None => temporary
                    .insert(
                        tempfile::tempdir()
                            .map_err(|error| failed("a folder for the certificate", &error))?,
                    )
                    .path()
                    .to_owned(),
            };
            let path = folder.join("lifeboat-serve.pem");
            std::fs::create_dir_all(&folder)
                .and_then(|()| std::fs::write(&path, &identity.certificate_pem))
                .map_err(|error| failed(&path.display().to_string(), &error))?;
            Some(path)
        }
        None => None,
    };
    let drill = Drill::new(&scenario.plan).by_hand();
    let strikes = drill.schedule().strikes.clone();
    let most = u32::try_from(report::FACTS_MAX).unwrap_or(u32::MAX);
    let options = Options {
        operation_time: verb.operation_time,
    };
    let cloud = Cloud::new(&drill, Record::AtMost(most), options);
    let mut clock = Clock::new(verb.clock);
    clock.poll_every = verb.poll_every;
    clock.whole_seconds = verb.whole_seconds;
    let mut desk = Desk::new(cloud, clock);
    let parting = runtime.block_on(async {
        let address = SocketAddr::new(verb.bind, verb.port);
        let server = Server::bind(address, identity)
            .await
            .map_err(|error| failed(&format!("{address} cannot be listened at"), &error))?;
        let bound = server.bound().clone();
        announce(scenario, &bound, certificate.as_deref(), terminal);
        let child = match &verb.exec {
            Some(text) => Some(start(text, &bound, certificate.as_deref(), &desk)?),
            None => None,
        };
        let parting = server.serve(&mut desk, until(child)).await;
        Ok::<_, Stop>(parting.unwrap_or(Parting::Said))
    })?;
    // Tasks that still talk to somebody end here.
    runtime.shutdown_background();
    drop(temporary);
    Ok((desk.finish(), strikes, parting))
}

fn announce(
    scenario: &Scenario,
    bound: &Bound,
    certificate: Option<&std::path::Path>,
    terminal: &Terminal,
) {
    let seed = seed_text(scenario.plan.seed);
    terminal.note(&format!(
        "lifeboat {}: seed {seed}, serving {}",
        env!("CARGO_PKG_VERSION"),
        bound.origin
    ));
    if let Some(path) = certificate {
        terminal.note(&format!("certificate: {}", path.display()));
    }
}

/// Until the program ends, or somebody interrupts.
async fn until(child: Option<Child>) -> Parting {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Nothing can be heard: then only a client, or the program, ends it.
            std::future::pending::<()>().await;
        }
    };
    let Some(mut child) = child else {
        interrupted.await;
        return Parting::Said;
    };
    tokio::select! {
        status = child.wait() => match status {
            Ok(status) => Parting::Program(status),
            Err(_) => Parting::Said,
        },
        () = interrupted => {
            let _ = child.kill().await;
            Parting::Interrupted
        }
    }
}

/// Starts the program, with what it needs to find the server.
fn start(
    text: &str,
    bound: &Bound,
    certificate: Option<&std::path::Path>,
    desk: &Desk<'_>,
) -> Result<Child, Stop> {
    let (shell, flag) = if cfg!(windows) {
        ("cmd", "/C")
    } else {
        ("sh", "-c")
    };
    let first = desk.cloud().ids().first();
    let of = |pick: fn(&crate::cloud::ResourceId) -> &str| first.map_or("", pick).to_owned();
    let mut command = Command::new(shell);
    command
        .arg(flag)
        .arg(text)
        .env("LIFEBOAT_ENDPOINT", &bound.origin)
        .env("LIFEBOAT_SUBSCRIPTION", of(|it| &it.subscription))
        .env("LIFEBOAT_RESOURCE_GROUP", of(|it| &it.group))
        .env(
            "IDENTITY_ENDPOINT",
            format!("{}/metadata/identity/oauth2/token", bound.origin),
        )
        .env("IDENTITY_HEADER", "lifeboat")
        // What the program prints is no part of the result.
        .stdout(Stdio::from(std::io::stderr()))
        .kill_on_drop(true);
    if let Some(path) = certificate {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        for name in ["REQUESTS_CA_BUNDLE", "LIFEBOAT_CERTIFICATE"] {
            command.env(name, &path);
        }
    }
    command
        .spawn()
        .map_err(|error| Stop::usage(format!("--exec: {shell} cannot be started: {error}")))
}

fn entry(scenario: Scenario, outcome: Outcome, strikes: Vec<u32>, again: String) -> Entry {
    let (path, seed) = (scenario.path().to_owned(), scenario.plan.seed);
    match Ran::driven(scenario, outcome, strikes, again) {
        Ok(ran) => Entry::Ran(Box::new(ran)),
        Err(imbalance) => Entry::Broken(Broken {
            path,
            seed: Some(seed),
            exit: Exit::Internal,
            message: imbalance.to_string(),
        }),
    }
}

/// What does this again, with whatever was asked for that is not usual: the same
/// requests do.
fn again(verb: &args::Serve, scenario: &Scenario) -> String {
    let mut words = vec![
        "lifeboat serve".to_owned(),
        report::shell_word(scenario.path()),
        format!("--seed {}", seed_text(scenario.plan.seed)),
    ];
    let usual = Clock::new(Mode::default());
    let mut told = |unusual: bool, name: &str, value: &dyn Display| {
        if unusual {
            words.push(format!("{name} {}", report::shell_word(&value.to_string())));
        }
    };
    told(verb.clock != usual.mode, "--clock", &verb.clock);
    told(
        verb.poll_every != usual.poll_every,
        "--poll-every",
        &verb.poll_every,
    );
    let takes = verb.operation_time;
    told(
        takes != Options::default().operation_time,
        "--operation-time",
        &takes,
    );
    told(verb.bind != Ipv4Addr::LOCALHOST, "--bind", &verb.bind);
    told(verb.port != 0, "--port", &verb.port);
    let switches = [(verb.whole_seconds, "--whole-seconds"), (verb.tls, "--tls")];
    let on = switches.into_iter().filter(|it| it.0);
    words.extend(on.map(|it| it.1.to_owned()));
    if let Some(folder) = &verb.tls_dir {
        let folder = report::shell_word(&folder.to_string_lossy());
        words.push(format!("--tls-dir {folder}"));
    }
    if let Some(text) = &verb.exec {
        words.push(format!("--exec {}", report::shell_word(text)));
    }
    words.join(" ")
}
