//! A Schema Registry in this process: requests as they go over the wire come in, answers as AWS gives them go out, with
//! its quotas and with faults on demand. [`http`] puts it behind a socket, [`direct`] behind the crate's own trait.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub(crate) mod direct;
pub(crate) mod http;
mod names;
mod schemas;

use names::{decoded, parameters};
use schemas::Schemas;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The account that the registry is of.
pub(crate) const ACCOUNT: &str = "123456789012";

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// As it is on the wire: `/v1/registries/name/kilns/schemas/name/my.kiln%40Fired`.
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

pub(crate) fn answer(status: u16, body: Value) -> Answer {
    Answer { status, body }
}

pub(crate) fn error(status: u16, code: &str, message: &str) -> Answer {
    answer(status, json!({ "Code": code, "Message": message }))
}

/// What goes wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    Nothing,
    /// The unmodelled 429.
    Throttled,
    /// The connection ends before the request is read.
    CutBefore,
    /// The request is carried out, and the connection ends before the answer.
    CutAfter,
    /// An answer of a server in trouble, which did nothing.
    Broken,
    /// The same of one that carried the request out.
    BrokenAfter,
    /// The credentials have expired.
    Expired,
}

/// What was asked and answered.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub(crate) request: Request,
    pub(crate) operation: &'static str,
    /// None: the connection was cut.
    pub(crate) answer: Option<Answer>,
    pub(crate) at: Instant,
}

/// What an account may have.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) registries: usize,
    pub(crate) schemas: usize,
    pub(crate) versions: usize,
    /// So many things stand on a page.
    pub(crate) page: usize,
}

type Faults = Box<dyn Fn(usize, &str) -> Fault + Send + Sync>;

/// The registry.
pub(crate) struct Loopback {
    pub(crate) schemas: Mutex<Schemas>,
    pub(crate) limits: Limits,
    pub(crate) latency: Duration,
    /// Of the number of a request, from 1, and its operation.
    faults: Mutex<Faults>,
    count: AtomicUsize,
    now: AtomicUsize,
    most: AtomicUsize,
    pub(crate) log: Mutex<Vec<Exchange>>,
}

impl Loopback {
    pub(crate) fn new() -> Loopback {
        Loopback {
            schemas: Mutex::default(),
            limits: Limits {
                registries: 10,
                schemas: 100,
                versions: 100,
                page: 10,
            },
            latency: Duration::ZERO,
            faults: Mutex::new(Box::new(|_, _| Fault::Nothing)),
            count: AtomicUsize::new(0),
            now: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            log: Mutex::default(),
        }
    }

    /// From here on, requests go wrong as a function says, which counts them from 1.
    pub(crate) fn faults(&self, faults: impl Fn(usize, &str) -> Fault + Send + Sync + 'static) {
        self.count.store(0, Ordering::SeqCst);
        *self.faults.lock().unwrap() = Box::new(faults);
    }

    /// Forgets what was asked.
    pub(crate) fn forget(&self) {
        self.count.store(0, Ordering::SeqCst);
        self.most.store(0, Ordering::SeqCst);
        self.log.lock().unwrap().clear();
    }

    /// How many requests were open at once at most.
    pub(crate) fn most_at_once(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }

