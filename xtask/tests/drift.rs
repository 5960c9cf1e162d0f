//! The reports of `cargo xtask drift`. The descriptions in `drift/` are the parts of three of GitHub's that concern our operations, without
//! texts; the cases are edits of the one for GHES 3.19, and the resulting lines.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod drift {
    mod command;
    mod curation;
    pub(crate) mod edit;
    pub(crate) mod sample;
    pub(crate) mod spelling;
}

use drift::edit::{Edit, edited};
use drift::sample::{CURATION, GHES_2_19, GHES_3_19, GITHUB_COM, lines, ours, report};
use drift::spelling;
use serde_json::json;
use xtask::drift::{Server, compare};

#[test]
fn nothing_is_left_of_real_descriptions() {
    for (description, server) in [
        (GHES_2_19, Server::Ghes(2, 19)),
        (GHES_3_19, Server::Ghes(3, 19)),
        (GITHUB_COM, Server::GitHubCom),
    ] {
        let report = report(description, None);
        assert_eq!(report.server, server);
        assert!(report.is_clean() && report.explained > 100, "{report}");
    }
}

#[test]
fn each_change_is_reported_in_one_line() {
    let table = include_str!("drift/changes.txt");
    let mut wrong = Vec::new();
    let cases: Vec<&str> = table
        .split("\n\n")
        .filter(|case| !case.starts_with('#'))
        .collect();
    assert!(cases.len() >= 45, "only {} cases", cases.len());
    for case in cases {
        let (edits, expected): (Vec<&str>, Vec<&str>) =
            case.lines().partition(|line| line.starts_with(['+', '-']));
        let edits: Vec<Edit<'_>> = edits.into_iter().map(Edit::read).collect();
        let reported = lines(&edited(GHES_3_19, &edits));
        if reported != expected {
            wrong.push(format!(
                "{case}\n--- was reported as\n{}",
                reported.join("\n")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// An entry about github.com in 2020 does not explain a difference of today's, and a wildcard does not explain a required value.
#[test]
fn entries_are_bounded() {
    for (description, edit, line) in [
        (
            GITHUB_COM,
            "- paths /applications/{client_id}/token/scoped",
            "gone       apps/scope-token: present no → yes (POST /applications/{client_id}/token/scoped)",
        ),
        (
            GITHUB_COM,
            "- components schemas simple-user properties user_view_type",
            "gone       SimpleUser.user_view_type: present no → yes",
        ),
        (
            GHES_3_19,
            "+ components schemas authorization properties id nullable = true",
            "different  Authorization.id: nullable yes → no",
        ),
        (
            GHES_3_19,
            "- paths /applications/{client_id}/token post responses 404",
            "gone       apps/check-token.404: present no → yes",
        ),
        (
            GHES_3_19,
            "- paths /authorizations get responses 401",
            "gone       oauth-authorizations/list-authorizations.401: present no → yes",
        ),
        (
            GITHUB_COM,
            "- paths /applications/{client_id}/token/scoped post responses 403",
            "gone       apps/scope-token.403: present no → yes",
        ),
    ] {
        let reported = lines(&edited(description, &[Edit::read(edit)]));
        assert!(reported.contains(&line.to_owned()), "{edit}: {reported:?}");
    }
}

#[test]
fn another_spelling_of_the_same_is_not_drift() {
    let description = serde_json::from_str(GHES_3_19).unwrap();
    for (name, text) in [
        (
            "types with null",
            spelling::types_with_null(&description).to_string(),
        ),
        (
            "a choice of null",
            spelling::choices_of_null(&description).to_string(),
        ),
        (
            "dereferenced",
            spelling::dereferenced(&description).to_string(),
        ),
    ] {
        let report = report(&text, None);
        assert!(
            report.is_clean() && report.explained > 100,
            "{name}: {report}"
        );
    }
}

#[test]
fn bounds_explain_what_is_not_there() {
    let reported = |server, text: &str| {
        let report = report(text, Server::parse(server));
        report
            .unexplained
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    let path_token = [
        "gone       apps/check-authorization: present no → yes (GET /applications/{client_id}/tokens/{access_token})",
        "gone       apps/reset-authorization: present no → yes (POST /applications/{client_id}/tokens/{access_token})",
        "gone       apps/revoke-authorization-for-application: present no → yes (DELETE /applications/{client_id}/tokens/{access_token})",
        "gone       apps/revoke-grant-for-application: present no → yes (DELETE /applications/{client_id}/grants/{access_token})",
    ];
    assert_eq!(reported("3.3", GHES_3_19), path_token);
    assert_eq!(reported("3.40", GHES_3_19), [""; 0]);
    // 3.0 is also the first version with a filter.
    let old =
        ["new        oauth-authorizations/list-authorizations.query.client_id: present yes → no"];
    let old = [
        old,
        ["new        oauth-authorizations/list-grants.query.client_id: present yes → no"],
    ]
    .concat();
    let scoped = "new        apps/scope-token: present yes → no (POST /applications/{client_id}/token/scoped)";
    assert_eq!(
        reported("2.22", GHES_3_19)[..3],
        [&[scoped], &old[..]].concat()
    );

    let later = ours().replace("x-until: \"3.3\"", "x-until: \"3.19\"");
    let report = compare(GHES_3_19, &later, CURATION, None).unwrap();
    assert_eq!(
        report
            .unexplained
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        path_token
    );
}

#[test]
fn descriptions_of_twelve_megabytes_are_read() {
    let mut description: serde_json::Value = serde_json::from_str(GHES_3_19).unwrap();
    let paths = description["paths"].as_object_mut().unwrap();
    let other = json!({ "get": { "operationId": "meta/get", "description": "Some words. ".repeat(100), "responses": { "200": { "content": {} } } } });
    paths.extend((0..9000).map(|number| (format!("/other/{number}"), other.clone())));
    let text = description.to_string();
    assert!(text.len() > 11_000_000, "{}", text.len());
    assert!(report(&text, None).is_clean());
}

#[test]
fn a_description_of_an_unknown_server_needs_a_version() {
    let unknown = edited(GHES_3_19, &[Edit::read("- externalDocs")]);
    let error = compare(&unknown, &ours(), CURATION, None).unwrap_err();
    assert_eq!(
        error,
        "it does not say which server it describes; add `--version 3.21` or `--version github.com`"
    );
    assert!(report(&unknown, Some(Server::Ghes(3, 21))).is_clean());
}
