//! What ways the graph finds, and a plain search beside it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use gnomon_kernel::{Day, RowRef, TieKind, Tier};
use gnomon_ties::{Builder, Graph, MOST_SHORTEST, NewTie, Question, TieError};
use proptest::prelude::*;

const DAY: &str = "2024-06-01";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn tie<'t>(first: &'t str, second: &'t str, kind: TieKind) -> NewTie<'t> {
    let rows = [Some(RowRef { batch: 1, sheet: 0, line: 2 }), None];
    let (from, until, share) = (None, None, None);
    NewTie { first, second, kind, tier: Tier::Certain, from, until, share, many: false, rows, about: None }
}

fn graph(ties: &[NewTie<'_>]) -> Graph {
    let mut builder = Builder::default();
    for tie in ties {
        builder.add(tie).unwrap();
    }
    builder.finish()
}

/// The numbers on each way.
fn ways(graph: &Graph, from: &str, to: &str, question: &Question) -> Vec<Vec<String>> {
    let numbers = |parties: &Vec<u32>| parties.iter().map(|id| graph.party(*id).number.to_owned()).collect();
    graph.paths(from, to, question).unwrap().paths.iter().map(|path| numbers(&path.parties)).collect()
}

#[test]
fn an_official_is_tied_to_a_supplier_through_a_spouse_while_both_ties_hold() {
    let married = NewTie { from: Some(day("2011-05-01")), ..tie("official", "wife", TieKind::Spouse) };
    let holds = NewTie {
        from: Some(day("2021-03-01")),
        until: Some(day("2024-06-30")),
        share: Some(40.0),
        rows: [Some(RowRef { batch: 3, sheet: 1, line: 7 }), Some(RowRef { batch: 4, sheet: 0, line: 9 })],
        ..tie("wife", "supplier", TieKind::Shareholder)
    };
    let graph = graph(&[married, holds]);
    let found = ways(&graph, "official", "supplier", &Question::on(day("2022-01-01")));
    assert_eq!(found, [["official", "wife", "supplier"]]);
    assert_eq!(ways(&graph, "supplier", "official", &Question::on(day("2022-01-01"))).len(), 1);
    for outside in ["2021-02-28", "2024-07-01"] {
        assert!(ways(&graph, "official", "supplier", &Question::on(day(outside))).is_empty(), "{outside}");
    }
    let ever = Question { on: None, ..Question::on(day(DAY)) };
    assert_eq!(ways(&graph, "official", "supplier", &ever).len(), 1);
    let [wife, supplier] = ["wife", "supplier"].map(|number| graph.find(number).unwrap().id);
    let told = graph.between(supplier, wife);
    assert_eq!((told.len(), told[0].share, told[0].from), (1, Some(40.0), Some(day("2021-03-01"))));
    assert_eq!(told[0].rows[1], Some(RowRef { batch: 4, sheet: 0, line: 9 }));
}

#[test]
fn the_shortest_and_a_longer_stronger_way_are_both_told() {
    let graph = graph(&[
        tie("a", "office", TieKind::Employee),
        tie("b", "office", TieKind::Employee),
        tie("a", "sister", TieKind::Sibling),
        tie("sister", "husband", TieKind::Spouse),
        tie("husband", "b", TieKind::Spouse),
    ]);
    let found = graph.paths("a", "b", &Question::on(day(DAY))).unwrap();
    let [short, strong] = found.paths.as_slice() else { panic!("{found:?}") };
    assert_eq!((short.parties.len(), short.is_shortest, short.is_strongest), (3, true, true));
    assert_eq!((strong.parties.len(), strong.is_shortest, strong.is_strongest), (4, false, true));
    assert!(strong.strength > short.strength);
}

#[test]
fn ways_end_after_four_ties() {
    let chain: Vec<String> = (0..6).map(|at| format!("p{at}")).collect();
    let ties: Vec<NewTie<'_>> =
        chain.windows(2).map(|pair| tie(&pair[0], &pair[1], TieKind::Parent)).collect();
    let graph = graph(&ties);
    assert_eq!(ways(&graph, "p0", "p4", &Question::on(day(DAY))).len(), 1);
    assert!(ways(&graph, "p0", "p5", &Question::on(day(DAY))).is_empty());
}

#[test]
fn what_many_share_leads_on_only_when_asked() {
    let members: Vec<String> = (0..400).map(|at| format!("pupil{at:03}")).collect();
    let mut ties: Vec<NewTie<'_>> =
        members.iter().map(|member| tie("headmaster", member, TieKind::Household)).collect();
    ties.push(NewTie { many: true, ..tie("firm1", "firm2", TieKind::SharedPhone) });
    let graph = graph(&ties);
    let plain = Question::on(day(DAY));
    let asked = Question { through_many: true, ..plain };
    assert!(ways(&graph, "pupil001", "pupil002", &plain).is_empty(), "a school is no family");
    assert_eq!(ways(&graph, "pupil001", "headmaster", &plain).len(), 1, "its own head's book it is");
    assert!(ways(&graph, "firm1", "firm2", &plain).is_empty(), "an agency's telephone ties nobody");
    for (from, to) in [("pupil001", "pupil002"), ("firm1", "firm2")] {
        let found = graph.paths(from, to, &asked).unwrap();
        assert!(found.paths[0].through_many, "it is said so");
    }
    assert!(!graph.paths("pupil001", "headmaster", &plain).unwrap().paths[0].through_many);
}

#[test]
fn a_unit_that_buys_from_thousands_ties_them_to_itself_and_not_to_each_other() {
    let firms: Vec<String> = (0..10_000).map(|at| format!("firm{at:05}")).collect();
    let deal = |firm| NewTie { about: Some("a road"), ..tie(firm, "unit", TieKind::Award) };
    let mut ties: Vec<NewTie<'_>> = firms.iter().map(|firm| deal(firm)).collect();
    ties.push(tie("official", "unit", TieKind::Office));
    ties.push(tie("official", "wife", TieKind::Spouse));
    ties.push(tie("wife", "firm00007", TieKind::LegalRep));
    let graph = graph(&ties);
    let plain = Question::on(day(DAY));
    assert!(ways(&graph, "firm00001", "firm00002", &plain).is_empty());
    assert_eq!(ways(&graph, "official", "firm00007", &plain), [["official", "wife", "firm00007"]]);
    let to_unit = ways(&graph, "wife", "unit", &plain);
    assert!(to_unit.contains(&["wife", "firm00007", "unit"].map(str::to_owned).into()), "a hub is an end");
    let [firm, unit] = ["firm00007", "unit"].map(|number| graph.find(number).unwrap().id);
    assert_eq!(
        graph.between(firm, unit).iter().map(|tie| graph.about(tie.id)).collect::<Vec<_>>(),
        [Some("a road")]
    );
    assert_eq!(
        graph.between(firm, graph.find("wife").unwrap().id).iter().find_map(|tie| graph.about(tie.id)),
        None
    );
}

#[test]
fn thousands_of_ways_are_cut_and_said_so() {
    let middle: Vec<String> = (0..45).map(|at| format!("m{at:02}")).collect();
    let mut ties = Vec::new();
    for one in &middle {
        ties.push(tie("a", one, TieKind::Sibling));
        ties.push(tie(one, "b", TieKind::Sibling));
    }
    let found = graph(&ties).paths("a", "b", &Question::on(day(DAY))).unwrap();
    assert!(found.more);
    assert_eq!(found.paths.iter().filter(|path| path.is_shortest).count(), MOST_SHORTEST);
}

#[test]
fn bad_questions_and_circles_do_no_harm() {
    let graph = graph(&[
        tie("a", "b", TieKind::Parent),
        tie("b", "c", TieKind::Parent),
        tie("c", "a", TieKind::Parent),
    ]);
    let question = Question::on(day(DAY));
    assert_eq!(graph.paths("a", "a", &question), Err(TieError::Same));
    assert_eq!(graph.paths("a", "nobody", &question), Err(TieError::Unknown));
    assert_eq!(graph.around("nobody", None, 2, 9).err(), Some(TieError::Unknown));
    assert_eq!(ways(&graph, "a", "b", &question)[0], ["a", "b"]);
    assert_eq!(graph.paths("a", "b", &Question { most_steps: 0, ..question }).unwrap().paths.len(), 0);
    assert_eq!(Builder::default().finish().paths("a", "b", &question), Err(TieError::Unknown));
}

/// Registers contradict each other: who of two is whose parent nobody can tell here. Both records are told, and the way on
/// does not run in a circle.
#[test]
fn each_the_others_parent_is_one_step_with_both_records() {
    let row = |line| [Some(RowRef { batch: 1, sheet: 0, line }), None];
    let graph = graph(&[
        NewTie { rows: row(2), ..tie("a", "b", TieKind::Parent) },
        NewTie { rows: row(3), ..tie("b", "a", TieKind::Parent) },
        NewTie { rows: row(4), ..tie("a", "a", TieKind::Parent) },
        NewTie { rows: row(5), ..tie("b", "b", TieKind::Spouse) },
        tie("b", "c", TieKind::Spouse),
    ]);
    let question = Question { most_steps: 9, ..Question::on(day(DAY)) };
    assert_eq!(ways(&graph, "a", "b", &question), [["a", "b"]]);
    assert_eq!(ways(&graph, "a", "c", &question), [["a", "b", "c"]]);
    let [a, b] = ["a", "b"].map(|number| graph.find(number).unwrap().id);
    let mut lines: Vec<u32> =
        graph.between(a, b).iter().flat_map(|tie| tie.rows).flatten().map(|row| row.line).collect();
    lines.sort_unstable();
    assert_eq!(lines, [2, 3], "ties of somebody to themselves are left out");
    assert_eq!(graph.around("a", None, 9, 9).unwrap().parties.len(), 3);
}

/// The graph is told no deaths, only days: where a record has a tie end with a death, a birth after it makes none.
#[test]
fn a_tie_that_begins_with_a_birth_after_its_last_day_is_left_out() {
    let born = |until| NewTie {
        from: Some(day("2012-02-20")),
        until: Some(day(until)),
        ..tie("child", "father", TieKind::Parent)
    };
    let mut builder = Builder::default();
    builder.add(&born("2009-12-31")).unwrap();
    assert_eq!(builder.dropped().reversed, 1);
    builder.add(&born("2012-02-20")).unwrap();
    let graph = builder.finish();
    assert_eq!((graph.tie_count(), graph.party_count()), (1, 2));
    assert_eq!(ways(&graph, "child", "father", &Question::on(day("2012-02-20"))).len(), 1);
    assert!(ways(&graph, "child", "father", &Question::on(day("2012-02-19"))).is_empty());
    assert!(ways(&graph, "child", "father", &Question::on(day("2012-02-21"))).is_empty());
}

#[test]
fn neighbours_are_counted_to_the_limit() {
    let graph = graph(&[
        tie("a", "b", TieKind::Spouse),
        tie("a", "c", TieKind::Kin),
        tie("b", "firm", TieKind::LegalRep),
        tie("c", "other", TieKind::LegalRep),
    ]);
    let around = graph.around("a", Some(day(DAY)), 2, 9).unwrap();
    let near: Vec<(&str, usize)> =
        around.parties.iter().map(|(party, steps)| (party.number, *steps)).collect();
    assert_eq!(near, [("a", 0), ("b", 1), ("c", 1), ("firm", 2), ("other", 2)]);
    assert_eq!((around.ties.len(), around.more), (4, false));
    let few = graph.around("a", Some(day(DAY)), 2, 1).unwrap();
    assert_eq!((few.parties.len(), few.more), (2, true));
    assert_eq!(graph.ties_of("a", None).unwrap().len(), 2);
}

/// A tie between two of a dozen persons: ends, kind, first and last day.
fn any_tie() -> impl Strategy<Value = (u8, u8, usize, u16, u16)> {
    (0..12_u8, 0..12_u8, 0..TieKind::ALL.len(), 0..20_u16, 0..20_u16)
}

type Told = (u8, u8, usize, u16, u16);

fn told_days(told: &Told) -> (Day, Day) {
    let on = |days: u16| day("2024-01-01") + chrono::TimeDelta::days(i64::from(days));
    (on(told.3), on(told.3 + told.4))
}

/// Steps to everybody by plain breadth-first search over whoever is tied on that day.
fn plain_steps(ties: &[Told], from: u8, on: Day) -> BTreeMap<u8, usize> {
    let mut steps = BTreeMap::from([(from, 0)]);
    let mut queue = VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        for told in ties {
            let (start, end) = told_days(told);
            let other = match told {
                (one, other, ..) if *one == at => *other,
                (one, other, ..) if *other == at => *one,
                _ => continue,
            };
            if start <= on && on <= end && !steps.contains_key(&other) {
                steps.insert(other, steps[&at] + 1);
                queue.push_back(other);
            }
        }
    }
    steps
}

