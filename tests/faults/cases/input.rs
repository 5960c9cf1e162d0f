//! Arguments: what is refused before anything is sent, and what goes through as it is.

use super::over;
use crate::case::{Case, Seen, Want};
use crate::requests::Request;
use crate::secrets::{HEX_TOKEN, ODD_TOKEN};
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
        "token: longer than any URL",
        over::token_in_path,
        "request",
        move |setup| setup.token = path,
    ));
    cases.push(refused(
        "fingerprint: longer than any URL",
        over::fingerprint,
        "request",
        move |setup| setup.fingerprint = path,
    ));
    cases.extend(numbers());
    cases.extend(combinations());
    cases.extend(accepted());
    cases
}

const TOKENS: [(&str, &str); 14] = [
    ("token: empty", ""),
    ("token: .", "."),
    ("token: ..", ".."),
    ("token: ..\\grant", "..\\grant"),
    ("token: a\\b", "a\\b"),
    ("token: a/b", "a/b"),
    ("token: CR", "pL4nted~t0ken+%?#;:@=&ü'\"\r"),
    ("token: LF", "pL4nted~t0ken+%?#;:@=&ü'\"\nHost: elsewhere"),
    ("token: NUL", "gho_pLaNtEdOldToKeN0000000000000000000001\0"),
    (
        "token: DEL",
        "gho_pLaNtEdOldToKeN0000000000000000000001\u{7f}",
    ),
    (
        "token: space before",
        " gho_pLaNtEdOldToKeN0000000000000000000001",
    ),
    (
        "token: space behind",
        "gho_pLaNtEdOldToKeN0000000000000000000001 ",
    ),
    (
        "token: no-break space behind",
        "gho_pLaNtEdOldToKeN0000000000000000000001\u{a0}",
    ),
    (
        "token: line end behind",
        "gho_pLaNtEdOldToKeN0000000000000000000001\r\n",
    ),
];

const CLIENT_IDS: [(&str, &str); 10] = [
    ("client id: empty", ""),
    ("client id: .", "."),
    ("client id: ..", ".."),
    ("client id: /", "plan7ed/b"),
    ("client id: ?", "plan7ed?b"),
    ("client id: #", "plan7ed#b"),
    ("client id: :", "plan7ed:b"),
    ("client id: \\", "plan7ed\\b"),
    ("client id: encoded slash", "plan7ed%2fb"),
    ("client id: line end", "plan7ed\r\n"),
];

const CLIENT_SECRETS: [(&str, &str); 3] = [
    ("client secret: empty", ""),
    (
        "client secret: line end",
        "0c11e47a5ec2e7f00dbabe5ca1ab1e0ddba11fee\n",
    ),
    (
        "client secret: space before",
        " 0c11e47a5ec2e7f00dbabe5ca1ab1e0ddba11fee",
    ),
];

const LOGINS: [(&str, &str); 4] = [
    ("user name: empty", ""),
    ("user name: colon", "plan7ed:octocat"),
    ("user name: NUL", "plan7ed\0"),
    ("user name: line end", "plan7ed\r\n"),
];

const PASSWORDS: [(&str, &str); 3] = [
    ("password: empty", ""),
    (
        "password: line end",
        "pL4nted \"päss/wörd\"+%1:\\é\r\nHost: elsewhere",
    ),
    ("password: ESC", "pL4nted \"päss/wörd\"+%1:\\é\u{1b}"),
];

const CODES: [(&str, &str); 4] = [
    ("one-time password: empty", ""),
    (
        "one-time password: CRLF",
        "pL4nted+0tp/739154\r\nX-Other: 1",
    ),
    ("one-time password: space behind", "pL4nted+0tp/739154 "),
    ("one-time password: not ASCII", "pL4nted+0tp/739154é"),
];

const FINGERPRINTS: [(&str, &str); 4] = [
    ("fingerprint: empty", ""),
    ("fingerprint: .", "."),
    ("fingerprint: ..", ".."),
    ("fingerprint: backslash", "plan7ed\\..\\.."),
];

