use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use gnomon_app::App;
use gnomon_kernel::Code;
use tokio::{
    net::TcpListener,
    sync::{Notify, oneshot},
};

use super::demo;
use crate::{deployment::Deployment, failure::words, worker};

/// `gnomon serve`: the console and the machine interface, a worker process beside them, whoever gathers what is pushed, and
/// whoever pulls.
pub async fn serve(deployment: &Deployment, listen: Option<&str>) -> anyhow::Result<()> {
    let address = listen.unwrap_or(&deployment.config.server.listen);
    let listener = bind(deployment, address).await?;
    let settled = deployment.app.recover().await?;
    if !settled.is_empty() {
        eprintln!("{} interrupted deliveries settled", settled.len());
    }
    deployment.app.resume_erasures().await?;
    let config = console_config(deployment).await?;
    let api = gnomon_api::Config {
        area: config.settings.area.clone(),
        uploads: config.uploads.clone(),
        upload_limit: config.upload_limit,
    };
    let router = gnomon_console::router(deployment.app.clone(), deployment.connections(), config)
        .merge(gnomon_api::router(deployment.app.clone(), api));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    eprintln!("Serving http://{}/ (end with Ctrl-C)", listener.local_addr()?);
    let server = axum::serve(listener, service).with_graceful_shutdown(told_to_end());
    // A task of its own: taking rows in must not hold up whoever asks.
    let gathering = tokio::spawn(gnomon_api::gather(deployment.app.clone()));
    let pulling = tokio::spawn(gnomon_connect::keep(deployment.connections()));
    let done = Arc::new(Notify::new());
    let readying = tokio::spawn(keep_ties_ready(deployment.app.clone(), done.clone()));
    let ended = tokio::select! {
        result = async { server.await } => result,
        () = worker::keep(deployment, &done), if deployment.config.run.worker => Ok(()),
    };
    // What it has sealed is taken in when serving begins again.
    gathering.abort();
    // What it has spooled is gone on with.
    pulling.abort();
    readying.abort();
    Ok(ended?)
}

/// How long it may take to see that something else than the worker has changed data.
const LOOK_AGAIN: Duration = Duration::from_secs(600);

/// Ties are read anew when a worker has done something: in a county of a million that takes up to a minute, which nobody
/// who asks should wait. However often data come, it takes at most a tenth of the time.
async fn keep_ties_ready(app: App, done: Arc<Notify>) {
    loop {
        let began = Instant::now();
        let (told, ended) = oneshot::channel();
        let app = app.clone();
        std::thread::spawn(move || told.send(make_ties_ready(&app)));
        if let Ok(Err(error)) = ended.await {
            tracing::warn!("ties could not be read: {error:#}");
        }
        tokio::time::sleep(began.elapsed() * 9).await;
        // Commands change data too.
        let _ = tokio::time::timeout(LOOK_AGAIN, done.notified()).await;
    }
}

/// On a runtime of its own with one thread: whoever asks for a page, and whoever delivers, would wait for it on the other.
fn make_ties_ready(app: &App) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    Ok(runtime.block_on(app.make_ties_ready())?)
}

/// Uploads and pushes arrive in a folder of their own; what a crash left there is of no use.
async fn console_config(deployment: &Deployment) -> anyhow::Result<gnomon_console::Config> {
    let uploads = deployment.dir.join("arriving");
    if uploads.exists() {
        std::fs::remove_dir_all(&uploads)?;
    }
    std::fs::create_dir_all(&uploads)?;
    let synthetic = demo::is_demo(&deployment.dir);
    let area = area(deployment).await?;
    Ok(gnomon_console::Config {
        settings: gnomon_console::Settings {
            https: deployment.config.server.https,
            area: gnomon_kernel::Words { zh: area.clone(), en: area },
            synthetic,
        },
        demo: if synthetic { demo::logins() } else { Vec::new() },
        uploads,
        upload_limit: deployment.config.server.upload_mib << 20,
    })
}

/// The county that most divisions of the delivered tree belong to; the product's own name while there is no tree.
async fn area(deployment: &Deployment) -> anyhow::Result<String> {
    let regions = deployment.app.regions(&deployment.actor()).await?;
    let mut divisions: BTreeMap<&str, usize> = BTreeMap::new();
    for county in regions.iter().filter_map(|region| region.code.get(..6)) {
        *divisions.entry(county).or_default() += 1;
    }
    let county =
        divisions.into_iter().max_by_key(|(_, count)| *count).map(|(county, _)| format!("{county}000000"));
    let named = regions.iter().find(|region| Some(&region.code) == county.as_ref());
    Ok(named.map_or_else(|| "Gnomon 圭表".to_owned(), |region| region.name.clone()))
}

async fn bind(deployment: &Deployment, address: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            anyhow::anyhow!("{}", words(deployment.lang, Code::PortTaken, address, ""))
        }
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
