//! `gnomon object`.

use clap::{Args, Subcommand};
use gnomon_library::object::ObjectKind;

#[derive(Debug, Args)]
pub struct Object {
    /// Act for this person; a person's page needs one.
    #[arg(long = "as", value_name = "LOGIN", global = true)]
    pub actor: Option<String>,
    #[command(subcommand)]
    pub order: ObjectOrder,
}

#[derive(Debug, Subcommand)]
pub enum ObjectOrder {
    /// Supervised objects of one kind: official, unit, collective, project or supplier; persons masked
    List {
        #[arg(value_name = "KIND", value_parser = kind)]
        kind: ObjectKind,
        /// Part of a name, or a whole number.
        #[arg(long, value_name = "TEXT", default_value = "")]
        search: String,
        /// Beginning of the division code.
        #[arg(long, value_name = "CODE", default_value = "")]
        place: String,
    },
    /// One object with what data speak about it; a person's needs --as and --reason, which are recorded
    Show {
        #[arg(value_name = "KIND", value_parser = kind)]
        kind: ObjectKind,
        /// Its number or code, or the address that the list gives a person.
        #[arg(value_name = "KEY")]
        key: String,
        /// Why a person's page is opened.
        #[arg(long, value_name = "TEXT", default_value = "")]
        reason: String,
    },
}

fn kind(text: &str) -> Result<ObjectKind, String> {
    ObjectKind::parse(text)
        .ok_or_else(|| "expected official, unit, collective, project or supplier".to_owned())
}
