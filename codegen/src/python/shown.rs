//! The named events come in; the one that examples show, and what of it they show, goes out.

use super::Module;
use super::local::Local;
use eventbridge_catalog::model::{Body, EventType, Field, Type};
use eventbridge_catalog::roles;

/// The event that shows most: by what it has in common with others, what is always there, and all else.
pub(super) fn richest<'s, 'm>(modules: &'s [Module<'m>]) -> Option<&'s Module<'m>> {
    let rank = |event: &EventType| {
        let required = event.detail.iter().filter(|field| field.required).count();
        (roles::find_roles(event).len(), required, event.detail.len())
    };
    modules
        .iter()
        .reduce(|best, next| match rank(next.event) > rank(best.event) {
            true => next,
            false => best,
        })
}

/// What of an event the examples show.
pub(super) struct Shown<'m> {
    pub(super) module: &'m Module<'m>,
    pub(super) local: Local<'m>,
}

impl<'m> Shown<'m> {
    pub(super) fn of(module: &'m Module<'m>) -> Self {
        Shown {
            module,
            local: Local::new(module),
        }
    }

    pub(super) fn role(&self, role: &str) -> Option<&'m Field> {
        let found = roles::find_roles(self.module.event);
        let (_, key) = found.iter().find(|(name, _)| *name == role)?;
        self.module
            .event
            .detail
            .iter()
            .find(|field| field.key == *key)
    }

    /// The field that tells the state, its constant, and a value: that which something else goes by.
    pub(super) fn status(&self) -> Option<(&'m Field, &str, &'m str)> {
        let field = self.role("status")?;
        let Type::Named(name) = &field.ty else {
            return None;
        };
        let definition = self.module.event.definition(name)?;
        let Body::Values(values) = &definition.body else {
            return None;
        };
        let conditions = self
            .module
            .event
            .detail
            .iter()
            .filter_map(|field| field.condition.as_ref());
        let decided = conditions
            .filter(|condition| condition.when == field.path)
            .find_map(|condition| {
                values
                    .iter()
                    .find(|known| condition.is.contains(&known.value))
            });
        let value = decided.or_else(|| values.first())?;
        Some((field, self.local.constant(name)?, value.value.as_str()))
    }
}
