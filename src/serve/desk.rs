//! The desk: one request after another, each with an answer.

use super::calls::{Api, Call, Kind, Path, Verb, route};
use super::clock::{Clock, Mode, question};
use super::errors::Fault;
use super::exchange::{Answer, Request};
use super::path;
use super::tickets::Paper;
use crate::cloud::{Cloud, ResourceId};
use crate::drill::Outcome;
use crate::model::ids::ConnectorIx;
use crate::time::{Duration, Instant};
use std::collections::BTreeMap;

/// The most that a body may have, in bytes.
pub(super) const BODY_MAX: usize = 256 * 1024;

/// The most things of a kind that clients may make.
pub(super) const MADE_MAX: usize = 10_000;

/// The most that clients may change in a run.
const WRITES_MAX: u64 = 1_000_000;

/// How many reads and writes a subscription has an hour; shown, not enforced.
const QUOTAS: [u64; 2] = [12_000, 1_200];

/// Answers requests over a simulated control plane.
#[derive(Debug)]
pub struct Desk<'d> {
    pub(super) cloud: Cloud<'d>,
    pub(super) clock: Clock,
    /// What clients wrote on tickets, in the order of opening.
    pub(super) papers: Vec<Paper>,
    /// What clients tagged connectors with.
    pub(super) tags: BTreeMap<ConnectorIx, BTreeMap<String, String>>,
    /// Whether somebody said that the run is to end.
    pub(super) ended: bool,
    /// How many requests there were.
    requests: u64,
    writes: u64,
    /// Reads and writes in an hour of the run.
    hour: (i64, [u64; 2]),
}

impl<'d> Desk<'d> {
    /// A desk over a control plane.
    #[must_use]
    pub fn new(cloud: Cloud<'d>, clock: Clock) -> Self {
        Self {
            cloud,
            clock,
            papers: Vec::new(),
            tags: BTreeMap::new(),
            ended: false,
            requests: 0,
            writes: 0,
            hour: (0, [0; 2]),
        }
    }

    /// Answers a request.
    pub fn answer(&mut self, request: &Request) -> Answer {
        self.requests += 1;
        let id = self.request_id();
        let answered = understand(request).map(|(call, path, verb)| {
            let mut answer = self.serve(&call, path, verb, &id);
            if path.api != Api::Own {
                self.count(verb, &mut answer);
            }
            answer
        });
        let mut answer = answered.unwrap_or_else(|fault| fault.answer(&id));
        self.clock.tell(&mut answer);
        answer
            .with("x-ms-request-id", id.clone())
            .with("x-ms-correlation-request-id", id)
    }

    fn serve(&mut self, call: &Call<'_>, path: &Path, verb: &Verb, id: &str) -> Answer {
        let question = question_of(call.request);
        let waited = match verb.kind {
            Kind::Look => self.clock.waited_until(&question),
            Kind::Fixed | Kind::Write => None,
        };
        // What is due at an instant goes before what is asked at it.
        let now = self.cloud.now();
        self.cloud.advance_to(waited.unwrap_or(now).max(now));
        let admitted = self.admits(path, verb);
        let answered = admitted.and_then(|()| (verb.handler)(self, call));
        let mut answer = answered.unwrap_or_else(|fault| fault.answer(id));
        let now = self.cloud.now();
        match verb.kind {
            Kind::Look => self.clock.answered(question, now, &mut answer),
            Kind::Write if answer.status < 300 => self.clock.changed(),
            _ => {}
        }
        answer
    }

    /// Whether the run is still on, and its clients have not overdone it.
    fn admits(&mut self, path: &Path, verb: &Verb) -> Result<(), Fault> {
        if verb.kind != Kind::Fixed && path.api != Api::Own && self.is_at_end() {
            let says = format!(
                "The drill ended at {}: nothing more happens. \
                 Give the scenario a later `until` if the recovery needs longer.",
                self.cloud.until()
            );
            return Err(Fault::arm(410, "RunEnded", says));
        }
        if verb.kind == Kind::Write {
            self.writes += 1;
            if self.writes > WRITES_MAX {
                let says = format!("A run takes {WRITES_MAX} changes, and these were they.");
                return Err(Fault::arm(409, "QuotaExceeded", says));
            }
        }
        Ok(())
    }

    /// Real time has passed since the start, in milliseconds: the clock follows, where
    /// it is to.
    pub fn real_time(&mut self, millis: u64) {
        if let Mode::Real(pace) = self.clock.mode {
            let passed = Duration::from_millis(millis.min(Duration::MAX.as_millis()));
            let to = Instant::ZERO.saturating_add(passed.saturating_mul(u64::from(pace)));
            self.cloud.advance_to(to);
        }
    }

