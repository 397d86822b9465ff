//! The node `classifier`.

use crate::program::Classifier;
use crate::run::Scope;

/// The cluster that the input belongs to, the empty text if none.
#[must_use]
pub fn classify<'a>(_classifier: &'a Classifier, _scope: &Scope) -> &'a str {
    unimplemented!()
}
