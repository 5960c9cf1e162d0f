//! The code and the promises of `docs/rotation.md`: each part of the code is compiled and run here, and processes are killed in the middle.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by the one, and reports by the other"
)]
#![allow(unreachable_pub, reason = "the vault is copied into a library")]

mod killed;
mod vault;

use ghes_oauth::{AccessToken, AppCredentials, OAuthApp, Server};
use ghes_oauth_fake::{CannedResponse, FakeGhes, Operation};
use std::time::Duration;
use vault::Vault;

const CLIENT_ID: &str = "Iv1.8a61f9b3a7aba766";
const SECRET: &str = "client-secret";
/// The longest time that the fake works on a request.
const SERVER_LIMIT: Duration = Duration::from_millis(50);

fn app(url: &str) -> OAuthApp {
    let credentials = AppCredentials::new(CLIENT_ID, SECRET).unwrap();
    Server::new(url).unwrap().oauth_app(credentials)
}

#[tokio::test]
async fn each_end_of_a_rotation_leaves_the_vault_right() {
    let ghes = FakeGhes::builder()
        .app(CLIENT_ID, SECRET)
        .user("octocat", "password")
        .start()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(&folder.path().join("tokens.db")).unwrap();
    let app = app(ghes.url());
    let issue = || AccessToken::new(ghes.issue_token(CLIENT_ID, "octocat", &["repo"]).unwrap());
    let is_stored = || {
        vault
            .token("octocat")
            .is_ok_and(|token| ghes.is_live(token.expose_secret()))
    };

    // It succeeds, and the new token is stored.
    vault.store("octocat", &issue()).unwrap();
    vault::rotate(&app, &vault, "octocat").await.unwrap();
    assert!(is_stored() && vault.in_doubt().unwrap().is_empty());

    // The response is truncated after the token.
    ghes.on(Operation::ResetToken).next(1).truncate_body(600);
    let _ = vault::rotate(&app, &vault, "octocat").await;
    assert!(is_stored() && vault.in_doubt().unwrap().is_empty());

    // The response is truncated after the token, and the server is down afterwards: in doubt until it is checked.
    ghes.on(Operation::ResetToken).next(1).truncate_body(600);
    ghes.on(Operation::CheckToken)
        .respond(CannedResponse::new(403));
    vault::rotate(&app, &vault, "octocat").await.unwrap_err();
    assert!(is_stored() && vault.in_doubt().unwrap() == ["octocat"]);
    ghes.clear_faults();
    let lost = vault::recover(&app, &vault, SERVER_LIMIT).await.unwrap();
    assert!(lost.is_empty() && is_stored() && vault.in_doubt().unwrap().is_empty());

    // The response is malformed, and its token is not the new one.
    vault.store("monalisa", &issue()).unwrap();
    let malformed = CannedResponse::new(200).body(r#"{"token": "gho_notTheNewToken","#);
    ghes.on(Operation::ResetToken)
        .next(1)
        .respond_after_handling(malformed);
    vault::rotate(&app, &vault, "monalisa").await.unwrap_err();
    assert_eq!(vault.in_doubt().unwrap(), ["monalisa"]);
    let lost = vault::recover(&app, &vault, SERVER_LIMIT).await.unwrap();
    assert_eq!(lost, ["monalisa"]);

    // The user has revoked the token.
    let revoked = issue();
    vault.store("hubot", &revoked).unwrap();
    ghes.revoke_token(revoked.expose_secret());
    vault::rotate(&app, &vault, "hubot").await.unwrap_err();
    assert!(vault.token("hubot").is_err() && vault.in_doubt().unwrap().is_empty());

    // The server refuses: nothing happened.
    ghes.on(Operation::ResetToken)
        .next(1)
        .respond(CannedResponse::new(401));
    vault::rotate(&app, &vault, "octocat").await.unwrap_err();
    assert!(is_stored() && vault.in_doubt().unwrap().is_empty());

    // The response is lost, and the server is down afterwards: in doubt until the server responds again.
    ghes.on(Operation::ResetToken)
        .next(1)
        .close_after_handling();
    ghes.on(Operation::CheckToken)
        .respond(CannedResponse::new(403));
    vault::rotate(&app, &vault, "octocat").await.unwrap_err();
    assert_eq!(vault.in_doubt().unwrap(), ["octocat"]);
    ghes.clear_faults();
    let lost = vault::recover(&app, &vault, SERVER_LIMIT).await.unwrap();
    assert_eq!(lost, ["octocat"]);
    assert!(vault.token("octocat").is_err() && vault.in_doubt().unwrap().is_empty());
}
