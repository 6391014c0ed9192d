//! The fields of a detail come in; those that every event has in one way or another go out: what names,
//! addresses and describes what the event is about. Names of fields and the detail-type decide, nothing
//! else, but that a role stays with the field that packages gave it to.

use std::cmp::Reverse;

use heck::ToSnakeCase;

use crate::model::{Body, EventType, Field, Type};

/// The fields that have a role, with the role's name in the runtime.
pub fn find_roles(event: &EventType) -> Vec<(&'static str, &str)> {
    let subject = Subject::of(event);
    let found = ROLES.iter().filter_map(|role| {
        if let Some(field) = kept(event, role) {
            return Some((role.name, field.key.as_str()));
        }
        let only = || (role.name == NAME).then(|| subject.only_name()).flatten();
        let field = subject.field(role).or_else(only)?;
        Some((role.name, field.key.as_str()))
    });
    found.collect()
}

/// The field that packages gave a role to, if it still can have it: what is no longer documented makes way.
fn kept<'e>(event: &'e EventType, role: &Role) -> Option<&'e Field> {
    let (_, key) = event.roles.iter().find(|(name, _)| name == role.name)?;
    let mut fields = event.detail.iter();
    fields.find(|field| field.key == *key && !field.is_former() && (role.holds)(event, &field.ty))
}

/// How much an event shows: what it has in common with others, what is always there, and all else. Examples take the
/// first of those that show most.
pub fn richness(event: &EventType) -> (usize, usize, usize) {
    let required = event.detail.iter().filter(|field| field.required).count();
    (find_roles(event).len(), required, event.detail.len())
}

/// The role of what names the subject.
const NAME: &str = "name";

struct Role {
    /// As the runtime calls it.
    name: &'static str,
    /// How the names of its fields end, the better first.
    ends: &'static [&'static str],
    holds: fn(&EventType, &Type) -> bool,
}

const ROLES: [Role; 7] = [
    Role {
        name: NAME,
        ends: &["name", "display_name"],
        holds: is_text,
    },
    Role {
        name: "arn",
        ends: &["arn"],
        holds: is_text,
    },
    Role {
        name: "status",
        ends: &["status", "state"],
        holds: is_text,
    },
    Role {
        name: "failure_reason",
        ends: &["failure_reason", "failure_message", "error_message"],
        holds: is_text,
    },
    Role {
        name: "created_at",
        ends: &[
            "creation_time",
            "created_at",
            "creation_date",
            "created_time",
            "create_time",
        ],
        holds: is_instant,
    },
    Role {
        name: "modified_at",
        ends: &[
            "last_modified_time",
            "last_updated_time",
            "last_update_time",
            "modified_at",
            "updated_at",
            "last_modified_at",
            "modification_time",
        ],
        holds: is_instant,
    },
    Role {
        name: "tags",
        ends: &["tags"],
        holds: are_tags,
    },
];

/// How names of fields end that tell which thing they are of.
const IDENTIFYING: [&str; 6] = ["name", "display_name", "arn", "id", "status", "state"];

/// Words with which a detail-type ends when it has said what the event is about.
const HAPPENING: [&str; 5] = ["state", "status", "change", "event", "notification"];

/// What a name may be of that is no thing an event is about: who did something, with what, where, and how.
const ASIDE: [&str; 14] = [
    "account",
    "action",
    "api",
    "call",
    "field",
    "file",
    "host",
    "method",
    "operation",
    "principal",
    "region",
    "role",
    "type",
    "user",
];

/// Words before the name of a thing that tell which of its states is meant: the one that it has now.
const PRESENT: [&str; 2] = ["completed", "current"];

/// The same, where they stand alone: the `lastStatus` of a task is the last that is known, and not the one before.
const LAST: [&str; 3] = ["last", "last_known", "latest"];

