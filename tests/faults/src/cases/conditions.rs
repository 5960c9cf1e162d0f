//! Conditions, and calls that the client refuses.

use super::over;
use crate::case::{Case, Want};
use crate::requests::Request;
use crate::responses::{empty_response, good, reply};
use ghes_oauth::{DeprecationPolicy, ErrorKind, GhesVersion, Outcome};
use std::time::Duration;

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case::new("condition::304")
            .over(over::get)
            .with(|setup| setup.etag = Some("W/\"abc\""))
            .responds(empty_response(304))
            .status(304)
            .value(|value| value.variant == "NotModified")
            .check(|seen| {
                match Request::read(&seen.requests[0])
                    .all("if-none-match")
                    .as_slice()
                {
                    ["W/\"abc\""] => Ok(()),
                    _ => Err("the condition did not arrive".to_owned()),
                }
            }),
        Case::new("condition::200")
            .over(over::get)
            .with(|setup| setup.etag = Some("\"abc\""))
            .exchanges(|operation| vec![reply(good(operation))])
            .status(200),
        Case::new("condition::304_without_one")
            .responds(empty_response(304))
            .want(|_| Want::Failure(ErrorKind::NotModified))
            .status(304),
        Case::new("condition::line_end")
            .over(over::get)
            .with(|setup| setup.etag = Some("\"a\r\nX: 1\""))
            .want(refused)
            .sent(|_| 0),
        Case::new("policy::deprecated_operations_denied")
            .over(over::deprecated)
            .with(|setup| setup.own(|builder| builder.deprecation_policy(DeprecationPolicy::Deny)))
            .want(|_| Want::Failure(ErrorKind::DeniedByPolicy))
            .sent(|_| 0)
            .error(|error| error.kind() == ErrorKind::DeniedByPolicy && !error.is_retryable()),
        Case::new("policy::other_operations_allowed")
            .over(|operation| !over::deprecated(operation))
            .with(|setup| setup.own(|builder| builder.deprecation_policy(DeprecationPolicy::Deny))),
        Case::new("version::too_new_for_the_operation")
            .over(over::token_in_path)
            .with(|setup| setup.own(|builder| builder.ghes_version(GhesVersion::new(3, 4))))
            .want(|_| Want::Failure(ErrorKind::UnsupportedByServer))
            .sent(|_| 0)
            .error(|error| {
                error.to_string().contains("3.4") && error.kind() == ErrorKind::UnsupportedByServer
            }),
        Case::new("version::too_old_for_the_operation")
            .over(over::scopes_token)
            .with(|setup| setup.own(|builder| builder.ghes_version(GhesVersion::new(2, 22))))
            .want(|_| Want::Failure(ErrorKind::UnsupportedByServer))
            .sent(|_| 0),
        Case::new("timeout::zero")
            .with(|setup| setup.timeout = Duration::ZERO)
            .want(|_| Want::Failure(ErrorKind::Timeout))
            .outcome(Outcome::NotPerformed)
            .sent(|_| 0),
        Case::new("timeout::endless").with(|setup| setup.timeout = Duration::MAX),
        Case::new("large::no_cap")
            .with(|setup| setup.own(|builder| builder.max_response_bytes(usize::MAX))),
    ]
}

fn refused(_: &ghes_oauth::Operation) -> Want {
    Want::Failure(ErrorKind::InvalidInput)
}
