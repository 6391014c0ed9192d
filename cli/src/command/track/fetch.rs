//! An address comes in, and what the server said of it before; the page that it has now goes out, whole, or that it has
//! not changed.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long an answer may take, and how large it may be.
pub(super) struct Limits {
    pub(super) timeout: Duration,
    pub(super) bytes: u64,
}

/// What a server says of a page, to know it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Validators {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) etag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) last_modified: Option<String>,
    /// `sha256:` of the page of which it was said.
    pub(super) revision: String,
}

impl Validators {
    pub(super) fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// What a server answers.
pub(super) enum Answer {
    /// The page is what it was.
    NotModified,
    /// The page, and what is said of it.
    Page(Vec<u8>, Validators),
}

#[cfg(not(feature = "fetch"))]
pub(super) fn fetch(
    url: &str,
    _: Option<&Validators>,
    limits: &Limits,
) -> Result<Answer, eventbridge_catalog::diagnostic::Diagnostic> {
    use eventbridge_catalog::diagnostic::Diagnostic;
    let _ = (limits.timeout, limits.bytes);
    Err(Diagnostic::error(
        url,
        "is not fetched: this program was built without the feature `fetch`",
    )
    .help("build it with --features fetch,https, or save the page and name it: --from FILE"))
}

#[cfg(feature = "fetch")]
pub(super) use over_http::fetch;

#[cfg(feature = "fetch")]
mod over_http {
    use super::{Answer, Limits, Validators};
    use eventbridge_catalog::diagnostic::Diagnostic;
    use std::io::Read;
    use std::time::Duration;
    use ureq::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, ETAG, LAST_MODIFIED, LOCATION};
    use ureq::http::{Response, StatusCode, Uri};
    use ureq::{Agent, Body};

    /// A server that fails is asked so often.
    const TRIES: u32 = 3;

    /// So long a server rests that failed, and twice as long after that.
    const REST: Duration = Duration::from_millis(500);

    /// So often an answer may name another place.
    const REDIRECTS: usize = 5;

    /// Why an answer is not taken, and whether the next may be better.
    struct Failure {
        message: String,
        again: bool,
    }

    /// Fetches a page.
    ///
    /// # Errors
    ///
    /// When no answer is the page, whole, within the limits, from the host of the address.
    pub(in super::super) fn fetch(
        url: &str,
        known: Option<&Validators>,
        limits: &Limits,
    ) -> Result<Answer, Diagnostic> {
        let agent = agent(limits);
        let (mut rest, mut tried) = (REST, 1);
        loop {
            match ask(&agent, url, known, limits) {
                Ok(answer) => return Ok(answer),
                Err(failure) if failure.again && tried < TRIES => {
                    std::thread::sleep(rest);
                    rest *= 2;
                    tried += 1;
                }
                Err(failure) => {
                    let found = Diagnostic::error(url, failure.message);
                    return Err(
                        found.help("try again later, or save the page and name it: --from FILE")
                    );
                }
            }
        }
    }

