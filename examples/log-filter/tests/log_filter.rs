//! The program as a user runs it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::Write;
use std::process::{Command, Stdio};

const LOG: &str = concat!(
    r#"{"source":"aws.sagemaker","detail-type":"SageMaker Training Job State Change","time":"2026-03-15T16:10:10Z","detail":{"TrainingJobName":"forecast","TrainingJobArn":"arn","TrainingJobStatus":"Failed","FailureReason":"ClientError:\nno data"}}"#,
    "\n\n",
    r#"{"source":"aws.sagemaker","#,
    "\r\n",
    r#"{"source":"aws.sagemaker","detail-type":"SageMaker Endpoint State Change","time":"2026-03-15T16:11:10Z","detail":{"EndpointName":"front","EndpointArn":"arn","EndpointStatus":"FAILED"}}"#,
    "\n",
    r#"{"source":"aws.sagemaker","detail-type":"SageMaker Training Job State Change","time":"2026-03-15T16:12:10Z","detail":{"TrainingJobName":"again","TrainingJobArn":"arn","TrainingJobStatus":"Completed"}}"#,
    "\n[1]\n",
    r#"{"detail-type":"SageMaker Something New","source":"aws.sagemaker","detail":{"Status":"Failed"}}"#,
);

/// What the program prints, what it tells on stderr, and its exit code.
fn run(arguments: &[&str], log: &[u8]) -> (String, String, i32) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_log-filter"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(log).unwrap();
    let output = program.wait_with_output().unwrap();
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
        output.status.code().unwrap(),
    )
}

const TRAINING: &str = "2026-03-15T16:10:10Z  Failed  forecast  SageMaker Training Job State Change: ClientError: no data\n";
const ENDPOINT: &str = "2026-03-15T16:11:10Z  FAILED  front  SageMaker Endpoint State Change\n";
const AGAIN: &str = "2026-03-15T16:12:10Z  Completed  again  SageMaker Training Job State Change\n";
const NEW: &str = "-  -  -  SageMaker Something New\n";

#[test]
fn every_event_and_every_line_that_is_none() {
    let (printed, told, code) = run(&[], LOG.as_bytes());
    assert_eq!(printed, [TRAINING, ENDPOINT, AGAIN, NEW].concat());
    let told: Vec<&str> = told.lines().collect();
    assert!(told[0].starts_with("line 3: "), "{told:?}");
    assert!(told[1].starts_with("line 6: "), "{told:?}");
    assert_eq!(told[2..], ["2 of 7 lines could not be read"]);
    assert_eq!(code, 1);
}

#[test]
fn chosen_by_status_and_detail_type() {
    assert_eq!(
        run(&["--status", "failed"], LOG.as_bytes()).0,
        [TRAINING, ENDPOINT].concat()
    );
    let training = ["--detail-type", "SageMaker Training Job State Change"];
    assert_eq!(run(&training, LOG.as_bytes()).0, [TRAINING, AGAIN].concat());
    let both = [
        &training[..],
        &["--status", "Failed", "--status", "Stopped"],
    ]
    .concat();
    assert_eq!(run(&both, LOG.as_bytes()).0, TRAINING);
    assert_eq!(run(&["--status", "Stopped"], LOG.as_bytes()).0, "");
}

#[test]
fn a_log_that_can_be_read_is_no_failure() {
    let line = LOG.lines().next().unwrap();
    for log in [String::new(), "\n".to_owned(), line.to_owned()] {
        let (_, told, code) = run(&[], log.as_bytes());
        assert_eq!((told.as_str(), code), ("", 0), "{log}");
    }
}

#[test]
fn bytes_and_endless_lines_are_told() {
    let endless = vec![b'['; 5 << 20];
    let log = [
        &endless,
        &b"\n\xff\xfe\n"[..],
        LOG.lines().next().unwrap().as_bytes(),
    ]
    .concat();
    let (printed, told, code) = run(&[], &log);
    assert_eq!(printed, TRAINING);
    let told: Vec<&str> = told.lines().collect();
    assert_eq!(told[0], "line 1: longer than 2097152 bytes");
    assert!(told[1].starts_with("line 2: "), "{told:?}");
    assert_eq!(told[2..], ["2 of 3 lines could not be read"]);
    assert_eq!(code, 1);
}

#[test]
fn a_wrong_call_is_told() {
    let (printed, told, code) = run(&["--color"], b"");
    assert_eq!((printed.as_str(), code), ("", 2));
    assert!(told.contains("--color"), "{told}");
}
