//! The questions to ask an error, each with what to do about it.

use crate::error::error::Error;
use crate::error::kind::ErrorKind;
use crate::model::operations::Idempotency;

/// Predicates; several can hold at once.
impl Error {
    /// An argument was refused before anything was sent. **Do:** correct the argument that the message names.
    pub fn is_invalid_input(&self) -> bool {
        self.kind() == ErrorKind::InvalidInput
    }

    /// The credentials are wrong (401). **Do:** check client id and secret, or login and password; repeated bad logins lock the account.
    pub fn is_unauthorized(&self) -> bool {
        self.kind() == ErrorKind::Unauthorized
    }

    /// The user has two-factor authentication and the call had no code. **Do:** ask for a code and call again with `Call::otp`.
    pub fn is_otp_required(&self) -> bool {
        matches!(self.kind(), ErrorKind::OtpRequired(_))
    }

    /// The one-time password was wrong or has expired. **Do:** ask for a fresh code.
    pub fn is_otp_invalid(&self) -> bool {
        matches!(self.kind(), ErrorKind::OtpInvalid(_))
    }

    /// The server refuses these credentials here (403). **Do:** read [`github_message`](Self::github_message); calls with a user's
    /// credentials take a password, not a token.
    pub fn is_forbidden(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::Forbidden | ErrorKind::LoginLockout | ErrorKind::UserAgentRefused
        )
    }

    /// Too many bad logins: even the right credentials are refused. **Do:** wait some minutes before trying again.
    pub fn is_login_lockout(&self) -> bool {
        self.kind() == ErrorKind::LoginLockout
    }

    /// The server refuses the `User-Agent` (403). **Do:** set another by `ServerBuilder::user_agent`, and see that no proxy takes it away.
    pub fn is_user_agent_refused(&self) -> bool {
        self.kind() == ErrorKind::UserAgentRefused
    }

    /// The thing does not exist: a dead token, a deleted authorization. **Do:** nothing, or create it again.
    pub fn is_not_found(&self) -> bool {
        self.kind() == ErrorKind::NotFound
    }

    /// The response does not come from the API. **Do:** check the base URL; on GHES it is `https://HOST` or `https://HOST/api/v3`.
    pub fn is_no_such_endpoint(&self) -> bool {
        self.kind() == ErrorKind::NoSuchEndpoint
    }

    /// The server has dropped the operation (410). **Do:** call its replacement; see
    /// [`Operation::deprecation`](crate::Operation::deprecation).
    pub fn is_gone(&self) -> bool {
        self.kind() == ErrorKind::Gone
    }

    /// The server does not know, or no longer serves, the API version. **Do:** set another `ApiVersion`.
    pub fn is_unsupported_api_version(&self) -> bool {
        self.kind() == ErrorKind::UnsupportedApiVersion
    }

    /// GitHub refuses the content of the request (400 or 422). **Do:** read [`github_message`](Self::github_message) and
    /// [`validation_problems`](Self::validation_problems).
    pub fn is_validation(&self) -> bool {
        self.kind() == ErrorKind::Validation
    }

    /// A rate limit is used up. **Do:** wait for [`retry_after`](Self::retry_after).
    pub fn is_rate_limited(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::RateLimited | ErrorKind::SecondaryRateLimited
        )
    }

    /// The server redirects or links to where the request must not go. **Do:** set the base URL that the server really has.
    pub fn is_redirect_refused(&self) -> bool {
        self.kind() == ErrorKind::RedirectRefused
    }

    /// The server failed (500 or above). **Do:** call again later; for a call that must not be repeated, see
    /// [`is_outcome_unknown`](Self::is_outcome_unknown) first.
    pub fn is_server_error(&self) -> bool {
        // A status beyond 599 is to be treated as a 5xx (RFC 9110, section 15).
        self.status().is_some_and(|status| status.as_u16() >= 500)
    }

    /// The connection failed, or the time ran out on it (then [`is_timeout`](Self::is_timeout) holds too).
    ///
    /// [`phase`](Self::phase) says how far the request got. **Do:** after a timeout, what `is_timeout` says; else check the network,
    /// the proxy and the certificates.
    pub fn is_connection(&self) -> bool {
        self.0.phase.is_some()
    }

    /// The time for the call ran out. **Do:** call again with a longer `Call::timeout`, but see
    /// [`is_outcome_unknown`](Self::is_outcome_unknown) first.
    pub fn is_timeout(&self) -> bool {
        self.is(ErrorKind::Timeout)
    }

    /// The response is longer than the client accepts. **Do:** raise `ServerBuilder::max_response_bytes`, or ask for fewer items per page.
    pub fn is_response_too_large(&self) -> bool {
        self.is(ErrorKind::ResponseTooLarge)
    }

    /// The response is not what the API describes. **Do:** look for a proxy or a login page in between.
    pub fn is_decode(&self) -> bool {
        self.is(ErrorKind::Decode)
    }

    /// The call may or may not have been carried out: its response was lost, could not be read, or is a server error.
    ///
    /// **Do:** take [`recovered_token`](Self::recovered_token) where there is one; else find out what happened before calling again:
    /// after a reset with `OAuthApp::reset_outcome`, after a create by listing, after an update by getting the authorization.
    pub fn is_outcome_unknown(&self) -> bool {
        let once_only = self
            .0
            .operation
            .is_some_and(|operation| operation.idempotency() == Idempotency::NotIdempotent);
        self.kind() == ErrorKind::OutcomeUnknown || (once_only && self.is_server_error())
    }

    /// This server does not have the operation. **Do:** call the one that the message names.
    pub fn is_unsupported_by_server(&self) -> bool {
        self.kind() == ErrorKind::UnsupportedByServer
    }

    /// The deprecation policy forbids the operation. **Do:** call its replacement, or relax the policy.
    pub fn is_denied_by_policy(&self) -> bool {
        self.kind() == ErrorKind::DeniedByPolicy
    }

    /// The server responded 304 to a call without a condition; GitHub's descriptions allow that for some writes. **Do:** nothing; set
    /// no `If-None-Match` in the HTTP client's default headers.
    pub fn is_not_modified(&self) -> bool {
        self.kind() == ErrorKind::NotModified
    }

    /// The client cannot be set up or cannot send. **Do:** what the message says.
    pub fn is_configuration(&self) -> bool {
        self.kind() == ErrorKind::Configuration
    }

    /// A status that the operation does not have. **Do:** look at [`status`](Self::status) and at what stands between client and server.
    pub fn is_unexpected_status(&self) -> bool {
        self.kind() == ErrorKind::UnexpectedStatus
    }

    /// Whether calling again later may succeed and does no harm.
    pub fn is_retryable(&self) -> bool {
        // Where a token was recovered the call was carried out, and the token that it was made with is dead.
        if self.is_outcome_unknown() || self.recovered_token().is_some() {
            return false;
        }
        let passing_status = self
            .status()
            .is_some_and(|status| matches!(status.as_u16(), 429 | 500 | 502 | 503 | 504));
        self.is_rate_limited() || passing_status || self.is_connection() || self.is_timeout()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::kind::OtpDelivery;

    #[test]
    fn each_kind_answers_to_its_own_predicate_and_to_no_other() {
        type Predicate = fn(&Error) -> bool;
        let predicates: [(ErrorKind, Predicate); 23] = [
            (ErrorKind::InvalidInput, Error::is_invalid_input),
            (ErrorKind::Configuration, Error::is_configuration),
            (ErrorKind::Unauthorized, Error::is_unauthorized),
            (
                ErrorKind::OtpRequired(OtpDelivery::App),
                Error::is_otp_required,
            ),
            (
                ErrorKind::OtpInvalid(OtpDelivery::Sms),
                Error::is_otp_invalid,
            ),
            (ErrorKind::Forbidden, Error::is_forbidden),
            (ErrorKind::LoginLockout, Error::is_login_lockout),
            (ErrorKind::UserAgentRefused, Error::is_user_agent_refused),
            (ErrorKind::NotFound, Error::is_not_found),
            (ErrorKind::NoSuchEndpoint, Error::is_no_such_endpoint),
            (ErrorKind::Gone, Error::is_gone),
            (
                ErrorKind::UnsupportedApiVersion,
                Error::is_unsupported_api_version,
            ),
            (ErrorKind::Validation, Error::is_validation),
            (ErrorKind::RateLimited, Error::is_rate_limited),
            (ErrorKind::RedirectRefused, Error::is_redirect_refused),
            (ErrorKind::NotModified, Error::is_not_modified),
            (ErrorKind::Timeout, Error::is_timeout),
            (ErrorKind::ResponseTooLarge, Error::is_response_too_large),
            (ErrorKind::Decode, Error::is_decode),
            (ErrorKind::OutcomeUnknown, Error::is_outcome_unknown),
            (
                ErrorKind::UnsupportedByServer,
                Error::is_unsupported_by_server,
            ),
            (ErrorKind::DeniedByPolicy, Error::is_denied_by_policy),
            (ErrorKind::UnexpectedStatus, Error::is_unexpected_status),
        ];
        for (kind, _) in predicates {
            let error = Error::new(kind, "");
            for (other, is_other) in predicates {
                let is_403 = matches!(kind, ErrorKind::LoginLockout | ErrorKind::UserAgentRefused);
                let holds = kind == other || (is_403 && other == ErrorKind::Forbidden);
                assert_eq!(
                    is_other(&error),
                    holds,
                    "{kind:?} by the predicate of {other:?}"
                );
            }
        }
    }
}
