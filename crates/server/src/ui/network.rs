//! The picture of an entity's ties: itself in the middle, the others to both sides.

use cordon_model::{Direction, Entity, Relation};
use cordon_report::shown::cut;
use cordon_report::view;

const WIDTH: i32 = 960;
/// Width of a box, and of the one in the middle.
const BOX: i32 = 268;
const SELF: i32 = 260;
const HEIGHT: i32 = 34;
/// Distance between the tops of two boxes.
const ROW: i32 = 66;
/// Most ties drawn; all stand in words beside the picture.
const MOST: usize = 20;
/// Letters that fit into a box.
const LETTERS: usize = 34;

/// Where everything goes, in the units of the drawing.
pub(super) struct Network {
    pub(super) width: i32,
    pub(super) height: i32,
    /// The box in the middle.
    pub(super) own: Node,
    pub(super) nodes: Vec<Node>,
    /// Ties that were left out.
    pub(super) more: usize,
    /// The picture in words.
    pub(super) text: String,
}

/// A party.
pub(super) struct Node {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) name: String,
    /// The whole name.
    pub(super) title: String,
    /// What it is to the one in the middle.
    pub(super) tie: String,
    /// Its page, if it is listed.
    pub(super) address: String,
    /// The line from the middle to it.
    pub(super) path: String,
}

impl Node {
    pub(super) fn middle(&self) -> i32 {
        self.x + self.width / 2
    }

    pub(super) fn line(&self) -> i32 {
        self.y + self.height / 2 + 5
    }
}

/// Draws an entity's ties; `None` if it has none. `find` looks a listed party up by its id.
pub(super) fn network(entity: &Entity, find: impl Fn(&str) -> Option<Entity>) -> Option<Network> {
    if entity.relations.is_empty() {
        return None;
    }
    let drawn = &entity.relations[..entity.relations.len().min(MOST)];
    let (mut left, mut right): (Vec<&Relation>, Vec<&Relation>) =
        drawn.iter().partition(|relation| relation.direction == Direction::Incoming);
    // A long column beside an empty one is hard to see at once.
    while left.len() > right.len() + 1 {
        right.extend(left.pop());
    }
    while right.len() > left.len() + 1 {
        left.extend(right.pop());
    }
    let rows = left.len().max(right.len()) as i32;
    let height = rows * ROW + 24;
    let own_y = (height - HEIGHT - 12) / 2;
    let node = |side: i32, relation: &Relation, row: usize, rows: usize| {
        let other = relation.other.as_deref().and_then(&find);
        let name = match (&other, relation.name.as_str()) {
            (Some(other), _) => other.caption().to_owned(),
            (None, "") => relation.other.clone().unwrap_or_default(),
            (None, name) => name.to_owned(),
        };
        let x = if side < 0 { 1 } else { WIDTH - BOX - 1 };
        let y = (height - rows as i32 * ROW) / 2 + row as i32 * ROW + 24;
        let (from, to) =
            if side < 0 { ((WIDTH - SELF) / 2, x + BOX) } else { (i32::midpoint(WIDTH, SELF), x) };
        let (from_y, to_y, half) =
            (own_y + i32::midpoint(HEIGHT, 12), y + HEIGHT / 2, i32::midpoint(from, to));
        Node {
            x,
            y,
            width: BOX,
            height: HEIGHT,
            name: cut(&name, LETTERS),
            title: view::name(&name),
            tie: cut(relation.label(), LETTERS + 6),
            address: other.map(|other| super::search::address(other.id.as_str())).unwrap_or_default(),
            path: format!("M{from} {from_y}C{half} {from_y} {half} {to_y} {to} {to_y}"),
        }
    };
    let nodes: Vec<Node> = [(-1, &left), (1, &right)]
        .into_iter()
        .flat_map(|(side, column)| {
            column
                .iter()
                .enumerate()
                .map(|(row, relation)| node(side, relation, row, column.len()))
                .collect::<Vec<_>>()
        })
        .collect();
    let words: Vec<String> = nodes.iter().map(|node| format!("{} {}", node.tie, node.title)).collect();
    Some(Network {
        width: WIDTH,
        height,
        own: Node {
            x: (WIDTH - SELF) / 2,
            y: own_y,
            width: SELF,
            height: HEIGHT + 12,
            name: cut(entity.caption(), LETTERS - 2),
            title: view::name(entity.caption()),
            tie: String::new(),
            address: String::new(),
            path: String::new(),
        },
        nodes,
        more: entity.relations.len() - drawn.len(),
        text: format!("Ties: {}", words.join(", ")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use cordon_model::{EntityId, RelationKind, Schema};

    #[test]
    fn boxes_stand_apart_and_inside_the_drawing() {
        for count in [1, 2, 5, 20, 31] {
            let mut entity = Entity::new(EntityId::new("l", "1"), Schema::Person);
            for index in 0..count {
                let name = format!("Party {index} <b>");
                entity.relations.push(Relation::to_name(
                    RelationKind::Associate,
                    Direction::Outgoing,
                    &name,
                    "",
                ));
            }
            let drawn = network(&entity, |_| None).unwrap();
            assert_eq!(drawn.nodes.len() + drawn.more, count);
            for (index, one) in drawn.nodes.iter().enumerate() {
                assert!(one.y >= 20 && one.y + one.height < drawn.height, "{count}: {}", one.y);
                for two in &drawn.nodes[index + 1..] {
                    assert!(one.x != two.x || (one.y - two.y).abs() >= ROW, "{count}");
                }
            }
        }
        let alone = Entity::new(EntityId::new("l", "1"), Schema::Person);
        assert!(network(&alone, |_| None).is_none());
    }
}
