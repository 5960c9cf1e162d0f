//! Successes whose bodies contradict them, and redirects.

use super::{GITHUB, HTML, JSON, checked, refused, response};
use crate::error::kind::{ErrorKind, Outcome};
use crate::generated::operations::{APPS_CHECK_TOKEN, APPS_RESET_TOKEN};
use crate::generated::types::Authorization;
use crate::request::draft::Client;
use reqwest::Url;

/// The result of a success for the checked operation, or for another one.
fn read(status: u16, body: &str) -> [Result<(), ErrorKind>; 3] {
    let check = checked(response(&APPS_CHECK_TOKEN, status, &[JSON, GITHUB], body));
    let reset = response(&APPS_RESET_TOKEN, status, &[JSON, GITHUB], body).json::<Authorization>();
    if let Err(error) = &reset {
        let recovered = error.recovered_token().map(|token| token.expose_secret());
        assert_eq!(recovered, Some("gho_new"), "{status} {body}");
        assert_eq!(
            (error.outcome(), error.raw_body()),
            (Outcome::Performed, Some(body.as_bytes()))
        );
    }
    let read =
        response(&APPS_CHECK_TOKEN, status, &[JSON, GITHUB], body).json::<Option<Authorization>>();
    [check.map(drop), reset.map(drop), read.map(drop)]
        .map(|read| read.map_err(|error| error.kind()))
}

#[test]
fn an_object_with_an_error_in_it_is_no_success_and_loses_no_token() {
    for field in [
        r#""error":"invalid_token""#,
        r#""Error":{"code":7}"#,
        r#""errors":["x"]"#,
        r#""errors":{"a":1}"#,
        r#""error_description":"x""#,
        r#""errorCode":42"#,
        r#""fault":{"faultstring":"x"}"#,
        r#""message":"Not Found""#,
        r#""message":["x"]"#,
        r#""error":true"#,
        r#""\u0065rror":"x""#,
    ] {
        for body in [
            format!(r#"{{"id":1,"token":"gho_new",{field}}}"#),
            format!(r#"{{{field},"id":1,"token":"gho_new","app":{{"name":"x"}}}}"#),
        ] {
            assert_eq!(read(200, &body), [Err(ErrorKind::Decode); 3], "{body}");
        }
    }
    for field in [
        r#""error":null,"message":null"#,
        r#""errors":[],"fault":{},"error":"""#,
        r#""error":false,"error_code":0"#,
        r#""status":"active","success":true,"code":1"#,
        r#""app":{"error":"x","message":"y"}"#,
        r#""new":{"error":"x"}"#,
        r#""err":"x","messages":["x"]"#,
    ] {
        let body = format!(r#"{{"id":1,{field},"token":"gho_new"}}"#);
        assert_eq!(read(200, &body), [Ok(()); 3], "{body}");
    }
}

#[test]
fn only_200_and_201_are_of_something_that_is_done() {
    let body = r#"{"id":1,"token":"gho_new"}"#;
    for status in [200, 201] {
        assert_eq!(read(status, body), [Ok(()); 3]);
    }
    for status in [202, 203, 206, 207, 226, 299] {
        assert_eq!(read(status, body), [Err(ErrorKind::Decode); 3], "{status}");
    }
}

#[test]
fn a_list_is_empty_only_by_githubs_own_response() {
    let url = Url::parse("http://h").unwrap();
    let operation = Client::new(&url)
        .oauth_authorizations_list_authorizations()
        .unwrap()
        .operation;
    let list = |status, kind, body| {
        let list = response(operation, status, &[kind, GITHUB], body).json::<Vec<Authorization>>();
        list.map(|list| list.into_value().len())
            .map_err(|error| error.kind())
    };
    assert_eq!(list(200, JSON, " []\n"), Ok(0));
    assert_eq!(list(200, HTML, r#"[{"id":1}]"#), Ok(1));
    for (status, kind, body) in [
        (200, HTML, "[]"),
        (201, JSON, "[]"),
        (202, JSON, "[]"),
        (206, JSON, r#"[{"id":1}]"#),
        (200, JSON, "[]<!doctype html>"),
        (200, JSON, r#"[]{"message":"maintenance"}"#),
    ] {
        assert_eq!(
            list(status, kind, body),
            Err(ErrorKind::Decode),
            "{status} {body}"
        );
    }
    let mut elsewhere = response(operation, 200, &[JSON, GITHUB], "[]");
    elsewhere.circumstances.redirected = true;
    assert!(elsewhere.json::<Vec<Authorization>>().is_err());
}

#[test]
fn a_redirect_means_that_nothing_was_done_unless_the_result_is_elsewhere() {
    for status in [300, 301, 302, 303, 305, 307, 308] {
        let error = refused(status, &[("location", "/moved")], "");
        let outcome = match status {
            303 => Outcome::Unknown,
            _ => Outcome::NotPerformed,
        };
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::RedirectRefused, outcome)
        );
        assert!(error.to_string().contains("for GET only"), "{error}");
    }
}
