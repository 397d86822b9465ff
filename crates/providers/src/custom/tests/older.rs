//! The older contract, for systems that can't be changed.

use super::{Custom, SECRET, account, endpoint::Endpoint, wire};
use crate::{Account, Choice, Plan, Provider, signature};
use model::{
    message::{Button, ButtonAction, ChatAction, Envelope, FileRef, Outbound, Part, Thread},
    settings::Signature,
};

async fn endpoint() -> (Endpoint, Account) {
    let endpoint = Endpoint::answering("200 OK", "", r#"{"success":true}"#).await;
    let account = account(&endpoint.url(), Signature::WebitelSign);
    (endpoint, account)
}

fn plan(message: &Outbound) -> Plan {
    Custom.plan(
        &account("https://crm.example/", Signature::WebitelSign),
        &Thread::default(),
        message,
    )
}

fn thread() -> Thread {
    Thread {
        external_id: "c-42".into(),
        ..Thread::default()
    }
}

fn texts(plan: &Plan) -> Vec<String> {
    let text = |part: &Part| match part.file() {
        Some(file) => format!("<{}>", file.name.clone().unwrap_or_default()),
        None => part.words().unwrap_or_default(),
    };
    plan.pieces.iter().map(|piece| text(&piece.message.parts[0])).collect()
}

fn picture() -> Part {
    Part::Image {
        file: FileRef {
            url: Some("https://chat.example/files/a.png".into()),
            name: Some("a.png".into()),
            mime: Some("image/png".into()),
            size: Some(9),
            ..FileRef::default()
        },
        caption: Some("The shop".into()),
    }
}

#[tokio::test]
async fn each_piece_is_posted_as_the_older_contract_writes_it() {
    let (endpoint, account) = endpoint().await;
    let message = Outbound {
        parts: vec![Part::text("Look"), picture()],
        ..Outbound::default()
    };
    for (index, piece) in Custom
        .plan(&account, &Thread::default(), &message)
        .pieces
        .into_iter()
        .enumerate()
    {
        let envelope = Envelope {
            idempotency_key: format!("out-17-{index}"),
            thread: thread(),
            message: piece.message,
        };
        let sent = Custom.send(&wire(&account), &account, &envelope).await.unwrap();
        assert_eq!(sent.external_id, None);
    }
    Custom
        .close(&wire(&account), &account, &thread(), "end-17", "flow")
        .await
        .unwrap();
    let taken = endpoint.taken();
    let bodies: Vec<&str> = taken.iter().map(|taken| taken.body.as_str()).collect();
    assert_eq!(
        bodies,
        [
            r#"{"message":{"id":"out-17-0","chatId":"c-42","date":1790856030,"text":"Look"}}"#,
            r#"{"message":{"id":"out-17-1","chatId":"c-42","date":1790856030,"file":{"url":"https://chat.example/files/a.png","mime":"image/png","size":9,"name":"a.png"}}}"#,
            r#"{"message":{"id":"out-17-2","chatId":"c-42","date":1790856030,"text":"The shop"}}"#,
            r#"{"close":{"chatId":"c-42"}}"#,
        ]
    );
    for taken in &taken {
        // The text of the secret is the key, however it begins: systems that sign so know no base 64.
        let expected = signature::hmac_hex(SECRET.as_bytes(), &[taken.body.as_bytes()]);
        assert_eq!(taken.header("x-webitel-sign"), expected);
        assert!(taken.headers.keys().all(|name| !name.starts_with("webhook-")));
    }
}

#[tokio::test]
async fn nothing_is_posted_that_the_older_contract_does_not_know() {
    let (endpoint, account) = endpoint().await;
    Custom.connect(&wire(&account), &account, false).await.unwrap();
    Custom.probe(&wire(&account), &account).await.unwrap();
    Custom
        .act(&wire(&account), &account, &thread(), None, ChatAction::Typing)
        .await
        .unwrap();
    Custom.disconnect(&wire(&account), &account).await.unwrap();
    assert!(endpoint.taken().is_empty());
}

#[test]
fn buttons_become_a_list_that_can_be_answered() {
    let button = |title: &str, action| Button {
        title: title.into(),
        action,
    };
    let reply = |title: &str, payload: &str| {
        button(
            title,
            ButtonAction::Reply {
                payload: payload.into(),
            },
        )
    };
    let url = "https://a.example".to_owned();
    let message = Outbound {
        parts: vec![Part::text("Which?")],
        buttons: vec![
            vec![reply("Red", "r"), button("Site", ButtonAction::Url { url })],
            vec![reply("Blue", "b"), button("Your phone", ButtonAction::RequestPhone)],
        ],
        ..Outbound::default()
    };
    let plan = plan(&message);
    assert_eq!(
        texts(&plan),
        ["Which?\n1. Red\nSite: https://a.example\n2. Blue\nYour phone"]
    );
    let choice = |number, title: &str, payload: &str| Choice {
        number,
        title: title.into(),
        payload: payload.into(),
    };
    assert_eq!(plan.choices, [choice(1, "Red", "r"), choice(2, "Blue", "b")]);
    assert_eq!(plan.pieces[0].notes.len(), 1);
}

#[test]
fn buttons_behind_a_file_are_a_text_of_their_own() {
    let message = Outbound {
        parts: vec![Part::Voice {
            file: picture().file().unwrap().clone(),
            duration: None,
        }],
        buttons: vec![vec![Button {
            title: "Ok".into(),
            action: ButtonAction::Reply { payload: "o".into() },
        }]],
        ..Outbound::default()
    };
    assert_eq!(texts(&plan(&message)), ["<a.png>", "1. Ok"]);
}

#[test]
fn what_is_neither_text_nor_file_is_said_in_words_and_noted() {
    let message = Outbound {
        parts: vec![
            Part::Location {
                lat: 1.0,
                lon: 2.0,
                title: None,
                address: None,
                live: false,
            },
            Part::Unknown,
        ],
        ..Outbound::default()
    };
    let plan = plan(&message);
    assert_eq!(texts(&plan)[0], "https://www.google.com/maps?q=1,2");
    assert!(
        plan.pieces
            .iter()
            .all(|piece| piece.notes.len() == 1 && !piece.message.parts.is_empty())
    );
}
