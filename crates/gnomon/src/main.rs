//! The `gnomon` program: command line, configuration, wiring. No rule of the business is decided here.

mod builtin;
mod cli;
mod command;
mod config;
mod deployment;
mod failure;
mod machine;
mod output;
mod progress;
mod worker;

use clap::Parser;
use cli::Cli;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_env("GNOMON_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,gnomon=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    // Planning deep queries needs more than a thread's usual stack.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(8 << 20).build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(command::execute(cli)),
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => failure::report(&error),
    }
}
