//! Tokens by hash, many tokens, and the variants of a get-or-create.

use crate::{CLIENT_ID, LOGIN, app, app_credentials, ghes, live_token, run, user};
use ghes_oauth::{AccessToken, ErrorKind, GetOrCreate, NewAuthorization, Server};
use ghes_oauth_fake::{CannedResponse, Operation};

#[test]
fn an_authorization_is_found_by_its_token() {
    run(async {
        let ghes = ghes().start().unwrap();
        for _ in 0..120 {
            ghes.issue_token(CLIENT_ID, LOGIN, &[]).unwrap();
        }
        let token = live_token(&ghes);
        let found = user(&ghes)
            .find_authorization(&token)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(found.hashed_token.as_deref(), Some(token.hashed().as_str()));
        assert_eq!(found.token_last_eight.as_deref(), Some(token.last_eight()));
        assert_eq!(token.checksum_matches(), Some(true));
        assert!(
            user(&ghes)
                .find_authorization(&AccessToken::new("gho_nobodys"))
                .await
                .unwrap()
                .is_none()
        );
    });
}

#[test]
fn without_hashes_it_is_not_known_whether_a_token_is_among_them() {
    run(async {
        let ghes = ghes().start().unwrap();
        let token = live_token(&ghes);
        let hash = token.hashed();
        let list = |items: &[Option<&String>]| {
            let items = items.iter().zip(1..);
            let items = items.map(|(hash, id)| serde_json::json!({"id": id, "hashed_token": hash}));
            let body = serde_json::Value::Array(items.collect());
            ghes.on(Operation::ListAuthorizations)
                .next(1)
                .respond(CannedResponse::new(200).body(body.to_string()));
            user(&ghes).find_authorization(&token)
        };
        let other = AccessToken::new("gho_other").hashed();
        let hash_of_another_kind = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=".to_owned();
        for unknown in [
            &[None, None][..],
            &[Some(&other), None],
            &[Some(&String::new())],
            &[Some(&hash_of_another_kind)],
        ] {
            let error = list(unknown).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decode);
            assert!(error.to_string().contains("cannot be known"), "{error}");
        }
        let found = list(&[None, Some(&hash), None]).await.unwrap();
        assert_eq!(found.unwrap().id.get(), 2);
        let upper = hash.to_ascii_uppercase();
        assert!(list(&[Some(&upper)]).await.unwrap().is_some());
        assert!(list(&[Some(&other)]).await.unwrap().is_none());
        assert!(list(&[]).await.unwrap().is_none());
    });
}

#[test]
fn get_or_create_distinguishes_new_from_old() {
    run(async {
        let ghes = ghes().start().unwrap();
        let mine = user(&ghes);
        let first = mine
            .get_or_create_authorization_for_app(&app_credentials(), NewAuthorization::new())
            .await
            .unwrap();
        assert!(matches!(&first, GetOrCreate::Created(_)));
        let token = first.created_token().unwrap();
        assert!(app(&ghes).check_token(token).await.unwrap().is_some());
        let second = mine
            .get_or_create_authorization_for_app(&app_credentials(), NewAuthorization::new())
            .await
            .unwrap();
        assert!(
            matches!(&second, GetOrCreate::Existing(found) if found.token.is_none() && found.id == first.authorization().id)
        );
        let unexpected = "a/b ü%2e%2e?#;:@+";
        let printed = mine
            .get_or_create_authorization_for_app_and_fingerprint(
                &app_credentials(),
                unexpected,
                NewAuthorization::new(),
            )
            .await
            .unwrap();
        assert_eq!(
            printed.authorization().fingerprint.as_deref(),
            Some(unexpected)
        );
    });
}

#[test]
fn a_dropped_reset_delivers_its_token() {
    run(async {
        let ghes = ghes().start().unwrap();
        let token = live_token(&ghes);
        let app = app(&ghes);
        let (sender, receiver) = tokio::sync::oneshot::channel();
        let call = app
            .reset_token(&token)
            .deliver_to(move |token| drop(sender.send(token)))
            .send();
        // Polled once, so that it is in flight, and dropped.
        drop(tokio::time::timeout(std::time::Duration::ZERO, call).await);
        let fresh = receiver.await.unwrap();
        assert!(ghes.is_live(fresh.expose_secret()) && !ghes.is_live(token.expose_secret()));
    });
}

#[test]
fn thousands_of_calls_wait_for_permits() {
    run(async {
        let ghes = ghes().start().unwrap();
        let token = live_token(&ghes);
        let app = Server::builder(ghes.url())
            .max_in_flight(8)
            .build()
            .unwrap()
            .oauth_app(app_credentials());
        let calls: Vec<_> = (0..500)
            .map(|_| tokio::spawn(app.check_token(&token).into_future()))
            .collect();
        for call in calls {
            assert!(call.await.unwrap().unwrap().is_some());
        }
    });
}
