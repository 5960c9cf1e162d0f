//! Faults of the whole server: rate limits, maintenance, upgrades, a wrong clock.

use crate::client::{APP, NONE, USER, app, builder, check, start, start_version};
use crate::faults::status;
use ghes_oauth_fake::{CannedResponse, Operation};
use std::time::{Duration, UNIX_EPOCH};

#[test]
fn rate_limits_last_for_milliseconds() {
    let ghes = start();
    ghes.on_every()
        .secondary_rate_limit(Duration::from_millis(1));
    let reply = check(&ghes, "unknown");
    assert_eq!(
        (reply.status, reply.header("retry-after").is_some()),
        (403, true)
    );
    assert!(reply.refusal().contains("secondary rate limit"));
    std::thread::sleep(Duration::from_millis(5));
    assert_eq!(status(&ghes), 404, "a client that waits is served");

    ghes.on_every()
        .next(1)
        .primary_rate_limit(Duration::from_secs(90));
    let reply = check(&ghes, "unknown");
    assert_eq!(
        (reply.status, reply.header("x-ratelimit-remaining")),
        (403, Some("0"))
    );
    let reset: u64 = reply.header("x-ratelimit-reset").unwrap().parse().unwrap();
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    assert!((60..=91).contains(&(reset - now.as_secs())));
    assert_eq!(status(&ghes), 404);

    let ghes = builder()
        .rate_limit(1)
        .rate_limit_window(Duration::from_millis(1))
        .start()
        .unwrap();
    assert_eq!(status(&ghes), 404);
    std::thread::sleep(Duration::from_millis(5));
    assert_eq!(status(&ghes), 404, "another window");
    ghes.set_rate_limit(1, Duration::from_secs(60));
    assert_eq!((status(&ghes), status(&ghes)), (404, 403));
}

#[test]
fn a_server_is_maintained_and_comes_back_as_another_version() {
    let ghes = start_version((3, 3));
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    let by_path = format!("/applications/{APP}/tokens/{token}");
    assert_eq!(app(&ghes, "GET", &by_path, NONE).status, 200);
    ghes.on_every().maintenance();
    let page = app(&ghes, "GET", &by_path, NONE);
    assert_eq!(
        (page.status, page.header("content-type")),
        (503, Some("text/html; charset=utf-8"))
    );
    ghes.upgrade(3, 14);
    ghes.clear_faults();
    let gone = app(&ghes, "GET", &by_path, NONE);
    assert_eq!(
        (gone.status, gone.header("x-github-enterprise-version")),
        (404, Some("3.14.0"))
    );
    let reply = check(&ghes, &token);
    assert_eq!(reply.status, 200, "the tokens are still there");
    assert_eq!(
        reply.header("x-github-api-version-selected"),
        Some("2022-11-28")
    );
}

#[test]
fn a_server_is_upgraded_in_the_middle_of_a_run() {
    let ghes = start_version((3, 3));
    ghes.on_every().skip(2).upgrade(3, 4);
    let by_path = format!("/applications/{APP}/tokens/unknown");
    let versions: Vec<Option<String>> = (0..4)
        .map(|_| app(&ghes, "GET", &by_path, NONE))
        .map(|reply| {
            reply
                .header("x-github-enterprise-version")
                .map(str::to_owned)
        })
        .collect();
    assert_eq!(
        versions.iter().flatten().collect::<Vec<_>>(),
        ["3.3.0", "3.3.0", "3.4.0", "3.4.0"]
    );
    ghes.upgrade(3, 9);
    let reply = app(&ghes, "GET", &by_path, NONE);
    assert_eq!(
        reply.header("x-github-enterprise-version"),
        Some("3.9.0"),
        "the rule was for one request"
    );
    // An operation of the new version is performed at once.
    let ghes = start_version((2, 19));
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    ghes.on_every().upgrade(2, 20);
    let reply = check(&ghes, &token);
    assert_eq!((reply.status, ghes.times(Operation::CheckToken)), (200, 1));
    let github = builder().github_com().start().unwrap();
    github.on_every().upgrade(3, 4);
    assert_eq!(status(&github), 404);
    assert!(!github.url().ends_with("/api/v3"));
}

#[test]
fn a_clock_that_is_off_shows_in_limits_and_canned_responses() {
    let ghes = builder()
        .time(UNIX_EPOCH + Duration::from_secs(1_400_000_000))
        .start()
        .unwrap();
    ghes.on_every()
        .next(1)
        .primary_rate_limit(Duration::from_secs(90));
    let reply = check(&ghes, "unknown");
    let reset: u64 = reply.header("x-ratelimit-reset").unwrap().parse().unwrap();
    assert!((1_400_000_060..1_400_000_160).contains(&reset), "{reset}");
    ghes.on_every().next(1).respond(CannedResponse::new(503));
    let reply = check(&ghes, "unknown");
    let date = reply.header("date").unwrap();
    assert!(date.starts_with("Tue, 13 May 2014"), "{date}");
    let own = CannedResponse::new(503).header("date", "junk");
    ghes.on_every().next(1).respond(own);
    let reply = check(&ghes, "unknown");
    assert_eq!(
        reply.header("date"),
        Some("junk"),
        "a test's own date stays"
    );
}
