//! What made-up models are made of.

use eventbridge_catalog::model::{
    Body, Definition, Documented, EventType, Evidence, Field, KnownValue, Type,
};

/// A field that may be absent, and where it is documented.
pub(super) fn field(key: &str, ty: Type, places: &[(&str, usize)]) -> Field {
    Field {
        description: None,
        key: key.to_owned(),
        path: key.to_owned(),
        ty,
        required: false,
        example: None,
        condition: None,
        evidence: sites(places),
        claims: Vec::new(),
    }
}

pub(super) fn definition(name: &str, paths: &[&str], body: Body) -> Definition {
    Definition {
        description: None,
        name: name.to_owned(),
        paths: paths.iter().map(|path| (*path).to_owned()).collect(),
        body,
    }
}

/// An open enum of these values, and where each is documented.
pub(super) fn values(
    name: &str,
    paths: &[&str],
    values: &[&str],
    places: &[(&str, usize)],
) -> Definition {
    let known = |value: &&str| KnownValue {
        value: (*value).to_owned(),
        evidence: sites(places),
    };
    definition(
        name,
        paths,
        Body::Values(values.iter().map(known).collect()),
    )
}

/// Lines of pages.
pub(super) fn sites(places: &[(&str, usize)]) -> Vec<Evidence> {
    let site = |(page, line): &(&str, usize)| Evidence::page(*page, *line);
    places.iter().map(site).collect()
}

/// An event that is no longer documented.
pub(super) fn former_event(source: &str, detail_type: &str, name: &str) -> EventType {
    let former = vec![Evidence::former_page("old.md", Some("2020-08"))];
    let mut states = values(
        "KettleState",
        &["KettleState"],
        &["Hot", "Cold"],
        &[("old.md", 9)],
    );
    if let Body::Values(known) = &mut states.body {
        known[1].evidence.clone_from(&former);
    }
    let detail = [
        ("KettleName", Type::String),
        ("KettleState", self::named("KettleState")),
    ];
    let detail = detail.map(|(key, ty)| Field {
        required: true,
        evidence: former.clone(),
        ..field(key, ty, &[])
    });
    EventType {
        description: Some("Sent when a kettle boiled.".to_owned()),
        documentation: None,
        source: source.to_owned(),
        detail_type: detail_type.to_owned(),
        name: name.to_owned(),
        detail: detail.to_vec(),
        definitions: vec![states].into(),
        roles: Vec::new(),
        documented: Some(Documented {
            first: "2019-01".to_owned(),
            last: "2020-08".to_owned(),
        }),
        evidence: former,
    }
}

pub(super) fn named(name: &str) -> Type {
    Type::Named(name.to_owned())
}

pub(super) fn list(item: Type) -> Type {
    Type::List(Box::new(item))
}

pub(super) fn map(item: Type) -> Type {
    Type::Map(Box::new(item))
}
