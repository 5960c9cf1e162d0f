//! Asks for a token with reqwest and serde.

#[derive(serde::Serialize)]
struct Body {
    access_token: &'static str,
}

#[derive(Debug, serde::Deserialize)]
#[allow(dead_code, reason = "it is printed")]
struct Authorization {
    id: i64,
    scopes: Option<Vec<String>>,
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let client = reqwest::Client::new();
    let request = client
        .post("https://ghe.example.com/api/v3/applications/id/token")
        .basic_auth("id", Some("secret"));
    let request = request.json(&Body {
        access_token: "token",
    });
    let response = runtime.block_on(async { request.send().await?.json::<Authorization>().await });
    println!("{response:?}");
}
