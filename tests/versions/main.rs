//! The operations of each server, and the error for an operation that a server does not have.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod table;

use common::{Clients, Recorder, run, sample};
use ghes_oauth::{CredentialKind, ErrorKind, GhesVersion, Operation, Server};
use std::net::TcpListener;
use table::TABLE;

#[test]
fn the_table_is_the_one_that_is_known() {
    let all = Operation::all().iter();
    let of_ghes: Vec<_> = all
        .filter(|operation| operation.since().is_some())
        .collect();
    assert_eq!(of_ghes.len(), TABLE.len());
    for (row, operation) in TABLE.iter().zip(of_ghes) {
        let version = |(major, minor)| GhesVersion::new(major, minor);
        assert_eq!(operation.id(), row.id);
        assert_eq!(
            format!("{} {}", operation.method(), operation.path()),
            row.call
        );
        assert_eq!(operation.credentials(), row.credentials, "{}", row.id);
        assert_eq!(operation.since(), Some(version(row.since)), "{}", row.id);
        assert_eq!(operation.until(), row.until.map(version), "{}", row.id);
        assert_eq!(operation.on_github_com(), row.github_com, "{}", row.id);
        assert_eq!(operation.idempotency(), row.idempotency, "{}", row.id);
        let replaced_by = operation
            .deprecation()
            .map(|deprecation| deprecation.replaced_by().map_or("web-flow", Operation::id));
        assert_eq!(
            replaced_by.unwrap_or_default(),
            row.replaced_by,
            "{}",
            row.id
        );
        assert!(
            operation
                .docs_url()
                .starts_with("https://docs.github.com/en/"),
            "{}",
            row.id
        );
    }
}

#[test]
fn a_server_supports_the_operations_of_its_version() {
    for version in GhesVersion::known() {
        let server = Server::builder("https://ghe.example.com")
            .ghes_version(version)
            .build()
            .unwrap();
        assert_eq!(server.ghes_version(), Some(version));
        for row in &TABLE {
            let at = (version.major(), version.minor());
            let expected = row.since <= at && row.until.is_none_or(|until| at <= until);
            assert_eq!(
                server.supports(common::operation(row.id)),
                Some(expected),
                "{} on {version}",
                row.id
            );
        }
    }
}

#[test]
fn an_unsupported_operation_is_refused_by_name_and_not_sent() {
    run(async {
        let recorder = Recorder::plain().await;
        let mut sent = 0;
        for version in GhesVersion::known() {
            let clients = Clients::new(&recorder.builder().ghes_version(version).build().unwrap());
            for operation in Operation::all() {
                let outcome = sample(&clients, operation.id()).await;
                // Operations that only github.com has are sent to a fake of it.
                if operation.is_in(version) || operation.since().is_none() {
                    outcome.unwrap();
                    sent += 1;
                    continue;
                }
                let error = outcome.unwrap_err();
                let text = error.to_string();
                assert!(
                    (error.kind() == ErrorKind::UnsupportedByServer)
                        && error.kind() != ErrorKind::NotFound,
                    "{error:?}"
                );
                assert!(
                    text.contains(operation.id()) && text.contains(&version.to_string()),
                    "{text}"
                );
                match operation
                    .deprecation()
                    .map(|deprecation| deprecation.replaced_by().map_or("web", Operation::name))
                {
                    Some(replacement) => assert!(text.contains(replacement), "{text}"),
                    None => assert!(
                        text.contains(&operation.since().unwrap().to_string()),
                        "{text}"
                    ),
                }
            }
            assert_eq!(
                recorder.requests().len(),
                sent,
                "what is refused is not sent"
            );
        }
    });
}

