//! `Accept`, and `X-GitHub-Media-Type`.

use crate::client::{PASSWORD, Reply, USER, request, send, start, start_version};

fn accepting(ghes: &ghes_oauth_fake::FakeGhes, accept: &str) -> Reply {
    send(
        request(ghes, "GET", "/authorizations")
            .basic_auth(USER, PASSWORD)
            .header("accept", accept),
    )
}

#[test]
fn the_media_type_is_the_one_that_was_asked_for() {
    let ghes = start();
    for (accept, expected) in [
        ("*/*", "github.v3; format=json"),
        ("application/json", "github.v3; format=json"),
        ("application/vnd.github+json", "github.v3; format=json"),
        ("application/vnd.github.v3+json", "github.v3; format=json"),
        (
            "Application/vnd.GitHub.v3+JSON; q=0.9",
            "github.v3; format=json",
        ),
        ("application/vnd.github.v3", "github.v3"),
        (
            "application/vnd.github.v3.full+json",
            "github.v3; param=full; format=json",
        ),
        (
            "application/vnd.github.full+json",
            "github.v3; param=full; format=json",
        ),
        ("application/vnd.github.beta.raw", "github.beta; param=raw"),
        (
            "application/vnd.github.mirage-preview+json",
            "github.mirage-preview; format=json",
        ),
        (
            "application/vnd.github.3.raw+json",
            "github.v3; param=3.raw; format=json",
        ),
        (
            "text/html, application/vnd.github.raw+json",
            "github.v3; param=raw; format=json",
        ),
        (
            "application/vnd.github.v3.ghp_0123+json",
            "github.v3; format=json",
        ),
        ("application/vnd.githubber+json", "github.v3; format=json"),
    ] {
        let reply = accepting(&ghes, accept);
        assert_eq!(
            (reply.status, reply.header("x-github-media-type")),
            (200, Some(expected)),
            "{accept}"
        );
    }
    // Recorded up to March 2020, the month of GHES 2.20, and from GHES 2.21.
    for (minor, expected) in [
        (20, "github.v3; param=doctor-strange-preview; format=json"),
        (21, "github.doctor-strange-preview; format=json"),
    ] {
        let ghes = start_version((2, minor));
        let preview = accepting(&ghes, "application/vnd.github.doctor-strange-preview+json");
        assert_eq!(preview.header("x-github-media-type"), Some(expected));
    }
}

#[test]
fn a_client_that_takes_no_json_gets_none() {
    let ghes = start();
    let reply = accepting(&ghes, "application/xml");
    let message =
        "415 Unsupported 'Accept' header: 'application/xml'. Must accept 'application/json'.";
    assert_eq!(reply.refusal(), message);
    assert_eq!(reply.documentation(), "https://docs.github.com/v3/media");
    assert_eq!(accepting(&ghes, "text/html, text/plain;q=0.5").status, 415);
    for fine in [
        "application/*",
        "text/html, */*;q=0.1",
        "application/xml, application/json",
        "application/vnd.other",
        "text/html, *;q=.2",
        "",
    ] {
        assert_eq!(accepting(&ghes, fine).status, 200, "{fine}");
    }
}
