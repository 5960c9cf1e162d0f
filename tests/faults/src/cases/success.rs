//! Success statuses that the operation does not have, and bodies that do not fit.

use super::over;
use crate::case::{Case, Seen, Want};
use crate::responses::{
    authorization, body_start, cut, empty_response, good, good_with, html_response, json_response,
    message, reply, response,
};
use crate::secrets::NEW_TOKEN;
use crate::server::Step;
use ghes_oauth::{Operation, Outcome};
use serde_json::json;

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case::new("success::200_empty_for_204")
            .over(over::deletes)
            .responds(empty_response(200))
            .status(200),
        Case::new("success::200_empty_object_for_204")
            .over(over::deletes)
            .responds(json_response(200, &json!({})))
            .status(200),
        Case::new("success::202_for_204")
            .over(over::deletes)
            // Still to be done.
            .responds(empty_response(202))
            .status(202)
            .want(over::unreadable)
            .outcome(Outcome::Unknown),
        Case::new("success::204_with_content_length_0")
            .over(over::deletes)
            .responds(crate::responses::raw_response(
                204,
                &[("Content-Length", "0")],
                b"",
            )),
        Case::new("success::204_as_octet_stream")
            .over(over::deletes)
            .responds(response(
                204,
                &[("Content-Type", "application/octet-stream")],
                b"",
            )),
        Case::new("success::204_with_a_body")
            .over(over::deletes)
            .responds(response(204, &[], b"{\"message\":\"gone\"}"))
            .status(204),
        Case::new("success::204_for_a_body")
            .over(over::with_body)
            .responds(empty_response(204))
            .want(over::unreadable)
            .status(204),
        Case::new("success::200_empty")
            .over(over::with_body)
            .responds(empty_response(200))
            .want(over::unreadable)
            .status(200),
        Case::new("success::200_spaces")
            .over(over::with_body)
            .responds(response(200, &[], b"  \r\n"))
            .want(over::unreadable)
            .status(200),
        // A login page or a maintenance page has not revoked anything either.
        Case::new("success::200_html")
            .responds(html_response(200))
            .want(over::unreadable)
            .status(200)
            .error(|error| !error.is_retryable())
            .error(|error| error.to_string().contains("perhaps a proxy")),
        Case::new("success::200_truncated_html_for_204")
            .over(over::deletes)
            .exchanges(|_| {
                vec![cut(
                    &html_response(200),
                    html_response(200).len() - 20,
                    Step::Close,
                )]
            })
            .want(over::lost)
            .sent(over::as_often_as_may_be)
            .status(200),
        Case::new("success::200_empty_html_for_204")
            .over(over::deletes)
            .responds(response(
                200,
                &[("Content-Type", "text/html; charset=utf-8")],
                b"",
            ))
            .want(over::unreadable)
            .status(200),
        Case::new("success::200_text_for_204")
            .over(over::deletes)
            .responds(response(
                200,
                &[("Content-Type", "text/plain")],
                b"Down for maintenance",
            ))
            .want(over::unreadable)
            .status(200),
        Case::new("success::200_json_error_for_204")
            .over(over::deletes)
            .responds(json_response(200, &message("Not Found")))
            .want(over::unreadable),
        Case::new("success::200_list_in_place_of_an_object_in_a_field")
            .over(over::with_authorization)
            .responds(json_response(200, &list_for_a_field()))
            .value(|value| value.token.as_deref() == Some(NEW_TOKEN)),
        Case::new("success::200_truncated_json")
            .over(over::with_body)
            .responds(response(200, &[], b"{\"id\": 1,"))
            .want(over::unreadable),
        Case::new("success::200_null")
            .over(over::with_body)
            .responds(json_response(200, &json!(null)))
            .want(null),
        Case::new("success::200_list_for_an_object")
            .over(over::with_authorization)
            .responds(json_response(200, &json!([[]])))
            .want(over::unreadable),
        Case::new("success::200_object_for_a_list")
            .over(over::lists)
            .responds(json_response(200, &json!({ "id": 1 })))
            .want(over::unreadable),
        Case::new("success::200_empty_list")
            .over(over::lists)
            .responds(json_response(200, &json!([])))
            .value(|value| value.page == Some((0, None))),
        Case::new("success::200_null_in_a_list")
            .over(over::lists)
            .responds(json_response(200, &json!([null])))
            .want(over::unreadable),
        compressed("success::200_gzip", "gzip", GZIP),
        compressed("success::200_deflate", "deflate", DEFLATE),
        compressed("success::200_brotli", "br", BROTLI),
        compressed("success::200_zstd", "zstd", ZSTD),
        Case::new("success::200_as_text")
            .over(over::with_body)
            .exchanges(|operation| {
                let body = good(operation);
                vec![reply(response(
                    200,
                    &[("Content-Type", "text/plain")],
                    &body[body_start(&body)..],
                ))]
            }),
        Case::new("success::201_of_a_put")
            .over(over::put)
            .responds(json_response(201, &authorization(NEW_TOKEN)))
            .status(201)
            .value(|value| value.variant == "Created" && value.token.as_deref() == Some(NEW_TOKEN)),
        Case::new("success::200_of_a_put")
            .over(over::put)
            .responds(json_response(200, &authorization("")))
            .status(200)
            .value(|value| value.variant == "Existing" && value.token.is_none()),
        Case::new("success::201_for_200")
            .over(over::with_authorization)
            .responds(json_response(201, &authorization(NEW_TOKEN)))
            .status(201),
        Case::new("metadata::every_header")
            .exchanges(|operation| vec![reply(good_with(operation, METADATA))])
            .check(|seen| {
                let Ok(success) = &seen.outcome.result else {
                    return Ok(());
                };
                let (metadata, limit) = (&success.metadata, success.metadata.rate_limit());
                let right = limit.is_some_and(|limit| {
                    (limit.limit, limit.remaining, limit.used) == (Some(5000), Some(4999), Some(1))
                }) && metadata.etag() == Some("W/\"abc\"")
                    && metadata.last_modified().is_some()
                    && metadata.api_version() == Some("2022-11-28");
                if right {
                    Ok(())
                } else {
                    Err("the metadata differ".to_owned())
                }
            }),
        Case::new("success::token_delivered_once")
            .over(over::delivers)
            .check(|seen| delivered(seen, &[NEW_TOKEN])),
        Case::new("success::no_token_delivered_by_others")
            .over(|operation| !over::delivers(operation))
            .check(|seen| delivered(seen, &[])),
    ]
}

