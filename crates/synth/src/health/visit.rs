use chrono::NaiveDateTime;
use gnomon_kernel::Day;

use crate::{
    base::{Rng, time},
    people::PersonIx,
};

/// The sort of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Outpatient,
    Inpatient,
    Chronic,
    Pharmacy,
}

impl Kind {
    /// The word on the settlement.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Outpatient => "普通门诊",
            Kind::Inpatient => "住院",
            Kind::Chronic => "门诊慢特病",
            Kind::Pharmacy => "药店购药",
        }
    }
}

/// A settled visit.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Who.
    pub person: PersonIx,
    /// Index of the institution.
    pub institution: usize,
    /// Sort.
    pub kind: Kind,
    /// Came.
    pub admitted: NaiveDateTime,
    /// Left.
    pub discharged: NaiveDateTime,
    /// Settled.
    pub settled: NaiveDateTime,
    /// Diagnosis.
    pub diagnosis: &'static str,
    /// Total cost in fen.
    pub fen: i64,
    /// How the insured was identified, as the settlement names it.
    pub read: &'static str,
}

const DIAGNOSES: [&str; 6] = ["J06.900", "K29.500", "M54.500", "I10.x00", "R51.x00", "J20.900"];
const READS: [&str; 4] = ["社保卡", "医保电子凭证", "医保电子凭证", "人脸识别"];

impl Visit {
    /// A visit without a stay, settled on the spot.
    pub fn short(
        person: PersonIx,
        institution: usize,
        kind: Kind,
        day: Day,
        fen: i64,
        rng: &mut Rng,
    ) -> Visit {
        let admitted = time::at(day, 7 * 60 + 40 + rng.range(0, 560));
        Visit {
            person,
            institution,
            kind,
            admitted,
            discharged: admitted,
            settled: admitted + chrono::TimeDelta::minutes(25),
            diagnosis: DIAGNOSES[rng.index(DIAGNOSES.len())],
            fen,
            read: READS[rng.index(READS.len())],
        }
    }

    /// A stay of some days.
    pub fn stay(person: PersonIx, institution: usize, day: Day, days: i64, fen: i64, rng: &mut Rng) -> Visit {
        let visit = Visit::short(person, institution, Kind::Inpatient, day, fen, rng);
        let discharged = time::at(time::plus(day, days), 10 * 60 + rng.range(0, 300));
        Visit { discharged, settled: discharged + chrono::TimeDelta::minutes(90), ..visit }
    }
}
