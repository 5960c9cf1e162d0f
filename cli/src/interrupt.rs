//! The wish of the person or the machine that the program ends.

/// Waits for Ctrl-C, or for the signal by which a service or a container is stopped.
pub(crate) async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    // Without a handler the signal ends the process, as it does by default.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