fn numbers() -> Vec<Case> {
    vec![
        refused("grant id: 0", over::grant_id, "grant id", |setup| {
            setup.grant_id = 0
        }),
        refused("grant id: negative", over::grant_id, "grant id", |setup| {
            setup.grant_id = -7
        }),
        refused(
            "authorization id: 0",
            over::authorization_id,
            "authorization id",
            |setup| setup.authorization_id = 0,
        ),
        refused(
            "authorization id: negative",
            over::authorization_id,
            "authorization id",
            |setup| setup.authorization_id = i64::MIN,
        ),
        refused("per_page: 0", over::lists, "per_page", |setup| {
            setup.per_page = Some(0)
        }),
        refused("per_page: 101", over::lists, "per_page", |setup| {
            setup.per_page = Some(101)
        }),
        refused("page: 0", over::lists, "page", |setup| setup.page = Some(0)),
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
            "update: scopes and add_scopes",
            json!({ "scopes": ["user"], "add_scopes": ["repo"] }),
        ),
        update(
            "update: scopes and remove_scopes",
            json!({ "scopes": ["user"], "remove_scopes": ["repo"] }),
        ),
        update(
            "update: no scopes and add_scopes",
            json!({ "scopes": [], "add_scopes": ["repo"] }),
        ),
        scope("scope: no target", "target", json!({ "target": "" })),
        scope("scope: target id 0", "target id", json!({ "target_id": 0 })),
        scope(
            "scope: no repositories",
            "repositories",
            json!({ "target_id": 1, "repositories": [] }),
        ),
        scope(
            "scope: no repository ids",
            "repository ids",
            json!({ "target_id": 1, "repository_ids": [] }),
        ),
        refused(
            "fingerprint: twice",
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

fn accepted() -> Vec<Case> {
    let mut cases = vec![
        Case::new("user name: UTF-8")
            .over(over::user)
            .with(|setup| setup.login = "öcto cät"),
        Case::new("password: spaces at the ends")
            .over(over::user)
            .with(|setup| setup.password = " pä:ss "),
        Case::new("client id: as of old")
            .over(over::app)
            .with(|setup| setup.client_id = "abcde12345fghij67890"),
        Case::new("one-time password: sent").with(|setup| setup.otp = Some(crate::secrets::OTP)),
        Case::new("token: 40 digits")
            .over(over::app)
            .with(|setup| setup.token = HEX_TOKEN)
            .check(arrives),
        Case::new("token: odd characters")
            .over(over::app)
            .with(|setup| setup.token = ODD_TOKEN)
            .check(arrives),
        Case::new("token: encoded dots")
            .over(over::app)
            .with(|setup| setup.token = "%2e%2e")
            .check(arrives),
        Case::new("id: as large as can be")
            .over(over::grant_id)
            .with(|setup| setup.grant_id = i64::MAX),
    ];
    for (name, fingerprint) in [
        ("fingerprint: /", "a/b//c"),
        ("fingerprint: ; : @ + %", "a;b:c@d+e%f%2F%"),
        ("fingerprint: ? #", "a?b#c&d=e"),
        ("fingerprint: unicode", "ünï©ode 🗝"),
        ("fingerprint: encoded dots", "%2e%2e"),
        ("fingerprint: three dots", "..."),
        ("fingerprint: spaces and controls", " \t\u{1}x "),
    ] {
        let sent = move |seen: &Seen<'_>| one_segment(seen, 3, fingerprint);
        cases.push(
            Case::new(name)
                .over(over::fingerprint)
                .with(move |setup| setup.fingerprint = fingerprint)
                .check(sent),
        );
    }
    cases
}

/// The token arrived as it was given, in the path or in the body.
fn arrives(seen: &Seen<'_>) -> Result<(), String> {
    if over::token_in_path(seen.operation) {
        return one_segment(seen, 3, seen.setup.token);
    }
    let body: serde_json::Value = serde_json::from_slice(&Request::read(&seen.requests[0]).body)
        .map_err(|error| error.to_string())?;
    if body["access_token"] == seen.setup.token {
        Ok(())
    } else {
        Err("another token arrived".to_owned())
    }
}

fn one_segment(seen: &Seen<'_>, index: usize, expected: &str) -> Result<(), String> {
    let segments = Request::read(&seen.requests[0]).segments();
    let count = seen
        .operation
        .path()
        .trim_start_matches('/')
        .split('/')
        .count();
    match segments.get(index) {
        Some(segment) if segment == expected && segments.len() == count => Ok(()),
        _ => Err(format!(
            "the path has {} segments, or another one at {index}",
            segments.len()
        )),
    }
}
