//! Competing bids that share a machine, an author or an address.

use super::Field;
use crate::spend::Traces;

const SEEN: &[&str] = &["tender_bid", "tender_project"];

/// Traces shared within one tender; and shared names that say nothing, and a bidder's own traces in two tenders.
pub fn plant(field: &mut Field) {
    let count = field.county.scaled(14);
    let mut tenders: Vec<usize> = (0..field.county.spending.tenders.len())
        .filter(|index| field.county.spending.tenders[*index].bids.len() >= 3)
        .collect();
    field.rng.shuffle(&mut tenders);
    for turn in 0..count {
        let Some(tender) = tenders.pop() else { break };
        share(field, tender, turn);
    }
    for turn in 0..count {
        let Some(tender) = tenders.pop() else { break };
        resemble(field, tender, turn);
    }
}

fn share(field: &mut Field, index: usize, turn: usize) {
    let tender = &mut field.county.spending.tenders[index];
    let first: Traces = tender.bids[0].traces.clone();
    let second = &mut tender.bids[1];
    let (level, zh, en) = match turn % 5 {
        0 => {
            second.traces.mac = first.mac;
            ("red", "两家投标人上传网卡地址相同", "two bidders uploaded from one network card")
        }
        1 => {
            second.traces.machine = first.machine;
            second.traces.author = first.author;
            ("red", "两家投标文件机器码和作者相同", "two bids were made on one machine")
        }
        2 => {
            second.likeness = 91;
            second.traces.key = first.key;
            ("red", "两家投标人使用同一证书，文件相似度91%", "two bidders used one certificate key")
        }
        3 => {
            second.traces.author = first.author;
            ("yellow", "两家投标文件作者相同", "two bids have one author")
        }
        _ => {
            second.traces.ip = first.ip;
            ("yellow", "两家投标人上传地址相同", "two bidders uploaded from one address")
        }
    };
    let bidders = [tender.bids[0].company, tender.bids[1].company];
    let number = tender.number.clone();
    let codes = bidders.map(|company| field.county.companies[company].code);
    let answer = field.problem(number).level(level).related(codes).seen_in(SEEN);
    field.note(answer.says(zh, en));
}

fn resemble(field: &mut Field, index: usize, turn: usize) {
    let tender = &mut field.county.spending.tenders[index];
    let (zh, en) = match turn % 3 {
        0 => {
            for bid in &mut tender.bids {
                bid.traces.author = "Administrator".to_owned();
            }
            ("作者均为系统默认名", "all authors are the default name")
        }
        1 => {
            for bid in &mut tender.bids {
                bid.traces.ip = "127.0.0.1".to_owned();
            }
            ("均在交易中心公共终端上传", "all uploaded at the public terminal of the centre")
        }
        _ => {
            for bid in &mut tender.bids {
                bid.likeness = 62;
            }
            ("均使用采购人提供的模板，相似度62%", "all used the buyer's template")
        }
    };
    let number = tender.number.clone();
    let answer = field.look_alike(number).seen_in(SEEN);
    field.note(answer.says(zh, en));
}
