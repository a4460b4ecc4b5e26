//! Connections: accepted up to a number, with limits on heads and slow clients, and ended gently.

use crate::library::LibraryError;
use crate::router::router;
use crate::service::{Service, Shared};
use crate::settings::Access;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::{ServiceBuilder, ServiceExt as _};

/// Pause after an accept that failed for want of something (file handles, memory).
const BREATHE: Duration = Duration::from_millis(100);

/// Takes an address. An open service is refused anywhere but on loopback.
pub async fn bind(service: &Service, address: SocketAddr) -> io::Result<TcpListener> {
    if service.settings.access == Access::Open && !address.ip().is_loopback() {
        return Err(io::Error::other(format!(
            "without keys it listens on loopback only, and `{address}` is not; use 127.0.0.1 or [::1]"
        )));
    }
    TcpListener::bind(address).await
}

/// Serves until `stop` is done, and gives open requests their time to end.
pub async fn serve_on(
    service: Shared,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    tracing::info!(address = %listener.local_addr()?, "listening");
    let looking = tokio::spawn(look(Arc::clone(&service)));
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(service.settings.most_connections));
    let app = router(&service);
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = accept(&listener, &places) => accepted,
        };
        match accepted {
            Ok((stream, peer, place)) => {
                let connection = connection(&service, &app, stream, peer);
                let watched = graceful.watch(connection);
                tokio::spawn(async move {
                    // A client that goes away, is too slow or writes no HTTP: nothing of ours.
                    let _ = watched.await;
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(BREATHE).await;
            }
        }
    }
    drop(listener);
    looking.abort();
    tracing::info!(open = graceful.count(), "stopping");
    if tokio::time::timeout(service.settings.stop_within, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time and were cut off");
    }
    Ok(())
}

type Accepted = (TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit);

async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> io::Result<Accepted> {
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    // Answers are written whole; waiting to fill packets only delays them.
    let _ = stream.set_nodelay(true);
    Ok((stream, peer, place))
}

fn connection(
    service: &Shared,
    app: &axum::Router,
    stream: TcpStream,
    peer: SocketAddr,
) -> http1::Connection<
    TokioIo<TcpStream>,
    TowerToHyperService<
        impl tower::Service<
            hyper::Request<Incoming>,
            Response = axum::response::Response,
            Error = std::convert::Infallible,
            Future: Send,
        > + Clone
        + Send
        + use<>,
    >,
> {
    let settings = &service.settings;
    let app = ServiceBuilder::new()
        .map_request(move |request: hyper::Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            request
        })
        .service(app.clone());
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(settings.head_within)
        .max_headers(settings.most_headers)
        .max_buf_size(settings.most_head)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(app.boxed_clone()))
}

/// Looks for changed lists from time to time.
async fn look(service: Shared) {
    loop {
        let looker = Arc::clone(&service);
        let look = move || {
            let changed = looker.refresh()?;
            looker.screeners().walk(&*looker.library)?;
            Ok::<_, LibraryError>(changed)
        };
        let looked = tokio::task::spawn_blocking(look).await;
        tokio::time::sleep(service.settings.look_every).await;
        match looked {
            Ok(Ok(true)) => {
                let lists: Vec<String> =
                    service.screeners().lists().iter().map(|held| held.version.snapshot.clone()).collect();
                tracing::info!(snapshots = lists.join(" "), "lists have changed");
            }
            Ok(Ok(false)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "lists could not be looked at; those before stay"),
            Err(error) => tracing::warn!(%error, "looking at lists failed; those before stay"),
        }
    }
}
