//! Invoices: heads and lines.

use super::{Invoice, bill};
use crate::{
    SynthError,
    base::{Rng, time},
    county::County,
    village::{Suppliers, invoice_number},
    write::{
        Column, Dept, Dirt, FileSpec,
        Kind::{Code, Moment, Money, Name, Note, Number, Text, Word},
        Office, Table, col, req,
    },
};

const HEADS: &[Column] = &[
    req(Code, &["发票号码", "数电票号码"]),
    req(Moment, &["开票日期", "开票时间"]),
    col(Code, &["销方税号", "销售方纳税人识别号"]),
    col(Text, &["销方名称", "销售方名称"]),
    col(Code, &["购方税号", "购买方纳税人识别号"]),
    col(Text, &["购方名称", "购买方名称"]),
    req(Money, &["价税合计"]),
    col(Money, &["税额", "合计税额"]),
    col(Word, &["发票状态"]),
    col(Name, &["开票人"]),
    col(Note, &["备注", "发票备注"]),
    col(Code, &["销方区划代码"]),
];

const LINES: &[Column] = &[
    req(Code, &["发票号码", "数电票号码"]),
    req(Number, &["行号", "明细行号"]),
    col(Moment, &["开票日期", "开票时间"]),
    col(Code, &["销方税号", "销售方识别号"]),
    col(Code, &["购方税号", "购买方识别号"]),
    req(Text, &["货物或应税劳务名称", "货物或服务名称"]),
    col(Code, &["税收分类编码", "商品和服务税收分类编码"]),
    col(Text, &["规格型号"]),
    col(Text, &["单位", "计量单位"]),
    col(Number, &["数量"]),
    col(Money, &["不含税单价"]),
    req(Money, &["不含税金额"]),
];
/// Everyday invoices to a unit in a month in a county of full size.
const PER_MONTH: usize = 22;

/// Writes the invoices to units, half-year by half-year.
pub fn write(county: &County, office: &mut Office) -> Result<(), SynthError> {
    let suppliers = Suppliers::of(&county.companies);
    let mut rng = Rng::new(county.seed, "invoices");
    let mut turn = 0;
    for (first, last) in time::half_years() {
        let spec = |dataset, name: &str, columns| {
            let name = format!("{name}_{}", time::half_year_name(first));
            FileSpec::csv(dataset, Dept::Tax, name, columns).months(first, last).dirt(Dirt::MACHINE)
        };
        let mut heads = office.begin(spec("invoice_header", "增值税发票主信息", HEADS))?;
        let mut lines = office.begin(spec("invoice_line", "增值税发票明细", LINES))?;
        for month in first..=last {
            let mut invoices: Vec<Invoice> = Vec::new();
            for unit in 0..county.units.len() {
                for _ in 0..county.share_of(PER_MONTH) {
                    turn += 1;
                    let seller = suppliers.seller(turn);
                    invoices.push(bill::everyday_invoice(
                        unit,
                        month,
                        seller,
                        60_000_000 + turn as u32,
                        &mut rng,
                    ));
                }
            }
            let planted = county.spending.invoices.iter();
            invoices.extend(planted.filter(|invoice| time::month_of(invoice.time.date()) == month).cloned());
            invoices.sort_by_key(|invoice| (invoice.time, invoice.serial));
            for invoice in &invoices {
                write_invoice(county, &mut heads, &mut lines, invoice)?;
            }
        }
        office.end(heads)?;
        office.end(lines)?;
    }
    Ok(())
}

fn write_invoice(
    county: &County,
    heads: &mut Table,
    lines: &mut Table,
    invoice: &Invoice,
) -> Result<(), SynthError> {
    let seller = &county.companies[invoice.seller];
    let (buyer_name, buyer) = invoice.buyer_of(&county.units, &county.companies);
    let number = invoice_number(invoice.serial);
    let tax = invoice.net() * 3 / 100;
    heads.code(&number).moment(invoice.time).code(seller.code.as_str()).text(&seller.name);
    heads.code(buyer).text(buyer_name).money(invoice.net() + tax).money(tax);
    heads.text(if invoice.void { "作废" } else { "正常" }).text_with(|out| {
        if let Some(owner) = seller.legal_rep() {
            county.people[owner].name.push_to(out);
        }
    });
    heads.text("电子发票").code("870121000000").end_row()?;
    for (index, line) in invoice.lines.iter().enumerate() {
        let (goods, measure, class) = line.goods;
        lines.code(&number).int(index as i64 + 1).moment(invoice.time).code(seller.code.as_str()).code(buyer);
        lines.text(goods).code_with(|out| out.push_str(&format!("{class:0<19}"))).text("标准").text(measure);
        lines.int(line.quantity).money(line.price).money(line.price * line.quantity).end_row()?;
    }
    Ok(())
}
