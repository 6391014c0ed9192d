//! What every emitter reads: the events of a schema set as plain owned data, ordered as they are to
//! be written. No identifier of any target language stands here; emitters make their own from
//! [`EventType::name`], [`Definition::name`] and [`Field::key`].

mod condition;
mod definitions;
mod evidence;

pub use condition::Condition;
pub use definitions::Definitions;
pub use evidence::{Evidence, Origin};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All events of one schema set, and the package they become.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// What the packages are called and how they are described.
    pub package: Package,
    /// Sorted by source, then by name.
    pub events: Vec<EventType>,
}

/// What the packages are called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// Kebab-case, as on crates.io, npm and PyPI: `sagemaker-events`.
    pub name: String,
    /// Semantic version of all packages.
    pub version: String,
    /// One sentence.
    pub description: String,
    /// Where the packages' sources are kept: an address, if one is known.
    pub repository: Option<String>,
    /// Where people look its events up, as pages: an address, if one is known.
    pub catalogue: Option<String>,
    /// Where the generated Rust finds its runtime on this disk, from its own folder: `../../runtime`. None: by
    /// version alone.
    pub runtime: Option<String>,
    /// What documents for a schema registry are called and may say.
    pub registry: RegistryDocuments,
}

/// What documents for a schema registry are called and may say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryDocuments {
    /// Whether they close enums: a value that nobody has documented is refused.
    pub closed_enums: bool,
    /// The names that events keep.
    pub names: RegistryNames,
}

/// What the schemas of events are called in a schema registry, by source and detail-type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryNames {
    pub(crate) names: BTreeMap<String, BTreeMap<String, String>>,
}

impl RegistryNames {
    /// What an event's schema is called: `aws.sagemaker@SageMakerTrainingJobStateChange`.
    pub fn name(&self, source: &str, detail_type: &str) -> Option<&str> {
        let name = self.names.get(source)?.get(detail_type)?;
        Some(name.as_str())
    }
}

/// One event: an event source and a detail-type, and the shape of the detail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventType {
    /// The event source: `aws.sagemaker`.
    pub source: String,
    /// The detail-type as it is on the wire: `SageMaker Training Job State Change`.
    pub detail_type: String,
    /// Short name in PascalCase, unique in the model: `TrainingJobStateChange`.
    pub name: String,
    /// When it is sent: text in which only backticks mean something, as around inline code.
    pub description: Option<String>,
    /// The address of the page that documents it.
    pub documentation: Option<String>,
    /// The fields of `detail`, in the order of their first evidence. None: documented by name alone.
    pub detail: Vec<Field>,
    /// What the detail's fields refer to, in the order of first use. Names are unique in the event,
    /// and none is the event's own.
    pub definitions: Definitions,
    /// Which fields packages gave which [role](crate::roles), by the names of the roles; others are found anew.
    pub roles: Vec<(String, String)>,
    /// When pages that have dates documented it.
    pub documented: Option<Documented>,
    /// Where the event is documented.
    pub evidence: Vec<Evidence>,
}

impl EventType {
    /// The definition that a [`Type::Named`] of this event means.
    pub fn definition(&self, name: &str) -> Option<&Definition> {
        self.definitions.named(name)
    }

    /// Whether a type is an object of two strings, as tags are listed.
    pub fn is_pair(&self, ty: &Type) -> bool {
        let Type::Named(name) = ty else { return false };
        let body = self.definition(name).map(|definition| &definition.body);
        matches!(body, Some(Body::Object(fields))
            if fields.len() == 2 && fields.iter().all(|field| field.ty == Type::String))
    }
}

/// The first and the last edition that documented an event, of those that are known: `2021-06`, `2026-07-31`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Documented {
    /// The date of the first.
    pub first: String,
    /// The date of the last.
    pub last: String,
}

