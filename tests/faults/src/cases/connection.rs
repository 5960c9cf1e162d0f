//! Connections that do not come about, break, stall or bring something else.

use super::over;
use crate::answers::{body_start, cut, good, html_answer, message, raw_answer, reply};
use crate::case::{Case, Want};
use crate::secrets::NEW_TOKEN;
use crate::server::{Exchange, Step};
use ghes_oauth::{Error, ErrorKind, Operation, Phase};
use reqwest::dns::{Name, Resolve, Resolving};
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

/// How long a call may take that is left without an answer: enough for the request to arrive on a busy machine.
const SHORT: Duration = Duration::from_secs(3);

pub(super) fn cases() -> Vec<Case> {
    let mut cases = vec![
        not_connected("connection::no_such_host", ErrorKind::Connection, |setup| {
            setup.base = "http://ghe.example.com:PORT";
            setup.plain_http = true;
            setup.http(|client, _| client.dns_resolver(Arc::new(NoSuchHost)));
        }),
        not_connected("connection::refused", ErrorKind::Connection, |setup| {
            setup.base = "http://127.0.0.1:1"
        }),
        not_connected("connection::timeout", ErrorKind::Timeout, |setup| {
            setup.base = "http://ghe.example.com:PORT";
            (setup.plain_http, setup.connect_timeout) = (true, Some(Duration::from_millis(30)));
            setup.http(|client, _| client.dns_resolver(Arc::new(SlowHost)));
        }),
    ];
    cases.extend(broken());
    cases.extend(garbled());
    cases.extend(slow());
    cases
}

fn not_connected(
    name: &'static str,
    kind: ErrorKind,
    change: impl Fn(&mut crate::setup::Setup) + Send + Sync + 'static,
) -> Case {
    let case = Case::new(name)
        .with(change)
        .sent(|_| 0)
        .phase(Phase::NotSent)
        .error(move |error| error.is_retryable() && error.is_connection());
    match kind {
        ErrorKind::Timeout => case
            .want(|_| Want::Failure(ErrorKind::Timeout))
            .error(|error| error.is_timeout()),
        _ => case
            .want(|_| Want::Failure(ErrorKind::Connection))
            .error(|error| !error.is_timeout()),
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
    for (end, [unread, read, head, before, behind]) in ends {
        let steps = |point: fn(&Operation, Step) -> Exchange| {
            let end = end.clone();
            move |operation: &'static Operation| vec![point(operation, end.clone())]
        };
        let stalls = matches!(end, Step::Stall);
        let case = |name| {
            let case = Case::new(name).with(|setup| setup.timeout = Duration::from_secs(20));
            if stalls {
                case.want(over::late).with(|setup| setup.timeout = SHORT)
            } else {
                case.want(over::lost).sent(over::as_often_as_may_be)
            }
        };
        cases.push(
            case(unread)
                .answers(steps(|_, end| vec![end]))
                .phase(Phase::Sent),
        );
        cases.push(
            case(read)
                .answers(steps(|_, end| vec![Step::Read, end]))
                .phase(Phase::Sent),
        );
        cases.push(
            case(head)
                .answers(steps(|operation, end| cut(&good(operation), 20, end)))
                .phase(Phase::Sent),
        );
        let before = case(before).over(over::with_body).phase(Phase::AnswerBegun);
        cases.push(before.answers(steps(|operation, end| {
            cut(&good(operation), body_start(&good(operation)) + 3, end)
        })));
        let behind = case(behind)
            .over(over::with_authorization)
            .phase(Phase::AnswerBegun);
        let behind = behind.answers(steps(|operation, end| {
            cut(&good(operation), good(operation).len() - 3, end)
        }));
        cases.push(
            if stalls {
                behind.want(recovered_late)
            } else {
                behind.want(recovered)
            }
            .error(|error| {
                let once = error.operation().is_some_and(over::once);
                error.recovered_token().map(|token| token.expose_secret())
                    == once.then_some(NEW_TOKEN)
            }),
        );
    }
    cases
}

/// What comes with a token keeps its kind; it is no longer unknown what happened.
fn recovered(_: &Operation) -> Want {
    Want::Failure(ErrorKind::Connection)
}

fn recovered_late(_: &Operation) -> Want {
    Want::Failure(ErrorKind::Timeout)
}

/// Answers that are not HTTP, or HTTP gone wrong.
fn garbled() -> Vec<Case> {
    let garbled = |name, bytes: Vec<u8>| {
        let steps = vec![Step::Read, Step::Write(bytes), Step::Close];
        Case::new(name)
            .answers(move |_| vec![steps.clone()])
            .want(over::lost)
            .sent(over::as_often_as_may_be)
    };
    let many: Vec<String> = (0..200).map(|number| format!("X-{number}")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "x")).collect();
    vec![
        garbled("garbage::banner", b"SSH-2.0-OpenSSH_9.6\r\n".to_vec()),
        garbled(
            "garbage::echo_of_the_request",
            b"PATCH /applications/x/token HTTP/1.1\r\n\r\n".to_vec(),
        ),
        garbled("garbage::zeros", vec![0; 1000]),
        garbled(
            "garbage::two_digit_status",
            b"HTTP/1.1 20 OK\r\n\r\n".to_vec(),
        ),
        garbled(
            "garbage::two_lengths",
            raw_answer(
                200,
                &[("Content-Length", "2"), ("Content-Length", "3")],
                b"{}",
            ),
        ),
        garbled(
            "garbage::negative_length",
            raw_answer(200, &[("Content-Length", "-2")], b"{}"),
        ),
        garbled("garbage::200_headers", raw_answer(200, &many, b"{}")),
        Case::new("garbage::banner_at_once")
            .answers(|_| {
                vec![vec![
                    Step::AtOnce,
                    Step::Write(b"220 mail.example.com ESMTP\r\n".to_vec()),
                    Step::Close,
                ]]
            })
            .want(|_| Want::Broken)
            .sent(|_| 0),
        Case::new("reset::at_once")
            .answers(|_| vec![vec![Step::AtOnce, Step::Reset]])
            .want(|_| Want::Broken)
            .sent(|_| 0),
        chunked(
            "chunk::truncated",
            |body| format!("{:x}\r\n{}", body.len(), &body[..4]),
            Some(over::lost),
        ),
        chunked(
            "chunk::no_last_chunk",
            |body| format!("4\r\n{}\r\n", &body[..4]),
            Some(over::lost),
        ),
        chunked(
            "chunk::size_is_junk",
            |body| format!("zz\r\n{body}\r\n0\r\n\r\n"),
            Some(over::lost),
        ),
        chunked(
            "chunk::well_formed",
            |body| {
                format!(
                    "{:x};a=b\r\n{body}\r\n0\r\nX-Trailer: 1\r\n\r\n",
                    body.len()
                )
            },
            None,
        ),
        Case::new("truncated::json_success_of_a_delete")
            .over(over::deletes)
            .answers(|_| {
                vec![cut(
                    &crate::answers::json_answer(200, &message("done")),
                    150,
                    Step::Close,
                )]
            })
            .status(200),
    ]
}

