//! The bytes of an event come in; its outline goes out, or the place where it is malformed.
//!
//! All of the event is checked: by the scan, which takes what is well-formed and ordinary, and what it does not take
//! byte by byte.

use super::error::EventError;
use super::machine;
use super::outline::{Marks, Outline};
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
    bytes.first() == Some(&b'{') && bytes.len() < 1 << 31 && machine::check(bytes, outline)
}

/// Reads byte by byte: what is malformed, to say where, and what is out of the ordinary.
fn read_slowly(bytes: &[u8], outline: &mut Outline) -> Result<(), EventError> {
    outline.begin(bytes.len(), false);
    outline.marks.clear();
    outline.marks.resize(outline.count, Marks::default());
    outline.known = outline.count;
    reader::read(bytes, &mut Builder { bytes, outline })
}

/// Notes where things are.
struct Builder<'a> {
    bytes: &'a [u8],
    outline: &'a mut Outline,
}

impl Builder<'_> {
    fn mark(&mut self, at: usize, note: impl Fn(&mut Marks, u64)) {
        if let Some(marks) = self.outline.marks.get_mut(at / 64) {
            note(marks, 1 << (at % 64));
        }
    }
}

impl Sink for Builder<'_> {
    fn string(&mut self, start: usize, end: usize, is_escaped: bool) {
        self.mark(start, |marks, bit| marks.quote |= bit);
        self.mark(end, |marks, bit| marks.quote |= bit);
        if !is_escaped {
            return;
        }
        self.outline.has_escapes = true;
        for at in (start..end).filter(|at| self.bytes.get(*at) == Some(&b'\\')) {
            self.mark(at, |marks, bit| marks.backslash |= bit);
        }
    }

    fn separator(&mut self, at: usize) {
        if self.bytes.get(at) == Some(&b':') {
            self.mark(at, |marks, bit| marks.stop |= bit);
        }
    }

    fn scalar(&mut self, _: usize, _: usize) {}

    fn open(&mut self, at: usize) {
        self.mark(at, |marks, bit| {
            marks.stop |= bit;
            marks.open |= bit;
        });
    }

    fn close(&mut self, at: usize) {
        self.mark(at, |marks, bit| {
            marks.stop |= bit;
            marks.close |= bit;
        });
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

    type Way = (fn(&[u8], &mut Outline) -> bool, fn(&[u8], &mut Outline));
    const WAYS: [Way; 2] = [
        (machine::check, machine::skim),
        (machine::check_anywhere, machine::skim_anywhere),
    ];

    /// What is taken is well-formed, and has the outline that the slow reader finds; so has what is taken for
    /// well-formed.
    fn is_taken_rightly(bytes: &[u8], (check, skim): Way) -> bool {
        let (mut fast, mut slow) = (Outline::default(), Outline::default());
        let is_taken = bytes.first() == Some(&b'{') && check(bytes, &mut fast);
        let read = read_slowly(bytes, &mut slow);
        let text = String::from_utf8_lossy(bytes);
        if is_taken {
            assert_eq!(read, Ok(()), "{text}");
            is_same(&fast, &slow, &text);
        }
        if read.is_ok() {
            let mut skimmed = Outline::default();
            skimmed.begin(bytes.len(), true);
            while skimmed.known < skimmed.count {
                skim(bytes, &mut skimmed);
            }
            is_same(&skimmed, &slow, &text);
        }
        is_taken
    }

    /// Up to where the root closes, which the last mark of the slow reader says.
    fn is_same(one: &Outline, slow: &Outline, text: &str) {
        let last = slow
            .marks
            .iter()
            .rposition(|marks| marks.close != 0)
            .unwrap();
        let upto = !0 >> slow.marks[last].close.leading_zeros();
        assert!(one.known > last, "{text}");
        for (block, expected) in slow.marks.iter().enumerate().take(last + 1) {
            let mask = if block == last { upto } else { !0 };
            let marks = one.marks[block];
            let found = Marks {
                quote: marks.quote & mask,
                stop: marks.stop & mask,
                open: marks.open & mask,
                close: marks.close & mask,
                backslash: marks.backslash & mask,
            };
            assert_eq!(found, *expected, "{block} of {text}");
        }
        assert!(one.has_escapes || !slow.has_escapes, "{text}");
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
                let is_taken = way.0(text.as_bytes(), &mut outline);
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
