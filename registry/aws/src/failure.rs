//! An error of the SDK comes in; what came over the wire, or that nothing came, goes out.

use aws_sdk_schemas::config::http::HttpResponse;
use aws_sdk_schemas::error::SdkError;
use eventbridge_registry::line::FailureLine;
use serde_json::Value;
use std::error::Error;

/// Why a call was not answered.
pub(crate) fn failure<E: Error + 'static>(error: SdkError<E, HttpResponse>) -> FailureLine {
    match &error {
        SdkError::ServiceError(answered) => answer(answered.raw(), answered.err()),
        _ if is_about_credentials(&error) => FailureLine {
            status: 401,
            message: whole(&error),
            ..FailureLine::default()
        },
        SdkError::ConstructionFailure(_) => FailureLine {
            status: 400,
            message: whole(&error),
            ..FailureLine::default()
        },
        _ => FailureLine {
            message: whole(&error),
            ..FailureLine::default()
        },
    }
}

/// The service writes `Code` and `Message`, which the SDK does not look for; others write otherwise.
fn answer(raw: &HttpResponse, error: &(dyn Error + 'static)) -> FailureLine {
    let body = raw.body().bytes().unwrap_or_default();
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let said = |keys: &[&str]| {
        let mut found = keys.iter().filter_map(|key| body[key].as_str());
        found.next().map(str::to_owned)
    };
    let header = raw.headers().get("x-amzn-errortype").map(str::to_owned);
    let code = header.or_else(|| said(&["Code", "code", "__type"]));
    let code = code.unwrap_or_default();
    let code = code.split(':').next().unwrap_or_default();
    FailureLine {
        status: raw.status().as_u16(),
        code: code.rsplit('#').next().unwrap_or_default().to_owned(),
        message: said(&["Message", "message"]).unwrap_or_else(|| whole(error)),
    }
}

fn is_about_credentials(error: &(dyn Error + 'static)) -> bool {
    use aws_credential_types::provider::error::CredentialsError as Credentials;
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<Credentials>() {
            return true;
        }
        next = error.source();
    }
    false
}

/// An error with all that it comes from.
pub(crate) fn whole(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        let cause = error.to_string();
        if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
        next = error.source();
    }
    text
}
