//! Users, roles, and the rules that protect rights.

use crate::stage::{anna, engine, fields, role, user};
use engine::{Context, SaveError, access::Actor, roles, sessions, setup, users};
use model::{Fields, Grants, Letter, Secret, Section, User, UserInput};

const PASSWORD: &str = "a long enough password";

async fn new_user(cx: &Context, name: &str, role_name: &str) -> User {
    let mut form = fields([("name", name), ("password", PASSWORD)]);
    form.set(UserInput::role_key(role(cx, role_name).await), "true");
    users::create(cx, &anna(), &form).await.unwrap().0
}

async fn signed_in(cx: &Context, name: &str) -> Actor {
    let begun = sessions::sign_in(cx, &sessions::Caller::default(), name, PASSWORD)
        .await
        .unwrap();
    let changed = "another long enough password";
    let actor = sessions::authenticate(cx, &begun.token).await.unwrap();
    let begun = sessions::change_password(cx, &actor, &sessions::Caller::default(), PASSWORD, changed)
        .await
        .unwrap();
    sessions::authenticate(cx, &begun.token).await.unwrap()
}

fn off(role: model::RoleId) -> Fields {
    let mut form = Fields::default();
    form.set(UserInput::role_key(role), "false");
    form
}

store::databases! {
    async fn the_first_administrator_is_made_once(store: &TestStore) {
        let (cx, _) = engine(store);
        let made = setup::first_administrator(&cx, "admin", None).await.unwrap();
        assert_eq!(made.unwrap().expose().len(), 20);
        assert!(setup::first_administrator(&cx, "admin", None).await.unwrap().is_none());
    }

    async fn a_configured_first_password_follows_the_rules(store: &TestStore) {
        let (cx, _) = engine(store);
        let short = Secret::new("short".to_owned());
        let error = setup::first_administrator(&cx, "admin", Some(&short)).await.unwrap_err();
        assert!(error.to_string().contains("first_password"), "{error}");
    }

    async fn the_last_administrator_can_not_be_demoted_disabled_or_removed(store: &TestStore) {
        let (cx, _) = engine(store);
        let admin = new_user(&cx, "admin", "Administrator").await;
        let administrator = role(&cx, "Administrator").await;
        for form in [off(administrator), fields([("disabled", "true")])] {
            let error = users::update(&cx, &anna(), admin.id, admin.version, &form).await.unwrap_err();
            assert!(matches!(&error, SaveError::Protected(message) if message.contains("last administrator")));
        }
        let results = users::remove(&cx, &anna(), &[admin.id.0]).await.unwrap();
        assert!(results[0].refused.as_deref().unwrap().contains("last administrator"));

        let second = new_user(&cx, "second", "Administrator").await;
        let results = users::remove(&cx, &anna(), &[admin.id.0, second.id.0]).await.unwrap();
        assert_eq!(results.iter().filter(|result| result.refused.is_none()).count(), 1);
    }

    async fn nobody_gives_or_takes_rights_that_they_do_not_have(store: &TestStore) {
        let (cx, _) = engine(store);
        let admin = new_user(&cx, "admin", "Administrator").await;
        let viewer = new_user(&cx, "viewer", "Viewer").await;
        let clerk = Grants::default().with(Section::Users, Letter::Read).with(Section::Users, Letter::Update);
        let clerk = user("clerk", clerk);
        let mut promote = Fields::default();
        promote.set(UserInput::role_key(role(&cx, "Administrator").await), "true");

        let error = users::update(&cx, &clerk, viewer.id, viewer.version, &promote).await.unwrap_err();
        assert!(matches!(error, SaveError::Protected(_) | SaveError::Invalid(_)));
        let reset = fields([("password", "taken over by the clerk")]);
        let error = users::update(&cx, &clerk, admin.id, admin.version, &reset).await.unwrap_err();
        assert!(matches!(error, SaveError::Protected(_)), "{error}");

        let keeper = user("keeper", Grants::default().with(Section::Roles, Letter::Create));
        let form = fields([("name", "Mine"), ("grant.users.read", "true"), ("grant.users.delete", "true")]);
        let error = roles::create(&cx, &keeper, &form).await.unwrap_err();
        assert!(matches!(error, SaveError::Invalid(errors) if errors.get("grant.users.delete").is_some()));
    }

    async fn a_disabled_user_is_signed_out_at_once(store: &TestStore) {
        let (cx, _) = engine(store);
        let viewer = new_user(&cx, "viewer", "Viewer").await;
        let begun = sessions::sign_in(&cx, &sessions::Caller::default(), "VIEWER", PASSWORD).await.unwrap();
        let off = fields([("disabled", "true")]);
        new_user(&cx, "admin", "Administrator").await;
        users::update(&cx, &anna(), viewer.id, viewer.version, &off).await.unwrap();
        assert_eq!(sessions::authenticate(&cx, &begun.token).await.unwrap(), Actor::Anonymous);
        let again = sessions::sign_in(&cx, &sessions::Caller::default(), "viewer", PASSWORD).await;
        assert!(matches!(again.unwrap_err(), sessions::SignInError::Refused));
    }

    async fn nobody_disables_or_removes_themselves(store: &TestStore) {
        let (cx, _) = engine(store);
        new_user(&cx, "other", "Administrator").await;
        let admin = new_user(&cx, "admin", "Administrator").await;
        let actor = signed_in(&cx, "admin").await;
        let off = fields([("disabled", "true")]);
        let error = users::update(&cx, &actor, admin.id, admin.version, &off).await.unwrap_err();
        assert!(matches!(error, SaveError::Protected(_)), "{error}");
        let results = users::remove(&cx, &actor, &[admin.id.0]).await.unwrap();
        assert!(results[0].refused.is_some());
    }

    async fn built_in_roles_and_roles_in_use_stay(store: &TestStore) {
        let (cx, _) = engine(store);
        let viewer = role(&cx, "Viewer").await;
        let form = fields([("name", "Onlooker")]);
        let error = roles::update(&cx, &anna(), viewer, model::Version::FIRST, &form).await.unwrap_err();
        assert!(matches!(error, SaveError::Protected(_)));
        let form = fields([("name", "Clerk"), ("grant.flows.read", "true")]);
        let clerk = roles::create(&cx, &anna(), &form).await.unwrap();
        new_user(&cx, "carol", "Clerk").await;
        let results = roles::remove(&cx, &anna(), &[viewer.0, clerk.id.0]).await.unwrap();
        assert!(results[0].refused.as_deref().unwrap().contains("built-in"));
        assert!(results[1].refused.as_deref().unwrap().contains("1 user has this role"));
    }

    async fn a_changed_role_counts_at_the_next_request(store: &TestStore) {
        let (cx, _) = engine(store);
        let form = fields([("name", "Clerk"), ("grant.flows.read", "true")]);
        let clerk = roles::create(&cx, &anna(), &form).await.unwrap();
        new_user(&cx, "carol", "Clerk").await;
        let begun = sessions::sign_in(&cx, &sessions::Caller::default(), "carol", PASSWORD).await.unwrap();
        let change = fields([("grant.flows.read", "false"), ("grant.users.read", "true")]);
        roles::update(&cx, &anna(), clerk.id, clerk.version, &change).await.unwrap();
        let actor = sessions::authenticate(&cx, &begun.token).await.unwrap();
        let grants = actor.user().unwrap().grants;
        assert!(grants.allows(Section::Users, Letter::Read) && !grants.allows(Section::Flows, Letter::Read));
    }

    async fn a_sign_in_does_not_hide_who_changed_a_user(store: &TestStore) {
        let (cx, _) = engine(store);
        new_user(&cx, "admin", "Administrator").await;
        let viewer = new_user(&cx, "viewer", "Viewer").await;
        let boris = user("boris", Grants::ALL);
        users::update(&cx, &boris, viewer.id, viewer.version, &fields([("name", "onlooker")])).await.unwrap();
        sessions::sign_in(&cx, &sessions::Caller::default(), "onlooker", PASSWORD).await.unwrap();
        let again = fields([("name", "guest")]);
        let error = users::update(&cx, &anna(), viewer.id, viewer.version, &again).await.unwrap_err();
        let SaveError::Conflict(conflict) = error else { panic!("{error}") };
        assert_eq!(conflict.by, "boris");
        assert!(conflict.fields.get("name").is_some());
    }
}
