//! Asks for a token with ghes-oauth.

use ghes_oauth::{AccessToken, AppCredentials, Server};

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let server = Server::new("https://ghe.example.com").expect("a server");
    let app = server.oauth_app(AppCredentials::new("id", "secret").expect("their form is right"));
    let response = runtime.block_on(async { app.check_token(&AccessToken::new("token")).await });
    println!("{response:?}");
}
