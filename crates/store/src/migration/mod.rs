//! The schema, step by step; the same steps on both engines. Steps are only ever added.

use sea_orm_migration::prelude::*;

mod m0001_people;
mod m0002_deliveries;
mod m0003_runs;
mod m0004_warnings;
mod m0005_work;
mod m0006_rebuilds;
mod m0007_push;
mod m0008_layouts;
mod m0009_quality;
mod m0010_connections;
mod m0011_freshness;
mod m0012_moments;
mod m0013_requests;
mod m0014_origins;
mod m0015_erasures;
mod m0016_identities;
mod m0017_kinship;
mod m0018_objects;

/// Counts the steps. A database that knows a higher number was written by a newer version of the program.
pub const SCHEMA_VERSION: u32 = 18;

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_people::Migration),
            Box::new(m0002_deliveries::Migration),
            Box::new(m0003_runs::Migration),
            Box::new(m0004_warnings::Migration),
            Box::new(m0005_work::Migration),
            Box::new(m0006_rebuilds::Migration),
            Box::new(m0007_push::Migration),
            Box::new(m0008_layouts::Migration),
            Box::new(m0009_quality::Migration),
            Box::new(m0010_connections::Migration),
            Box::new(m0011_freshness::Migration),
            Box::new(m0012_moments::Migration),
            Box::new(m0013_requests::Migration),
            Box::new(m0014_origins::Migration),
            Box::new(m0015_erasures::Migration),
            Box::new(m0016_identities::Migration),
            Box::new(m0017_kinship::Migration),
            Box::new(m0018_objects::Migration),
        ]
    }
}

/// An index named after its table and columns.
fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("idx_{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_version_counts_the_steps() {
        assert_eq!(Migrator::migrations().len(), SCHEMA_VERSION as usize);
    }
}
