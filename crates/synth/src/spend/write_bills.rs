//! Treasury payments, voucher lines and receptions.

use super::{
    Payment,
    bill::{self, Reception},
    files::Staff,
};
use crate::{
    SynthError,
    base::{Rng, time},
    county::County,
    place,
    trade::Company,
    village::Suppliers,
    write::{
        Column, Dept, Dirt, FileSpec,
        Kind::{Account, Code, Date, Id, Moment, Money, Note, Number, Text, Word},
        Office, Table, col, req,
    },
};

const TREASURY: &[Column] = &[
    req(Code, &["支付凭证号", "支付令号"]),
    req(Code, &["付款单位信用代码", "预算单位信用代码"]),
    col(Text, &["付款单位名称", "预算单位名称"]),
    col(Code, &["行政区划代码", "区划代码"]),
    req(Moment, &["支付时间", "付款时间"]),
    req(Money, &["支付金额", "付款金额"]),
    col(Text, &["收款人名称", "收款人全称"]),
    col(Code, &["收款人统一社会信用代码", "收款人证件号码"]),
    col(Account, &["收款人账号", "收款账号"]),
    col(Text, &["收款人开户行", "收款银行"]),
    col(Note, &["支付用途", "用途", "资金用途"]),
    col(Code, &["部门支出经济分类", "经济分类编码"]),
    col(Code, &["支出功能分类", "功能分类编码"]),
    col(Word, &["支付方式"]),
    col(Code, &["合同编号"]),
    col(Id, &["经办人身份证号"]),
    col(Id, &["审批人身份证号"]),
];

const VOUCHERS: &[Column] = &[
    req(Code, &["凭证号", "记账凭证号"]),
    col(Number, &["分录序号", "分录号"]),
    req(Code, &["单位信用代码", "预算单位信用代码"]),
    col(Text, &["单位名称", "预算单位"]),
    col(Code, &["行政区划代码"]),
    req(Date, &["凭证日期", "记账日期", "制单日期"]),
    col(Note, &["摘要", "凭证摘要"]),
    col(Code, &["科目编码", "会计科目编码"]),
    col(Text, &["科目名称", "会计科目名称"]),
    req(Money, &["金额", "借方金额"]),
    col(Id, &["报销人身份证号"]),
    col(Id, &["审批人身份证号"]),
    col(Text, &["收款人名称", "收款单位"]),
    col(Account, &["收款账号", "收款人账号"]),
    col(Word, &["支付方式", "结算方式"]),
    col(Number, &["附件张数", "附单据数"]),
];

const RECEPTIONS: &[Column] = &[
    req(Code, &["接待编号", "公务接待编号"]),
    req(Code, &["接待单位信用代码"]),
    req(Date, &["接待日期"]),
    col(Word, &["餐别"]),
    col(Text, &["来访单位", "来宾单位"]),
    col(Code, &["公函文号"]).under("公函"),
    col(Date, &["公函日期"]).under("公函"),
    col(Number, &["来宾人数"]).under("人数"),
    col(Number, &["陪餐人数"]).under("人数"),
    col(Text, &["用餐地点", "就餐场所"]),
    col(Money, &["用餐标准"]),
    col(Money, &["接待金额"]),
    col(Code, &["行政区划代码"]),
    col(Date, &["登记日期"]),
];

/// Everyday bills of a unit and month in a county of full size.
const TREASURY_PER_MONTH: usize = 24;
const VOUCHERS_PER_MONTH: usize = 38;

pub fn write(county: &County, office: &mut Office, staff: &Staff) -> Result<(), SynthError> {
    let suppliers = Suppliers::of(&county.companies);
    let mut bills =
        Bills { county, staff, suppliers, rng: Rng::new(county.seed, "bills"), turn: 0, serial: 0 };
    for (first, last) in time::half_years() {
        bills.write_treasury(office, first, last)?;
        bills.write_vouchers(office, first, last)?;
    }
    write_receptions(county, office)
}

struct Bills<'a> {
    county: &'a County,
    staff: &'a Staff,
    suppliers: Suppliers,
    rng: Rng,
    turn: usize,
    serial: u64,
}

