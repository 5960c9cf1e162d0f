//! Responses that are late, early, or in parts.

use super::over;
use crate::case::{Case, Want};
use crate::responses::{body_start, good, html_response, reply};
use crate::server::Step;
use ghes_oauth::{ErrorKind, Operation, Outcome};
use std::time::Duration;

pub(super) fn cases() -> Vec<Case> {
    let piece = |size, pause| {
        move |operation: &'static Operation| {
            vec![vec![
                Step::Read,
                Step::Dribble(good(operation), size, Duration::from_millis(pause)),
            ]]
        }
    };
    vec![
        Case::new("slow::in_time").exchanges(piece(50, 1)),
        Case::new("slow::head_too_late")
            .exchanges(piece(1, 250))
            .times_out()
            .want(over::late)
            .outcome(Outcome::Unknown)
            .error(|error| error.kind() == ErrorKind::Timeout),
        Case::new("slow::body_too_late")
            .over(over::with_body)
            .times_out()
            .exchanges(|operation| {
                let (response, start) = (good(operation), body_start(&good(operation)));
                let rest = Step::Dribble(response[start..].to_vec(), 1, Duration::from_millis(250));
                vec![vec![
                    Step::Read,
                    Step::Write(response[..start].to_vec()),
                    rest,
                ]]
            })
            .want(over::late)
            .outcome(Outcome::Unknown),
        Case::new("early::before_the_request_is_read")
            .exchanges(|_| {
                vec![vec![
                    Step::ReadPart(10),
                    Step::Write(html_response(401)),
                    Step::Stall,
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
        Case::new("http_1_0::ended_by_close").exchanges(|operation| {
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
    Case::new(name).exchanges(move |operation| vec![reply([before, &good(operation)].concat())])
}
