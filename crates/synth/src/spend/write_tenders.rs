//! Tenders, bids, contracts and what was paid on them.

use super::{Bid, Deal, Tender, files::Staff};
use crate::{
    SynthError,
    base::time,
    county::County,
    place,
    trade::{Company, Role},
    village::invoice_number,
    write::{
        Column, Dept, Dirt, FileSpec,
        Kind::{Account, Code, Date, Id, Moment, Money, Name, Number, Phone, Text, Word},
        Office, Table, col, req,
    },
};

const TENDERS: &[Column] = &[
    req(Code, &["采购项目编号", "项目编号"]),
    col(Code, &["采购人信用代码"]).under("采购人信息"),
    col(Text, &["采购人名称"]).under("采购人信息"),
    req(Text, &["采购项目名称", "项目名称"]),
    col(Word, &["项目类别", "采购类别"]),
    col(Code, &["采购目录编码", "品目编码"]),
    col(Word, &["采购方式", "招标方式"]),
    col(Money, &["预算金额", "采购预算"]),
    col(Money, &["最高限价"]),
    col(Code, &["行政区划代码"]),
    col(Moment, &["公告发布时间", "公告时间"]),
    col(Moment, &["投标截止时间"]),
    col(Moment, &["开标时间"]),
    col(Moment, &["中标公告时间", "成交公告时间"]),
    col(Word, &["评标办法"]),
    col(Word, &["项目状态"]),
    col(Number, &["招标轮次"]),
    col(Number, &["获取文件家数"]),
];

const BIDS: &[Column] = &[
    req(Code, &["项目编号", "采购项目编号"]),
    req(Code, &["投标人信用代码", "投标单位信用代码"]),
    col(Text, &["投标人名称", "投标单位"]),
    col(Money, &["投标报价", "报价金额"]),
    col(Moment, &["递交时间", "上传时间"]),
    col(Code, &["上传IP地址", "IP地址"]),
    col(Code, &["网卡地址", "MAC地址"]),
    col(Code, &["CA证书编号", "CA锁号"]),
    col(Code, &["文档作者", "文件作者"]),
    col(Code, &["文件机器码", "机器特征码"]),
    col(Name, &["联系人姓名", "联系人"]),
    col(Phone, &["联系人电话"]),
    col(Text, &["联系邮箱"]),
    col(Id, &["授权代表身份证号", "被授权人身份证号"]),
    col(Account, &["保证金转出账号", "保证金账号"]),
    col(Word, &["资格审查是否通过"]),
    col(Number, &["综合得分", "总分"]),
    col(Number, &["排名", "名次"]),
    col(Word, &["是否中标"]),
    col(Number, &["文件最高相似度(%)", "标书相似度"]),
];

const DEALS: &[Column] = &[
    req(Code, &["合同编号"]),
    col(Code, &["采购项目编号"]),
    col(Code, &["采购人信用代码", "采购单位信用代码"]).under("采购人信息"),
    col(Text, &["采购人名称"]).under("采购人信息"),
    col(Code, &["供应商信用代码", "供应商统一社会信用代码"]).under("供应商信息"),
    col(Text, &["供应商名称"]).under("供应商信息"),
    col(Text, &["合同名称"]),
    col(Word, &["合同类别"]),
    req(Money, &["合同金额"]),
    col(Date, &["签订日期", "合同签订日期"]),
    col(Date, &["履约起始日期"]),
    col(Date, &["履约终止日期"]),
    col(Date, &["合同公告日期"]),
    col(Word, &["采购方式"]),
    col(Code, &["行政区划代码"]),
    col(Id, &["经办人身份证号"]),
];

const PAYMENTS: &[Column] = &[
    req(Code, &["合同编号"]),
    req(Code, &["付款单号", "付款编号"]),
    req(Date, &["付款日期"]),
    req(Money, &["付款金额"]),
    col(Code, &["收款方信用代码", "收款单位统一社会信用代码"]),
    col(Account, &["收款方账号", "收款账号"]),
    col(Word, &["付款阶段", "款项性质"]),
    col(Code, &["发票号码"]),
];

pub fn write(county: &County, office: &mut Office, staff: &Staff) -> Result<(), SynthError> {
    let spec = FileSpec::xlsx("tender_project", Dept::Trading, "招标采购项目", TENDERS).dirt(Dirt::TIDY);
    let mut table = office.begin(spec)?;
    for tender in &county.spending.tenders {
        write_tender(county, &mut table, tender)?;
    }
    office.end(table)?;
    let spec = FileSpec::csv("tender_bid", Dept::Trading, "投标文件与报价", BIDS).dirt(Dirt::MACHINE);
    let mut table = office.begin(spec)?;
    for tender in &county.spending.tenders {
        for (rank, bid) in tender.bids.iter().enumerate() {
            write_bid(county, &mut table, tender, bid, rank)?;
        }
    }
    office.end(table)?;
    let mut deals: Vec<&Deal> = county.spending.deals.iter().collect();
    deals.sort_by_key(|deal| (deal.signed, deal.unit, &deal.number));
    let spec =
        FileSpec::xlsx("procurement_contract", Dept::Finance, "采购与工程合同", DEALS).dirt(Dirt::TIDY);
    let mut table = office.begin(spec)?;
    for deal in &deals {
        write_deal(county, &mut table, staff, deal)?;
    }
    office.end(table)?;
    let mut table = office.begin(FileSpec::csv("contract_payment", Dept::Finance, "合同付款", PAYMENTS))?;
    let mut number = 0;
    for deal in &deals {
        write_payments(county, &mut table, deal, &mut number)?;
    }
    office.end(table)
}

