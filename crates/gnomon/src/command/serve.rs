use std::net::SocketAddr;

use gnomon_kernel::Code;
use tokio::net::TcpListener;

use crate::{deployment::Deployment, failure::words, worker};

/// `gnomon serve`: the console, and a worker process beside it.
pub async fn serve(deployment: &Deployment, listen: Option<&str>) -> anyhow::Result<()> {
    let address = listen.unwrap_or(&deployment.config.server.listen);
    let listener = bind(deployment, address).await?;
    let settled = deployment.app.recover().await?;
    if !settled.is_empty() {
        eprintln!("{} interrupted deliveries settled", settled.len());
    }
    let router = axum::Router::new();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    eprintln!("Serving http://{}/ (end with Ctrl-C)", listener.local_addr()?);
    let server = axum::serve(listener, service).with_graceful_shutdown(told_to_end());
    tokio::select! {
        result = async { server.await } => Ok(result?),
        () = worker::keep(deployment), if deployment.config.run.worker => Ok(()),
    }
}

async fn bind(deployment: &Deployment, address: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => anyhow::anyhow!("{}", words(deployment.lang, Code::PortTaken, address, "")),
        _ => anyhow::anyhow!("listening on {address}: {error}"),
    })
}

async fn told_to_end() {
    let interrupt = async { tokio::signal::ctrl_c().await.ok() };
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).ok();
    let terminated = async {
        match &mut terminate {
            Some(signal) => signal.recv().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminated => {}
    }
}
