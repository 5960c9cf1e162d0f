//! The operations, fields and headers of each GHES version from 2.18 to 3.22, and of github.com.

use crate::client::{
    APP, PASSWORD, SECRET, TOKEN, USER, all_versions, app, builder, check, create, get, request,
    send, start, start_version, user,
};
use ghes_oauth_fake::{FakeGhes, Operation};
use serde_json::{Value, json};

/// Whether the fake has the operation: an operation of users responds with 401, because the call has no credentials.
fn exists(ghes: &FakeGhes, operation: Operation) -> bool {
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    let path = operation
        .path()
        .replace("{client_id}", APP)
        .replace("{access_token}", &token)
        .replace(['{', '}'], "");
    let call = request(ghes, operation.method(), &path);
    let is_apps = operation.id().starts_with("apps/");
    let reply = send(if is_apps {
        call.basic_auth(APP, SECRET)
            .json(json!({ "access_token": token }))
    } else {
        call
    });
    match (is_apps, reply.status) {
        (false, 401) | (true, 200 | 204 | 422) => true,
        // It takes no credentials, and its body is missing.
        (false, 400) if operation == Operation::RevokeCredentials => true,
        (_, 404) => false,
        (_, status) => panic!("{status} from {}", operation.id()),
    }
}

#[test]
fn a_version_has_just_its_operations() {
    for version in all_versions() {
        let ghes = start_version(version);
        for &operation in Operation::ALL {
            assert_eq!(
                exists(&ghes, operation),
                operation.is_in(version.0, version.1),
                "{} in {version:?}",
                operation.id()
            );
        }
    }
}

#[test]
fn github_com_has_just_its_operations() {
    let ghes = builder().github_com().start().unwrap();
    assert!(!ghes.url().ends_with("/api/v3"));
    for &operation in Operation::ALL {
        assert_eq!(
            exists(&ghes, operation),
            operation.is_on_github_com(),
            "{}",
            operation.id()
        );
    }
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    let reply = check(&ghes, &token);
    assert_eq!(
        (reply.status, reply.header("x-github-enterprise-version")),
        (200, None)
    );
    let gone = get(&ghes, "/authorizations");
    assert_eq!(gone.refusal(), "404 Not Found");
}

#[test]
fn fields_come_with_their_versions() {
    let fields = [
        ("/expires_at", (3, 2)),
        ("/user/email", (3, 0)),
        ("/user/user_view_type", (3, 12)),
    ];
    for version in all_versions().filter(|version| *version >= (2, 20)) {
        let ghes = start_version(version);
        let token = ghes.issue_token(APP, USER, &[]).unwrap();
        let body = json!({ "access_token": token });
        let shown = app(&ghes, "POST", TOKEN, body).json();
        for (pointer, (major, minor)) in fields {
            assert_eq!(
                shown.pointer(pointer).is_some(),
                version >= (major, minor),
                "{pointer} in {version:?}"
            );
        }
        assert_eq!(token.starts_with("gho_"), version >= (3, 1), "{version:?}");
        assert_eq!(token.len(), 40);
    }
}

#[test]
fn api_versions_are_ignored_then_checked() {
    let ask = |ghes: &_, version: &'static str| {
        let call = request(ghes, "GET", "/authorizations").basic_auth(USER, PASSWORD);
        send(call.header("x-github-api-version", version))
    };
    let old = start_version((3, 8));
    let reply = ask(&old, "1999-12-31");
    assert_eq!(
        (reply.status, reply.header("x-github-api-version-selected")),
        (200, None)
    );

    let middle = start_version((3, 9));
    let reply = ask(&middle, "2022-11-28");
    assert_eq!(
        (reply.status, reply.header("x-github-api-version-selected")),
        (200, Some("2022-11-28"))
    );
    let refusal = ask(&middle, "2026-03-10").refusal();
    assert!(
        refusal.starts_with("400") && refusal.contains("\"2022-11-28\""),
        "{refusal}"
    );

    let new = start_version((3, 21));
    assert_eq!(
        ask(&new, "2026-03-10").header("x-github-api-version-selected"),
        Some("2026-03-10")
    );
    let default = get(&new, "/authorizations");
    assert_eq!(
        default.header("x-github-api-version-selected"),
        Some("2022-11-28")
    );

    let own = builder().api_versions(&["2030-01-01"]).start().unwrap();
    assert_eq!(ask(&own, "2030-01-01").status, 200);
    assert_eq!(ask(&own, "2022-11-28").status, 400);
}

