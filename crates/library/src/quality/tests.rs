use gnomon_kernel::RowRef;

use super::*;

fn dataset(more: &str) -> Dataset {
    let text = format!(
        r#"
        key = "grant"
        title = {{ zh = "补助", en = "Grant" }}
        owner = {{ zh = "甲", en = "A" }}
        kind = "source"
        sensitivity = "internal"
        natural_key = ["person_id"]
        time = "month"
        {more}
        [[column]]
        name = "person_id"
        type = "idno"
        title = {{ zh = "身份证号", en = "Resident ID" }}
        required = true
        [[column]]
        name = "org_id"
        type = "uscc"
        title = {{ zh = "单位代码", en = "Organisation" }}
        [[column]]
        name = "region_code"
        type = "region"
        title = {{ zh = "区划", en = "Region" }}
        [[column]]
        name = "month"
        type = "month"
        title = {{ zh = "月份", en = "Month" }}
        "#
    );
    toml::from_str(&text).unwrap()
}

fn fault(column: &str, code: Code, rows: u64) -> FaultCount {
    FaultCount { column: column.into(), code: code.word().into(), rows }
}

fn report(rows: u64, faults: Vec<FaultCount>) -> IngestReport {
    let rejected = faults.iter().map(|fault| fault.rows).sum();
    IngestReport { rows, accepted: rows - rejected, rejected, faults, ..IngestReport::default() }
}

/// Of one kind, for a report with one fault.
fn one(kind: MeasureKind, rows: u64, fault: FaultCount) -> Measure {
    let all = measures(&dataset(""), &report(rows, vec![fault]), &[]);
    let mut others = all.iter().filter(|measure| measure.kind != kind);
    assert!(others.all(|measure| measure.kept), "{all:?}");
    all.into_iter().find(|measure| measure.kind == kind).unwrap()
}

#[test]
fn each_limit_is_kept_on_the_boundary_and_missed_by_one_row() {
    use MeasureKind as K;
    for (kind, column, code, most) in [
        (K::KeysFilled, "person_id", Code::Empty, 50),
        (K::NumbersValid, "person_id", Code::IdCheck, 100),
        (K::CodesValid, "org_id", Code::OrgCheck, 200),
        (K::RegionsKnown, "region_code", Code::Region, 100),
        (K::TimeInPeriod, "month", Code::Month, 10),
        (K::Duplicates, "", Code::Duplicate, 9),
    ] {
        assert!(one(kind, 10_000, fault(column, code, most)).kept, "{kind:?}");
        let missed = one(kind, 10_000, fault(column, code, most + 1));
        assert!(!missed.kept, "{kind:?}");
        let counted = if kind == K::Duplicates { most + 1 } else { 10_000 - most - 1 };
        assert_eq!((missed.part, missed.whole), (counted, 10_000), "{kind:?}");
    }
}

#[test]
fn the_number_of_rows_is_held_against_the_median() {
    let count = |rows, earlier: &[u64]| {
        let all = measures(&dataset(""), &report(rows, vec![]), earlier);
        all.into_iter().find(|measure| measure.kind == MeasureKind::RowCount)
    };
    assert_eq!(count(1, &[100, 100]), None, "two are no yardstick");
    assert_eq!(count(100, &[0, 0, 0]), None, "nothing divides by nothing");
    for (rows, kept) in [(70, true), (69, false), (130, true), (131, false)] {
        let measure = count(rows, &[90, 100, 5_000]).unwrap();
        assert_eq!((measure.part, measure.whole, measure.kept), (rows * 2, 200, kept), "{rows}");
    }
    assert_eq!(count(10, &[9, 9, 10, 40]).map(|measure| measure.whole), Some(19), "between two");
}

#[test]
fn what_has_no_usual_size_is_not_compared() {
    let earlier = [100; 6];
    let is_compared = |more: &str, mends: &[RowRef]| {
        let report = IngestReport { mends: mends.to_vec(), ..report(1, vec![]) };
        measures(&dataset(more), &report, &earlier).iter().any(|m| m.kind == MeasureKind::RowCount)
    };
    assert!(is_compared("", &[]));
    assert!(!is_compared("delivery = \"change\"", &[]));
    assert!(!is_compared("cadence = \"event\"", &[]));
    assert!(!is_compared("", &[RowRef { batch: 1, sheet: 0, line: 2 }]));
    let corrects = |rows, corrected| {
        let report = IngestReport { corrected, ..report(rows, vec![]) };
        measures(&dataset(""), &report, &earlier).iter().all(|m| m.kind != MeasureKind::RowCount)
    };
    assert!(corrects(3, 2) && !corrects(4, 2), "most of its rows, not half");
}

#[test]
fn a_dataset_file_overrides_single_limits() {
    let quality = dataset("quality = { numbers_valid = 50, duplicates = 12.25 }").quality;
    let usual = Quality::default();
    assert_eq!((quality.numbers_valid.0, quality.duplicates.0), (5_000, 1_225));
    assert_eq!((quality.keys_filled, quality.row_count), (usual.keys_filled, usual.row_count));
    for odd in [-1.0, 0.001, 1000.01, f64::NAN, f64::INFINITY] {
        assert!(Percent::try_from(odd).is_err(), "{odd}");
    }
}

#[test]
fn nothing_is_measured_of_nothing() {
    assert_eq!(measures(&dataset(""), &IngestReport::default(), &[1, 2, 3]), []);
}

#[test]
fn more_than_half_of_a_file_that_is_no_small_one_is_unfit() {
    let faults = [fault("month", Code::Month, 6), fault("person_id", Code::IdChar, 5)];
    assert_eq!(mostly_unfit(22, &faults), None, "just half");
    assert_eq!(mostly_unfit(21, &faults), Some((&faults[0], 11)));
    assert_eq!(mostly_unfit(19, &faults), None, "small");
    let known = [fault("", Code::Duplicate, 40), fault("month", Code::Month, 1)];
    assert_eq!(mostly_unfit(41, &known), None, "what is already there is not unfit");
}

#[test]
fn faults_are_counted_by_column_however_it_is_headed() {
    let mut tally = FaultTally::default();
    for (header, code) in [
        ("", Code::Duplicate),
        ("身份证号 ", Code::IdCheck),
        ("Resident ID", Code::IdCheck),
        ("月份", Code::Month),
    ] {
        tally.add(header, code.word());
    }
    assert_eq!(tally.rows(), 4);
    let counted = tally.counts(&dataset(""));
    assert_eq!(counted[0], fault("person_id", Code::IdCheck, 2));
    assert_eq!(counted.len(), 3);
    assert!(
        counted.contains(&fault("", Code::Duplicate, 1)) && counted.contains(&fault("month", Code::Month, 1))
    );
}
