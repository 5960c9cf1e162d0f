//! Entries of `CURATION.md`: one for each difference, and none without a difference.

use super::edit::{Edit, edited};
use super::sample::{CURATION, GHES_3_19, ours, report};
use xtask::drift::{Server, compare, curation_errors};

#[test]
fn each_difference_has_one_entry() {
    let second =
        "\n## second\n\n- where: `Error.message required yes`\n- why: twice.\n- ends when: now.\n";
    let report = compare(GHES_3_19, &ours(), &format!("{CURATION}{second}"), None).unwrap();
    let reported: Vec<String> = report
        .ambiguous
        .iter()
        .map(|(difference, entries)| format!("{difference} {entries:?}"))
        .collect();
    assert_eq!(
        reported,
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
    let reported = |server| {
        report(&without_view_type, Server::parse(server))
            .unexplained
            .iter()
            .map(|one| one.subject.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(reported("3.12"), [""; 0]);
    assert_eq!(reported("3.13"), ["SimpleUser.user_view_type"]);
}

#[test]
fn an_entry_that_no_longer_applies_is_an_error() {
    assert_eq!(curation_errors(&ours(), CURATION), []);
    let whole = "        user_view_type:\n          type: string\n";
    let maximum = "          x-max-length: 20\n";
    let list = "        add_scopes:\n          type: array\n          nullable: true\n";
    let view = "`SimpleUser.user_view_type present no` names nothing in openapi/ghes-oauth.yaml";
    for (old, new, reported) in [
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
            errors.iter().any(|error| error.what == reported),
            "{reported}: {errors:#?}"
        );
    }
    for (old, new, reported) in [
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
        assert_eq!(errors.is_empty(), reported.is_none(), "{new}: {errors:#?}");
        assert!(
            reported
                .is_none_or(|reported| errors.iter().any(|error| error.what.starts_with(reported))),
            "{new}: {errors:#?}"
        );
    }
    let broken = CURATION.replace("`Error.url present no`", "`Nothing.url present no`");
    let reported: Vec<String> = curation_errors(&ours(), &broken)
        .iter()
        .map(ToString::to_string)
        .collect();
    let line = broken
        .lines()
        .position(|line| line.contains("Nothing"))
        .unwrap()
        + 1;
    let start = "error: one-error-schema: `Nothing.url present no` names nothing in openapi/ghes-oauth.yaml\n --> openapi/CURATION.md:";
    assert_eq!(reported.len(), 1);
    assert!(
        reported[0].starts_with(&format!("{start}{line}\n  = help: remove the line")),
        "{}",
        reported[0]
    );
}
