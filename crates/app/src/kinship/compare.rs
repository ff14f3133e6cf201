//! What registers say and a declaration does not. A difference is to be verified: it says nothing of why.

use gnomon_domain::DifferenceKind;
use gnomon_kernel::{Instant, Masked};
use gnomon_library::office::KinMatter;
use gnomon_store::{Difference, Relative};

/// Relatives up to this degree are declared.
const DEGREE: u8 = 2;
/// The declared relation that contradicts no register.
const ANY_RELATION: &str = "other";

/// Everything that differs, each once, in the order of the registers.
pub(super) fn differences(relatives: &[Relative], known: &[KinMatter], now: Instant) -> Vec<Difference> {
    let mut found: Vec<Difference> = Vec::new();
    for matter in known.iter().filter(|matter| matter.degree <= DEGREE) {
        let relation = [DifferenceKind::RelativeMissing, DifferenceKind::RelationOther].into_iter();
        let organisation = matter.organisation.iter().map(|_| DifferenceKind::MatterMissing);
        for kind in relation.chain(organisation) {
            let one = difference(kind, matter, relatives, now);
            if !is_covered(&one, relatives) && found.iter().all(|other| other.key() != one.key()) {
                found.push(one);
            }
        }
    }
    found
}

/// Whether what is declared leaves nothing of a difference.
pub(super) fn is_covered(difference: &Difference, relatives: &[Relative]) -> bool {
    let mut same =
        relatives.iter().filter(|relative| is_same(relative, &difference.kin, &difference.kin_name));
    match difference.kind {
        DifferenceKind::RelativeMissing => same.next().is_some(),
        DifferenceKind::RelationOther => {
            same.all(|relative| relative.relation == difference.relation || relative.relation == ANY_RELATION)
        }
        DifferenceKind::MatterMissing => same.any(|relative| match &relative.org_code {
            Some(code) => Some(code) == difference.org_code.as_ref(),
            None => !relative.org_name.is_empty() && relative.org_name == difference.org_name,
        }),
    }
}

/// What was answered before keeps its answer, and since when it is known.
pub(super) fn with_answers(found: Vec<Difference>, before: &[Difference]) -> Vec<Difference> {
    let answered = |one: Difference| match before.iter().find(|known| known.key() == one.key()) {
        Some(known) => Difference {
            found_at: known.found_at,
            answer: known.answer.clone(),
            answered_by_name: known.answered_by_name.clone(),
            answered_at: known.answered_at,
            ..one
        },
        None => one,
    };
    found.into_iter().map(answered).collect()
}

/// By number; a relative who was declared without one, by name.
fn is_same(relative: &Relative, kin: &Masked<String>, name: &str) -> bool {
    match &relative.kin {
        Some(number) => number == kin,
        None => !name.is_empty() && relative.kin_name == name,
    }
}

fn difference(kind: DifferenceKind, matter: &KinMatter, relatives: &[Relative], now: Instant) -> Difference {
    let organisation = matter.organisation.as_ref().filter(|_| kind == DifferenceKind::MatterMissing);
    let declared = relatives.iter().find(|relative| is_same(relative, &matter.kin, &matter.name));
    Difference {
        id: 0,
        kind,
        kin: matter.kin.clone(),
        kin_name: matter.name.clone(),
        relation: matter.relation.clone(),
        declared_relation: declared.map(|relative| relative.relation.clone()).unwrap_or_default(),
        org_code: organisation.map(|known| known.code.clone()),
        org_name: organisation.map(|known| known.name.clone()).unwrap_or_default(),
        role: organisation.map(|known| known.role.clone()).unwrap_or_default(),
        source: matter.source.clone(),
        rows: matter.rows.clone(),
        found_at: now,
        answer: String::new(),
        answered_by_name: String::new(),
        answered_at: None,
    }
}

#[cfg(test)]
mod tests {
    use gnomon_library::office::KinOrganisation;

    use super::*;

    const CHILD: &str = "870121199009090349";

    fn known(relation: &str, degree: u8, code: Option<&str>) -> KinMatter {
        let organisation = |code: &str| KinOrganisation {
            code: code.into(),
            name: "砚溪青禾建材".into(),
            role: "legal_rep".into(),
        };
        KinMatter {
            kin: Masked::new(CHILD.into()),
            name: "温苗".into(),
            relation: relation.into(),
            degree,
            source: "birth".into(),
            organisation: code.map(organisation),
            rows: vec![],
        }
    }

    fn declared(kin: Option<&str>, relation: &str, org: (&str, &str)) -> Relative {
        Relative {
            id: 0,
            kin: kin.map(|kin| Masked::new(kin.into())),
            kin_name: "温苗".into(),
            relation: relation.into(),
            employer: String::new(),
            matter: "company".into(),
            detail: String::new(),
            org_code: Some(org.0.to_owned()).filter(|code| !code.is_empty()),
            org_name: org.1.into(),
            program_code: None,
            contract_no: None,
        }
    }

    fn kinds(relatives: &[Relative], known: &[KinMatter]) -> Vec<DifferenceKind> {
        let now = "2025-11-21T02:00:00Z".parse().unwrap();
        differences(relatives, known, now).iter().map(|one| one.kind).collect()
    }

    #[test]
    fn only_what_differs_is_told_each_once() {
        use DifferenceKind::{MatterMissing, RelationOther, RelativeMissing};
        let firms =
            [known("child", 1, Some("91870121MA0X000157")), known("child", 1, Some("91870121MA0X000232"))];
        assert_eq!(kinds(&[], &firms), [RelativeMissing, MatterMissing, MatterMissing]);
        let one = declared(Some(CHILD), "child", ("91870121MA0X000157", ""));
        assert_eq!(kinds(std::slice::from_ref(&one), &firms), [MatterMissing]);
        let by_name = declared(None, "child", ("", "砚溪青禾建材"));
        assert_eq!(kinds(&[by_name], &firms[..1]), [], "a name will do where no number is declared");
        let other = declared(Some(CHILD), "sibling", ("91870121MA0X000157", ""));
        assert_eq!(kinds(&[other], &firms[..1]), [RelationOther]);
        let stranger = declared(Some("870121199009090357"), "child", ("", ""));
        assert_eq!(
            kinds(&[stranger], &[known("child", 1, None)]),
            [RelativeMissing],
            "a namesake is another person"
        );
        assert_eq!(kinds(&[], &[known("grandchild", 3, None)]), [], "too far");
    }
}
