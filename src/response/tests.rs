//! Tests of how responses are classified: only GitHub's own words count.

use crate::error::error::Error;
use crate::error::kind::{ErrorKind, Outcome};
use crate::generated::operations::{
    APPS_CHECK_TOKEN, APPS_DELETE_TOKEN, APPS_RESET_TOKEN, CREDENTIALS_REVOKE,
};
use crate::generated::types::Authorization;
use crate::model::metadata::Metadata;
use crate::model::operation::Operation;
use crate::response::classify::Circumstances;
use crate::response::raw::RawResponse;
use crate::response::response::Response;
use crate::secret::buffer::ResponseBody;
use bytes::Bytes;
use http::StatusCode;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use std::sync::Arc;

mod limits;
mod successes;

const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");
const HTML: (&str, &str) = ("content-type", "text/html");
const GITHUB: (&str, &str) = ("x-github-request-id", "C0DE:1F2E:3D4C5B:6A7988:655F1D2C");

fn response(
    operation: &'static Operation,
    status: u16,
    headers: &[(&'static str, &str)],
    body: &str,
) -> RawResponse {
    let pair = |(name, value): &(&'static str, &str)| {
        (
            HeaderName::from_static(name),
            HeaderValue::from_str(value).unwrap(),
        )
    };
    let headers = HeaderMap::from_iter(headers.iter().map(pair));
    let body = Bytes::copy_from_slice(body.as_bytes());
    RawResponse {
        operation,
        metadata: Metadata::new(StatusCode::from_u16(status).unwrap(), headers),
        body: ResponseBody::Chunk(body),
        truncation: None,
        circumstances: Circumstances::default(),
        retried: false,
        secrets: Arc::default(),
    }
}

fn checked(response: RawResponse) -> Result<Option<Authorization>, Error> {
    Ok(response.optional()?.into_value())
}

fn refused(status: u16, headers: &[(&'static str, &str)], body: &str) -> Error {
    response(&APPS_RESET_TOKEN, status, headers, body)
        .json::<Authorization>()
        .unwrap_err()
}

fn kind_of(status: u16, message: &str) -> ErrorKind {
    let body = serde_json::json!({ "message": message }).to_string();
    refused(status, &[JSON, GITHUB], &body).kind()
}

#[test]
fn a_check_finds_nothing_only_by_githubs_own_response() {
    for headers in [
        &[JSON, GITHUB][..],
        &[JSON, ("x-github-media-type", "github.v3; format=json")],
    ] {
        for body in [
            r#"{"message":"Not Found"}"#,
            "{\"message\":\"Not Found\",\"documentation_url\":\"https://docs.github.com/rest/apps/oauth-applications#check-a-token\"}\n",
        ] {
            let read = checked(response(&APPS_CHECK_TOKEN, 404, headers, body));
            assert!(read.unwrap().is_none(), "{body}");
        }
    }
    let null = checked(response(&APPS_CHECK_TOKEN, 200, &[JSON], " null\r\n"));
    assert!(null.unwrap().is_none());
}

#[test]
fn a_404_that_github_did_not_send_is_not_about_a_token() {
    let not_found = r#"{"message":"Not Found"}"#;
    let unrouted = r#"{"message":"Not Found","documentation_url":"https://docs.github.com/rest"}"#;
    let old = r#"{"message":"Not Found","documentation_url":"https://developer.github.com/enterprise/2.20/v3"}"#;
    for (headers, body) in [
        (&[JSON, GITHUB][..], "{}"),
        (&[JSON, GITHUB], r#"{"error":"Not Found"}"#),
        (
            &[JSON, GITHUB],
            r#"{"documentation_url":"https://docs.github.com/rest/apps/oauth-applications#check-a-token"}"#,
        ),
        (&[JSON, GITHUB], r#"{"message":["Not Found"]}"#),
        (&[JSON, GITHUB], r#"{"message":"Not Found"}<html>"#),
        (&[JSON, GITHUB], r#"{"message":"Not Found"#),
        (
            &[JSON, GITHUB],
            r#"{"message":"no Route matched with those values"}"#,
        ),
        (&[JSON, GITHUB], r#"[{"message":"Not Found"}]"#),
        (
            &[JSON, GITHUB],
            r#"{"statusCode":404,"message":"Not Found","error":"Not Found"}"#,
        ),
        (
            &[JSON, GITHUB],
            r#"{"message":"Not Found","errors":[{"message":"no such route"}]}"#,
        ),
        (&[JSON, ("x-github-request-id", "")], not_found),
        (&[JSON, GITHUB], unrouted),
        (&[JSON, GITHUB], old),
        (&[HTML, GITHUB], not_found),
        (&[GITHUB], not_found),
        (&[JSON], not_found),
        (&[JSON, ("x-kong-request-id", "1")], not_found),
        (&[HTML], "<html>Not Found</html>"),
    ] {
        for operation in [&APPS_CHECK_TOKEN, &APPS_DELETE_TOKEN, &APPS_RESET_TOKEN] {
            let error = checked(response(operation, 404, headers, body)).unwrap_err();
            assert_eq!(
                error.kind(),
                ErrorKind::NoSuchEndpoint,
                "{body} {headers:?}"
            );
            assert_ne!(error.kind(), ErrorKind::NotFound);
        }
    }
    let mut elsewhere = response(&APPS_CHECK_TOKEN, 404, &[JSON, GITHUB], not_found);
    elsewhere.circumstances.redirected = true;
    assert_eq!(
        checked(elsewhere).unwrap_err().kind(),
        ErrorKind::NoSuchEndpoint
    );
}

#[test]
fn null_is_nothing_only_as_a_whole_json_body_of_a_200() {
    for (status, headers, body) in [
        (200, &[JSON][..], "nullified: maintenance"),
        (200, &[JSON], "null<!doctype html>"),
        (200, &[JSON], "null null"),
        (200, &[JSON], ""),
        (202, &[JSON], "null"),
        (203, &[JSON], "null"),
        (200, &[HTML], "null"),
        (200, &[("content-type", "text/plain")], "null"),
        (200, &[], "null"),
    ] {
        let error = checked(response(&APPS_CHECK_TOKEN, status, headers, body)).unwrap_err();
        assert_eq!(
            error.kind(),
            ErrorKind::Decode,
            "{status} {body} {headers:?}"
        );
    }
    let mut elsewhere = response(&APPS_CHECK_TOKEN, 200, &[JSON], "null");
    elsewhere.circumstances.redirected = true;
    assert!(checked(elsewhere).is_err());
}

fn deleted(
    status: u16,
    headers: &[(&'static str, &str)],
    body: &str,
) -> Result<Response<()>, Error> {
    response(&APPS_DELETE_TOKEN, status, headers, body).empty()
}

#[test]
fn a_delete_succeeds_only_with_a_body_that_does_not_contradict_it() {
    for body in [
        "",
        "\r\n",
        "{}",
        " { } ",
        "null",
        "\u{feff}null",
        r#"{"id":1,"app":{"name":"x"},"token":""}"#,
    ] {
        assert!(deleted(200, &[JSON], body).is_ok(), "{body}");
    }
    assert!(deleted(204, &[], "").is_ok());
    assert!(deleted(204, &[("content-length", "0")], "").is_ok());
    for body in [
        r#"{"error":"invalid_token"}"#,
        r#"{"errors":["x"]}"#,
        r#"{"errors":[]}"#,
        r#"{"message":403}"#,
        r#"{"message":null}"#,
        r#"{"id":1,"error":"x"}"#,
        r#"{"status":"queued"}"#,
        r#"{"id":"1"}"#,
        r#"{"id":77}"#,
        r#"{"id":77,"status":"failed"}"#,
        r#"{"id":77,"url":"u","success":false}"#,
        r#"{"id":77,"url":"u","Error":"x"}"#,
        r#"{"id":77,"url":"u","error_description":"x"}"#,
        r#"{"id":77,"url":"u","fault":{"faultstring":"x"}}"#,
        r#"{"data":null,"errors":[{"type":"NOT_FOUND"}]}"#,
        "null and void",
        "{} {}",
        "{",
        "[]",
        "true",
        "Down for maintenance",
        "<html>",
    ] {
        let error = deleted(200, &[JSON], body).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.raw_body(), Some(body.as_bytes()));
    }
    for status in [201, 202, 203, 206, 207, 226, 299] {
        for body in ["", "{}", "null", r#"{"id":1,"url":"u"}"#] {
            let error = deleted(status, &[JSON, GITHUB], body).unwrap_err();
            assert_eq!(
                (error.kind(), error.outcome()),
                (ErrorKind::Decode, Outcome::Unknown),
                "{status}"
            );
        }
    }
    // The operation that revokes any token responds 202: the work is done later.
    let accepted = response(&CREDENTIALS_REVOKE, 202, &[JSON, GITHUB], "{}");
    assert!(accepted.empty().is_ok());
    assert!(deleted(200, &[("content-length", "900")], "").is_err());
    assert!(deleted(204, &[("content-length", "900")], "").is_err());
    assert!(deleted(200, &[HTML], "").is_err() && deleted(200, &[HTML], "null").is_err());
}

#[test]
fn a_404_after_a_retried_delete_names_both_reasons() {
    let mut again = response(
        &APPS_DELETE_TOKEN,
        404,
        &[JSON, GITHUB],
        r#"{"message":"Not Found"}"#,
    );
    again.retried = true;
    let error = again.empty().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(
        error
            .to_string()
            .contains("not found, or deleted by an earlier attempt"),
        "{error}"
    );
}

#[test]
fn a_success_that_cannot_be_decoded_keeps_its_body_and_does_not_print_it() {
    let body = r#"{"id":"gho_16C7e42F292c6912E7710c838347Ae178B4a","token":"plan7ed"}"#;
    let error = refused(200, &[JSON], body);
    assert_eq!(error.raw_body(), Some(body.as_bytes()));
    assert_eq!(error.recovered_token().unwrap().expose_secret(), "plan7ed");
    let shown = format!("{error} {error:?} {error:#?}");
    assert!(
        !shown.contains("gho_") && !shown.contains("plan7ed"),
        "{shown}"
    );
    assert!(refused(422, &[JSON], body).raw_body().is_none());
}
