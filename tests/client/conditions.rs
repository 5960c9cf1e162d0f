//! Conditional requests and what comes with a response.

use crate::{app, ghes, live_token, run, user};
use ghes_oauth::{Conditional, DeprecationHeader, ErrorKind, GhesVersion};

#[test]
fn a_value_that_did_not_change_is_not_sent() {
    run(async {
        let ghes = ghes().start().unwrap();
        live_token(&ghes);
        let mine = user(&ghes);
        let first = mine.list_authorizations().send().await.unwrap();
        let id = first.value().items[0].id;
        let etag = first.metadata().etag().unwrap().to_owned();
        let single = mine.get_authorization(id).send().await.unwrap();
        let date = single.metadata().last_modified().unwrap().to_owned();
        assert!(matches!(
            mine.list_authorizations()
                .if_none_match(&etag)
                .await
                .unwrap(),
            Conditional::NotModified
        ));
        assert!(matches!(
            mine.get_authorization(id)
                .if_modified_since(&date)
                .await
                .unwrap(),
            Conditional::NotModified
        ));

        mine.update_authorization(id, ghes_oauth::AuthorizationUpdate::new().note("changed"))
            .await
            .unwrap();
        let Conditional::Modified(page) = mine
            .list_authorizations()
            .if_none_match(&etag)
            .await
            .unwrap()
        else {
            panic!("the list has changed")
        };
        assert_eq!(page.items[0].note.as_deref(), Some("changed"));
    });
}

#[test]
fn a_condition_that_no_header_can_carry_is_refused() {
    run(async {
        let ghes = ghes().start().unwrap();
        let before = ghes.requests();
        let error = user(&ghes)
            .list_grants()
            .if_none_match("\"ta\ng\"")
            .await
            .unwrap_err();
        assert!(
            (error.kind() == ErrorKind::InvalidInput) && error.to_string().contains("entity tag"),
            "{error}"
        );
        assert_eq!(ghes.requests(), before);
    });
}

#[test]
fn metadata_comes_with_every_response() {
    run(async {
        let ghes = ghes().version(3, 10).rate_limit(5000).start().unwrap();
        let token = live_token(&ghes);
        let app = app(&ghes);
        let response = app.check_token(&token).send().await.unwrap();
        let metadata = response.metadata();
        assert_eq!(metadata.status().as_u16(), 200);
        assert_eq!(metadata.ghes_version(), Some(GhesVersion::new(3, 10)));
        assert_eq!(app.server().ghes_version(), Some(GhesVersion::new(3, 10)));
        assert_eq!(metadata.api_version(), Some("2022-11-28"));
        assert!(metadata.request_id().is_some() && metadata.media_type().is_some());
        assert_eq!(
            metadata
                .rate_limit()
                .map(|limit| (limit.limit, limit.remaining)),
            Some((Some(5000), Some(4999)))
        );
        assert!(metadata.deprecation().is_none() && metadata.sunset().is_none());

        let deprecated = user(&ghes).list_grants().send().await.unwrap();
        assert!(matches!(
            deprecated.metadata().deprecation(),
            Some(DeprecationHeader::Since(_))
        ));
        assert!(deprecated.metadata().sunset().is_some());
        let made = user(&ghes)
            .create_authorization(None, ghes_oauth::NewAuthorization::new().note("x"))
            .send()
            .await
            .unwrap();
        assert!(made.metadata().location().unwrap().ends_with(&format!(
            "/authorizations/{}",
            made.value().authorization.id
        )));
    });
}
