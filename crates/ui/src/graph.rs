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
/// Bows smaller than this are not worth drawing.
const LEAST_BOW: i32 = 24;

#[derive(Debug, Serialize)]
pub(crate) struct Picture<'a> {
    pub(crate) nodes: Vec<PlacedNode<'a>>,
    pub(crate) edges: Vec<PlacedEdge<'a>>,
}

#[derive(Debug, Serialize)]
pub(crate) struct PlacedNode<'a> {
    pub(crate) id: &'a str,
    pub(crate) label: &'a str,
    pub(crate) kind: NodeKind,
    pub(crate) subject: bool,
    pub(crate) x: i32,
    pub(crate) y: i32,
}

#[derive(Debug, Serialize)]
pub(crate) struct PlacedEdge<'a> {
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) label: &'a str,
    pub(crate) hot: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bend: Option<i32>,
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

    /// Places every node and bows every edge that would otherwise run through a node.
    pub(crate) fn picture(&self) -> Picture<'_> {
        let index: BTreeMap<&str, usize> =
            self.nodes.iter().enumerate().map(|(at, node)| (node.id.as_str(), at)).collect();
        let drawn: Vec<(&Edge, (usize, usize))> = self
            .edges
            .iter()
            .filter_map(|edge| {
                let ends = (*index.get(edge.from.as_str())?, *index.get(edge.to.as_str())?);
                Some((edge, ends))
            })
            .collect();
        let ends: Vec<(usize, usize)> = drawn.iter().map(|(_, ends)| *ends).collect();
        let plan = Plan::new(columns(self.nodes.len(), &ends), &ends);
        let nodes = self.nodes.iter().enumerate().map(|(at, node)| {
            let (x, y) = plan.places[at];
            PlacedNode { id: &node.id, label: &node.label, kind: node.kind, subject: at == 0, x, y }
        });
        let edges = drawn.iter().enumerate().map(|(at, (edge, _))| PlacedEdge {
            from: &edge.from,
            to: &edge.to,
            label: &edge.label,
            hot: edge.is_key,
            bend: plan.bends[at],
        });
        Picture { nodes: nodes.collect(), edges: edges.collect() }
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

/// Where everything stands.
struct Plan {
    /// Coordinates of each node; behind the nodes, of the lanes of edges that skip columns.
    places: Vec<(i32, i32)>,
    /// How far each edge bows; none for a straight one.
    bends: Vec<Option<i32>>,
}

impl Plan {
    /// An edge that skips columns is given a lane in each of them, as if a node stood there.
    fn new(mut columns: Vec<usize>, ends: &[(usize, usize)]) -> Plan {
        let count = columns.len();
        let mut links = Vec::new();
        let mut lanes = vec![Vec::new(); ends.len()];
        for (edge, &(from, to)) in ends.iter().enumerate() {
            let (left, right) = if columns[from] <= columns[to] { (from, to) } else { (to, from) };
            let mut last = left;
            for column in columns[left] + 1..columns[right] {
                let lane = columns.len();
                columns.push(column);
                links.push((last, lane));
                lanes[edge].push(lane);
                last = lane;
            }
            links.push((last, right));
        }
        let places = places(&columns, &links, count);
        let bends = ends.iter().zip(&lanes).map(|(&ends, lanes)| bend(ends, lanes, &places)).collect();
        Plan { places, bends }
    }
}

/// How far an edge must bow to run through the middle of its lanes.
fn bend((from, to): (usize, usize), lanes: &[usize], places: &[(i32, i32)]) -> Option<i32> {
    let lane = places[*lanes.get(lanes.len() / 2)?];
    let (from, to) = (places[from], places[to]);
    let straight = from.1 + (to.1 - from.1) * (lane.0 - from.0) / (to.0 - from.0);
    // The curve reaches half of its control point's distance, which counts to the right of the way it runs.
    let bow = 2 * (lane.1 - straight) * (to.0 - from.0).signum();
    (bow.abs() >= LEAST_BOW).then_some(bow)
}

/// Coordinates: a column keeps the order of its members' neighbours in the column before, lanes run through its
/// middle. Members from `lanes_from` on are lanes.
fn places(columns: &[usize], links: &[(usize, usize)], lanes_from: usize) -> Vec<(i32, i32)> {
    let mut heights = vec![0_i32; columns.len()];
    let width = columns.iter().max().map_or(0, |column| column + 1);
    for column in 0..width {
        let wish = |member: usize| {
            let neighbours = links.iter().filter_map(|&(from, to)| match member {
                _ if from == member && columns[to] < column => Some(heights[to]),
                _ if to == member && columns[from] < column => Some(heights[from]),
                _ => None,
            });
            let (sum, count) = neighbours.fold((0, 0), |(sum, count), height| (sum + height, count + 1));
            if count == 0 { 0 } else { sum / count }
        };
        let mut order: Vec<(i32, usize)> =
            (0..lanes_from).filter(|node| columns[*node] == column).map(|node| (wish(node), node)).collect();
        order.sort_unstable();
        for lane in (lanes_from..columns.len()).filter(|lane| columns[*lane] == column) {
            let wish = wish(lane);
            let (from, to) =
                (order.partition_point(|one| one.0 < wish), order.partition_point(|one| one.0 <= wish));
            order.insert((from + to).div_ceil(2), (wish, lane));
        }
        let top = -(i32::try_from(order.len()).unwrap_or(i32::MAX).saturating_sub(1)) * ROW / 2;
        for (height, (_, member)) in (0..).map(|step| top + step * ROW).zip(order) {
            heights[member] = height;
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
        assert_eq!(place(&both, "b"), (COLUMN, -ROW / 2));
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
