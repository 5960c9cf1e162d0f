//! An embedded GHES on loopback, for tests: it answers what GitHub would answer, to any HTTP client.
//!
//! A [`FakeGhes`] has the operations of one GHES version, or those of github.com. It checks credentials and one-time
//! passwords, keeps apps, users, grants and authorizations in memory, and refuses a request that the spec does not
//! allow. It listens on 127.0.0.1 alone, on a free port and a thread of its own, so that tests with and without an
//! async runtime can use it; dropping it stops it.
//!
//! ```
//! use ghes_oauth_fake::FakeGhes;
//!
//! let ghes = FakeGhes::builder()
//!     .version(3, 3)
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
//! What it leaves out: the web flow ([`FakeGhes::issue_token`] stands for its end), organizations and repositories
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
mod fake;
mod gate;
#[rustfmt::skip]
mod generated;
mod grants;
mod headers;
mod media_types;
mod operation;
mod pages;
mod rate_limit;
mod render;
mod request;
mod routes;
mod server;
mod site;
mod state;
mod token;
mod version;

pub use builder::Builder;
pub use fake::FakeGhes;
pub use generated::Operation;
pub use state::OtpDelivery;
