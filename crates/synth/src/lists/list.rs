use Key::{Address, Birth, Name, Number, Phone, Row, Sex};

use crate::write::{DateForm, Encoding};

/// What a column of a list says of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Row,
    Name,
    Sex,
    Birth,
    Number,
    Phone,
    Address,
}

/// How a list writes addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressForm {
    /// From the county down, group in Chinese numerals.
    Full,
    /// From the township down, group in digits.
    FromTownship,
    /// From the village down, as neighbours say it.
    FromVillage,
}

/// One department's list.
#[derive(Debug)]
pub struct List {
    /// Its file.
    pub file: &'static str,
    /// What its row numbers begin with.
    pub letter: char,
    /// The words above the columns.
    pub header: &'static [&'static str],
    /// What the columns say.
    pub keys: &'static [Key],
    /// How many people in a thousand stand in it.
    pub per_mille: u32,
    /// The least age.
    pub youngest: i32,
    /// How its text is encoded.
    pub encoding: Encoding,
    /// How it writes birthdays.
    pub date: DateForm,
    /// How it writes addresses.
    pub address: AddressForm,
}

/// The lists, in the order of their files.
pub const LISTS: [List; 5] = [
    List {
        file: "1_户籍人口.csv",
        letter: 'A',
        header: &["记录号", "公民身份号码", "姓名", "性别", "出生日期", "户籍地址"],
        keys: &[Row, Number, Name, Sex, Birth, Address],
        per_mille: 970,
        youngest: 0,
        encoding: Encoding::Utf8Bom,
        date: DateForm::Dashes,
        address: AddressForm::Full,
    },
    List {
        file: "2_居民医保参保.csv",
        letter: 'B',
        header: &["序号", "姓名", "证件号码", "性别", "出生日期", "联系电话", "家庭住址"],
        keys: &[Row, Name, Number, Sex, Birth, Phone, Address],
        per_mille: 850,
        youngest: 0,
        encoding: Encoding::Gb18030,
        date: DateForm::Slashes,
        address: AddressForm::FromTownship,
    },
    List {
        file: "3_一卡通发放.csv",
        letter: 'C',
        header: &["编号", "姓名", "身份证号", "联系电话", "家庭住址"],
        keys: &[Row, Name, Number, Phone, Address],
        per_mille: 450,
        youngest: 18,
        encoding: Encoding::Utf8,
        date: DateForm::Compact,
        address: AddressForm::FromVillage,
    },
    List {
        file: "4_养老保险参保.csv",
        letter: 'D',
        header: &["行号", "身份证号码", "姓名", "性别", "出生日期", "联系电话", "住址"],
        keys: &[Row, Number, Name, Sex, Birth, Phone, Address],
        per_mille: 700,
        youngest: 16,
        encoding: Encoding::Gb18030,
        date: DateForm::Han,
        address: AddressForm::FromTownship,
    },
    List {
        file: "5_入户走访.csv",
        letter: 'E',
        header: &["row_id", "姓名", "性别", "出生日期", "手机号码", "家庭住址"],
        keys: &[Row, Name, Sex, Birth, Phone, Address],
        per_mille: 300,
        youngest: 0,
        encoding: Encoding::Utf8,
        date: DateForm::Compact,
        address: AddressForm::FromVillage,
    },
];
