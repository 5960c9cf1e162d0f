//! Lists, page by page and as a stream.

use crate::{CLIENT_ID, LOGIN, PASSWORD, ghes, run, user};
use ghes_oauth::{ErrorKind, NewAuthorization, Server, UserCredentials};
use ghes_oauth_fake::{FakeGhes, OtpDelivery};
use std::time::Duration;

/// A server whose user has this many authorizations of the app.
fn with_tokens(count: usize) -> FakeGhes {
    let ghes = ghes().start().unwrap();
    for _ in 0..count {
        ghes.issue_token(CLIENT_ID, LOGIN, &["repo"]).unwrap();
    }
    ghes
}

#[test]
fn a_page_names_the_next_one() {
    run(async {
        let ghes = with_tokens(5);
        let mine = user(&ghes);
        let first = mine.list_authorizations().per_page(2).await.unwrap();
        assert_eq!(
            (first.items.len(), first.next, first.last),
            (2, Some(2), Some(3))
        );
        let last = mine
            .list_authorizations()
            .per_page(2)
            .page(3)
            .await
            .unwrap();
        assert_eq!((last.items.len(), last.next), (1, None));
        let all = mine.list_authorizations().per_page(100).await.unwrap();
        assert_eq!((all.items.len(), all.next, all.last), (5, None, None));
    });
}

#[test]
fn a_dropped_next_loses_no_item() {
    run(async {
        let ghes = with_tokens(5);
        ghes.on_every().delay(Duration::from_millis(30));
        let mut items = user(&ghes).list_authorizations().per_page(2).items();
        let mut count = 0;
        loop {
            let next = tokio::time::timeout(Duration::from_millis(5), items.next());
            match next.await {
                Ok(Some(item)) => count += usize::from(item.is_ok()),
                Ok(None) => break,
                Err(_) => {}
            }
        }
        assert_eq!((count, ghes.requests()), (5, 3));
    });
}

#[test]
fn a_stream_has_every_item_once() {
    run(async {
        let ghes = with_tokens(250);
        let before = ghes.requests();
        let mut items = user(&ghes).list_authorizations().items();
        let mut ids = Vec::new();
        while let Some(item) = items.next().await {
            ids.push(item.unwrap().id.get());
        }
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!((ids.len(), distinct.len()), (250, 250));
        assert_eq!(ghes.requests() - before, 3, "a hundred a page");
    });
}

#[test]
fn lists_can_be_narrowed_to_an_app() {
    run(async {
        let ghes = with_tokens(2);
        let mine = user(&ghes);
        mine.create_authorization(None, NewAuthorization::new().note("personal"))
            .await
            .unwrap();
        assert_eq!(mine.list_authorizations().await.unwrap().items.len(), 3);
        assert_eq!(
            mine.list_authorizations()
                .client_id(CLIENT_ID)
                .await
                .unwrap()
                .items
                .len(),
            2
        );
        assert_eq!(
            mine.list_grants()
                .client_id(CLIENT_ID)
                .await
                .unwrap()
                .items
                .len(),
            1
        );
    });
}

#[test]
fn an_error_ends_a_stream() {
    run(async {
        let ghes = with_tokens(1);
        let stranger = Server::new(ghes.url())
            .unwrap()
            .authorizations(UserCredentials::new(LOGIN, "wrong").unwrap());
        let mut items = stranger.list_authorizations().items();
        assert!(items.next().await.unwrap().unwrap_err().kind() == ErrorKind::Unauthorized);
        assert!(items.next().await.is_none());
    });
}

#[test]
fn codes_come_from_the_source_one_for_each_page() {
    run(async {
        let ghes = FakeGhes::builder()
            .app(CLIENT_ID, crate::CLIENT_SECRET)
            .user_with_otp(LOGIN, PASSWORD, "135790", OtpDelivery::App)
            .start()
            .unwrap();
        for _ in 0..3 {
            ghes.issue_token(CLIENT_ID, LOGIN, &[]).unwrap();
        }
        let server = Server::new(ghes.url()).unwrap();
        let without = server.authorizations(UserCredentials::new(LOGIN, PASSWORD).unwrap());
        assert!(
            without.list_authorizations().await.unwrap_err().kind()
                == ErrorKind::OtpRequired(ghes_oauth::OtpDelivery::App)
        );
        assert!(
            without
                .list_authorizations()
                .otp("000000")
                .await
                .unwrap_err()
                .kind()
                == ErrorKind::OtpInvalid(ghes_oauth::OtpDelivery::App)
        );
        assert_eq!(
            without
                .list_authorizations()
                .otp("135790")
                .await
                .unwrap()
                .items
                .len(),
            3
        );
    });
}
