//! A plan comes in; the registries are made so, and what was done goes out. Nothing is remembered between runs: whatever
//! a run that was killed left undone, the next plan finds.

use crate::api::{
    self, Call, Failure, FailureKind, RegistryInput, Schema, SchemaInput, WriteSchema,
};
use crate::calls::Calls;
use crate::desired::Desired;
use crate::in_flight;
use crate::keep;
use crate::plan::{self, Action, Plan, Step};
use crate::present::PresentSchema;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::sync::{Mutex, PoisonError};

/// How to apply.
#[derive(Clone, Copy)]
pub struct Options<'o> {
    /// Text and order are updates, too.
    pub text: bool,
    /// How many versions of each schema are kept.
    pub keep: Option<usize>,
    /// How many versions a schema may have.
    pub max_versions: usize,
    /// Whether a registry that is not there is created.
    pub create_registries: bool,
    /// Is told of each schema that is done.
    pub done: &'o (dyn Fn() + Sync),
}

/// What was done.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// Registries that were created.
    pub registries: Vec<String>,
    /// What became of each step that had work, in the order of the plan.
    pub outcomes: Vec<(Step, Outcome)>,
    /// How many old versions were deleted.
    pub trimmed: usize,
    /// Why the rest was left, where something ended the run.
    pub ended: Option<Failure>,
}

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was created.
    Created,
    /// It has this version now.
    Updated(String),
    /// It is as it should be without us: another run was faster, or an answer to ours was lost.
    Already,
    /// It was deleted.
    Deleted,
    /// It was not done: this is why.
    Failed(Failure),
    /// It was not tried.
    Left,
}

impl Applied {
    /// Whether all was done.
    pub fn is_complete(&self) -> bool {
        let failed = |outcome: &Outcome| matches!(outcome, Outcome::Failed(_) | Outcome::Left);
        self.ended.is_none() && !self.outcomes.iter().any(|(_, outcome)| failed(outcome))
    }
}

/// Makes registries what a plan says. A plan with problems is not for applying.
pub fn apply(plan: &Plan, calls: &Calls<'_>, options: Options<'_>) -> Applied {
    let work = Work {
        calls,
        options,
        ended: Mutex::new(None),
        trimmed: Mutex::new(0),
    };
    let mut applied = Applied {
        registries: work.registries(plan),
        ..Applied::default()
    };
    let (prunes, writes): (Vec<_>, Vec<_>) = plan
        .steps
        .iter()
        .filter(|step| step.is_work || work.is_long(step))
        .partition(|step| step.is_prune());
    for steps in [prunes, writes] {
        applied.outcomes.extend(work.steps(steps));
    }
    let (trimmed, ended) = (work.trimmed.into_inner(), work.ended.into_inner());
    applied.trimmed = trimmed.unwrap_or_else(PoisonError::into_inner);
    applied.ended = ended.unwrap_or_else(PoisonError::into_inner);
    applied
}

struct Work<'w> {
    calls: &'w Calls<'w>,
    options: Options<'w>,
    /// What ended the run.
    ended: Mutex<Option<Failure>>,
    trimmed: Mutex<usize>,
}

