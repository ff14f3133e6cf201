//! `gnomon token`.

use clap::Subcommand;
use gnomon_kernel::TokenId;

#[derive(Debug, Subcommand)]
pub enum Token {
    /// Issue a token; its text is printed once, on standard output
    Add {
        /// Whose it is; deliveries and the audit trail name it.
        #[arg(long, value_name = "TEXT")]
        label: String,
        /// Key of a dataset it is good for. Repeatable.
        #[arg(long, value_name = "KEY", required = true, num_args = 1..)]
        dataset: Vec<String>,
        /// Days until it ends.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=3650))]
        days: u32,
    },
    /// All tokens, without their secrets
    List,
    /// Take a token back, at once and for good
    Revoke {
        #[arg(value_name = "ID", value_parser = token_id)]
        id: TokenId,
    },
}

fn token_id(text: &str) -> Result<TokenId, String> {
    TokenId::parse(text)
        .ok_or_else(|| "expected the id of a token, gnt_…, as `token list` shows it".to_owned())
}