    /// The operations that were asked for.
    pub(crate) fn asked(&self) -> Vec<&'static str> {
        let log = self.log.lock().unwrap();
        log.iter().map(|exchange| exchange.operation).collect()
    }

    /// How many requests would change something, and were carried out.
    pub(crate) fn writes(&self) -> usize {
        let log = self.log.lock().unwrap();
        let wrote = |exchange: &&Exchange| {
            let done = exchange.answer.as_ref().is_some_and(|it| it.status < 300);
            done && !["GET"].contains(&exchange.request.method.as_str())
        };
        log.iter().filter(wrote).count()
    }

    /// The most requests that arrived within any second.
    pub(crate) fn most_in_a_second(&self) -> usize {
        let log = self.log.lock().unwrap();
        let mut times: Vec<Instant> = log.iter().map(|exchange| exchange.at).collect();
        times.sort();
        let within = |start: &Instant| {
            let end = *start + Duration::from_secs(1);
            times
                .iter()
                .filter(|at| *start <= **at && **at < end)
                .count()
        };
        times.iter().map(within).max().unwrap_or_default()
    }

    /// Answers a request. None: the connection is cut.
    pub(crate) fn ask(&self, request: Request) -> Option<Answer> {
        let at = Instant::now();
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        let number = self.count.fetch_add(1, Ordering::SeqCst) + 1;
        std::thread::sleep(self.latency);
        let (operation, names) = route(&request);
        let fault = (self.faults.lock().unwrap())(number, operation);
        let carry = || self.carry_out(operation, &names, &request);
        let broken = || error(500, "InternalServerErrorException", "Internal failure");
        let answer = match fault {
            Fault::Nothing => Some(carry()),
            Fault::Throttled => Some(error(429, "TooManyRequestsException", "Rate exceeded")),
            Fault::CutBefore => None,
            Fault::Broken => Some(broken()),
            Fault::Expired => Some(error(
                403,
                "ExpiredTokenException",
                "The security token included in the request is expired",
            )),
            Fault::CutAfter => {
                carry();
                None
            }
            Fault::BrokenAfter => {
                carry();
                Some(broken())
            }
        };
        self.now.fetch_sub(1, Ordering::SeqCst);
        self.log.lock().unwrap().push(Exchange {
            request,
            operation,
            answer: answer.clone(),
            at,
        });
        answer
    }

    fn carry_out(&self, operation: &str, names: &[String], request: &Request) -> Answer {
        let body: Value = match request.body.as_str() {
            "" => Value::Null,
            body => match serde_json::from_str(body) {
                Ok(body) => body,
                Err(_) => return error(400, "BadRequestException", "Invalid request body"),
            },
        };
        let query = parameters(&request.query);
        let mut schemas = self.schemas.lock().unwrap();
        schemas.carry_out(operation, names, &body, &query, self.limits)
    }
}

/// The operation that a request is, and the names in its path.
fn route(request: &Request) -> (&'static str, Vec<String>) {
    let steps: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    let method = request.method.as_str();
    let (operation, names): (_, &[&str]) = match (method, steps.as_slice()) {
        ("GET", ["v1", "registries"]) => ("ListRegistries", &[]),
        ("GET", ["v1", "registries", "name", registry]) => ("DescribeRegistry", &[*registry]),
        ("POST", ["v1", "registries", "name", registry]) => ("CreateRegistry", &[*registry]),
        ("GET", ["v1", "registries", "name", registry, "schemas"]) => ("ListSchemas", &[*registry]),
        ("POST", ["v1", "discover"]) => ("GetDiscoveredSchema", &[]),
        (
            method,
            [
                "v1",
                "registries",
                "name",
                registry,
                "schemas",
                "name",
                schema,
            ],
        ) => {
            let operation = match method {
                "GET" => "DescribeSchema",
                "POST" => "CreateSchema",
                "PUT" => "UpdateSchema",
                _ => "DeleteSchema",
            };
            (operation, &[*registry, *schema])
        }
        (
            _,
            [
                "v1",
                "registries",
                "name",
                registry,
                "schemas",
                "name",
                schema,
                "versions",
            ],
        ) => ("ListSchemaVersions", &[*registry, *schema]),
        (
            "DELETE",
            [
                "v1",
                "registries",
                "name",
                r,
                "schemas",
                "name",
                s,
                "version",
                v,
            ],
        ) => {
            return (
                "DeleteSchemaVersion",
                vec![decoded(r), decoded(s), decoded(v)],
            );
        }
        _ => ("Unknown", &[]),
    };
    (operation, names.iter().map(|name| decoded(name)).collect())
}

/// What a registry holds, for comparing: by registry and schema the contents of its versions.
pub(crate) type Contents = BTreeMap<(String, String), Vec<(u64, String)>>;
