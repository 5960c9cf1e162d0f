//! What `cargo xtask drift` makes of descriptions. Those in `drift/` hold what three of GitHub's say about our operations,
//! without any text; the cases are edits of the one for GHES 3.19 and the lines that they lead to.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod drift {
    pub(crate) mod edit;
    pub(crate) mod sample;
    pub(crate) mod spelling;
}

use drift::edit::{Edit, edited};
use drift::sample::{CURATION, GHES_2_19, GHES_3_19, GITHUB_COM, lines, ours, report};
use drift::spelling;
use serde_json::json;
use std::process::Command;
use xtask::drift::{Server, compare, curation_errors};

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
fn each_change_is_told_in_one_line() {
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
        let told = lines(&edited(GHES_3_19, &edits));
        if told != expected {
            wrong.push(format!("{case}\n--- was reported as\n{}", told.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// An entry about github.com in 2020 explains nothing of today's, and a wildcard nothing that we require.
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
    ] {
        let told = lines(&edited(description, &[Edit::read(edit)]));
        assert!(told.contains(&line.to_owned()), "{edit}: {told:?}");
    }
}

#[test]
fn another_way_to_say_the_same_is_no_drift() {
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
    let told = |server, text: &str| {
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
    assert_eq!(told("3.3", GHES_3_19), path_token);
    assert_eq!(told("3.40", GHES_3_19), [""; 0]);
    // 3.0 is also the first version with a filter.
    let old =
        ["new        oauth-authorizations/list-authorizations.query.client_id: present yes → no"];
    let old = [
        old,
        ["new        oauth-authorizations/list-grants.query.client_id: present yes → no"],
    ]
    .concat();
    let scoped = "new        apps/scope-token: present yes → no (POST /applications/{client_id}/token/scoped)";
    assert_eq!(told("2.22", GHES_3_19)[..3], [&[scoped], &old[..]].concat());

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
fn each_difference_has_one_entry() {
    let second =
        "\n## second\n\n- where: `Error.message required yes`\n- why: twice.\n- ends when: now.\n";
    let report = compare(GHES_3_19, &ours(), &format!("{CURATION}{second}"), None).unwrap();
    let told: Vec<String> = report
        .ambiguous
        .iter()
        .map(|(difference, entries)| format!("{difference} {entries:?}"))
        .collect();
    assert_eq!(
        told,
        ["different  Error.message: required yes → no [\"one-error-schema\", \"second\"]"]
    );
    assert!(!report.is_clean() && report.unexplained.is_empty());
}

#[test]
fn an_entry_is_narrowed_to_its_servers() {
    let without_view_type = edited(
        GHES_3_19,
        &[Edit::read(
            "- components schemas simple-user properties user_view_type",
        )],
    );
    let told = |server| {
        report(&without_view_type, Server::parse(server))
            .unexplained
            .iter()
            .map(|one| one.subject.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(told("3.12"), [""; 0]);
    assert_eq!(told("3.13"), ["SimpleUser.user_view_type"]);
}

#[test]
fn an_entry_that_no_longer_applies_is_told() {
    assert_eq!(curation_errors(&ours(), CURATION), []);
    let whole = "        user_view_type:\n          type: string\n";
    let maximum = "          x-max-length: 20\n";
    let list = "        add_scopes:\n          type: array\n          nullable: true\n";
    let view = "`SimpleUser.user_view_type present no` names nothing in openapi/ghes-oauth.yaml";
    for (old, new, told) in [
        (
            whole,
            "        other_view_type:\n          type: string\n",
            view,
        ),
        (
            list,
            &list.replace("          nullable: true\n", ""),
            "`UpdateAuthorizationBody.add_scopes nullable no` says of GitHub what we say ourselves",
        ),
        (
            maximum,
            "          maxLength: 20\n",
            "`CreateAuthorizationBody.client_id max-length 20` says of GitHub what we say ourselves",
        ),
        (
            "        pages:\n",
            "        repository_announcement_banners:\n",
            "`AppPermissions.repository_announcement_banners present yes` is about something that we have as well",
        ),
        (
            "operationId: apps/scope-token",
            "operationId: apps/narrow-token",
            "`apps/scope-token present no` names nothing in openapi/ghes-oauth.yaml",
        ),
        (
            "operationId: apps/scope-token",
            "operationId: apps/narrow-token",
            "`apps/scope-token.501 present yes` names nothing that could have this part",
        ),
    ] {
        assert!(ours().contains(old), "{old}");
        let errors = curation_errors(&ours().replace(old, new), CURATION);
        assert!(
            errors.iter().any(|error| error.what == told),
            "{told}: {errors:#?}"
        );
    }
    for (old, new, told) in [
        (
            "`Timestamp format date-time`",
            "`Timestamp default now`",
            None,
        ),
        ("`Timestamp format date-time`", "`Timestamp format *`", None),
        (
            "`Timestamp format date-time`",
            "`oauth-authorizations/list-grants present no`",
            None,
        ),
        (
            "`Timestamp format date-time`",
            "`Timestamp required no`",
            Some("`Timestamp required no` names an aspect that the subject does not have"),
        ),
        (
            "`Error.url present no`",
            "`Error.status present no`",
            Some("`Error.status present no` is in line "),
        ),
        (
            "## null-response",
            "## nullable-lists",
            Some("an entry of this name is in line "),
        ),
        (
            "- why: The dates",
            "why: The dates",
            Some("this line is not part of an entry"),
        ),
    ] {
        assert!(CURATION.contains(old), "{old}");
        let errors = curation_errors(&ours(), &CURATION.replace(old, new));
        assert_eq!(errors.is_empty(), told.is_none(), "{new}: {errors:#?}");
        assert!(
            told.is_none_or(|told| errors.iter().any(|error| error.what.starts_with(told))),
            "{new}: {errors:#?}"
        );
    }
    let broken = CURATION.replace("`Error.url present no`", "`Nothing.url present no`");
    let told: Vec<String> = curation_errors(&ours(), &broken)
        .iter()
        .map(ToString::to_string)
        .collect();
    let line = broken
        .lines()
        .position(|line| line.contains("Nothing"))
        .unwrap()
        + 1;
    let start = "error: one-error-schema: `Nothing.url present no` names nothing in openapi/ghes-oauth.yaml\n --> openapi/CURATION.md:";
    assert_eq!(told.len(), 1);
    assert!(
        told[0].starts_with(&format!("{start}{line}\n  = help: remove the line")),
        "{}",
        told[0]
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
fn the_exit_code_tells_the_result() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drift");
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("drift")
            .args(arguments)
            .current_dir(&here)
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let (code, out, err) = run(&["ghes-3.19.json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.starts_with("GHES 3.19: 0 new, 0 gone, 0 different, ")
            && out.contains("explained nothing here: "),
        "{out}"
    );

    let (code, out, _) = run(&["--version", "3.3", "ghes-3.19.json"]);
    assert_eq!(code, 1);
    assert!(
        out.starts_with("GHES 3.3: 0 new, 4 gone, 0 different, ")
            && out.contains("cargo xtask regen"),
        "{out}"
    );

    for (arguments, message) in [
        (
            &["missing.json"][..],
            "error: missing.json cannot be read: ",
        ),
        (&["."], "error: . cannot be read: "),
        (&["changes.txt"], "error: changes.txt: this is not JSON; "),
        (&[], "error: which file?"),
        (&["a", "b"], "error: `b` is one argument too many"),
        (
            &["ghes-3.19.json", "--versions"],
            "error: `--versions` is one argument too many",
        ),
        (
            &["ghes-3.19.json", "--version"],
            "error: `--version ` is not a version: write 3.21",
        ),
        (
            &["ghes-3.19.json", "--version=latest"],
            "error: `--version latest` is not a version: write 3.21",
        ),
    ] {
        let (code, out, err) = run(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.starts_with(message), "{err}");
    }
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
