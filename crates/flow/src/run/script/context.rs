//! One run of one script in an engine that is made for it and thrown away after it.
//!
//! Making it costs some tens of microseconds, and nothing has to be cleaned up.

use super::{MEMORY_LIMIT, ScriptError, TIME_LIMIT};
use rquickjs::context::{EvalOptions, intrinsic};
use rquickjs::function::Func;
use rquickjs::{CatchResultExt, CaughtError, Context, Ctx, Error, Exception, Function, Object, Runtime, Value};
use serde_json::Value as Json;
use std::cell::Cell;
use std::time::{Duration, Instant};

/// A script with everything it may know.
#[derive(Debug)]
pub(super) struct Job {
    /// The source of a function of one argument, the list of `values`.
    pub code: String,
    /// Texts, numbers and truths that the code names.
    pub values: Vec<Json>,
    /// If the code speaks of dates: now in milliseconds, and the local clock's parts as if they were UTC.
    pub now: Option<(f64, f64)>,
    /// What chance begins with, if the code speaks of it.
    pub seed: Option<u64>,
    /// Whether the code may call functions of the engine.
    pub calls: bool,
}

/// The part of the thread's stack that scripts may use.
const STACK_LIMIT: usize = 1 << 20;

/// The letters of what was thrown that are worth repeating.
const REPEATED: usize = 200;

/// Makes dates know no zone and no clock but the given ones.
const DATES: &str = include_str!("dates.js");

/// Keeps functions of the engine from running long without looking at the time.
const GUARDS: &str = include_str!("guards.js");

type Basic = (
    intrinsic::Eval,
    intrinsic::RegExpCompiler,
    intrinsic::RegExp,
    intrinsic::Json,
    intrinsic::Proxy,
    intrinsic::MapSet,
    intrinsic::TypedArrays,
    intrinsic::Promise,
);

/// Runs a script.
pub(super) fn run(job: &Job) -> Result<Json, ScriptError> {
    let started = Instant::now();
    let engine = |error: Error| ScriptError::Engine(error.to_string());
    let runtime = Runtime::new().map_err(engine)?;
    runtime.set_memory_limit(MEMORY_LIMIT);
    runtime.set_max_stack_size(STACK_LIMIT);
    runtime.set_interrupt_handler(Some(Box::new(move || started.elapsed() > TIME_LIMIT)));
    let context = if job.now.is_some() {
        Context::custom::<(Basic, intrinsic::Date)>(&runtime)
    } else {
        Context::custom::<Basic>(&runtime)
    };
    context.map_err(engine)?.with(|ctx| {
        let result = evaluate(&ctx, job);
        // Whatever a script makes of being interrupted, it took too long.
        if is_late(started.elapsed()) {
            Err(ScriptError::Slow)
        } else {
            result
        }
    })
}

fn is_late(elapsed: Duration) -> bool {
    elapsed > TIME_LIMIT
}

fn evaluate(ctx: &Ctx, job: &Job) -> Result<Json, ScriptError> {
    prepare(ctx, job).catch(ctx).map_err(|error| thrown(&error))?;
    let function: Function = eval(ctx, job.code.as_str())
        .catch(ctx)
        .map_err(|error| unreadable(&error))?;
    let values = values(ctx, job).catch(ctx).map_err(|error| thrown(&error))?;
    let to_text: Function = eval(ctx, TO_TEXT).catch(ctx).map_err(|error| thrown(&error))?;
    let value: Value = function.call((values,)).catch(ctx).map_err(|error| thrown(&error))?;
    result(ctx, &to_text, value)
}

/// Makes any text one that can be written in UTF-8. Taken before a script may change what it calls.
const TO_TEXT: &str = "(function (call, well) { return function (text) { return call(well, text); }; })\
    (Function.prototype.call.bind(Function.prototype.call), String.prototype.toWellFormed)";

fn eval<'js, V: rquickjs::FromJs<'js>>(ctx: &Ctx<'js>, code: &str) -> rquickjs::Result<V> {
    let mut options = EvalOptions::default();
    options.strict = false;
    options.filename = Some("script".to_owned());
    ctx.eval_with_options(code, options)
}

fn prepare(ctx: &Ctx, job: &Job) -> rquickjs::Result<()> {
    let math: Object = ctx.globals().get("Math")?;
    match job.seed {
        None => math.remove("random")?,
        Some(seed) => {
            let state = Cell::new(seed);
            math.set("random", Func::from(move || chance(&state)))?;
        }
    }
    if job.calls {
        eval::<Value>(ctx, GUARDS)?;
    }
    if let Some((now, local)) = job.now {
        let install: Function = eval(ctx, DATES)?;
        install.call::<_, ()>((now, local))?;
    }
    Ok(())
}

