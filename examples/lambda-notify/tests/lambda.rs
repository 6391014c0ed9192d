//! The function answers Lambda's runtime API, served here on the loopback address, as Lambda would have it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod runtime_api;

use lambda_notify::{Notification, Notify, handle};
use lambda_runtime::Error;
use runtime_api::{Answer, RuntimeApi};
use sagemaker_events::Event;
use serde_json::{Value, json};
use std::process::{Command, Stdio};

fn event(detail_type: &str, detail: Value) -> String {
    json!({
        "version": "0", "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718", "detail-type": detail_type,
        "source": "aws.sagemaker", "account": "111122223333", "time": "2026-03-15T16:10:10Z",
        "region": "eu-west-1", "resources": [], "detail": detail
    })
    .to_string()
}

fn job(name: &str, status: &str) -> String {
    let detail = json!({
        "TransformJobName": name,
        "TransformJobArn": format!("arn:aws:sagemaker:eu-west-1:111122223333:transform-job/{name}"),
        "TransformJobStatus": status,
        "FailureReason": if status == "Failed" { json!("ClientError: no data") } else { Value::Null },
    });
    event("SageMaker Transform Job State Change", detail)
}

fn endpoint() -> String {
    let detail =
        json!({"EndpointName": "front", "EndpointArn": "arn:front", "EndpointStatus": "FAILED"});
    event("SageMaker Endpoint State Change", detail)
}

/// Lets the function answer each event, and gives its answers and the lines that it printed.
fn invoke(events: &[String]) -> (Vec<Answer>, Vec<String>) {
    let api = RuntimeApi::start();
    let mut function = Command::new(env!("CARGO_BIN_EXE_lambda-notify"))
        .env("AWS_LAMBDA_RUNTIME_API", api.address())
        .env("AWS_LAMBDA_FUNCTION_NAME", "lambda-notify")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .env("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/lambda-notify")
        .env("AWS_LAMBDA_LOG_STREAM_NAME", "2026/03/15")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let answers = api.serve(events);
    function.kill().unwrap();
    let output = function.wait_with_output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    (answers, printed.lines().map(str::to_owned).collect())
}

#[test]
fn failures_are_told_and_the_rest_is_not() {
    let events = [
        job("score", "Failed"),
        job("rank", "Completed"),
        event("SageMaker Something New", json!({"Status": "Failed"})),
        "{\"detail-type\": \"SageMaker Transform".to_owned(),
        endpoint(),
    ];
    let (answers, notifications) = invoke(&events);

    let told = |notified: bool| json!({"notified": notified});
    let [failed, completed, unknown, broken, endpoint] = answers.try_into().unwrap();
    assert_eq!(failed, Answer::Response(told(true)));
    assert_eq!(completed, Answer::Response(told(false)));
    assert_eq!(unknown, Answer::Response(told(false)));
    let Answer::Error(error) = broken else {
        panic!("{broken:?}");
    };
    assert!(
        error["errorMessage"].as_str().unwrap().contains("EOF"),
        "{error}"
    );
    assert_eq!(endpoint, Answer::Response(told(true)));

    let [failed, endpoint] = notifications.try_into().unwrap();
    assert!(include_str!("../README.md").contains(&failed), "{failed}");
    assert_eq!(
        serde_json::from_str::<Value>(&failed).unwrap(),
        json!({
            "detail_type": "SageMaker Transform Job State Change",
            "name": "score",
            "arn": "arn:aws:sagemaker:eu-west-1:111122223333:transform-job/score",
            "status": "Failed",
            "reason": "ClientError: no data",
            "time": "2026-03-15T16:10:10Z",
            "region": "eu-west-1",
        })
    );
    let endpoint: Value = serde_json::from_str(&endpoint).unwrap();
    assert_eq!(endpoint["name"], "front");
    assert_eq!(endpoint["reason"], Value::Null);
}

/// A notifier that cannot send.
struct Unreachable;

impl Notify for Unreachable {
    async fn notify(&self, notification: &Notification<'_>) -> Result<(), Error> {
        Err(format!("nobody hears of {}", notification.name).into())
    }
}

/// Lambda tries an invocation that failed again, so that no failure goes untold.
#[tokio::test]
async fn what_cannot_be_sent_fails_the_invocation() {
    let read = |event: String| serde_json::from_str::<Event>(&event).unwrap();
    let error = handle(&read(job("score", "Failed")), &Unreachable).await;
    assert_eq!(error.unwrap_err().to_string(), "nobody hears of score");
    let answer = handle(&read(job("score", "Completed")), &Unreachable).await;
    assert!(!answer.unwrap().notified);
}
