use crate::{
    cli::{Config, Global},
    config,
    output::Listing,
};

/// `gnomon config`.
pub fn config(global: &Global, order: &Config) -> anyhow::Result<()> {
    let (_, origins) = config::read(&global.dir)?;
    match order {
        Config::Check => eprintln!("{} keys, no error", origins.len()),
        Config::Show => {
            let mut list = Listing::new(&["key", "value", "origin"]);
            for origin in origins {
                list.push(vec![origin.key.into(), origin.value.into(), origin.from.into()]);
            }
            list.print(global.format)?;
        }
    }
    Ok(())
}
