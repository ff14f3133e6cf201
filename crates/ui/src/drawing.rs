//! The relation graph as a picture that needs no script: lines, shapes and words with their coordinates.

use crate::graph::{Graph, NodeKind, PlacedEdge, PlacedNode};

/// Room around the outermost nodes, for their words.
const ROOM: [i32; 2] = [100, 60];
/// How far lines keep away from a node's middle.
const RADIUS: f64 = 24.0;
/// Names are cut to this width, in Latin letters; a Han character takes two. The whole stands in the title.
const WIDTH: usize = 26;

/// A picture; lines first, so that shapes cover their ends.
#[derive(Debug, Clone, Default)]
pub struct Drawing {
    /// `viewBox` of the picture.
    pub view: String,
    /// Width and height.
    pub size: (i32, i32),
    /// Lines, in the order of the graph's edges.
    pub lines: Vec<Line>,
    /// Shapes, in the order of the graph's nodes.
    pub shapes: Vec<Shape>,
}

/// A line with its words.
#[derive(Debug, Clone)]
pub struct Line {
    /// Which edge of the graph it is.
    pub edge: usize,
    /// The way it runs, as SVG writes it.
    pub way: String,
    /// Where its words stand.
    pub at: (i32, i32),
}

/// A node.
#[derive(Debug, Clone)]
pub struct Shape {
    /// What it is.
    pub kind: NodeKind,
    /// Its middle.
    pub at: (i32, i32),
    /// Its name, cut to fit.
    pub label: String,
    /// Its whole name.
    pub title: String,
}

impl Graph {
    /// The picture. Edges that name an unknown node have no line.
    pub fn drawing(&self) -> Drawing {
        let picture = self.picture();
        let nodes = &picture.nodes;
        let (left, right) = bounds(nodes.iter().map(|node| node.x));
        let (top, bottom) = bounds(nodes.iter().map(|node| node.y));
        let size = (right - left + 2 * ROOM[0], bottom - top + 2 * ROOM[1]);
        let lines = picture.edges.iter().filter_map(|edge| {
            let at = self.edges.iter().position(|known| std::ptr::eq(known.from.as_str(), edge.from))?;
            line(at, edge, nodes)
        });
        Drawing {
            view: format!("{} {} {} {}", left - ROOM[0], top - ROOM[1], size.0, size.1),
            size,
            lines: lines.collect(),
            shapes: nodes.iter().map(shape).collect(),
        }
    }
}

fn bounds(values: impl Iterator<Item = i32>) -> (i32, i32) {
    values
        .fold(None, |known: Option<(i32, i32)>, value| {
            Some(known.map_or((value, value), |(least, most)| (least.min(value), most.max(value))))
        })
        .unwrap_or_default()
}

/// From the rim of one node to the rim of the other, bowed where the plan says so.
fn line(edge: usize, placed: &PlacedEdge<'_>, nodes: &[PlacedNode<'_>]) -> Option<Line> {
    let middle = |id: &str| {
        let node = nodes.iter().find(|node| node.id == id)?;
        Some((f64::from(node.x), f64::from(node.y)))
    };
    let (from, to) = (middle(placed.from)?, middle(placed.to)?);
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let bend = f64::from(placed.bend.unwrap_or(0));
    let centre = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
    // To the right of the way it runs; the curve reaches half as far as its control point.
    let control = (centre.0 - dy / length * bend, centre.1 + dx / length * bend);
    let at = ((centre.0 + control.0) / 2.0, (centre.1 + control.1) / 2.0);
    let (start, end) = (towards(from, control), towards(to, control));
    let way = match placed.bend {
        Some(_) => format!("M{} Q{} {}", point(start), point(control), point(end)),
        None => format!("M{} L{}", point(start), point(end)),
    };
    Some(Line { edge, way, at: (at.0.round() as i32, at.1.round() as i32) })
}

fn towards(from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    (from.0 + dx / length * RADIUS, from.1 + dy / length * RADIUS)
}

fn point((x, y): (f64, f64)) -> String {
    format!("{x:.0},{y:.0}")
}

fn shape(node: &PlacedNode<'_>) -> Shape {
    let mut width = 0;
    let fits = |letter: &char| {
        width += if letter.is_ascii() { 1 } else { 2 };
        width <= WIDTH
    };
    let mut label: String = node.label.chars().take_while(fits).collect();
    if label.len() < node.label.len() {
        label.push('…');
    }
    Shape { kind: node.kind, at: (node.x, node.y), label, title: node.label.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Edge, Node};

    #[test]
    fn lines_keep_away_from_shapes_and_know_their_edge() {
        let node = |id: &str| Node {
            id: id.to_owned(),
            label: "a name that is longer than its place".to_owned(),
            kind: NodeKind::Org,
        };
        let edge = |from: &str, to: &str| Edge {
            from: from.to_owned(),
            to: to.to_owned(),
            label: String::new(),
            is_key: false,
        };
        let graph = Graph {
            nodes: ["a", "b", "c"].map(node).into(),
            edges: vec![edge("a", "nobody"), edge("a", "b"), edge("b", "c"), edge("a", "c")],
        };
        let drawing = graph.drawing();
        assert_eq!(drawing.lines.iter().map(|line| line.edge).collect::<Vec<_>>(), [1, 2, 3]);
        assert!(drawing.lines[0].way.starts_with("M2") && drawing.lines[0].way.contains(" L"));
        assert!(drawing.lines[2].way.contains(" Q"), "a line past a node is bowed");
        assert_eq!(drawing.shapes[0].label, "a name that is longer than…");
        assert_eq!(Graph::default().drawing().size, (200, 120));
    }
}
