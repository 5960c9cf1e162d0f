#![doc = include_str!("../README.md")]

mod api;
mod builder;
mod fake;
mod faults;
mod http;
mod inspect;
mod new_token;
mod server;
mod settings;
mod spec;
mod state;

pub use builder::Builder;
pub use fake::FakeGhes;
pub use faults::canned::CannedResponse;
pub use faults::rule::Rule;
pub use inspect::live::LiveToken;
pub use inspect::received::Received;
pub use new_token::NewToken;
pub use settings::error::SettingsError;
pub use spec::generated::Operation;
pub use state::users::OtpDelivery;
