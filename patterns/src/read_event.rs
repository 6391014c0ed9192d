//! The bytes of an event come in; its outline goes out, or the place where it is malformed.
//!
//! All of the event is checked: by the scan, which takes what is well-formed and ordinary, and what it does not take
//! byte by byte.

use super::error::EventError;
use super::machine;
use super::outline::{NONE, NOTED, Opening, Outline};
use super::reader::{self, Sink};

/// Reads the object at the start of the bytes. What follows its closing brace is not looked at.
pub(crate) fn read(bytes: &[u8], outline: &mut Outline) -> Result<(), EventError> {
    if scan(bytes, outline) {
        return Ok(());
    }
    read_slowly(bytes, outline)
}

/// Fills the outline if the bytes start with a well-formed object.
fn scan(bytes: &[u8], outline: &mut Outline) -> bool {
    bytes.first() == Some(&b'{') && bytes.len() < 1 << 31 && machine::run(bytes, outline)
}

/// Reads byte by byte: what is malformed, to say where, and what is out of the ordinary.
fn read_slowly(bytes: &[u8], outline: &mut Outline) -> Result<(), EventError> {
    outline.clear();
    outline.marks.clear();
    outline.marks.resize(bytes.len() / 64 + 1, 0);
    let mut builder = Builder {
        outline,
        innermost: NONE,
    };
    reader::read(bytes, &mut builder)
}

/// Notes what is opened and closed.
struct Builder<'a> {
    outline: &'a mut Outline,
    /// The number of the opening that is open and innermost.
    innermost: u32,
}

impl Builder<'_> {
    fn mark(&mut self, at: usize) {
        if let Some(word) = self.outline.marks.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }
}

