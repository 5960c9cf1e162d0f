//! The servers that the clients talk to.

use crate::{CLIENT_ID, CLIENT_SECRET, Failure};
use ghes_oauth_fake::{Builder, FakeGhes, Operation, OtpDelivery};

/// A version of GHES, or github.com where there is none.
pub(crate) type Version = Option<(u16, u16)>;

pub(crate) const VERSIONS: [Version; 7] = [
    Some((2, 18)),
    Some((2, 22)),
    Some((3, 3)),
    Some((3, 12)),
    Some((3, 19)),
    Some((3, 22)),
    None,
];

pub(crate) fn start(version: Version) -> Result<FakeGhes, Failure> {
    let builder: Builder = match version {
        Some((major, minor)) => FakeGhes::builder().version(major, minor),
        None => FakeGhes::builder().github_com(),
    };
    let ghes = builder
        // github3.py sends `rm_scopes`, which GitHub ignores.
        .strict(false)
        .app(CLIENT_ID, CLIENT_SECRET)
        .user("octocat", "password")
        .user_with_otp("hubot", "password", "123456", OtpDelivery::App)
        .start()?;
    Ok(ghes)
}

pub(crate) fn exists(operation: Operation, version: Version) -> bool {
    match version {
        Some((major, minor)) => operation.is_in(major, minor),
        None => operation.id().starts_with("apps/") && operation.is_in(3, 22),
    }
}

pub(crate) fn name(version: Version) -> String {
    version.map_or("github.com".to_owned(), |(major, minor)| {
        format!("{major}.{minor}")
    })
}
