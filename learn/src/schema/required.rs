//! A field of a detail comes in; whether every event has it goes out.

use super::super::kind_word;
use super::super::names::words;
use super::super::shape::{Field, ValueKind};

/// Only what identifies the resource and tells its state is required: its name, its ARN, its status,
/// if every sample has it. Deliveries lack all else at times, whatever samples show.
pub(super) fn is_required(detail_type: &str, key: &str, field: &Field) -> bool {
    let mut kinds = field.shape.seen.keys();
    let is_text = |kind: &ValueKind| match kind {
        ValueKind::Word(word) => kind_word::kinds(word) == [ValueKind::Text],
        kind => matches!(kind, ValueKind::Text | ValueKind::Prose),
    };
    let only_text = kinds.all(|(origin, kind)| is_text(kind) || !origin.shows_events());
    field.always() && only_text && identifies(detail_type, key)
}

/// Whether a field's name says that it names, addresses or tells the state of what the event is about:
/// `TrainingJobName` of a `SageMaker Training Job State Change`, `currentStepStatus` of a step's.
fn identifies(detail_type: &str, key: &str) -> bool {
    let key_words = words(key);
    let Some((last, stem)) = key_words.split_last() else {
        return false;
    };
    let stem = if stem.first() == Some(&"current") {
        &stem[1..]
    } else {
        stem
    };
    if !["name", "arn", "status"].contains(&last.to_ascii_lowercase().as_str()) || stem.is_empty() {
        return false;
    }
    let stem = stem.concat().to_ascii_lowercase();
    let subject: Vec<String> = words(detail_type)
        .iter()
        .map(|word| word.to_ascii_lowercase())
        .collect();
    (0..subject.len())
        .any(|start| (start + 1..=subject.len()).any(|end| subject[start..end].concat() == stem))
}
