//! octocrab with its defaults, by its methods for any endpoint: it has no methods for these.

use crate::wire::{Authorization, TokenBody};
use crate::{CLIENT_ID, CLIENT_SECRET, LIVE, LOGIN, NOT_LIVE, PASSWORD, Peer};
use octocrab::{Error, Octocrab, Page};

pub struct Crab {
    app: Octocrab,
    user: Octocrab,
    route: String,
}

fn client(base: &str, name: &str, secret: &str) -> Octocrab {
    let builder = Octocrab::builder()
        .base_uri(base)
        .expect("it is a URI")
        .basic_auth(name.to_owned(), secret.to_owned());
    let builder = builder.add_header(
        "x-github-api-version".parse().expect("it is a name"),
        "2022-11-28".to_owned(),
    );
    builder.build().expect("these settings go together")
}

impl Peer for Crab {
    fn new(base: &str) -> Self {
        let route = format!("/applications/{CLIENT_ID}/token");
        Self {
            app: client(base, CLIENT_ID, CLIENT_SECRET),
            user: client(base, LOGIN, PASSWORD),
            route,
        }
    }

    async fn check_live(&self) {
        let found: Authorization = self
            .app
            .post(&self.route, Some(&TokenBody { access_token: LIVE }))
            .await
            .expect("the server responds");
        assert!(found.user.is_some());
    }

    async fn check_not_live(&self) {
        match self
            .app
            .post::<_, Authorization>(
                &self.route,
                Some(&TokenBody {
                    access_token: NOT_LIVE,
                }),
            )
            .await
        {
            Err(Error::GitHub { source, .. }) => assert_eq!(source.status_code.as_u16(), 404),
            _ => panic!("the server responds otherwise"),
        }
    }

    async fn delete(&self) {
        let response = self
            .app
            ._delete(self.route.as_str(), Some(&TokenBody { access_token: LIVE }))
            .await
            .expect("the server responds");
        assert_eq!(response.status().as_u16(), 204);
    }

    async fn page(&self) {
        let page: Page<Authorization> = self
            .user
            .get("/authorizations?per_page=100&page=1", None::<&()>)
            .await
            .expect("the server responds");
        assert!(page.items.len() == 100 && page.next.is_some());
    }

    async fn reset(&self) {
        let made: Authorization = self
            .app
            .patch(&self.route, Some(&TokenBody { access_token: LIVE }))
            .await
            .expect("the server responds");
        assert!(made.token.is_some());
    }
}
