//! The version of a server that the caller did not set: learned from its responses, and not for ever.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use common::{CannedResponse, Clients, Recorder, run, sample};
use ghes_oauth::{ErrorKind, GhesVersion, Operation};
use serde_json::json;

#[test]
fn the_version_is_learned_from_responses() {
    run(async {
        let recorder = Recorder::start(|request| {
            CannedResponse::plain(request).header("x-github-enterprise-version", "3.4.1")
        })
        .await;
        let server = recorder.server();
        let (clients, clone) = (Clients::new(&server), server.clone());
        sample(&clients, "apps/check-authorization").await.unwrap();
        assert_eq!(
            server.ghes_version(),
            Some(GhesVersion::new(3, 4)),
            "learned from the response"
        );
        assert_eq!(
            clone.ghes_version(),
            server.ghes_version(),
            "clones learn together"
        );

        let error = sample(&clients, "apps/check-authorization")
            .await
            .unwrap_err();
        assert!(
            (error.kind() == ErrorKind::UnsupportedByServer)
                && error.to_string().contains("check_token"),
            "{error}"
        );
        assert_eq!(
            recorder.requests().len(),
            1,
            "now it is known, and not sent"
        );

        let set = recorder
            .builder()
            .ghes_version(GhesVersion::new(3, 3))
            .build()
            .unwrap();
        sample(&Clients::new(&set), "apps/check-token")
            .await
            .unwrap();
        assert_eq!(
            set.ghes_version(),
            Some(GhesVersion::new(3, 3)),
            "a version that was set is kept"
        );
    });
}

#[test]
fn a_learned_version_expires() {
    // Without `run`, whose timeout is shorter than an hour.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let recorder = Recorder::start(|request| {
            CannedResponse::plain(request).header("x-github-enterprise-version", "3.4.1")
        })
        .await;
        let clients = Clients::new(&recorder.server());
        sample(&clients, "apps/check-authorization").await.unwrap();
        assert!(
            sample(&clients, "apps/check-authorization")
                .await
                .unwrap_err()
                .kind()
                == ErrorKind::UnsupportedByServer
        );
        tokio::time::pause();
        tokio::time::advance(std::time::Duration::from_secs(3601)).await;
        tokio::time::resume();
        sample(&clients, "apps/check-authorization").await.unwrap();
        assert!(
            sample(&clients, "apps/check-authorization")
                .await
                .unwrap_err()
                .kind()
                == ErrorKind::UnsupportedByServer,
            "the response had the same version"
        );
        assert_eq!(recorder.requests().len(), 2);
    });
}

#[test]
fn a_404_of_a_version_without_the_operation_is_not_the_token_s() {
    run(async {
        let recorder = Recorder::responding(
            common::not_found().header("x-github-enterprise-version", "3.4.0"),
        )
        .await;
        let error = sample(&recorder.clients(), "apps/check-authorization")
            .await
            .unwrap_err();
        assert!(
            (error.kind() == ErrorKind::UnsupportedByServer)
                && error.to_string().contains("check_token"),
            "{error}"
        );

        for junk in ["", "junk", "3", "99999999.1"] {
            let recorder = Recorder::responding(
                common::not_found().header("x-github-enterprise-version", junk),
            )
            .await;
            let server = recorder.server();
            let outcome = sample(&Clients::new(&server), "apps/check-authorization")
                .await
                .unwrap();
            assert_eq!(
                (outcome.value.json, server.ghes_version()),
                (json!(null), None),
                "{junk}"
            );
        }
    });
}

#[test]
fn a_gateway_teaches_no_version() {
    run(async {
        for response in [
            CannedResponse::html(503),
            CannedResponse::html(404),
            CannedResponse::html(200),
        ] {
            let response = response.header("x-github-enterprise-version", "0.1");
            let recorder = Recorder::responding(response).await;
            let server = recorder.server();
            let clients = Clients::new(&server);
            for _ in 0..2 {
                let error = sample(&clients, "apps/check-token").await.unwrap_err();
                assert_ne!(error.kind(), ErrorKind::UnsupportedByServer, "{error}");
            }
            assert_eq!(server.ghes_version(), None);
            assert_eq!(server.supports(common::operation("apps/check-token")), None);
        }
    });
}

#[test]
fn a_server_before_2_21_is_asked_for_the_preview_as_well() {
    const USUAL: &str = "application/vnd.github+json";
    const BOTH: &str =
        "application/vnd.github+json, application/vnd.github.doctor-strange-preview+json";
    const WITH_PREVIEW: [&str; 4] = [
        "apps/check-token",
        "apps/delete-authorization",
        "apps/delete-token",
        "apps/reset-token",
    ];
    run(async {
        for (version, preview) in [((2, 20), BOTH), ((2, 21), USUAL), ((3, 16), USUAL)] {
            let recorder = Recorder::plain().await;
            let version = GhesVersion::new(version.0, version.1);
            let server = recorder.builder().ghes_version(version).build().unwrap();
            let clients = Clients::new(&server);
            let all = Operation::all().iter();
            let supported = all.filter(|operation| operation.is_in(version));
            for operation in supported.clone() {
                sample(&clients, operation.id()).await.unwrap();
            }
            for (request, operation) in recorder.requests().iter().zip(supported) {
                let has_one = WITH_PREVIEW.contains(&operation.id());
                let expected = if has_one { preview } else { USUAL };
                assert_eq!(request.all("accept"), [expected], "{operation}");
            }
        }

        let recorder = Recorder::start(|request| {
            CannedResponse::plain(request)
                .header("x-github-enterprise-version", "2.20.9")
                .header("x-github-request-id", "1:2")
        })
        .await;
        let clients = recorder.clients();
        for expected in [USUAL, BOTH] {
            sample(&clients, "apps/check-token").await.unwrap();
            let requests = recorder.requests();
            assert_eq!(requests.last().unwrap().all("accept"), [expected]);
        }
    });
}
