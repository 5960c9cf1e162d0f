//! The kinds of errors, and whether the server performed the operation.

/// The kind of an [`Error`](crate::Error): what happened and, below, what to do about it.
///
/// [`Error::outcome`](crate::Error::outcome) is a separate axis: after a timeout, for instance, the outcome may be unknown or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument was refused before anything was sent. **Do:** correct the argument that the message names.
    InvalidInput,
    /// The client cannot be set up or cannot send: no certificates, no runtime, contradictory settings. **Do:** follow the message.
    Configuration,
    /// The credentials are wrong (401). **Do:** check client id and secret, or login and password, and that they are of this server;
    /// repeated bad logins lock the account.
    Unauthorized,
    /// The user has two-factor authentication and the call had no one-time password (401 with `X-GitHub-OTP: required`).
    /// **Do:** ask for one and call again with [`Call::otp`](crate::Call::otp).
    OtpRequired(OtpDelivery),
    /// The one-time password is wrong, has expired or was used before. **Do:** ask for a new one.
    OtpInvalid(OtpDelivery),
    /// The server refuses these credentials for this call (403). **Do:** read [`github_message`](crate::Error::github_message); calls with
    /// a user's credentials take a password, not a token.
    Forbidden,
    /// Too many failed logins: even the right credentials are refused (403). **Do:** wait a few minutes before you try again.
    LoginLockout,
    /// The server refuses the `User-Agent` (403). **Do:** set another one by
    /// [`ServerBuilder::user_agent`](crate::ServerBuilder::user_agent), and check that no proxy removes it.
    UserAgentRefused,
    /// GitHub's own 404: not a live token of this app, or no such authorization or grant. **Do:** nothing, or create it.
    ///
    /// For a token, GitHub does not report whether it was revoked, has expired, never existed or belongs to another app.
    NotFound,
    /// The response does not come from the API: a 404 that is not GitHub's, or a server that responds to
    /// [`preflight`](crate::OAuthApp::preflight) alike for all credentials or tokens. **Do:** check the base URL; on GHES it is
    /// `https://HOST` or `https://HOST/api/v3`.
    NoSuchEndpoint,
    /// The server has removed the operation (410). **Do:** call its replacement; see
    /// [`Operation::deprecation`](crate::Operation::deprecation).
    Gone,
    /// The server does not know the API version (400), or no longer serves it (410). **Do:** set another
    /// [`ApiVersion`](crate::ApiVersion).
    UnsupportedApiVersion,
    /// The server refuses the content of the request (400 or 422). **Do:** read [`github_message`](crate::Error::github_message) and
    /// [`validation_problems`](crate::Error::validation_problems).
    Validation,
    /// The primary rate limit is exhausted. **Do:** wait for [`retry_after`](crate::Error::retry_after).
    RateLimited,
    /// The secondary rate limit, against bursts, was exceeded. **Do:** wait for [`retry_after`](crate::Error::retry_after).
    SecondaryRateLimited,
    /// The server redirects, or links to a next page, and the client does not follow. **Do:** set the server's real base URL.
    ///
    /// The client does not follow a redirect to another origin, of a call other than GET, of a call with a one-time password by
    /// [`Call::otp`](crate::Call::otp), nor a sixth one in a row.
    RedirectRefused,
    /// The server responded 304 to a call without a condition; GitHub's descriptions allow that for some writes. **Do:** nothing, but set
    /// no `If-None-Match` in the HTTP client's default headers.
    NotModified,
    /// The server failed (5xx). **Do:** call again later if [`is_retryable`](crate::Error::is_retryable) is true.
    Server,
    /// The connection failed. **Do:** check the network, the proxy and the certificates.
    Connection,
    /// The call timed out. **Do:** call again with a longer [`Call::timeout`](crate::Call::timeout) if
    /// [`is_retryable`](crate::Error::is_retryable) is true.
    Timeout,
    /// The call's task ended before its response arrived: it panicked. **Do:** find out what happened before you call again.
    Interrupted,
    /// The response is longer than the client accepts. **Do:** raise
    /// [`ServerBuilder::max_response_bytes`](crate::ServerBuilder::max_response_bytes), or ask for fewer items per page.
    ResponseTooLarge,
    /// The response is not what the API describes. **Do:** look for a proxy or a login page between client and server.
    Decode,
    /// This server does not have the operation. **Do:** call the one that the message names.
    UnsupportedByServer,
    /// The deprecation policy forbids the operation. **Do:** call its replacement, or relax the policy.
    DeniedByPolicy,
    /// The status is not one that the other kinds cover. **Do:** look at [`status`](crate::Error::status), and for a proxy between client
    /// and server.
    UnexpectedStatus,
}

/// Whether the server performed an operation whose call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// It did not: nothing was sent, or the server refused the request.
    ///
    /// If the deadline passes while a name is resolved, a connection is made, TLS is negotiated or a proxy is asked for a tunnel,
    /// nothing was sent, unless by an earlier attempt.
    NotPerformed,
    /// It may or may not have: the response was lost, could not be decoded, or is a server error.
    ///
    /// It is also unknown if the last attempt sent nothing, but an earlier one did; and if a request was waiting for a free stream of an
    /// HTTP/2 connection, because that request may still go out after the call has failed.
    ///
    /// **Do:** find out before you retry an operation that is not idempotent: after a reset by
    /// [`OAuthApp::check_token`](crate::OAuthApp::check_token) with the old token, after a create by listing, after an update by getting
    /// the authorization.
    Unknown,
    /// It did, although the response could not be decoded; see [`Error::recovered_token`](crate::Error::recovered_token).
    Performed,
}

/// How the user gets one-time passwords, from `X-GitHub-OTP: required; …`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OtpDelivery {
    /// From an authenticator app.
    App,
    /// By text message. GitHub sends one only for POST and PUT, so a GET never triggers one.
    Sms,
    /// The server named no way, or one that this release does not know.
    Unknown,
}

/// How far a request got before its connection failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// The server has not seen any of it.
    NotSent,
    /// It may have arrived, completely or in part; no response arrived.
    Sent,
    /// The response had begun.
    ResponseBegun,
}
