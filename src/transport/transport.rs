//! The state that all calls to one server share.

use crate::error::error::Error;
use crate::model::operation::Operation;
use crate::model::version::GhesVersion;
use crate::response::classify;
use crate::response::raw::RawResponse;
use crate::transport::clients::Clients;
use crate::transport::deprecation::DeprecationPolicy;
use crate::transport::in_flight::{Permits, Running};
use crate::transport::retry::{Budget, RetryPolicy};
use http::header::{HeaderMap, HeaderValue};
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
    /// The headers of every request with a body, without credentials.
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Duration,
    pub(crate) max_response_bytes: usize,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) deprecation: DeprecationPolicy,
    pub(crate) permits: Permits,
    pub(crate) running: Arc<Running>,
    /// What an error without a connection says about proxies, if one is set.
    pub(crate) proxy_hint: Option<String>,
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
        // A header that taught the version a moment ago needs no second look at the body.
        if is_of_use
            && let Some(header) = response.metadata.ghes_version_header()
            && !self.learned.is_fresh(header)
            && let Some(version) = response.version()
        {
            self.learned.set(version, header);
        }
    }
}

/// How long a version that was learned is not learned again.
const FRESH_FOR: Duration = Duration::from_secs(60);
/// How long operations are refused by a version that a response named: a server may be upgraded while its clients run.
const LEARNED_FOR: Duration = Duration::from_secs(3600);

/// A version that may become known.
#[derive(Default)]
pub(crate) struct LearnedVersion(Mutex<Option<Learned>>);

struct Learned {
    version: GhesVersion,
    /// The header as the server wrote it, which takes a tenth of the time to compare that the next one takes to parse.
    header: Box<[u8]>,
    since: Instant,
}

impl LearnedVersion {
    fn get(&self) -> Option<GhesVersion> {
        self.locked().as_ref().map(|learned| learned.version)
    }

    fn is_old(&self) -> bool {
        let learned = self.locked();
        learned
            .as_ref()
            .is_some_and(|learned| learned.since.elapsed() >= LEARNED_FOR)
    }

    /// Returns whether this header taught the version, a moment ago.
    fn is_fresh(&self, header: &HeaderValue) -> bool {
        self.locked().as_ref().is_some_and(|learned| {
            *learned.header == *header.as_bytes() && learned.since.elapsed() < FRESH_FOR
        })
    }

    fn set(&self, version: GhesVersion, header: &HeaderValue) {
        *self.locked() = Some(Learned {
            version,
            header: header.as_bytes().into(),
            since: Instant::now(),
        });
    }

    fn locked(&self) -> MutexGuard<'_, Option<Learned>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