impl Sink for Builder<'_> {
    fn string(&mut self, start: usize, end: usize, is_escaped: bool) {
        self.outline.has_escapes |= is_escaped;
        self.mark(start);
        self.mark(end);
        if end - start == NOTED {
            self.outline.noted.push(start as u32);
        }
    }

    fn separator(&mut self, at: usize) {
        self.mark(at);
    }

    fn scalar(&mut self, _: usize, _: usize) {}

    fn open(&mut self, at: usize) {
        self.mark(at);
        let number = self.outline.openings.len() as u32;
        self.outline.openings.push(Opening {
            at: at as u32,
            close: self.innermost,
            after: 0,
        });
        self.innermost = number;
    }

    fn close(&mut self, at: usize) {
        self.mark(at);
        let after = self.outline.openings.len() as u32;
        if let Some(opening) = self.outline.openings.get_mut(self.innermost as usize) {
            self.innermost = opening.close;
            opening.close = at as u32;
            opening.after = after;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLES: [&str; 8] = [
        r#"{}"#,
        r#"{"a":1,"b":[true,null,{"c":"d\"\\"},[],{}],"e":{"f":-1.5e+3}} "#,
        r#"{"version":"0","detail-type":"Door Opened","detail":{"doors":[{"name":"front","at":[1,2,3]},{"name":"b\u00e9"}],"é":"ü"}}"#,
        r#"{"a":[[[[1,[2],"x"]]],"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],"b":false}"#,
        r#"{"k":"\\\\\\\\\\\\\\\\\\\\\\\\\\","l":"\"","m":[0,-0,1e5,"",""]}"#,
        r#"{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa":{"b":1}}"#,
        r#"{"a":"b","c":{"d":"e","f":{"g":"h","i":["j","k","l"]}},"m":"n","o":12345,"p":{"q":true,"r":false},"s":null}"#,
        r#"{"x":-122.48817971358439,"y":[37.70340554392037,0.5,-0.0,100,10.01,-7],"detail-type":[{"detail-type":0}]}"#,
    ];

    type Way = fn(&[u8], &mut Outline) -> bool;
    const WAYS: [Way; 2] = [machine::run, machine::run_anywhere];

    /// What is taken is well-formed, and has the outline that the slow reader finds.
    fn is_taken_rightly(bytes: &[u8], way: Way) -> bool {
        let (mut fast, mut slow) = (Outline::default(), Outline::default());
        let is_taken = bytes.first() == Some(&b'{') && way(bytes, &mut fast);
        let read = read_slowly(bytes, &mut slow);
        if is_taken {
            let text = String::from_utf8_lossy(bytes);
            assert_eq!(read, Ok(()), "{text}");
            assert_eq!(fast.openings, slow.openings, "{text}");
            let marks = |outline: &Outline| -> Vec<bool> {
                let is_marked = |at| outline.marks[at / 64] >> (at % 64) & 1 == 1;
                (0..slow.root().1).map(is_marked).collect()
            };
            assert_eq!(marks(&fast), marks(&slow), "{text}");
            assert!(fast.has_escapes || !slow.has_escapes, "{text}");
            let key = b"detail-type";
            let told = |outline: &Outline| -> Vec<usize> {
                let noted = outline.noted.iter();
                let values = noted.filter_map(|at| outline.root_value(bytes, *at, key));
                values.map(|value| value.at).collect()
            };
            assert_eq!(told(&fast), told(&slow), "{text}");
        }
        is_taken
    }

    fn is_taken(bytes: &[u8]) -> bool {
        let [one, other] = WAYS.map(|way| is_taken_rightly(bytes, way));
        assert_eq!(one, other, "{}", String::from_utf8_lossy(bytes));
        one
    }

    #[test]
    fn well_formed_events_are_taken() {
        for sample in SAMPLES {
            for length in 0..70 {
                let padded = sample.replacen('{', &format!("{{\"{}\":0,", "p".repeat(length)), 1);
                let text = if sample == "{}" { sample } else { &padded };
                assert!(is_taken(text.as_bytes()), "{text}");
                let value: serde_json::Value = serde_json::from_str(text).unwrap();
                let pretty = serde_json::to_string_pretty(&value).unwrap();
                assert!(is_taken(pretty.as_bytes()), "{pretty}");
                let wide = pretty.replace('\n', &"\r\n\t ".repeat(length));
                assert!(is_taken(wide.as_bytes()), "{wide}");
            }
        }
    }

    #[test]
    fn an_outline_is_used_again() {
        let long = format!("{{\"{}\":1}}", "k".repeat(700));
        let mut outline = Outline::default();
        for way in WAYS {
            for text in ["{}", &long, "{", &long, "{\"a\":[1,]}", &long, "{}", &long] {
                let is_taken = way(text.as_bytes(), &mut outline);
                let read = read_slowly(text.as_bytes(), &mut outline);
                assert_eq!(is_taken, read.is_ok(), "{text}");
            }
        }
    }

    #[test]
    fn what_is_malformed_is_never_taken() {
        const BYTES: &[u8] = b"{}[]:,\"\\ 10tx-.e\x00\x0c\x1f\xff\xc3\xa9u\n";
        let mut state = 1u64;
        let mut random = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut taken = 0;
        for round in 0..200_000 {
            let sample = SAMPLES[round % SAMPLES.len()];
            let mut bytes = match round % 3 {
                0 => sample.replace(',', " ,\n ").replace(':', ": ").into_bytes(),
                _ => sample.as_bytes().to_vec(),
            };
            for _ in 0..=random(3) {
                let at = random(bytes.len());
                match random(4) {
                    0 => bytes.insert(at, BYTES[random(BYTES.len())]),
                    1 if bytes.len() > 1 => drop(bytes.remove(at)),
                    2 => bytes[at] = BYTES[random(BYTES.len())],
                    _ => {
                        let from = random(bytes.len());
                        let part = bytes[from..bytes.len().min(from + 9)].to_vec();
                        bytes.splice(at..at, part);
                    }
                }
            }
            taken += usize::from(is_taken(&bytes));
        }
        assert!(taken > 20_000, "{taken}");
    }
}
