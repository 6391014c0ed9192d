//! A socket comes in; requests that arrive there are answered by a loopback registry, on connections that stay.

use super::{Answer, Loopback, Request};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

/// Serves a registry until the process ends, and gives its URL.
pub(crate) fn serve(registry: Arc<Loopback>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let registry = Arc::clone(&registry);
            thread::spawn(move || connection(stream, &registry));
        }
    });
    url
}

/// Answers requests until the other side, or a fault, ends the connection.
fn connection(stream: TcpStream, registry: &Loopback) {
    drop(stream.set_nodelay(true));
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    while let Ok(Some(request)) = read(&mut reader) {
        let Some(answer) = registry.ask(request) else {
            return;
        };
        if write(&mut writer, &answer).is_err() {
            return;
        }
    }
}

fn read(reader: &mut impl BufRead) -> io::Result<Option<Request>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut parts = line.split_whitespace();
    let (method, target) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        match header.trim_end().split_once(':') {
            Some((name, value)) => headers.push((name.to_lowercase(), value.trim().to_owned())),
            None => break,
        }
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.and_then(|(_, value)| value.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    Ok(Some(Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    }))
}

fn write(writer: &mut impl Write, answer: &Answer) -> io::Result<()> {
    let body = match answer.status {
        204 => String::new(),
        _ => answer.body.to_string(),
    };
    // What the model does not know of is told in the body alone.
    let code = answer.body["Code"]
        .as_str()
        .filter(|code| code.ends_with("Exception"));
    let code = code.map(|code| format!("x-amzn-ErrorType: {code}\r\n"));
    let head = format!(
        "HTTP/1.1 {} Answer\r\nContent-Type: application/json\r\n{}Content-Length: {}\r\n\r\n",
        answer.status,
        code.unwrap_or_default(),
        body.len()
    );
    writer.write_all((head + &body).as_bytes())?;
    writer.flush()
}
