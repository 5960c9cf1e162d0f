//! All cases, by what they are about.

mod base_url;
mod conditions;
mod connection;
mod headers;
mod input;
mod limits;
mod over;
mod payload;
mod redirects;
mod statuses;
mod success;
mod tls;

use crate::case::Case;
pub(crate) use over::once;

pub fn all() -> Vec<Case> {
    let groups = [
        input::cases(),
        base_url::cases(),
        headers::cases(),
        connection::cases(),
        tls::cases(),
        redirects::cases(),
        statuses::cases(),
        limits::cases(),
        conditions::cases(),
        success::cases(),
        payload::cases(),
    ];
    groups.into_iter().flatten().collect()
}