fn chunked(
    name: &'static str,
    encode: fn(&str) -> String,
    want: Option<fn(&Operation) -> Want>,
) -> Case {
    let case = Case::new(name)
        .over(over::with_body)
        .answers(move |operation| {
            let body = crate::answers::good_body(operation)
                .unwrap_or_default()
                .to_string();
            let headers = [
                ("Content-Type", "application/json"),
                ("Transfer-Encoding", "chunked"),
            ];
            vec![vec![
                Step::Read,
                Step::Write(raw_answer(200, &headers, encode(&body).as_bytes())),
                Step::Close,
            ]]
        });
    match want {
        Some(want) => case.want(want).sent(over::reads_as_often_as_may_be),
        None => case,
    }
}

/// Answers that take their time, come early, or come in parts.
fn slow() -> Vec<Case> {
    let piece = |size, pause| {
        move |operation: &'static Operation| {
            vec![vec![
                Step::Read,
                Step::Dribble(good(operation), size, Duration::from_millis(pause)),
            ]]
        }
    };
    vec![
        Case::new("slow::in_time").answers(piece(50, 1)),
        Case::new("slow::head_too_late")
            .answers(piece(1, 250))
            .with(|setup| setup.timeout = SHORT)
            .want(over::late)
            .phase(Phase::Sent)
            .error(Error::is_timeout),
        Case::new("slow::body_too_late")
            .over(over::with_body)
            .with(|setup| setup.timeout = SHORT)
            .answers(|operation| {
                let (answer, start) = (good(operation), body_start(&good(operation)));
                let rest = Step::Dribble(answer[start..].to_vec(), 1, Duration::from_millis(250));
                vec![vec![
                    Step::Read,
                    Step::Write(answer[..start].to_vec()),
                    rest,
                ]]
            })
            .want(over::late)
            .phase(Phase::AnswerBegun),
        Case::new("early::before_the_request_is_read")
            .answers(|_| {
                vec![vec![
                    Step::ReadPart(10),
                    Step::Write(html_answer(401)),
                    Step::Pause(Duration::from_millis(100)),
                    Step::Close,
                ]]
            })
            .want(|_| Want::Failure(ErrorKind::Unauthorized))
            .status(401),
        interim("interim::100", b"HTTP/1.1 100 Continue\r\n\r\n"),
        interim(
            "interim::102_twice",
            b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n",
        ),
        interim(
            "interim::103",
            b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n",
        ),
        Case::new("http_1_0::ended_by_close").answers(|operation| {
            let bytes = String::from_utf8(good(operation)).unwrap();
            let bytes = bytes
                .replace("HTTP/1.1", "HTTP/1.0")
                .replace("Content-Length", "X-Length");
            vec![vec![
                Step::Read,
                Step::Write(bytes.into_bytes()),
                Step::Close,
            ]]
        }),
    ]
}

fn interim(name: &'static str, before: &'static [u8]) -> Case {
    Case::new(name).answers(move |operation| vec![reply([before, &good(operation)].concat())])
}

struct NoSuchHost;

impl Resolve for NoSuchHost {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(async { Err("no such host".into()) })
    }
}

struct SlowHost;

impl Resolve for SlowHost {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(pending())
    }
}
