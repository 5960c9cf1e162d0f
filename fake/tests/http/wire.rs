//! What every response has in common.

use crate::client::{
    APP, NONE, PASSWORD, Request, SECRET, TOKEN, USER, address, app, builder, check, create, get,
    request, send, split, start, start_version, user,
};
use serde_json::json;
use std::io::{ErrorKind, Read as _};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

#[test]
fn every_response_carries_githubs_headers() {
    let ghes = start();
    let reply = get(&ghes, "/authorizations");
    assert_eq!(reply.status, 200);
    assert_eq!(
        reply.header("content-type"),
        Some("application/json; charset=utf-8")
    );
    assert_eq!(reply.header("x-github-enterprise-version"), Some("3.3.0"));
    assert_eq!(
        reply.header("x-github-media-type"),
        Some("github.v3; format=json")
    );
    assert_eq!(
        reply.header("deprecation"),
        Some("Fri, 14 Feb 2020 00:00:00 GMT")
    );
    assert_eq!(
        reply.header("sunset"),
        Some("Fri, 13 Nov 2020 16:00:00 GMT")
    );
    assert_eq!(reply.header("x-ratelimit-limit"), None);
    let id = reply.header("x-github-request-id").unwrap();
    assert_eq!(
        id.split('-').map(str::len).collect::<Vec<_>>(),
        [8, 4, 4, 4, 12],
        "{id}"
    );
}

#[test]
fn the_names_of_headers_have_capitals() {
    let reply = get(&start(), "/authorizations");
    // Clients that compare letter by letter look for `Content-Type`.
    for name in ["Content-Type", "Content-Length", "Cache-Control", "Server"] {
        assert!(
            reply.header_names().contains(&name),
            "{name}: {:?}",
            reply.header_names()
        );
    }
}

#[test]
fn a_wrong_base_is_an_html_page_and_a_wrong_path_is_githubs_404() {
    let ghes = start();
    let (origin, _) = split(ghes.url());
    for path in [
        "/",
        "/authorizations",
        "/api/v2/authorizations",
        "/api/v31/authorizations",
    ] {
        let reply = send(Request::new(origin, "GET", path).header("user-agent", "plain"));
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (404, Some("text/html; charset=utf-8")),
            "{path}"
        );
        assert_eq!(reply.header("x-github-media-type"), None, "{path}");
    }
    for path in [
        "/authorizations/",
        "/api/v3/authorizations",
        "//authorizations",
        "/applications//token",
        "/nothing",
    ] {
        let reply = get(&ghes, path);
        assert_eq!(reply.refusal(), "404 Not Found", "{path}");
    }
    assert_eq!(user(&ghes, "PUT", "/authorizations", json!({})).status, 404);
}

#[test]
fn below_a_ghes_s_base_github_com_has_a_page_and_no_api() {
    let github = builder().github_com().start().unwrap();
    for path in [
        "/api/v3",
        "/api/v3/",
        "/api/v3/authorizations",
        &format!("/api/v3{TOKEN}"),
    ] {
        let reply = app(&github, "POST", path, json!({ "access_token": "unknown" }));
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (404, Some("text/html; charset=utf-8")),
            "{path}"
        );
        assert_eq!(reply.header("x-github-media-type"), None, "{path}");
    }
    for path in ["/api/v31", "/nothing", TOKEN] {
        let reply = app(&github, "POST", path, json!({ "access_token": "unknown" }));
        assert_eq!(reply.refusal(), "404 Not Found", "{path}");
    }
}

#[test]
fn a_request_without_user_agent_is_refused() {
    let ghes = start();
    let (origin, base) = split(ghes.url());
    let reply = send(
        Request::new(origin, "GET", &format!("{base}/authorizations")).basic_auth(USER, PASSWORD),
    );
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (403, Some("text/html; charset=utf-8"))
    );
    assert!(reply.text.contains("User-Agent"), "{}", reply.text);
}

#[test]
fn a_head_is_a_get_without_its_body() {
    let ghes = start();
    let get = get(&ghes, "/authorizations");
    let head = user(&ghes, "HEAD", "/authorizations", NONE);
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    assert_eq!(head.header("etag"), get.header("etag"));
}

#[test]
fn a_body_is_read_to_a_limit() {
    let ghes = start();
    let call = |length| {
        request(&ghes, "POST", "/authorizations")
            .basic_auth(USER, PASSWORD)
            .body(&" ".repeat(length))
    };
    assert_eq!(send(call(1 << 20)).refusal(), "400 Problems parsing JSON");
    assert_eq!(send(call((1 << 20) + 1)).status, 413);
}

