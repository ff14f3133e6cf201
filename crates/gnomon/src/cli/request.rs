//! `gnomon request`.

use clap::{Args, Subcommand};
use gnomon_domain::{DataEnd, LinkKind};
use gnomon_kernel::Day;

#[derive(Debug, Args)]
pub struct Request {
    /// Act for this person; the department's answer and the end of an agreement need one.
    #[arg(long = "as", value_name = "LOGIN", global = true)]
    pub actor: Option<String>,
    #[command(subcommand)]
    pub order: RequestOrder,
}

#[derive(Debug, Subcommand)]
pub enum RequestOrder {
    /// All data requests
    List,
    /// One data request with its agreement and its timeline
    Show {
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Ask the department that owns a dataset to share it
    Ask(AskOrder),
    /// Agree, for the department that owns the data
    Agree {
        #[arg(value_name = "ID")]
        id: String,
        /// A remark.
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// Do not agree
    Refuse {
        #[arg(value_name = "ID")]
        id: String,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Send a request back to be changed
    Return {
        #[arg(value_name = "ID")]
        id: String,
        /// What is to be changed.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Choose how the data come: interface, line, copy or form
    Connect {
        #[arg(value_name = "ID")]
        id: String,
        #[arg(long, value_name = "WAY", value_parser = link_kind)]
        link: LinkKind,
    },
    /// Ask for the end of an agreement
    End {
        #[arg(value_name = "ID")]
        id: String,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// What becomes of the data: keep, archive or erase.
        #[arg(long, value_name = "WHAT", value_parser = data_end)]
        data: DataEnd,
    },
    /// Confirm the end that another person asked for
    ConfirmEnd {
        #[arg(value_name = "ID")]
        id: String,
        /// A remark.
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// Let an agreement go on whose end another person asked for
    KeepOn {
        #[arg(value_name = "ID")]
        id: String,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

#[derive(Debug, Args)]
pub struct AskOrder {
    #[arg(value_name = "DATASET")]
    pub dataset: String,
    /// What the data are for.
    #[arg(long, value_name = "TEXT")]
    pub purpose: String,
    /// The law or rule on which it rests.
    #[arg(long, value_name = "TEXT")]
    pub basis: String,
    /// Columns by name, with commas; without it all but sensitive ones that none of the models reads.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub columns: Option<Vec<String>>,
    /// The first day on which data may come; open when absent.
    #[arg(long, value_name = "DATE")]
    pub from: Option<Day>,
    /// The last day on which data may come; open when absent.
    #[arg(long, value_name = "DATE")]
    pub to: Option<Day>,
    /// A model that the data are for. Repeatable.
    #[arg(long, value_name = "ID")]
    pub model: Vec<String>,
}

fn link_kind(text: &str) -> Result<LinkKind, String> {
    LinkKind::parse(text).ok_or_else(|| "expected interface, line, copy or form".to_owned())
}

fn data_end(text: &str) -> Result<DataEnd, String> {
    DataEnd::parse(text).ok_or_else(|| "expected keep, archive or erase".to_owned())
}
