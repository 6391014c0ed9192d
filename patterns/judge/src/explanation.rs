//! A disagreement comes in; the known fault of the engine that explains it goes out, if one does.

use crate::difference::{DifferenceKind, difference, differences};
use crate::engine::{Engine, Pair};
use crate::fault::{
    EngineFault, apart, branches_apart, case_control, cidr_controls, half_control, number_probes,
    numbering_controls, unicode_control, without_numbers,
};
use crate::ours;
use std::io::Result;

/// The fault that explains it. A fault that is not proven by asking again explains nothing.
pub(crate) fn explanation(
    engine: &mut Engine,
    kind: DifferenceKind,
    pair: &Pair,
) -> Result<Option<EngineFault>> {
    if matches!(kind, DifferenceKind::Matched | DifferenceKind::Missed)
        && let Some(fault) = fault_of_answer(engine, kind, pair)?
    {
        return Ok(Some(fault));
    }
    let control = without_odd_numbers(engine, pair)?;
    Ok(agree(engine, control.as_slice())?.then_some(EngineFault::Java))
}

/// The fault by which an event matches, or does not.
fn fault_of_answer(
    engine: &mut Engine,
    kind: DifferenceKind,
    pair: &Pair,
) -> Result<Option<EngineFault>> {
    if agree(engine, &cidr_controls(pair))? {
        return Ok(Some(EngineFault::Cidr));
    }
    if agree(engine, case_control(pair).as_slice())? {
        return Ok(Some(EngineFault::Case));
    }
    if agree(engine, unicode_control(pair).as_slice())? {
        return Ok(Some(EngineFault::Unicode));
    }
    if agree(engine, half_control(pair).as_slice())? {
        return Ok(Some(EngineFault::Half));
    }
    if agrees_otherwise(engine, pair)? {
        return Ok(Some(EngineFault::Finder));
    }
    for apart in [apart(pair), branches_apart(pair)] {
        if contradicts_itself(engine, kind, &apart)? {
            return Ok(Some(EngineFault::Array));
        }
    }
    Ok(counts_arrays(engine, kind, pair)?.then_some(EngineFault::Numbering))
}

/// Whether there are controls and both engines agree on all of them.
fn agree(engine: &mut Engine, controls: &[Pair]) -> Result<bool> {
    Ok(!controls.is_empty() && differences(engine, controls)?.iter().all(Option::is_none))
}

fn agrees_otherwise(engine: &mut Engine, pair: &Pair) -> Result<bool> {
    let theirs = engine.judge_otherwise(std::slice::from_ref(pair))?;
    Ok(theirs
        .iter()
        .all(|theirs| difference(theirs, &ours::judge(pair)).is_none()))
}

/// Whether the engine's answers to single values, or to single branches, make up our answer.
fn contradicts_itself(engine: &mut Engine, kind: DifferenceKind, apart: &[Pair]) -> Result<bool> {
    let verdicts = engine.judge(apart)?;
    let sound = !apart.is_empty()
        && verdicts
            .iter()
            .all(|verdict| verdict.valid && !verdict.unusable);
    let any = verdicts.iter().any(|verdict| verdict.matched == Some(true));
    Ok(sound && any == (kind == DifferenceKind::Matched))
}

/// Whether the engine gives our answer once there are empty arrays more, which change none of ours.
fn counts_arrays(engine: &mut Engine, kind: DifferenceKind, pair: &Pair) -> Result<bool> {
    let controls = numbering_controls(pair);
    let answer = Some(kind == DifferenceKind::Matched);
    let verdicts = engine.judge(&controls)?;
    let is_ours_the_same = controls
        .iter()
        .all(|control| ours::judge(control).matched == answer);
    Ok(is_ours_the_same && verdicts.iter().any(|verdict| verdict.matched == answer))
}

/// The pair without the numbers that this engine's Java prints with needless digits.
fn without_odd_numbers(engine: &mut Engine, pair: &Pair) -> Result<Option<Pair>> {
    let (numbers, probes): (Vec<String>, Vec<Pair>) = number_probes(pair).into_iter().unzip();
    let verdicts = engine.judge(&probes)?;
    let asked = numbers.into_iter().zip(verdicts);
    let odd: Vec<String> = asked
        .filter(|(_, verdict)| !verdict.valid)
        .map(|(number, _)| number)
        .collect();
    Ok((!odd.is_empty()).then(|| without_numbers(pair, &odd)))
}
