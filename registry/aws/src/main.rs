//! Calls come in on stdin, one JSON document a line; what the Schema Registry of AWS answers goes out on stdout. All
//! that decides anything stands in `eventbridge-registry`.

mod answer;
mod failure;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_schemas::config::ProvideCredentials;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use clap::Parser;
use eventbridge_registry::line::{AnswerLine, CallLine, FailureLine, Hello, PROTOCOL};
use std::io::{BufRead, Write};
use std::process::ExitCode;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Asks the EventBridge Schema Registry for `eventbridge-codegen register`, which starts it.
#[derive(Parser)]
#[command(name = "eventbridge-registry-aws", version)]
struct Arguments {
    /// The profile of ~/.aws/config.
    #[arg(long)]
    profile: Option<String>,

    /// The region.
    #[arg(long)]
    region: Option<String>,

    /// Another endpoint than AWS's own.
    #[arg(long)]
    endpoint_url: Option<String>,
}

/// A server that does not answer for so long will not.
const PATIENCE: Duration = Duration::from_secs(30);

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => runtime.block_on(serve(arguments)),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

async fn serve(arguments: Arguments) -> ExitCode {
    let config = configuration(arguments).await;
    if !greet(&config).await {
        return ExitCode::from(2);
    }
    let client = aws_sdk_schemas::Client::new(&config);
    let mut lines = stdin_lines();
    while let Some(line) = lines.recv().await {
        let call = match serde_json::from_str::<CallLine>(&line) {
            Ok(call) => call,
            Err(error) => {
                eprintln!("error: stdin: expected a call: {error}");
                return ExitCode::from(2);
            }
        };
        tokio::spawn(answer_line(client.clone(), call));
    }
    ExitCode::SUCCESS // nobody waits for what is still on its way
}

/// Says that calls may come, or why none can be made, and tells which.
async fn greet(config: &SdkConfig) -> bool {
    let failure = unready(config).await;
    let is_ready = failure.is_none();
    print(&Hello {
        protocol: PROTOCOL,
        region: config.region().map(ToString::to_string),
        failure,
    });
    is_ready
}

async fn answer_line(client: aws_sdk_schemas::Client, call: CallLine) {
    let answer = answer::answer(&client, call.call).await;
    let (output, failure) = match answer {
        Ok(output) => (Some(output), None),
        Err(failure) => (None, Some(failure)),
    };
    print(&AnswerLine {
        id: call.id,
        output,
        failure,
    });
}

/// As the AWS command line is configured. Calls are made again by who asks, who knows of all of them.
async fn configuration(arguments: Arguments) -> SdkConfig {
    let tls = Provider::Rustls(CryptoMode::Ring);
    let http = aws_smithy_http_client::Builder::new().tls_provider(tls);
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(PATIENCE / 3)
        .operation_attempt_timeout(PATIENCE);
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http.build_https())
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts.build());
    if let Some(profile) = arguments.profile {
        loader = loader.profile_name(profile);
    }
    if let Some(region) = arguments.region {
        loader = loader.region(Region::new(region));
    }
    if let Some(url) = arguments.endpoint_url {
        loader = loader.endpoint_url(url);
    }
    loader.load().await
}

/// Why no call would be answered.
async fn unready(config: &SdkConfig) -> Option<FailureLine> {
    if config.region().is_none() {
        return Some(FailureLine {
            status: 400,
            message: "no region is configured: say --region, or set AWS_REGION".to_owned(),
            ..FailureLine::default()
        });
    }
    let credentials = config.credentials_provider()?.provide_credentials().await;
    credentials.err().map(|error| FailureLine {
        status: 401,
        message: failure::whole(&error),
        ..FailureLine::default()
    })
}

/// Lines as they come; none where stdin is closed.
fn stdin_lines() -> UnboundedReceiver<String> {
    let (sender, receiver) = unbounded_channel();
    std::thread::spawn(move || {
        let lines = std::io::stdin().lock().lines();
        for line in lines.map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

/// Prints a line, whole. Where nobody reads it, the end of stdin follows.
fn print(line: &impl serde::Serialize) {
    match serde_json::to_string(line) {
        Ok(text) => {
            let mut stdout = std::io::stdout().lock();
            let written = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
            drop(written);
        }
        Err(error) => eprintln!("error: {error}"),
    }
}
