//! The JSON that EventBridge delivers comes in; its envelope and a typed detail go out, and back again
//! as the same JSON.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::ser::{Error, SerializeMap};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::original::{Nulls, Original};
use crate::{Detail, Timestamp};

/// An event as EventBridge delivers it.
///
/// A field that a document lacks is empty here, and is not written back while it stays so. A field of
/// an unexpected kind (an `account` that is a number) is in [`extra`](Self::extra). Explicit nulls in
/// the detail are remembered with the event and written back where no value has taken their place.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<D> {
    /// `version`: of the envelope, `0`.
    pub version: String,
    /// `id`: unique for every event.
    pub id: String,
    /// `detail-type`: what kind of event it is.
    pub detail_type: String,
    /// `source`: the service that sent it.
    pub source: String,
    /// `account`: twelve digits.
    pub account: String,
    /// `time`: when it happened, as the source has it.
    pub time: Option<Timestamp>,
    /// `region`: where it happened.
    pub region: String,
    /// `resources`: ARNs of what it is about.
    pub resources: Vec<String>,
    /// `replay-name`: the replay that delivered it again, if one did.
    pub replay_name: Option<String>,
    /// `detail`: what happened.
    pub detail: D,
    /// Whatever else stands in the envelope.
    pub extra: BTreeMap<String, Value>,
    original: Original,
}

/// The keys whose fields cannot say that they are absent.
const PLAIN: [&str; 7] = [
    "version",
    "id",
    "detail-type",
    "source",
    "account",
    "region",
    "resources",
];

impl<D> Event<D> {
    /// An event of version `0` with all other fields of the envelope empty.
    pub fn new(source: impl Into<String>, detail_type: impl Into<String>, detail: D) -> Self {
        Self {
            version: "0".to_owned(),
            id: String::new(),
            detail_type: detail_type.into(),
            source: source.into(),
            account: String::new(),
            time: None,
            region: String::new(),
            resources: Vec::new(),
            replay_name: None,
            detail,
            extra: BTreeMap::new(),
            original: Original {
                absent: PLAIN.to_vec(),
                nulls: Nulls::default(),
            },
        }
    }
}

impl<D: Detail> Event<D> {
    fn read(mut members: Members) -> Self {
        let source: String = members.take("source");
        let detail_type: String = members.take("detail-type");
        let detail: Value = members.take("detail");
        Self {
            version: members.take("version"),
            id: members.take("id"),
            account: members.take("account"),
            time: members.take_some("time"),
            region: members.take("region"),
            resources: members.take("resources"),
            replay_name: members.take_some("replay-name"),
            original: Original {
                absent: members.absent,
                nulls: Nulls::of(&detail),
            },
            detail: D::read(&source, &detail_type, detail),
            detail_type,
            source,
            extra: members.left.into_iter().collect(),
        }
    }
}

/// The members of an event that no field has taken, and the keys that fields looked for in vain.
struct Members {
    left: Map<String, Value>,
    absent: Vec<&'static str>,
}

impl Members {
    /// Takes a member, or nothing if it is absent. One of another kind is left.
    fn take_some<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        let value = T::deserialize(self.left.get(key)?).ok()?;
        self.left.remove(key);
        Some(value)
    }

    /// Takes a member, or its default if it is absent, and remembers that.
    fn take<T: DeserializeOwned + Default>(&mut self, key: &'static str) -> T {
        self.take_some(key).unwrap_or_else(|| {
            self.absent.push(key);
            T::default()
        })
    }
}

impl<'de, D: Detail> Deserialize<'de> for Event<D> {
    fn deserialize<T: Deserializer<'de>>(deserializer: T) -> Result<Self, T::Error> {
        let left = Map::deserialize(deserializer)?;
        Ok(Self::read(Members {
            left,
            absent: Vec::new(),
        }))
    }
}