/// A list with more items than any object of the API has fields.
fn list_for_a_field() -> serde_json::Value {
    let mut body = authorization(NEW_TOKEN);
    body["app"] = json!(["a", "b", "c", "d", "e"]);
    body
}

fn delivered(seen: &Seen<'_>, expected: &[&str]) -> Result<(), String> {
    let delivered = seen.setup.delivered.lock().unwrap();
    if *delivered == expected {
        Ok(())
    } else {
        Err(format!("{} tokens were delivered", delivered.len()))
    }
}

const METADATA: &[(&str, &str)] = &[
    ("X-RateLimit-Limit", "5000"),
    ("X-RateLimit-Remaining", "4999"),
    ("X-RateLimit-Used", "1"),
    ("X-RateLimit-Reset", "1700000000"),
    ("X-RateLimit-Resource", "core"),
    ("ETag", "W/\"abc\""),
    ("Last-Modified", "Tue, 06 Sep 2011 20:39:23 GMT"),
    ("X-GitHub-Api-Version-Selected", "2022-11-28"),
    ("X-GitHub-Enterprise-Version", "3.1.9"),
];

/// `null` is the documented response for a token that is not live, and for nothing else.
fn null(operation: &Operation) -> Want {
    if over::checks(operation) {
        Want::NotLive
    } else {
        over::unreadable(operation)
    }
}

// An authorization with the id 1, compressed.
const GZIP: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\xca\x4c\x51\xb2\x32\xd4\x51\x2a\xc9\xcf\x4e\xcd\x53\xb2\x52\x4a\xcf\xc8\x8f\xaf\x50\xaa\x05\x00\xce\x8b\x62\x64\x18\x00\x00\x00";
const DEFLATE: &[u8] = b"\x78\x9c\xab\x56\xca\x4c\x51\xb2\x32\xd4\x51\x2a\xc9\xcf\x4e\xcd\x53\xb2\x52\x4a\xcf\xc8\x8f\xaf\x50\xaa\x05\x00\x5a\x9e\x07\x99";
const BROTLI: &[u8] = b"\x8b\x0b\x80\x7b\x22\x69\x64\x22\x3a\x31\x2c\x22\x74\x6f\x6b\x65\x6e\x22\x3a\x22\x67\x68\x6f\x5f\x78\x22\x7d\x03";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd\x20\x18\xc1\x00\x00\x7b\x22\x69\x64\x22\x3a\x31\x2c\x22\x74\x6f\x6b\x65\x6e\x22\x3a\x22\x67\x68\x6f\x5f\x78\x22\x7d";

/// The client did not request compression and does not decompress: the body is not JSON, and its bytes are kept.
fn compressed(name: &'static str, encoding: &'static str, body: &'static [u8]) -> Case {
    Case::new(name)
        .over(over::with_body)
        .responds(response(
            200,
            &[
                ("Content-Type", "application/json"),
                ("Content-Encoding", encoding),
            ],
            body,
        ))
        .want(over::unreadable)
        .error(move |error| error.raw_body() == Some(body))
}
