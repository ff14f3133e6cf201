use serde::{Deserialize, Serialize};

use crate::EntityKind;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident, $word:literal;)*) => {
        /// What ties two parties. Each is read in one direction, from the first party to the second; the sentence in the
        /// documentation says which.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[repr(u8)]
        pub enum TieKind { $($(#[$doc])* $name,)* }

        impl TieKind {
            /// All kinds, in the order of [`TieKind::index`].
            pub const ALL: &'static [TieKind] = &[$(TieKind::$name,)*];

            /// The word used in files, URLs and locale keys.
            pub fn as_str(self) -> &'static str {
                match self { $(TieKind::$name => $word,)* }
            }
        }
    };
}

kinds! {
    /// Both are married to each other.
    Spouse, "spouse";
    /// The second is the first's mother or father.
    Parent, "parent";
    /// They are brothers or sisters.
    Sibling, "sibling";
    /// The second is a parent of the first's spouse.
    SpouseParent, "spouse_parent";
    /// The second is married to a brother or sister of the first.
    SiblingSpouse, "sibling_spouse";
    /// The second is a grandparent of the first.
    Grandparent, "grandparent";
    /// They are relatives of another degree.
    Kin, "kin";
    /// They stand in one household book, which says no more.
    Household, "household";
    /// The first is the second's legal representative.
    LegalRep, "legal_rep";
    /// The first holds a share of the second.
    Shareholder, "shareholder";
    /// The first is a director of the second.
    Director, "director";
    /// The first is a supervisor of the second.
    Supervisor, "supervisor";
    /// The first manages the second.
    Manager, "manager";
    /// The first runs the second, an individual business.
    Operator, "operator";
    /// The first is employed by the second.
    Employee, "employee";
    /// The first holds public office in the second.
    Office, "office";
    /// The first keeps the second's books or answers for it.
    FinanceContact, "finance_contact";
    /// The first, a person, took on works or services of the second.
    Undertaking, "undertaking";
    /// The first organisation holds a share of the second.
    Holding, "holding";
    /// One holder has shares of both.
    SharedHolder, "shared_holder";
    /// One person has a post or a share in both.
    SharedPerson, "shared_person";
    /// One person keeps the books of both.
    SharedFinanceContact, "shared_finance_contact";
    /// Both have given one account.
    SharedAccount, "shared_account";
    /// Both have given one telephone number.
    SharedPhone, "shared_phone";
    /// Both have given one mail address.
    SharedEmail, "shared_email";
    /// Both have given one address.
    SharedAddress, "shared_address";
    /// The first won a tender of the second.
    Award, "award";
    /// The first has a contract to supply the second, or to build for it.
    Contract, "contract";
}

impl TieKind {
    /// The place in [`TieKind::ALL`].
    pub fn index(self) -> u8 {
        self as u8
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<TieKind> {
        TieKind::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }

    /// Whether it tells of one deal, which has a day and a project.
    pub fn is_deal(self) -> bool {
        matches!(self, TieKind::Award | TieKind::Contract | TieKind::Undertaking)
    }

    /// What the first and the second party are.
    pub fn parties(self) -> [EntityKind; 2] {
        use EntityKind::{Organisation, Person};
        match self {
            kin if kin <= TieKind::Household => [Person, Person],
            post if post <= TieKind::Undertaking => [Person, Organisation],
            _ => [Organisation, Organisation],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back_and_places_hold() {
        for (at, kind) in TieKind::ALL.iter().enumerate() {
            assert_eq!(TieKind::parse(kind.as_str()), Some(*kind));
            assert_eq!(usize::from(kind.index()), at);
        }
        assert_eq!(TieKind::parse("friend"), None);
    }

    #[test]
    fn kin_are_persons_and_posts_are_in_organisations() {
        use EntityKind::{Organisation, Person};
        assert_eq!(TieKind::Household.parties(), [Person, Person]);
        assert_eq!(TieKind::LegalRep.parties(), [Person, Organisation]);
        assert_eq!(TieKind::FinanceContact.parties(), [Person, Organisation]);
        assert_eq!(TieKind::Undertaking.parties(), [Person, Organisation]);
        assert_eq!(TieKind::Holding.parties(), [Organisation, Organisation]);
    }
}