/// What an event is about: of the things that its detail-type names, the last that a field identifies, for
/// the last is part of those before. In a `Pipeline Execution Step Status Change` with a `stepName`, the ARN
/// of the execution is that of another thing.
struct Subject<'e> {
    event: &'e EventType,
    /// The detail-type up to what happens.
    words: Vec<String>,
    /// After which of the words it ends.
    end: usize,
}

/// How the name of a field repeats words of the detail-type.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Match {
    /// After which word it ends.
    end: usize,
    /// How many letters are repeated.
    letters: usize,
}

impl<'e> Subject<'e> {
    fn of(event: &'e EventType) -> Self {
        let detail_type = event.detail_type.to_snake_case();
        let mut words: Vec<String> = detail_type.split('_').map(str::to_owned).collect();
        let mut tells_state = false;
        while let Some(last) = words.pop_if(|last| HAPPENING.contains(&last.as_str())) {
            tells_state |= ["state", "status"].contains(&last.as_str());
        }
        let mut subject = Self {
            event,
            end: 0,
            words,
        };
        // The bare `State` in a `Task State Change` is that of the task.
        let bare = if tells_state { subject.words.len() } else { 0 };
        let ends = subject.identified().map(|stem| {
            if stem.is_empty() {
                bare
            } else {
                subject.matched(&stem).map_or(0, |found| found.end)
            }
        });
        subject.end = ends.max().unwrap_or_default();
        subject
    }

    /// The stems of the fields that tell which thing they are of.
    fn identified(&self) -> impl Iterator<Item = String> {
        let texts = self.event.detail.iter();
        let texts = texts.filter(|field| is_text(self.event, &field.ty));
        texts.flat_map(|field| IDENTIFYING.iter().filter_map(|end| stem(field, end)))
    }

    /// The field of a role: of several, the one that repeats most of the detail-type, `TrainingJobName` in
    /// a `Training Job State Change`. `Name` alone comes last, and behind all what is no longer documented.
    fn field(&self, role: &Role) -> Option<&'e Field> {
        let fields = self.event.detail.iter();
        let fields = fields.filter(|field| (role.holds)(self.event, &field.ty));
        let ranked = fields.flat_map(|field| {
            let ends = role.ends.iter().enumerate();
            ends.filter_map(move |(index, end)| {
                let letters = self.letters(&stem(field, end)?)?;
                Some(((!field.is_former(), letters, Reverse(index)), field))
            })
        });
        // The first of those that rank alike.
        let best = ranked.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, field)| field)
    }

    /// The only field that names any thing: where the detail-type does not say what that is, as in a `Build State Change`
    /// with a `project-name`, it is what the event is about.
    fn only_name(&self) -> Option<&'e Field> {
        let fields = self.event.detail.iter();
        let fields = fields.filter(|field| is_text(self.event, &field.ty));
        let mut named = fields.filter_map(|field| Some((field, stem(field, NAME)?)));
        let ((field, stem), None) = (named.next()?, named.next()) else {
            return None;
        };
        let is_other = |word: &str| {
            let said = self.words.iter().any(|known| known == word);
            said || HAPPENING.contains(&word) || ASIDE.contains(&word)
        };
        (!stem.split('_').any(is_other)).then_some(field)
    }

    /// How many letters of the detail-type a stem repeats, if it means the subject.
    fn letters(&self, stem: &str) -> Option<usize> {
        if stem.is_empty() {
            return Some(0);
        }
        let found = self.matched(stem)?;
        (found.end == self.end).then_some(found.letters)
    }

    /// Which words of the detail-type a stem repeats, if it does.
    fn matched(&self, stem: &str) -> Option<Match> {
        let stem: Vec<&str> = stem.split('_').collect();
        let all = self.words.len();
        let runs = (1..=all).flat_map(|end| (0..end).map(move |start| (start, end)));
        let matches = runs.filter_map(|(start, end)| {
            let run = self.words.get(start..end)?;
            let letters = run.concat();
            let repeats = letters == stem.concat() || end == all && frames(&stem, run);
            let letters = letters.len();
            repeats.then_some(Match { end, letters })
        });
        matches.max()
    }
}

