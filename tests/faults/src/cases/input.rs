//! Arguments that are refused before anything is sent.

mod values;

use super::over;
use crate::case::{Case, Want};
use crate::setup::Setup;
use ghes_oauth::{ErrorKind, Operation};
use serde_json::{Value, json};
use values::{CLIENT_IDS, CLIENT_SECRETS, FINGERPRINTS, LOGINS, OTPS, PASSWORDS, TOKENS};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, token) in TOKENS {
        cases.push(refused(name, over::app, "access token", move |setup| {
            setup.token = token
        }));
    }
    for (name, id) in CLIENT_IDS {
        cases.push(refused(name, over::client_id, "client id", move |setup| {
            setup.client_id = id
        }));
    }
    for (name, secret) in CLIENT_SECRETS {
        cases.push(refused(
            name,
            over::client_id,
            "client secret",
            move |setup| setup.client_secret = secret,
        ));
    }
    for (name, login) in LOGINS {
        cases.push(refused(name, over::user, "user name", move |setup| {
            setup.login = login
        }));
    }
    for (name, password) in PASSWORDS {
        cases.push(refused(name, over::user, "password", move |setup| {
            setup.password = password
        }));
    }
    for (name, otp) in OTPS {
        cases.push(refused(
            name,
            over::user,
            "one-time password",
            move |setup| setup.otp = Some(otp),
        ));
    }
    for (name, fingerprint) in FINGERPRINTS {
        cases.push(refused(
            name,
            over::fingerprint,
            "fingerprint",
            move |setup| setup.fingerprint = fingerprint,
        ));
    }
    let path: &'static str = Box::leak("pL4nted0t0ken".repeat(6000).into_boxed_str());
    cases.push(refused(
        "token::longer_than_any_url",
        over::token_in_path,
        "request",
        move |setup| setup.token = path,
    ));
    cases.push(refused(
        "fingerprint::longer_than_any_url",
        over::fingerprint,
        "request",
        move |setup| setup.fingerprint = path,
    ));
    cases.extend(numbers());
    cases.extend(combinations());
    cases
}

fn numbers() -> Vec<Case> {
    vec![
        refused("grant_id::zero", over::grant_id, "grant id", |setup| {
            setup.grant_id = 0
        }),
        refused("grant_id::negative", over::grant_id, "grant id", |setup| {
            setup.grant_id = -7
        }),
        refused(
            "authorization_id::zero",
            over::authorization_id,
            "authorization id",
            |setup| setup.authorization_id = 0,
        ),
        refused(
            "authorization_id::negative",
            over::authorization_id,
            "authorization id",
            |setup| setup.authorization_id = i64::MIN,
        ),
        refused("per_page::zero", over::lists, "per_page", |setup| {
            setup.per_page = Some(0)
        }),
        refused("per_page::101", over::lists, "per_page", |setup| {
            setup.per_page = Some(101)
        }),
        refused("page::zero", over::lists, "page", |setup| {
            setup.page = Some(0)
        }),
    ]
}

/// The compiler checks that a restriction names its account and its repositories in one way each: `Account` and `Repositories` are enums.
fn combinations() -> Vec<Case> {
    let update = |name, update: Value| {
        refused(name, over::updates, "scopes", move |setup| {
            setup.update = update.clone()
        })
    };
    let restriction = |name, field, restriction: Value| {
        refused(name, over::scopes_token, field, move |setup| {
            setup.restriction = restriction.clone()
        })
    };
    vec![
        update(
            "update::scopes_and_add_scopes",
            json!({ "scopes": ["user"], "add_scopes": ["repo"] }),
        ),
        update(
            "update::scopes_and_remove_scopes",
            json!({ "scopes": ["user"], "remove_scopes": ["repo"] }),
        ),
        update(
            "update::empty_scopes_and_add_scopes",
            json!({ "scopes": [], "add_scopes": ["repo"] }),
        ),
        restriction(
            "restriction::empty_account",
            "account",
            json!({ "target": "" }),
        ),
        restriction(
            "restriction::account_id_zero",
            "account id",
            json!({ "target_id": 0 }),
        ),
        restriction(
            "restriction::empty_repositories",
            "repositories",
            json!({ "target_id": 1, "repositories": [] }),
        ),
        restriction(
            "restriction::empty_repository_ids",
            "repository ids",
            json!({ "target_id": 1, "repository_ids": [] }),
        ),
        refused(
            "fingerprint::given_twice",
            over::fingerprint,
            "fingerprint",
            |setup| {
                setup.wish = json!({ "fingerprint": "another" });
            },
        ),
    ]
}

fn refused(
    name: &'static str,
    over: fn(&Operation) -> bool,
    field: &'static str,
    change: impl Fn(&mut Setup) + Send + Sync + 'static,
) -> Case {
    Case::new(name)
        .over(over)
        .with(change)
        .want(|_| Want::Failure(ErrorKind::InvalidInput))
        .sent(|_| 0)
        .error(move |error| {
            error.to_string().contains(field) && !format!("{error} {error:?}").contains("plan7ed")
        })
}
