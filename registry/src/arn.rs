//! The ARN of a registry or a schema comes in, of which parts may be masked; the names in it go out.

/// The name of a registry that is named by itself or by its ARN.
pub(crate) fn registry(name: &str) -> &str {
    let own = |rest: &str| rest.rsplit_once(":registry/").map(|(_, name)| name.len());
    match name.strip_prefix("arn:").and_then(own) {
        Some(length) => &name[name.len() - length..],
        None => name,
    }
}

/// The registry of a schema: `arn:aws:schemas:eu-north-1:123456789012:schema/kilns/my.kiln@Fired`.
pub(crate) fn registry_of_schema(arn: &str) -> Option<&str> {
    let (_, names) = arn.strip_prefix("arn:")?.rsplit_once(":schema/")?;
    names.split_once('/').map(|(registry, _)| registry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_at_the_end_of_an_arn_whatever_is_masked_before() {
        assert_eq!(registry("kilns"), "kilns");
        for account in ["123456789012", "***", ""] {
            let arn = format!("arn:aws-cn:schemas:eu-north-1:{account}:registry/kilns");
            assert_eq!(registry(&arn), "kilns");
            let arn = format!("arn:aws:schemas:eu-north-1:{account}:schema/kilns/my.kiln@Fired");
            assert_eq!(registry_of_schema(&arn), Some("kilns"));
        }
        assert_eq!(registry("arn:odd"), "arn:odd");
    }
}
