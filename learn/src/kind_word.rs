//! A word that stands for a kind of value comes in, as pages write it where a value would stand, in a column of a
//! table or behind `Type:`; the kinds of value that it means go out.

use super::marks::without_marks;
use super::shape::ValueKind;
use eventbridge_catalog::model::WireForm;

/// The word as all pages could have written it: `String (UUID)` is `string`, `TRUE | FALSE` `boolean`, `Array of
/// strings` `list of string`. None: it stands for no kind.
pub(super) fn read(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(['.', '。', ',', ';']);
    if text.is_empty() || text.len() > 60 {
        return None;
    }
    let lower = text.to_lowercase();
    if let Some(plain) = plain(&lower) {
        return Some(plain.to_owned());
    }
    if let Some(item) = item_of_list(&lower) {
        return Some(match read(item) {
            Some(item) if !item.contains(' ') => format!("list of {item}"),
            _ => "list".to_owned(),
        });
    }
    if ["map of ", "map<", "dictionary of "]
        .iter()
        .any(|start| lower.starts_with(start))
    {
        return Some("map".to_owned());
    }
    qualified(&lower).or_else(|| alternatives(&lower))
}

/// Whether a string in a sample stands for values: for a kind of them, or for several.
pub(super) fn stands_for_values(key: &str, text: &str) -> bool {
    in_sample(key, text) || !several(text).is_empty()
}

/// The values that a text offers: `opened|closed|jammed`. None where it is no list of words.
pub(super) fn several(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    let is_word = |part: &&str| {
        let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.len() <= 60
            && part.chars().all(inner)
    };
    let kinds = parts
        .iter()
        .all(|part| plain(&part.to_ascii_lowercase()).is_some())
        || alternatives(&text.to_ascii_lowercase()).is_some();
    match parts.len() > 1 && parts.len() <= 64 && parts.iter().all(is_word) && !kinds {
        true => parts,
        false => Vec::new(),
    }
}

/// Whether a string in a sample stands for a kind of value: only words that no program sends.
fn in_sample(key: &str, text: &str) -> bool {
    if tells_a_kind(key) || text.len() > 60 {
        return false;
    }
    match text.trim() {
        "{...}" | "[...]" | "{…}" | "[…]" | "{ ... }" | "[ ... ]" => true,
        word => {
            let lower = word.to_ascii_lowercase();
            SAMPLE_WORDS.contains(&lower.as_str())
                || word.contains('|') && alternatives(&lower).is_some()
        }
    }
}

/// Whether a key's values are kinds themselves: `attributeType`.
fn tells_a_kind(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    ["type", "kind", "format"]
        .iter()
        .any(|end| lower.ends_with(end))
}

const SAMPLE_WORDS: [&str; 17] = [
    "string",
    "str",
    "number",
    "integer",
    "int",
    "long",
    "float",
    "double",
    "boolean",
    "bool",
    "timestamp",
    "datetime",
    "date-time",
    "object",
    "array",
    "map",
    "list",
];

/// What a word means that [`read`] gave, or that stands in a sample.
pub(super) fn kinds(word: &str) -> Vec<ValueKind> {
    let Some(word) = read(word) else {
        return shown(without_marks(word).unwrap_or(word))
            .into_iter()
            .collect();
    };
    word.split(" or ").filter_map(kind).collect()
}

/// What the items of a list are that a word names.
pub(super) fn items(word: &str) -> Option<&str> {
    word.strip_prefix("list of ")
}

/// The kind of a value that a word shows: `{{5}}`, `opened|closed`.
fn shown(word: &str) -> Option<ValueKind> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match word.split_once('.') {
        _ if digits(word) => Some(ValueKind::Integer),
        Some((whole, fraction)) if digits(whole) && digits(fraction) => Some(ValueKind::Number),
        _ => (!several(word).is_empty()).then_some(ValueKind::Text),
    }
}

fn kind(word: &str) -> Option<ValueKind> {
    let form = WireForm::ALL.into_iter().find(|form| form.name() == word);
    if let Some(form) = form {
        return Some(ValueKind::Instant(form));
    }
    Some(match word {
        "string" => ValueKind::Text,
        "integer" => ValueKind::Integer,
        "number" => ValueKind::Number,
        "boolean" => ValueKind::Boolean,
        "timestamp" => ValueKind::UnformedInstant,
        "object" => ValueKind::Object,
        "map" => ValueKind::Map,
        "null" => ValueKind::Null,
        word if word == "list" || word.starts_with("list of ") => ValueKind::List,
        _ => return None,
    })
}

/// The kinds, each with the words for it.
const WORDS: [(&str, &str); 9] = [
    (
        "string",
        "string str text strings uuid arn enum enumeration uri url zeichenfolge zeichenkette cadena chaîne stringa \
         文字列 字符串 字串 문자열 строка varchar char guid",
    ),
    (
        "integer",
        "integer int long short int32 int64 ganzzahl entero entier inteiro intero integers bigint 整数 整數 정수 целое",
    ),
    (
        "number",
        "number float double decimal numbers zahl número numero nombre numérico 数値 数字 數字 숫자 число",
    ),
    (
        "boolean",
        "boolean bool boolesch booleano booléen booleana ブール値 ブール 布尔值 布尔 布林值 부울 불린 логическое",
    ),
    (
        "timestamp",
        "timestamp datetime date time date-time instant zeitstempel horodatage datum fecha タイムスタンプ 日時 时间戳 時間戳記 \
         타임스탬프",
    ),
    (
        "object",
        "object struct structure objekt objeto objet oggetto オブジェクト 对象 物件 객체 {...} {…}",
    ),
    (
        "list",
        "array list liste lista matriz array[] 配列 リスト 数组 列表 陣列 배열 목록 [...] […]",
    ),
    ("map", "map dictionary dict マップ 映射 맵"),
    ("null", "null none"),
];