#[test]
fn an_unchanged_response_is_not_sent_again() {
    for (builder, weak) in [(builder(), false), (builder().chunked(), true)] {
        let ghes = builder.start().unwrap();
        let created = create(&ghes, json!({ "note": "n" }));
        let path = format!("/authorizations/{}", created.json()["id"]);
        let conditional = |name: &str, value: &str| {
            request(&ghes, "GET", &path)
                .basic_auth(USER, PASSWORD)
                .header(name, value)
        };
        let first = get(&ghes, &path);
        let tag = first.header("etag").unwrap().to_owned();
        assert_eq!(tag.starts_with("W/\""), weak, "{tag}");
        assert_eq!(first.header("transfer-encoding").is_some(), weak);
        let date = first.header("last-modified").unwrap().to_owned();

        for known in [
            tag.clone(),
            tag.trim_start_matches("W/").to_owned(),
            format!("\"other\", {tag}"),
            "*".to_owned(),
        ] {
            let reply = send(conditional("if-none-match", &known));
            assert_eq!((reply.status, reply.text.as_str()), (304, ""), "{known}");
            assert_eq!(reply.header("etag"), Some(tag.as_str()));
            assert_eq!(reply.header("content-type"), None);
        }
        assert_eq!(send(conditional("if-modified-since", &date)).status, 304);
        assert_eq!(
            send(conditional(
                "if-modified-since",
                "Sun, 06 Nov 1994 08:49:37 GMT"
            ))
            .status,
            200
        );
        user(&ghes, "PATCH", &path, json!({ "note": "m" }));
        assert_eq!(send(conditional("if-none-match", &tag)).status, 200);
        assert_eq!(send(conditional("if-modified-since", &date)).status, 200);
    }
}

#[test]
fn an_error_has_message_and_documentation_and_in_newer_versions_its_status() {
    for (version, status) in [((3, 13), None), ((3, 14), Some("404"))] {
        let ghes = start_version(version);
        let error = get(&ghes, "/authorizations/1").json();
        assert_eq!(error["message"], "Not Found");
        assert!(
            error["documentation_url"]
                .as_str()
                .unwrap()
                .starts_with("https://docs.github.com/")
        );
        assert_eq!(error["status"].as_str(), status);
    }
}

#[test]
fn many_clients_at_once_get_their_own_responses() {
    let ghes = builder().token_limit(None).start().unwrap();
    thread::scope(|scope| {
        for _ in 0..100 {
            scope.spawn(|| {
                let token = ghes.issue_token(APP, USER, &["repo"]).unwrap();
                let reply = check(&ghes, &token);
                assert_eq!(reply.json()["token"], token.as_str());
            });
        }
    });
    assert_eq!(ghes.requests(), 100);
}

#[tokio::test]
async fn it_can_start_and_stop_inside_of_a_runtime() {
    let ghes = start();
    let asked = tokio::task::spawn_blocking(move || get(&ghes, "/authorizations").status);
    assert_eq!(asked.await.unwrap(), 200);
    drop(start());
}

#[test]
fn dropping_it_ends_its_connections() {
    let ghes = start();
    let mut connection = TcpStream::connect(address(&ghes)).unwrap();
    connection
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    drop(ghes);
    let end = connection.read(&mut [0]).map_err(|error| error.kind());
    assert!(
        matches!(end, Ok(0) | Err(ErrorKind::ConnectionReset)),
        "{end:?}"
    );
}

#[test]
fn debug_shows_no_secret() {
    let ghes = start();
    assert_eq!(
        format!("{ghes:?}"),
        format!("FakeGhes {{ url: {:?}, .. }}", ghes.url())
    );
    let text = format!("{:?}", builder());
    assert!(
        text.starts_with("Builder") && !text.contains(SECRET) && !text.contains(PASSWORD),
        "{text}"
    );
}

#[test]
fn a_token_is_issued_only_by_a_known_app_to_a_known_user() {
    let ghes = start();
    assert_eq!(ghes.issue_token("nobody", USER, &[]), None);
    assert_eq!(ghes.issue_token(APP, "nobody", &[]), None);
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    assert!(ghes.is_live(&token) && ghes.revoke_token(&token));
    assert!(!ghes.is_live(&token) && !ghes.revoke_token(&token));
}
