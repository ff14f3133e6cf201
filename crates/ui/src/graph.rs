//! The relation graph of a warning. Positions are computed here, so that everybody sees the same picture and a
//! printed one equals the one on screen: columns from the subject rightwards, rows within a column.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::tr::key;

/// What a node stands for; gives its shape and colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    /// A person: official, payee.
    Person,
    /// A relative of the person.
    Relative,
    /// A company.
    Org,
    /// A department, township, village.
    Unit,
    /// A contract, payment, certificate.
    Record,
    /// A bank account.
    Account,
}

impl NodeKind {
    /// The word that style sheet and island know.
    pub fn as_str(self) -> &'static str {
        match self {
            NodeKind::Person => "person",
            NodeKind::Relative => "relative",
            NodeKind::Org => "org",
            NodeKind::Unit => "unit",
            NodeKind::Record => "record",
            NodeKind::Account => "account",
        }
    }

    /// Locale key of its name.
    pub fn title(self) -> &'static str {
        match self {
            NodeKind::Person => key("kind-person"),
            NodeKind::Relative => key("kind-relative"),
            NodeKind::Org => key("kind-org"),
            NodeKind::Unit => key("kind-unit"),
            NodeKind::Record => key("kind-record"),
            NodeKind::Account => key("kind-account"),
        }
    }
}

/// A person, organisation or thing.
#[derive(Debug, Clone)]
pub struct Node {
    /// Unique within the graph; never a personal number.
    pub id: String,
    /// Name, masked where it is a person's.
    pub label: String,
    /// What it is.
    pub kind: NodeKind,
}

/// A relation.
#[derive(Debug, Clone)]
pub struct Edge {
    /// Id of the node it starts from.
    pub from: String,
    /// Id of the node it leads to.
    pub to: String,
    /// What the relation is, in the person's language.
    pub label: String,
    /// Whether the finding rests on it.
    pub is_key: bool,
}

/// Nodes and relations; the first node is the warning's subject.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// All nodes.
    pub nodes: Vec<Node>,
    /// All relations. Those that name an unknown node are left out of the picture.
    pub edges: Vec<Edge>,
}

/// Distances of the picture, in its own units.
const COLUMN: i32 = 230;
const ROW: i32 = 105;
/// How far an edge bows that would otherwise run through the columns it skips.
const BOW: i32 = 130;

#[derive(Debug, Serialize)]
pub(crate) struct Picture<'a> {
    nodes: Vec<PlacedNode<'a>>,
    edges: Vec<PlacedEdge<'a>>,
}

#[derive(Debug, Serialize)]
struct PlacedNode<'a> {
    id: &'a str,
    label: &'a str,
    kind: NodeKind,
    subject: bool,
    x: i32,
    y: i32,
}

#[derive(Debug, Serialize)]
struct PlacedEdge<'a> {
    from: &'a str,
    to: &'a str,
    label: &'a str,
    hot: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    bend: Option<i32>,
}

impl Graph {
    /// Name of a node.
    pub fn label_of<'a>(&'a self, id: &'a str) -> &'a str {
        self.nodes.iter().find(|node| node.id == id).map_or(id, |node| node.label.as_str())
    }