#[test]
fn operations_of_ghes_are_refused_on_github_com_without_a_connection() {
    // Every request would go to this proxy, which must get none.
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    proxy.set_nonblocking(true).unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    run(async {
        for url in ["https://github.com", "https://octo.ghe.com"] {
            let server = Server::builder(url)
                .proxy(reqwest::Proxy::all(&address).unwrap())
                .build()
                .unwrap();
            let clients = Clients::new(&server);
            for operation in Operation::all()
                .iter()
                .filter(|operation| !operation.on_github_com())
            {
                let error = sample(&clients, operation.id()).await.unwrap_err();
                let text = error.to_string();
                assert!(
                    (error.kind() == ErrorKind::UnsupportedByServer)
                        && text.contains(operation.id())
                        && text.contains("github.com"),
                    "{text}"
                );
                let replacement = operation
                    .deprecation()
                    .unwrap()
                    .replaced_by()
                    .map_or("web", Operation::name);
                assert!(text.contains(replacement), "{text}");
            }
        }
    });
    assert_eq!(
        proxy.accept().unwrap_err().kind(),
        std::io::ErrorKind::WouldBlock,
        "nobody connected"
    );
}

#[test]
fn the_error_for_a_removed_operation_names_its_versions_once() {
    run(async {
        let recorder = Recorder::plain().await;
        let ghes = recorder.builder().ghes_version(GhesVersion::new(3, 16));
        let github = recorder.builder().as_github();
        for server in [ghes.build().unwrap(), github.build().unwrap()] {
            let clients = Clients::new(&server);
            for operation in common::deprecated() {
                let Some(until) = operation.until() else {
                    continue;
                };
                let error = sample(&clients, operation.id()).await.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::UnsupportedByServer);
                let text = error.to_string();
                let range = format!("{} to {until}", operation.since().unwrap());
                assert_eq!(text.matches(&range).count(), 1, "{text}");
                assert_eq!(text.matches(&until.to_string()).count(), 1, "{text}");
            }
        }
        assert_eq!(recorder.requests().len(), 0);
    });
}

#[test]
fn operations_of_github_com_are_refused_on_each_ghes() {
    let operation = common::operation("credentials/revoke");
    assert_eq!(
        (
            operation.since(),
            operation.until(),
            operation.on_github_com()
        ),
        (None, None, true)
    );
    assert_eq!(operation.credentials(), CredentialKind::None);
    run(async {
        let recorder = Recorder::plain().await;
        for version in GhesVersion::known() {
            let server = recorder.builder().ghes_version(version).build().unwrap();
            assert_eq!(server.supports(operation), Some(false));
            let error = server
                .revoke_credentials([&common::token()])
                .await
                .unwrap_err();
            assert!(
                error.to_string().contains("only github.com has it"),
                "{error}"
            );
        }
        assert_eq!(recorder.requests().len(), 0);
    });
}

#[test]
fn a_call_reports_one_to_a_thousand_tokens() {
    run(async {
        let recorder = Recorder::plain().await;
        let server = recorder.clients().github;
        let tokens: Vec<_> = (0..1001)
            .map(|n| ghes_oauth::AccessToken::new(format!("gho_{n:036}")))
            .collect();
        for wrong in [&tokens[..0], &tokens[..]] {
            let error = server.revoke_credentials(wrong).await.unwrap_err();
            assert!(error.to_string().contains("credentials"), "{error}");
        }
        server.revoke_credentials(&tokens[..1000]).await.unwrap();
        let sent = recorder.only().json();
        assert_eq!(sent["credentials"].as_array().unwrap().len(), 1000);
    });
}

#[test]
fn a_server_of_unknown_version_is_asked() {
    let server = Server::new("https://ghe.example.com").unwrap();
    assert_eq!(server.ghes_version(), None);
    assert!(
        Operation::all()
            .iter()
            .all(|operation| server.supports(operation).is_none())
    );
    let ours: Vec<Server> = vec![
        Server::github().unwrap(),
        Server::new("https://octo.ghe.com").unwrap(),
    ];
    for server in ours {
        for row in &TABLE {
            assert_eq!(
                server.supports(common::operation(row.id)),
                Some(row.github_com),
                "{}",
                row.id
            );
        }
    }
}
