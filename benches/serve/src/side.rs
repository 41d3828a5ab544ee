//! What is measured: each side is a process of its own, on one thread.

use std::io::{self, BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::serve::ListenerExt;
use lifeboat::cloud::{Cloud, Options};
use lifeboat::drill::{Drill, Record};
use lifeboat::scenario::Reader;
use lifeboat::serve::{Clock, Desk, Mode, Server};
use lifeboat::time::Duration;
use tokio::net::TcpListener;

use crate::Error;

/// A server in a process of its own, until it is dropped.
#[derive(Debug)]
pub(crate) struct Side {
    child: Child,
    /// As in `http://127.0.0.1:8080`.
    pub(crate) origin: String,
}

impl Side {
    /// Starts this program again, as a server: `args` say which.
    pub(crate) fn start(args: &[&str]) -> Result<Self, Error> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let told = child.stdout.take().map(BufReader::new);
        let told = told.and_then(|it| it.lines().next()).transpose()?;
        let origin = told.ok_or("a server ended before it listened")?;
        Ok(Self { child, origin })
    }

    /// The body of an answer.
    pub(crate) fn body(&self, target: &str) -> Result<String, Error> {
        let mut answer = ureq::get(format!("{}{target}", self.origin)).call()?;
        Ok(answer.body_mut().read_to_string()?)
    }
}

impl Drop for Side {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}

fn tell(origin: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{origin}")?;
    out.flush()
}

const LOOPBACK: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);

/// `lifeboat serve` over a fleet where nothing is lost: so many connectors of ten orgs.
/// Whoever asks again moves the clock, as by default, but by a millisecond: the run does
/// not come to its end meanwhile.
pub(crate) fn lifeboat(connectors: usize) -> Result<(), Error> {
    let mut text = "scenario: v1\ntitle: A quiet fortnight\nfleet:\n  connectors:\n".to_owned();
    for at in 0..connectors {
        text += &format!("    c{at:04}: {{ region: westeurope, scm: azure-devops, orgs: 10 }}\n");
    }
    text += "timeline: []\n";
    let scenario = Reader::default().read_text("quiet.yaml", &text);
    let scenario = scenario.map_err(|_| "the scenario is not valid")?;
    let drill = Drill::new(&scenario.plan).by_hand();
    let cloud = Cloud::new(&drill, Record::Nothing, Options::default());
    let mut clock = Clock::new(Mode::Polled);
    clock.poll_every = Duration::from_millis(1);
    let mut desk = Desk::new(cloud, clock);
    runtime()?.block_on(async {
        let server = Server::bind(LOOPBACK, None).await?;
        tell(&server.bound().origin)?;
        let _: Option<()> = server.serve(&mut desk, std::future::pending()).await;
        Ok(())
    })
}

/// A bare handler of the same library, which answers a fixed body of so many bytes.
pub(crate) fn bare(bytes: usize) -> Result<(), Error> {
    let body = Bytes::from(vec![b'x'; bytes]);
    let handler = move || {
        let body = body.clone();
        async move {
            (
                [(header::CONTENT_TYPE, "application/json; charset=utf-8")],
                body,
            )
        }
    };
    runtime()?.block_on(async {
        let listener = TcpListener::bind(LOOPBACK).await?;
        tell(&format!("http://{}", listener.local_addr()?))?;
        let listener = listener.tap_io(|it| {
            let _ = it.set_nodelay(true);
        });
        axum::serve(listener, Router::new().fallback(handler)).await?;
        Ok(())
    })
}
