//! ghes-oauth, with its defaults.

use crate::{CLIENT_ID, CLIENT_SECRET, LIVE, LOGIN, NOT_LIVE, PASSWORD, Peer, USER_AGENT};
use ghes_oauth::{
    AccessToken, AppCredentials, Authorizations, DeprecationPolicy, OAuthApp, Server,
    UserCredentials,
};

pub struct Ours {
    app: OAuthApp,
    user: Authorizations,
    live: AccessToken,
    not_live: AccessToken,
}

#[allow(deprecated, reason = "the lists have no successor")]
impl Ours {
    /// Reads the whole list item by item, and counts.
    pub async fn walk(&self) -> usize {
        let mut items = self.user.list_authorizations().items();
        let mut count = 0;
        while let Some(item) = items.next().await {
            item.expect("the server responds");
            count += 1;
        }
        count
    }
}

#[allow(deprecated, reason = "the lists have no successor")]
impl Peer for Ours {
    fn new(base: &str) -> Self {
        let server = Server::builder(base)
            .user_agent(USER_AGENT)
            .deprecation_policy(DeprecationPolicy::Allow);
        #[cfg(feature = "http2")]
        let server = match crate::http2::is_wanted() {
            true => server.configure(|http| http.http2_prior_knowledge()),
            false => server,
        };
        let server = server.build().expect("these settings go together");
        Self {
            app: server.oauth_app(
                AppCredentials::new(CLIENT_ID, CLIENT_SECRET).expect("their form is right"),
            ),
            user: server.authorizations(
                UserCredentials::new(LOGIN, PASSWORD).expect("their form is right"),
            ),
            live: AccessToken::new(LIVE),
            not_live: AccessToken::new(NOT_LIVE),
        }
    }

    async fn check_live(&self) {
        let found = self
            .app
            .check_token(&self.live)
            .await
            .expect("the server responds");
        assert!(found.is_some_and(|authorization| authorization.user.is_some()));
    }

    async fn check_not_live(&self) {
        assert!(
            self.app
                .check_token(&self.not_live)
                .await
                .expect("the server responds")
                .is_none()
        );
    }

    async fn delete(&self) {
        self.app
            .delete_token(&self.live)
            .await
            .expect("the server responds");
    }

    async fn page(&self) {
        let page = self
            .user
            .list_authorizations()
            .per_page(100)
            .page(1)
            .await
            .expect("the server responds");
        assert!(page.items.len() == 100 && page.next == Some(2));
    }

    async fn reset(&self) {
        let issued = self.app.reset_token(&self.live).await;
        drop(issued.expect("the server responds"));
    }
}