    fn agent(limits: &Limits) -> Agent {
        let config = Agent::config_builder()
            .timeout_global(Some(limits.timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("eventbridge-codegen/", env!("CARGO_PKG_VERSION")));
        #[cfg(feature = "https")]
        let config = config.tls_config(tls());
        config.build().into()
    }

    /// The certificates that the machine trusts.
    #[cfg(feature = "https")]
    fn tls() -> ureq::tls::TlsConfig {
        use ureq::tls::{Certificate, RootCerts, TlsConfig};
        let found = rustls_native_certs::load_native_certs().certs;
        let certificates = found.iter().map(|it| Certificate::from_der(it).to_owned());
        let provider = rustls::crypto::ring::default_provider();
        TlsConfig::builder()
            .root_certs(RootCerts::from(certificates))
            .unversioned_rustls_crypto_provider(std::sync::Arc::new(provider))
            .build()
    }

    fn ask(
        agent: &Agent,
        url: &str,
        known: Option<&Validators>,
        limits: &Limits,
    ) -> Result<Answer, Failure> {
        let host = host(url)?;
        let mut place = url.to_owned();
        for _ in 0..=REDIRECTS {
            let answer = get(agent, &place, known)?;
            let status = answer.status();
            if status == StatusCode::NOT_MODIFIED && known.is_some() {
                return Ok(Answer::NotModified);
            }
            if status.is_redirection() {
                place = redirected(&place, &answer)?;
                if self::host(&place)? != host {
                    let message = format!("leads to another host: {place}");
                    return Err(Failure {
                        message,
                        again: false,
                    });
                }
                continue;
            }
            return match status {
                StatusCode::OK => whole(answer, limits),
                status => Err(Failure {
                    message: format!("answers {status}"),
                    again: status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS,
                }),
            };
        }
        let message = format!("leads on more than {REDIRECTS} times");
        Err(Failure {
            message,
            again: false,
        })
    }

    fn get(
        agent: &Agent,
        place: &str,
        known: Option<&Validators>,
    ) -> Result<Response<Body>, Failure> {
        let mut request = agent
            .get(place)
            .header("Accept", "text/markdown, text/plain, text/html;q=0.8");
        request = request.header("Accept-Language", "en");
        if let Some(etag) = known.and_then(|known| known.etag.as_deref()) {
            request = request.header("If-None-Match", etag);
        }
        if let Some(modified) = known.and_then(|known| known.last_modified.as_deref()) {
            request = request.header("If-Modified-Since", modified);
        }
        request.call().map_err(|error| Failure {
            again: !matches!(error, ureq::Error::BadUri(_) | ureq::Error::TlsRequired),
            message: match error {
                ureq::Error::TlsRequired => {
                    "cannot be fetched: this program was built without the feature `https`"
                        .to_owned()
                }
                error => format!("cannot be fetched: {error}"),
            },
        })
    }

    fn host(url: &str) -> Result<(Option<String>, String, Option<u16>), Failure> {
        let odd = || Failure {
            message: format!("is no address of the web: {url}"),
            again: false,
        };
        let uri: Uri = url.parse().map_err(|_| odd())?;
        let host = uri.host().ok_or_else(odd)?.to_ascii_lowercase();
        Ok((uri.scheme_str().map(str::to_owned), host, uri.port_u16()))
    }

    /// Where an answer leads.
    fn redirected(place: &str, answer: &Response<Body>) -> Result<String, Failure> {
        let to = answer
            .headers()
            .get(LOCATION)
            .and_then(|to| to.to_str().ok());
        let to = to.ok_or_else(|| Failure {
            message: format!("answers {} and says not where to", answer.status()),
            again: false,
        })?;
        if to.contains("://") {
            return Ok(to.to_owned());
        }
        let start = place.find("://").map_or(0, |at| at + 3);
        let root = place[start..]
            .find('/')
            .map_or(place.len(), |at| start + at);
        match to.starts_with('/') {
            true => Ok(format!("{}{to}", &place[..root])),
            false => {
                let folder = place.rfind('/').filter(|at| *at >= root).unwrap_or(root);
                Ok(format!("{}/{to}", &place[..folder]))
            }
        }
    }

    /// The body, of the length that was said, within the limit.
    fn whole(mut answer: Response<Body>, limits: &Limits) -> Result<Answer, Failure> {
        let text = |name| {
            let value = answer
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok());
            value.map(str::to_owned)
        };
        let validators = Validators {
            etag: text(ETAG),
            last_modified: text(LAST_MODIFIED),
            revision: String::new(),
        };
        let said: Option<u64> = text(CONTENT_LENGTH).and_then(|length| length.parse().ok());
        let said = said.filter(|_| text(CONTENT_ENCODING).is_none());
        let mut bytes = Vec::new();
        let reader = answer.body_mut().as_reader();
        let read = reader.take(limits.bytes + 1).read_to_end(&mut bytes);
        read.map_err(|error| Failure {
            message: format!("breaks off: {error}"),
            again: true,
        })?;
        let length = bytes.len() as u64;
        if length > limits.bytes {
            let message = format!("has more than the {} MB that are taken", limits.bytes >> 20);
            return Err(Failure {
                message,
                again: false,
            });
        }
        match said.filter(|said| *said != length) {
            None => Ok(Answer::Page(bytes, validators)),
            Some(said) => Err(Failure {
                message: format!("breaks off: {length} bytes of {said} came"),
                again: true,
            }),
        }
    }
}
