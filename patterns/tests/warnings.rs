//! What EventBridge refuses beyond its engine is told, and only that.
#![allow(clippy::unwrap_used)]

use eventbridge_patterns::{Pattern, PatternError};

fn warnings(pattern: &str) -> Vec<String> {
    Pattern::parse(pattern).unwrap().warnings().to_vec()
}

fn is_too_complex(values: &str) -> bool {
    let warnings = warnings(&format!("{{\"kiln\":[{values}]}}"));
    warnings
        .iter()
        .any(|warning| warning.contains("Rule is too complex") && warning.contains("`kiln`"))
}

#[test]
fn wildcards_that_score_ten_or_more_are_too_complex() {
    let names = |names: &[&str]| {
        let wildcards = names
            .iter()
            .map(|name| format!("{{\"wildcard\":\"*:door/{name}/*\"}}"));
        wildcards.collect::<Vec<_>>().join(",")
    };
    assert!(!is_too_complex(&names(&["OAK", "ASH", "ELM"])), "scores 9");
    assert!(
        is_too_complex(&names(&["OAK", "ASH", "ELM", "FIR"])),
        "scores 12"
    );
    assert!(
        is_too_complex("{\"wildcard\":\"*:*:*:*:*:kiln-bus/*\"}"),
        "scores 11"
    );
    assert!(
        !is_too_complex("{\"wildcard\":\"*:*:*:kiln-bus/*\"}"),
        "scores 7"
    );
    assert!(is_too_complex(
        "{\"anything-but\":{\"wildcard\":\"*:*:*:*:*:kiln-bus/*\"}}"
    ));
    let shared = "{\"anything-but\":{\"wildcard\":[\"*:door/OAK/*\",\"*:door/ASH/*\",\"*:door/ELM/*\",\"*:door/FIR/*\"]}}";
    assert!(!is_too_complex(shared), "what one list shares counts once");
    assert!(!is_too_complex(
        "{\"prefix\":\"*:*:*:*:*:kiln-bus/*\"},\"*:*:*:*:*:*:*\""
    ));
}

#[test]
fn wildcards_of_the_alternatives_of_or_are_taken_together() {
    let branch = |name: &str| format!("{{\"kiln\":[{{\"wildcard\":\"*:door/{name}/*\"}}]}}");
    let or = |names: &[&str]| {
        let branches: Vec<String> = names.iter().map(|name| branch(name)).collect();
        warnings(&format!("{{\"$or\":[{}]}}", branches.join(","))).len()
    };
    assert_eq!(or(&["OAK", "ASH"]), 0);
    assert_eq!(or(&["OAK", "ASH", "ELM", "FIR"]), 1);
}

#[test]
fn many_wildcards_are_scored_soon() {
    let hard: Vec<String> = (0..60)
        .map(|number| format!("{{\"wildcard\":\"{number:02}abcdefghijklm{number}*\"}}"))
        .collect();
    let start = std::time::Instant::now();
    is_too_complex(&hard.join(","));
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn combinations_and_length_are_limited() {
    let or = |field: usize, count: usize| {
        let objects: Vec<String> = (0..count)
            .map(|value| format!("{{\"f{field}\":[{value}]}}"))
            .collect();
        format!("\"$or\":[{}]", objects.join(","))
    };
    let pattern = |count: usize| format!("{{{},{},{}}}", or(0, 10), or(1, 10), or(2, count));
    assert!(warnings(&pattern(10)).is_empty());
    let refused = warnings(&pattern(11));
    assert!(
        refused.len() == 1 && refused[0].contains("1100 combinations"),
        "{refused:?}"
    );

    let of_length = |length: usize| format!("{{\"kiln\":[\"{}\"]}}", "ä".repeat(length - 13));
    assert!(warnings(&of_length(2048)).is_empty());
    assert!(warnings(&of_length(2049))[0].contains("unless the quota is raised"));
    assert!(warnings(&of_length(4096))[0].contains("unless the quota is raised"));
    assert!(warnings(&of_length(4097))[0].contains("4096 are allowed at most"));
}

#[test]
fn filters_know_fewer_operators() {
    let warnings = |operator: &str| {
        let pattern = Pattern::parse(&format!("{{\"body\":{{\"door\":[{operator}]}}}}")).unwrap();
        (pattern.warnings().len(), pattern.warnings_as_filter().len())
    };
    assert_eq!(warnings("{\"wildcard\":\"a*\"}"), (0, 1));
    assert_eq!(warnings("{\"anything-but\":{\"prefix\":\"a\"}}"), (0, 1));
    assert_eq!(warnings("{\"anything-but\":[\"a\"]}"), (0, 0));
    assert_eq!(warnings("{\"prefix\":\"a\"},{\"exists\":false},3"), (0, 0));
}

fn refused(pattern: &str) -> PatternError {
    Pattern::parse(pattern).unwrap_err()
}

#[test]
fn of_two_faults_the_engine_tells_the_first() {
    for (operator, message) in [
        (
            "{\"anything-but\":{\"exists\":true,\"prefix\":\"a\"}}",
            "Unsupported anything-but pattern: exists",
        ),
        (
            "{\"anything-but\":{\"numeric\":[\"=\",1],\"suffix\":\"b\"}}",
            "Unsupported anything-but pattern: numeric",
        ),
        (
            "{\"anything-but\":{\"prefix\":\"a\",\"suffix\":\"b\"}}",
            "Too many elements in numeric expression",
        ),
        (
            "{\"anything-but\":{\"wildcard\":1,\"suffix\":\"b\"}}",
            "wildcard match pattern must be a string",
        ),
        (
            "{\"anything-but\":\"a\",\"x\":1}",
            "Too many elements in numeric expression",
        ),
        (
            "{\"exists\":\"x\",\"y\":1}",
            "exists match pattern must be either true or false.",
        ),
        (
            "{\"exists\":true,\"y\":1}",
            "Only one key allowed in match expression",
        ),
        (
            "{\"prefix\":1,\"y\":1}",
            "prefix match pattern must be a string",
        ),
        (
            "{\"prefix\":{\"x\":1,\"y\":1}}",
            "Unsupported prefix pattern: x",
        ),
        (
            "{\"prefix\":{\"equals-ignore-case\":\"a\",\"y\":1}}",
            "Only one key allowed in match expression",
        ),
        ("{\"door\":\"a\",\"y\":1}", "Unrecognized match type door"),
        (
            "{\"wildcard\":\"**\",\"y\":1}",
            "Consecutive wildcard characters at pos 1",
        ),
        (
            "{\"cidr\":\"999.1.1.1/24\"}",
            "Invalid IP address: 999.1.1.1",
        ),
        (
            "{\"wildcard\":\"\\ud83d**\"}",
            "Consecutive wildcard characters at pos 2",
        ),
    ] {
        let error = refused(&format!("{{\"kiln\":[{operator}]}}"));
        assert_eq!(error.message(), message, "{operator}");
    }
}
