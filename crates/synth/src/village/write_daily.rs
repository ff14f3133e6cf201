//! Purchases, labour and reimbursement requests of the villages.

use super::{Labour, Purchase, Request};
use crate::{
    SynthError,
    base::time,
    county::County,
    people::PersonIx,
    place,
    write::{
        Column, Dept, Dirt, FileSpec,
        Kind::{Account, Code, Date, Id, Moment, Money, Name, Note, Number, Text, Word},
        Office, Table, col, req,
    },
};

const PURCHASES: &[Column] = &[
    req(Code, &["采购编号", "采购单号"]),
    req(Code, &["村集体信用代码", "集体经济组织信用代码"]),
    col(Code, &["行政区划代码"]),
    req(Date, &["采购日期", "采购时间"]),
    col(Note, &["采购内容", "采购品目"]),
    col(Text, &["采购类别"]),
    col(Number, &["采购数量", "数量"]),
    col(Money, &["采购单价", "单价"]),
    req(Money, &["采购金额"]),
    col(Code, &["供应商统一社会信用代码", "供应商信用代码"]),
    col(Text, &["供应商名称", "供货商"]),
    col(Word, &["采购方式"]),
    col(Number, &["询价家数", "报价家数"]),
    col(Id, &["采购人身份证号"]),
    col(Id, &["验收人身份证号"]),
];

const LABOUR: &[Column] = &[
    req(Code, &["用工编号", "用工单号"]),
    req(Code, &["集体经济组织信用代码", "村集体信用代码"]),
    col(Code, &["行政区划代码", "区划代码"]),
    req(Id, &["务工人员身份证号", "用工人员身份证号"]),
    col(Name, &["务工人员姓名", "姓名"]),
    col(Text, &["用工事由", "工作内容"]),
    col(Date, &["用工日期", "务工日期"]),
    col(Number, &["用工天数", "工日"]),
    col(Money, &["日工资标准", "工价"]),
    req(Money, &["劳务金额"]),
    col(Account, &["银行账号", "银行卡号"]),
    col(Id, &["开户人身份证号"]),
    col(Id, &["记工人身份证号"]),
    col(Id, &["审批人身份证号"]),
];

const REQUESTS: &[Column] = &[
    req(Code, &["报账单号", "报账编号"]),
    req(Code, &["村集体信用代码", "集体经济组织信用代码"]),
    col(Code, &["行政区划代码"]),
    req(Moment, &["申请时间", "报账时间"]),
    col(Note, &["报账事由", "支出事由"]),
    req(Money, &["报账金额", "申请金额"]),
    col(Code, &["发票号码", "票据号码"]),
    col(Id, &["报账人身份证号", "申请人身份证号"]),
    col(Text, &["收款人名称", "收款单位"]),
    col(Account, &["收款账号", "收款方账号"]),
    col(Word, &["办理环节", "审批环节"]),
    col(Text, &["审批人身份证号", "各级审批人身份证号"]),
    col(Text, &["审批时间", "各级审批时间"]),
    col(Moment, &["支付时间", "付款时间"]),
    col(Word, &["支付方式", "付款方式"]),
];

pub fn write(county: &County, office: &mut Office) -> Result<(), SynthError> {
    write_purchases(county, office)?;
    let mut labours: Vec<&Labour> = county.villages.labours.iter().collect();
    labours.sort_by_key(|labour| (labour.day, labour.village, labour.person));
    let mut requests: Vec<&Request> = county.villages.requests.iter().collect();
    requests.sort_by_key(|request| (request.time, request.village, request.payee));
    let mut number = 0;
    for (first, last) in time::years() {
        let months = first..=last;
        let name = format!("村级劳务用工_{}", time::year_name(first));
        let mut table =
            office.begin(FileSpec::csv("village_labour", Dept::Farming, name, LABOUR).months(first, last))?;
        for labour in labours.iter().filter(|labour| months.contains(&time::month_of(labour.day))) {
            number += 1;
            write_labour(county, &mut table, labour, number)?;
        }
        office.end(table)?;
        let name = format!("村级报账申请_{}", time::year_name(first));
        let spec = FileSpec::csv("reimbursement_request", Dept::Farming, name, REQUESTS).months(first, last);
        let mut table = office.begin(spec)?;
        for request in requests.iter().filter(|request| months.contains(&time::month_of(request.time.date())))
        {
            write_request(county, &mut table, request)?;
        }
        office.end(table)?;
    }
    Ok(())
}

