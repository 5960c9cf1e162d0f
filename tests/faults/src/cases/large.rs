//! Bodies that are too large.

use super::over;
use crate::case::{Case, Want};
use crate::responses::{authorization, raw_response, reply, response};
use crate::secrets::NEW_TOKEN;
use crate::server::Step;
use crate::setup::Setup;
use ghes_oauth::{ErrorKind, Operation};
use serde_json::json;

pub(super) fn cases() -> Vec<Case> {
    let small = |setup: &mut Setup| setup.own(|builder| builder.max_response_bytes(2000));
    let piece = vec![b' '; 1000];
    let endless = piece.iter().fold(b"3e8\r\n".to_vec(), |mut chunk, byte| {
        chunk.push(*byte);
        chunk
    });
    let endless = [endless.as_slice(), b"\r\n"].concat();
    let head = |headers: &[(&str, &str)]| Step::Write(raw_response(200, headers, b""));
    let case = |name, steps: Vec<Step>| {
        let case = Case::new(name)
            .over(over::with_body)
            .with(small)
            .exchanges(move |_| vec![steps.clone()]);
        case.want(large)
            .status(200)
            .error(|error| error.kind() == ErrorKind::ResponseTooLarge)
    };
    let chunked = head(&[("Transfer-Encoding", "chunked")]);
    let token = json!({ "token": NEW_TOKEN, "id": 1 })
        .to_string()
        .replace('}', ",\"note\":\"");
    let first = format!("{:x}\r\n{token}\r\n", token.len()).into_bytes();
    vec![
        case(
            "large::announced",
            vec![
                Step::Read,
                head(&[("Content-Length", "100000000")]),
                Step::Flood(piece, 1000),
                Step::Stall,
            ],
        ),
        case(
            "large::endless_chunks",
            vec![
                Step::Read,
                chunked.clone(),
                Step::Flood(endless.clone(), 1000),
                Step::Stall,
            ],
        ),
        case(
            "large::endless_chunks_after_the_token",
            vec![
                Step::Read,
                chunked,
                Step::Write(first),
                Step::Flood(endless, 1000),
                Step::Stall,
            ],
        )
        .over(over::with_authorization)
        .want(|_| Want::Failure(ErrorKind::ResponseTooLarge))
        .error(|error| {
            error.recovered_token().is_some() == error.operation().is_some_and(over::once)
        }),
        Case::new("large::exactly_the_cap")
            .over(over::with_authorization)
            .with(small)
            .exchanges(|_| {
                let body = authorization(NEW_TOKEN).to_string();
                vec![reply(response(
                    200,
                    &[],
                    format!("{body}{}", " ".repeat(2000 - body.len())).as_bytes(),
                ))]
            }),
    ]
}

fn large(_: &Operation) -> Want {
    Want::Failure(ErrorKind::ResponseTooLarge)
}
