//! A set gives exactly the ids of the rules that match alone, whatever came and went before.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../../tests/support/dice.rs"]
mod dice;

use dice::Dice;
use eventbridge_patterns::{Pattern, RuleSet, Scratch};
use std::collections::BTreeMap;

impl Dice {
    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }

    fn list(&mut self, most: usize, mut item: impl FnMut(&mut Self) -> String) -> String {
        let items: Vec<String> = (0..=self.roll(most)).map(|_| item(self)).collect();
        items.join(",")
    }

    fn text(&mut self) -> String {
        const TEXTS: [&str; 24] = [
            "",
            "a",
            "ab",
            "abc",
            "b",
            "ba",
            "aab",
            "ABC",
            "Ab",
            "ß",
            "SS",
            "É",
            "é",
            "σ",
            "Σ",
            "a😀",
            "k",
            "K",
            "10.0.0.1",
            "010.0.0.1",
            "a00::1",
            "a*b",
            "\\\"a",
            "a\\\"",
        ];
        self.pick(&TEXTS).to_owned()
    }

    fn number(&mut self) -> &'static str {
        self.pick(&[
            "0", "-0", "1", "1.0", "10e-1", "2", "-5", "300", "3e2", "0.5", "1e10",
        ])
    }

    fn key(&mut self) -> &'static str {
        self.pick(&["a", "b", "c", "a.b", "", "detail-type", "d"])
    }

    fn wildcard(&mut self) -> &'static str {
        self.pick(&[
            "*", "a*", "*b", "*a*", "a*b", "*ab*c", "ab*", "*b*b*", "abc", "\\\\*a*", "*a b*",
        ])
    }

    fn texts(&mut self) -> String {
        let text = |dice: &mut Self| format!("\"{}\"", dice.text());
        format!("[{}]", self.list(2, text))
    }

    fn operator(&mut self) -> String {
        match self.roll(20) {
            0..4 => format!("\"{}\"", self.text()),
            4 => self.number().to_owned(),
            5 => self.pick(&["null", "true", "false"]).to_owned(),
            6 => format!("{{\"prefix\":\"{}\"}}", self.text()),
            7 => format!("{{\"suffix\":\"{}\"}}", self.text()),
            8 => format!("{{\"equals-ignore-case\":\"{}\"}}", self.text()),
            9 => format!(
                "{{\"prefix\":{{\"equals-ignore-case\":\"{}\"}}}}",
                self.text()
            ),
            10 => format!(
                "{{\"suffix\":{{\"equals-ignore-case\":\"{}\"}}}}",
                self.text()
            ),
            11 | 12 => format!("{{\"wildcard\":\"{}\"}}", self.wildcard()),
            13 => format!("{{\"anything-but\":{}}}", self.texts()),
            14 => format!(
                "{{\"anything-but\":{{\"equals-ignore-case\":{}}}}}",
                self.texts()
            ),
            15 => format!(
                "{{\"anything-but\":{{\"wildcard\":\"{}\"}}}}",
                self.wildcard()
            ),
            16 => format!(
                "{{\"numeric\":[\"{}\",{}]}}",
                self.pick(&["<", "<=", ">", ">=", "="]),
                self.number()
            ),
            17 => self
                .pick(&[
                    "{\"numeric\":[\">\",-5,\"<=\",2]}",
                    "{\"numeric\":[\">=\",0.5,\"<\",300]}",
                ])
                .to_owned(),
            18 => self
                .pick(&["{\"exists\":true}", "{\"exists\":false}"])
                .to_owned(),
            _ => format!(
                "{{\"cidr\":\"{}\"}}",
                self.pick(&["10.0.0.0/8", "0.0.0.0/0", "a00::/16"])
            ),
        }
    }

    fn field(&mut self, depth: usize) -> String {
        let key = self.key();
        if key == "detail-type" || depth == 0 || self.roll(3) > 0 {
            let operators = self.list(2, Self::operator);
            return format!("\"{key}\":[{operators}]");
        }
        format!("\"{key}\":{}", self.pattern(depth - 1))
    }

    fn pattern(&mut self, depth: usize) -> String {
        let fields = self.list(2, |dice| dice.field(depth));
        if depth > 0 && self.roll(5) == 0 {
            let one = self.pattern(depth - 1);
            let other = self.pattern(depth - 1);
            return format!("{{{fields},\"$or\":[{one},{other}]}}");
        }
        format!("{{{fields}}}")
    }

    fn value(&mut self, depth: usize) -> String {
        match self.roll(if depth == 0 { 5 } else { 9 }) {
            0..3 => format!("\"{}\"", self.text()),
            3 => self.number().to_owned(),
            4 => self.pick(&["null", "true", "false"]).to_owned(),
            5 | 6 => self.event(depth - 1),
            _ => format!("[{}]", self.list(3, |dice| dice.value(depth - 1))),
        }
    }

    fn event(&mut self, depth: usize) -> String {
        let member = |dice: &mut Self| format!("\"{}\":{}", dice.key(), dice.value(depth));
        format!("{{{}}}", self.list(4, member))
    }
}

fn compare(
    rules: &RuleSet<usize>,
    alone: &BTreeMap<usize, Pattern>,
    event: &str,
    scratch: &mut Scratch,
) -> usize {
    let mut found: Vec<usize> = rules
        .matching(event.as_bytes(), scratch)
        .unwrap()
        .copied()
        .collect();
    found.sort_unstable();
    let matching = alone
        .iter()
        .filter(|(_, pattern)| pattern.matches(event.as_bytes()).unwrap());
    let expected: Vec<usize> = matching.map(|(id, _)| *id).collect();
    if found != expected {
        let differs = |id: &&usize| found.contains(id) != expected.contains(id);
        let shown: Vec<&str> = alone
            .keys()
            .filter(differs)
            .map(|id| alone[id].as_str())
            .collect();
        panic!("{event}\nis different for {shown:#?}");
    }
    expected.len()
}

fn churn(seed: u64, most: usize, rounds: usize) -> usize {
    let mut dice = Dice(seed);
    let mut rules = RuleSet::new();
    let mut alone = BTreeMap::new();
    let mut scratch = Scratch::default();
    let mut matched = 0;
    for round in 0..rounds {
        for _ in 0..dice.roll(most) {
            let id = dice.roll(most);
            let text = dice.pattern(2);
            let Ok(pattern) = Pattern::parse(&text) else {
                continue;
            };
            assert_eq!(
                rules.insert(id, pattern.clone()),
                alone.insert(id, pattern).is_some()
            );
        }
        for _ in 0..dice.roll(most) {
            let id = dice.roll(most);
            assert_eq!(rules.remove(&id), alone.remove(&id).is_some());
        }
        assert_eq!(rules.len(), alone.len());
        for _ in 0..if round % 5 == 4 { 20 } else { 5 } {
            let event = dice.event(3);
            matched += compare(&rules, &alone, &event, &mut scratch);
        }
    }
    matched
}

#[test]
fn a_set_is_the_union_of_its_rules() {
    let mut matched = 0;
    for seed in 1..=60 {
        matched += churn(seed + 0x9e37_79b9_7f4a_7c15, 60, 10);
    }
    for seed in 1..=4 {
        matched += churn(seed + 0x1234_5678_9abc_def1, 1000, 6);
    }
    println!("{matched} matches");
    assert!(matched > 5_000);
}