fn officers(county: &County, village: usize) -> (Option<PersonIx>, Option<PersonIx>) {
    let org = &county.villages.collectives[village];
    (org.accountant, org.chair)
}

fn write_purchases(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec =
        FileSpec::csv("village_procurement", Dept::Farming, "村级采购台账", PURCHASES).dirt(Dirt::MACHINE);
    let mut table = office.begin(spec)?;
    let mut purchases: Vec<&Purchase> = county.villages.purchases.iter().collect();
    purchases.sort_by_key(|purchase| (purchase.village, purchase.day));
    for purchase in purchases {
        let supplier = &county.companies[purchase.supplier];
        let (accountant, chair) = officers(county, purchase.village);
        let quantity = 1 + purchase.fen / 100 % 9;
        table.code(&purchase.number).code(county.villages.collectives[purchase.village].code.as_str());
        table.code(place::as_text(&county.place.villages[purchase.village].code)).date(purchase.day);
        table.text(purchase.goods.0).text(purchase.goods.1).int(quantity).money(purchase.fen / quantity);
        table.money(purchase.fen).code(supplier.code.as_str()).text(&supplier.name).text(purchase.method);
        table.int(if purchase.fen >= 500_000 { 3 } else { 1 });
        table.id_or_empty(accountant.map(|person| &county.people[person].id));
        table.id_or_empty(chair.map(|person| &county.people[person].id)).end_row()?;
    }
    office.end(table)
}

fn write_labour(county: &County, table: &mut Table, labour: &Labour, number: u32) -> Result<(), SynthError> {
    let person = &county.people[labour.person];
    let (accountant, chair) = officers(county, labour.village);
    let recorder = labour.recorder.or(accountant);
    table.code_with(|out| out.push_str(&format!("YG{number:08}")));
    table.code(county.villages.collectives[labour.village].code.as_str());
    table.code(place::as_text(&county.place.villages[labour.village].code));
    table.id(&person.id).text_with(|out| person.name.push_to(out)).text(labour.task).date(labour.day);
    table.int(labour.days).money(labour.rate).money(labour.rate * labour.days);
    table.account(&county.people.account(labour.person)).id(&person.id);
    table.id_or_empty(recorder.map(|person| &county.people[person].id));
    table.id_or_empty(chair.map(|person| &county.people[person].id)).end_row()
}

fn write_request(county: &County, table: &mut Table, request: &Request) -> Result<(), SynthError> {
    let (accountant, chair) = officers(county, request.village);
    let payee = &county.companies[request.payee];
    let approved = request.time + chrono::TimeDelta::hours(30);
    let paid = Some(request.time + chrono::TimeDelta::hours(76)).filter(|paid| paid.date() <= time::today());
    table.code(&request.number()).code(county.villages.collectives[request.village].code.as_str());
    table.code(place::as_text(&county.place.villages[request.village].code)).moment(request.time);
    table.text(request.summary).money(request.fen).code(&request.invoice_number());
    table.id_or_empty(accountant.map(|person| &county.people[person].id));
    table.text(&payee.name).account(&request.account()).text(if paid.is_some() {
        "已支付"
    } else {
        "镇代理中心审核"
    });
    table.text_with(|out| {
        for (place, person) in [accountant, chair].into_iter().flatten().enumerate() {
            out.push_str(if place > 0 { "、" } else { "" });
            out.push_str(county.people[person].id.as_str());
        }
    });
    table.text_with(|out| {
        out.push_str(&format!(
            "{}、{}",
            request.time.format("%Y-%m-%d %H:%M"),
            approved.format("%Y-%m-%d %H:%M")
        ));
    });
    match paid {
        Some(paid) => table.moment(paid).text("转账"),
        None => table.empty().empty(),
    };
    table.end_row()
}
