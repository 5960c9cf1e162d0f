//! All cases, by topic.

mod accepted;
mod base_url;
mod bytes;
mod certificates;
mod conditions;
mod connection;
mod echoes;
mod explained;
mod fields;
mod garbled;
mod headers;
mod input;
mod large;
mod limits;
mod meanings;
mod not_sent;
mod over;
mod redirects;
mod retry_after;
mod slow;
mod statuses;
mod success;
mod tls;

use crate::case::Case;
pub(crate) use over::{delivers, once};

pub fn all() -> Vec<Case> {
    let groups = [
        input::cases(),
        accepted::cases(),
        base_url::cases(),
        headers::cases(),
        retry_after::cases(),
        connection::cases(),
        not_sent::cases(),
        garbled::cases(),
        slow::cases(),
        explained::cases(),
        tls::cases(),
        certificates::cases(),
        redirects::cases(),
        statuses::cases(),
        limits::cases(),
        conditions::cases(),
        success::cases(),
        meanings::cases(),
        fields::cases(),
        bytes::cases(),
        echoes::cases(),
        large::cases(),
    ];
    groups.into_iter().flatten().collect()
}
