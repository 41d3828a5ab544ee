//! Sockets: carries requests to the desk, and answers back.
//!
//! Everything is on one thread. The desk is served by the future that the runtime
//! blocks on, so that it may borrow; connections are tasks beside it, and send it what
//! they read. Nobody holds a lock, and the order of arrival is the order of effect.

use super::desk::{BODY_MAX, Desk, too_large_answer};
use super::exchange::{Answer, Request};
use super::tls::Identity;
use axum::Router;
use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::State;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc, oneshot, watch};
use tokio::time::timeout;
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;

/// The most connections at once; more wait to be accepted.
const CONNECTIONS_MAX: usize = 4_096;

/// The most requests that wait for the desk.
const WAITING_MAX: usize = 1_024;

/// The most headers of a request, and the most bytes of them.
const HEADERS_MAX: usize = 100;
const HEAD_MAX: usize = 64 * 1024;

/// How long a client may take to say who it is, to send a request's head or its body,
/// to take an answer, or to say nothing at all.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long answers under way may take once the server has ended.
const PARTING: Duration = Duration::from_secs(1);

/// A request on its way to the desk.
#[derive(Debug)]
struct Errand {
    request: Request,
    back: oneshot::Sender<Answer>,
}

/// Where a server listens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bound {
    /// Its address.
    pub address: SocketAddr,
    /// The same as clients write it, as in `http://127.0.0.1:8080`.
    pub origin: String,
}

/// A server that listens, and answers nobody yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    secure: bool,
    bound: Bound,
    identity: Option<Identity>,
}

#[derive(Clone, Debug)]
struct Carrier {
    errands: mpsc::Sender<Errand>,
    scheme: &'static str,
    usual: Arc<str>,
}

impl Server {
    /// Listens at an address; port 0 is any that is free.
    ///
    /// # Errors
    /// The address cannot be had.
    pub async fn bind(address: SocketAddr, identity: Option<Identity>) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let secure = identity.is_some();
        let scheme = if secure { "https" } else { "http" };
        let bound = Bound {
            address,
            origin: format!("{scheme}://{address}"),
        };
        Ok(Self {
            listener,
            secure,
            bound,
            identity,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn bound(&self) -> &Bound {
        &self.bound
    }

    /// Answers until `stop` is there, and gives what it came with; or until a client
    /// says that the run is to end, and gives nothing.
    pub async fn serve<T>(self, desk: &mut Desk<'_>, stop: impl Future<Output = T>) -> Option<T> {
        let (errands, mut arriving) = mpsc::channel(WAITING_MAX);
        let (ending, ended) = watch::channel(false);
        let (alive, mut gone) = mpsc::channel::<()>(1);
        let carrier = Carrier {
            errands,
            scheme: if self.secure { "https" } else { "http" },
            usual: self.bound.address.to_string().into(),
        };
        let acceptor = self.identity.as_ref().map(Identity::acceptor);
        let door = tokio::spawn(welcome(self.listener, acceptor, carrier, ended, alive));
        let began = tokio::time::Instant::now();
        let mut stop = pin!(stop);
        let stopped = loop {
            let errand = tokio::select! {
                biased;
                stopped = &mut stop => break Some(stopped),
                errand = arriving.recv() => errand,
            };
            let Some(errand) = errand else { break None };
            let passed = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
            desk.real_time(passed);
            let answer = desk.answer(&errand.request);
            // A client that is gone needs no answer; what it asked for stands.
            let _ = errand.back.send(answer);
            if desk.is_over() {
                break None;
            }
        };
        drop(arriving);
        door.abort();
        let _ = ending.send(true);
        let _ = timeout(PARTING, gone.recv()).await;
        stopped
    }
}

/// Takes connections, as many as there may be.
async fn welcome(
    listener: TcpListener,
    acceptor: Option<TlsAcceptor>,
    carrier: Carrier,
    ended: watch::Receiver<bool>,
    alive: mpsc::Sender<()>,
) {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let routes = Router::new().fallback(carry).with_state(carrier);
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        let Ok((stream, _)) = listener.accept().await else {
            // Too many files are open, say: it passes.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let (acceptor, routes) = (acceptor.clone(), routes.clone());
        let (ended, alive) = (ended.clone(), alive.clone());
        tokio::spawn(async move {
            host(stream, acceptor, routes, ended).await;
            drop((place, alive));
        });
    }
}

async fn host(
    stream: TcpStream,
    acceptor: Option<TlsAcceptor>,
    routes: Router,
    ended: watch::Receiver<bool>,
) {
    // Answers are small and whole.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_read_timeout(Some(PATIENCE * 2));
    stream.set_write_timeout(Some(PATIENCE));
    let stream = Box::pin(stream);
    match acceptor {
        None => converse(stream, routes, ended).await,
        Some(acceptor) => {
            if let Ok(Ok(stream)) = timeout(PATIENCE, acceptor.accept(stream)).await {
                converse(stream, routes, ended).await;
            }
        }
    }
}

/// One connection's requests, one after another.
async fn converse<S>(stream: S, routes: Router, mut ended: watch::Receiver<bool>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = TowerToHyperService::new(routes);
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .max_headers(HEADERS_MAX)
            .max_buf_size(HEAD_MAX)
            .serve_connection(TokioIo::new(stream), service)
    );
    tokio::select! {
        // What went wrong between a client and its socket is nobody else's matter.
        _ = connection.as_mut() => {}
        _ = ended.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

/// Carries one request to the desk.
async fn carry(State(carrier): State<Carrier>, request: axum::extract::Request) -> Response {
    let (head, body) = request.into_parts();
    let body = if body.is_end_stream() {
        Vec::new()
    } else {
        match timeout(PATIENCE, to_bytes(body, BODY_MAX)).await {
            Ok(Ok(body)) => body.into(),
            Ok(Err(_)) => return response(too_large_answer(), &head.headers),
            Err(_) => return plain(StatusCode::REQUEST_TIMEOUT),
        }
    };
    let content_type = head.headers.get(header::CONTENT_TYPE);
    let asked = Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        origin: format!("{}://{}", carrier.scheme, host_of(&head.headers, &carrier)),
        content_type: content_type
            .and_then(|it| it.to_str().ok())
            .map(str::to_owned),
        body,
    };
    let (back, answered) = oneshot::channel();
    let errand = Errand {
        request: asked,
        back,
    };
    if carrier.errands.send(errand).await.is_err() {
        return plain(StatusCode::SERVICE_UNAVAILABLE);
    }
    match answered.await {
        Ok(answer) => response(answer, &head.headers),
        Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE),
    }
}

/// The name under which the client knows this server.
fn host_of<'h>(headers: &'h HeaderMap, carrier: &'h Carrier) -> &'h str {
    let told = headers.get(header::HOST).and_then(|it| it.to_str().ok());
    let told = told.filter(|it| *it == &*carrier.usual || it.parse::<Authority>().is_ok());
    told.unwrap_or(&carrier.usual)
}

fn plain(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn response(answer: Answer, asked: &HeaderMap) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = plain(status);
    let headers = response.headers_mut();
    if !answer.body.is_empty() {
        let json = HeaderValue::from_static("application/json; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, json);
    }
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    if let Some(id) = asked.get("x-ms-client-request-id") {
        headers.insert("x-ms-client-request-id", id.clone());
    }
    *response.body_mut() = Body::from(answer.body);
    response
}
