//! The line under the program: how many mistakes, how long, where the caret stands.

use super::{Program, counted};
use crate::components::icon::Icon;
use leptos::prelude::*;

/// The line; the number of mistakes is read aloud when it changes.
#[component]
pub(super) fn ProgramBar(program: Program) -> impl IntoView {
    let text = program.bound.text();
    let count = Memo::new(move |_| program.mistakes().len());
    let lines = move || match text.with(|text| text.split('\n').count()) {
        1 => "1 line".to_owned(),
        count => format!("{count} lines"),
    };
    let place = move || {
        let (line, column) = program.caret.get();
        format!("Line {line}, column {column}")
    };
    let look = move || match count.get() {
        0 => "program-count",
        _ => "program-count program-count-wrong",
    };
    view! {
        <div class="program-bar">
            <p class=look role="status">
                <Icon name="check" class="icon program-right"/>
                <Icon name="alert" class="icon program-wrong"/>
                {move || counted(count.get())}
            </p>
            <span class="program-lines">{lines}</span>
            <span class="needs-js">{place}</span>
        </div>
    }
}
