//! Many tokens: by a batch of ghes-oauth, and by the loop that one writes by hand.

use crate::hand::Hand;
use crate::{CLIENT_ID, CLIENT_SECRET, Peer, USER_AGENT};
use futures_util::stream::{self, StreamExt as _};
use ghes_oauth::{AccessToken, AppCredentials, Check, Server};

/// So many distinct tokens, made as they are needed.
fn tokens(count: usize) -> impl Iterator<Item = String> {
    (0..count).map(|index| format!("gho_{index:036}"))
}

/// Checks them by reqwest and `buffer_unordered`; returns how many are live.
pub async fn by_hand(base: &str, count: usize, in_flight: usize) -> usize {
    let hand = Hand::new(base);
    let hand = &hand;
    let check =
        |token: String| async move { hand.check(&token).await.expect("the server responds") };
    stream::iter(tokens(count))
        .map(check)
        .buffer_unordered(in_flight)
        .filter(|found| std::future::ready(found.is_some()))
        .count()
        .await
}

/// Checks them by `check_tokens`, with or without deduplication; returns how many are live.
pub async fn ours(base: &str, count: usize, in_flight: usize, deduplicates: bool) -> usize {
    let server = Server::builder(base).user_agent(USER_AGENT);
    let server = server.build().expect("these settings go together");
    let app = server
        .oauth_app(AppCredentials::new(CLIENT_ID, CLIENT_SECRET).expect("their form is right"));
    let mut batch = app
        .check_tokens(tokens(count).map(AccessToken::new))
        .concurrency(in_flight);
    if !deduplicates {
        batch = batch.without_deduplication();
    }
    let mut live = 0;
    while let Some((_, check)) = batch.next().await {
        let check = check.expect("the server responds");
        live += usize::from(matches!(check, Check::Live(_)));
    }
    live
}
