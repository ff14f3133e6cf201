//! One module per command.

mod batch;
mod config;
mod connection;
mod county;
mod dataset;
mod demo;
mod doctor;
mod erasure;
mod findings;
mod identity;
mod intake;
mod kinship;
mod layout;
mod link;
mod model;
mod object;
mod request;
mod run;
mod serve;
mod ties;
mod token;
mod user;
mod warnings;

use crate::{
    cli::{Cli, Command},
    deployment::Deployment,
    worker,
};

/// Does what the command line says.
pub async fn execute(cli: Cli) -> anyhow::Result<()> {
    let global = &cli.global;
    match cli.command {
        Command::Demo(order) => demo::demo(global, &order).await,
        Command::Connection(order) => connection::connection(&Deployment::open(global).await?, &order).await,
        Command::County(order) => county::county(&order),
        Command::Kinship(order) => kinship::kinship(&Deployment::open(global).await?, &order).await,
        Command::Link(order) => link::link(global, &order),
        Command::Intake(order) => intake::intake(&Deployment::open(global).await?, &order).await,
        Command::Batch(order) => batch::batch(&Deployment::open(global).await?, &order).await,
        Command::Dataset(order) => dataset::dataset(&Deployment::open(global).await?, &order).await,
        Command::Model(order) => model::model(global, &order).await,
        Command::Erasure(order) => erasure::erasure(&Deployment::open(global).await?, &order).await,
        Command::Object(order) => object::object(&Deployment::open(global).await?, &order).await,
        Command::Request(order) => request::request(&Deployment::open(global).await?, &order).await,
        Command::Identity(order) => identity::identity(&Deployment::open(global).await?, &order).await,
        Command::Run(order) => run::run(&Deployment::open(global).await?, &order).await,
        Command::Findings(order) => findings::findings(&Deployment::open(global).await?, &order).await,
        Command::Warnings(order) => warnings::warnings(&Deployment::open(global).await?, &order).await,
        Command::Serve(order) => {
            serve::serve(&Deployment::open(global).await?, order.listen.as_deref()).await
        }
        Command::Work(order) => worker::work(&Deployment::open(global).await?, &order).await,
        Command::Migrate => doctor::migrate(global).await,
        Command::Doctor => doctor::doctor(global).await,
        Command::Config(order) => config::config(global, &order),
        Command::Ties(order) => ties::ties(&Deployment::open(global).await?, &order).await,
        Command::Token(order) => token::token(&Deployment::open(global).await?, &order).await,
        Command::User(order) => user::user(&Deployment::open(global).await?, &order).await,
    }
}
