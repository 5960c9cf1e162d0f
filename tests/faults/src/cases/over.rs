//! Groups of operations, and their common results.

use crate::case::Want;
use ghes_oauth::{CredentialKind, ErrorKind, Idempotency, Operation};

pub(super) fn app(operation: &Operation) -> bool {
    operation.credentials() == CredentialKind::App
}

pub(super) fn user(operation: &Operation) -> bool {
    operation.credentials() == CredentialKind::User
}

pub(super) fn deprecated(operation: &Operation) -> bool {
    operation.deprecation().is_some()
}

pub(super) fn token_in_path(operation: &Operation) -> bool {
    operation.path().contains("{access_token}")
}

pub(super) fn lists(operation: &Operation) -> bool {
    operation.id().contains("/list-")
}

pub(super) fn scopes_token(operation: &Operation) -> bool {
    operation.id() == "apps/scope-token"
}

pub(super) fn updates(operation: &Operation) -> bool {
    operation.id() == "oauth-authorizations/update-authorization"
}

pub(super) fn fingerprint(operation: &Operation) -> bool {
    operation.path().contains("{fingerprint}")
}

pub(super) fn grant_id(operation: &Operation) -> bool {
    operation.path().contains("{grant_id}")
}

pub(super) fn authorization_id(operation: &Operation) -> bool {
    operation.path().contains("{authorization_id}")
}

pub(super) fn get(operation: &Operation) -> bool {
    operation.method() == "GET"
}

pub(super) fn put(operation: &Operation) -> bool {
    operation.method() == "PUT"
}

/// How many attempts `RetryPolicy::default()` allows.
const ATTEMPTS: usize = 4;

/// Operations with a client id in the request: all of an app, and those of a user with an app's id.
pub(super) fn client_id(operation: &Operation) -> bool {
    app(operation) || put(operation) || operation.id().ends_with("/create-authorization")
}

/// Operations whose `None` means "not a live token of this app".
pub(super) fn checks(operation: &Operation) -> bool {
    operation.credentials() == CredentialKind::App && operation.idempotency() == Idempotency::Safe
}

/// Those whose response has a body.
pub(super) fn with_body(operation: &Operation) -> bool {
    operation.method() != "DELETE"
}

/// Those whose body is one authorization.
pub(super) fn with_authorization(operation: &Operation) -> bool {
    with_body(operation) && !lists(operation) && !operation.id().ends_with("-grant")
}

/// Operations that must not be retried.
pub(crate) fn once(operation: &Operation) -> bool {
    operation.idempotency() == Idempotency::NotIdempotent && operation.since().is_some()
}

/// Operations whose success always has a new token: get-or-create may find an authorization, and an update shows no token.
pub(super) fn issues(operation: &Operation) -> bool {
    delivers(operation) && !put(operation)
}

/// Those whose calls take a receiver for a new token.
pub(crate) fn delivers(operation: &Operation) -> bool {
    once(operation) && !updates(operation)
}

pub(super) fn deletes(operation: &Operation) -> bool {
    operation.idempotency() == Idempotency::Idempotent
}

/// The connection was lost after the request may have arrived.
pub(super) fn lost(_: &Operation) -> Want {
    Want::Failure(ErrorKind::Connection)
}

/// The call timed out after the request may have arrived.
pub(super) fn late(_: &Operation) -> Want {
    Want::Failure(ErrorKind::Timeout)
}

/// The response is a success and cannot be decoded.
pub(super) fn unreadable(_: &Operation) -> Want {
    Want::Failure(ErrorKind::Decode)
}

/// GitHub's own 404.
pub(super) fn not_found(operation: &Operation) -> Want {
    if checks(operation) {
        Want::NotLive
    } else {
        Want::Failure(ErrorKind::NotFound)
    }
}

/// The default policy: three attempts of a call that may be retried.
pub(super) fn as_often_as_may_be(operation: &Operation) -> usize {
    if once(operation) { 1 } else { ATTEMPTS }
}

/// Only safe calls are retried: a delete was performed.
pub(super) fn reads_as_often_as_may_be(operation: &Operation) -> usize {
    if operation.idempotency() == Idempotency::Safe {
        ATTEMPTS
    } else {
        1
    }
}
