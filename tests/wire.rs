//! What goes over the wire: each operation's request, pinned, and the variants of it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(deprecated, reason = "the deprecated calls are sent like the others")]

use common::{
    CLIENT_ID, CLIENT_SECRET, LOGIN, OTP, PASSWORD, Recorder, Request, TOKEN, run, sample, token,
};
use ghes_oauth::{
    ApiVersion, AppCredentials, AppPermissions, AuthorizationUpdate, CredentialKind, ErrorKind,
    NewAuthorization, Operation, PermissionLevel, TokenRestriction, UserCredentials,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

#[test]
fn every_operation_sends_what_its_snapshot_says() {
    run(async {
        let mut stale = BTreeSet::new();
        for operation in Operation::all() {
            let name = snapshot_name(operation);
            let text = request_of(operation).await.show();
            if catch_unwind(AssertUnwindSafe(|| pin(&name, &text))).is_err() {
                stale.insert(name);
            }
        }
        let expected: BTreeSet<String> = Operation::all()
            .iter()
            .map(|operation| snapshot_name(operation))
            .collect();
        stale.extend(kept_snapshots().difference(&expected).cloned());
        assert!(
            stale.is_empty(),
            "stale snapshots in tests/snapshots: {stale:?}; refresh them with `cargo xtask regen` and review the diff"
        );
    });
}

/// `wire.apps.check-token`
fn snapshot_name(operation: &Operation) -> String {
    format!("wire.{}", operation.id().replace('/', "."))
}

fn pin(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(
        "The request as it arrives. Stale? Run `cargo xtask regen` and review the diff.",
    );
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn kept_snapshots() -> BTreeSet<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots");
    let files = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|file| file.unwrap().file_name().into_string().unwrap());
    files
        .filter_map(|file| {
            file.strip_suffix(".snap")
                .filter(|name| name.starts_with("wire."))
                .map(str::to_owned)
        })
        .collect()
}

/// The one request that a call of the operation sends.
async fn request_of(operation: &Operation) -> Request {
    let recorder = Recorder::plain().await;
    sample(&recorder.clients(), operation.id())
        .await
        .unwrap_or_else(|error| panic!("{operation:?}: {error}"));
    recorder.only()
}

#[test]
fn no_request_carries_what_it_should_not() {
    run(async {
        for operation in Operation::all() {
            let request = request_of(operation).await;
            for absent in [
                "api-version",
                "referer",
                "cookie",
                "x-github-otp",
                "accept-encoding",
                "range",
                "if-none-match",
            ] {
                assert_eq!(request.header(absent), None, "{operation:?} sends {absent}");
            }
            for single in ["accept", "user-agent", "x-github-api-version", "host"] {
                assert_eq!(request.all(single).len(), 1, "{operation:?} and {single}");
            }
            assert_eq!(
                request.all("authorization").len(),
                usize::from(operation.credentials() != CredentialKind::None),
                "{operation:?}"
            );
            assert_eq!(
                request.header("content-type").is_some(),
                !request.body.is_empty(),
                "{operation:?}"
            );
            assert_eq!(
                request.target.contains(TOKEN),
                operation.path().contains("{access_token}"),
                "{operation:?}"
            );
            for secret in [CLIENT_SECRET, PASSWORD, common::PERSONAL_APP_SECRET] {
                assert!(
                    !request.target.contains(secret),
                    "{operation:?} has a secret in its URL"
                );
            }
            assert!(
                !request.body.contains(CLIENT_SECRET) && !request.body.contains(PASSWORD),
                "{operation:?}"
            );
        }
    });
}

#[test]
fn the_base_may_have_a_sub_path_and_api_v3() {
    run(async {
        let recorder = Recorder::plain().await;
        for (suffix, prefix) in [
            ("", ""),
            ("/", ""),
            ("/api/v3", ""),
            ("/api/v3/", ""),
            ("/git", "/git"),
            ("/git/api/v3/", "/git"),
        ] {
            let server = ghes_oauth::Server::new(&format!("{}{suffix}", recorder.url())).unwrap();
            server
                .authorizations(common::user_credentials())
                .list_grants()
                .await
                .unwrap();
            assert_eq!(
                recorder.requests().pop().unwrap().target,
                format!("{prefix}/api/v3/applications/grants"),
                "{suffix}"
            );
        }
    });
}

#[test]
fn the_api_version_is_settable_and_can_be_left_out() {
    run(async {
        let recorder = Recorder::plain().await;
        for (version, sent) in [
            (ApiVersion::default(), Some("2022-11-28")),
            (ApiVersion::v2026_03_10(), Some("2026-03-10")),
            (ApiVersion::new("2031-05-17"), Some("2031-05-17")),
            (ApiVersion::unspecified(), None),
        ] {
            let server = recorder.builder().api_version(version).build().unwrap();
            server
                .oauth_app(common::app_credentials())
                .check_token(&token())
                .await
                .unwrap();
            assert_eq!(
                recorder
                    .requests()
                    .pop()
                    .unwrap()
                    .header("x-github-api-version"),
                sent
            );
        }
    });
}