impl Work<'_> {
    /// Does steps, several at once, and gives what became of those that had work.
    fn steps(&self, steps: Vec<&Step>) -> Vec<(Step, Outcome)> {
        let width = self.calls.manners().in_flight;
        let outcomes = in_flight::each(&steps, width, |step| self.step(step));
        let pairs = steps
            .into_iter()
            .zip(outcomes)
            .filter(|(step, _)| step.is_work);
        pairs
            .map(|(step, outcome)| (step.clone(), outcome))
            .collect()
    }

    /// Creates what is missing, and gives the names of what was.
    fn registries(&self, plan: &Plan) -> Vec<String> {
        let mut created = Vec::new();
        let missing = plan.registries.iter().filter(|registry| !registry.exists);
        for registry in missing.filter(|_| self.options.create_registries) {
            let call = Call::CreateRegistry(RegistryInput {
                registry_name: registry.name.clone(),
            });
            match api::ask::<Value>(self.calls, &call) {
                Ok(_) => created.push(registry.name.clone()),
                Err(failure) if failure.kind == FailureKind::Conflict => {} // it has appeared
                Err(failure) => self.end(failure),
            }
        }
        created
    }

    /// Whether a schema that is as it should be has more versions than are kept.
    fn is_long(&self, step: &Step) -> bool {
        let is_ours = matches!(
            step.action,
            Action::Unchanged | Action::Text | Action::Order
        );
        let more = self.options.keep.zip(step.versions);
        is_ours && more.is_some_and(|(keep, versions)| versions > keep)
    }

    fn end(&self, failure: Failure) {
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.get_or_insert(failure);
    }

    fn has_ended(&self) -> bool {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.is_some()
    }

    fn step(&self, step: &Step) -> Outcome {
        if self.has_ended() {
            return Outcome::Left;
        }
        let outcome = self.done(step).unwrap_or_else(|failure| {
            if failure.ends_all() {
                self.end(failure.clone());
            }
            Outcome::Failed(failure)
        });
        (self.options.done)();
        outcome
    }

    fn done(&self, step: &Step) -> Result<Outcome, Failure> {
        match (&step.desired, step.is_work) {
            (None, true) => self.delete(step),
            (None, false) => Ok(Outcome::Already),
            (Some(desired), true) => {
                self.make_room(step)?;
                let outcome = self.write(step.clone(), desired)?;
                self.trim(step, 1)?;
                Ok(outcome)
            }
            (Some(_), false) => self.trim(step, 0).map(|()| Outcome::Already),
        }
    }

    /// A schema that has all versions it may have loses the oldest first.
    fn make_room(&self, step: &Step) -> Result<(), Failure> {
        let is_full = step
            .versions
            .is_some_and(|versions| versions >= self.options.max_versions);
        match is_full {
            true => self.trim(step, 0),
            false => Ok(()),
        }
    }

    /// Keeps as many versions of a schema as asked for, if that was, where `more` than planned may be there.
    fn trim(&self, step: &Step, more: usize) -> Result<(), Failure> {
        let Some(keep) = self.options.keep else {
            return Ok(());
        };
        if step.versions.unwrap_or_default() + more <= keep {
            return Ok(());
        }
        let gone = keep::trim(self.calls, &step.registry, &step.schema, keep)?;
        *self.trimmed.lock().unwrap_or_else(PoisonError::into_inner) += gone;
        Ok(())
    }

    /// Writes a schema; where the registry says that it stands otherwise than planned, looks again and decides anew.
    fn write(&self, step: Step, desired: &Desired) -> Result<Outcome, Failure> {
        const ROUNDS: usize = 4;
        let mut step = step;
        for _ in 0..ROUNDS {
            if let Some(outcome) = self.write_as_planned(&step)? {
                return Ok(outcome);
            }
            let stands = api::describe(self.calls, &step.registry, &step.schema, None)?;
            let stands = stands.map(|schema| PresentSchema::answered(schema, step.versions));
            step = plan::step(desired, stands.as_ref(), self.options.text);
        }
        let message = "the schema changed again and again while it was written";
        Err(Failure::of(FailureKind::Conflict, message))
    }

    /// What became of it. None: it stands otherwise than planned.
    fn write_as_planned(&self, step: &Step) -> Result<Option<Outcome>, Failure> {
        let answer = match &step.action {
            Action::Create => self.create(step),
            Action::Refused(why) => return Err(Failure::of(FailureKind::Refused, why)),
            _ if step.is_work => self.update(step),
            _ => return Ok(Some(Outcome::Already)),
        };
        match answer {
            Ok(outcome) => Ok(Some(outcome)),
            Err(failure) if is_no_change(&failure) => Ok(Some(Outcome::Already)),
            Err(failure) if is_otherwise(&failure, &step.action) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    fn create(&self, step: &Step) -> Result<Outcome, Failure> {
        let call = Call::CreateSchema(written(step, None)?);
        api::ask::<Value>(self.calls, &call).map(|_| Outcome::Created)
    }

    fn update(&self, step: &Step) -> Result<Outcome, Failure> {
        let call = Call::UpdateSchema(written(step, Some(token(step)))?);
        let schema: Schema = api::ask(self.calls, &call)?;
        Ok(Outcome::Updated(schema.schema_version.unwrap_or_default()))
    }

    fn delete(&self, step: &Step) -> Result<Outcome, Failure> {
        let call = Call::DeleteSchema(SchemaInput {
            registry_name: step.registry.clone(),
            schema_name: step.schema.clone(),
        });
        match api::ask::<Value>(self.calls, &call) {
            Err(failure) if failure.kind != FailureKind::NotFound => Err(failure),
            _ => Ok(Outcome::Deleted),
        }
    }
}

/// Whether the registry has what it was sent: nothing says so but the message.
fn is_no_change(failure: &Failure) -> bool {
    failure.kind == FailureKind::Conflict
        && failure.message.contains("No change since the previous")
}

/// Whether a schema stands otherwise than a step takes it for. What is missing when it is created is the registry.
fn is_otherwise(failure: &Failure, action: &Action) -> bool {
    match failure.kind {
        FailureKind::Conflict => true,
        FailureKind::NotFound => *action != Action::Create,
        _ => false,
    }
}

fn written(step: &Step, token: Option<String>) -> Result<WriteSchema, Failure> {
    let desired = step.desired.as_ref();
    let document = desired.map(|desired| &desired.document);
    let document =
        document.ok_or_else(|| Failure::of(FailureKind::Refused, "there is nothing to write"))?;
    Ok(WriteSchema {
        registry_name: step.registry.clone(),
        schema_name: step.schema.clone(),
        kind: document.dialect.api_name().to_owned(),
        content: document.text.clone(),
        client_token_id: token,
    })
}

/// The same for the same update of the same version, whoever makes it: a run after one that was killed, or one beside
/// this one, makes no second version. The API takes 36 characters.
fn token(step: &Step) -> String {
    let mut digest = Sha256::new();
    let content = step
        .desired
        .as_ref()
        .map(|desired| desired.document.text.as_str());
    for part in [
        &step.registry,
        &step.schema,
        &step.version,
        content.unwrap_or_default(),
    ] {
        digest.update(part.len().to_be_bytes());
        digest.update(part.as_bytes());
    }
    let digest = digest.finalize();
    digest[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
