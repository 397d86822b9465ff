//! Signing in and out.

use crate::stage::engine;
use engine::{
    Context,
    access::{Actor, Denied},
    sessions::{self, Caller, ChangePasswordError, SignInError, Token},
    setup, users,
};
use model::{Letter, Secret, Section};
use std::time::Duration;

const FIRST: &str = "the first password";
const SECOND: &str = "the second password";

async fn admin(cx: &Context) -> Token {
    let first = Secret::new(FIRST.to_owned());
    setup::first_administrator(cx, "Admin", Some(&first)).await.unwrap();
    sessions::sign_in(cx, &caller(), "admin", FIRST).await.unwrap().token
}

fn caller() -> Caller {
    Caller {
        address: "192.0.2.7".into(),
        user_agent: "test".into(),
    }
}

async fn who(cx: &Context, token: &Token) -> Actor {
    sessions::authenticate(cx, token).await.unwrap()
}

store::databases! {
    async fn unknown_user_and_wrong_password_get_the_same_answer(store: &TestStore) {
        let (cx, _) = engine(store);
        admin(&cx).await;
        let wrong = sessions::sign_in(&cx, &caller(), "admin", "wrong").await.unwrap_err();
        let unknown = sessions::sign_in(&cx, &caller(), "nobody", "wrong").await.unwrap_err();
        assert_eq!(wrong.to_string(), unknown.to_string());
        assert!(matches!((wrong, unknown), (SignInError::Refused, SignInError::Refused)));
    }

    async fn the_first_password_must_be_changed_before_anything_else(store: &TestStore) {
        let (cx, _) = engine(store);
        let token = admin(&cx).await;
        let actor = who(&cx, &token).await;
        assert_eq!(actor.may(Section::Flows, Letter::Read), Err(Denied::PasswordChange));
        let begun = sessions::change_password(&cx, &actor, &caller(), FIRST, SECOND).await.unwrap();
        assert_eq!(who(&cx, &token).await, Actor::Anonymous);
        assert_eq!(who(&cx, &begun.token).await.may(Section::Flows, Letter::Read), Ok(()));
    }

    async fn a_new_password_differs_and_the_present_one_is_asked_for(store: &TestStore) {
        let (cx, _) = engine(store);
        let actor = who(&cx, &admin(&cx).await).await;
        for (current, new, field) in [(FIRST, FIRST, "new"), ("wrong", SECOND, "current"), (FIRST, "short", "new")] {
            let error = sessions::change_password(&cx, &actor, &caller(), current, new).await.unwrap_err();
            assert!(matches!(error, ChangePasswordError::Invalid(errors) if errors.get(field).is_some()));
        }
    }

    async fn guessing_is_slowed_down_and_the_right_password_waits_too(store: &TestStore) {
        let (cx, clock) = engine(store);
        admin(&cx).await;
        for _ in 0..5 {
            let error = sessions::sign_in(&cx, &caller(), "admin", "wrong").await.unwrap_err();
            assert!(matches!(error, SignInError::Refused));
        }
        let error = sessions::sign_in(&cx, &caller(), " ADMIN ", FIRST).await.unwrap_err();
        assert!(matches!(error, SignInError::Throttled(1)), "{error}");
        clock.forward(Duration::from_secs(1));
        sessions::sign_in(&cx, &caller(), "admin", FIRST).await.unwrap();
        let error = sessions::sign_in(&cx, &caller(), "admin", "wrong").await.unwrap_err();
        assert!(matches!(error, SignInError::Refused), "a success forgets the failures");
    }

    async fn one_address_that_tries_many_names_is_slowed_down(store: &TestStore) {
        let (cx, _) = engine(store);
        admin(&cx).await;
        for n in 0..30 {
            _ = sessions::sign_in(&cx, &caller(), &format!("user{n}"), "wrong").await.unwrap_err();
        }
        let error = sessions::sign_in(&cx, &caller(), "user30", "wrong").await.unwrap_err();
        assert!(matches!(error, SignInError::Throttled(_)), "{error}");
        let elsewhere = Caller { address: "192.0.2.8".into(), ..caller() };
        sessions::sign_in(&cx, &elsewhere, "admin", FIRST).await.unwrap();
    }

    async fn a_session_ends_when_idle_and_at_its_lifetime(store: &TestStore) {
        let (cx, clock) = engine(store);
        let idle = admin(&cx).await;
        clock.forward(Duration::from_mins(119));
        assert_ne!(who(&cx, &idle).await, Actor::Anonymous);
        clock.forward(Duration::from_hours(2));
        assert_eq!(who(&cx, &idle).await, Actor::Anonymous);

        let busy = sessions::sign_in(&cx, &caller(), "admin", FIRST).await.unwrap().token;
        for _ in 0..23 {
            clock.forward(Duration::from_hours(1));
            assert_ne!(who(&cx, &busy).await, Actor::Anonymous);
        }
        clock.forward(Duration::from_hours(1));
        assert_eq!(who(&cx, &busy).await, Actor::Anonymous);
        sessions::remove_expired(&cx).await.unwrap();
    }

    async fn signing_out_ends_one_session_and_everywhere_ends_all(store: &TestStore) {
        let (cx, _) = engine(store);
        let first = admin(&cx).await;
        let second = sessions::sign_in(&cx, &caller(), "admin", FIRST).await.unwrap().token;
        let third = sessions::sign_in(&cx, &caller(), "admin", FIRST).await.unwrap().token;
        let actor = who(&cx, &first).await;
        sessions::sign_out(&cx, &actor).await.unwrap();
        assert_eq!(who(&cx, &first).await, Actor::Anonymous);
        let actor = who(&cx, &second).await;
        sessions::sign_out_everywhere(&cx, &actor).await.unwrap();
        assert_eq!(who(&cx, &third).await, Actor::Anonymous);
    }

    async fn the_operator_can_let_the_locked_out_in(store: &TestStore) {
        let (cx, _) = engine(store);
        let token = admin(&cx).await;
        for _ in 0..6 {
            _ = sessions::sign_in(&cx, &caller(), "admin", "wrong").await.unwrap_err();
        }
        users::reset_password(&cx, "ADMIN", &Secret::new(SECOND.to_owned()), false).await.unwrap();
        assert_eq!(who(&cx, &token).await, Actor::Anonymous);
        let begun = sessions::sign_in(&cx, &caller(), "admin", SECOND).await.unwrap();
        assert!(!begun.viewer.must_change_password);
        let unknown = users::reset_password(&cx, "nobody", &Secret::new(SECOND.to_owned()), false).await.unwrap_err();
        assert!(unknown.to_string().contains("nobody"));
    }

    async fn a_change_is_told_to_who_listens(store: &TestStore) {
        let (cx, _) = engine(store);
        let follower = tokio::spawn(engine::Changes::follow(cx.clone()));
        let mut listener = cx.changes.listen();
        crate::stage::flow(&cx, "Before the follower looks").await;
        let heard = tokio::time::timeout(Duration::from_secs(20), async {
            loop {
                tokio::select! {
                    change = listener.recv() => break change.unwrap(),
                    () = tokio::time::sleep(Duration::from_millis(50)) => {
                        crate::stage::flow(&cx, &format!("Flow {:?}", cx.rng.word())).await;
                    }
                }
            }
        });
        assert_eq!(heard.await.unwrap().section, Section::Flows);
        follower.abort();
    }

    async fn guesses_at_the_same_time_count_one_by_one(store: &TestStore) {
        let (cx, _) = engine(store);
        admin(&cx).await;
        let guesses: Vec<_> = (0..16)
            .map(|n| {
                let (cx, caller) = (cx.clone(), Caller { address: format!("192.0.2.{n}"), ..caller() });
                tokio::spawn(async move { sessions::sign_in(&cx, &caller, "admin", "wrong").await.unwrap_err() })
            })
            .collect();
        let mut looked_at = 0;
        for guess in guesses {
            looked_at += u32::from(matches!(guess.await.unwrap(), SignInError::Refused));
        }
        assert_eq!(looked_at, 5);
    }

    async fn an_account_of_ones_own_does_not_make_guessing_cheaper(store: &TestStore) {
        let (cx, _) = engine(store);
        admin(&cx).await;
        for n in 0..29 {
            _ = sessions::sign_in(&cx, &caller(), &format!("user{n}"), "wrong").await.unwrap_err();
        }
        sessions::sign_in(&cx, &caller(), "admin", FIRST).await.unwrap();
        _ = sessions::sign_in(&cx, &caller(), "user29", "wrong").await.unwrap_err();
        let error = sessions::sign_in(&cx, &caller(), "user30", "wrong").await.unwrap_err();
        assert!(matches!(error, SignInError::Throttled(_)), "{error}");
    }

    async fn a_name_of_any_length_is_refused_like_any_other(store: &TestStore) {
        let (cx, _) = engine(store);
        let long: String = (0..100_000_u32).filter_map(|n| char::from_u32(0x3300 + n * 7 % 256)).collect();
        let error = sessions::sign_in(&cx, &caller(), &long, "wrong\0").await.unwrap_err();
        assert!(matches!(error, SignInError::Refused), "{error}");
    }

    async fn a_session_that_has_ended_changes_no_password(store: &TestStore) {
        let (cx, _) = engine(store);
        let token = admin(&cx).await;
        let actor = who(&cx, &token).await;
        sessions::sign_out_everywhere(&cx, &actor).await.unwrap();
        let error = sessions::change_password(&cx, &actor, &caller(), FIRST, SECOND).await.unwrap_err();
        assert!(matches!(error, ChangePasswordError::Denied(Denied::SignedOut)), "{error}");
        sessions::sign_in(&cx, &caller(), "admin", FIRST).await.unwrap();
    }
}
