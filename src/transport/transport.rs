//! The state that all calls to one server share.

use crate::error::error::Error;
use crate::model::operations::Operation;
use crate::model::version::GhesVersion;
use crate::response::classify;
use crate::response::raw::RawResponse;
use crate::transport::clients::Clients;
use crate::transport::deprecation::DeprecationPolicy;
use crate::transport::in_flight::{Permits, Running};
use crate::transport::retry::{Budget, RetryPolicy};
use http::header::HeaderMap;
use reqwest::Url;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// The base of an API, without a slash at its end, and the kind of server.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    pub(crate) text: String,
    /// The base, parsed.
    pub(crate) url: Url,
    pub(crate) host: Host,
}

/// The kind of server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    /// github.com or one of its data-residency hosts.
    GithubCom,
    /// A GHES.
    Enterprise,
}

/// The state that the clones of a server share.
pub(crate) struct Transport {
    pub(crate) base: BaseUrl,
    pub(crate) clients: Clients,
    /// The headers of every request, without credentials.
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Duration,
    pub(crate) max_response_bytes: usize,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) deprecation: DeprecationPolicy,
    pub(crate) permits: Permits,
    pub(crate) running: Arc<Running>,
    /// A proxy variable that is set but not used, if there is one.
    pub(crate) unused_proxy: Option<&'static str>,
    pub(crate) version: Option<GhesVersion>,
    pub(crate) learned: LearnedVersion,
}

impl Transport {
    pub(crate) fn url(&self) -> &Url {
        &self.base.url
    }

    /// Returns the GHES version that was set, or else the one that the last response named; `None` for github.com.
    ///
    /// A version learned from a response makes the client refuse unsupported operations for one hour. After that it asks the server again,
    /// which may have been upgraded.
    pub(crate) fn ghes_version(&self) -> Option<GhesVersion> {
        match self.base.host {
            Host::GithubCom => None,
            Host::Enterprise => self.version.or_else(|| self.learned.get()),
        }
    }

    /// Whether the server has an operation; `None` for a GHES whose version is not known yet.
    pub(crate) fn supports(&self, operation: &Operation) -> Option<bool> {
        match self.base.host {
            Host::GithubCom => Some(operation.on_github_com()),
            Host::Enterprise => self.ghes_version().map(|version| operation.is_in(version)),
        }
    }

    /// Refuses, before anything is sent, an operation that the server is known not to have.
    pub(crate) fn require(&self, operation: &'static Operation) -> Result<(), Error> {
        if self.supports(operation) != Some(false) || self.may_have_been_upgraded() {
            return Ok(());
        }
        let version = self.ghes_version();
        let server = version.map_or_else(
            || "github.com".to_owned(),
            |version| format!("GHES {version}"),
        );
        Err(classify::unsupported(operation, &server, version))
    }

    /// Whether the version was learned so long ago that the server has to be asked again.
    fn may_have_been_upgraded(&self) -> bool {
        self.base.host == Host::Enterprise && self.version.is_none() && self.learned.is_old()
    }

    /// Stores the version that a response named.
    pub(crate) fn learn(&self, response: &RawResponse) {
        let is_of_use = self.base.host == Host::Enterprise && self.version.is_none();
        // A version that was stored a moment ago need not be read from the body again.
        if is_of_use
            && !self.learned.is_fresh(response.metadata.ghes_version())
            && let Some(version) = response.version()
        {
            self.learned.set(version);
        }
    }
}

/// How long the same version is not stored again.
const FRESH_FOR: Duration = Duration::from_secs(60);
/// How long operations are refused by a version that a response named: a server may be upgraded while its clients run.
const LEARNED_FOR: Duration = Duration::from_secs(3600);

/// A version that may become known, and when it did.
#[derive(Default)]
pub(crate) struct LearnedVersion(Mutex<Option<(GhesVersion, Instant)>>);

impl LearnedVersion {
    fn get(&self) -> Option<GhesVersion> {
        self.locked().map(|(version, _)| version)
    }

    fn is_old(&self) -> bool {
        self.locked()
            .is_some_and(|(_, since)| since.elapsed() >= LEARNED_FOR)
    }

    /// Whether it is this version, and was stored a moment ago.
    fn is_fresh(&self, version: Option<GhesVersion>) -> bool {
        self.locked()
            .is_some_and(|(known, since)| Some(known) == version && since.elapsed() < FRESH_FOR)
    }

    fn set(&self, version: GhesVersion) {
        *self.locked() = Some((version, Instant::now()));
    }

    fn locked(&self) -> MutexGuard<'_, Option<(GhesVersion, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