#[test]
fn a_callers_name_stands_before_ours() {
    run(async {
        let recorder = Recorder::plain().await;
        let server = recorder
            .builder()
            .user_agent("token-janitor/1.4")
            .build()
            .unwrap();
        server
            .oauth_app(common::app_credentials())
            .check_token(&token())
            .await
            .unwrap();
        let ours = concat!("ghes-oauth/", env!("CARGO_PKG_VERSION"));
        assert_eq!(
            recorder.only().all("user-agent"),
            [format!("token-janitor/1.4 {ours}")]
        );
    });
}

#[test]
fn a_one_time_password_goes_with_its_call_and_no_other() {
    run(async {
        let recorder = Recorder::plain().await;
        let user = recorder.clients().user;
        user.get_grant(1).otp(OTP).await.unwrap();
        user.create_authorization(None, NewAuthorization::new())
            .otp(OTP)
            .await
            .unwrap();
        user.get_grant(1).await.unwrap();
        let sent: Vec<Option<String>> = recorder
            .requests()
            .iter()
            .map(|request| request.header("x-github-otp").map(str::to_owned))
            .collect();
        assert_eq!(sent, [Some(OTP.to_owned()), Some(OTP.to_owned()), None]);
    });
}

#[test]
fn lists_are_paged_and_filtered_by_the_query() {
    run(async {
        let recorder = Recorder::plain().await;
        let user = recorder.clients().user;
        user.list_authorizations()
            .per_page(100)
            .page(3)
            .client_id(CLIENT_ID)
            .await
            .unwrap();
        user.list_grants()
            .client_id(CLIENT_ID)
            .page(1)
            .per_page(1)
            .await
            .unwrap();
        user.list_grants().page(2).page(u32::MAX).await.unwrap();
        let queries: Vec<String> = recorder
            .requests()
            .iter()
            .map(|request| request.query().unwrap().to_owned())
            .collect();
        assert_eq!(
            queries,
            [
                format!("per_page=100&page=3&client_id={CLIENT_ID}"),
                format!("client_id={CLIENT_ID}&page=1&per_page=1"),
                "page=4294967295".into()
            ]
        );
        for refused in [
            user.list_grants().per_page(0),
            user.list_grants().per_page(101),
            user.list_grants().page(0),
        ] {
            assert!(refused.await.unwrap_err().kind() == ErrorKind::InvalidInput);
        }
        assert!(
            user.list_authorizations()
                .client_id("a/b")
                .await
                .unwrap_err()
                .kind()
                == ErrorKind::InvalidInput
        );
        assert_eq!(recorder.requests().len(), 3);
    });
}

#[test]
fn fingerprints_arrive_whole_in_one_segment() {
    run(async {
        let recorder = Recorder::plain().await;
        let user = recorder.clients().user;
        for (fingerprint, encoded) in [
            ("a/b", "a%2Fb"),
            ("a;b:c@d+e", "a%3Bb%3Ac%40d%2Be"),
            ("100%", "100%25"),
            ("%2e%2e", "%252e%252e"),
            ("a?b#c", "a%3Fb%23c"),
            ("a b\u{7f}", "a%20b%7F"),
            (
                "Ünïcødé 指紋",
                "%C3%9Cn%C3%AFc%C3%B8d%C3%A9%20%E6%8C%87%E7%B4%8B",
            ),
            ("...", "..."),
            ("-._~", "-._~"),
        ] {
            let app = common::app_credentials();
            user.get_or_create_authorization_for_app_and_fingerprint(
                &app,
                fingerprint,
                NewAuthorization::new(),
            )
            .await
            .unwrap();
            let target = recorder.requests().pop().unwrap().target;
            assert_eq!(
                target,
                format!("/api/v3/authorizations/clients/{CLIENT_ID}/{encoded}"),
                "{fingerprint}"
            );
        }
        let sent = recorder.requests().len();
        for refused in ["", ".", "..", "..\\grant", "a\\b"] {
            let app = common::app_credentials();
            let call = user.get_or_create_authorization_for_app_and_fingerprint(
                &app,
                refused,
                NewAuthorization::new(),
            );
            let error = call.await.unwrap_err();
            assert!(
                (error.kind() == ErrorKind::InvalidInput)
                    && error.to_string().contains("fingerprint"),
                "{refused}: {error}"
            );
        }
        assert_eq!(
            recorder.requests().len(),
            sent,
            "what is refused is not sent"
        );
    });
}

