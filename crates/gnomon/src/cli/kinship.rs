//! `gnomon kinship`.

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub struct Kinship {
    /// Act for this person.
    #[arg(long = "as", value_name = "LOGIN", global = true)]
    pub actor: Option<String>,
    #[command(subcommand)]
    pub order: KinshipOrder,
}

#[derive(Debug, Subcommand)]
pub enum KinshipOrder {
    /// Make a year's declarations due for everybody in office
    Open {
        #[arg(value_name = "YEAR")]
        year: i32,
    },
    /// A year's declarations by unit; the newest year's without one
    List {
        #[arg(value_name = "YEAR")]
        year: Option<i32>,
        /// One unit's declarations.
        #[arg(long, value_name = "CODE")]
        unit: Option<String>,
    },
    /// One declaration with its timeline; relatives as counts
    Show {
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Compare a declaration with the registers now
    Check {
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Say which units are under the system; without a code, all of them
    Units {
        #[arg(value_name = "CODE")]
        codes: Vec<String>,
    },
    /// Say for which unit a department's account declares, or for which one official of it
    Account {
        #[arg(value_name = "LOGIN")]
        login: String,
        #[arg(long, value_name = "CODE")]
        unit: String,
        /// The official whose own account it is.
        #[arg(long, value_name = "NUMBER")]
        official: Option<String>,
    },
}
