//! Each argument on the wire: in its place, complete and unchanged.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]
#![allow(deprecated, reason = "the deprecated calls are sent like the others")]

use common::{CLIENT_ID, CLIENT_SECRET, LOGIN, Recorder, TOKEN, run, token};
use ghes_oauth::{
    AppCredentials, AppPermissions, AuthorizationUpdate, ErrorKind, NewAuthorization,
    PermissionLevel, TokenRestriction, UserCredentials,
};
use serde_json::{Value, json};

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
            user.get_grant(common::grant(1)).await.unwrap();
            assert_eq!(
                recorder.requests().pop().unwrap().credentials(),
                format!("{name}:{password}")
            );
        }
    });
}

#[test]
fn a_restriction_is_sent_as_it_was_set_and_nothing_else() {
    let permissions = AppPermissions::builder()
        .contents(PermissionLevel::Read)
        .other("moon_landings", PermissionLevel::from("launch"))
        .build();
    let with = |fields: Value| {
        let mut body = json!({ "access_token": TOKEN });
        body.as_object_mut()
            .unwrap()
            .extend(fields.as_object().unwrap().clone());
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
            common::authorization(1),
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
        user.update_authorization(common::authorization(1), AuthorizationUpdate::new())
            .await
            .unwrap();
        assert_eq!(last(), json!({}));
        let both = AuthorizationUpdate::new()
            .replace_scopes(["a"])
            .add_scopes(["b"]);
        assert!(
            user.update_authorization(common::authorization(1), both)
                .await
                .unwrap_err()
                .kind()
                == ErrorKind::InvalidInput
        );
    });
}
