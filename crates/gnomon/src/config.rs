//! The configuration: defaults in the program, a file, the environment; each value with where it comes from.

use std::path::Path;

use anyhow::{Context, bail};
use serde::Deserialize;
use toml::{Table, Value};

use crate::machine;

const DEFAULTS: &str = include_str!("../config.default.toml");
const PREFIX: &str = "GNOMON_";
/// Variables of the program that are no configuration keys.
const OTHER_VARIABLES: [&str; 7] = [
    "GNOMON_DIR",
    "GNOMON_LOG",
    "GNOMON_TEST_PG",
    "GNOMON_TEST_MARIADB",
    "GNOMON_TEST_S3",
    "GNOMON_TEST_SFTP",
    "GNOMON_LANG",
];

/// All of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub server: Server,
    pub store: Store,
    pub run: Run,
    pub sharing: Sharing,
    pub keep: Keep,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sharing {
    pub agreement: Agreement,
}

/// Whether links need an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Agreement {
    Required,
    Free,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    pub days: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub listen: String,
    pub https: bool,
    pub upload_mib: u64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    pub url_file: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    pub memory_mib: usize,
    pub worker_mib: u64,
    pub seconds: u64,
    pub findings: usize,
    pub partitions: usize,
    pub worker: bool,
}

/// One value and where it comes from.
pub struct Origin {
    pub key: String,
    pub value: String,
    pub from: String,
}

/// Reads everything; the second part tells where each value comes from.
pub fn read(dir: &Path) -> anyhow::Result<(Config, Vec<Origin>)> {
    let mut table: Table = toml::from_str(DEFAULTS).context("the built-in defaults")?;
    let mut origins: Vec<(String, String)> =
        keys(&table).into_iter().map(|key| (key, "default".to_owned())).collect();
    let file = dir.join("gnomon.toml");
    if file.exists() {
        let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        let given: Table = toml::from_str(&text).with_context(|| format!("reading {}", file.display()))?;
        for key in keys(&given) {
            let value = get(&given, &key).cloned().context("a key without a value")?;
            put(&mut table, &mut origins, &key, value, &file.display().to_string())?;
        }
    }
    let variables = std::env::vars()
        .filter(|(name, _)| name.starts_with(PREFIX) && !OTHER_VARIABLES.contains(&name.as_str()));
    for (name, text) in variables {
        let key = name[PREFIX.len()..].to_lowercase().replace("__", ".");
        let value = typed(get(&table, &key), &text);
        put(&mut table, &mut origins, &key, value, &name)?;
    }
    for (key, share) in
        [("run.memory_mib", machine::memory_mib() / 4), ("run.worker_mib", machine::memory_mib() * 5 / 8)]
    {
        if get(&table, key) == Some(&Value::Integer(0)) {
            put(&mut table, &mut origins, key, Value::Integer(share), "the machine's memory")?;
        }
    }
    let shown = |(key, from): (String, String)| {
        let value = get(&table, &key).map(ToString::to_string).unwrap_or_default();
        Origin { key, value, from }
    };
    let origins = origins.into_iter().map(shown).collect();
    Ok((Value::Table(table.clone()).try_into().context("the configuration")?, origins))
}

/// `section.key` of every value.
fn keys(table: &Table) -> Vec<String> {
    let inner = |(section, value): (&String, &Value)| match value {
        Value::Table(inner) => inner.keys().map(|key| format!("{section}.{key}")).collect(),
        _ => vec![section.clone()],
    };
    table.iter().flat_map(inner).collect()
}

fn get<'t>(table: &'t Table, key: &str) -> Option<&'t Value> {
    let (section, name) = key.split_once('.')?;
    table.get(section)?.get(name)
}

fn put(
    table: &mut Table,
    origins: &mut [(String, String)],
    key: &str,
    value: Value,
    from: &str,
) -> anyhow::Result<()> {
    let Some(origin) = origins.iter_mut().find(|(known, _)| known == key) else {
        let known: Vec<&str> = origins.iter().map(|(known, _)| known.as_str()).collect();
        bail!("{from}: found the unknown key {key}, expected one of {}", known.join(", "));
    };
    if let Some((section, name)) = key.split_once('.')
        && let Some(Value::Table(section)) = table.get_mut(section)
    {
        let fits = section.get(name).is_some_and(|known| known.same_type(&value));
        if !fits {
            bail!(
                "{from}: {key}: found {value}, expected a value like {}",
                section.get(name).map(ToString::to_string).unwrap_or_default()
            );
        }
        section.insert(name.to_owned(), value);
    }
    origin.1 = from.to_owned();
    Ok(())
}

/// A variable's text as the type that the key has.
fn typed(known: Option<&Value>, text: &str) -> Value {
    let parsed = match known {
        Some(Value::Integer(_)) => text.parse().ok().map(Value::Integer),
        Some(Value::Boolean(_)) => text.parse().ok().map(Value::Boolean),
        _ => None,
    };
    parsed.unwrap_or_else(|| Value::String(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_overrides_and_an_unknown_key_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("gnomon.toml"), "[run]\nseconds = 7\n").unwrap();
        let (config, origins) = read(dir.path()).unwrap();
        assert_eq!(config.run.seconds, 7);
        let origin = origins.iter().find(|origin| origin.key == "run.seconds").unwrap();
        assert!(origin.from.ends_with("gnomon.toml"));
        std::fs::write(dir.path().join("gnomon.toml"), "[run]\nsecond = 7\n").unwrap();
        assert!(read(dir.path()).err().unwrap().to_string().contains("unknown key run.second"));
        assert_eq!(config.sharing.agreement, Agreement::Required);
        std::fs::write(dir.path().join("gnomon.toml"), "[sharing]\nagreement = \"free\"\n").unwrap();
        assert_eq!(read(dir.path()).unwrap().0.sharing.agreement, Agreement::Free);
        std::fs::write(dir.path().join("gnomon.toml"), "[sharing]\nagreement = \"perhaps\"\n").unwrap();
        assert!(read(dir.path()).is_err());
        std::fs::write(dir.path().join("gnomon.toml"), "[run]\nseconds = \"x\"\n").unwrap();
        assert!(read(dir.path()).err().unwrap().to_string().contains("expected a value like 300"));
    }
}