/// One word, in the languages that AWS translates its pages to.
fn plain(lower: &str) -> Option<&'static str> {
    let of =
        |(_, words): &&(&str, &'static str)| words.split_whitespace().any(|word| word == lower);
    if let Some((kind, _)) = WORDS.iter().find(of) {
        return Some(kind);
    }
    let form = WireForm::ALL.into_iter().find(|form| form.name() == lower);
    form.map(WireForm::name).or(match lower {
        "marca de tiempo" | "carimbo de data/hora" | "iso 8601" | "rfc 3339" => Some("timestamp"),
        "número inteiro" | "nombre entier" | "número entero" => Some("integer"),
        "{ ... }" => Some("object"),
        "[ ... ]" => Some("list"),
        _ => None,
    })
}

fn item_of_list(lower: &str) -> Option<&str> {
    const STARTS: [&str; 8] = [
        "array of ",
        "list of ",
        "arrays of ",
        "array<",
        "list<",
        "liste von ",
        "matriz de ",
        "lista de ",
    ];
    let behind = STARTS.iter().find_map(|start| lower.strip_prefix(start));
    let item = behind
        .or_else(|| lower.strip_suffix("[]"))
        .or_else(|| lower.strip_suffix(" array"))
        .or_else(|| lower.strip_suffix(" list"))?;
    let item = item.trim_end_matches('>').trim();
    Some(item.strip_suffix(" objects").map_or(item, |_| "object"))
}

/// A kind with more behind it: `String (UUID)`, `Number (epoch seconds)`, `ISO 8601 string`, `Timestamp in UTC`.
fn qualified(lower: &str) -> Option<String> {
    if let Some(form) = unit(lower) {
        return Some(form.to_owned());
    }
    if ["iso 8601", "iso8601", "iso-8601", "rfc 3339", "rfc3339"]
        .iter()
        .any(|name| lower.contains(name))
    {
        return Some(WireForm::Rfc3339.name().to_owned());
    }
    let cut = lower.find(['(', '（', ':', ','])?;
    plain(lower[..cut].trim()).map(str::to_owned)
}

const EPOCH: [&str; 9] = [
    "epoch",
    "epoche",
    "época",
    "unix",
    "エポック",
    "纪元",
    "에포크",
    "epoca",
    "1970",
];
const MILLIS: [&str; 11] = [
    "millisecond",
    "milliseconds",
    "millis",
    "millisekunden",
    "milisegundos",
    "millisecondes",
    "ミリ秒",
    "毫秒",
    "밀리초",
    "milissegundos",
    "milidetik",
];
const SECONDS: [&str; 8] = [
    "second", "sekunden", "segundos", "secondes", "secondi", "秒", "초", "detik",
];

/// The unit in which a text says that an instant is counted: `epoch milliseconds`, `seconds since the epoch`.
pub(super) fn unit(lower: &str) -> Option<&'static str> {
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    match () {
        () if !has(&EPOCH) => None,
        () if has(&MILLIS) => Some(WireForm::IntegerMillis.name()),
        () if has(&SECONDS) => Some(WireForm::IntegerSeconds.name()),
        () => None,
    }
}

/// `TRUE | FALSE`, `string | null`, `integer|string`.
fn alternatives(lower: &str) -> Option<String> {
    let separated = lower.replace(" or ", "|");
    let parts: Vec<&str> = separated.split('|').map(str::trim).collect();
    if parts.len() < 2 || parts.len() > 4 {
        return None;
    }
    if parts.iter().all(|part| matches!(*part, "true" | "false")) {
        return Some("boolean".to_owned());
    }
    let words: Option<Vec<&str>> = parts.into_iter().map(plain).collect();
    words.map(|words| words.join(" or "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_kinds_are_read_however_they_are_written() {
        for (text, word) in [
            ("String", "string"),
            ("String (UUID)", "string"),
            ("Ganzzahl", "integer"),
            ("文字列", "string"),
            ("Timestamp", "timestamp"),
            ("Timestamp (epoch milliseconds)", "integer-millis"),
            ("number, in seconds since the epoch", "integer-seconds"),
            ("ISO 8601 string", "rfc3339"),
            ("Array of strings", "list of string"),
            ("string[]", "list of string"),
            ("Array of Glaze objects", "list of object"),
            ("TRUE | FALSE", "boolean"),
            ("string | null", "string or null"),
            ("Map of string to string", "map"),
        ] {
            assert_eq!(read(text).as_deref(), Some(word), "{text}");
        }
        for text in ["", "CELADON", "The string.", "a | b", "2 or 3"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn only_words_that_no_program_sends_stand_for_kinds_in_samples() {
        for text in [
            "string",
            "DateTime",
            "{...}",
            "TRUE | FALSE",
            "integer|string",
        ] {
            assert!(in_sample("state", text), "{text}");
        }
        assert!(!in_sample("attributeType", "string"));
        assert!(!in_sample("state", "opened|closed") && !in_sample("state", "text"));
    }

    #[test]
    fn a_word_means_kinds() {
        assert_eq!(kinds("String"), [ValueKind::Text]);
        assert_eq!(kinds("string | null"), [ValueKind::Text, ValueKind::Null]);
        assert_eq!(
            kinds("integer-seconds"),
            [ValueKind::Instant(WireForm::IntegerSeconds)]
        );
        assert_eq!(kinds("kiln-id"), []);
    }
}
