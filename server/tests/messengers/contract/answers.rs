//! What a messenger answers that is no answer.

use crate::{
    stage::{Messenger, Stage},
    support::ECHO,
};
use model::{DeliveryResult, Way};
use standins::Fault;
use std::collections::BTreeMap;
use store::testing::TestStore;

/// What goes wrong with the call that sends, and whether the messenger has taken the message all the same.
fn troubles() -> [(&'static str, Fault, bool); 7] {
    let broken = Fault::Answer {
        status: 500,
        headers: BTreeMap::new(),
        body: "Something went wrong".to_owned(),
    };
    [
        ("garbage", Fault::Garbage, false),
        ("nothing", Fault::Empty, false),
        ("status 500", broken, false),
        ("a closed connection", Fault::Close, false),
        ("half an answer", Fault::CloseHalfWay, true),
        ("a lost answer", Fault::LoseAnswer, true),
        ("a slow answer", Fault::SlowBody { ms: 300 }, true),
    ]
}

pub async fn whatever_a_messenger_answers_nothing_is_lost_in_silence_or_doubled<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    for (number, (trouble, fault, is_taken)) in (1..).zip(troubles()) {
        stage.standins.fault(M::AT, M::SENDS, fault, 1);
        let is_believed = M::STATUS_SAYS_ALL && matches!(trouble, "garbage" | "nothing");
        let peer = stage.peer(number);
        peer.says(trouble).unwrap();
        let words = format!("You said: {trouble}");
        let told = |log: &model::DeliveryPage| log.rows.iter().any(|row| row.way == Way::Out && row.summary == words);
        stage.product.logged(stage.gateway.id, told).await;
        stage.quiet().await;
        let rows = stage.rows(Way::Out).await;
        let row = rows.iter().find(|row| row.summary == words).unwrap();
        let seen = peer.seen().iter().filter(|line| line.text == words).count();
        match row.result {
            DeliveryResult::Sent => assert_eq!(seen, usize::from(!is_believed), "{trouble}: {row:?}"),
            DeliveryResult::Ambiguous => assert_eq!((seen, row.attempts), (usize::from(is_taken), 1), "{trouble}"),
            _ => panic!("{trouble}: {row:?}"),
        }
    }
    stage.product.stop().await;
}
