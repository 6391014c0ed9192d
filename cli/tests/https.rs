//! `track` over TLS, against a server on this machine whose certificate an authority of the test's own has signed: who is
//! trusted is fetched from, who is not is refused, and nothing is touched.
//!
//! It wants the feature `https`, and `openssl`: `cargo test -p eventbridge-codegen-cli --features https --test https`.
#![cfg(all(feature = "https", unix))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

fn openssl(place: &Path, arguments: &[&str]) {
    let mut openssl = Command::new("openssl");
    let output = openssl.args(arguments).current_dir(place).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
}

/// An authority: `NAME.pem`, `NAME.key`.
fn authority(place: &Path, name: &str) {
    let (pem, key) = (format!("{name}.pem"), format!("{name}.key"));
    let subject = format!("/CN={name}");
    let new = [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
    ];
    let own = ["-subj", &subject, "-keyout", &key, "-out", &pem];
    openssl(place, &[&new[..], &own[..]].concat());
}

/// A server's certificate for a name, `server.pem`, signed by `ours`.
fn certificate(place: &Path, host: &str) {
    std::fs::write(place.join("names"), format!("subjectAltName=DNS:{host}\n")).unwrap();
    let new = ["req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=kilns"];
    let out = ["-keyout", "server.key", "-out", "server.csr"];
    openssl(place, &[&new[..], &out[..]].concat());
    let sign = [
        "x509",
        "-req",
        "-in",
        "server.csr",
        "-CA",
        "ours.pem",
        "-CAkey",
        "ours.key",
    ];
    let how = [
        "-CAcreateserial",
        "-days",
        "2",
        "-extfile",
        "names",
        "-out",
        "server.pem",
    ];
    openssl(place, &[&sign[..], &how[..]].concat());
}

/// A web server that ends with the test: it gives files as they are, heads of answers in them.
struct Server {
    process: Child,
    port: u16,
}

impl Server {
    fn of(place: &Path) -> Server {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let accept = format!("127.0.0.1:{port}");
        let serve = ["s_server", "-HTTP", "-quiet", "-accept", &accept];
        let process = Command::new("openssl")
            .args(serve)
            .args(["-cert", "server.pem", "-key", "server.key"])
            .current_dir(place)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        while TcpStream::connect(&accept).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(30), "no server");
            thread::sleep(Duration::from_millis(20));
        }
        Server { process, port }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn page(events: &[&str]) -> String {
    let sections = events.iter().map(|event| {
        format!("## {event}\n\n```json\n{{ \"source\": \"my.kiln\", \"detail-type\": \"{event}\", \"detail\": {{ \"KilnName\": \"a\" }} }}\n```\n\n")
    });
    format!("# Kilns\n\n{}", sections.collect::<String>())
}

/// Tracks the page of a server, trusting an authority.
fn track(set: &Path, trusted: &Path, port: u16) -> Output {
    let pages = format!(
        "{{ \"pages\": [{{ \"page\": \"kilns.md\", \"url\": \"https://localhost:{port}/kilns.md\" }}] }}\n"
    );
    std::fs::write(set.join("schemas/pages.json"), pages).unwrap();
    Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"))
        .args(["track", "--timeout", "20"])
        .env("SSL_CERT_FILE", trusted)
        .env_remove("SSL_CERT_DIR")
        .current_dir(set)
        .output()
        .unwrap()
}

/// A set that knows one event, in `place/set`.
fn set(place: &Path) -> std::path::PathBuf {
    let set = place.join("set");
    std::fs::create_dir(&set).unwrap();
    std::fs::write(set.join("kilns.md"), page(&["Kiln Lit"])).unwrap();
    for arguments in [
        &["learn", "kilns.md", "--date", "2026-01-01"][..],
        &["generate"],
    ] {
        let mut tool = Command::new(env!("CARGO_BIN_EXE_eventbridge-codegen"));
        let output = tool.args(arguments).current_dir(&set).output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    set
}

#[test]
fn who_is_trusted_is_fetched_from_and_who_is_not_is_refused() {
    if Command::new("openssl").arg("version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "openssl is not there");
        eprintln!("skipped: openssl is not there");
        return;
    }
    let place = TempDir::new().unwrap();
    let at = place.path();
    authority(at, "ours");
    authority(at, "others");
    let body = page(&["Kiln Lit", "Kiln Sold"]);
    let head = format!(
        "HTTP/1.0 200 OK\r\nContent-Type: text/markdown\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    std::fs::write(at.join("kilns.md"), head + &body).unwrap();
    let set = set(at);
    let learned = || set.join("schemas/my.kiln/Sold.json").exists();
    for (host, trusted) in [
        ("localhost", "others.pem"),
        ("elsewhere.example", "ours.pem"),
    ] {
        certificate(at, host);
        let server = Server::of(at);
        let output = track(&set, &at.join(trusted), server.port);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{host} {trusted}: {told}");
        assert!(told.contains("certificate"), "{host} {trusted}: {told}");
        assert!(!learned(), "nothing is touched");
    }
    certificate(at, "localhost");
    let server = Server::of(at);
    let output = track(&set, &at.join("ours.pem"), server.port);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(learned(), "{told}");
}