/// A named part of a detail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    /// PascalCase: `AlgorithmSpecification`.
    pub name: String,
    /// The paths in the detail that have this type: `InputDataConfig[].DataSource`.
    pub paths: Vec<String>,
    /// What it holds: its own description, or what all fields that hold it say alike.
    pub description: Option<String>,
    /// What it is.
    pub body: Body,
}

/// What a definition is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// An object with these fields, and whatever else arrives.
    Object(Vec<Field>),
    /// A string with these known values, and whatever else arrives.
    Values(Vec<KnownValue>),
}

/// One known value of an open enum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownValue {
    /// As events spell it: `Executing`.
    pub value: String,
    /// Where it is documented.
    pub evidence: Vec<Evidence>,
}

/// One field of an object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// As events spell it: `TrainingJobName`.
    pub key: String,
    /// Where it stands in the detail: `InputDataConfig[].ChannelName`.
    pub path: String,
    /// What it means: text as in [`EventType::description`].
    pub description: Option<String>,
    /// What it holds.
    pub ty: Type,
    /// Whether every event has it, not null. All else may be absent, and may be null. One that is no longer documented
    /// keeps what it was, so that its type does: see [`Field::is_expected`].
    pub required: bool,
    /// A value that a sample shows, as JSON text, when it is short enough to help a reader.
    pub example: Option<String>,
    /// When the page says that the event has it.
    pub condition: Option<Condition>,
    /// Where it is documented.
    pub evidence: Vec<Evidence>,
    /// What each piece of evidence says of it.
    pub claims: Vec<Claim>,
}

/// What one piece of evidence says of a field: `id-2025.txt:31: string Completed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Where, and what stands there.
    pub fact: String,
    /// Whether the schema follows it; if not, better evidence says otherwise.
    pub followed: bool,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Type {
    /// Anything: the evidence does not say.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A number that evidence shows without a fraction part only: `3`.
    Integer,
    /// A number: `1.0`, `0.5`.
    Number,
    /// Text.
    String,
    /// An instant, on the wire in any of its forms: epoch milliseconds or seconds as integer, float or string
    /// of digits, or RFC 3339 to nanoseconds. Holds the forms that evidence shows.
    Timestamp(Vec<WireForm>),
    /// An array.
    List(Box<Type>),
    /// An object whose keys are data.
    Map(Box<Type>),
    /// A definition of the same event, by name.
    Named(String),
    /// One of several: evidence disagrees.
    OneOf(Vec<Type>),
}

impl Type {
    /// Whether it is an object whose values are text, whatever its keys.
    pub fn is_string_map(&self) -> bool {
        matches!(self, Type::Map(value) if **value == Type::String)
    }
}

/// How an instant is written.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum WireForm {
    /// `1635195148181`
    IntegerMillis,
    /// `1592411992203.0`
    FloatMillis,
    /// `"1583831889050"`
    StringMillis,
    /// `1767323045`
    IntegerSeconds,
    /// `1767323045.5`
    FloatSeconds,
    /// `"1767323045"`
    StringSeconds,
    /// `"2022-12-03T00:09:44.893854735Z"`, to seconds or finer.
    Rfc3339,
}

impl WireForm {
    /// All forms.
    pub const ALL: [WireForm; 7] = [
        WireForm::IntegerMillis,
        WireForm::FloatMillis,
        WireForm::StringMillis,
        WireForm::IntegerSeconds,
        WireForm::FloatSeconds,
        WireForm::StringSeconds,
        WireForm::Rfc3339,
    ];

    /// The name in schemas: `integer-millis`.
    pub fn name(self) -> &'static str {
        match self {
            WireForm::IntegerMillis => "integer-millis",
            WireForm::FloatMillis => "float-millis",
            WireForm::StringMillis => "string-millis",
            WireForm::IntegerSeconds => "integer-seconds",
            WireForm::FloatSeconds => "float-seconds",
            WireForm::StringSeconds => "string-seconds",
            WireForm::Rfc3339 => "rfc3339",
        }
    }
}
