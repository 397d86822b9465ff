//! What every request goes through: faults before, the journal after.

use crate::{
    Fault, Provider, answer,
    clock::now_ms,
    control, customer, demo, graph, infobip,
    journal::{Direction, Entry, copied, head},
    telegram, viber,
    world::World,
};
use axum::{Router, body::Body, extract::DefaultBodyLimit, response::Response};
use bytes::Bytes;
use futures::{StreamExt, stream};
use http::{HeaderName, HeaderValue, Request, header, request};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use std::{
    io,
    sync::Arc,
    time::{Duration, Instant},
};
use tower::ServiceExt;

/// The largest request: a little more than the largest file that a messenger takes.
const LARGEST: usize = 64 * 1024 * 1024;

/// So long the first half of an answer has to leave before the connection is closed.
const FLUSH: Duration = Duration::from_millis(10);

/// The connection is to be closed without an answer.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the connection is closed without an answer")]
pub(crate) struct Closed;

/// An extension of an answer: a pause between the halves of its body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slowly(pub Duration);

/// The door of the server.
pub(crate) struct Gate {
    world: Arc<World>,
    router: Router,
}

impl Gate {
    pub fn new(world: Arc<World>) -> Self {
        let page = if world.options.page {
            demo::router()
        } else {
            Router::new()
        };
        let router = Router::new()
            .nest("/telegram", telegram::router())
            .nest("/viber", viber::router())
            .nest("/graph", graph::router())
            .nest("/infobip", infobip::router())
            .nest("/customer", customer::router())
            .merge(control::router())
            .merge(page)
            .layer(DefaultBodyLimit::max(LARGEST))
            .with_state(world.clone());
        Self { world, router }
    }

    pub async fn serve(&self, request: Request<Incoming>) -> Result<Response, Closed> {
        let Some(provider) = Provider::of_path(request.uri().path()) else {
            return self.route(request.map(Body::new)).await;
        };
        let begun = Instant::now();
        let (parts, body) = request.into_parts();
        let body = Limited::new(body, LARGEST)
            .collect()
            .await
            .map_err(|_| Closed)?
            .to_bytes();
        let entry = entry(provider, &parts, &body, begun);
        let fault = self.world.faults.take(provider, parts.uri.path());
        let request = Request::from_parts(parts, Body::from(body));
        let answered = self.answer(provider, fault, request).await;
        self.finish(entry, begun, answered).await
    }

