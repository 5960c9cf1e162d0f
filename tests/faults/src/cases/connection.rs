//! Connections that fail, break or stall.

use super::over;
use crate::case::{Case, Want};
use crate::responses::{body_start, cut, good};
use crate::secrets::NEW_TOKEN;
use crate::server::{Exchange, Step};
use ghes_oauth::{ErrorKind, Operation, Outcome};
use reqwest::dns::{Name, Resolve, Resolving};
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

pub(super) fn cases() -> Vec<Case> {
    let mut cases = vec![
        not_connected(
            "connection::no_such_host",
            ErrorKind::Connection,
            "could not be resolved",
            |setup| {
                setup.base = "http://ghe.example.com:PORT";
                setup.plain_http = true;
                setup.http(|client, _| client.dns_resolver(Arc::new(NoSuchHost)));
            },
        ),
        not_connected(
            "connection::refused",
            ErrorKind::Connection,
            "was refused",
            |setup| setup.base = "http://127.0.0.1:1",
        ),
        not_connected(
            "connection::timeout",
            ErrorKind::Timeout,
            "in time",
            |setup| {
                setup.base = "http://ghe.example.com:PORT";
                (setup.plain_http, setup.connect_timeout) = (true, Some(Duration::from_millis(30)));
                setup.http(|client, _| client.dns_resolver(Arc::new(SlowHost)));
            },
        ),
    ];
    cases.extend(broken());
    cases
}

fn not_connected(
    name: &'static str,
    kind: ErrorKind,
    reason: &'static str,
    change: impl Fn(&mut crate::setup::Setup) + Send + Sync + 'static,
) -> Case {
    let case = Case::new(name)
        .with(change)
        .sent(|_| 0)
        .outcome(Outcome::NotPerformed)
        .error(move |error| {
            let printed = error.to_string();
            error.is_retryable() && printed.contains(reason) && printed.contains("nothing was sent")
        });
    match kind {
        ErrorKind::Timeout => case.want(|_| Want::Failure(ErrorKind::Timeout)),
        _ => case.want(|_| Want::Failure(ErrorKind::Connection)),
    }
}

/// Each way to end a connection, at each point of an exchange.
fn broken() -> Vec<Case> {
    let mut cases = Vec::new();
    let ends = [
        (
            Step::Reset,
            [
                "reset::before_the_request_is_read",
                "reset::after_the_request",
                "reset::mid_head",
                "reset::before_the_token",
                "reset::after_the_token",
            ],
        ),
        (
            Step::Close,
            [
                "close::before_the_request_is_read",
                "close::after_the_request",
                "close::mid_head",
                "close::before_the_token",
                "close::after_the_token",
            ],
        ),
        (
            Step::Stall,
            [
                "stall::before_the_request_is_read",
                "stall::after_the_request",
                "stall::mid_head",
                "stall::before_the_token",
                "stall::after_the_token",
            ],
        ),
    ];
    for (end, [unread, read, head, before, after]) in ends {
        let steps = |point: fn(&Operation, Step) -> Exchange| {
            let end = end.clone();
            move |operation: &'static Operation| vec![point(operation, end.clone())]
        };
        let stalls = matches!(end, Step::Stall);
        let case = |name| {
            let case = Case::new(name).with(|setup| setup.timeout = Duration::from_secs(20));
            if stalls {
                case.want(over::late).times_out()
            } else {
                case.want(over::lost).sent(over::as_often_as_may_be)
            }
        };
        cases.push(
            case(unread)
                .exchanges(steps(|_, end| vec![end]))
                .outcome(Outcome::Unknown),
        );
        cases.push(
            case(read)
                .exchanges(steps(|_, end| vec![Step::Read, end]))
                .outcome(Outcome::Unknown),
        );
        cases.push(
            case(head)
                .exchanges(steps(|operation, end| cut(&good(operation), 20, end)))
                .outcome(Outcome::Unknown),
        );
        let before = case(before).over(over::with_body).outcome(Outcome::Unknown);
        cases.push(before.exchanges(steps(|operation, end| {
            cut(&good(operation), body_start(&good(operation)) + 3, end)
        })));
        let after = case(after).over(over::with_authorization);
        let after = after.exchanges(steps(|operation, end| {
            cut(&good(operation), good(operation).len() - 3, end)
        }));
        cases.push(
            if stalls {
                after.want(recovered_late)
            } else {
                after.want(recovered)
            }
            .error(|error| {
                let once = error.operation().is_some_and(over::once);
                let outcome = if once {
                    Outcome::Performed
                } else {
                    Outcome::Unknown
                };
                error.outcome() == outcome
                    && error.recovered_token().map(|token| token.expose_secret())
                        == once.then_some(NEW_TOKEN)
            }),
        );
    }
    cases
}

/// An error with a token keeps its kind, and its outcome is known.
fn recovered(_: &Operation) -> Want {
    Want::Failure(ErrorKind::Connection)
}

fn recovered_late(_: &Operation) -> Want {
    Want::Failure(ErrorKind::Timeout)
}

/// Resolves no name, and returns an error.
pub(super) struct NoSuchHost;

impl Resolve for NoSuchHost {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(async { Err("no such host".into()) })
    }
}

/// Resolves no name, and never returns.
pub(super) struct SlowHost;

impl Resolve for SlowHost {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(pending())
    }
}
