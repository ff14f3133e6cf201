use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Link {
    #[command(subcommand)]
    pub step: Option<LinkStep>,
    #[command(flatten)]
    pub files: LinkFiles,
    /// Where to write row_id, entity_id, household_id and confidence.
    #[arg(long, value_name = "OUT.csv", required = true)]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct LinkFiles {
    /// The files; rows of all of them are one set.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub about: LinkAbout,
}

/// What the rows are about.
#[derive(Debug, Args)]
pub struct LinkAbout {
    /// What is told apart.
    #[arg(long, value_enum, default_value_t = LinkKind::Person)]
    pub entity: LinkKind,
    /// What a column is about: id, name, given_name, surname, birth_date, sex, id_no, phone, mail, address, postcode,
    /// household, or any other word. Columns that are not named are guessed. Repeatable.
    #[arg(long, value_name = "ROLE=COLUMN", value_parser = role_of_column)]
    pub map: Vec<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LinkKind {
    Person,
    Org,
}

#[derive(Debug, Subcommand)]
pub enum LinkStep {
    /// What says that two rows are one, and what says that they are not
    Explain(LinkExplain),
}

#[derive(Debug, Args)]
pub struct LinkExplain {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// A row, by its id column or by its number from 1.
    #[arg(value_name = "A")]
    pub a: String,
    /// Another row.
    #[arg(value_name = "B")]
    pub b: String,
    #[command(flatten)]
    pub about: LinkAbout,
}

fn role_of_column(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((role, column)) if !role.is_empty() && !column.is_empty() => {
            Ok((role.to_owned(), column.to_owned()))
        }
        _ => Err("expected ROLE=COLUMN, such as birth_date=born".to_owned()),
    }
}
