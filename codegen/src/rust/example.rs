//! Events of the model come in; short programs that read one and make one go out, for the first page of
//! the documentation and for that of each event.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::name::{self, DefinitionNames, EventNames};
use super::{print, setters};
use crate::sample;
use eventbridge_catalog::json::{self, Value};
use eventbridge_catalog::model::{Body, Condition, EventType, Field, Model, Type};
use eventbridge_catalog::roles;

/// The event that shows most: by what it has in common with others, what is always there, and all else.
pub(super) fn richest<'m>(
    model: &'m Model,
    names: &'m [EventNames],
) -> Option<(&'m EventType, &'m EventNames)> {
    let rank = roles::richness;
    let events = model.events.iter().zip(names);
    events.reduce(|best, next| {
        if rank(next.0) > rank(best.0) {
            next
        } else {
            best
        }
    })
}

/// A program that reads an event, finds its type and looks at it.
pub(super) fn reading(krate: &str, event: &EventType, names: &EventNames) -> String {
    let json = json::write(&sample::event(event));
    let status = by_known_status(event, names);
    let (module, ty) = (
        format_ident!("{}", names.module),
        format_ident!("{}", names.ty),
    );
    let krate_ident = format_ident!("{krate}");
    let (import, arm) = match status {
        Some((status, arm)) => (quote!(use #krate_ident::#module::#status;), arm),
        None => (quote!(), quote!(println!("{detail:?}"))),
    };
    let required = |role| role_of(event, role).filter(|field| field.required);
    let told = ["name", "status"]
        .map(|role| required(role).and_then(|field| says(role, &shown(event, field))));
    let told = told.iter().flatten();
    let text = print::program(quote! {
        #import
        use #krate_ident::{Detail, Event};

        let document = #DOCUMENT;
        let event = Event::from_slice(document.as_bytes())?;
        match &event.detail {
            Detail::#ty(detail) => #arm,
            Detail::Unknown(unknown) => println!("{unknown:?}"),
            _ => {}
        }
        #(#told)*
    });
    let text = text.replacen(&format!("\"{DOCUMENT}\""), &raw_string(json.trim_end()), 1);
    format!("{text}# Ok::<(), {krate}::ParseError>(())\n")
}

/// Stands for the document until all else is printed: lines within it are not Rust's.
const DOCUMENT: &str = "the document";

/// A raw string literal.
fn raw_string(text: &str) -> String {
    let hashes = fence(text);
    format!("r{hashes}\"{text}\"{hashes}")
}

/// A match on the status of an event.
fn by_status(event: &EventType, field: &Field, ty: &Ident, variant: &Ident) -> TokenStream {
    let ident = |wanted: &Field| {
        let fields = event.detail.iter().zip(name::fields(&event.detail));
        let mut fields = fields.filter(|(field, _)| field.key == wanted.key);
        fields.next().map(|(_, ident)| format_ident!("{ident}"))
    };
    let status = ident(field);
    let (known, unknown) = match field.required {
        true => (quote!(#ty::#variant), quote!(#ty::Unknown(new))),
        false => (quote!(Some(#ty::#variant)), quote!(Some(#ty::Unknown(new)))),
    };
    let name = role_of(event, "name").filter(|name| name.required);
    let told = match name.map(ident) {
        Some(name) => quote!(println!("{}", detail.#name)),
        None => quote!(println!("{detail:?}")),
    };
    quote!(match &detail.#status {
        #known => #told,
        #unknown => println!("not documented: {new}"),
        other => println!("{other:?}"),
    })
}

/// A function that takes events of one type.
pub(super) fn one_type(krate: &str, names: &EventNames) -> String {
    let [krate, module, ty] = idents([krate, &names.module, &names.ty]);
    print::program(quote! {
        use #krate::EventOf;
        use #krate::#module::#ty;

        fn handle(event: EventOf<#ty>) {
            println!("{}: {:?}", event.id, event.detail);
        }
    })
}

/// A function that takes events of one type, and goes by the status of those that have one.
pub(super) fn handling(krate: &str, event: &EventType, names: &EventNames) -> String {
    let [krate, module, ty] = idents([krate, &names.module, &names.ty]);
    let (imports, looks) = match by_known_status(event, names) {
        Some((status, looks)) => (quote!({#ty, #status}), looks),
        None => (quote!(#ty), quote!(println!("{detail:?}"))),
    };
    print::program(quote! {
        use #krate::EventOf;
        use #krate::#module::#imports;

        fn handle(event: EventOf<#ty>) {
            let detail = &event.detail;
            #looks
        }
    })
}

/// The enum of an event's status, and a match on it.
fn by_known_status(event: &EventType, names: &EventNames) -> Option<(Ident, TokenStream)> {
    let field = role_of(event, "status")?;
    let part = open_enum(event, names, field)?;
    let variant = variant(part, &shown(event, field))?;
    let status = format_ident!("{}", part.ty);
    let looks = by_status(event, field, &status, &variant);
    Some((status, looks))
}

/// A function that reads the details of one type, and passes all other events on.
pub(super) fn routing(krate: &str, names: &EventNames) -> String {
    let [krate, module, ty] = idents([krate, &names.module, &names.ty]);
    print::program(quote! {
        use #krate::#module::#ty;
        use #krate::{LazyEvent, ParseError};

        fn route(document: &[u8]) -> Result<(), ParseError> {
            let event = LazyEvent::from_slice(document)?;
            match event.detail_type() {
                #ty::DETAIL_TYPE => {
                    let detail = event.detail_as::<#ty>()?;
                    println!("{detail:?}");
                }
                _ => println!("passed on as it came: {}", event.as_json()),
            }
            Ok(())
        }
    })
}

/// A test of a rule, made and as text. None, if no status has known values.
pub(super) fn matching(krate: &str, event: &EventType, names: &EventNames) -> Option<String> {
    let field = role_of(event, "status").filter(|field| field.required)?;
    let part = open_enum(event, names, field)?;
    let variant = variant(part, &shown(event, field))?;
    let mut idents = event.detail.iter().zip(name::fields(&event.detail));
    let (_, status) = idents.find(|(it, _)| it.key == field.key)?;
    let (with, status) = (setters::name(&status), format_ident!("{status}"));
    let [krate, module, ty, values] = self::idents([krate, &names.module, &names.ty, &part.ty]);
    let own = quote!(use #krate::#module::{#ty, #values};);
    let pattern = quote!(use #krate::pattern::Pattern;);
    // The order is rustfmt's.
    let imports = match names.module.as_str() < "pattern" {
        true => [own, pattern],
        false => [pattern, own],
    };
    Some(print::program(quote! {
        use #krate::Event;
        #(#imports)*

        let event = Event::from(#ty::new().#with(#values::#variant));
        let rule = #ty::pattern().#status(#values::#variant);
        let is_sent = rule.matches(&event)?;
        assert!(is_sent);

        let other = Event::from(#ty::new());
        let is_kept_back = !Pattern::parse(&rule.to_string())?.matches(&other)?;
        assert!(is_kept_back);
    }))
}

/// A function that works off the message of a queue, and loses nothing.
pub(super) fn consuming(krate: &str, names: &EventNames) -> String {
    let [krate, _, ty] = idents([krate, &names.module, &names.ty]);
    print::program(quote! {
        use #krate::{Detail, Event, ParseError};

        fn consume(body: &[u8]) -> Result<(), ParseError> {
            for event in Event::from_message(body)? {
                match &event.detail {
                    Detail::#ty(detail) => println!("{detail:?}"),
                    _ => println!("put aside, whole: {}", event.to_json()),
                }
            }
            Ok(())
        }
    })
}

fn idents<const N: usize>(names: [&str; N]) -> [Ident; N] {
    names.map(|name| format_ident!("{name}"))
}

/// A program that makes an event. None, if what every event has is more than text, numbers and instants.
pub(super) fn making(krate: &str, event: &EventType, names: &EventNames) -> Option<String> {
    let set = optional(event);
    let mut maker = Maker {
        event,
        names,
        condition: set.as_ref().and_then(|(field, _)| field.condition.as_ref()),
        imports: BTreeSet::from([names.ty.clone()]),
        instants: false,
    };
    let required = event.detail.iter().filter(|field| field.required);
    let given = required.map(|field| maker.expression(field));
    let given = given.collect::<Option<Vec<_>>>()?;
    let set = set.map(|(field, ident)| {
        let value = print::literal(&maker.shown(field));
        (ident, value.into_token_stream())
    });
    let idents = event.detail.iter().zip(name::fields(&event.detail));
    let idents = idents.filter(|(field, _)| field.required);
    let given = idents.map(|(_, ident)| ident).zip(given).chain(set);
    let setters = given.map(|(ident, value)| {
        let with = setters::name(&ident);
        quote!(.#with(#value))
    });
    let ty = format_ident!("{}", names.ty);
    let (imports, told) = (maker.imports(krate), maker.told());
    Some(print::program(quote! {
        #imports
        let detail = #ty::new() #(#setters)*;
        let event = Event::from(detail);
        #told
    }))
}

/// The field to set, of those that may be absent: a reason, a name, or the first that is text.
fn optional(event: &EventType) -> Option<(&Field, String)> {
    let fields = event.detail.iter().zip(name::fields(&event.detail));
    let mut texts: Vec<_> = fields
        .filter(|(field, _)| !field.required && field.ty == Type::String)
        .collect();
    let roles = ["failure_reason", "name"].map(|role| role_of(event, role));
    let is_role =
        |field: &Field, role: &Option<&Field>| role.is_some_and(|role| role.key == field.key);
    texts.sort_by_key(|(field, _)| {
        let place = roles.iter().position(|role| is_role(field, role));
        place.unwrap_or(roles.len())
    });
    texts.into_iter().next()
}

/// The field that has a role.
fn role_of<'e>(event: &'e EventType, role: &str) -> Option<&'e Field> {
    let roles = roles::find_roles(event);
    let (_, key) = roles.iter().find(|(other, _)| *other == role)?;
    event.detail.iter().find(|field| field.key == *key)
}

/// Writes the values of fields as Rust.
struct Maker<'m> {
    event: &'m EventType,
    names: &'m EventNames,
    /// When the event has the field that is set.
    condition: Option<&'m Condition>,
    /// What the program takes from the event's module.
    imports: BTreeSet<String>,
    instants: bool,
}

impl Maker<'_> {
    /// A value as a constructor takes it.
    fn expression(&mut self, field: &Field) -> Option<TokenStream> {
        match &field.ty {
            Type::Timestamp(_) => {
                self.instants = true;
                let millis = Literal::i64_unsuffixed(sample::millis(field));
                Some(quote!(Timestamp::from_unix_millis(#millis)))
            }
            Type::Named(_) => self.choice(field),
            Type::String => Some(print::literal(&self.shown(field)).into_token_stream()),
            Type::Integer => match sample::value(self.event, field).value {
                Value::Number(number) => Some(integer(&number)?.into_token_stream()),
                _ => None,
            },
            _ => None,
        }
    }

    /// A known value by its name, and another as text.
    fn choice(&mut self, field: &Field) -> Option<TokenStream> {
        let shown = self.shown(field);
        let part = open_enum(self.event, self.names, field)?;
        Some(match variant(part, &shown) {
            Some(variant) => {
                self.imports.insert(part.ty.clone());
                let ty = format_ident!("{}", part.ty);
                quote!(#ty::#variant)
            }
            None => print::literal(&shown).into_token_stream(),
        })
    }

    /// The text that stands in a field.
    fn shown(&self, field: &Field) -> String {
        let condition = self.condition.filter(|it| it.when == field.path);
        let decides = condition.and_then(|it| it.is.first());
        decides.cloned().unwrap_or_else(|| shown(self.event, field))
    }

    /// What the event says in the end: its status, its name, or what it is.
    fn told(&self) -> TokenStream {
        let roles = ["status", "name"].map(|role| (role, role_of(self.event, role)));
        let told = roles.into_iter().find_map(|(role, field)| {
            let field = field.filter(|field| field.required)?;
            says(role, &self.shown(field))
        });
        told.unwrap_or_else(|| {
            let ty = format_ident!("{}", self.names.ty);
            quote!(assert_eq!(event.detail_type, #ty::DETAIL_TYPE);)
        })
    }

    fn imports(&self, krate: &str) -> TokenStream {
        let [krate, module] = [krate, &self.names.module].map(|name| format_ident!("{name}"));
        let names = self.imports.iter().map(|name| format_ident!("{name}"));
        let own = quote!(use #krate::#module::{#(#names),*};);
        // The order is rustfmt's: a list stands behind a name.
        match self.instants {
            true => quote!(#own use #krate::{Event, Timestamp};),
            false => quote!(use #krate::Event; #own),
        }
    }
}

/// An integer as an `impl Into<i64>`: Rust takes one without a type for an `i32`, and refuses what does not
/// fit there.
fn integer(number: &str) -> Option<Literal> {
    let integer: i64 = number.parse().ok()?;
    Some(match i32::try_from(integer) {
        Ok(small) => Literal::i32_unsuffixed(small),
        Err(_) => Literal::i64_suffixed(integer),
    })
}

/// What one role of an event says. Of empty text it says nothing.
fn says(role: &str, value: &str) -> Option<TokenStream> {
    let (role, literal) = (format_ident!("{role}"), print::literal(value));
    (!value.is_empty()).then(|| quote!(assert_eq!(event.#role(), Some(#literal));))
}

/// The text that stands in a field.
fn shown(event: &EventType, field: &Field) -> String {
    let shown = sample::value(event, field);
    shown.as_str().unwrap_or_default().to_owned()
}

/// The enum of a field.
fn open_enum<'e>(
    event: &EventType,
    names: &'e EventNames,
    field: &Field,
) -> Option<&'e DefinitionNames> {
    let Type::Named(definition) = &field.ty else {
        return None;
    };
    match &event.definition(definition)?.body {
        Body::Values(_) => names.definition(definition).ok(),
        Body::Object(_) => None,
    }
}

/// The variant that is spelled so.
fn variant(part: &DefinitionNames, value: &str) -> Option<Ident> {
    let place = part.values.iter().position(|known| known.value == value)?;
    let name = name::variants(&part.values).swap_remove(place);
    Some(format_ident!("{name}"))
}

/// As many `#` as a raw string of this text needs.
fn fence(text: &str) -> String {
    let longest = text
        .split('"')
        .skip(1)
        .map(|after| after.len() - after.trim_start_matches('#').len());
    "#".repeat(longest.max().unwrap_or(0) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use eventbridge_catalog::model::{Definition, KnownValue, Package};

    fn field(key: &str, ty: Type, required: bool) -> Field {
        Field {
            description: None,
            key: key.to_owned(),
            path: key.to_owned(),
            ty,
            required,
            example: None,
            condition: None,
            evidence: vec![],
            claims: vec![],
        }
    }

    fn kettle(fields: Vec<Field>) -> Model {
        let values = ["BOILS", "COLD"].map(|value| KnownValue {
            value: value.to_owned(),
            evidence: vec![],
        });
        let event = EventType {
            description: None,
            documentation: None,
            source: "my.kitchen".to_owned(),
            detail_type: "Kettle State Change".to_owned(),
            name: "KettleStateChange".to_owned(),
            detail: fields,
            definitions: vec![Definition {
                description: None,
                name: "Status".to_owned(),
                paths: vec![],
                body: Body::Values(values.to_vec()),
            }]
            .into(),
            roles: vec![],
            documented: None,
            evidence: vec![],
        };
        let package = Package {
            name: "kitchen".to_owned(),
            version: String::new(),
            description: String::new(),
            repository: None,
            catalogue: None,
            runtime: None,
            registry: Default::default(),
        };
        Model {
            package,
            events: vec![event],
        }
    }

    fn status(required: bool) -> Field {
        field("KettleStatus", Type::Named("Status".to_owned()), required)
    }

    fn written(
        fields: Vec<Field>,
        program: impl Fn(&EventType, &EventNames) -> Option<String>,
    ) -> Option<String> {
        let model = kettle(fields);
        program(&model.events[0], &name::events(&model)[0])
    }

    #[test]
    fn a_status_that_may_be_absent_is_matched_as_such() {
        let text = written(vec![status(false)], |event, names| {
            Some(reading("kitchen", event, names))
        });
        let text = text.unwrap_or_default();
        assert!(text.contains("Some(Status::Boils) => println!(\"{detail:?}\"),"));
        assert!(text.contains("Some(Status::Unknown(new)) => "));
        assert!(!text.contains("assert"));
    }

    #[test]
    fn what_is_set_decides_the_status() {
        let with = |is: &str| {
            let condition = Some(Condition {
                when: "KettleStatus".to_owned(),
                is: [is.to_owned()].into(),
            });
            let reason = Field {
                condition,
                ..field("FailureReason", Type::String, false)
            };
            let fields = vec![field("Lid", Type::String, false), status(true), reason];
            let making = |event: &EventType, names: &EventNames| making("kitchen", event, names);
            written(fields, making).unwrap_or_default()
        };
        let known = with("COLD");
        assert!(
            known.contains(".with_kettle_status(Status::Cold)"),
            "{known}"
        );
        assert!(known.contains(".with_failure_reason("), "{known}");
        assert!(known.ends_with("assert_eq!(event.status(), Some(\"COLD\"));\n"));
        assert!(with("LOST").contains(".with_kettle_status(\"LOST\")"));
    }

    #[test]
    fn what_is_no_scalar_is_not_made() {
        let any = vec![field("Lid", Type::Any, true)];
        let making = |event: &EventType, names: &EventNames| making("kitchen", event, names);
        assert_eq!(written(any, making), None);
    }
}
