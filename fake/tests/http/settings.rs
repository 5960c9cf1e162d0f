//! The settings file.

use crate::client::{APP, SECRET, USER, app, request, send, user};
use ghes_oauth_fake::{Builder, FakeGhes};
use serde_json::{Value, json};

fn start(text: &str) -> FakeGhes {
    Builder::from_toml(text)
        .unwrap_or_else(|error| panic!("{error}"))
        .start()
        .unwrap()
}

fn error(text: &str) -> String {
    match Builder::from_toml(text) {
        Ok(_) => panic!("{text} was accepted"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_example_names_every_setting() {
    let text = include_str!("../../examples/serve.toml").replace("127.0.0.1:8380", "127.0.0.1:0");
    let ghes = start(&text);
    assert_eq!(ghes.live().len(), 2);
    let reply = app(
        &ghes,
        "POST",
        &format!("/applications/{APP}/token"),
        json!({ "access_token": "gho_planted" }),
    );
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("x-github-enterprise-version"), Some("3.16.0"));
    // Every name that a file may have is in the example.
    let source = include_str!("../../src/settings/file.rs");
    let fields = source.lines().filter_map(|line| {
        let (name, _) = line.strip_prefix("    pub(crate) ")?.split_once(": ")?;
        Some(name)
    });
    let mut count = 0;
    for name in fields {
        assert!(text.contains(name), "examples/serve.toml lacks {name}");
        count += 1;
    }
    assert!(count > 30, "{count}");
}

#[test]
fn faults_are_rules() {
    let ghes = start(&format!(
        r#"
        version = "github.com"
        apps = [{{ client_id = "{APP}", client_secret = "{SECRET}" }}]
        users = [{{ login = "{USER}", password = "p" }}]
        faults = [
            {{ operation = "apps/check-token", skip = 1, next = 1, status = 502, body = "<p>", headers = {{ x-a = "b" }} }},
            {{ operation = "apps/delete-token", next = 1, status = 500, after_handling = true }},
        ]
        "#
    ));
    let path = format!("/applications/{APP}/token");
    let check = || app(&ghes, "POST", &path, json!({ "access_token": "dead" }));
    assert_eq!(check().status, 404);
    let reply = check();
    assert_eq!(
        (reply.status, reply.text.as_str(), reply.header("x-a")),
        (502, "<p>", Some("b"))
    );
    assert_eq!(check().status, 404);
    let token = ghes.issue_token(APP, USER, &[]).unwrap();
    let reply = app(&ghes, "DELETE", &path, json!({ "access_token": token }));
    assert_eq!((reply.status, ghes.is_live(&token)), (500, false));
}

#[test]
fn an_error_names_the_line_and_no_value() {
    let cases = [
        (
            "version = \"3.16\"\n\nverison = \"plan7ed\"",
            "line 3: unknown field `verison`",
        ),
        (
            "[[apps]]\nclient_id = \"a\"",
            "line 1: missing field `client_secret`",
        ),
        (
            "\n[[users]]\nlogin = \"a\"\npassword = 7777",
            "line 4: not TOML, or a value of another type",
        ),
        ("password = plan7ed", "line 1: not TOML"),
        ("version = \"plan7ed\"", "line 1: version is"),
        ("\nlisten = \"plan7ed\"", "line 2: listen reads like"),
        (
            "[[faults]]\noperation = \"plan7ed\"\nclose = true",
            "line 2: operation is one of",
        ),
        ("[[faults]]\nnext = 1", "line 1: a fault says one thing"),
        (
            "[[faults]]\nclose = true\nmaintenance = true",
            "line 1: a fault says one thing",
        ),
        (
            "[[faults]]\nbody = \"plan7ed\"",
            "line 1: headers and body need a status",
        ),
        (
            "[[faults]]\nstatus = 99",
            "line 1: status is from 200 to 999",
        ),
        (
            "[[tokens]]\nlogin = \"a\"\ncreated_at = 2024-05-01",
            "line 3: created_at is in UTC",
        ),
    ];
    for (text, expected) in cases {
        let error = error(text);
        assert!(error.starts_with(expected), "{text:?}: {error}");
        assert!(
            !error.contains("plan7ed") && !error.contains("7777"),
            "{error}"
        );
    }
    let unknown = Builder::from_toml("[[tokens]]\nlogin = \"nobody\"")
        .unwrap()
        .start();
    assert_eq!(
        unknown.unwrap_err().kind(),
        std::io::ErrorKind::InvalidInput
    );
}

#[test]
fn a_fake_listens_where_the_settings_say() {
    let ghes = start("listen = \"[::1]:0\"\nprivate_mode = true");
    assert!(ghes.url().starts_with("http://[::1]:"), "{}", ghes.url());
    assert_eq!(send(request(&ghes, "GET", "/authorizations")).status, 401);
    let everywhere = start("listen = \"0.0.0.0:0\"");
    assert_eq!(
        user(&everywhere, "GET", "/authorizations", Value::Null).status,
        401
    );
}