    /// The kinds that occur, for the legend.
    pub fn kinds(&self) -> Vec<NodeKind> {
        let mut kinds: Vec<NodeKind> = self.nodes.iter().map(|node| node.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// Places every node and bows every long edge.
    pub(crate) fn picture(&self) -> Picture<'_> {
        let index: BTreeMap<&str, usize> =
            self.nodes.iter().enumerate().map(|(at, node)| (node.id.as_str(), at)).collect();
        let ends: Vec<(usize, usize)> = self
            .edges
            .iter()
            .filter_map(|edge| Some((*index.get(edge.from.as_str())?, *index.get(edge.to.as_str())?)))
            .collect();
        let columns = columns(self.nodes.len(), &ends);
        let places = places(&columns, &ends);
        let bend = |edge: &Edge| {
            let (from, to) = (places[*index.get(edge.from.as_str())?], places[*index.get(edge.to.as_str())?]);
            // The bow goes downwards, whichever way the edge runs.
            let side = if from.0 < to.0 { BOW } else { -BOW };
            is_blocked(from, to, &places).then_some(side)
        };
        Picture {
            nodes: self
                .nodes
                .iter()
                .enumerate()
                .map(|(at, node)| PlacedNode {
                    id: &node.id,
                    label: &node.label,
                    kind: node.kind,
                    subject: at == 0,
                    x: places[at].0,
                    y: places[at].1,
                })
                .collect(),
            edges: self
                .edges
                .iter()
                .filter(|edge| index.contains_key(edge.from.as_str()) && index.contains_key(edge.to.as_str()))
                .map(|edge| PlacedEdge {
                    from: &edge.from,
                    to: &edge.to,
                    label: &edge.label,
                    hot: edge.is_key,
                    bend: bend(edge),
                })
                .collect(),
        }
    }
}

/// The column of each node: the longest way along the arrows from the subject, so that what lies between two nodes
/// also stands between them. Nodes that no arrow reaches stand right of a neighbour, nodes without one at the end.
fn columns(count: usize, ends: &[(usize, usize)]) -> Vec<usize> {
    let mut columns: Vec<Option<usize>> = vec![None; count];
    let mut order = Vec::new();
    let mut forward = Vec::new();
    if count > 0 {
        walk(0, ends, &mut vec![Visit::Not; count], &mut order, &mut forward);
        columns[0] = Some(0);
    }
    for &node in order.iter().rev() {
        for &(from, to) in forward.iter().filter(|(from, _)| *from == node) {
            columns[to] = columns[to].max(columns[from].map(|column| column + 1));
        }
    }
    for _ in 0..count {
        for &(from, to) in ends {
            match (columns[from], columns[to]) {
                (Some(column), None) => columns[to] = Some(column + 1),
                (None, Some(column)) => columns[from] = Some(column + 1),
                _ => {}
            }
        }
    }
    let last = columns.iter().flatten().max().map_or(0, |column| column + 1);
    columns.into_iter().map(|column| column.unwrap_or(last)).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    Not,
    Under,
    Done,
}

/// Depth-first along the arrows: nodes in the order in which they are finished, and the arrows that close no circle.
fn walk(
    node: usize,
    ends: &[(usize, usize)],
    visits: &mut [Visit],
    order: &mut Vec<usize>,
    forward: &mut Vec<(usize, usize)>,
) {
    visits[node] = Visit::Under;
    for &(from, to) in ends.iter().filter(|(from, _)| *from == node) {
        if visits[to] == Visit::Under {
            continue;
        }
        forward.push((from, to));
        if visits[to] == Visit::Not {
            walk(to, ends, visits, order, forward);
        }
    }
    visits[node] = Visit::Done;
    order.push(node);
}

/// Whether a straight line between two places runs through a third one.
fn is_blocked(from: (i32, i32), to: (i32, i32), places: &[(i32, i32)]) -> bool {
    let (left, right) = if from.0 <= to.0 { (from, to) } else { (to, from) };
    places.iter().any(|place| {
        let between = left.0 < place.0 && place.0 < right.0;
        let (run, rise) = (i64::from(right.0 - left.0), i64::from(right.1 - left.1));
        between && {
            let height = i64::from(left.1) + rise * i64::from(place.0 - left.0) / run;
            (height - i64::from(place.1)).abs() < i64::from(ROW) / 2
        }
    })
}

/// Coordinates of each node: a column keeps the order of its nodes' neighbours in the column before.
fn places(columns: &[usize], ends: &[(usize, usize)]) -> Vec<(i32, i32)> {
    let mut heights = vec![0_i32; columns.len()];
    let width = columns.iter().max().map_or(0, |column| column + 1);
    for column in 0..width {
        let mut members: Vec<usize> = (0..columns.len()).filter(|node| columns[*node] == column).collect();
        let wish = |node: usize| {
            let neighbours = ends.iter().filter_map(|&(from, to)| match node {
                _ if from == node && columns[to] < column => Some(heights[to]),
                _ if to == node && columns[from] < column => Some(heights[from]),
                _ => None,
            });
            let (sum, count) = neighbours.fold((0, 0), |(sum, count), height| (sum + height, count + 1));
            if count == 0 { 0 } else { sum / count }
        };
        let mut wishes: Vec<(i32, usize)> = members.iter().map(|node| (wish(*node), *node)).collect();
        wishes.sort_unstable();
        members.clear();
        members.extend(wishes.iter().map(|(_, node)| *node));
        let top = -(i32::try_from(members.len()).unwrap_or(i32::MAX).saturating_sub(1)) * ROW / 2;
        for (height, node) in (0..).map(|step| top + step * ROW).zip(members) {
            heights[node] = height;
        }
    }
    let x = |column: usize| i32::try_from(column).unwrap_or(i32::MAX).saturating_mul(COLUMN);
    columns.iter().zip(heights).map(|(column, height)| (x(*column), height)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(nodes: &[&str], edges: &[(&str, &str)]) -> Graph {
        let node = |id: &&str| Node { id: (*id).to_owned(), label: (*id).to_owned(), kind: NodeKind::Person };
        let edge = |(from, to): &(&str, &str)| Edge {
            from: (*from).to_owned(),
            to: (*to).to_owned(),
            label: String::new(),
            is_key: false,
        };
        Graph { nodes: nodes.iter().map(node).collect(), edges: edges.iter().map(edge).collect() }
    }

    fn place(graph: &Graph, id: &str) -> (i32, i32) {
        let picture = graph.picture();
        let node = picture.nodes.iter().find(|node| node.id == id).unwrap();
        (node.x, node.y)
    }

    #[test]
    fn columns_count_from_the_subject() {
        let chain = graph(&["a", "b", "c"], &[("a", "b"), ("c", "b")]);
        assert_eq!(place(&chain, "a"), (0, 0));
        assert_eq!(place(&chain, "b"), (COLUMN, 0));
        assert_eq!(place(&chain, "c"), (2 * COLUMN, 0));
    }

    #[test]
    fn what_lies_between_stands_between() {
        let both = graph(&["a", "b", "c"], &[("a", "c"), ("a", "b"), ("b", "c")]);
        assert_eq!(place(&both, "b"), (COLUMN, 0));
        assert_eq!(place(&both, "c"), (2 * COLUMN, 0));
        let bent: Vec<bool> = both.picture().edges.iter().map(|edge| edge.bend.is_some()).collect();
        assert_eq!(bent, [true, false, false]);
    }

    #[test]
    fn no_two_nodes_share_a_place() {
        let wide = graph(&["a", "b", "c", "d", "e"], &[("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]);
        let picture = wide.picture();
        for (at, one) in picture.nodes.iter().enumerate() {
            assert!(picture.nodes[at + 1..].iter().all(|other| (one.x, one.y) != (other.x, other.y)));
        }
    }

    #[test]
    fn circles_and_unknown_ends_do_no_harm() {
        let odd = graph(&["a", "b"], &[("a", "b"), ("b", "a"), ("a", "a"), ("a", "nobody")]);
        assert_eq!(odd.picture().edges.len(), 3);
        assert!(graph(&[], &[]).picture().nodes.is_empty());
    }
}
