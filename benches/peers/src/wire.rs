//! Requests and responses, for the peers without types for them. All fields that GitHub describes are read.

use serde::{Deserialize, Serialize};

#[derive(Serialize)]
pub struct TokenBody<'a> {
    pub access_token: &'a str,
}

#[derive(Debug, Deserialize)]
pub struct Authorization {
    pub id: i64,
    pub url: Option<String>,
    pub app: Option<App>,
    pub token: Option<String>,
    pub hashed_token: Option<String>,
    pub token_last_eight: Option<String>,
    pub note: Option<String>,
    pub note_url: Option<String>,
    pub created_at: Option<String>,
    pub updated_at: Option<String>,
    pub expires_at: Option<String>,
    pub scopes: Option<Vec<String>>,
    pub fingerprint: Option<String>,
    pub user: Option<User>,
}

#[derive(Debug, Deserialize)]
pub struct App {
    pub name: Option<String>,
    pub url: Option<String>,
    pub client_id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct User {
    pub login: String,
    pub id: i64,
    pub node_id: Option<String>,
    pub name: Option<String>,
    pub email: Option<String>,
    pub avatar_url: Option<String>,
    pub gravatar_id: Option<String>,
    pub url: Option<String>,
    pub html_url: Option<String>,
    pub followers_url: Option<String>,
    pub following_url: Option<String>,
    pub gists_url: Option<String>,
    pub starred_url: Option<String>,
    pub subscriptions_url: Option<String>,
    pub organizations_url: Option<String>,
    pub repos_url: Option<String>,
    pub events_url: Option<String>,
    pub received_events_url: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub site_admin: Option<bool>,
}
