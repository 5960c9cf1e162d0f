//! The signals that end the program.

/// Waits for Ctrl-C, or for the signal by which a service or a container is stopped. A second one ends the process at once.
///
/// A closed terminal (SIGHUP) ends the process as `kill -9` does, unless it runs under nohup: a handler would disable nohup.
pub(crate) async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut interrupt), Ok(mut terminate)) = (
            signal(SignalKind::interrupt()),
            signal(SignalKind::terminate()),
        ) {
            let mut next = async move || {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
            };
            next().await;
            tokio::spawn(async move {
                next().await;
                std::process::exit(130);
            });
            return;
        }
    }
    // Without a handler the signal ends the process, as it does by default.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
