//! Arguments that are refused before anything is sent.

use super::over;
use crate::case::{Case, Want};
use crate::setup::Setup;
use ghes_oauth::{ErrorKind, Operation};
use serde_json::{Value, json};

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
    for (name, code) in CODES {
        cases.push(refused(
            name,
            over::user,
            "one-time password",
            move |setup| setup.otp = Some(code),
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

const TOKENS: [(&str, &str); 27] = [
    ("token::encoded_dots", "%2e%2e"),
    (
        "token::byte_order_mark",
        "\u{feff}gho_pLaNtEdOldToKeN0000000000000000000001",
    ),
    (
        "token::zero_width_space",
        "gho_pLaNtEdOldToKeN0000000000000000000001\u{200b}",
    ),
    (
        "token::word_joiner",
        "gho_pLaNtEdOldToKeN0000000000000000000001\u{2060}",
    ),
    (
        "token::quotes",
        "\"gho_pLaNtEdOldToKeN0000000000000000000001\"",
    ),
    (
        "token::backticks",
        "`gho_pLaNtEdOldToKeN0000000000000000000001`",
    ),
    (
        "token::bearer",
        "Bearer gho_pLaNtEdOldToKeN0000000000000000000001",
    ),
    (
        "token::assignment",
        "token=gho_pLaNtEdOldToKeN0000000000000000000001",
    ),
    ("token::comma", "gho_pLaNtEdOldToKeN0000000000000000000001,"),
    (
        "token::full_stop",
        "gho_pLaNtEdOldToKeN0000000000000000000001.",
    ),
    (
        "token::percent_encoded",
        "gho%5FpLaNtEdOldToKeN0000000000000000000001",
    ),
    (
        "token::padding",
        "gho_pLaNtEdOldToKeN0000000000000000000001=",
    ),
    (
        "token::in_braces",
        "{gho_pLaNtEdOldToKeN0000000000000000000001}",
    ),
    ("token::empty", ""),
    ("token::dot", "."),
    ("token::two_dots", ".."),
    ("token::dots_backslash_grant", "..\\grant"),
    ("token::backslash", "a\\b"),
    ("token::slash", "a/b"),
    ("token::cr", "gho_pLaNtEdOldToKeN0000000000000000000001\r"),
    (
        "token::lf",
        "gho_pLaNtEdOldToKeN0000000000000000000001\nHost: elsewhere",
    ),
    ("token::nul", "gho_pLaNtEdOldToKeN0000000000000000000001\0"),
    (
        "token::del",
        "gho_pLaNtEdOldToKeN0000000000000000000001\u{7f}",
    ),
    (
        "token::leading_space",
        " gho_pLaNtEdOldToKeN0000000000000000000001",
    ),
    (
        "token::trailing_space",
        "gho_pLaNtEdOldToKeN0000000000000000000001 ",
    ),
    (
        "token::trailing_no_break_space",
        "gho_pLaNtEdOldToKeN0000000000000000000001\u{a0}",
    ),
    (
        "token::trailing_line_end",
        "gho_pLaNtEdOldToKeN0000000000000000000001\r\n",
    ),
];

const CLIENT_IDS: [(&str, &str); 12] = [
    ("client_id::byte_order_mark", "\u{feff}plan7ed"),
    ("client_id::full_stop", "plan7ed."),
    ("client_id::empty", ""),
    ("client_id::dot", "."),
    ("client_id::two_dots", ".."),
    ("client_id::slash", "plan7ed/b"),
    ("client_id::question_mark", "plan7ed?b"),
    ("client_id::hash", "plan7ed#b"),
    ("client_id::colon", "plan7ed:b"),
    ("client_id::backslash", "plan7ed\\b"),
    ("client_id::encoded_slash", "plan7ed%2fb"),
    ("client_id::line_end", "plan7ed\r\n"),
];

const CLIENT_SECRETS: [(&str, &str); 6] = [
    (
        "client_secret::byte_order_mark",
        "\u{feff}0c11e47a5ec2e7f00dbabe5ca1ab1e0ddba11fee",
    ),
    (
        "client_secret::zero_width_space",
        "0c11e47a5ec2e7f00dbabe5ca1ab1e0ddba11fee\u{200b}",
    ),
    (
        "client_secret::quotes",
        "'0c11e47a5ec2e7f00dbabe5ca1ab1e0ddba11fee'",
    ),
    ("client_secret::empty", ""),
    (
        "client_secret::line_end",
        "0c11e47a5ec2e7f00dbabe5ca1ab1e0ddba11fee\n",
    ),
    (
        "client_secret::leading_space",
        " 0c11e47a5ec2e7f00dbabe5ca1ab1e0ddba11fee",
    ),
];

const LOGINS: [(&str, &str); 4] = [
    ("user_name::empty", ""),
    ("user_name::colon", "plan7ed:octocat"),
    ("user_name::nul", "plan7ed\0"),
    ("user_name::line_end", "plan7ed\r\n"),
];

const PASSWORDS: [(&str, &str); 3] = [
    ("password::empty", ""),
    (
        "password::line_end",
        "pL4nted \"päss/wörd\"+%1:\\é\r\nHost: elsewhere",
    ),
    ("password::esc", "pL4nted \"päss/wörd\"+%1:\\é\u{1b}"),
];

const CODES: [(&str, &str); 4] = [
    ("otp::empty", ""),
    ("otp::crlf", "pL4nted+0tp/739154\r\nX-Other: 1"),
    ("otp::trailing_space", "pL4nted+0tp/739154 "),
    ("otp::not_ascii", "pL4nted+0tp/739154é"),
];

const FINGERPRINTS: [(&str, &str); 4] = [
    ("fingerprint::empty", ""),
    ("fingerprint::dot", "."),
    ("fingerprint::two_dots", ".."),
    ("fingerprint::backslash", "plan7ed\\..\\.."),
];

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

/// That a scope names its target and its repositories in one way each is for the compiler: `Target` and `Repositories` are enums.
fn combinations() -> Vec<Case> {
    let update = |name, update: Value| {
        refused(name, over::updates, "scopes", move |setup| {
            setup.update = update.clone()
        })
    };
    let scope = |name, field, scope: Value| {
        refused(name, over::scopes_token, field, move |setup| {
            setup.scope = scope.clone()
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
        scope(
            "restriction::empty_account",
            "target",
            json!({ "target": "" }),
        ),
        scope(
            "restriction::account_id_zero",
            "target id",
            json!({ "target_id": 0 }),
        ),
        scope(
            "restriction::empty_repositories",
            "repositories",
            json!({ "target_id": 1, "repositories": [] }),
        ),
        scope(
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
