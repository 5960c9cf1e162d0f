//! CORS.

use crate::client::{PASSWORD, Request, USER, builder, request, send, split, start, start_version};

fn preflight(ghes: &ghes_oauth_fake::FakeGhes, path: &str) -> Request {
    let call = request(ghes, "OPTIONS", path).header("origin", "http://example.com");
    call.header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization")
}

fn names(list: Option<&str>) -> Vec<String> {
    list.unwrap_or_default()
        .split(", ")
        .map(str::to_ascii_lowercase)
        .collect()
}

#[test]
fn a_page_may_send_every_request_of_a_program() {
    let ghes = builder().rate_limit(1).start().unwrap();
    for path in ["", "/authorizations", "/nothing"] {
        let reply = send(preflight(&ghes, path));
        assert_eq!((reply.status, reply.text.as_str()), (204, ""), "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
        assert_eq!(
            reply.header("access-control-allow-methods"),
            Some("GET, POST, PATCH, PUT, DELETE")
        );
        assert_eq!(reply.header("access-control-max-age"), Some("86400"));
        let allowed = names(reply.header("access-control-allow-headers"));
        for name in [
            "authorization",
            "content-type",
            "if-none-match",
            "x-github-otp",
        ] {
            assert!(
                allowed.iter().any(|allowed| allowed == name),
                "{name}: {allowed:?}"
            );
        }
    }
    let counted = send(request(&ghes, "GET", "/authorizations").basic_auth(USER, PASSWORD));
    assert_eq!(
        (counted.status, counted.header("x-ratelimit-remaining")),
        (200, Some("0")),
        "a preflight is not counted"
    );
    assert_eq!(
        send(preflight(&ghes, "/authorizations")).status,
        204,
        "nor is it refused for the limit"
    );
}

#[test]
fn every_response_of_the_api_may_be_read() {
    let ghes = start();
    let call = |path: &str| request(&ghes, "GET", path).header("origin", "http://example.com");
    let calls = [
        (call("/authorizations").basic_auth(USER, PASSWORD), 200),
        (call("/authorizations"), 401),
        (call("/nothing"), 404),
    ];
    for (call, status) in calls {
        let reply = send(call);
        assert_eq!(
            (reply.status, reply.header("access-control-allow-origin")),
            (status, Some("*"))
        );
        let exposed = names(reply.header("access-control-expose-headers"));
        for name in [
            "etag",
            "link",
            "x-github-otp",
            "x-ratelimit-remaining",
            "deprecation",
            "sunset",
        ] {
            assert!(
                exposed.iter().any(|exposed| exposed == name),
                "{name}: {exposed:?}"
            );
        }
    }
    let page =
        send(Request::new(split(ghes.url()).0, "OPTIONS", "/").header("user-agent", "plain"));
    assert_eq!(
        (page.status, page.header("access-control-allow-origin")),
        (404, None),
        "the API lies below"
    );
}

#[test]
fn a_page_may_name_an_api_version_where_there_are_versions() {
    for (version, expected) in [((3, 8), false), ((3, 9), true)] {
        let ghes = start_version(version);
        let reply = send(preflight(&ghes, "/authorizations"));
        let allowed = names(reply.header("access-control-allow-headers"));
        assert_eq!(
            allowed.iter().any(|name| name == "x-github-api-version"),
            expected,
            "{version:?}: {allowed:?}"
        );
        assert_eq!(reply.status, 204);
    }
}
