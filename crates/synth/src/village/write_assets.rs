//! Collectives, assets, stocktakes, contracts and what is due from them.

use super::{Collective, Contract};
use crate::{
    SynthError,
    base::{rng::mix, time},
    county::County,
    place,
    write::{
        Column, Dept, Dirt, FileSpec,
        Kind::{Account, Code, Date, Id, Money, Number, Text, Word},
        Office, Table, col, req,
    },
};

const ORGS: &[Column] = &[
    req(Code, &["统一社会信用代码"]),
    req(Text, &["集体经济组织名称", "经济合作社名称"]),
    req(Code, &["行政区划代码", "区划代码"]),
    col(Word, &["组织层级"]),
    col(Id, &["理事长身份证号"]),
    col(Id, &["会计身份证号", "报账员身份证号"]),
    col(Number, &["成员人数", "集体成员数"]),
    col(Date, &["登记日期"]),
    col(Word, &["登记状态"]),
];

const ASSETS: &[Column] = &[
    req(Code, &["资产编号", "资产编码"]),
    req(Code, &["集体经济组织信用代码", "村集体信用代码"]),
    req(Text, &["资产名称"]),
    col(Word, &["资产类别", "资产类型"]),
    col(Date, &["购建日期", "入账日期"]),
    col(Money, &["资产原值", "账面原值"]),
    col(Money, &["资产净值", "账面净值"]),
    col(Number, &["建筑面积"]),
    col(Text, &["坐标", "经纬度"]),
    col(Code, &["行政区划代码"]),
    col(Word, &["使用状态", "使用情况"]),
    col(Id, &["保管人身份证号", "责任人身份证号"]),
    col(Date, &["最近盘点日期"]),
];

const STOCKTAKES: &[Column] = &[
    req(Code, &["盘点编号", "清查编号"]),
    req(Code, &["村集体信用代码", "集体经济组织信用代码"]),
    req(Code, &["资产编号"]),
    col(Date, &["盘点日期", "清查日期"]),
    col(Word, &["盘点结果", "清查结果"]),
    col(Money, &["清查价值", "实盘价值"]),
    col(Number, &["清查面积", "实测面积"]),
    col(Id, &["经办人身份证号", "盘点人身份证号"]),
];

const CONTRACTS: &[Column] = &[
    req(Code, &["合同编号"]),
    req(Code, &["发包方信用代码", "集体经济组织信用代码"]),
    col(Word, &["合同类型", "合同类别"]),
    col(Code, &["资产编号"]).under("标的"),
    col(Code, &["资源编号", "地块编号"]).under("标的"),
    col(Code, &["行政区划代码"]),
    col(Id, &["承租方证件号码", "承包方证件号码"]).under("承租方信息"),
    col(Text, &["承租方", "承包方"]).under("承租方信息"),
    col(Date, &["签订日期", "合同签订日期"]),
    col(Date, &["起始日期", "租赁起始日期"]).under("租赁期限"),
    col(Date, &["终止日期", "租赁终止日期"]).under("租赁期限"),
    col(Number, &["面积(亩)"]),
    col(Money, &["年租金", "年承包费"]),
    col(Money, &["合同总金额", "合同总价"]),
    col(Word, &["发包方式", "出租方式"]),
    col(Word, &["付款周期", "缴费周期"]),
    col(Word, &["合同状态", "履约状态"]),
];

const RECEIVABLES: &[Column] = &[
    req(Code, &["合同编号", "合同号"]),
    col(Code, &["集体经济组织信用代码"]),
    req(Number, &["应收期次", "期次"]),
    req(Date, &["应收日期", "约定付款日期"]),
    req(Money, &["应收金额", "本期应收"]),
    col(Date, &["收款日期", "到账日期"]),
    col(Money, &["实收金额", "到账金额"]),
    col(Code, &["票据号码", "收据号"]),
    col(Account, &["收款账号", "入账账号"]),
];

pub fn write(county: &County, office: &mut Office) -> Result<(), SynthError> {
    write_orgs(county, office)?;
    write_register(county, office)?;
    write_stocktakes(county, office)?;
    write_contracts(county, office)?;
    write_receivables(county, office)
}

