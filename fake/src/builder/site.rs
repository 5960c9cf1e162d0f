//! The settings of the server that a fake plays.

use crate::builder::Builder;
use std::time::SystemTime;

/// How it is set up.
impl Builder {
    /// Sets whether what GitHub ignores, or is not known to refuse, is refused: unknown fields, scopes and permissions. On by default.
    pub fn strict(mut self, strict: bool) -> Self {
        self.settings.strict = strict;
        self
    }

    /// Puts the server into private mode: a request without credentials gets 401 "Must authenticate to access this API.", as on such a GHES.
    pub fn private_mode(mut self) -> Self {
        self.settings.private_mode = true;
        self
    }

    /// Sets the server's clock, which runs from there; [`FakeGhes::set_time`](crate::FakeGhes::set_time) does so later.
    pub fn time(mut self, time: SystemTime) -> Self {
        self.time = Some(time);
        self
    }

    /// Sends bodies in chunks and with weak tags, as some servers do; without it they have a length and a strong tag.
    pub fn chunked(mut self) -> Self {
        self.settings.chunked = true;
        self
    }

    /// Sets which values of `X-GitHub-Api-Version` are known; the first is the default.
    ///
    /// Without it these are the versions that GitHub documents: none before GHES 3.9, `2022-11-28` from then on, and
    /// `2026-03-10` as well from GHES 3.21 on and on github.com.
    pub fn api_versions(mut self, versions: &[&str]) -> Self {
        self.settings.api_versions = Some(owned(versions));
        self
    }

    /// Retires values of `X-GitHub-Api-Version`: a request for one of them gets 410 whatever operation it is for, in any version of
    /// GHES and on github.com.
    ///
    /// The default is then the first of the known versions that is left. GitHub documents the status and not the words; the
    /// message here names the versions that are left.
    pub fn retired_api_versions(mut self, versions: &[&str]) -> Self {
        self.settings.retired_api_versions = owned(versions);
        self
    }

    /// Responds to every `POST /authorizations` with 410, as a server does that has removed that endpoint.
    ///
    /// This holds for every GHES version that has the operation, which are all that are known; where the fake plays github.com it
    /// changes nothing, and the response is what it is for any path that leads nowhere. GitHub describes a removed endpoint for no other
    /// operation; the words of the message are not GitHub's.
    pub fn create_authorization_gone(mut self) -> Self {
        self.settings.creating_is_gone = true;
        self
    }
}

fn owned(versions: &[&str]) -> Vec<String> {
    versions.iter().map(|&version| version.to_owned()).collect()
}
