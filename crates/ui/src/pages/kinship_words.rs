//! Words of the dataset and of the registers in both languages.

use crate::tr::key;

/// Locale key of a relation; nothing is said of an unknown one.
pub fn relation_title(word: &str) -> &'static str {
    match word {
        "spouse" => key("kin-relation-spouse"),
        "child" => key("kin-relation-child"),
        "parent" => key("kin-relation-parent"),
        "sibling" => key("kin-relation-sibling"),
        "spouse_parent" => key("kin-relation-spouse-parent"),
        "child_spouse" => key("kin-relation-child-spouse"),
        "sibling_spouse" => key("kin-relation-sibling-spouse"),
        "spouse_sibling" => key("kin-relation-spouse-sibling"),
        _ => key("kin-relation-other"),
    }
}

/// Locale key of a matter.
pub fn matter_title(word: &str) -> &'static str {
    match word {
        "benefit" => key("kin-matter-benefit"),
        "position" => key("kin-matter-position"),
        "company" => key("kin-matter-company"),
        "contract" => key("kin-matter-contract"),
        "project" => key("kin-matter-project"),
        "assistance" => key("kin-matter-assistance"),
        _ => key("kin-matter-none"),
    }
}

/// Locale key of the register that tells a relation.
pub fn source_title(word: &str) -> &'static str {
    match word {
        "household" => key("kin-source-household"),
        "marriage" => key("kin-source-marriage"),
        "birth" => key("kin-source-birth"),
        _ => key("kin-source-report"),
    }
}

/// Locale key of a role in an organisation.
pub fn role_title(word: &str) -> &'static str {
    match word {
        "legal_rep" => key("kin-role-legal-rep"),
        "shareholder" => key("kin-role-shareholder"),
        "director" => key("kin-role-director"),
        "supervisor" => key("kin-role-supervisor"),
        "manager" => key("kin-role-manager"),
        _ => key("kin-role-operator"),
    }
}
