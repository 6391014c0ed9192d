//! Events come in, and are handed one by one to a function that asks Lambda's runtime API for them; what it
//! answers goes out.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

/// How a function answered an invocation.
#[derive(Debug, PartialEq)]
pub(crate) enum Answer {
    /// `POST …/response`
    Response(Value),
    /// `POST …/error`
    Error(Value),
}

/// Lambda's runtime API, served by hand: one connection and one request at a time is all that it gets.
pub(crate) struct RuntimeApi(TcpListener);

/// A function that does not answer fails the test instead of holding it up.
const PATIENCE: Duration = Duration::from_secs(60);

impl RuntimeApi {
    pub(crate) fn start() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    pub(crate) fn address(&self) -> String {
        let address: SocketAddr = self.0.local_addr().unwrap();
        address.to_string()
    }

    /// Hands out each event and takes its answer.
    pub(crate) fn serve(&self, events: &[String]) -> Vec<Answer> {
        let mut answers = Vec::new();
        while answers.len() < events.len() {
            let mut connection = BufReader::new(self.accept());
            while let Some(request) = Request::read(&mut connection) {
                let id = answers.len();
                let reply = match request.answer(id) {
                    None => invocation(id, &events[id]),
                    Some(answer) => {
                        answers.push(answer);
                        "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n".to_owned()
                    }
                };
                connection.get_mut().write_all(reply.as_bytes()).unwrap();
                if answers.len() == events.len() {
                    connection.get_ref().shutdown(Shutdown::Both).unwrap();
                    break;
                }
            }
        }
        answers
    }

    fn accept(&self) -> TcpStream {
        let start = Instant::now();
        self.0.set_nonblocking(true).unwrap();
        loop {
            if let Ok((stream, _)) = self.0.accept() {
                stream.set_nonblocking(false).unwrap();
                stream.set_read_timeout(Some(PATIENCE)).unwrap();
                return stream;
            }
            assert!(start.elapsed() < PATIENCE, "the function does not call");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

fn invocation(id: usize, event: &str) -> String {
    let headers = [
        "HTTP/1.1 200 OK".to_owned(),
        format!("Lambda-Runtime-Aws-Request-Id: {id}"),
        "Lambda-Runtime-Deadline-Ms: 4102444800000".to_owned(),
        "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:eu-west-1:111122223333:function:f"
            .to_owned(),
        "Lambda-Runtime-Trace-Id: Root=1-5759e988-bd862e3fe1be46a994272793".to_owned(),
        format!("Content-Length: {}", event.len()),
    ];
    headers.join("\r\n") + "\r\n\r\n" + event
}

struct Request {
    line: String,
    body: Vec<u8>,
}

impl Request {
    /// The next request of a connection, if there is one.
    fn read(connection: &mut BufReader<TcpStream>) -> Option<Self> {
        let mut line = String::new();
        connection.read_line(&mut line).unwrap();
        if line.is_empty() {
            return None;
        }
        let mut length = 0;
        loop {
            let mut header = String::new();
            connection.read_line(&mut header).unwrap();
            let header = header.trim().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            assert!(!header.starts_with("transfer-encoding"), "{header}");
            if let Some(said) = header.strip_prefix("content-length:") {
                length = said.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        connection.read_exact(&mut body).unwrap();
        Some(Self { line, body })
    }

    /// The answer to an invocation, or `None` if the next event is asked for.
    fn answer(&self, id: usize) -> Option<Answer> {
        let invocation = "/2018-06-01/runtime/invocation";
        let body = || serde_json::from_slice(&self.body).unwrap();
        match self.line.trim_end() {
            line if line == format!("GET {invocation}/next HTTP/1.1") => None,
            line if line == format!("POST {invocation}/{id}/response HTTP/1.1") => {
                Some(Answer::Response(body()))
            }
            line if line == format!("POST {invocation}/{id}/error HTTP/1.1") => {
                Some(Answer::Error(body()))
            }
            line => panic!("the runtime API has no {line}"),
        }
    }
}
