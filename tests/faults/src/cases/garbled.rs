//! Responses that are not HTTP, or malformed HTTP.

use super::over;
use crate::case::{Case, Want};
use crate::responses::{cut, good_body, json_response, message, raw_response};
use crate::server::Step;
use ghes_oauth::Operation;

pub(super) fn cases() -> Vec<Case> {
    let garbled = |name, bytes: Vec<u8>| {
        let steps = vec![Step::Read, Step::Write(bytes), Step::Close];
        Case::new(name)
            .exchanges(move |_| vec![steps.clone()])
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
            raw_response(
                200,
                &[("Content-Length", "2"), ("Content-Length", "3")],
                b"{}",
            ),
        ),
        garbled(
            "garbage::negative_length",
            raw_response(200, &[("Content-Length", "-2")], b"{}"),
        ),
        garbled("garbage::200_headers", raw_response(200, &many, b"{}")),
        Case::new("garbage::banner_at_once")
            .exchanges(|_| {
                vec![vec![
                    Step::AtOnce,
                    Step::Write(b"220 mail.example.com ESMTP\r\n".to_vec()),
                    Step::Close,
                ]]
            })
            .want(|_| Want::Broken)
            .sent(|_| 0),
        Case::new("reset::at_once")
            .exchanges(|_| vec![vec![Step::AtOnce, Step::Reset]])
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
            .exchanges(|_| vec![cut(&json_response(200, &message("done")), 150, Step::Close)])
            .want(over::lost)
            .sent(over::as_often_as_may_be)
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
        .exchanges(move |operation| {
            let body = good_body(operation).unwrap_or_default().to_string();
            let headers = [
                ("Content-Type", "application/json"),
                ("Transfer-Encoding", "chunked"),
            ];
            vec![vec![
                Step::Read,
                Step::Write(raw_response(200, &headers, encode(&body).as_bytes())),
                Step::Close,
            ]]
        });
    match want {
        Some(want) => case.want(want).sent(over::reads_as_often_as_may_be),
        None => case,
    }
}
