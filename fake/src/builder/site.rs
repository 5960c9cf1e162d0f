//! The settings of the server that a fake plays.

use crate::builder::Builder;
use std::time::SystemTime;

/// Its configuration.
impl Builder {
    /// Sets whether the fake refuses unknown fields, scopes and permissions, which GitHub ignores or may ignore. On by default.
    pub fn strict(mut self, strict: bool) -> Self {
        self.settings.strict = strict;
        self
    }

    /// Puts the server into private mode: a request without credentials gets 401 "Must authenticate to access this API.".
    pub fn private_mode(mut self) -> Self {
        self.settings.private_mode = true;
        self
    }

    /// Sets the server's clock, which runs on from there; [`FakeGhes::set_time`](crate::FakeGhes::set_time) sets it later.
    pub fn time(mut self, time: SystemTime) -> Self {
        self.time = Some(time);
        self
    }

    /// Sends bodies in chunks and with weak tags, as some servers do; by default they have a length and a strong tag.
    pub fn chunked(mut self) -> Self {
        self.settings.chunked = true;
        self
    }

    /// Sets which values of `X-GitHub-Api-Version` are supported; the first is the default.
    ///
    /// By default these are the versions that GitHub documents: none before GHES 3.9, `2022-11-28` from then on, and `2026-03-10` as well
    /// from GHES 3.21 on and on github.com.
    pub fn api_versions(mut self, versions: &[&str]) -> Self {
        self.settings.api_versions = Some(owned(versions));
        self
    }

    /// Retires values of `X-GitHub-Api-Version`: a request for one of them gets 410, for any operation, in any version of GHES and on
    /// github.com.
    ///
    /// The first of the remaining versions becomes the default. GitHub documents the status, not the message; the message here names the
    /// remaining versions.
    pub fn retired_api_versions(mut self, versions: &[&str]) -> Self {
        self.settings.retired_api_versions = owned(versions);
        self
    }

    /// Responds to every `POST /authorizations` with 410, like a server that has removed that endpoint.
    ///
    /// It works for every GHES version, all of which have the operation. On github.com it changes nothing: the response is that for any
    /// path without an operation. GitHub describes a removed endpoint for no other operation; the words of the message are not GitHub's.
    pub fn create_authorization_gone(mut self) -> Self {
        self.settings.creating_is_gone = true;
        self
    }
}

fn owned(versions: &[&str]) -> Vec<String> {
    versions.iter().map(|&version| version.to_owned()).collect()
}
