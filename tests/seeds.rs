//! GitHub's own samples: every JSON response and every curl request of five of its pages.
//!
//! `data/seeds` has a file for each page: GHES 3.1 in Japanese, Portuguese and English, GHES 3.3 in English, and the Authorizations API of
//! a later version in Korean. A line is a fact of the page, and nothing else of the page is stored: a request (method, path, body) or a
//! response (status, JSON). The client does not follow the errors of the pages: they show a token where these operations take Basic
//! authentication, an older `Accept`, and placeholders such as `GRANT_ID`.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use common::{
    CLIENT_ID, CLIENT_SECRET, CannedResponse, FINGERPRINT, LOGIN, PASSWORD, Recorder, TOKEN, run,
    sample, without_nulls,
};
use ghes_oauth::{CredentialKind, GhesVersion, Operation};
use serde_json::Value;
use std::collections::BTreeSet;

/// A page: its name, its facts, and how many requests, JSON responses and empty responses it has.
struct Page {
    name: &'static str,
    text: &'static str,
    counts: (usize, usize, usize),
}

const PAGES: [Page; 5] = [
    Page {
        name: "ghes-3.1.ja",
        text: include_str!("data/seeds/ghes-3.1.ja.jsonl"),
        counts: (9, 5, 4),
    },
    Page {
        name: "ghes-3.1.pt",
        text: include_str!("data/seeds/ghes-3.1.pt.jsonl"),
        counts: (9, 5, 4),
    },
    Page {
        name: "ghes-3.1.en",
        text: include_str!("data/seeds/ghes-3.1.en.jsonl"),
        counts: (9, 5, 4),
    },
    Page {
        name: "ghes-3.3.en",
        text: include_str!("data/seeds/ghes-3.3.en.jsonl"),
        counts: (9, 5, 4),
    },
    Page {
        name: "authorizations.ko",
        text: include_str!("data/seeds/authorizations.ko.jsonl"),
        counts: (10, 8, 2),
    },
];

/// A line of a page.
struct Case {
    page: &'static str,
    fact: Value,
}

impl Case {
    fn text(&self, field: &str) -> &str {
        self.fact[field]
            .as_str()
            .unwrap_or_else(|| panic!("{}: no {field} in {}", self.page, self.fact))
    }

    fn operation(&self) -> &'static Operation {
        common::operation(self.text("operation"))
    }

    fn is(&self, kind: &str) -> bool {
        self.text("kind") == kind
    }

    /// The case, for a message.
    fn name(&self) -> String {
        format!("{}, {}", self.page, self.text("operation"))
    }
}

fn cases_of(page: &Page) -> Vec<Case> {
    page.text
        .lines()
        .map(|line| Case {
            page: page.name,
            fact: serde_json::from_str(line).unwrap(),
        })
        .collect()
}

fn cases(kind: &str) -> Vec<Case> {
    PAGES
        .iter()
        .flat_map(cases_of)
        .filter(|case| case.is(kind))
        .collect()
}

#[test]
fn no_case_is_lost() {
    for page in &PAGES {
        let cases = cases_of(page);
        let count = |matches: fn(&Case) -> bool| cases.iter().filter(|case| matches(case)).count();
        let requests = count(|case| case.is("request"));
        let full = count(|case| case.is("response") && case.fact.get("json").is_some());
        let empty = count(|case| case.is("response") && case.fact.get("json").is_none());
        assert_eq!((requests, full, empty), page.counts, "{}", page.name);
        assert_eq!(cases.len(), requests + full + empty, "{}", page.name);
    }
    assert_eq!((cases("request").len(), cases("response").len()), (46, 46));
}

#[test]
fn each_page_has_all_operations_of_its_kind() {
    for page in &PAGES {
        let credentials = if page.name.starts_with("ghes-") {
            CredentialKind::App
        } else {
            CredentialKind::User
        };
        let version: Option<GhesVersion> = page
            .name
            .strip_prefix("ghes-")
            .and_then(|name| name.rsplit_once('.'))
            .and_then(|(version, _)| version.parse().ok());
        let all = Operation::all().iter().filter(|operation| {
            operation.credentials() == credentials
                && version.is_none_or(|version| operation.is_in(version))
        });
        let expected: BTreeSet<&str> = all.map(|operation| operation.id()).collect();
        for kind in ["request", "response"] {
            let cases = cases_of(page);
            let found: BTreeSet<&str> = cases
                .iter()
                .filter(|case| case.is(kind))
                .map(|case| case.operation().id())
                .collect();
            assert_eq!(found, expected, "{}", page.name);
        }
    }
}

#[test]
fn every_request_is_the_one_of_the_page() {
    run(async {
        let recorder = Recorder::plain().await;
        let clients = recorder.clients();
        for case in cases("request") {
            sample(&clients, case.operation().id())
                .await
                .unwrap_or_else(|error| panic!("{}: {error}", case.name()));
            let request = recorder.requests().pop().unwrap();
            assert_eq!(request.method, case.text("method"), "{}", case.name());
            assert_eq!(request.target, filled(case.text("path")), "{}", case.name());
            match case.fact.get("body") {
                Some(body) => assert_eq!(request.json(), *body, "{}", case.name()),
                None => assert_eq!(request.body, "", "{}", case.name()),
            }
            let pair = match case.operation().credentials() {
                CredentialKind::App => format!("{CLIENT_ID}:{CLIENT_SECRET}"),
                _ => format!("{LOGIN}:{PASSWORD}"),
            };
            assert_eq!(request.credentials(), pair, "{}", case.name());
        }
        assert_eq!(recorder.requests().len(), 46);
    });
}

/// The path of a sample with values in place of its placeholders.
fn filled(path: &str) -> String {
    path.replace("ACCESS_TOKEN", TOKEN)
        .replace("AUTHORIZATION_ID", "1")
        .replace("GRANT_ID", "1")
        .replace("FINGERPRINT", FINGERPRINT)
}

#[test]
fn every_response_is_read_and_written_back_whole() {
    run(async {
        for case in cases("response") {
            let status = u16::try_from(case.fact["status"].as_u64().unwrap()).unwrap();
            let json = case.fact.get("json");
            let response = json.map_or_else(
                || CannedResponse::empty(status),
                |json| CannedResponse::json(status, json),
            );
            let recorder = Recorder::responding(response).await;
            let outcome = sample(&recorder.clients(), case.operation().id()).await;
            let outcome = outcome.unwrap_or_else(|error| panic!("{}: {error}", case.name()));
            assert_eq!(
                without_nulls(&outcome.value.json),
                without_nulls(json.unwrap_or(&Value::Null)),
                "{}",
                case.name()
            );
            assert_eq!(outcome.metadata.status(), status, "{}", case.name());
            if matches!(outcome.value.variant, "Created" | "Existing") {
                let created = outcome.value.variant == "Created";
                assert_eq!(created, status == 201, "{}", case.name());
            }
        }
    });
}

#[test]
fn a_lost_field_would_be_seen() {
    let with = serde_json::json!({ "id": 1, "note": null, "token": "", "app": { "name": "a", "url": null }, "scopes": [] });
    let same = serde_json::json!({ "id": 1, "app": { "name": "a" }, "scopes": [] });
    assert_eq!(without_nulls(&with), same);
    for lost in ["/app/name", "/scopes", "/id"] {
        let mut less = with.clone();
        *less.pointer_mut(lost).unwrap() = Value::Null;
        assert_ne!(without_nulls(&less), same, "{lost}");
    }
}
