//! One client's flows against one server.

use crate::clients::Client;
use crate::servers::{Version, exists, name};
use crate::tls::Terminator;
use crate::{CLIENT_ID, CLIENT_SECRET, Failure, HERE};
use ghes_oauth_fake::{CannedResponse, FakeGhes, NewToken, Operation};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs the client's program, and fails where that fails.
pub(crate) fn run(
    client: &Client,
    folder: &Path,
    version: Version,
    ghes: &FakeGhes,
) -> Result<(), Failure> {
    let program = client.program[0].replace(
        "{python}",
        &folder.join("venv/bin/python").to_string_lossy(),
    );
    let script = Path::new(HERE).join("flows").join(client.program[1]);
    // Node looks for packages beside the script.
    let script = if program == "node" {
        let beside = folder.join(client.program[1]);
        fs::copy(&script, &beside)?;
        beside
    } else {
        script
    };
    let token = || {
        let token = NewToken::of_app(CLIENT_ID, "octocat").scopes(&["repo"]);
        ghes.issue(token).ok_or("app and user are known")
    };
    let code = ghes.authorize(CLIENT_ID, "octocat", &["repo"]);
    let has = |operation| {
        if exists(operation, version) {
            "yes"
        } else {
            "no"
        }
    };
    // After it has its token, hub asks for the user, which is not an operation of the fake.
    let user = CannedResponse::new(200).header("content-type", "application/json");
    ghes.on_request(|request| {
        let agent = request.header("user-agent").unwrap_or_default();
        agent.starts_with("Hub") && request.method() == "GET" && request.operation().is_none()
    })
    .respond(user.body(r#"{ "login": "octocat" }"#));
    // hub takes no http.
    let tls = Terminator::start(ghes.web_url())?;
    let certificate = folder.join("ca.pem");
    fs::write(&certificate, tls.ca())?;
    let output = Command::new(program)
        .arg(script)
        .env("API", ghes.url())
        .env("WEB", ghes.web_url())
        .env("TLS_HOST", tls.host())
        .env("SSL_CERT_FILE", &certificate)
        .env("CLIENT_ID", CLIENT_ID)
        .env("CLIENT_SECRET", CLIENT_SECRET)
        .env("CODE", code.unwrap_or_default())
        .envs([
            ("TOKEN", token()?),
            ("SECOND_TOKEN", token()?),
            ("THIRD_TOKEN", token()?),
        ])
        .env("HAS_TOKEN", has(Operation::CheckToken))
        .env("HAS_SCOPED", has(Operation::ScopeToken))
        .env("HAS_TOKEN_IN_PATH", has(Operation::CheckAuthorization))
        .env("HAS_AUTHORIZATIONS", has(Operation::ListAuthorizations))
        .output()?;
    if output.status.success() {
        return Ok(());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    let received: Vec<String> = ghes.received().iter().map(ToString::to_string).collect();
    let received = received.join("\n  ");
    Err(format!(
        "{} fails on {}:\n{errors}what arrived:\n  {received}",
        client.name,
        name(version)
    )
    .into())
}
