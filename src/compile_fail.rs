//! Programs that must not compile. Each promise is a pair of doctests that differ in one place: the first compiles, the second does not.

/// Both doctests of each pair, as `before`, the lines that compile `not` the lines that do not, for the reason that the compiler's error
/// code names, and `after`. Only a nightly rustdoc checks the error code.
macro_rules! must_not_compile {
    ($($name:ident: $before:literal, $good:literal not $bad:literal $code:literal, $after:literal;)*) => { $(
        #[doc = concat!("```\n#![allow(unused)]\nuse ghes_oauth::*;\n", $before, $good, $after, "\n```")]
        #[doc = concat!("```compile_fail", $code, "\n#![allow(unused)]\nuse ghes_oauth::*;\n", $before, $bad, $after, "\n```")]
        mod $name {}
    )* };
}

// The wrong credentials.
must_not_compile! {
    operations_of_a_user: "fn call(client: ", "Authorizations" not "OAuthApp" ",E0599", ") { client.list_grants(); }";
    check_token: "fn call(client: ", "OAuthApp" not "Authorizations" ",E0599",
        ", token: AccessToken) { client.check_token(&token); }";
    reset_token: "fn call(client: ", "OAuthApp" not "Authorizations" ",E0599",
        ", token: AccessToken) { client.reset_token(&token); }";
    preflight: "fn call(client: ", "OAuthApp" not "Authorizations" ",E0599", ") { client.preflight(); }";
    credentials_of_an_app: "fn client(server: Server, credentials: ", "AppCredentials" not "UserCredentials" ",E0308",
        ") { server.oauth_app(credentials); }";
    credentials_of_a_user: "fn client(server: Server, credentials: ", "UserCredentials" not "AppCredentials" ",E0308",
        ") { server.authorizations(credentials); }";
}

// An option that makes no sense on a call.
must_not_compile! {
    receiver_of_a_check: "fn call(app: OAuthApp, token: AccessToken) { app.", "reset_token" not "check_token" ",E0599",
        "(&token).deliver_to(drop); }";
    receiver_of_a_delete: "fn call(app: OAuthApp, token: AccessToken) { app.", "reset_token" not "delete_token" ",E0599",
        "(&token).deliver_to(drop); }";
    receiver_of_an_update: "fn call(mine: Authorizations, app: AppCredentials, id: AuthorizationId) { let wish = NewAuthorization::new(); ",
        "mine.get_or_create_authorization_for_app(&app, wish)" not "mine.update_authorization(id, Default::default())" ",E0599",
        ".deliver_to(drop); }";
    receiver_of_a_get: "fn call(mine: Authorizations, id: AuthorizationId) { mine.",
        "create_authorization(None, NewAuthorization::new())" not "get_authorization(id)" ",E0599", ".deliver_to(drop); }";
    condition_of_a_delete: "fn call(mine: Authorizations, id: GrantId) { mine.", "get_grant" not "delete_grant" ",E0599",
        "(id).if_none_match(\"tag\"); }";
    condition_of_an_update: "fn call(mine: Authorizations, id: AuthorizationId) { mine.",
        "get_authorization(id)" not "update_authorization(id, Default::default())" ",E0599", ".if_modified_since(\"date\"); }";
    condition_of_a_check_by_post: "fn call(app: OAuthApp, token: AccessToken) { app.",
        "check_authorization" not "check_token" ",E0599", "(&token).if_none_match(\"tag\"); }";
    second_condition: "fn call(mine: Authorizations) { mine.list_grants().if_none_match(\"tag\")",
        "" not ".if_modified_since(\"date\")" ",E0599", "; }";
    page_after_a_condition: "fn call(mine: Authorizations) { mine.list_grants()",
        ".page(2).if_none_match(\"tag\")" not ".if_none_match(\"tag\").page(2)" ",E0599", "; }";
    one_time_passwords: "fn call(app: OAuthApp, user: Authorizations, token: AccessToken, id: GrantId) { ",
        "user.delete_grant(id)" not "app.delete_token(&token)" ",E0599", ".otp(\"123456\"); }";
    one_time_password_of_nobody: "fn call(server: Server, user: Authorizations, token: AccessToken) { ",
        "user.list_grants()" not "server.revoke_credentials([&token])" ",E0599", ".otp(\"123456\"); }";
    items_of_one: "fn call(mine: Authorizations, id: GrantId) { mine.", "list_grants()" not "get_grant(id)" ",E0599", ".items(); }";
    foreign_receiver: "struct Mine; trait Other {} impl ", "Other" not "HoldsNewToken" ",E0277", " for Mine {}";
}

