//! Lists in the form asked for.

use std::io::Write;

use comfy_table::{ContentArrangement, Table, presets};
use serde_json::{Map, Value};

use crate::cli::Format;

/// Rows with named columns.
pub struct Listing {
    columns: Vec<&'static str>,
    rows: Vec<Vec<Value>>,
}

impl Listing {
    /// An empty list with these columns.
    pub fn new(columns: &[&'static str]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row; one value per column.
    pub fn push(&mut self, row: Vec<Value>) {
        debug_assert_eq!(row.len(), self.columns.len());
        self.rows.push(row);
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Writes all rows to standard output. A reader that went away is no error.
    pub fn print(&self, format: Format) -> anyhow::Result<()> {
        let out = std::io::stdout().lock();
        match self.write(format, std::io::BufWriter::new(out)) {
            Err(error) if is_broken_pipe(&error) => Ok(()),
            other => other,
        }
    }

    fn write(&self, format: Format, mut out: impl Write) -> anyhow::Result<()> {
        match format {
            Format::Table => {
                let mut table = Table::new();
                table
                    .load_preset(presets::UTF8_HORIZONTAL_ONLY)
                    .set_content_arrangement(ContentArrangement::Dynamic);
                table.set_header(self.columns.iter());
                for row in &self.rows {
                    table.add_row(row.iter().map(plain));
                }
                writeln!(out, "{table}")?;
            }
            Format::Json => {
                let all: Vec<Value> = self.rows.iter().map(|row| self.object(row)).collect();
                serde_json::to_writer_pretty(&mut out, &all)?;
                writeln!(out)?;
            }
            Format::Jsonl => {
                for row in &self.rows {
                    serde_json::to_writer(&mut out, &self.object(row))?;
                    writeln!(out)?;
                }
            }
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(&mut out);
                writer.write_record(&self.columns)?;
                for row in &self.rows {
                    writer.write_record(row.iter().map(plain))?;
                }
                writer.flush()?;
            }
        }
        out.flush()?;
        Ok(())
    }

    fn object(&self, row: &[Value]) -> Value {
        let pairs = self.columns.iter().zip(row).map(|(name, value)| ((*name).to_owned(), value.clone()));
        Value::Object(pairs.collect::<Map<_, _>>())
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// A value as text: nothing for null, no quotes around text.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            items.iter().map(plain).collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}
