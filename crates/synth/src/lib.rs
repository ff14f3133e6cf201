//! A fictional county as department files, with an answer key.
//!
//! [`write_county`] raises families over three generations, gives them work, companies, pensions, poverty, leases and
//! illnesses, lets units and villages spend, and writes what fourteen departments would deliver over the 36 months
//! 2022-07 to 2025-06: 51 source datasets in CSV (UTF-8 with and without mark, GB 18030) and XLSX (title lines, grouped
//! headers, sum lines), with the dirt of real files. The county's today is 2025-06-30. The same spec gives the same
//! bytes; nobody in it exists.
//!
//! The county is honest by construction: payments stop in the month of death, every card has one owner, people near an
//! office draw nothing means-tested and sell nothing to units, a supplier returns to a buyer only after all others had
//! a turn. Then problems are planted, and beside them as many honest look-alikes. Their number grows with the people.
//!
//! [`write_lists`] writes the same people as five departments would list them, with keys as dirty as asked for and the
//! truth of who is who, for measuring how records are linked.
//!
//! This crate shares nothing with the models and does not read them; it follows the prose of the catalogue.
//!
//! | model | planted (level) | look-alikes |
//! |---|---|---|
//! | BF-GEN-001 | paid 2–3 (yellow) or 6–15 months (red) after death; sources ten weeks apart (blue) | paid to the month of death; one month more; arrears; land subsidy; namesake; duplicate registration cancelled |
//! | BF-GEN-003 | 3–4 (yellow), 5 and more, or a cadre's card (red): strangers on one account | family card; two people; ended a year ago |
//! | BF-GEN-010 | both pensions for 3–5 (yellow) or 7–12 months (red); extreme poverty with dibao or nursing subsidy | change-over without overlap; pension with nursing subsidy |
//! | BF-GEN-011 | paid by two townships (red) or on two lists (yellow) | moved; village merged, new code |
//! | BF-GEN-013 | staff on post subsidies, 1 month (yellow) or more (red), or on dibao (red) | village cadre; fee of 800 yuan; left the job before |
//! | BF-LIV-002 | member, or spouse left off the list, on a payroll, above (red) or below the line (yellow) | fee of 600 yuan; former job; married child elsewhere |
//! | BF-ELD-006 | 80 and more without allowance: waiting long (yellow), newly entitled (blue), stopped | moved out; just arrived; other township; this month's birthday; dead |
//! | KR-DIS-004 | relative on living subsidy or dibao: handler or village cadre (red), other (yellow), declared (blue) | left office; grandparent; 180 yuan; open pension |
//! | KR-BUS-001 | legal representative with sales (red); shareholder and supervisor (yellow) | struck off; half a percent; resigned; retired; village cadre; namesake |
//! | KR-BUS-003 | relative's firm sells to the leader's unit: undeclared (red), declared | one small sale; over three years ago; official leads nothing |
//! | VP-PRJ-001 | former employer builds: secretary, director or large (red), other (yellow) | two months only; built elsewhere; cadre of a former term |
//! | VP-PRJ-002 | contractor of cadre or close kin (red), second degree (yellow), declared and traded (blue) | sold before; contract before the term |
//! | VP-PUR-001 | pieces near the limit (red) or smaller (yellow) within weeks | office needs; months apart; large one by quotes |
//! | VP-LAB-001 | cadre on the labour list: 5,000 yuan a year or own record (red), less (yellow) | former cadre; 120 yuan; grown child |
//! | TC-CON-001 | stayed on for 200 days and more (red), 40–150 days (yellow) | renewed in time; 18 days; returned; archived |
//! | TC-CON-007 | overdue over a year, 50,000 yuan, or a cadre's (red); less (yellow); in part | late but paid; due 16 days ago |
//! | TC-FUN-005 | bills near the level or with consecutive invoices (red), others (yellow) | three meters; 45 days apart; small |
//! | FW-TRV-012 | tours, tickets, resorts (red); agency, guide (yellow) | the tourism bureau's name and work; 120 yuan |
//! | FW-EAT-013 | four purchases of dear drink, tobacco, gifts (red), of cheap ones in months without visitors (yellow) | cooking wine, disinfectant, cups; void; private buyer |
//! | FW-VEH-001 | on feasts, or four weekends (red); one weekend (yellow) | exchanged working day; order's slack; 1.2 km; vehicle always on duty |
//! | MI-PER-001 | a stay or three pharmacy visits (red), one visit (yellow) after death | settled late; day of death; day after |
//! | MI-PER-007 | 2.4 times the usual for six months (yellow) | 1.45 times |
//! | PP-COL-001 | same network card, machine or key, likeness 91 (red); author or address (yellow) | default author; public terminal; buyer's template |
//! | PP-PRO-001 | two near the threshold (red) or three smaller in a year | open tenders; small; sixteen months apart |

mod answers;
mod base;
mod county;
mod error;
mod health;
mod lists;
mod money;
mod people;
mod place;
mod plant;
mod spend;
mod summary;
mod trade;
mod village;
mod work;
mod write;

pub use error::SynthError;
pub use lists::{KeyDirt, ListSummary, write_lists};
pub use summary::{CountySpec, Progress, Summary, write_county};
pub use write::FileSummary;
