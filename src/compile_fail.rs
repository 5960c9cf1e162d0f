//! What must not compile. Each promise is a pair of doctests that differ in one place: the first compiles, the second does not.

/// Both doctests of each pair, as `before`, what compiles `not` what does not, and `after`.
macro_rules! must_not_compile {
    ($($name:ident: $before:literal, $good:literal not $bad:literal, $after:literal;)*) => { $(
        #[doc = concat!("```\n#![allow(unused)]\nuse ghes_oauth::*;\n", $before, $good, $after, "\n```")]
        #[doc = concat!("```compile_fail\n#![allow(unused)]\nuse ghes_oauth::*;\n", $before, $bad, $after, "\n```")]
        mod $name {}
    )* };
}

// The wrong credentials.
must_not_compile! {
    operations_of_a_user: "fn call(client: ", "Authorizations" not "OAuthApp", ") { client.list_grants(); }";
    check_token: "fn call(client: ", "OAuthApp" not "Authorizations", ", token: AccessToken) { client.check_token(&token); }";
    reset_token: "fn call(client: ", "OAuthApp" not "Authorizations", ", token: AccessToken) { client.reset_token(&token); }";
    preflight: "fn call(client: ", "OAuthApp" not "Authorizations", ") { client.preflight(); }";
    one_time_passwords: "fn call(app: OAuthApp, user: Authorizations, token: AccessToken) { ",
        "user.delete_grant(1)" not "app.delete_token(&token)", ".otp(\"123456\"); }";
    credentials_of_an_app: "fn client(server: Server, credentials: ", "AppCredentials" not "UserCredentials",
        ") { server.oauth_app(credentials); }";
    credentials_of_a_user: "fn client(server: Server, credentials: ", "UserCredentials" not "AppCredentials",
        ") { server.authorizations(credentials); }";
}

// A secret that is printed, or taken for another.
must_not_compile! {
    printed_access_token: "fn print<T: std::fmt::", "Debug" not "Display", ">(_: T) {} fn call(secret: AccessToken) { print(secret) }";
    printed_client_secret: "fn print<T: std::fmt::", "Debug" not "Display", ">(_: T) {} fn call(secret: ClientSecret) { print(secret) }";
    printed_password: "fn print<T: std::fmt::", "Debug" not "Display", ">(_: T) {} fn call(secret: Password) { print(secret) }";
    printed_one_time_password: "fn print<T: std::fmt::", "Debug" not "Display",
        ">(_: T) {} fn call(secret: OneTimePassword) { print(secret) }";
    one_secret_for_another: "fn take(_: ClientSecret) {} fn call(secret: ", "ClientSecret" not "AccessToken", ") { take(secret) }";
}

// A deprecated call where they are denied; tests/deprecated.rs has each of them.
must_not_compile! {
    deprecated_call: "#[", "allow" not "deny", "(deprecated)] fn call(client: Authorizations) { client.list_grants(); }";
}
