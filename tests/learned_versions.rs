//! The version of a server that nobody named: learned from its responses, and not for ever.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use common::{CannedResponse, Clients, Recorder, run, sample};
use ghes_oauth::{ErrorKind, GhesVersion};
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
fn what_was_learned_is_asked_for_again_in_the_end() {
    // Not by `run`, whose limit an hour would exceed.
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