impl<D: Detail> Serialize for Event<D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let map = serializer.serialize_map(None)?;
        let mut members = Written {
            map,
            absent: &self.original.absent,
            keys: Vec::new(),
        };
        members.plain("version", &self.version, self.version.is_empty())?;
        members.plain("id", &self.id, self.id.is_empty())?;
        members.plain(
            "detail-type",
            &self.detail_type,
            self.detail_type.is_empty(),
        )?;
        members.plain("source", &self.source, self.source.is_empty())?;
        members.plain("account", &self.account, self.account.is_empty())?;
        members.some("time", self.time.as_ref())?;
        members.plain("region", &self.region, self.region.is_empty())?;
        members.plain("resources", &self.resources, self.resources.is_empty())?;
        members.some("replay-name", self.replay_name.as_ref())?;
        members.detail(&self.detail, &self.original.nulls)?;
        members.extra(&self.extra)?;
        members.map.end()
    }
}

/// The members of an event on their way out.
struct Written<'a, M> {
    map: M,
    absent: &'a [&'static str],
    keys: Vec<&'static str>,
}

impl<M: SerializeMap> Written<'_, M> {
    fn put<T: Serialize>(&mut self, key: &'static str, value: &T) -> Result<(), M::Error> {
        self.keys.push(key);
        self.map.serialize_entry(key, value)
    }

    fn some<T: Serialize>(&mut self, key: &'static str, value: Option<&T>) -> Result<(), M::Error> {
        value.map_or(Ok(()), |value| self.put(key, value))
    }

    /// Writes a field unless it was absent and is still empty.
    fn plain<T: Serialize>(
        &mut self,
        key: &'static str,
        value: &T,
        empty: bool,
    ) -> Result<(), M::Error> {
        let left_out = empty && self.absent.contains(&key);
        self.some(key, Some(value).filter(|_| !left_out))
    }

    fn detail<D: Detail>(&mut self, detail: &D, nulls: &Nulls) -> Result<(), M::Error> {
        if nulls.is_empty() && !self.absent.contains(&"detail") {
            return self.put("detail", &Typed(detail));
        }
        let mut value = serde_json::to_value(Typed(detail)).map_err(M::Error::custom)?;
        nulls.restore(&mut value);
        self.plain("detail", &value, value.is_null())
    }

    /// Writes whatever no field has written.
    fn extra(&mut self, extra: &BTreeMap<String, Value>) -> Result<(), M::Error> {
        extra
            .iter()
            .filter(|(key, _)| !self.keys.contains(&key.as_str()))
            .try_for_each(|(key, value)| self.map.serialize_entry(key, value))
    }
}

/// A detail as serde sees it.
struct Typed<'a, D>(&'a D);