/// The product of the strongest tie of each step, by trying every simple way of up to four ties.
fn plain_strongest(graph: &Graph, on: Day, way: &mut Vec<u32>, to: u32) -> f32 {
    let last = *way.last().unwrap();
    if last == to {
        return 1.0;
    }
    if way.len() > 4 {
        return 0.0;
    }
    let mut best = 0.0_f32;
    for other in 0..u32::try_from(graph.party_count()).unwrap() {
        if way.contains(&other) {
            continue;
        }
        let holds = |tie: &gnomon_ties::Tie| {
            tie.from.is_none_or(|from| from <= on) && tie.until.is_none_or(|until| on <= until)
        };
        let step = graph.between(last, other).into_iter().filter(holds).map(|tie| tie.strength);
        let step = step.fold(0.0, f32::max);
        if step > 0.0 {
            way.push(other);
            best = best.max(step * plain_strongest(graph, on, way, to));
            way.pop();
        }
    }
    best
}

proptest! {
    #[test]
    fn agrees_with_a_plain_search(ties in prop::collection::vec(any_tie(), 0..40), after in 0..30_i64) {
        let on = day("2024-01-01") + chrono::TimeDelta::days(after);
        let name = |at: u8| format!("n{at:02}");
        let mut builder = Builder::default();
        for told in &ties {
            let (first, second) = (name(told.0), name(told.1));
            let (from, until) = told_days(told);
            let kind = TieKind::ALL[told.2];
            let new = NewTie { from: Some(from), until: Some(until), ..tie(&first, &second, kind) };
            builder.add(&new).unwrap();
        }
        let graph = builder.finish();
        let known: BTreeSet<u8> = ties.iter().filter(|told| told.0 != told.1).flat_map(|told| [told.0, told.1]).collect();
        for from in &known {
            let steps = plain_steps(&ties, *from, on);
            for to in known.iter().filter(|to| *to != from) {
                let found = graph.paths(&name(*from), &name(*to), &Question::on(on)).unwrap();
                let expected = steps.get(to).copied().filter(|steps| *steps <= 4);
                let shortest = found.paths.iter().find(|path| path.is_shortest);
                prop_assert_eq!(shortest.map(|path| path.parties.len() - 1), expected);
                let strongest = found.paths.iter().filter(|path| path.is_strongest).map(|path| path.strength);
                let start = graph.find(&name(*from)).unwrap().id;
                let end = graph.find(&name(*to)).unwrap().id;
                let best = plain_strongest(&graph, on, &mut vec![start], end);
                prop_assert!((strongest.fold(0.0, f32::max) - best).abs() < 1e-5);
                for path in &found.paths {
                    let distinct: BTreeSet<u32> = path.parties.iter().copied().collect();
                    prop_assert_eq!(distinct.len(), path.parties.len(), "nobody comes twice");
                    prop_assert_eq!((path.parties[0], path.parties[path.parties.len() - 1]), (start, end));
                }
            }
        }
    }
}