#[test]
fn names_and_passwords_are_utf8() {
    run(async {
        let recorder = Recorder::plain().await;
        for (name, password) in [
            ("öctocat", "pässwörd: ü"),
            ("octo cat", "指紋:::"),
            (LOGIN, " kept "),
        ] {
            let user = recorder
                .server()
                .authorizations(UserCredentials::new(name, password).unwrap());
            user.get_grant(1).await.unwrap();
            assert_eq!(
                recorder.requests().pop().unwrap().credentials(),
                format!("{name}:{password}")
            );
        }
    });
}

#[test]
fn a_scope_says_what_was_said_and_nothing_else() {
    let mut permissions = AppPermissions::default();
    permissions.contents = Some(PermissionLevel::Read);
    permissions
        .extra
        .insert("moon_landings".into(), PermissionLevel::from("launch"));
    let with = |members: Value| {
        let mut body = json!({ "access_token": TOKEN });
        body.as_object_mut()
            .unwrap()
            .extend(members.as_object().unwrap().clone());
        body
    };
    let cases = [
        (
            TokenRestriction::of_login("octocat"),
            with(json!({ "target": "octocat" })),
        ),
        (
            TokenRestriction::of_id(i64::MAX),
            with(json!({ "target_id": i64::MAX })),
        ),
        (
            TokenRestriction::of_login("ö/c").repository_names(["a", "b c", "ü"]),
            with(json!({ "target": "ö/c", "repositories": ["a", "b c", "ü"] })),
        ),
        (
            TokenRestriction::of_id(1).repository_ids([1, i64::MAX]),
            with(json!({ "target_id": 1, "repository_ids": [1, i64::MAX] })),
        ),
        (
            TokenRestriction::of_id(1)
                .repository_ids([1])
                .permissions(permissions),
            with(
                json!({ "target_id": 1, "repository_ids": [1], "permissions": { "contents": "read", "moon_landings": "launch" } }),
            ),
        ),
        (
            TokenRestriction::of_id(1)
                .repository_ids([1])
                .repository_names(["a"]),
            with(json!({ "target_id": 1, "repositories": ["a"] })),
        ),
    ];
    run(async {
        let recorder = Recorder::plain().await;
        let app = recorder.clients().app;
        for (scope, body) in cases {
            app.scope_token(&token(), scope).await.unwrap();
            assert_eq!(recorder.requests().pop().unwrap().json(), body);
        }
        let sent = recorder.requests().len();
        let nothing: [&str; 0] = [];
        for refused in [
            TokenRestriction::of_id(1).repository_names(nothing),
            TokenRestriction::of_id(1).repository_ids([]),
            TokenRestriction::of_login(""),
            TokenRestriction::of_id(0),
        ] {
            assert!(
                app.scope_token(&token(), refused).await.unwrap_err().kind()
                    == ErrorKind::InvalidInput
            );
        }
        assert_eq!(
            recorder.requests().len(),
            sent,
            "what is refused is not sent"
        );
    });
}

#[test]
fn bodies_hold_what_was_set_and_an_empty_list_stays() {
    run(async {
        let recorder = Recorder::plain().await;
        let user = recorder.clients().user;
        let last = || recorder.requests().pop().unwrap().json();
        let nothing: [&str; 0] = [];
        user.create_authorization(None, NewAuthorization::new())
            .await
            .unwrap();
        assert_eq!(last(), json!({}));
        user.create_authorization(
            None,
            NewAuthorization::new()
                .scopes(nothing)
                .note("")
                .fingerprint("ü\""),
        )
        .await
        .unwrap();
        assert_eq!(
            last(),
            json!({ "scopes": [], "note": "", "fingerprint": "ü\"" })
        );
        let app = AppCredentials::new(CLIENT_ID, CLIENT_SECRET).unwrap();
        user.get_or_create_authorization_for_app(&app, NewAuthorization::new().fingerprint("f"))
            .await
            .unwrap();
        assert_eq!(
            last(),
            json!({ "client_secret": CLIENT_SECRET, "fingerprint": "f" })
        );
        user.update_authorization(
            1,
            AuthorizationUpdate::new()
                .replace_scopes(nothing)
                .note_url("u")
                .fingerprint("f"),
        )
        .await
        .unwrap();
        assert_eq!(
            last(),
            json!({ "scopes": [], "note_url": "u", "fingerprint": "f" })
        );
        user.update_authorization(1, AuthorizationUpdate::new())
            .await
            .unwrap();
        assert_eq!(last(), json!({}));
        let both = AuthorizationUpdate::new()
            .replace_scopes(["a"])
            .add_scopes(["b"]);
        assert!(
            user.update_authorization(1, both).await.unwrap_err().kind() == ErrorKind::InvalidInput
        );
    });
}
