//! What a stranger can try at a gateway's door.
//!
//! Every attempt starts from a request that the messenger made itself, and changes one thing. All of them look alike from
//! the outside, like an address where nobody lives, and leave nothing behind.

use crate::{
    knock::{Answer, Knock},
    stage::{Account, Messenger, Stage},
    support::ECHO,
};
use axum::{body::Bytes, http::Method};
use standins::Seal;
use store::testing::TestStore;

/// One more than the door takes.
const TOO_LARGE: usize = (1 << 20) + 1;

/// Tries all that is done with requests.
pub async fn strangers_are_turned_away_and_leave_nothing_behind<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    stage.another().await;
    let earlier = stage.genuine(Account::Mine, "Something else").await;
    let theirs = stage.genuine(Account::Others, "A word to others").await;
    let genuine = stage.genuine(Account::Mine, "A word to you").await;
    stage.quiet().await;
    let before = stage.stored().await;
    let nobody = genuine
        .clone()
        .at(format!("{}/chat/nobody-lives-here", stage.product.url()));
    let nobody = nobody.send().await;
    assert_eq!((nobody.status, nobody.body.len()), (401, 0), "{nobody:?}");
    for (attempt, knock) in attempts::<M>(&genuine, &earlier, &theirs) {
        let answer = knock.send().await;
        assert_eq!(answer, nobody, "{attempt}: {answer:?}");
        assert_eq!(stage.stored().await, before, "{attempt} left something behind");
    }
    // Not because nothing was let in any more.
    assert_eq!(genuine.send().await.status, 200);
    stage.product.stop().await;
}

/// Tries all that only somebody with the secret could do, or that is refused whoever does it.
pub async fn genuine_nonsense_leaves_nothing_behind<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    let genuine = stage.genuine(Account::Mine, "It is me").await;
    stage.quiet().await;
    let before = stage.stored().await;
    let half = genuine.body.slice(..genuine.body.len() / 2);
    let broken = M::post(&stage.standins, half, Seal::Genuine).await;
    assert_eq!(broken.status, M::BROKEN);
    let empty = M::post(&stage.standins, Bytes::new(), Seal::Genuine).await;
    assert_eq!(empty.status, M::BROKEN);
    let not_text = M::post(&stage.standins, Bytes::from_static(&[0xff; 64]), Seal::Genuine).await;
    assert_eq!(not_text.status, M::BROKEN);
    let large = genuine.clone().with_body(vec![b' '; TOO_LARGE]);
    let unsigned: Answer = large.clone().without(M::PROOF).send().await;
    assert_eq!((unsigned.status, unsigned.body.len()), (413, 0));
    let nobody = large.at(format!("{}/chat/nobody-lives-here", stage.product.url()));
    assert_eq!(nobody.send().await, unsigned);
    assert_eq!(stage.stored().await, before);
    stage.genuine(Account::Mine, "It is still me").await;
    stage.product.stop().await;
}

fn attempts<M: Messenger>(genuine: &Knock, earlier: &Knock, theirs: &Knock) -> Vec<(&'static str, Knock)> {
    let new = || genuine.clone();
    let other_body = || Bytes::from(String::from_utf8_lossy(&genuine.body).replace("A word to you", "Give me all"));
    let mut attempts = vec![
        ("no proof", new().without(M::PROOF)),
        ("a wrong proof", new().spoiled(M::PROOF)),
        ("an empty proof", new().with_headers(M::PROOF, "")),
        ("a proof that is no text", new().with_headers(M::PROOF, "\u{e9}")),
        ("the proof of another gateway", new().with_headers_of(theirs, M::PROOF)),
        ("another gateway's request", theirs.clone().at(&genuine.url)),
        ("PUT", new().with_method(Method::PUT)),
        ("DELETE", new().with_method(Method::DELETE)),
        ("GET", new().with_method(Method::GET)),
        ("HEAD", new().with_method(Method::HEAD)),
        ("a piece of a path too many", new().at(format!("{}/more", genuine.url))),
        (
            "many pieces of a path too many",
            new().at(format!("{}/a/b/c", genuine.url)),
        ),
        ("a way up", new().at(format!("{}/..", genuine.url))),
        (
            "no proof and half a body",
            new().without(M::PROOF).with_body(genuine.body.slice(..9)),
        ),
        ("no proof and no body", new().without(M::PROOF).with_body("")),
    ];
    if M::PROVES_BODY {
        attempts.push((
            "the proof of an earlier request",
            new().with_headers_of(earlier, M::PROOF),
        ));
        attempts.push(("the proof with another body", new().with_body(other_body())));
        let longer = [&genuine.body[..], b" "].concat();
        attempts.push(("the proof with a longer body", new().with_body(longer)));
    }
    for header in M::ALSO_PROVED {
        attempts.push(("the proof with another header", new().spoiled(&[header])));
        attempts.push(("the proof without a header", new().without(&[header])));
    }
    attempts
}

/// A right request is repeated after an hour.
pub async fn what_is_too_old_is_turned_away<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    let genuine = stage.genuine(Account::Mine, "It is me").await;
    stage.quiet().await;
    let before = stage.stored().await;
    let answer = M::post(&stage.standins, genuine.body.clone(), Seal::Stale).await;
    assert_eq!((answer.status, answer.body.len()), (401, 0));
    assert_eq!(stage.stored().await, before);
    stage.product.stop().await;
}
