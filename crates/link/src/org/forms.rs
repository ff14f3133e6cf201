//! Legal forms and other endings that say what an organisation is.

/// What an organisation is by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// 有限责任公司, 有限公司, Ltd, LLC, GmbH.
    Limited,
    /// 股份有限公司, Inc, PLC, AG, SA.
    JointStock,
    /// 公司 or Company without more.
    Company,
    /// 普通合伙, 有限合伙, LLP.
    Partnership,
    /// A shop, stall or workshop of one person in business.
    Individual,
    /// 农民专业合作社 and their unions.
    Cooperative,
    /// 村民委员会, 居民委员会 and the collective of a village.
    Village,
    /// A state organ.
    Authority,
    /// A school, hospital, institute, factory or the like.
    Institution,
    /// A union, association, society or foundation.
    Society,
}

/// Endings in simplified characters; of two that fit the longer one holds.
const ENDINGS: [(&str, Form); 74] = [
    ("有限责任公司", Form::Limited),
    ("有限公司", Form::Limited),
    ("股份有限公司", Form::JointStock),
    ("股份公司", Form::JointStock),
    ("总公司", Form::Company),
    ("公司", Form::Company),
    ("(普通合伙)", Form::Partnership),
    ("(有限合伙)", Form::Partnership),
    ("(特殊普通合伙)", Form::Partnership),
    ("普通合伙", Form::Partnership),
    ("有限合伙", Form::Partnership),
    ("合伙企业", Form::Partnership),
    ("(个体工商户)", Form::Individual),
    ("个体工商户", Form::Individual),
    ("(个人独资)", Form::Individual),
    ("个人独资企业", Form::Individual),
    ("经营部", Form::Individual),
    ("营业部", Form::Individual),
    ("门市部", Form::Individual),
    ("服务部", Form::Individual),
    ("工作室", Form::Individual),
    ("小卖部", Form::Individual),
    ("商行", Form::Individual),
    ("商店", Form::Individual),
    ("超市", Form::Individual),
    ("饭店", Form::Individual),
    ("餐馆", Form::Individual),
    ("酒店", Form::Individual),
    ("店", Form::Individual),
    ("家庭农场", Form::Individual),
    ("农民专业合作社联合社", Form::Cooperative),
    ("农民专业合作社", Form::Cooperative),
    ("专业合作社", Form::Cooperative),
    ("供销合作社", Form::Cooperative),
    ("供销社", Form::Cooperative),
    ("合作社", Form::Cooperative),
    ("股份经济合作社", Form::Village),
    ("经济合作社", Form::Village),
    ("经济联合社", Form::Village),
    ("村民委员会", Form::Village),
    ("村委会", Form::Village),
    ("居民委员会", Form::Village),
    ("居委会", Form::Village),
    ("村民小组", Form::Village),
    ("人民政府", Form::Authority),
    ("政府", Form::Authority),
    ("街道办事处", Form::Authority),
    ("管理委员会", Form::Authority),
    ("管委会", Form::Authority),
    ("委员会", Form::Authority),
    ("办公室", Form::Authority),
    ("局", Form::Authority),
    ("厅", Form::Authority),
    ("人民法院", Form::Authority),
    ("人民检察院", Form::Authority),
    ("学校", Form::Institution),
    ("小学", Form::Institution),
    ("中学", Form::Institution),
    ("幼儿园", Form::Institution),
    ("学院", Form::Institution),
    ("大学", Form::Institution),
    ("医院", Form::Institution),
    ("卫生院", Form::Institution),
    ("卫生室", Form::Institution),
    ("事务所", Form::Institution),
    ("研究院", Form::Institution),
    ("中心", Form::Institution),
    ("厂", Form::Institution),
    ("工会", Form::Society),
    ("协会", Form::Society),
    ("学会", Form::Society),
    ("商会", Form::Society),
    ("联合会", Form::Society),
    ("基金会", Form::Society),
];

/// Latin forms, lower case without dots.
const LATIN: [(&str, Form); 30] = [
    ("limited", Form::Limited),
    ("ltd", Form::Limited),
    ("pty", Form::Limited),
    ("llc", Form::Limited),
    ("gmbh", Form::Limited),
    ("bv", Form::Limited),
    ("srl", Form::Limited),
    ("sarl", Form::Limited),
    ("kk", Form::Limited),
    ("inc", Form::JointStock),
    ("incorporated", Form::JointStock),
    ("corp", Form::JointStock),
    ("corporation", Form::JointStock),
    ("plc", Form::JointStock),
    ("ag", Form::JointStock),
    ("sa", Form::JointStock),
    ("spa", Form::JointStock),
    ("nv", Form::JointStock),
    ("ab", Form::JointStock),
    ("oyj", Form::JointStock),
    ("co", Form::Company),
    ("company", Form::Company),
    ("llp", Form::Partnership),
    ("lp", Form::Partnership),
    ("kg", Form::Partnership),
    ("cooperative", Form::Cooperative),
    ("association", Form::Society),
    ("foundation", Form::Society),
    ("trust", Form::Society),
    ("council", Form::Authority),
];

/// The form a Han name ends in, and what stands before it.
pub(super) fn of_ending(name: &str) -> Option<(&str, Form)> {
    let fits = ENDINGS.iter().filter_map(|(ending, form)| Some((name.strip_suffix(ending)?, *form)));
    fits.min_by_key(|(before, _)| before.len())
}

/// The form a Latin word stands for.
pub(super) fn of_word(word: &str) -> Option<Form> {
    LATIN.iter().find(|(known, _)| *known == word).map(|(_, form)| *form)
}

/// Whether two forms may be one, written loosely: a person's shop is often called a company and not the reverse.
pub(super) fn agree(one: Form, other: Form) -> bool {
    let loose = |form| if form == Form::Company { None } else { Some(form) };
    one == other || loose(one).is_none() && loose(other) == Some(Form::Limited) || {
        loose(other).is_none() && loose(one) == Some(Form::Limited)
    }
}
