//! A secret has no `Display`, and one secret does not stand for another.

use ghes_oauth::{AccessToken, ClientSecret, OneTimePassword, Password};

fn shown<T: std::fmt::Display>(_: T) {}
fn secret(_: ClientSecret) {}

fn main() {
    shown(AccessToken::new("t"));
    shown(ClientSecret::new("s"));
    shown(Password::new("p"));
    shown(OneTimePassword::new("o"));
    secret(AccessToken::new("t"));
}
