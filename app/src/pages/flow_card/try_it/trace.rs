//! What the program did, step by step.

use super::{state::TryIt, values::shown};
use crate::components::{icon::Icon, toast::use_toasts};
use leptos::{html, prelude::*};
use model::trying::{TryCall, TryCame, TryChange, TryDone, TryLine, TryStep};

/// More steps than these are drawn only for those who want them: a program that never rests takes thousands.
const SHOWN: usize = 300;

/// The steps in their order, the last ones if there are many; each leads to its node in the program.
#[component]
pub(super) fn Trace(trial: TryIt) -> impl IntoView {
    let count = Memo::new(move |_| trial.trace.with(Vec::len));
    let whole = RwSignal::new(false);
    let left_out = Memo::new(move |_| {
        if whole.get() {
            0
        } else {
            count.get().saturating_sub(SHOWN)
        }
    });
    let shown = move || {
        trial
            .trace
            .with(|all| all.get(left_out.get()..).unwrap_or_default().to_vec())
    };
    let node = NodeRef::<html::Ol>::new();
    Effect::new(move || {
        count.track();
        let Some(list) = node.get() else { return };
        // A frame later, when they are drawn.
        request_animation_frame(move || list.set_scroll_top(list.scroll_height()));
    });
    view! {
        <details class="fold" open>
            <summary class="fold-title">
                "Steps"
                <span class="tab-count">{move || count.get()}</span>
            </summary>
            <Show when=move || trial.missed.get()>
                <p class="talk-note">"The first steps are no longer kept."</p>
            </Show>
            <Show when=move || left_out.get() != 0>
                <p class="talk-note">
                    {move || format!("{} earlier steps are not shown. ", left_out.get())}
                    <button class="button button-small button-quiet" type="button" on:click=move |_| whole.set(true)>
                        "Show all"
                    </button>
                </p>
            </Show>
            <ol class="steps" aria-label="Steps" node_ref=node>
                <For each=shown key=|line| line.number let:line>
                    <li class="step"><Line trial line/></li>
                </For>
            </ol>
            <Show when=move || count.get() == 0>
                <p class="talk-note">"Each step of the program is shown here."</p>
            </Show>
        </details>
    }
}

#[component]
fn Line(trial: TryIt, line: TryLine) -> impl IntoView {
    match line.what {
        TryDone::Step(step) => view! { <Step trial step/> }.into_any(),
        TryDone::Call(call) => view! { <Call trial call/> }.into_any(),
        TryDone::End(end) => view! { <p class="step-note">{end.sentence}</p> }.into_any(),
        TryDone::Skipped { seconds } => {
            let unit = if seconds == 1 { "second" } else { "seconds" };
            view! { <p class="step-note">{format!("You skipped {seconds} {unit}.")}</p> }.into_any()
        }
    }
}

#[component]
fn Step(trial: TryIt, step: TryStep) -> impl IntoView {
    let TryStep {
        path,
        node,
        did,
        changed,
        failed,
    } = step;
    let changes: Vec<_> = changed.into_iter().map(change).collect();
    view! {
        <PathLink trial path node/>
        <p class="step-did">{did}</p>
        {failed.map(|why| view! {
            <p class="field-error"><Icon name="alert"/><span>"Failed: " {why}</span></p>
        })}
        {(!changes.is_empty()).then(|| view! { <dl class="step-changes">{changes}</dl> })}
    }
}

/// The node's name and path: a button that leads there, as far as it is in this program.
#[component]
fn PathLink(trial: TryIt, path: String, node: String) -> impl IntoView {
    let toasts = use_toasts();
    let of_other = path.starts_with("flow ");
    let label = view! {
        <strong>{node}</strong>
        " "
        <code class="mistake-path">{path.clone()}</code>
    };
    if of_other {
        return view! { <p class="step-path">{label}</p> }.into_any();
    }
    let go = move |_| match trial.program.locate(&path) {
        Some(place) => {
            trial.program.go_to(&place);
            if !untrack(move || trial.is_as_begun()) {
                toasts.say("The program has changed since it was started: this may be another node.");
            }
        }
        None => toasts.fail(format!("The program has nothing at {path} any more.")),
    };
    view! { <button class="step-path step-link" type="button" on:click=go>{label}</button> }.into_any()
}

fn change(change: TryChange) -> impl IntoView {
    let TryChange { name, before, after } = change;
    view! {
        <div class="step-change">
            <dt>{name}</dt>
            <dd>
                <del>{shown(before)}</del>
                <span class="change-arrow" aria-hidden="true">" → "</span>
                <span class="visually-hidden">" changed to "</span>
                <ins>{shown(after)}</ins>
            </dd>
        </div>
    }
}

/// A call over HTTP and what came of it.
#[component]
fn Call(trial: TryIt, call: TryCall) -> impl IntoView {
    let TryCall {
        path,
        method,
        url,
        headers,
        body,
        came,
    } = call;
    let headers: Vec<_> = headers
        .into_iter()
        .map(|(name, value)| view! { <div class="value"><dt>{name}</dt><dd>{value}</dd></div> })
        .collect();
    view! {
        <PathLink trial path node="httpRequest".to_owned()/>
        <p class="step-did"><strong>{method}</strong> " " <span class="mono">{url}</span></p>
        {came_of(came)}
        {(!headers.is_empty() || body.is_some()).then(|| view! {
            <details class="step-more">
                <summary>"What is sent"</summary>
                <dl class="values">{headers}</dl>
                {body.map(|body| view! { <pre class="step-body" tabindex="0">{body}</pre> })}
            </details>
        })}
    }
}

fn came_of(came: TryCame) -> AnyView {
    match came {
        TryCame::Off => view! { <p class="step-note">"Not made: calls over HTTP are switched off."</p> }.into_any(),
        TryCame::Pending => view! { <p class="step-note">"Under way…"</p> }.into_any(),
        TryCame::Failed(why) => view! {
            <p class="field-error"><Icon name="alert"/><span>"No answer: " {why}</span></p>
        }
        .into_any(),
        TryCame::Answer {
            status,
            content_type,
            body,
            bytes,
        } => {
            let kind = content_type.map(|kind| format!(", {kind}")).unwrap_or_default();
            view! {
                <details class="step-more">
                    <summary>{format!("Answer {status}{kind}, {bytes} bytes")}</summary>
                    <pre class="step-body" tabindex="0">{body}</pre>
                </details>
            }
            .into_any()
        }
    }
}
