//! From one watermark to the next. Rows that share a watermark are taken together: none is skipped at the end of a page,
//! and one that comes later with the value that was last taken is noticed.

use std::collections::HashSet;

use gnomon_app::Watermark;
use sha2::{Digest, Sha256};

use super::{
    is_full,
    plan::{Mark, Plan},
    session::{Row, Session},
};
use crate::{Fault, Result, spool::Spool};

/// All rows, in the order in which the source has them.
pub(super) async fn whole(session: &mut Session, plan: &Plan, spool: &mut Spool) -> Result<bool> {
    session.each_row(&plan.all(), None, plan, &mut |row| Ok(spool.push_row(&row.line)?)).await?;
    spool.keep(None).await?;
    Ok(false)
}

/// Rows above the watermark, page by page, until the source has no more or the delivery is full; whether it has more.
pub(super) async fn pages(
    session: &mut Session,
    plan: &Plan,
    spool: &mut Spool,
    from: Option<Watermark>,
    page: u32,
) -> Result<bool> {
    let Some(mark) = &plan.mark else { return Ok(false) };
    let mut last = spool.mark().or(from);
    if let Some(known) = &last {
        last = Some(late_rows(session, plan, mark, spool, known).await?);
        spool.keep(last.clone()).await?;
    }
    while !is_full(spool) {
        let sql = match &last {
            Some(_) => plan.after(mark, page),
            None => plan.first(page),
        };
        let mut rows = Vec::new();
        let value = last.as_ref().map(|last| last.value.as_str());
        session.each_row(&sql, value, plan, &mut |row| keep_marked(&mut rows, row)).await?;
        let is_last = rows.len() < page as usize;
        if rows.is_empty() {
            return Ok(false);
        }
        last = Some(match is_last {
            true => push_all(&rows, spool)?,
            false => push_whole_groups(session, plan, mark, &rows, spool).await?,
        });
        spool.keep(last.clone()).await?;
        if is_last {
            return Ok(false);
        }
    }
    Ok(true)
}

fn keep_marked(rows: &mut Vec<(String, String)>, row: Row) -> Result<()> {
    if let Row { mark: Some(mark), line } = row {
        rows.push((mark, line));
    }
    Ok(())
}

/// Rows that came with the very value that was last taken. When they are those that were there then, there is nothing to do;
/// else all of them are taken, and those that are known are recognised when they come in.
async fn late_rows(
    session: &mut Session,
    plan: &Plan,
    mark: &Mark,
    spool: &mut Spool,
    from: &Watermark,
) -> Result<Watermark> {
    let mut edge = Edge::default();
    let mut each = |row: Row| {
        edge.add(&row.line);
        Ok(spool.push_row(&row.line)?)
    };
    session.each_row(&plan.at(mark), Some(&from.value), plan, &mut each).await?;
    if edge.text() == from.edge {
        spool.take_back()?;
    }
    Ok(Watermark { value: from.value.clone(), edge: edge.text() })
}

/// The last page: it holds every row that has its last value.
fn push_all(rows: &[(String, String)], spool: &mut Spool) -> Result<Watermark> {
    let last = last_of(rows)?;
    let mut edge = Edge::default();
    for (mark, line) in rows {
        spool.push_row(line)?;
        if mark == last {
            edge.add(line);
        }
    }
    Ok(Watermark { value: last.clone(), edge: edge.text() })
}

/// A page that may end in the middle of rows with the same value: the others are asked for.
async fn push_whole_groups(
    session: &mut Session,
    plan: &Plan,
    mark: &Mark,
    rows: &[(String, String)],
    spool: &mut Spool,
) -> Result<Watermark> {
    let last = last_of(rows)?;
    let mut edge = Edge::default();
    let mut of_page = HashSet::new();
    for (mark, line) in rows {
        spool.push_row(line)?;
        if mark == last {
            of_page.insert(line.clone());
        }
    }
    let mut each = |row: Row| {
        edge.add(&row.line);
        // Rows that are alike in every cell are one fact.
        match of_page.contains(&row.line) {
            true => Ok(()),
            false => Ok(spool.push_row(&row.line)?),
        }
    };
    session.each_row(&plan.at(mark), Some(last), plan, &mut each).await?;
    Ok(Watermark { value: last.clone(), edge: edge.text() })
}

fn last_of(rows: &[(String, String)]) -> Result<&String> {
    rows.last().map(|(mark, _)| mark).ok_or_else(|| Fault::gone("a page without rows"))
}

/// Number and digest of rows, whatever their order.
#[derive(Default)]
struct Edge {
    count: u64,
    sum: u128,
}

impl Edge {
    fn add(&mut self, line: &str) {
        let digest = Sha256::digest(line.as_bytes());
        let first = digest.iter().take(16).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        self.count += 1;
        self.sum = self.sum.wrapping_add(first);
    }

    fn text(&self) -> String {
        format!("{}:{:032x}", self.count, self.sum)
    }
}
