//! The requests that count against a rate limit, and those that do not.

use crate::client::{PASSWORD, Request, USER, builder, check, get, request, send, split};

#[test]
fn a_rate_limit_counts_down_and_then_refuses() {
    let ghes = builder().rate_limit(1).start().unwrap();
    let first = get(&ghes, "/authorizations");
    assert_eq!(
        (first.status, first.header("x-ratelimit-remaining")),
        (200, Some("0"))
    );
    let second = get(&ghes, "/authorizations");
    assert_eq!(
        (second.status, second.header("x-ratelimit-used")),
        (403, Some("1"))
    );
    assert!(
        second.json()["message"]
            .as_str()
            .unwrap()
            .contains("rate limit")
    );
    assert_eq!(ghes.requests(), 2);
}

#[test]
fn an_unchanged_list_costs_nothing() {
    let ghes = builder().rate_limit(3).start().unwrap();
    let first = get(&ghes, "/authorizations");
    let tag = first.header("etag").unwrap();
    for _ in 0..5 {
        let again = send(
            request(&ghes, "GET", "/authorizations")
                .basic_auth(USER, PASSWORD)
                .header("if-none-match", tag),
        );
        assert_eq!(
            (again.status, again.header("x-ratelimit-remaining")),
            (304, Some("2"))
        );
    }
    let refused = check(&ghes, "unknown");
    assert_eq!(
        (refused.status, refused.header("x-ratelimit-remaining")),
        (404, Some("1")),
        "a refusal does cost"
    );
}

#[test]
fn requests_that_never_reach_the_api_are_not_counted() {
    let ghes = builder().rate_limit(1).start().unwrap();
    let (origin, base) = split(ghes.url());
    let pages = || {
        let anonymous = Request::new(origin, "GET", &format!("{base}/authorizations"))
            .basic_auth(USER, PASSWORD);
        let elsewhere =
            Request::new(origin, "GET", "/authorizations").header("user-agent", "plain");
        for (page, status) in [(anonymous, 403), (elsewhere, 404)] {
            let reply = send(page);
            assert_eq!(
                (reply.status, reply.header("content-type")),
                (status, Some("text/html; charset=utf-8"))
            );
            assert_eq!(reply.header("x-ratelimit-limit"), None);
        }
    };
    pages();
    let first = get(&ghes, "/authorizations");
    assert_eq!(
        (first.status, first.header("x-ratelimit-remaining")),
        (200, Some("0"))
    );
    pages();
}
