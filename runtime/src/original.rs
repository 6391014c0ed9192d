//! An event's document comes in; what goes out is what the document said and typed fields cannot hold:
//! which fields of the envelope it left out, and where its detail says `null`.

use serde_json::Value;

/// What a document said beside its values.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Original {
    /// Keys of the envelope that are not there, or not of the kind that their field holds.
    pub(crate) absent: Vec<&'static str>,
    /// The explicit nulls of the detail.
    pub(crate) nulls: Nulls,
}

/// The members of an object that are `null`, and where deeper ones are.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Nulls {
    keys: Vec<String>,
    members: Vec<(String, Nulls)>,
    items: Vec<(usize, Nulls)>,
}

impl Nulls {
    /// The nulls in a value.
    pub(crate) fn of(value: &Value) -> Self {
        let mut nulls = Self::default();
        match value {
            Value::Object(object) => object
                .iter()
                .for_each(|(key, value)| nulls.member(key, value)),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .for_each(|(i, item)| nulls.item(i, item)),
            _ => {}
        }
        nulls
    }

    fn member(&mut self, key: &str, value: &Value) {
        let deeper = Self::of(value);
        if value.is_null() {
            self.keys.push(key.to_owned());
        } else if !deeper.is_empty() {
            self.members.push((key.to_owned(), deeper));
        }
    }

    fn item(&mut self, index: usize, value: &Value) {
        let deeper = Self::of(value);
        if !deeper.is_empty() {
            self.items.push((index, deeper));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.members.is_empty() && self.items.is_empty()
    }

    /// Puts the nulls back where nothing stands now.
    pub(crate) fn restore(&self, value: &mut Value) {
        if let Value::Object(object) = value {
            for key in &self.keys {
                object.entry(key.as_str()).or_insert(Value::Null);
            }
        }
        for (key, nulls) in &self.members {
            value
                .get_mut(key)
                .into_iter()
                .for_each(|member| nulls.restore(member));
        }
        for (index, nulls) in &self.items {
            value
                .get_mut(index)
                .into_iter()
                .for_each(|item| nulls.restore(item));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nulls_return_to_where_they_were() {
        let original =
            json!({"a": null, "b": [{"c": null, "d": 1}, null], "e": {"f": {"g": null}}});
        let mut value = json!({"b": [{"d": 2}, null], "e": {"f": {}}, "h": true});
        Nulls::of(&original).restore(&mut value);
        assert_eq!(
            value,
            json!({"a": null, "b": [{"c": null, "d": 2}, null], "e": {"f": {"g": null}}, "h": true})
        );
    }

    #[test]
    fn what_stands_there_now_stays() {
        let mut value = json!({"a": 1, "e": 2});
        Nulls::of(&json!({"a": null, "e": {"f": null}})).restore(&mut value);
        assert_eq!(value, json!({"a": 1, "e": 2}));
        assert!(Nulls::of(&json!([1, {"a": {}}])).is_empty());
    }
}
