//! What somebody gives as the date of a page comes in; it goes out as given, if it is one.

/// A day, a month or an instant, so written that later ones sort behind earlier ones.
pub(crate) fn edition_date(text: &str) -> Result<String, String> {
    let digits: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    let forms = ["0000-00", "0000-00-00", "0000-00-00T00:00:00Z"];
    let part = |range: std::ops::Range<usize>, most: u32| {
        let part = text.get(range).and_then(|part| part.parse::<u32>().ok());
        part.is_none_or(|part| (1..=most).contains(&part))
    };
    match forms.contains(&digits.as_str()) && part(5..7, 12) && part(8..10, 31) {
        true => Ok(text.to_owned()),
        false => Err(
            "expected a day, a month or an instant: 2026-07-31, 2026-07, 2026-07-31T08:00:00Z"
                .to_owned(),
        ),
    }
}
