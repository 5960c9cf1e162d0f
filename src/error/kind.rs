//! The kinds of errors that a caller may want to tell apart.

/// What kind of error an [`Error`](crate::Error) is; each has a predicate there, which says what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument was refused before anything was sent.
    InvalidInput,
    /// The client cannot be set up or cannot send: for instance no certificates, no runtime, contradictory settings.
    Configuration,
    /// Wrong credentials (401).
    Unauthorized,
    /// A one-time password is needed (401 with `X-GitHub-OTP: required`).
    OtpRequired(OtpDelivery),
    /// The one-time password that was sent was not accepted.
    OtpInvalid(OtpDelivery),
    /// Refused (403).
    Forbidden,
    /// Too many bad logins (403).
    LoginLockout,
    /// The request had no `User-Agent`, or one that GitHub refuses (403).
    UserAgentRefused,
    /// GitHub's own 404.
    NotFound,
    /// The response is not the API's: a 404 that is not GitHub's, or a server that responds
    /// [`preflight`](crate::OAuthApp::preflight) alike for all credentials or tokens.
    NoSuchEndpoint,
    /// The endpoint was removed (410).
    Gone,
    /// The API version is unknown (400) or retired (410).
    UnsupportedApiVersion,
    /// The content of the request was refused (400 or 422).
    Validation,
    /// The primary rate limit is used up.
    RateLimited,
    /// The secondary rate limit, which guards against bursts, was hit.
    SecondaryRateLimited,
    /// A redirect that is not followed, or a link to a next page on another origin.
    ///
    /// Not followed are redirects to another origin, of a call other than GET, of one that was given a one-time password by
    /// [`Call::otp`](crate::Call::otp), and more than five in a row.
    RedirectRefused,
    /// The response is a 304 that was not asked for.
    NotModified,
    /// The server failed (5xx).
    Server,
    /// The connection failed.
    Connection,
    /// The time ran out.
    Timeout,
    /// The response exceeds the limit in bytes.
    ResponseTooLarge,
    /// The response is not what the API describes.
    Decode,
    /// A call that must not be repeated lost its response.
    OutcomeUnknown,
    /// The server does not have the operation.
    UnsupportedByServer,
    /// The deprecation policy forbids the operation.
    DeniedByPolicy,
    /// A status that none of the others covers.
    UnexpectedStatus,
}

/// How the user gets the codes of two-factor authentication, from `X-GitHub-OTP: required; …`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OtpDelivery {
    /// From an authenticator app.
    App,
    /// By text message; GitHub sends one only for POST and PUT, so a GET alone never brings a code.
    Sms,
    /// The server did not say, or said something new.
    Unknown,
}

/// How far a request got before its connection failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// No connection was made: the server has seen nothing of it.
    NotSent,
    /// It may have arrived, as a whole or in part; no response came.
    Sent,
    /// The response had begun.
    AnswerBegun,
}
