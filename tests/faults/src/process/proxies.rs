//! Proxies from the environment.

use super::{child, connections_to_proxies, environment, every_operation, on_ghes, small};
use crate::responses::reply;
use crate::server::{self, Script, Server};
use crate::trial::{Problems, expect};
use crate::{certificates, leaks, permits};

/// Proxies from the environment get no connection.
pub(super) async fn proxies_are_not_used() -> Problems {
    let (connections, printed) = connections_to_proxies().await;
    let problems = [
        expect(connections == 0, || format!("{connections} connections")),
        expect(
            printed.contains(&format!("succeeded={}", on_ghes().count())),
            || printed,
        ),
    ];
    problems.into_iter().flatten().collect()
}

/// If there is no connection, refused or not in time, the error names the proxy variable that may help.
pub(super) async fn unused_proxy_is_named() -> Problems {
    let _permit = permits::one().await;
    let server = Server::start(every_operation()).await;
    let proxy = server::other_origin().await;
    let environment = |name| [(name, format!("http://{}", proxy.address))];
    let hint = |name| format!("{name} is set, but is used only with ServerBuilder::system_proxy");
    let mut problems = Problems::new();
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        let printed = child("unused", &server, &environment(name)).await;
        let hints = printed.matches(&hint(name)).count();
        problems.extend(expect(hints == 2, || printed));
    }
    // This variable applies only to plain http.
    let printed = child("unused", &server, &environment("http_proxy")).await;
    problems.extend(expect(!printed.contains("system_proxy"), || printed));
    problems
}

/// Over plain http, as to a fake, `system_proxy` has no effect.
pub(super) async fn plain_http_uses_no_proxy() -> Problems {
    let _permit = permits::one().await;
    let proxy = server::other_origin().await;
    let server = Server::start(Script {
        exchanges: vec![reply(small())],
        tls: None,
    })
    .await;
    let printed = child("plain", &server, &environment(&proxy)).await;
    let problems = [
        expect(proxy.connections() == 0, || "it is used".to_owned()),
        expect(printed.contains("succeeded"), || printed),
    ];
    problems.into_iter().flatten().collect()
}

/// With `system_proxy` the variables have an effect, and the proxy sees a tunnel and no secret.
pub(super) async fn proxy_is_used_when_asked_for() -> Problems {
    let _permit = permits::one().await;
    // It refuses the tunnel, so the call ends at once.
    let proxy = Server::start(Script {
        exchanges: vec![reply(
            b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n".to_vec(),
        )],
        tls: None,
    })
    .await;
    let server = Server::start(Script {
        exchanges: vec![reply(small())],
        tls: Some(certificates::good()),
    })
    .await;
    child("proxy", &server, &environment(&proxy)).await;
    let tunnel: Vec<String> = proxy
        .requests()
        .iter()
        .map(|request| String::from_utf8_lossy(request).into_owned())
        .collect();
    let used = tunnel.iter().any(|request| request.starts_with("CONNECT "));
    let mut problems = Vec::from_iter(expect(used, || "it is not used".to_owned()));
    let leaks = tunnel.iter().filter_map(|request| leaks::find(request));
    problems.extend(leaks.map(|found| format!("{found} in what the proxy gets")));
    problems
}