    /// Whether somebody said that the run is to end.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.ended
    }

    /// Whether the clock stands at the end of the run.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        self.cloud.now() >= self.cloud.until()
    }

    /// The control plane.
    #[must_use]
    pub fn cloud(&self) -> &Cloud<'d> {
        &self.cloud
    }

    /// The rest of the run goes on to its end, and is judged.
    #[must_use]
    pub fn finish(self) -> Outcome {
        self.cloud.finish()
    }

    /// Numbers requests, in the shape that clients expect.
    fn request_id(&self) -> String {
        let seed = self.cloud.plan().seed;
        format!(
            "{:08x}-{:04x}-4000-8000-{:012x}",
            seed >> 32 & 0xffff_ffff,
            seed & 0xffff,
            self.requests
        )
    }

    fn count(&mut self, verb: &Verb, answer: &mut Answer) {
        let hour = self.cloud.now().as_millis().div_euclid(3_600_000);
        if self.hour.0 != hour {
            self.hour = (hour, [0; 2]);
        }
        let (at, name) = match verb.method {
            "GET" | "POST" => (0, "x-ms-ratelimit-remaining-subscription-reads"),
            _ => (1, "x-ms-ratelimit-remaining-subscription-writes"),
        };
        self.hour.1[at] += 1;
        let left = QUOTAS[at].saturating_sub(self.hour.1[at]);
        answer.headers.push((name, left.to_string()));
    }

    /// The subscription of a call's first name.
    pub(super) fn subscription(&self, call: &Call<'_>) -> Result<&str, Fault> {
        let asked = call.name(0);
        let mut known = self.cloud.ids().iter().map(|it| &*it.subscription);
        let found = known.find(|it| it.eq_ignore_ascii_case(asked));
        found.ok_or_else(|| {
            let says = format!("The subscription '{asked}' could not be found.");
            Fault::arm(404, "SubscriptionNotFound", says)
        })
    }

    /// The Resource ID of a call's first three names.
    pub(super) fn id_meant(&self, call: &Call<'_>) -> Result<ResourceId, Fault> {
        Ok(ResourceId {
            subscription: self.subscription(call)?.into(),
            group: call.name(1).into(),
            name: call.name(2).into(),
        })
    }

    /// The connector of a call's first three names.
    pub(super) fn connector(&self, call: &Call<'_>) -> Result<ConnectorIx, Fault> {
        let id = self.id_meant(call)?;
        self.cloud.find(&id).ok_or_else(|| {
            let says = format!(
                "The Resource 'Microsoft.Security/securityConnectors/{}' under resource group \
                 '{}' was not found.",
                id.name, id.group
            );
            Fault::arm(404, "ResourceNotFound", says)
        })
    }
}

/// What makes two requests the same question.
fn question_of(request: &Request) -> String {
    let mut text = question(&request.method, &request.path, &request.query);
    if !request.body.is_empty() {
        let hash = xxhash_rust::xxh3::xxh3_64(&request.body);
        text.push_str(&format!(" {hash:016x}"));
    }
    text
}

/// Which call a request is.
fn understand(request: &Request) -> Result<(Call<'_>, &'static Path, &'static Verb), Fault> {
    let segments = path::segments(&request.path)?;
    let query = path::parameters(&request.query)?;
    let (path, names) = route(segments).ok_or_else(Fault::no_such_path)?;
    let verb = path.verbs.iter().find(|it| it.method == request.method);
    let verb = verb.ok_or_else(|| {
        let known: Vec<&str> = path.verbs.iter().map(|it| it.method).collect();
        let known = known.join(", ");
        Fault::Method { known }
    })?;
    let call = Call {
        request,
        names,
        query,
    };
    knows_version(&call, path.api)?;
    takes_body(request, path, verb)?;
    Ok((call, path, verb))
}

fn knows_version(call: &Call<'_>, api: Api) -> Result<(), Fault> {
    let known = api.versions();
    let Some(latest) = known.last() else {
        return Ok(());
    };
    let asked = call.parameter("api-version").ok_or_else(|| {
        let says = format!("The api-version query parameter (?api-version=) is required: {latest}");
        Fault::arm(400, "MissingApiVersionParameter", says)
    })?;
    let dated = |text: &str| text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
    let fits = match api {
        Api::Accounts => dated(asked.strip_suffix("-preview").unwrap_or(asked)),
        _ => known.iter().any(|it| it.eq_ignore_ascii_case(asked)),
    };
    if fits {
        return Ok(());
    }
    let asked: String = asked.chars().take(40).collect();
    let says = format!(
        "The api-version '{asked}' is not supported here. The supported api-versions are '{}'.",
        known.join(", ")
    );
    Err(Fault::arm(400, "InvalidApiVersionParameter", says))
}

fn takes_body(request: &Request, path: &Path, verb: &Verb) -> Result<(), Fault> {
    if request.body.len() > BODY_MAX {
        return Err(too_large());
    }
    // Whoever moves the clock from a shell need not say what they send.
    if verb.takes.is_empty() || path.api == Api::Own {
        return Ok(());
    }
    let kind = request.content_type.as_deref().unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        let says = "The content media type is not supported: only 'application/json' is.";
        return Err(Fault::arm(415, "UnsupportedMediaType", says));
    }
    Ok(())
}

fn too_large() -> Fault {
    let says = format!("A body has {BODY_MAX} bytes at most.");
    Fault::arm(413, "RequestContentTooLarge", says)
}

/// The answer to a body that nobody read to its end.
pub(super) fn too_large_answer() -> Answer {
    too_large().answer("")
}