    /// What happens to a request, with its fault.
    async fn answer(&self, provider: Provider, fault: Option<Fault>, request: Request<Body>) -> Outcome {
        match fault {
            None => self.routed(request).await,
            Some(Fault::Delay { ms }) => {
                tokio::time::sleep(Duration::from_millis(ms)).await;
                self.routed(request).await
            }
            Some(Fault::SlowBody { ms }) => match self.routed(request).await {
                Outcome::Answered(mut response, body) => {
                    response.extensions_mut().insert(Slowly(Duration::from_millis(ms)));
                    Outcome::Answered(response, body)
                }
                other => other,
            },
            Some(Fault::Close) => Outcome::Closed,
            Some(Fault::Hang) => Outcome::Hung,
            Some(Fault::LoseAnswer) => match self.routed(request).await {
                Outcome::Answered(..) => Outcome::Closed,
                other => other,
            },
            Some(Fault::CloseHalfWay) => match self.routed(request).await {
                Outcome::Answered(response, body) => Outcome::Half(response, body),
                other => other,
            },
            Some(Fault::Empty) => Outcome::of(answer::raw(200, "application/json", "")).await,
            Some(Fault::Garbage) => Outcome::of(answer::raw(200, "text/html", "<html>\u{1F4A5} not JSON")).await,
            Some(Fault::Answer { status, headers, body }) => {
                let mut response = answer::raw(status, "application/json", body);
                for (name, value) in &headers {
                    if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                        response.headers_mut().insert(name, value);
                    }
                }
                Outcome::of(response).await
            }
            Some(Fault::Error {
                status,
                code,
                subcode,
                message,
            }) => {
                let response = match provider {
                    Provider::Viber => viber::refusal(status, code, message),
                    Provider::Infobip => infobip::refusal(status, message),
                    Provider::Customer => customer::refusal(status, message),
                    Provider::Graph => graph::refusal(status, code, subcode, message),
                    Provider::Telegram => telegram::refusal(status, message),
                };
                Outcome::of(response).await
            }
            Some(Fault::RateLimited { retry_after }) => {
                let response = match provider {
                    Provider::Viber => viber::rate_limit(),
                    Provider::Infobip => infobip::rate_limit(retry_after),
                    Provider::Customer => customer::rate_limit(retry_after),
                    Provider::Graph => graph::rate_limit(),
                    Provider::Telegram => telegram::rate_limit(retry_after),
                };
                Outcome::of(response).await
            }
        }
    }

    async fn routed(&self, request: Request<Body>) -> Outcome {
        match self.route(request).await {
            Ok(response) => Outcome::of(response).await,
            Err(Closed) => Outcome::Closed,
        }
    }

    async fn route(&self, request: Request<Body>) -> Result<Response, Closed> {
        match self.router.clone().oneshot(request).await {
            Ok(response) => Ok(response),
            Err(never) => match never {},
        }
    }

    /// Writes down what came of a request, and does it.
    async fn finish(&self, mut entry: Entry, begun: Instant, outcome: Outcome) -> Result<Response, Closed> {
        entry.took_us = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        match &outcome {
            Outcome::Answered(response, body) | Outcome::Half(response, body) => {
                entry.status = Some(response.status().as_u16());
                entry.answer = copied(body);
            }
            Outcome::Closed => entry.failure = Some("closed by a fault".to_owned()),
            Outcome::Hung => entry.failure = Some("left hanging by a fault".to_owned()),
        }
        self.world.journals.add(entry);
        match outcome {
            Outcome::Answered(response, body) => Ok(match response.extensions().get::<Slowly>() {
                Some(Slowly(pause)) => halves(*pause, response, &body, true),
                None => response.map(|()| Body::from(body)),
            }),
            Outcome::Half(response, body) => Ok(halves(FLUSH, response, &body, false)),
            Outcome::Closed => Err(Closed),
            Outcome::Hung => std::future::pending().await,
        }
    }
}

enum Outcome {
    Answered(Response<()>, Bytes),
    /// The answer is broken off in its middle.
    Half(Response<()>, Bytes),
    Closed,
    Hung,
}

impl Outcome {
    async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        match body.collect().await {
            Ok(body) => Self::Answered(Response::from_parts(parts, ()), body.to_bytes()),
            Err(_) => Self::Closed,
        }
    }
}

fn entry(provider: Provider, parts: &request::Parts, body: &Bytes, begun: Instant) -> Entry {
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    Entry {
        number: 0,
        provider,
        direction: Direction::Asked,
        method: parts.method.to_string(),
        path: path.to_owned(),
        headers: head(&parts.headers),
        body: copied(body),
        body_bytes: body.len(),
        status: None,
        answer: Bytes::new(),
        failure: None,
        at_ms: now_ms(),
        at: begun,
        took_us: 0,
    }
}

/// The head with the whole length, half of the body, a pause, and the other half or the end of the connection.
fn halves(pause: Duration, mut response: Response<()>, body: &Bytes, is_whole: bool) -> Response {
    let length = HeaderValue::from(body.len());
    response.headers_mut().insert(header::CONTENT_LENGTH, length);
    let (first, second) = (body.slice(..body.len() / 2), body.slice(body.len() / 2..));
    let halves = stream::iter([Ok(first)]).chain(stream::once(async move {
        tokio::time::sleep(pause).await;
        if is_whole {
            Ok(second)
        } else {
            Err(io::Error::from(io::ErrorKind::ConnectionAborted))
        }
    }));
    response.map(|()| Body::from_stream(halves))
}
