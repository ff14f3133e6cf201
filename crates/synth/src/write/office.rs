use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    column::Column,
    csv::Encoding,
    dirt::Dirt,
    manifest::FileSummary,
    table::{Made, Table},
};
use crate::{Progress, SynthError, base::Rng};

/// The departments of the county, in the order in which their folders are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dept {
    Statistics,
    Police,
    Health,
    Civil,
    Labour,
    Finance,
    Organisation,
    Inspectorate,
    Market,
    Farming,
    Tax,
    Offices,
    Medical,
    Trading,
}

impl Dept {
    /// The department's name.
    pub fn zh(self) -> &'static str {
        match self {
            Dept::Statistics => "统计局",
            Dept::Police => "公安局",
            Dept::Health => "卫生健康委",
            Dept::Civil => "民政局",
            Dept::Labour => "人力资源和社会保障局",
            Dept::Finance => "财政局",
            Dept::Organisation => "党委组织部",
            Dept::Inspectorate => "纪委监委",
            Dept::Market => "市场监督管理局",
            Dept::Farming => "农业农村局",
            Dept::Tax => "税务局",
            Dept::Offices => "机关事务管理局",
            Dept::Medical => "医疗保障局",
            Dept::Trading => "公共资源交易中心",
        }
    }

    fn folder(self) -> String {
        format!("{:02}-{}", self as usize + 1, self.zh())
    }
}

/// The format of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated, in an encoding drawn per file.
    Csv,
    /// A workbook with title lines; continued in a further file when it grows too long to read.
    Xlsx,
}

/// One file to be written.
#[derive(Debug, Clone)]
pub struct FileSpec {
    /// The dataset it belongs to.
    pub dataset: &'static str,
    /// The department that delivers it.
    pub dept: Dept,
    /// File name without ending.
    pub name: String,
    /// Its columns.
    pub columns: &'static [Column],
    /// Its format.
    pub format: Format,
    /// Its faults.
    pub dirt: Dirt,
    /// First and last month covered (indices), when it is one of a series.
    pub months: Option<(i32, i32)>,
}

impl FileSpec {
    /// A text file with the usual dirt.
    pub fn csv(
        dataset: &'static str,
        dept: Dept,
        name: impl Into<String>,
        columns: &'static [Column],
    ) -> FileSpec {
        let (format, dirt) = (Format::Csv, Dirt::USUAL);
        FileSpec { dataset, dept, name: name.into(), columns, format, dirt, months: None }
    }

    /// A workbook with the usual dirt.
    pub fn xlsx(
        dataset: &'static str,
        dept: Dept,
        name: impl Into<String>,
        columns: &'static [Column],
    ) -> FileSpec {
        FileSpec { format: Format::Xlsx, ..FileSpec::csv(dataset, dept, name, columns) }
    }

    /// The same file with other dirt.
    pub fn dirt(self, dirt: Dirt) -> FileSpec {
        FileSpec { dirt, ..self }
    }

    /// The same file as part of a series.
    pub fn months(self, first: i32, last: i32) -> FileSpec {
        FileSpec { months: Some((first, last)), ..self }
    }
}

/// Where the files go: makes folders, counts, tells how far it is.
pub struct Office<'a> {
    out: PathBuf,
    seed: u64,
    files: Vec<FileSummary>,
    expected_rows: u64,
    progress: &'a mut dyn FnMut(Progress),
}

impl<'a> Office<'a> {
    /// An office that writes below a folder and expects to write about so many rows.
    pub fn open(
        out: &Path,
        seed: u64,
        expected_rows: u64,
        progress: &'a mut dyn FnMut(Progress),
    ) -> Result<Office<'a>, SynthError> {
        fs::create_dir_all(out).map_err(SynthError::io(out))?;
        Ok(Office { out: out.to_owned(), seed, files: Vec::new(), expected_rows, progress })
    }

    /// Begins a file.
    pub fn begin(&mut self, spec: FileSpec) -> Result<Table, SynthError> {
        let folder = self.out.join(spec.dept.folder());
        fs::create_dir_all(&folder).map_err(SynthError::io(&folder))?;
        let rng = Rng::new(self.seed, &format!("{}/{}", spec.dataset, spec.name));
        Table::begin(spec, folder, rng)
    }

    /// Ends a file (or the several files a long workbook became).
    pub fn end(&mut self, table: Table) -> Result<(), SynthError> {
        let dept = table.spec().dept;
        let dataset = table.spec().dataset;
        let months =
            table.spec().months.map(|(a, b)| (crate::base::time::yyyymm(a), crate::base::time::yyyymm(b)));
        for made in table.finish()? {
            let Made { file_name, encoding, counts, totals_row } = made;
            self.files.push(FileSummary {
                file: format!("{}/{file_name}", dept.folder()),
                dataset,
                department: dept.zh(),
                encoding: encoding.map_or("xlsx", Encoding::word),
                rows: counts.rows,
                expect_rejected: counts.broken,
                exact_duplicates: counts.twice,
                near_duplicates: counts.near,
                totals_row,
                months,
            });
        }
        let done: u64 = self.files.iter().map(|file| file.rows).sum();
        (self.progress)(Progress { done, total: self.expected_rows.max(done), what: dept.zh() });
        Ok(())
    }

    /// The files written, in the order in which departments deliver them.
    pub fn close(self) -> Vec<FileSummary> {
        let mut files = self.files;
        files.sort_by(|a, b| a.file.cmp(&b.file));
        files
    }
}