impl Bills<'_> {
    /// The month's payments of one unit: the everyday ones and those planted.
    fn month(&mut self, unit: usize, month: i32, count: usize, planted: &[Payment]) -> Vec<Payment> {
        let mut payments: Vec<Payment> = (0..count)
            .map(|_| {
                self.turn += 1;
                bill::everyday(unit, month, self.suppliers.seller(self.turn), &mut self.rng)
            })
            .collect();
        let here = |payment: &&Payment| payment.unit == unit && time::month_of(payment.time.date()) == month;
        payments.extend(planted.iter().filter(here).cloned());
        payments.retain(|payment| payment.time.date() <= time::today());
        payments.sort_by_key(|payment| (payment.time, payment.payee));
        payments
    }

    fn write_treasury(&mut self, office: &mut Office, first: i32, last: i32) -> Result<(), SynthError> {
        let name = format!("国库集中支付_{}", time::half_year_name(first));
        let spec = FileSpec::csv("treasury_payment", Dept::Finance, name, TREASURY).months(first, last);
        let mut table = office.begin(spec.dirt(Dirt::MACHINE))?;
        for month in first..=last {
            for unit in 0..self.county.units.len() {
                for payment in self.month(
                    unit,
                    month,
                    self.county.share_of(TREASURY_PER_MONTH),
                    &self.county.spending.treasury,
                ) {
                    self.serial += 1;
                    self.treasury_row(&mut table, &payment)?;
                }
            }
        }
        office.end(table)
    }

    fn treasury_row(&self, table: &mut Table, payment: &Payment) -> Result<(), SynthError> {
        let (unit, payee) = (&self.county.units[payment.unit], &self.county.companies[payment.payee]);
        let id =
            |turn: usize| self.staff.member(payment.unit, turn).map(|person| &self.county.people[person].id);
        table
            .code_with(|out| out.push_str(&format!("GK{:09}", self.serial)))
            .code(unit.code.as_str())
            .text(&unit.name);
        table.code(place::as_text(&unit.region)).moment(payment.time).money(payment.fen).text(&payee.name);
        table.code(payee.code.as_str()).account(&Company::account(payment.payee)).text("砚溪农村商业银行");
        table.text(&payment.summary).code(payment.economic).code("2010301").text("授权支付").empty();
        table.id_or_empty(id(self.serial as usize)).id_or_empty(id(0)).end_row()
    }

    fn write_vouchers(&mut self, office: &mut Office, first: i32, last: i32) -> Result<(), SynthError> {
        let name = format!("单位会计凭证_{}", time::half_year_name(first));
        let spec = FileSpec::csv("reimbursement_voucher", Dept::Finance, name, VOUCHERS).months(first, last);
        let mut table = office.begin(spec.dirt(Dirt::MACHINE))?;
        for month in first..=last {
            for unit in 0..self.county.units.len() {
                let payments = self.month(
                    unit,
                    month,
                    self.county.share_of(VOUCHERS_PER_MONTH),
                    &self.county.spending.vouchers,
                );
                for (number, payment) in payments.iter().enumerate() {
                    self.voucher_row(&mut table, payment, number)?;
                }
            }
        }
        office.end(table)
    }

    /// Two payments of one day share a voucher.
    fn voucher_row(&self, table: &mut Table, payment: &Payment, number: usize) -> Result<(), SynthError> {
        let (unit, payee) = (&self.county.units[payment.unit], &self.county.companies[payment.payee]);
        let id =
            |turn: usize| self.staff.member(payment.unit, turn).map(|person| &self.county.people[person].id);
        table.code_with(|out| out.push_str(&format!("记-{:04}", number / 2 + 1))).int(number as i64 % 2 + 1);
        table
            .code(unit.code.as_str())
            .text(&unit.name)
            .code(place::as_text(&unit.region))
            .date(payment.time.date());
        table.text(&payment.summary).code_with(|out| out.push_str(&format!("5001{}", payment.economic)));
        table.text("商品和服务费用").money(payment.fen);
        table.id_or_empty(id(number + 1)).id_or_empty(id(0)).text(&payee.name);
        table
            .account(&Company::account(payment.payee))
            .text("银行转账")
            .int(1 + payment.fen / 100 % 4)
            .end_row()
    }
}

fn write_receptions(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let spec =
        FileSpec::xlsx("reception_register", Dept::Offices, "公务接待登记", RECEPTIONS).dirt(Dirt::TIDY);
    let mut table = office.begin(spec)?;
    let mut receptions: Vec<&Reception> = county.spending.receptions.iter().collect();
    receptions.sort_by_key(|reception| (reception.day, reception.unit));
    for reception in receptions {
        let unit = &county.units[reception.unit];
        let (guests, hosts) = reception.people;
        let standard = if reception.dinner { 12_000 } else { 10_000 };
        table.code_with(|out| out.push_str(&format!("JD{:06}", reception.serial))).code(unit.code.as_str());
        table.date(reception.day).text(if reception.dinner { "晚餐" } else { "午餐" }).text("云汀市相关部门");
        table.code_with(|out| {
            out.push_str(&format!("云函〔{}〕{}号", reception.day.format("%Y"), reception.serial % 300 + 1))
        });
        table.date(time::plus(reception.day, -2)).int(guests).int(hosts).text("机关食堂");
        table.money(standard).money(standard * (guests + hosts)).code(place::as_text(&unit.region));
        table.date(time::plus(reception.day, 1).min(time::today())).end_row()?;
    }
    office.end(table)
}
