//! The first password of a user, or a new one for somebody who has forgotten theirs.

use crate::components::form::{
    bound::Bound, controls::SecretValue, field::FieldFrame, group::FormSection, state::FormState,
};
use leptos::prelude::*;
use model::form::{Control, Field, SecretShape};

const FIRST: Field = Field {
    key: "password",
    label: "Password",
    hint: "At least 10 characters. It must be changed at the first sign-in.",
    control: Control::Secret {
        max: 1_024,
        generate: true,
        shape: SecretShape::Any,
    },
    required: true,
    default: "",
    when: "",
};
const NEW: Field = Field {
    key: "password",
    label: "New password",
    hint: "Empty: the present one stays. At least 10 characters; it must be changed at the next sign-in.",
    control: Control::Secret {
        max: 1_024,
        generate: true,
        shape: SecretShape::Any,
    },
    required: false,
    default: "",
    when: "",
};

/// The password, typed or made at random.
#[component]
pub(super) fn PasswordField(
    /// The form.
    form: FormState,
    /// Whether the user has a password already.
    saved: bool,
) -> impl IntoView {
    let (field, text) = if saved {
        (&NEW, "A new password ends every session of the user.")
    } else {
        (&FIRST, "Hand it over yourself; nobody can read it here afterwards.")
    };
    let bound = Bound { form, field };
    let open = Memo::new(|_| true);
    view! {
        <FormSection title="Password" text=text>
            <FieldFrame bound>
                <div class="secret">
                    <SecretValue bound generate=true shape=SecretShape::Any open/>
                </div>
            </FieldFrame>
        </FormSection>
    }
}
