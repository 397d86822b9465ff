//! Sends a call and gives back its answer.

use crate::{
    Failure, Guard, Request, Resolve, SystemResolver,
    body::{self, BodyError},
    connect::{ConnectError, Connector},
    request::Prepared,
    tls,
};
use bytes::Bytes;
use http::{HeaderMap, header};
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy,
    rt::{TokioExecutor, TokioTimer},
};
use rustls::pki_types::CertificateDer;
use std::{error::Error, fmt, sync::Arc, time::Duration};
use url::Url;

/// Limits of the headers of an answer.
const MOST_HEADERS: usize = 100;
const LARGEST_HEADERS: usize = 64 * 1024;
/// So long a connection is kept for the next call, and so many for a host: a burst of messages to one messenger, which
/// follows a commit, finds the connections of the one before it.
const KEPT_FOR: Duration = Duration::from_secs(15);
const KEPT: usize = 128;

/// What no call exceeds, whatever it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The whole call.
    pub timeout: Duration,
    /// The look-up of the name and the connection.
    pub connect_timeout: Duration,
    /// The body of an answer, unpacked.
    pub max_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_mins(1),
            connect_timeout: Duration::from_secs(10),
            max_bytes: 32 * 1024 * 1024,
        }
    }
}

/// What a server answered, whatever its status.
#[derive(Clone)]
pub struct Answer {
    /// 200, 404, also 302: redirects are answers.
    pub status: u16,
    /// All of them, several values of one name included; those about packing are gone, because the body is unpacked.
    pub headers: HeaderMap,
    /// Unpacked.
    pub body: Bytes,
}

impl Answer {
    /// The type of the body, if it is given.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(header::CONTENT_TYPE)?.to_str().ok()
    }

    /// The values of `Set-Cookie`, in the order they came.
    pub fn cookies(&self) -> impl Iterator<Item = String> {
        let values = self.headers.get_all(header::SET_COOKIE).iter();
        values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    }
}

/// Bodies and headers may carry secrets.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.body.len();
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("body_bytes", &bytes)
            .finish_non_exhaustive()
    }
}

/// Sends calls to the public internet and to what the guard allows.
///
/// It is cheap to clone, and clones share their connections. Make one for the whole server.
#[derive(Clone)]
pub struct Client {
    inner: legacy::Client<HttpsConnector<Connector>, Full<Bytes>>,
    limits: Limits,
    guard: Arc<Guard>,
}

/// What a [`Client`] is made of.
pub struct Builder {
    guard: Guard,
    resolver: Arc<dyn Resolve>,
    limits: Limits,
    certificates: Vec<CertificateDer<'static>>,
}

impl Builder {
    /// Looks names up elsewhere than at the system.
    #[must_use]
    pub fn resolver(mut self, resolver: impl Resolve) -> Self {
        self.resolver = Arc::new(resolver);
        self
    }

    /// Other limits than the usual ones.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Trusts one more certificate (DER), beside those of the machine.
    #[must_use]
    pub fn trust(mut self, certificate: Vec<u8>) -> Self {
        self.certificates.push(certificate.into());
        self
    }

    /// Reads the machine's certificates and makes the client.
    #[must_use]
    pub fn build(self) -> Client {
        let guard = Arc::new(self.guard);
        let connector = Connector {
            guard: Arc::clone(&guard),
            resolver: self.resolver,
            within: self.limits.connect_timeout,
        };
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls::config(self.certificates))
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector);
        let inner = legacy::Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(KEPT_FOR)
            .pool_max_idle_per_host(KEPT)
            .http1_max_headers(MOST_HEADERS)
            .http1_max_buf_size(LARGEST_HEADERS)
            .build(connector);
        Client {
            inner,
            limits: self.limits,
            guard,
        }
    }
}

impl Client {
    /// A client with the system's names, the machine's certificates and the usual limits.
    #[must_use]
    pub fn new(guard: Guard) -> Self {
        Self::builder(guard).build()
    }

    /// A client with parts of one's own.
    #[must_use]
    pub fn builder(guard: Guard) -> Builder {
        Builder {
            guard,
            resolver: Arc::new(SystemResolver::default()),
            limits: Limits::default(),
            certificates: Vec::new(),
        }
    }

