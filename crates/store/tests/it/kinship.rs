use std::collections::BTreeSet;

use gnomon_domain::{
    Actor, ArrangementKind, DifferenceKind, KinshipEvent, KinshipMatter, KinshipState, PublicationState,
    calendar::is_weekday,
};
use gnomon_kernel::{KinshipId, Masked, PublicationId, RowRef};
use gnomon_store::{
    Arrangement, Declaration, Difference, Error, Publication, PublishedLine, Relative, Tx, UnitAccount,
};

use crate::{
    bench::Bench,
    make::{IDS, day, noon, officer, save, user},
};

const OFFICIAL: &str = "870121197001010210";
const CHILD: &str = "870121199009090349";

fn masked(text: &str) -> Masked<String> {
    Masked::new(text.to_owned())
}

async fn add(tx: &Tx, official: &str, name: &str) -> Declaration {
    let (matter, entry) = KinshipMatter::open(Some(day("2026-03-31")), "", &Actor::system(), noon());
    let number = tx.take_kinship_number(2026).await.unwrap();
    let declaration = Declaration {
        id: KinshipId::new(IDS),
        version: 0,
        disclosure_no: number.clone(),
        number,
        year: 2026,
        official: masked(official),
        official_name: name.into(),
        unit: "U1".into(),
        unit_name: "民政局".into(),
        post: "科员".into(),
        region_code: None,
        changed_on: None,
        opened_at: noon(),
        declared_by_name: String::new(),
        declared_at: None,
        handler_name: String::new(),
        publication: None,
        batch: None,
        matter,
    };
    tx.add_declaration(&declaration).await.unwrap();
    tx.add_kinship_event(&declaration.id, &entry).await.unwrap();
    declaration
}

fn relative(kin: Option<&str>, name: &str) -> Relative {
    Relative {
        id: 0,
        kin: kin.map(masked),
        kin_name: name.into(),
        relation: "child".into(),
        employer: String::new(),
        matter: "company".into(),
        detail: format!("{name}持股"),
        org_code: Some("91870121MA0X000157".into()),
        org_name: "青禾建材".into(),
        program_code: None,
        contract_no: None,
    }
}

fn difference(kin: &str) -> Difference {
    Difference {
        id: 0,
        kind: DifferenceKind::MatterMissing,
        kin: masked(kin),
        kin_name: "温苗".into(),
        relation: "child".into(),
        declared_relation: "child".into(),
        org_code: Some("91870121MA0X000232".into()),
        org_name: "远岫市政".into(),
        role: "legal_rep".into(),
        source: "birth".into(),
        rows: vec![RowRef { batch: 1, sheet: 0, line: 2 }],
        found_at: noon(),
        answer: String::new(),
        answered_by_name: String::new(),
        answered_at: None,
    }
}

fn list(declaration: &Declaration, kin: &str) -> Publication {
    Publication {
        id: PublicationId::new(IDS),
        number: "P-26-0001".into(),
        version: 0,
        year: 2026,
        unit: "U1".into(),
        unit_name: "民政局".into(),
        state: PublicationState::Asked,
        lines: vec![PublishedLine {
            declaration: declaration.id.clone(),
            official: declaration.official_name.clone(),
            post: "科员".into(),
            relation: "child".into(),
            kin: kin.into(),
            matter: "company".into(),
            org: "青禾建材".into(),
            detail: String::new(),
        }],
        asked_by: None,
        asked_by_name: "何静".into(),
        asked_at: noon(),
        answered_by_name: String::new(),
        answered_at: None,
        remark: String::new(),
        shown_until: None,
    }
}

pub async fn a_declaration_comes_back_with_all_that_belongs_to_it(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let first = add(&tx, OFFICIAL, "温竹").await;
    let other = add(&tx, "870121197106250229", "卓溪").await;
    assert_eq!((first.number.as_str(), other.number.as_str()), ("K-26-00001", "K-26-00002"));
    let (matter, entry) = first.matter.apply(KinshipEvent::Submit, &officer(), noon(), is_weekday).unwrap();
    let sent = Declaration { matter, declared_at: Some(noon()), ..first.clone() };
    tx.update_declaration(&sent).await.unwrap();
    tx.add_kinship_event(&sent.id, &entry).await.unwrap();
    assert!(matches!(tx.update_declaration(&first).await, Err(Error::Conflict)));
    tx.replace_relatives(&first.id, &[relative(None, "温苗"), relative(Some(CHILD), "温苗")]).await.unwrap();
    tx.replace_relatives(&first.id, &[relative(Some(CHILD), "温苗")]).await.unwrap();
    tx.replace_differences(&first.id, &[difference(CHILD)]).await.unwrap();
    let exit = Arrangement {
        kind: ArrangementKind::Exit,
        record: "退出股份".into(),
        due: Some(day("2026-09-01")),
        by_name: "李明".into(),
        at: noon(),
        proof: String::new(),
        proved_at: None,
    };
    tx.add_arrangement(&first.id, &exit).await.unwrap();
    tx.prove_exits(&first.id, "通知书", noon()).await.unwrap();
    save(tx).await;

    let tx = bench.store.read().await.unwrap();
    let found = tx.declaration(&first.id).await.unwrap().unwrap();
    assert_eq!(found, Declaration { version: 1, ..sent });
    assert_eq!(tx.declaration_named("K-26-00001").await.unwrap(), Some(found.clone()));
    assert_eq!(tx.declarations(2026, Some("U1")).await.unwrap().len(), 2);
    assert!(tx.declarations(2025, None).await.unwrap().is_empty());
    assert_eq!(tx.declarations_of(OFFICIAL).await.unwrap(), [found]);
    assert_eq!(tx.kinship_years().await.unwrap(), [2026]);
    let relatives = tx.relatives(&first.id).await.unwrap();
    assert_eq!(relatives, [Relative { id: relatives[0].id, ..relative(Some(CHILD), "温苗") }]);
    let differences = tx.differences(&first.id).await.unwrap();
    assert_eq!(differences, [Difference { id: differences[0].id, ..difference(CHILD) }]);
    assert_eq!(tx.open_differences(2026).await.unwrap(), [(first.id.clone(), 1)]);
    let proved = Arrangement { proof: "通知书".into(), proved_at: Some(noon()), ..exit };
    assert_eq!(tx.arrangements(&first.id).await.unwrap(), [proved]);
    let timeline = tx.kinship_timeline(&first.id).await.unwrap();
    let states: Vec<_> = timeline.iter().map(|entry| (entry.from, entry.to)).collect();
    use KinshipState::{Declared, Due};
    assert_eq!(states, [(None, Due), (Some(Due), Declared)]);
}