fn write_orgs(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec = FileSpec::xlsx("collective_org", Dept::Farming, "农村集体经济组织名录", ORGS).dirt(Dirt::TIDY);
    let mut table = office.begin(spec)?;
    let id = |person| &county.people[person].id;
    for (village, org) in county.villages.collectives.iter().enumerate() {
        table
            .code(org.code.as_str())
            .text(&org.name)
            .code(place::as_text(&county.place.villages[village].code));
        table.text("村级").id_or_empty(org.chair.map(id)).id_or_empty(org.accountant.map(id));
        table
            .int(800 + (mix(village as u64) % 900) as i64)
            .date(time::day(2020, 6, 18))
            .text("正常")
            .end_row()?;
    }
    office.end(table)
}

fn write_register(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec = FileSpec::csv("collective_asset", Dept::Farming, "集体资产台账", ASSETS);
    let mut table = office.begin(spec)?;
    for (index, asset) in county.villages.assets.iter().enumerate() {
        let org = &county.villages.collectives[asset.village];
        let spread = mix(index as u64);
        table
            .code(&asset.number)
            .code(org.code.as_str())
            .text(asset.name)
            .text(asset.category)
            .date(asset.acquired);
        table.money(asset.value).money(asset.value * 6 / 10).hundredths(asset.area).text_with(|out| {
            out.push_str(&format!("118.{:05},29.{:05}", spread % 40_000, spread / 40_000 % 40_000));
        });
        table.code(place::as_text(&county.place.villages[asset.village].code)).text(asset.use_status);
        table.id_or_empty(org.accountant.map(|person| &county.people[person].id));
        table.date_or_empty(asset.stocktakes.iter().map(|count| count.day).max()).end_row()?;
    }
    office.end(table)
}

fn write_stocktakes(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec = FileSpec::csv("asset_inventory", Dept::Farming, "资产清查盘点", STOCKTAKES);
    let mut table = office.begin(spec)?;
    for asset in &county.villages.assets {
        let org = &county.villages.collectives[asset.village];
        for (round, count) in asset.stocktakes.iter().enumerate() {
            table.code_with(|out| out.push_str(&format!("PD{}-{}", &asset.number[2..], round + 1)));
            table.code(org.code.as_str()).code(&asset.number).date(count.day);
            table
                .text(if count.matches { "账实相符" } else { "被占用" })
                .money(asset.value)
                .hundredths(asset.area);
            table.id_or_empty(org.accountant.map(|person| &county.people[person].id)).end_row()?;
        }
    }
    office.end(table)
}

fn write_contracts(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec = FileSpec::xlsx("collective_contract", Dept::Farming, "集体经济合同台账", CONTRACTS);
    let mut table = office.begin(spec.dirt(Dirt::TIDY))?;
    for contract in &county.villages.contracts {
        write_contract(county, &mut table, contract)?;
    }
    office.end(table)
}

fn write_contract(county: &County, table: &mut Table, contract: &Contract) -> Result<(), SynthError> {
    let tenant = &county.people[contract.tenant];
    let village = &county.place.villages[contract.village];
    table.code(&contract.number).code(county.villages.collectives[contract.village].code.as_str());
    table.text(if contract.land { "承包合同" } else { "租赁合同" });
    table.code(if contract.land { "" } else { &contract.object }).code(if contract.land {
        &contract.object
    } else {
        ""
    });
    table.code(place::as_text(&village.code)).id(&tenant.id).text_with(|out| tenant.name.push_to(out));
    table.date(contract.signed).date(contract.start).date(contract.end).hundredths(contract.area);
    let years = (time::days_between(contract.start, contract.end) + 183) / 365;
    table.money(contract.rent).money(contract.rent * years.max(1));
    let award = match (contract.renewal, contract.rent) {
        (true, _) => "续签",
        (_, 1_000_000..) => "公开交易",
        _ => "村内竞标",
    };
    table.text(award).text("按年").text(contract.status.word()).end_row()
}

fn write_receivables(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec = FileSpec::csv("contract_receivable", Dept::Farming, "合同应收与收款", RECEIVABLES);
    let mut table = office.begin(spec)?;
    let mut ticket = 100_000;
    for contract in &county.villages.contracts {
        let org = &county.villages.collectives[contract.village];
        for (period, receivable) in contract.receivables.iter().enumerate() {
            table.code(&contract.number).code(org.code.as_str()).int(period as i64 + 1);
            table.date(receivable.due).money(receivable.fen);
            match receivable.received {
                Some((day, fen)) => {
                    ticket += 1;
                    table.date(day).money(fen).code_with(|out| out.push_str(&format!("SJ{ticket}")));
                    table.account(&Collective::account(contract.village));
                }
                None => _ = table.empty().empty().empty().empty(),
            }
            table.end_row()?;
        }
    }
    office.end(table)
}
