//! The Terraform files of a folder come in; what they declare for each other goes out.

use hcl_edit::expr::Expression;
use hcl_edit::structure::Body;
use std::collections::HashMap;

/// What the files of a folder know together.
#[derive(Default)]
pub(in crate::reading) struct Module {
    pub(super) variables: HashMap<String, Expression>,
    pub(super) locals: HashMap<String, Expression>,
}

impl Module {
    /// Adds what a file declares.
    pub(in crate::reading) fn add(&mut self, body: &Body) {
        for block in body.get_blocks("variable") {
            let default = block.body.get_attribute("default");
            if let (Some(name), Some(default)) = (block.labels.first(), default) {
                self.variables
                    .insert(name.as_str().to_owned(), default.value.clone());
            }
        }
        for block in body.get_blocks("locals") {
            for local in block.body.attributes() {
                self.locals
                    .insert(local.key.as_str().to_owned(), local.value.clone());
            }
        }
    }
}
