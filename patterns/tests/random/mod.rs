//! Random patterns and events in which everything odd is likely.

#[path = "../../../tests/support/dice.rs"]
mod dice;

pub(crate) use dice::Dice;

/// The keys of patterns and events.
const KEYS: [&str; 7] = ["a", "b", "c", "a.b", "", "detail-type", "d"];

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
        self.pick(&KEYS)
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

    pub(crate) fn pattern(&mut self, depth: usize) -> String {
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

    pub(crate) fn event(&mut self, depth: usize) -> String {
        let member = |dice: &mut Self| format!("\"{}\":{}", dice.key(), dice.value(depth));
        format!("{{{}}}", self.list(4, member))
    }
}