    /// Whether the operator has named the host of an address in the list of what may be called, so that a caller who wants
    /// https elsewhere may do without it here.
    #[must_use]
    pub fn names(&self, url: &str) -> bool {
        let Ok(url) = Url::parse(url) else { return false };
        let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
            return false;
        };
        self.guard.names(&host.to_owned(), port)
    }

    /// Sends one call, once: it is not repeated, and its answer is final whatever its status.
    ///
    /// The time and size asked for hold within the client's [`Limits`].
    ///
    /// # Errors
    ///
    /// [`Failure`], when there is no complete answer. Nothing was sent when it is about the address, the method, a header
    /// or the connection; else the server may have acted.
    pub async fn send(&self, request: Request) -> Result<Answer, Failure> {
        let Request {
            method,
            url,
            headers,
            body,
            timeout,
            max_bytes,
        } = request;
        let Prepared { host, request } = Prepared::new(&method, &url, &headers, body)?;
        let after = timeout.min(self.limits.timeout);
        let exchange = self.exchange(&host, request, max_bytes.min(self.limits.max_bytes));
        match tokio::time::timeout(after, exchange).await {
            Ok(result) => result,
            Err(_) => Err(Failure::Timeout { host, after }),
        }
    }

    async fn exchange(&self, host: &str, request: http::Request<Full<Bytes>>, max: usize) -> Result<Answer, Failure> {
        let answer = self.inner.request(request).await;
        let (parts, body) = answer.map_err(|error| self.failure(host, &error))?.into_parts();
        // The library looks at the limit between two reads, and the last one may go beyond it.
        let lengths = parts
            .headers
            .iter()
            .map(|(name, value)| name.as_str().len() + value.len());
        if lengths.sum::<usize>() > LARGEST_HEADERS {
            return Err(headers_too_large(host.to_owned()));
        }
        let body = body::read(&parts.headers, body, max)
            .await
            .map_err(|error| match error {
                BodyError::TooLarge => Failure::TooLarge {
                    host: host.to_owned(),
                    what: format!("it has more than {max} bytes"),
                },
                BodyError::Broken(problem) => Failure::Broken {
                    host: host.to_owned(),
                    problem,
                },
            })?;
        let mut headers = parts.headers;
        if headers.remove(header::CONTENT_ENCODING).is_some() {
            headers.remove(header::CONTENT_LENGTH);
        }
        Ok(Answer {
            status: parts.status.as_u16(),
            headers,
            body,
        })
    }

    /// Finds the cause that we know under the layers of the libraries.
    fn failure(&self, host: &str, error: &legacy::Error) -> Failure {
        let host = host.to_owned();
        let mut causes = std::iter::successors(error.source(), |cause| (**cause).source());
        if let Some(cause) = causes.clone().find_map(|cause| cause.downcast_ref::<ConnectError>()) {
            return match cause.clone() {
                ConnectError::NotFound => Failure::NotFound { host },
                ConnectError::Forbidden(what) => Failure::ForbiddenAddress { host, what },
                ConnectError::Timeout => Failure::Refused {
                    host,
                    problem: format!(
                        "nobody took the call within {} ms",
                        self.limits.connect_timeout.as_millis()
                    ),
                },
                ConnectError::Refused(problem) => Failure::Refused { host, problem },
            };
        }
        let innermost = causes
            .clone()
            .last()
            .map_or_else(|| error.to_string(), ToString::to_string);
        if error.is_connect() {
            return Failure::Tls {
                host,
                problem: innermost,
            };
        }
        if causes.any(|cause| {
            cause
                .downcast_ref::<hyper::Error>()
                .is_some_and(hyper::Error::is_parse_too_large)
        }) {
            return headers_too_large(host);
        }
        Failure::Broken {
            host,
            problem: innermost,
        }
    }
}

fn headers_too_large(host: String) -> Failure {
    let what = format!("it has more than {MOST_HEADERS} headers, or more than {LARGEST_HEADERS} bytes of them");
    Failure::TooLarge { host, what }
}
