//! One `target` to an entity, unless it has been taken off the list.

use super::identity;
use super::places::Places;
use super::programs::Programs;
use crate::formats::draft::Draft;
use crate::formats::mentions;
use crate::formats::xml::Element;
use crate::programs::authority;
use cordon_model::{
    Designation, Direction, Entity, EntityId, Issue, IssueKind, Measure, PartialDate, Relation, RelationKind,
    Schema,
};

/// Values of the attribute `object-type`.
const OBJECTS: [(&str, Schema); 4] = [
    ("vessel", Schema::Vessel),
    ("ship", Schema::Vessel),
    ("aircraft", Schema::Airplane),
    ("airplane", Schema::Airplane),
];

/// The list the reference numbers of the UN are of.
const UN_LIST: &str = "un_sc_sanctions";

/// What is known when targets are read.
pub(super) struct Reader<'a> {
    pub(super) list: &'a str,
    pub(super) programs: &'a Programs,
    pub(super) places: &'a Places,
    pub(super) issues: &'a mut Vec<Issue>,
    /// Numbers of targets that are no longer on the list.
    pub(super) delisted: Vec<String>,
}

/// What was done to a target, the last thing last.
struct History {
    listed: Option<PartialDate>,
    amended: Vec<PartialDate>,
    is_over: bool,
    /// Why the target is on the list.
    reason: String,
}

impl Reader<'_> {
    /// Reads a target; `None` when it is no longer on the list, or with an issue when it has no name.
    pub(super) fn read(&mut self, mut target: Element) -> Option<Entity> {
        let number = target.take_attribute("ssid");
        let mut draft = Draft::new(self.list, &number, Schema::LegalEntity, self.issues);
        let mut history = history(&mut draft, &mut target);
        if history.is_over {
            self.delisted.push(number);
            return None;
        }
        for (kind, schema) in
            [("individual", Schema::Person), ("entity", Schema::Organization), ("object", Schema::Thing)]
        {
            for mut body in target.take_all(kind) {
                draft.entity.schema = schema;
                history.reason = read_body(&mut draft, &mut body, self.places);
            }
        }
        let foreign = target.take_text("foreign-identifier");
        if !foreign.is_empty() {
            draft.note(&format!("Foreign identifier: {foreign}"));
            for reference in mentions::references(&foreign) {
                draft.refer(UN_LIST, &reference);
            }
        }
        for mut attribute in target.take_all("generic-attribute") {
            let name = attribute.take_attribute("name");
            draft.read_prose("generic-attribute", &format!("{name}: {}", attribute.text));
        }
        read_sets(&mut draft, &mut target, self.programs, &history, &number);
        draft.leftovers(&target);
        draft.entity.names.sort_by_key(|name| name.kind);
        draft.finish("name")
    }
}

/// Reads what a target is into the draft and returns its justification.
fn read_body(draft: &mut Draft<'_>, body: &mut Element, places: &Places) -> String {
    let mut reasons = Vec::new();
    if body.name == "object" {
        let kind = body.take_attribute("object-type");
        match OBJECTS.iter().find(|row| row.0 == kind) {
            Some((_, schema)) => draft.entity.schema = *schema,
            None => draft.issue(
                "object@object-type",
                IssueKind::UnknownValue,
                &kind,
                "not a kind of object we know",
            ),
        }
    }
    match body.take_attribute("sex").as_str() {
        "" => {}
        gender @ ("male" | "female") => draft.entity.add("gender", gender),
        other => draft.issue("individual@sex", IssueKind::UnknownValue, other, "expected male or female"),
    }
    for identity in body.take_all("identity") {
        identity::read(draft, identity, places);
    }
    for mut attribute in body.take_all("generic-attribute") {
        let name = attribute.take_attribute("name");
        draft.read_prose("generic-attribute", &format!("{name}: {}", attribute.text));
    }
    for field in ["justification", "other-information"] {
        for mut text in body.take_all(field) {
            text.take_attribute("ssid");
            draft.read_prose(field, &text.text);
            let said = std::mem::take(&mut text.text);
            reasons.extend((field == "justification").then_some(said));
            draft.leftovers(&text);
        }
    }
    for mut relation in body.take_all("relation") {
        relation.take_attribute("ssid");
        let role = relation.take_attribute("relation-type");
        let kind = if role.contains("family") || role.contains("relative") {
            RelationKind::Family
        } else {
            RelationKind::Unknown
        };
        let mut link = Relation::to_name(kind, Direction::Outgoing, "", &role);
        let other = EntityId::new(draft.entity.id.list(), &relation.take_attribute("target-id"));
        link.other = Some(other.as_str().to_owned());
        link.quality = relation.take_text("remark");
        draft.entity.relations.push(link);
        draft.leftovers(&relation);
    }
    draft.leftovers(body);
    reasons.join(" ")
}

/// Takes the modifications. The file gives the last first; of several on one day the first in the file is the last.
fn history(draft: &mut Draft<'_>, target: &mut Element) -> History {
    let mut history = History { listed: None, amended: Vec::new(), is_over: false, reason: String::new() };
    let mut last: Option<PartialDate> = None;
    for (at, mut modification) in target.take_all("modification").into_iter().enumerate() {
        let kind = modification.take_attribute("modification-type");
        let text = modification.take_attribute("effective-date");
        modification.take_attribute("enactment-date");
        modification.take_attribute("publication-date");
        let day = draft.read_date("modification@effective-date", &text);
        draft.leftovers(&modification);
        if at == 0 || day.is_some_and(|day| last.is_some_and(|last| day > last)) {
            history.is_over = kind == "de-listed";
            last = day;
        }
        match kind.as_str() {
            "listed" => history.listed = [history.listed, day].into_iter().flatten().min(),
            "amended" | "corrected" => history.amended.extend(day),
            "de-listed" => {}
            _ => {
                let message = "expected listed, amended or de-listed; the target is kept";
                draft.issue("modification@modification-type", IssueKind::UnknownValue, &kind, message);
            }
        }
    }
    history.amended.sort_unstable();
    history.amended.dedup();
    history
}

fn read_sets(
    draft: &mut Draft<'_>,
    target: &mut Element,
    programs: &Programs,
    history: &History,
    number: &str,
) {
    let person = draft.entity.schema.is_person();
    let mut ids = target.take_all("sanctions-set-id");
    if ids.is_empty() {
        draft.issue(
            "sanctions-set-id",
            IssueKind::Missing,
            "",
            "a target is under at least one set of measures",
        );
    }
    for id in ids.drain(..).map(|id| id.text) {
        let set = programs.get(&id);
        if set.is_none() {
            draft.issue(
                "sanctions-set-id",
                IssueKind::Orphan,
                &id,
                "a set of measures that is not in the file",
            );
        }
        let measures = set.map(|set| set.measures.clone()).unwrap_or_default();
        draft.entity.designations.push(Designation {
            authority: authority::SECO.to_owned(),
            program: set.map_or_else(|| id.clone(), |set| set.program.clone()),
            title: set.map(|set| set.title.clone()).unwrap_or_default(),
            reference: number.to_owned(),
            measures: measures
                .into_iter()
                .filter(|measure| person || *measure != Measure::TravelBan)
                .collect(),
            listed: history.listed,
            amended: history.amended.clone(),
            reason: history.reason.clone(),
            ..Designation::default()
        });
    }
}
