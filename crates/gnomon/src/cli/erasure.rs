use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub struct Erasure {
    /// Who looks, asks or answers; it takes a person.
    #[arg(long = "as", value_name = "LOGIN", global = true)]
    pub actor: Option<String>,
    #[command(subcommand)]
    pub order: ErasureOrder,
}

#[derive(Debug, Subcommand)]
pub enum ErasureOrder {
    /// What was asked, and what became of it
    List,
    /// Ask that the person with this resident number be erased
    Ask {
        #[arg(value_name = "NUMBER")]
        number: String,
        /// The legal ground.
        #[arg(long)]
        ground: String,
    },
    /// Agree to what another person asked for
    Agree {
        #[arg(value_name = "ERASURE")]
        erasure: u32,
    },
    /// Go on with one that was agreed to and came to no end
    Resume {
        #[arg(value_name = "ERASURE")]
        erasure: u32,
    },
    /// Decline it
    Decline {
        #[arg(value_name = "ERASURE")]
        erasure: u32,
        #[arg(long)]
        reason: String,
    },
}
