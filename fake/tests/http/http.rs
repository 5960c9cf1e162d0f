//! What HTTP requires of a server.

use crate::client::{APP, PASSWORD, Request, SECRET, USER, request, send, split, start};
use serde_json::json;

#[test]
fn a_user_agent_may_have_letters_beyond_ascii() {
    let ghes = start();
    let (origin, base) = split(ghes.url());
    let call = |name: &str| {
        let call = Request::new(origin, "GET", &format!("{base}/authorizations"));
        send(call.header("user-agent", name).basic_auth(USER, PASSWORD)).status
    };
    assert_eq!(call("Schlüsseldienst/1.0"), 200);
    assert_eq!(call(""), 403, "an empty one counts as missing");
}

#[test]
fn a_request_names_its_host_once() {
    let ghes = start();
    let call = || request(&ghes, "GET", "/authorizations").basic_auth(USER, PASSWORD);
    assert_eq!(send(call().header("x-harmless", "1")).status, 200);
    for bad in [call().without_host(), call().header("host", "other")] {
        let reply = send(bad);
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (400, Some("text/html; charset=utf-8"))
        );
    }
}

#[test]
fn an_encoded_letter_is_that_letter() {
    let ghes = start();
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    let (origin, _) = split(ghes.url());
    for list in ["/api/v3/%61uthorizations", "/%61pi/v%33/authorizations"] {
        let list = Request::new(origin, "GET", list)
            .header("user-agent", "plain")
            .basic_auth(USER, PASSWORD);
        assert_eq!(send(list).status, 200);
    }
    let check =
        request(&ghes, "POST", &format!("/%61pplications/{APP}/t%6Fken")).basic_auth(APP, SECRET);
    assert_eq!(
        send(check.json(json!({ "access_token": token }))).status,
        200
    );
    for other in [
        "/%2Fauthorizations",
        "/authorizations%2F",
        "/%ffauthorizations",
        "/%2561uthorizations",
    ] {
        let reply = send(request(&ghes, "GET", other).basic_auth(USER, PASSWORD));
        assert_eq!(reply.refusal(), "404 Not Found", "{other}");
    }
}
