//! Asks for a token with octocrab.

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let response = runtime.block_on(async {
        let builder = octocrab::Octocrab::builder().base_uri("https://ghe.example.com/api/v3")?;
        let client = builder
            .basic_auth("id".to_owned(), "secret".to_owned())
            .build()?;
        let body = std::collections::BTreeMap::from([("access_token", "token")]);
        client
            .post::<_, std::collections::BTreeMap<String, String>>(
                "/applications/id/token",
                Some(&body),
            )
            .await
    });
    println!("{response:?}");
}