pub async fn a_list_is_answered_once(bench: &Bench) {
    let tx = bench.store.write().await.unwrap();
    let declaration = add(&tx, OFFICIAL, "温竹").await;
    let asked = list(&declaration, "温*");
    tx.add_publication(&asked).await.unwrap();
    let released = Publication {
        state: PublicationState::Released,
        answered_by_name: "宋岚".into(),
        answered_at: Some(noon()),
        shown_until: Some(day("2026-04-08")),
        ..asked.clone()
    };
    tx.answer_publication(&released).await.unwrap();
    assert!(matches!(tx.answer_publication(&asked).await, Err(Error::Conflict)));
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    let found = tx.publication(&asked.id).await.unwrap().unwrap();
    assert_eq!(found, Publication { version: 1, ..released });
    assert_eq!(tx.publications(2026, Some("U1")).await.unwrap(), [found]);
}

pub async fn an_erased_person_is_in_no_declaration(bench: &Bench) {
    let (chen, namesake) = (user("chen"), "870121199009090357");
    let tx = bench.store.write().await.unwrap();
    tx.add_user(&chen, "hash").await.unwrap();
    let account = UnitAccount { unit: "U1".into(), official: Some(masked(CHILD)) };
    tx.put_unit_account(&chen.id, &account).await.unwrap();
    let parent = add(&tx, OFFICIAL, "温竹").await;
    let own = add(&tx, CHILD, "温苗").await;
    let stranger = add(&tx, "870121197106250229", "卓溪").await;
    tx.replace_relatives(&parent.id, &[relative(Some(CHILD), "温苗")]).await.unwrap();
    tx.replace_relatives(&stranger.id, &[relative(Some(namesake), "温苗")]).await.unwrap();
    let answered = Difference { answer: format!("温苗（{CHILD}）已离职"), ..difference(CHILD) };
    tx.replace_differences(&parent.id, &[answered]).await.unwrap();
    let told = KinshipEvent::Explain { reason: "温苗已离职".into() };
    let found = KinshipMatter { state: KinshipState::MatterFound, ..parent.matter.clone() };
    let (_, entry) = found.apply(told, &officer(), noon(), is_weekday).unwrap();
    tx.add_kinship_event(&parent.id, &entry).await.unwrap();
    let (of_parent, of_stranger) = (list(&parent, "温*"), list(&stranger, "温*"));
    tx.add_publication(&of_parent).await.unwrap();
    tx.add_publication(&Publication { number: "P-26-0002".into(), ..of_stranger.clone() }).await.unwrap();
    tx.forget_subject(CHILD, "erased-00000001", &BTreeSet::new()).await.unwrap();
    save(tx).await;

    let tx = bench.store.read().await.unwrap();
    let relatives = tx.relatives(&parent.id).await.unwrap();
    assert_eq!(relatives[0].kin, Some(masked("erased-00000001")));
    assert_eq!((relatives[0].kin_name.as_str(), relatives[0].detail.as_str()), ("—", "—持股"));
    let differences = tx.differences(&parent.id).await.unwrap();
    assert_eq!(differences[0].kin, masked("erased-00000001"));
    assert_eq!(differences[0].answer, "—（erased-00000001）已离职");
    let own = tx.declaration(&own.id).await.unwrap().unwrap();
    assert_eq!((own.official, own.official_name.as_str()), (masked("erased-00000001"), "—"));
    assert_eq!(tx.kinship_timeline(&parent.id).await.unwrap()[1].note, "—已离职");
    assert_eq!(tx.publication(&of_parent.id).await.unwrap().unwrap().lines[0].kin, "—");
    assert_eq!(tx.publication(&of_stranger.id).await.unwrap().unwrap().lines[0].kin, "温*");
    assert_eq!(tx.relatives(&stranger.id).await.unwrap()[0].kin_name, "温苗", "a namesake stays");
    assert_eq!(tx.unit_account(&chen.id).await.unwrap(), None);
}
