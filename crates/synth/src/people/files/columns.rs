use crate::write::{
    Column,
    Kind::{Code, Date, Id, Money, Name, Phone, Text, Word},
    col, req,
};

pub const POPULATION: &[Column] = &[
    req(Id, &["公民身份号码", "身份证号"]),
    col(Name, &["姓名"]),
    col(Word, &["性别"]),
    col(Date, &["出生日期", "出生年月日"]),
    req(Code, &["户籍地行政区划", "户籍地区划代码"]),
    col(Text, &["户籍地址", "户籍地详细地址", "住址"]),
    col(Code, &["户号", "户编号"]),
    col(Word, &["户口性质", "户别"]),
    req(Word, &["户籍状态", "人员状态"]),
    col(Date, &["状态变动日期", "变动日期"]),
    col(Phone, &["联系电话", "手机号码"]),
];

pub const HOUSEHOLDS: &[Column] = &[
    req(Code, &["户号", "户编号"]),
    req(Id, &["公民身份号码", "身份证号码"]),
    col(Name, &["姓名"]),
    col(Word, &["与户主关系", "与户主的关系"]),
    col(Id, &["户主身份证号", "户主公民身份号码"]),
    col(Code, &["行政区划代码", "区划代码"]),
    col(Date, &["入户日期", "立户日期"]),
    col(Date, &["离户日期", "迁出日期"]),
];

pub const BIRTHS: &[Column] = &[
    req(Code, &["出生医学证明编号", "出生证编号"]),
    col(Id, &["新生儿身份证号", "子女身份证号"]),
    req(Date, &["出生日期", "出生时间"]),
    col(Id, &["母亲身份证号", "产妇身份证号"]),
    col(Id, &["父亲身份证号", "父亲证件号码"]),
    col(Code, &["助产机构信用代码", "签发机构信用代码"]),
    col(Code, &["行政区划代码", "区划代码"]),
];

pub const MARRIAGES: &[Column] = &[
    req(Code, &["登记字号", "证件字号"]),
    req(Id, &["男方身份证号", "男方身份证号码"]),
    req(Id, &["女方身份证号", "女方身份证号码"]),
    req(Word, &["业务类型", "登记类型"]),
    req(Date, &["登记日期", "办理日期"]),
    col(Code, &["行政区划代码", "区划代码"]),
];

pub const CANCELLATIONS: &[Column] = &[
    req(Id, &["公民身份号码", "身份证号"]),
    col(Name, &["姓名"]),
    req(Word, &["注销原因", "注销类别"]),
    req(Date, &["注销日期", "户口注销日期"]),
    col(Date, &["死亡日期", "事由发生日期"]),
    col(Code, &["户籍地区划代码"]),
];

pub const CERTIFICATES: &[Column] = &[
    req(Id, &["死者身份证号", "身份证号"]),
    col(Name, &["死者姓名", "姓名"]),
    req(Date, &["死亡日期", "死亡时间"]),
    col(Word, &["死亡地点", "死亡场所"]),
    col(Code, &["签发机构信用代码"]),
    col(Code, &["行政区划代码", "区划代码"]),
    col(Date, &["签发日期", "填发日期"]),
];

pub const CREMATIONS: &[Column] = &[
    req(Id, &["逝者身份证号", "死者身份证号"]),
    col(Name, &["逝者姓名", "死者姓名"]),
    col(Date, &["死亡日期", "逝世日期"]),
    req(Date, &["火化日期", "火化时间"]),
    col(Code, &["殡仪馆信用代码"]),
    col(Code, &["行政区划代码", "区划代码"]),
    col(Name, &["经办家属姓名", "家属姓名"]),
    col(Money, &["减免费用", "惠民殡葬减免金额"]),
];
