//! "Test connection": whether the messenger accepts what is typed, before anything is saved.

use crate::{
    api::{GatewayCard, GatewayTest, test_gateway},
    components::{
        form::{
            card::{CardState, Go},
            group::FormSection,
        },
        icon::Icon,
        session_gate::{SessionGate, use_session_gate},
    },
    error::AppError,
};
use leptos::{prelude::*, task::spawn_local};
use model::{Fields, Provider};

/// The button and what came of it. Nothing is saved, and nothing is registered at the messenger.
#[component]
pub(super) fn TestConnection(
    /// The card.
    state: CardState<GatewayCard>,
    /// What leads to a wrong field.
    go: Go,
) -> impl IntoView {
    let test = Test {
        state,
        go,
        busy: RwSignal::new(false),
        result: RwSignal::new(None),
        gate: use_session_gate(),
    };
    let shown = Memo::new(move |_| {
        let typed = state.form.typed();
        // What was found out about other settings is no news about these.
        test.result.with(|result| {
            result
                .as_ref()
                .filter(|(tested, _)| *tested == typed)
                .map(|(_, it)| it.clone())
        })
    });
    let reason = state.locked.get_value();
    let locked = reason.is_some();
    view! {
        <FormSection title="Connection" text="Nothing is saved, and nothing is registered." needs_js=true>
            <div class="test-connection">
                <button
                    class="button"
                    type="button"
                    disabled=locked
                    aria-busy=move || test.busy.get().then_some("true")
                    aria-describedby=locked.then_some("test-reason")
                    on:click=move |_| test.run()
                >
                    "Test connection"
                </button>
                {reason.map(|reason| view! { <p class="field-hint" id="test-reason">{reason}</p> })}
                <div role="status">{move || shown.get().map(|test| view! { <Outcome test/> })}</div>
            </div>
        </FormSection>
    }
}

/// Whether there is anything to test: a web chat has no messenger behind it.
pub(super) const fn has_connection(provider: Provider) -> bool {
    !matches!(provider, Provider::WebChat)
}

#[component]
fn Outcome(test: GatewayTest) -> impl IntoView {
    let (class, icon) = if test.works {
        ("test-outcome test-works", "check")
    } else {
        ("test-outcome test-fails", "alert")
    };
    view! { <p class=class><Icon name=icon/><span>{test.sentence}</span></p> }
}

/// A test under way, and what the last one showed of which settings.
#[derive(Clone, Copy)]
struct Test {
    state: CardState<GatewayCard>,
    go: Go,
    busy: RwSignal<bool>,
    result: RwSignal<Option<(Fields, GatewayTest)>>,
    gate: SessionGate,
}

impl Test {
    fn run(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.result.set(None);
        let fields = self.state.form.all();
        let (provider, id) = self.state.card.with_untracked(|card| (card.provider, card.id));
        spawn_local(async move {
            let answer = test_gateway(provider, id, fields.clone()).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(test) => self.result.set(Some((fields, test))),
                Err(error) if error.is(AppError::SIGNED_OUT) => {
                    self.gate.open(Callback::new(move |()| self.run()));
                }
                Err(error) => self.refused(fields, &error),
            }
        });
    }

    /// Puts the sentences at their fields; those without a place stand beside the button.
    fn refused(self, fields: Fields, error: &AppError) {
        let homeless = self.state.form.homeless(&error.fields);
        let sentence = if error.fields.is_empty() || !homeless.is_empty() {
            std::iter::once(error.message.clone())
                .chain(homeless)
                .collect::<Vec<_>>()
                .join(" ")
        } else {
            "It could not be tested: a field needs attention.".to_owned()
        };
        let works = false;
        self.result.set(Some((fields, GatewayTest { works, sentence })));
        self.state.refuse_at_fields(error.fields.clone(), self.go);
    }
}