impl<D: Detail> Serialize for Typed<'_, D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Unknown;

    fn delivery() -> Value {
        json!({
            "version": "0", "id": "6a7e", "detail-type": "Door Opened", "source": "my.house",
            "account": "123456789012", "time": "2024-01-01T00:00:00Z", "region": "eu-west-1",
            "resources": [], "replay-name": "again", "detail": {"door": "front", "by": null}
        })
    }

    fn read(value: &Value) -> Event<Value> {
        Event::deserialize(value).unwrap()
    }

    #[test]
    fn a_delivery_is_read_and_written_back() {
        let event = read(&delivery());
        assert_eq!(event.version, "0");
        assert_eq!(event.detail_type, "Door Opened");
        assert_eq!(
            event.time.as_ref().unwrap().unix_millis(),
            Some(1_704_067_200_000)
        );
        assert_eq!(event.replay_name.as_deref(), Some("again"));
        assert!(event.extra.is_empty());
        assert_eq!(serde_json::to_value(&event).unwrap(), delivery());
    }

    #[test]
    fn every_way_into_serde_json_is_the_same() {
        let text = delivery().to_string();
        let event = read(&delivery());
        assert_eq!(serde_json::from_str::<Event<Value>>(&text).unwrap(), event);
        assert_eq!(
            serde_json::from_slice::<Event<Value>>(text.as_bytes()).unwrap(),
            event
        );
        assert_eq!(
            serde_json::from_reader::<_, Event<Value>>(text.as_bytes()).unwrap(),
            event
        );
        assert_eq!(
            serde_json::from_value::<Event<Value>>(delivery()).unwrap(),
            event
        );
    }

    #[test]
    fn keys_come_in_the_order_of_a_delivery() {
        let text = serde_json::to_string(&read(&delivery())).unwrap();
        let (front, back) = text.split_once("\"detail\"").unwrap();
        assert!(front.starts_with(r#"{"version":"0","id":"6a7e","detail-type""#));
        assert!(back.ends_with("}}"));
    }

    #[test]
    fn any_field_may_be_absent_null_or_of_another_kind() {
        let whole = delivery();
        for key in whole.as_object().unwrap().keys() {
            for odd in [
                None,
                Some(json!(null)),
                Some(json!(7)),
                Some(json!([{}])),
                Some(json!("")),
            ] {
                let mut value = whole.clone();
                let members = value.as_object_mut().unwrap();
                match odd {
                    None => members.remove(key),
                    Some(odd) => members.insert(key.clone(), odd),
                };
                assert_eq!(serde_json::to_value(read(&value)).unwrap(), value, "{key}");
            }
        }
        for value in [
            json!({}),
            json!({"more": {"a": [null]}, "account": 123_456_789_012_u64}),
        ] {
            assert_eq!(serde_json::to_value(read(&value)).unwrap(), value);
        }
    }

    #[test]
    fn a_field_set_later_takes_the_place_of_what_did_not_fit() {
        let mut event = read(&json!({"account": 7, "detail": {"by": null}}));
        event.account = "123456789012".to_owned();
        event.detail["by"] = json!("me");
        let expected = json!({"account": "123456789012", "detail": {"by": "me"}});
        assert_eq!(serde_json::to_value(&event).unwrap(), expected);
    }

    #[test]
    fn what_is_no_object_is_an_error() {
        for text in ["", "[]", "1", "null", "{\"detail\":", "{\"a\":\u{0}}"] {
            assert!(
                serde_json::from_str::<Event<Value>>(text).is_err(),
                "{text}"
            );
        }
        let deep = "[".repeat(100_000);
        assert!(serde_json::from_str::<Event<Value>>(&format!("{{\"detail\":{deep}")).is_err());
    }

    /// Knows one detail-type of one source.
    #[derive(Debug, PartialEq)]
    enum Home {
        Door(BTreeMap<String, String>),
        Unknown(Unknown),
    }

    impl Detail for Home {
        fn read(source: &str, detail_type: &str, detail: Value) -> Self {
            match (source, detail_type) {
                ("my.house", "Door Opened") => {
                    crate::fit(detail).map_or_else(Self::Unknown, Self::Door)
                }
                _ => Self::Unknown(Unknown::new(detail)),
            }
        }

        fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Door(door) => door.serialize(serializer),
                Self::Unknown(unknown) => unknown.serialize(serializer),
            }
        }
    }

    #[test]
    fn the_detail_is_read_by_its_type_wherever_that_stands() {
        let text = r#"{"detail":{"door":"front"},"source":"my.house","detail-type":"Door Opened"}"#;
        let event: Event<Home> = serde_json::from_str(text).unwrap();
        assert!(matches!(&event.detail, Home::Door(door) if door["door"] == "front"));
        let new = Event::new("my.house", "Door Opened", event.detail);
        let value = serde_json::to_value(&new).unwrap();
        let mut expected: Value = serde_json::from_str(text).unwrap();
        expected["version"] = json!("0");
        assert_eq!(value, expected);
    }

    #[test]
    fn a_detail_that_does_not_fit_is_kept() {
        let value =
            json!({"detail": {"door": 1}, "source": "my.house", "detail-type": "Door Opened"});
        let event = Event::<Home>::deserialize(&value).unwrap();
        let Home::Unknown(unknown) = &event.detail else {
            panic!("{event:?}")
        };
        assert!(unknown.reason.to_string().contains("expected a string"));
        assert_eq!(serde_json::to_value(&event).unwrap(), value);
    }
}
