//! The node `math`.

use crate::run::print::text_of;
use crate::run::{Engine, ScriptError};
use serde_json::{Value as Json, json};

/// Why `math` has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MathError {
    /// JavaScript's Math has no such function or constant.
    #[error("there is no mathematical function “{0}”")]
    Unknown(String),
    /// The engine failed.
    #[error(transparent)]
    Script(#[from] ScriptError),
}

/// Calls a function of Math, or reads a constant.
const MEMBER: &str = r"(function (given) {
    var name = given[0], own = Object.getOwnPropertyDescriptor(Math, name);
    if (!own) return null;
    var result = typeof own.value === 'function' ? own.value.apply(Math, given[1].map(Number)) : own.value;
    return [result === result ? String(result) : ''];
})";

/// Applies a function of the node `math`, `random` if the name is empty. Not-a-number is the empty text.
///
/// # Errors
///
/// See [`MathError`].
pub fn math(
    function: &str,
    data: &[Json],
    engine: &Engine,
    random: &mut dyn FnMut() -> u64,
) -> Result<String, MathError> {
    if function.is_empty() || function == "random" {
        return Ok(one_of(data, random).map(text_of).unwrap_or_default());
    }
    match engine.call(MEMBER, vec![json!(function), json!(data)])? {
        Json::Array(result) => Ok(result.first().map(text_of).unwrap_or_default()),
        _ => Err(MathError::Unknown(function.to_owned())),
    }
}

fn one_of<'a>(data: &'a [Json], random: &mut dyn FnMut() -> u64) -> Option<&'a Json> {
    let count = u64::try_from(data.len()).ok().filter(|count| *count > 0)?;
    data.get(usize::try_from(random() % count).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_or_a_constant_of_math_has_its_result() {
        let table = [
            ("floor", json!(["217.3875"]), "217"),
            ("max", json!(["45", 50]), "50"),
            ("max", json!([]), "-Infinity"),
            ("sqrt", json!(["Olena"]), ""),
            ("sqrt", json!([2]), "1.4142135623730951"),
            ("pow", json!(["2", 10]), "1024"),
            ("PI", json!([]), "3.141592653589793"),
            ("round", json!([-0.2]), "0"),
            ("abs", json!([""]), "0"),
        ];
        for (function, data, expected) in table {
            let result = math(function, data.as_array().unwrap(), &Engine::new(), &mut || 0);
            assert_eq!(result.as_deref(), Ok(expected), "{function}");
        }
    }

    #[test]
    fn random_is_one_of_the_data() {
        let data = [json!("a"), json!(2), json!("c")];
        for (chance, expected) in [(0, "a"), (1, "2"), (5, "c")] {
            for name in ["", "random"] {
                assert_eq!(
                    math(name, &data, &Engine::new(), &mut || chance).as_deref(),
                    Ok(expected)
                );
            }
        }
        assert_eq!(math("random", &[], &Engine::new(), &mut || 1).as_deref(), Ok(""));
    }

    #[test]
    fn an_unknown_name_fails() {
        for name in ["nothing", "constructor", "toString", "__proto__"] {
            let result = math(name, &[json!(1)], &Engine::new(), &mut || 0);
            assert_eq!(result, Err(MathError::Unknown(name.to_owned())));
        }
    }
}
