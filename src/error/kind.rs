//! The kinds of faults that a caller may want to tell apart.

/// What kind of fault an [`Error`](crate::Error) is; each has a predicate there, which says what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument was refused before anything was sent.
    InvalidInput,
    /// The client could not be set up, for instance without certificates.
    Configuration,
    /// Wrong credentials (401).
    Unauthorized,
    /// A one-time password is needed (401 with `X-GitHub-OTP: required`).
    OtpRequired(OtpDelivery),
    /// The one-time password that was sent was not accepted.
    OtpWrong(OtpDelivery),
    /// Refused (403).
    Forbidden,
    /// Too many bad logins (403).
    LoginLockout,
    /// GitHub's own 404.
    NotFound,
    /// A 404 that is not GitHub's: a wrong base URL.
    NoSuchEndpoint,
    /// The endpoint was removed (410).
    Gone,
    /// The API version is unknown (400) or retired (410).
    UnsupportedApiVersion,
    /// The content of the request was refused (422).
    Validation,
    /// The primary rate limit is used up.
    RateLimited,
    /// The secondary rate limit, which guards against bursts, was hit.
    SecondaryRateLimited,
    /// A redirect to another origin, or of a call other than GET.
    RedirectRefused,
    /// The answer is a 304 that was not asked for.
    NotModified,
    /// The server failed (5xx).
    Server,
    /// The connection failed.
    Connection,
    /// The time ran out.
    Timeout,
    /// The answer exceeds the limit in bytes.
    AnswerTooLarge,
    /// The answer is not what the API describes.
    Undecodable,
    /// A call that must not be repeated lost its answer.
    OutcomeUnknown,
    /// The server does not have the operation.
    NotAvailable,
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
    /// It may have arrived, as a whole or in part; no answer came.
    Sent,
    /// The answer had begun.
    AnswerBegun,
}
