//! An embedded GHES on loopback, for tests: it answers what GitHub would answer, to any HTTP client.
//!
//! A [`StandIn`] has the operations of one GHES version, or those of github.com. It checks credentials and one-time
//! passwords, keeps apps, users, grants and authorizations in memory, and refuses a request that the spec does not
//! allow. It listens on 127.0.0.1 alone, on a free port and a thread of its own, so that tests with and without an
//! async runtime can use it; dropping it stops it.
//!
//! ```
//! use ghes_oauth::GhesVersion;
//! use ghes_oauth::stand_in::StandIn;
//!
//! let ghes = StandIn::builder()
//!     .version(GhesVersion::new(3, 3))
//!     .app("Iv1.8a61f9b3a7aba766", "client-secret")
//!     .user("octocat", "password")
//!     .start()?;
//! assert!(ghes.url().starts_with("http://127.0.0.1:"));
//!
//! let token = ghes.issue_token("Iv1.8a61f9b3a7aba766", "octocat", &["repo"]).expect("both are known");
//! assert!(ghes.is_live(&token));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! Where GitHub does not say what is allowed it is strict, and in one thing it is stricter than GitHub: a member of a body that the spec does not list gets 422, so that a misspelled one
//! does not go unnoticed. The `rm_scopes` of github3.py's `remove_scopes` is such a member: the API's name is `remove_scopes`.
//!
//! What it leaves out: the web flow ([`StandIn::issue_token`] stands for its end), organizations and repositories
//! (a scoped token takes any name), expiry of tokens, GitHub's limit of ten tokens for one user, app and scope, and
//! the changing of one-time codes. It checks who a caller is only as strictly as a test needs, so do not
//! expose it to anybody.

mod answer;
mod api_versions;
mod apps;
mod authorizations;
mod body;
mod builder;
mod call;
mod conditions;
mod cors;
mod documentation;
mod gate;
mod grants;
mod headers;
mod media_types;
mod pages;
mod rate_limit;
mod render;
mod request;
mod routes;
mod server;
mod site;
mod state;
mod token;

pub use builder::Builder;

use crate::api::builder::ServerBuilder;
use server::Server;
use site::Product;
use state::Terms;
use std::fmt;

/// A running stand-in; dropping it stops it and forgets everything.
#[must_use = "dropping it stops it"]
pub struct StandIn(Server);

impl StandIn {
    /// Begins to describe a stand-in; without further settings it is a GHES 3.3, the last version that has all
    /// nineteen operations, and knows nobody.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// The base of the REST API: `http://127.0.0.1:PORT/api/v3`, without the path when it stands for github.com.
    ///
    /// It is for clients of any kind. [`Server::enterprise`](crate::Server::enterprise) takes every address on loopback for a
    /// GHES, so this crate's own client reaches a stand-in for github.com by [`server_builder`](Self::server_builder) alone.
    pub fn url(&self) -> &str {
        self.0.site().base()
    }

    /// Sets up this crate's own client for this stand-in, whatever it plays.
    ///
    /// For a GHES it is the same as [`Server::builder`](crate::Server::builder) with [`url`](Self::url): the client learns the
    /// version from the answers. For github.com the client goes by github.com's rules: no `/api/v3`, and the operations that
    /// only GHES has are refused before they are sent.
    ///
    /// ```
    /// use ghes_oauth::stand_in::StandIn;
    /// use ghes_oauth::{AccessToken, AppCredentials};
    ///
    /// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    /// # runtime.block_on(async {
    /// let github = StandIn::builder()
    ///     .github_com()
    ///     .app("Iv1.8a61f9b3a7aba766", "client-secret")
    ///     .user("octocat", "password")
    ///     .start()?;
    /// let token = github.issue_token("Iv1.8a61f9b3a7aba766", "octocat", &["repo"]).expect("both are known");
    ///
    /// let server = github.server_builder().user_agent("token-janitor/1.4").build()?;
    /// let app = server.oauth_app(AppCredentials::new("Iv1.8a61f9b3a7aba766", "client-secret"));
    /// assert!(app.check_token(&AccessToken::new(token)).await?.is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn server_builder(&self) -> ServerBuilder {
        match self.0.site().product {
            Product::Enterprise(_) => crate::api::server::Server::builder(self.url()),
            Product::GitHubCom => {
                crate::api::server::Server::builder_for_github_com_stand_in(self.url())
            }
        }
    }

    /// Issues a token of the app for the user, as the end of the web flow would; `None` where either is unknown.
    pub fn issue_token(&self, client_id: &str, login: &str, scopes: &[&str]) -> Option<String> {
        let mut store = self.0.store();
        let app = store.app(client_id)?.client_id.clone();
        let login = store.user(login)?.login.clone();
        let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
        let (_, token) = store.issue(
            "gho",
            Terms {
                app: Some(app),
                login,
                scopes,
                ..Terms::default()
            },
        );
        Some(token)
    }

    /// Revokes a token behind every client's back; `false` where it was not live.
    pub fn revoke_token(&self, token: &str) -> bool {
        let mut store = self.0.store();
        let id = store.live(token).map(|authorization| authorization.id);
        id.is_some_and(|id| store.remove(id))
    }

    /// Whether the token would work.
    pub fn is_live(&self, token: &str) -> bool {
        self.0.store().live(token).is_some()
    }

    /// How many live tokens the app holds for the user.
    pub fn live_tokens(&self, client_id: &str, login: &str) -> usize {
        let store = self.0.store();
        store
            .authorizations_of(login)
            .filter(|authorization| authorization.terms.app.as_deref() == Some(client_id))
            .count()
    }

    /// How many requests have arrived, refused ones included.
    pub fn requests(&self) -> usize {
        self.0.requests()
    }
}

impl fmt::Debug for StandIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StandIn")
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}
