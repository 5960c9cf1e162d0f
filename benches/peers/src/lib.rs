//! The clients under measurement: each does the same five things, as its own documentation would have it done.

pub mod batches;
#[cfg(feature = "octocrab")]
pub mod crab;
#[cfg(feature = "hyper")]
pub mod floor;
pub mod hand;
#[cfg(feature = "http2")]
pub mod http2;
pub mod ours;
#[cfg(feature = "progenitor")]
pub mod raw;
pub mod responses;
pub mod wire;

/// The app's credentials, which the server takes as they come.
pub const CLIENT_ID: &str = "Iv1.8a61f9b3a7aba766";
pub const CLIENT_SECRET: &str = "0123456789abcdef0123456789abcdef01234567";
pub const LOGIN: &str = "octocat";
pub const PASSWORD: &str = "correct horse battery staple";
pub const LIVE: &str = "gho_16C7e42F292c6912E7710c838347Ae178B4a";
pub const NOT_LIVE: &str = "gho_goneGONEgoneGONEgoneGONEgoneGONE0000";
pub const USER_AGENT: &str = "token-janitor/1.4";

/// A client, ready to call. A method panics where the response is not the one that the server is known to give.
pub trait Peer: Send + Sync + 'static {
    /// A client for the API at this base.
    fn new(base: &str) -> Self;
    /// Asks for a live token, and reads the response.
    fn check_live(&self) -> impl Future<Output = ()> + Send;
    /// Asks for a token that is not live.
    fn check_not_live(&self) -> impl Future<Output = ()> + Send;
    /// Deletes a token.
    fn delete(&self) -> impl Future<Output = ()> + Send;
    /// Reads a page of 100 authorizations.
    fn page(&self) -> impl Future<Output = ()> + Send;
    /// Replaces a token.
    fn reset(&self) -> impl Future<Output = ()> + Send;
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workload {
    Check,
    NotLive,
    Delete,
    Page,
    Reset,
}

impl Workload {
    pub const ALL: [Self; 5] = [
        Self::Check,
        Self::NotLive,
        Self::Delete,
        Self::Page,
        Self::Reset,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::NotLive => "not_live",
            Self::Delete => "delete",
            Self::Page => "page",
            Self::Reset => "reset",
        }
    }

    pub async fn call(self, peer: &impl Peer) {
        match self {
            Self::Check => peer.check_live().await,
            Self::NotLive => peer.check_not_live().await,
            Self::Delete => peer.delete().await,
            Self::Page => peer.page().await,
            Self::Reset => peer.reset().await,
        }
    }
}

/// The server of the benches as a separate process, ended when this is dropped.
pub struct Server {
    process: std::process::Child,
    pub base: String,
}

impl Server {
    /// Starts it; its arguments are documented in `src/bin/server.rs`.
    pub fn start(arguments: &[&str]) -> Self {
        use std::io::BufRead as _;
        // Beside the clients' program; that of a bench is one folder deeper.
        let itself = std::env::current_exe().expect("a program knows itself");
        let server = itself
            .ancestors()
            .skip(1)
            .take(2)
            .map(|folder| folder.join("server"))
            .find(|server| server.is_file());
        let mut command =
            std::process::Command::new(server.expect("the server is built with the clients"));
        let mut process = command
            .args(arguments)
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut port = String::new();
        let output = process.stdout.as_mut().expect("it is piped");
        std::io::BufReader::new(output)
            .read_line(&mut port)
            .expect("the server prints its port");
        Self {
            process,
            base: format!("http://127.0.0.1:{}/api/v3", port.trim()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().expect("it is our child");
        self.process.wait().expect("it is our child");
    }
}
