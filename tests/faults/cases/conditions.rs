//! Conditions, and what the client refuses of its own accord.

use super::over;
use crate::answers::{empty_answer, good, reply};
use crate::case::{Case, Want};
use crate::requests::Request;
use ghes_oauth::{DeprecationPolicy, ErrorKind, GhesVersion, Phase};
use std::time::Duration;

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case::new("304: with a condition")
            .over(over::get)
            .with(|setup| setup.etag = Some("W/\"abc\""))
            .answer(empty_answer(304))
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
        Case::new("200: with a condition")
            .over(over::get)
            .with(|setup| setup.etag = Some("\"abc\""))
            .answers(|operation| vec![reply(good(operation))])
            .status(200),
        Case::new("304: without a condition")
            .answer(empty_answer(304))
            .want(|_| Want::Failure(ErrorKind::NotModified))
            .status(304),
        Case::new("condition: not on GET")
            .over(over::not_get)
            .with(|setup| setup.etag = Some("\"abc\""))
            .want(refused)
            .sent(|_| 0),
        Case::new("condition: line end")
            .over(over::get)
            .with(|setup| setup.etag = Some("\"a\r\nX: 1\""))
            .want(refused)
            .sent(|_| 0),
        Case::new("policy: deprecated operations denied")
            .over(over::deprecated)
            .with(|setup| setup.own(|builder| builder.deprecation_policy(DeprecationPolicy::Deny)))
            .want(|_| Want::Failure(ErrorKind::DeniedByPolicy))
            .sent(|_| 0)
            .error(|error| error.is_denied_by_policy() && !error.is_retryable()),
        Case::new("policy: others allowed")
            .over(|operation| !over::deprecated(operation))
            .with(|setup| setup.own(|builder| builder.deprecation_policy(DeprecationPolicy::Deny))),
        Case::new("version: known and too new")
            .over(over::token_in_path)
            .with(|setup| setup.own(|builder| builder.ghes_version(GhesVersion::new(3, 4))))
            .want(|_| Want::Failure(ErrorKind::NotAvailable))
            .sent(|_| 0)
            .error(|error| error.to_string().contains("3.4") && error.is_not_available()),
        Case::new("version: known and too old")
            .over(over::scopes_token)
            .with(|setup| setup.own(|builder| builder.ghes_version(GhesVersion::new(2, 22))))
            .want(|_| Want::Failure(ErrorKind::NotAvailable))
            .sent(|_| 0),
        Case::new("time: none at all")
            .with(|setup| setup.timeout = Duration::ZERO)
            .want(|_| Want::Failure(ErrorKind::Timeout))
            .phase(Phase::NotSent)
            .sent(|_| 0),
        Case::new("time: no end").with(|setup| setup.timeout = Duration::MAX),
        Case::new("answer: no cap")
            .with(|setup| setup.own(|builder| builder.max_answer_bytes(usize::MAX))),
    ]
}

fn refused(_: &ghes_oauth::Operation) -> Want {
    Want::Failure(ErrorKind::InvalidInput)
}