/// Whether a stem is these words, from the first to the last, with others between them: a
/// `notebook_instance_lifecycle_config` is a notebook lifecycle config.
fn frames(stem: &[&str], run: &[String]) -> bool {
    let (first, last) = (run.first(), run.last());
    let mut rest = stem.iter();
    run.len() > 1
        && first.map(String::as_str) == stem.first().copied()
        && last.map(String::as_str) == stem.last().copied()
        && run.iter().all(|word| rest.any(|next| next == word))
}

/// What stands before the end of a field's name: `training_job` in `TrainingJobName`.
fn stem(field: &Field, end: &str) -> Option<String> {
    let key = field.key.to_snake_case();
    let before = match key.strip_suffix(end)? {
        "" => "",
        before => before.strip_suffix('_')?,
    };
    if LAST.contains(&before) {
        return Some(String::new());
    }
    let words = before.split('_').filter(|word| !PRESENT.contains(word));
    Some(words.collect::<Vec<_>>().join("_"))
}

fn is_text(event: &EventType, ty: &Type) -> bool {
    match ty {
        Type::String => true,
        Type::Named(name) => {
            let body = event.definition(name).map(|definition| &definition.body);
            matches!(body, Some(Body::Values(_)))
        }
        _ => false,
    }
}

fn is_instant(_: &EventType, ty: &Type) -> bool {
    matches!(ty, Type::Timestamp(_))
}

