//! Calls whose time ends before there is a connection for them, and one that gets a connection after all.

use crate::server::{Response, Scripted};
use crate::{bounded, current_thread, multi_thread, token};
use common::{Arguments, Clients, app_credentials, call};
use ghes_oauth::{Operation, Outcome, RetryPolicy, Server, ServerBuilder};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// Resolves at most the first name, to loopback, and never anything else.
struct Slow(AtomicBool);

impl Slow {
    fn after(resolved: usize) -> Arc<Self> {
        Arc::new(Self(AtomicBool::new(resolved > 0)))
    }
}

impl Resolve for Slow {
    fn resolve(&self, _: Name) -> Resolving {
        if !self.0.swap(false, Ordering::Relaxed) {
            return Box::pin(std::future::pending());
        }
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let addresses: Addrs = Box::new(std::iter::once(address));
        Box::pin(async { Ok(addresses) })
    }
}

fn by_name(port: u16) -> ServerBuilder {
    Server::builder(format!("http://ghe.example.com:{port}")).allow_plain_http()
}

/// Whatever the operation and the runtime: a request without a body is known not to have been sent, like any other.
fn nothing_is_sent(client: &Server) {
    for runtime in [current_thread(), multi_thread(2)] {
        let clients = Clients::new(client);
        for operation in Operation::all().iter().filter(|one| one.since().is_some()) {
            let outcome = runtime.block_on(call(&clients, operation.id(), Arguments::default()));
            let error = outcome.result.unwrap_err();
            assert_eq!(error.outcome(), Outcome::NotPerformed, "{error}");
            assert!(error.to_string().contains("nothing was sent"), "{error}");
        }
    }
}

#[test]
fn a_name_that_is_not_resolved_in_time_means_that_nothing_was_sent() {
    bounded(|| {
        let client = by_name(1).configure(|http| http.dns_resolver(Slow::after(0)));
        nothing_is_sent(&client.timeout(Duration::from_millis(50)).build().unwrap());
    });
}

/// On Linux a listener whose queue is full leaves further connections in the state of SYN-SENT.
#[cfg(target_os = "linux")]
#[test]
fn a_connection_that_is_not_accepted_in_time_means_that_nothing_was_sent() {
    bounded(|| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut queued = Vec::new();
        while let Ok(queue) = TcpStream::connect_timeout(&address, Duration::from_millis(300)) {
            queued.push(queue);
        }
        let client = Server::builder(format!("http://{address}"));
        nothing_is_sent(&client.timeout(Duration::from_millis(50)).build().unwrap());
    });
}

/// The second reset waits for a name and for the connection of the first, whichever comes first.
#[test]
fn a_request_that_takes_the_connection_of_another_call_counts_as_sent() {
    bounded(|| {
        let requests = Arc::new(AtomicUsize::new(0));
        let (arrived, arrival) = mpsc::channel();
        let count = requests.clone();
        let server = Scripted::start(move |_| {
            let number = count.fetch_add(1, Ordering::SeqCst);
            let _ = arrived.send(());
            // The first response comes while the second call waits for a connection, and the second does not come.
            std::thread::sleep([Duration::from_millis(500), Duration::MAX][number.min(1)]);
            Response::new(200, &[], r#"{"id":1,"token":"gho_new"}"#)
        });
        let port = server.url().rsplit(':').next().unwrap().parse().unwrap();
        let app = by_name(port)
            .configure(|http| http.dns_resolver(Slow::after(1)))
            .retry(RetryPolicy::none())
            .build()
            .unwrap()
            .oauth_app(app_credentials());
        current_thread().block_on(async {
            let first = tokio::spawn(app.reset_authorization(&token()).send());
            tokio::task::spawn_blocking(move || arrival.recv().unwrap())
                .await
                .unwrap();
            let second = app
                .reset_authorization(&token())
                .timeout(Duration::from_secs(5));
            let error = second.send().await.unwrap_err();
            assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
            first.await.unwrap().unwrap();
        });
        assert_eq!(requests.load(Ordering::SeqCst), 2);
    });
}
