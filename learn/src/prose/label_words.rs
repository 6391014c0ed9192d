//! The labels of what descriptions say of a field, in the languages that AWS translates its pages to.

pub(super) const VALUES: [&str; 49] = [
    "valid values",
    "valid value",
    "possible values",
    "allowed values",
    "allowed value",
    "accepted values",
    "permitted values",
    "supported values",
    "value is one of",
    "values are",
    "one of the following",
    "is one of",
    "either of",
    "one of",
    "gültige werte",
    "mögliche werte",
    "möglichen werte",
    "zulässige werte",
    "erlaubte werte",
    "valeurs valides",
    "valeurs possibles",
    "valeurs autorisées",
    "valeurs acceptées",
    "valores válidos",
    "valores posibles",
    "valores permitidos",
    "valores aceptados",
    "valores possíveis",
    "valori validi",
    "valori possibili",
    "valori consentiti",
    "有効な値",
    "指定できる値",
    "可能な値",
    "使用できる値",
    "有效值",
    "可能的值",
    "可能值",
    "允许的值",
    "允許的值",
    "유효한 값",
    "유효 값",
    "가능한 값",
    "허용되는 값",
    "nilai yang valid",
    "nilai yang mungkin",
    "nilai yang diizinkan",
    "nilai valid",
    "допустимые значения",
];

pub(super) const KINDS: [&str; 15] = [
    "type",
    "data type",
    "typ",
    "datentyp",
    "tipo",
    "tipo de datos",
    "tipe",
    "タイプ",
    "型",
    "データ型",
    "类型",
    "類型",
    "유형",
    "형식",
    "тип",
];

pub(super) const REQUIRED: [&str; 15] = [
    "required",
    "mandatory",
    "erforderlich",
    "obligatoire",
    "obligatorio",
    "requerido",
    "obrigatório",
    "obbligatorio",
    "必須",
    "必需",
    "必填",
    "필수",
    "wajib",
    "diperlukan",
    "обязательно",
];

/// Whether a word is a label, not a name.
pub(super) fn is_label(word: &str) -> bool {
    let lower = word.to_lowercase();
    let known = |labels: &[&str]| labels.contains(&lower.as_str());
    known(&KINDS) && word != lower || known(&REQUIRED) || known(&VALUES)
}

const YES: [&str; 14] = [
    "yes", "true", "required", "ja", "oui", "sí", "si", "sim", "はい", "是", "예", "ya", "да", "✓",
];
const NO: [&str; 13] = [
    "no",
    "false",
    "optional",
    "nein",
    "non",
    "não",
    "いいえ",
    "否",
    "아니요",
    "아니오",
    "tidak",
    "нет",
    "nee",
];

/// Whether a text is a yes or a no.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    let text = text.trim().trim_end_matches(['.', '。']).to_lowercase();
    match () {
        () if YES.contains(&text.as_str()) => Some(true),
        () if NO.contains(&text.as_str()) => Some(false),
        () => None,
    }
}

/// Words that begin a condition. Some stand before it, some behind.
const CONDITIONS: [&str; 24] = [
    "if",
    "when",
    "whenever",
    "wenn",
    "falls",
    "si",
    "lorsque",
    "quand",
    "cuando",
    "se",
    "quando",
    "jika",
    "ketika",
    "bila",
    "если",
    "когда",
    "如果",
    "当",
    "當",
    "若",
    "場合",
    "とき",
    "경우",
    "때",
];

/// Whether the text before a field begins a condition: what stands behind its last stop.
pub(super) fn begins_condition(text: &str) -> bool {
    let last = text.rsplit(['.', '。', '!', '?']).next().unwrap_or(text);
    let mut words = last.split(|c: char| !c.is_alphanumeric());
    words.any(|word| CONDITIONS.contains(&word.to_lowercase().as_str()))
}

/// Whether the head of a column asks whether its fields are required.
pub(super) fn asks_for_required(text: &str) -> bool {
    let text = text.trim().trim_end_matches('?').to_lowercase();
    REQUIRED.contains(&text.as_str())
}