fn are_tags(event: &EventType, ty: &Type) -> bool {
    match ty {
        Type::Map(_) => ty.is_string_map(),
        Type::List(item) => event.is_pair(item),
        Type::OneOf(types) => types.iter().all(|ty| are_tags(event, ty)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Evidence, WireForm};

    fn field(key: &str, ty: Type) -> Field {
        Field {
            description: None,
            key: key.to_owned(),
            path: key.to_owned(),
            ty,
            required: false,
            example: None,
            condition: None,
            evidence: vec![],
            claims: vec![],
        }
    }

    /// The roles in an event of these fields: instants if their names end so, else text.
    fn roles(detail_type: &str, keys: &[&str]) -> String {
        let ty = |key: &str| {
            if key.ends_with("Time") || key.ends_with("At") {
                Type::Timestamp(vec![WireForm::Rfc3339])
            } else {
                Type::String
            }
        };
        let event = EventType {
            description: None,
            documentation: None,
            source: "my.house".to_owned(),
            detail_type: detail_type.to_owned(),
            name: "Event".to_owned(),
            detail: keys.iter().map(|key| field(key, ty(key))).collect(),
            definitions: vec![].into(),
            roles: vec![],
            documented: None,
            evidence: vec![],
        };
        let found = find_roles(&event).into_iter();
        let found: Vec<String> = found.map(|(role, key)| format!("{role} {key}")).collect();
        found.join(", ")
    }

    #[test]
    fn fields_of_the_subject_have_roles() {
        for (detail_type, keys, expected) in [
            (
                "House Front Door State Change",
                &["DoorName", "FrontDoorName", "Name", "front-door-arn"][..],
                "name FrontDoorName, arn front-door-arn",
            ),
            (
                "House Door State Change",
                &["Name", "currentDoorStatus", "State", "DoorCreationTime"],
                "name Name, status currentDoorStatus, created_at DoorCreationTime",
            ),
            (
                "House Door State-change Notification",
                &["door_state", "DisplayName", "UpdatedAt"],
                "name DisplayName, status door_state, modified_at UpdatedAt",
            ),
            (
                "House Door Lock Config State Change",
                &["DoorFrameLockConfigName", "DoorLockConfigArn"],
                "name DoorFrameLockConfigName, arn DoorLockConfigArn",
            ),
            (
                "House Door State Change",
                &["FailureMessage", "DoorFailureReason", "DoorDisplayName"],
                "name DoorDisplayName, failure_reason DoorFailureReason",
            ),
            // Whatever the style of the keys.
            (
                "House Door State Change",
                &[
                    "door_name",
                    "doorArn",
                    "current-door-status",
                    "DOOR_CREATION_TIME",
                ],
                "name door_name, arn doorArn, status current-door-status",
            ),
            // The only name, of a thing that the detail-type does not say.
            (
                "HouseGuard Watch State Change",
                &["watch-status", "garden-name", "watch-id"],
                "name garden-name, status watch-status",
            ),
            (
                "HouseGuard Watch Round Change",
                &["completed-round-status", "garden-name"],
                "name garden-name, status completed-round-status",
            ),
            (
                "House Guest State Change",
                &["guestArn", "lastStatus", "desiredStatus"],
                "arn guestArn, status lastStatus",
            ),
            (
                "House Door Repainted",
                &["DoorName", "Status"],
                "name DoorName, status Status",
            ),
        ] {
            assert_eq!(roles(detail_type, keys), expected, "{detail_type}");
        }
    }

    #[test]
    fn a_role_stays_with_its_field_until_that_is_no_longer_documented() {
        let text = |key: &str| field(key, Type::String);
        let mut event = EventType {
            description: None,
            documentation: None,
            source: "my.house".to_owned(),
            detail_type: "House Door State Change".to_owned(),
            name: "Event".to_owned(),
            detail: vec![text("DoorName"), text("Name")],
            definitions: vec![].into(),
            roles: vec![],
            documented: None,
            evidence: vec![],
        };
        assert_eq!(find_roles(&event), [("name", "DoorName")]);
        event.roles = vec![("name".to_owned(), "Name".to_owned())];
        assert_eq!(find_roles(&event), [("name", "Name")]);
        event.detail[1].evidence = vec![Evidence::former_page("old.md", None)];
        assert_eq!(find_roles(&event), [("name", "DoorName")]);
        event.detail.remove(0);
        assert_eq!(find_roles(&event), [("name", "Name")], "there is no other");
    }

    #[test]
    fn fields_of_another_thing_have_none() {
        for (detail_type, keys, expected) in [
            // The house is where the door is.
            (
                "House Door State Change",
                &["HouseName", "HouseArn", "DoorStatus"][..],
                "status DoorStatus",
            ),
            ("House Door State Change", &["HouseArn", "DoorId"], ""),
            (
                "House Door State Change",
                &["HouseArn", "State"],
                "status State",
            ),
            // Nobody identifies the door, so it is about the house.
            (
                "House Door State Change",
                &["HouseName", "HouseArn", "FailureReason"],
                "name HouseName, arn HouseArn, failure_reason FailureReason",
            ),
            // Other things that end alike or begin alike.
            (
                "House Door State Change",
                &[
                    "RoleArn",
                    "DoorFrameName",
                    "PreviousDoorStatus",
                    "OtherDoorName",
                ],
                "",
            ),
            (
                "House Door State Change",
                &["DoorName", "OtherCreationTime", "FrameFailureReason"],
                "name DoorName",
            ),
            (
                "House Door Lock Config State Change",
                &["DoorFrameConfigName", "HouseLockName"],
                "",
            ),
            // One of several names, and names of what is done, and by whom.
            ("House Watch State Change", &["garden-name", "gateName"], ""),
            ("House Rule Locked", &["api-name"], ""),
            ("House Rule Locked", &["userName"], ""),
            ("House Guest State Change", &["lastGuestStatus"], ""),
            // What happens is no thing.
            ("House Event", &["EventName", "StateName"], ""),
            // Names of other kinds of values.
            ("House Door State Change", &["NameTime", "StatusAt"], ""),
        ] {
            assert_eq!(roles(detail_type, keys), expected, "{keys:?}");
        }
    }
}