#[test]
fn a_retired_api_version_is_gone_for_every_path() {
    let gone = r#"410 X-GitHub-Api-Version: a version that is no longer supported. Supported versions: "2026-03-10"."#;
    let later = builder().version(3, 22);
    for builder in [
        later,
        builder().github_com(),
        builder().api_versions(&["2022-11-28", "2026-03-10"]),
    ] {
        let server = builder
            .retired_api_versions(&["2021-01-01", "2022-11-28"])
            .start()
            .unwrap();
        let ask = |path: &str, version| {
            let call = request(&server, "POST", path)
                .basic_auth(APP, SECRET)
                .json(json!({ "access_token": "unknown" }));
            send(call.header("x-github-api-version", version))
        };
        for path in [TOKEN, "/authorizations", "/nothing"] {
            for version in ["2021-01-01", "2022-11-28"] {
                let reply = ask(path, version);
                assert_eq!(reply.refusal(), gone, "{path}");
                assert_eq!(
                    reply.header("x-github-api-version-selected"),
                    None,
                    "{path}"
                );
            }
        }
        assert_eq!(ask(TOKEN, "2026-03-10").status, 404);
        assert_eq!(
            ask(TOKEN, "1999-12-31").status,
            400,
            "a version that never was is something else"
        );
        let reply = check(&server, "unknown");
        assert_eq!(
            (reply.status, reply.header("x-github-api-version-selected")),
            (404, Some("2026-03-10"))
        );
    }
    let old = builder()
        .retired_api_versions(&["2022-11-28"])
        .start()
        .unwrap();
    let ask = |version| {
        send(
            request(&old, "GET", "/authorizations")
                .basic_auth(USER, PASSWORD)
                .header("x-github-api-version", version),
        )
    };
    assert_eq!(
        ask("2022-11-28").refusal(),
        "410 X-GitHub-Api-Version: a version that is no longer supported."
    );
    assert_eq!(
        ask("2026-03-10").status,
        200,
        "the others are ignored as ever"
    );
}

#[test]
fn creating_can_be_gone() {
    let gone = "410 This endpoint has been removed.";
    for version in all_versions() {
        let ghes = builder()
            .version(version.0, version.1)
            .create_authorization_gone()
            .start()
            .unwrap();
        let reply = create(&ghes, json!({ "note": "n" }));
        assert_eq!(reply.refusal(), gone, "{version:?}");
        assert!(
            reply.json()["documentation_url"]
                .as_str()
                .unwrap()
                .contains("create"),
            "{version:?}: {}",
            reply.text
        );
        let stranger = request(&ghes, "POST", "/authorizations").basic_auth(USER, "wrong");
        assert_eq!(send(stranger).refusal(), gone, "{version:?}");
        assert_eq!(
            get(&ghes, "/authorizations").json(),
            json!([]),
            "{version:?}"
        );
    }
    let github = builder()
        .github_com()
        .create_authorization_gone()
        .start()
        .unwrap();
    assert_eq!(
        user(&github, "POST", "/authorizations", json!({})).refusal(),
        "404 Not Found"
    );
}

#[test]
fn a_list_filters_by_app_from_3_0_on() {
    for (version, expected) in [((2, 22), 1), ((3, 0), 0)] {
        let ghes = start_version(version);
        ghes.issue_token(APP, USER, &[]).unwrap();
        for list in ["/authorizations", "/applications/grants"] {
            let reply = get(&ghes, &format!("{list}?client_id=other"));
            assert_eq!(
                reply.json().as_array().unwrap().len(),
                expected,
                "{list} in {version:?}"
            );
        }
    }
}

#[test]
fn the_token_in_the_path_is_deprecated_since_there_is_another_place() {
    for (version, deprecated) in [((2, 19), false), ((2, 20), true)] {
        let ghes = start_version(version);
        let reply = app(
            &ghes,
            "GET",
            &format!("/applications/{APP}/tokens/unknown"),
            Value::Null,
        );
        assert_eq!(
            (reply.status, reply.header("sunset").is_some()),
            (404, deprecated),
            "{version:?}"
        );
    }
    let ghes = start();
    let reply = check(&ghes, "unknown");
    assert_eq!((reply.status, reply.header("deprecation")), (404, None));
}
