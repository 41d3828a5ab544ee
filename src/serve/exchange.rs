//! A request and its answer, without sockets.

use crate::time::Duration;
use serde::Serialize;

/// A request.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Request {
    /// `GET` and so on.
    pub method: String,
    /// The path, as it was sent.
    pub path: String,
    /// What follows the question mark.
    pub query: String,
    /// How the client reached the server, as in `http://127.0.0.1:8080`: addresses in
    /// answers begin with it.
    pub origin: String,
    /// What the body is said to be.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// A GET of a path with its query.
    #[must_use]
    pub fn get(target: &str) -> Self {
        Self::of("GET", target, "")
    }

    /// A request with a body of JSON, or none.
    #[must_use]
    pub fn of(method: &str, target: &str, body: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            origin: "http://127.0.0.1".to_owned(),
            content_type: (!body.is_empty()).then(|| "application/json".to_owned()),
            body: body.as_bytes().to_vec(),
        }
    }
}

/// An answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Headers; those that every answer has among them.
    pub headers: Vec<(&'static str, String)>,
    /// The body: JSON, or nothing.
    pub body: String,
    /// For how long the client is told to wait.
    pub(super) wait: Option<Duration>,
}

impl Answer {
    /// An answer without a body.
    pub(super) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: String::new(),
            wait: None,
        }
    }

    /// An answer with a body of JSON.
    pub(super) fn json(status: u16, body: &impl Serialize) -> Self {
        Self::json_of(status, body, 512)
    }

    /// The same, where it is known about how many bytes the body has.
    pub(super) fn json_of(status: u16, body: &impl Serialize, bytes: usize) -> Self {
        let mut out = Vec::with_capacity(bytes);
        // What is written here has no maps with keys that are no texts.
        let written = serde_json::to_writer(&mut out, body).is_ok();
        let text = String::from_utf8(out).ok().filter(|_| written);
        Self {
            body: text.unwrap_or_default(),
            ..Self::empty(status)
        }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn waiting(mut self, wait: Duration) -> Self {
        self.wait = Some(wait);
        self
    }

    /// A header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter();
        all.find(|it| it.0.eq_ignore_ascii_case(name))
            .map(|it| it.1.as_str())
    }
}
