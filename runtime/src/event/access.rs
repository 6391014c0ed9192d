//! An event comes in; what stands in its envelope goes out as plain text, and is set in tests.

use std::fmt;

use crate::object::Node;
use crate::{Detail, Difference, Event, Member, Subject, Text, Timestamp, differences, object};

impl<D, K> Event<D, K> {
    /// `version`: of the envelope, `0`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// `id`: unique for every event.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// `detail-type`: what kind of event it is.
    #[must_use]
    pub fn detail_type(&self) -> &str {
        &self.detail_type
    }

    /// `source`: the service that sent it.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// `account`: twelve digits.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.account
    }

    /// `time`: when it happened.
    #[must_use]
    pub fn time(&self) -> Option<Timestamp> {
        self.time
    }

    /// `region`: where it happened.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// `resources`: ARNs of what it is about.
    #[must_use]
    pub fn resources(&self) -> &[Text] {
        &self.resources
    }

    /// `replay-name`: the replay that delivered it again, if one did.
    #[must_use]
    pub fn replay_name(&self) -> Option<&str> {
        self.replay_name.as_deref()
    }

    /// `detail`: what happened.
    #[must_use]
    pub fn detail(&self) -> &D {
        &self.detail
    }

    /// The same event with this `id`.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<Text>) -> Self {
        self.id = id.into();
        self
    }

    /// The same event with this `source`, for one that is not the service's own.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Text>) -> Self {
        self.source = source.into();
        self
    }

    /// The same event with this `detail-type`.
    #[must_use]
    pub fn with_detail_type(mut self, detail_type: impl Into<Text>) -> Self {
        self.detail_type = detail_type.into();
        self
    }

    /// The same event with this `account`.
    #[must_use]
    pub fn with_account(mut self, account: impl Into<Text>) -> Self {
        self.account = account.into();
        self
    }

    /// The same event with this `time`.
    #[must_use]
    pub fn with_time(mut self, time: impl Into<Timestamp>) -> Self {
        self.time = Some(time.into());
        self
    }

    /// The same event with this `region`.
    #[must_use]
    pub fn with_region(mut self, region: impl Into<Text>) -> Self {
        self.region = region.into();
        self
    }

    /// The same event with these `resources`.
    #[must_use]
    pub fn with_resources(mut self, resources: impl IntoIterator<Item = impl Into<Text>>) -> Self {
        self.resources = resources.into_iter().map(Into::into).collect();
        self
    }

    /// The same event with this `replay-name`.
    #[must_use]
    pub fn with_replay_name(mut self, replay_name: impl Into<Text>) -> Self {
        self.replay_name = Some(replay_name.into());
        self
    }
}

impl<D: Detail, K> Event<D, K> {
    /// What stands at a key of the envelope, whether it is known here or not; `detail` is one of them. It is the way to
    /// read what has no field yet: see [`Member`].
    ///
    /// ```
    /// use eventbridge_runtime::{Event, json::Json};
    ///
    /// let event: Event<Json> = r#"{"source": "my.house", "colour": "red", "detail": {"door": "front"}}"#.parse()?;
    /// assert_eq!(event.get("source").unwrap(), "my.house");
    /// assert_eq!(event.get("colour").unwrap(), "red");
    /// let door = event.get("detail").and_then(|detail| detail.get("door"));
    /// assert_eq!(door.and_then(|door| door.as_str()), Some("front"));
    /// # Ok::<(), eventbridge_runtime::ParseError>(())
    /// ```
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Member<'_>> {
        object::viewed(self, |view| view.member(key))
            .flatten()
            .map(Member::new)
    }

    /// The event as JSON, without space, each number as it was spelled.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(1024);
        Node::Object(self).write(&mut out);
        out
    }

    /// How the event differs from what is known of its type: unknown fields, values and details, fields
    /// that are null, missing, or of another kind; each with its path.
    #[must_use]
    pub fn differences(&self) -> Vec<Difference> {
        differences::differences_in(Node::Object(self))
    }

    /// The name of what the event is about; see [`Subject`] for this and the next.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.detail.name()
    }

    /// The ARN of what the event is about.
    #[must_use]
    pub fn arn(&self) -> Option<&str> {
        self.detail.arn()
    }

    /// The state of what the event is about.
    #[must_use]
    pub fn status(&self) -> Option<&str> {
        self.detail.status()
    }

    /// Why what the event is about failed.
    #[must_use]
    pub fn failure_reason(&self) -> Option<&str> {
        self.detail.failure_reason()
    }

    /// When what the event is about was made.
    #[must_use]
    pub fn created_at(&self) -> Option<Timestamp> {
        self.detail.created_at()
    }

    /// When what the event is about was changed last.
    #[must_use]
    pub fn modified_at(&self) -> Option<Timestamp> {
        self.detail.modified_at()
    }

    /// The tags of what the event is about.
    #[must_use]
    pub fn tags(&self) -> Option<Vec<(&str, &str)>> {
        self.detail.tags()
    }
}

impl<D: fmt::Debug, K> fmt::Debug for Event<D, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("version", &self.version)
            .field("id", &self.id)
            .field("detail_type", &self.detail_type)
            .field("source", &self.source)
            .field("account", &self.account)
            .field("time", &self.time)
            .field("region", &self.region)
            .field("resources", &self.resources)
            .field("replay_name", &self.replay_name)
            .field("detail", &self.detail)
            .field("extra", &self.extra)
            .finish()
    }
}
