//! CORS: which requests a browser lets a page send to the API, and which headers the page may read.

use crate::http::response::Response;
use crate::state::site::Site;

/// As recorded from github.com, without the headers of other APIs. GitHub's documentation has shorter lists, which lack `X-GitHub-OTP` from
/// GHES 3.9 or 3.10 on; github.com still names it.
const ALLOWED: &str = "Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, Accept-Encoding, \
    X-GitHub-OTP, X-Requested-With, User-Agent";
const EXPOSED: &str = "ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, \
    X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Poll-Interval, X-GitHub-Media-Type, \
    X-GitHub-Request-Id, Deprecation, Sunset";

/// Responds to an OPTIONS, which is the same for every path and needs no credentials.
pub(crate) fn preflight(site: &Site) -> Response {
    let mut allowed = ALLOWED.to_owned();
    if site.api_versions.are_known() {
        allowed.push_str(", X-GitHub-Api-Version");
    }
    Response::no_content()
        .header("access-control-allow-headers", allowed)
        .header(
            "access-control-allow-methods",
            "GET, POST, PATCH, PUT, DELETE".to_owned(),
        )
        .header("access-control-max-age", "86400".to_owned())
}

/// Returns the headers of every response of the API: any page may read it.
pub(crate) fn headers() -> [(&'static str, String); 2] {
    [
        ("access-control-allow-origin", "*".to_owned()),
        ("access-control-expose-headers", EXPOSED.to_owned()),
    ]
}
