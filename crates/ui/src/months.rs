//! Months as the columns of a table.

use gnomon_kernel::Month;

/// Months, oldest first and without a hole.
#[derive(Debug, Clone, Default)]
pub struct Months(pub Vec<Month>);

impl Months {
    /// Years, each with how many of the months lie in it.
    pub fn years(&self) -> Vec<(i32, usize)> {
        let mut years: Vec<(i32, usize)> = Vec::new();
        for month in &self.0 {
            let year = month.number() / 100;
            match years.last_mut() {
                Some((last, months)) if *last == year => *months += 1,
                _ => years.push((year, 1)),
            }
        }
        years
    }

    /// 1 to 12.
    pub fn of_year(&self, month: &Month) -> i32 {
        month.number() % 100
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_span_their_months() {
        let first = Month::new(202411).unwrap();
        let months = Months((0..15).map(|n| first.plus(n)).collect());
        assert_eq!(months.years(), [(2024, 2), (2025, 12), (2026, 1)]);
        assert!(Months::default().years().is_empty());
    }
}