// One id for another, and a number that may be neither.
must_not_compile! {
    grant_by_the_id_of_an_authorization: "fn call(mine: Authorizations, authorization: Authorization) { mine.",
        "delete_authorization" not "delete_grant" ",E0308", "(authorization.id); }";
    authorization_by_the_id_of_a_grant: "fn call(mine: Authorizations, grant: ApplicationGrant) { mine.",
        "get_grant" not "get_authorization" ",E0308", "(grant.id); }";
    id_from_any_number: "fn call(mine: Authorizations) { mine.get_grant(", "GrantId::new(7).unwrap()" not "7" ",E0308", "); }";
}

// A secret that is printed, or confused with another.
must_not_compile! {
    printed_access_token: "fn print<T: std::fmt::", "Debug" not "Display" ",E0277",
        ">(_: T) {} fn call(secret: AccessToken) { print(secret) }";
    printed_client_secret: "fn print<T: std::fmt::", "Debug" not "Display" ",E0277",
        ">(_: T) {} fn call(secret: ClientSecret) { print(secret) }";
    printed_password: "fn print<T: std::fmt::", "Debug" not "Display" ",E0277",
        ">(_: T) {} fn call(secret: Password) { print(secret) }";
    printed_one_time_password: "fn print<T: std::fmt::", "Debug" not "Display" ",E0277",
        ">(_: T) {} fn call(secret: OneTimePassword) { print(secret) }";
    one_secret_for_another: "fn take(_: ClientSecret) {} fn call(secret: ", "ClientSecret" not "AccessToken" ",E0308",
        ") { take(secret) }";
}

// Types that can hold a secret serialize only in `Exposed` or `Redacted`; other types need no wrapper.
must_not_compile! {
    serialized_token: "fn call(value: AccessToken) { serde_json::to_string(&", "Exposed(&value)" not "value" ",E0277", "); }";
    serialized_client_secret: "fn call(value: ClientSecret) { serde_json::to_string(&", "Redacted(&value)" not "value" ",E0277", "); }";
    serialized_authorization: "fn call(value: Authorization) { serde_json::to_string(&",
        "Exposed(&value)" not "value" ",E0277", "); }";
    serialized_issued_token: "fn call(value: IssuedToken) { serde_json::to_string(&", "Redacted(&value)" not "value" ",E0277", "); }";
    serialized_get_or_create: "fn call(value: GetOrCreate) { serde_json::to_string(&", "Redacted(&value)" not "value" ",E0277", "); }";
    serialized_rotation: "fn call(value: Rotation) { serde_json::to_string(&", "Redacted(&value)" not "value" ",E0277", "); }";
    serialized_check: "fn call(value: Check) { serde_json::to_string(&", "Redacted(&value)" not "value" ",E0277", "); }";
    serialized_list: "fn call(value: Vec<Authorization>) { serde_json::to_string(&", "Redacted(&value)" not "value" ",E0277", "); }";
    serialized_page: "fn call(value: Page<", "ApplicationGrant" not "Authorization" ",E0277", ">) { serde_json::to_string(&value); }";
    serialized_conditional: "fn call(value: Conditional<Page<", "ApplicationGrant" not "Authorization" ",E0277",
        ">>) { serde_json::to_string(&value); }";
    serialized_value_of_a_response: "fn call(response: Response<Authorization>) { serde_json::to_string(",
        "&Redacted(response.value())" not "response.value()" ",E0277", "); }";
    serialized_field: "#[derive(serde::Serialize)] struct Session { token: ", "Exposed<AccessToken>" not "AccessToken" ",E0277", " }";
    exposed_without_need: "fn call(value: &str) { serde_json::to_string(", "value" not "&Exposed(value)" ",E0277", "); }";
    foreign_secret: "struct Mine; trait Other {} impl ", "Other" not "SerializeSecrets" ",E0277", " for Mine {}";
    password_in_json: "#[derive(serde::Serialize)] struct Login { ", "token: Exposed<AccessToken>" not "password: Password" ",E0277", " }";
}

// A deprecated call in a crate that denies them: a lint without an error code. tests/deprecated.rs has each of them.
must_not_compile! {
    deprecated_call: "#[", "allow" not "deny" "", "(deprecated)] fn call(client: Authorizations) { client.list_grants(); }";
}