fn write_tender(county: &County, table: &mut Table, tender: &Tender) -> Result<(), SynthError> {
    let unit = &county.units[tender.unit];
    let (title, category) = tender.title;
    let class = match category {
        "工程" => "B02",
        "货物" => "A02",
        _ => "C16",
    };
    table.code(&tender.number).code(unit.code.as_str()).text(&unit.name).text_with(|out| {
        out.push_str(&unit.name);
        out.push_str(title);
        out.push_str("项目");
    });
    table
        .text(category)
        .code_with(|out| out.push_str(&format!("{class}{:02}", tender.budget / 1_000_000 % 40)));
    table.text(tender.method).money(tender.budget).money(tender.budget).code(place::as_text(&unit.region));
    table.moment(tender.published).moment(tender.deadline()).moment(tender.deadline());
    match tender.awarded() {
        Some(awarded) => table.moment(awarded).text("综合评分法").text("已成交"),
        None => table.empty().text("综合评分法").text("进行中"),
    };
    table.int(1).int(tender.bids.len() as i64 + 2).end_row()
}

fn write_bid(
    county: &County,
    table: &mut Table,
    tender: &Tender,
    bid: &Bid,
    rank: usize,
) -> Result<(), SynthError> {
    let company = &county.companies[bid.company];
    let agent = company.stakes.iter().find(|stake| stake.role == Role::Supervisor).map(|stake| stake.person);
    table
        .code(&tender.number)
        .code(company.code.as_str())
        .text(&company.name)
        .money(bid.fen)
        .moment(bid.submitted);
    table.code(&bid.traces.ip).code(&bid.traces.mac).code(&bid.traces.key).code(&bid.traces.author);
    table.code(&bid.traces.machine).text_with(|out| {
        if let Some(agent) = agent {
            county.people[agent].name.push_to(out);
        }
    });
    table.phone(agent.map_or(bid.company as u32, |agent| county.people.phone(agent)));
    table.text_with(|out| out.push_str(&format!("bid{}@mail.example", bid.company)));
    table
        .id_or_empty(agent.map(|agent| &county.people[agent].id))
        .account(&Company::account(bid.company))
        .yes(true);
    let won = rank == 0 && tender.awarded().is_some();
    table.hundredths(9_300 - rank as i64 * 310).int(rank as i64 + 1).yes(won).int(bid.likeness).end_row()
}

fn write_deal(county: &County, table: &mut Table, staff: &Staff, deal: &Deal) -> Result<(), SynthError> {
    let (unit, supplier) = (&county.units[deal.unit], &county.companies[deal.supplier]);
    table
        .code(&deal.number)
        .code(deal.tender.as_deref().unwrap_or_default())
        .code(unit.code.as_str())
        .text(&unit.name);
    table
        .code(supplier.code.as_str())
        .text(&supplier.name)
        .text(deal.title.0)
        .text(deal.title.1)
        .money(deal.fen);
    table.date(deal.signed).date(time::plus(deal.signed, 3)).date(time::plus(deal.signed, 180));
    table
        .date(time::plus(deal.signed, 2).min(time::today()))
        .text(deal.method)
        .code(place::as_text(&unit.region));
    let handler = staff.member(deal.unit, deal.number.len() + deal.supplier);
    table.id_or_empty(handler.map(|person| &county.people[person].id)).end_row()
}

fn write_payments(
    county: &County,
    table: &mut Table,
    deal: &Deal,
    number: &mut u32,
) -> Result<(), SynthError> {
    for (days, percent, stage) in [(15, 30, "预付款"), (95, 65, "验收款"), (420, 5, "质保金")] {
        let day = time::plus(deal.signed, days);
        if day > time::today() {
            break;
        }
        *number += 1;
        table.code(&deal.number).code_with(|out| out.push_str(&format!("FK{number:07}"))).date(day);
        table.money(deal.fen / 100 * percent).code(county.companies[deal.supplier].code.as_str());
        table
            .account(&Company::account(deal.supplier))
            .text(stage)
            .code(&invoice_number(80_000_000 + *number))
            .end_row()?;
    }
    Ok(())
}