fn values<'js>(ctx: &Ctx<'js>, job: &Job) -> rquickjs::Result<rquickjs::Array<'js>> {
    let values = rquickjs::Array::new(ctx.clone())?;
    for (index, value) in job.values.iter().enumerate() {
        match value {
            Json::String(text) => values.set(index, text.as_str())?,
            Json::Number(number) => values.set(index, number.as_f64())?,
            Json::Bool(value) => values.set(index, *value)?,
            value => values.set(index, ctx.json_parse(value.to_string())?)?,
        }
    }
    Ok(values)
}

/// A number from 0 to below 1, by the generator `SplitMix64`.
fn chance(state: &Cell<u64>) -> f64 {
    let next = state.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
    state.set(next);
    let mixed = (next ^ (next >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    #[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
    let bits = ((mixed ^ (mixed >> 31)) >> 11) as f64;
    bits / 9_007_199_254_740_992.0
}

/// What a script returned, as a value that can be stored.
fn result<'js>(ctx: &Ctx<'js>, to_text: &Function<'js>, value: Value<'js>) -> Result<Json, ScriptError> {
    let text = |value: &Value<'js>| -> Result<String, ScriptError> {
        value
            .get::<String>()
            .or_else(|_| to_text.call((value.clone(),)))
            .catch(ctx)
            .map_err(|error| thrown(&error))
    };
    if value.is_undefined() || value.is_function() {
        return Ok(Json::String(String::new()));
    }
    if value.is_null() {
        return Ok(Json::Null);
    }
    if let Some(truth) = value.as_bool() {
        return Ok(Json::Bool(truth));
    }
    if let Some(number) = value.as_number() {
        let whole = crate::run::insert::json_number(number);
        let text = || Json::String(crate::run::print::number_text(number));
        return Ok(if whole.is_null() { text() } else { whole });
    }
    if value.is_string() {
        return text(&value).map(Json::String);
    }
    if value.is_symbol() {
        return Err(ScriptError::Threw("a symbol is no result".to_owned()));
    }
    if value.is_object() {
        let Some(json) = ctx.json_stringify(value).catch(ctx).map_err(|error| thrown(&error))? else {
            return Ok(Json::String(String::new()));
        };
        let json = text(json.as_value())?;
        return serde_json::from_str(&json)
            .or_else(|_| serde_json::from_str(&whole_letters(&json)))
            .map_err(|_| ScriptError::Threw("a result that is nested too deeply".to_owned()));
    }
    // What is left is a whole number of any size.
    let digits: rquickjs::Coerced<String> = value.get().catch(ctx).map_err(|error| thrown(&error))?;
    Ok(Json::String(digits.0))
}

/// JSON whose escaped halves of letters (`\ud800`) are replaced by the letter for what cannot be shown.
fn whole_letters(json: &str) -> String {
    let mut whole = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let escape = rest
            .get(at..at + 6)
            .filter(|escape| escape.starts_with("\\ud"))
            .map_or(2, |_| 6);
        whole.push_str(&rest[..at]);
        whole.push_str(if escape == 6 { "\\ufffd" } else { &rest[at..at + escape] });
        rest = &rest[at + escape..];
    }
    whole + rest
}

fn unreadable(error: &CaughtError) -> ScriptError {
    match error {
        CaughtError::Exception(exception) if name(exception) == "SyntaxError" => {
            let line = exception.stack().as_deref().and_then(line);
            let message = cut(&exception.message().unwrap_or_default());
            ScriptError::Syntax(line.map_or_else(|| message.clone(), |line| format!("line {line}: {message}")))
        }
        error => thrown(error),
    }
}

/// The line in `    at script:3:5`.
fn line(stack: &str) -> Option<u32> {
    let behind = stack.split("script:").nth(1)?;
    behind.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn thrown(error: &CaughtError) -> ScriptError {
    match error {
        CaughtError::Exception(exception) => {
            let message = exception.message().unwrap_or_default();
            match (name(exception).as_str(), message.as_str()) {
                ("InternalError", "out of memory") => ScriptError::Memory,
                ("InternalError", "interrupted") => ScriptError::Slow,
                ("RangeError" | "InternalError", text) if text.contains("stack") => ScriptError::Stack,
                (name, text) => ScriptError::Threw(cut(&format!("{name}: {text}"))),
            }
        }
        CaughtError::Value(value) => match value.get::<rquickjs::Coerced<String>>() {
            // There was no memory left to make an exception of.
            _ if value.is_null() => ScriptError::Memory,
            Ok(text) => ScriptError::Threw(cut(&text.0)),
            Err(_) => ScriptError::Threw("something that has no text".to_owned()),
        },
        CaughtError::Error(Error::Allocation) => ScriptError::Memory,
        CaughtError::Error(error) => ScriptError::Threw(cut(&error.to_string())),
    }
}

fn name(exception: &Exception) -> String {
    exception.as_object().get("name").unwrap_or_else(|_| "Error".to_owned())
}

fn cut(text: &str) -> String {
    text.chars().take(REPEATED).collect()
}
