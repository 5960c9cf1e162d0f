//! Asks for a token with reqwest alone.

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let client = reqwest::Client::new();
    let request = client
        .post("https://ghe.example.com/api/v3/applications/id/token")
        .basic_auth("id", Some("secret"));
    let response = runtime.block_on(async {
        request
            .body(r#"{"access_token":"token"}"#)
            .send()
            .await?
            .text()
            .await
    });
    println!("{response:?}");
}
