//! How a gateway stands at its messenger.

use crate::{
    stage::{Account, Messenger, Stage},
    support::{ECHO, wait_for},
};
use engine::{access::Actor, gateways::register_again};
use model::{HealthState, Remedy};
use store::testing::TestStore;

pub async fn a_gateway_is_announced_and_taken_off<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::disabled(store, ECHO).await;
    assert_eq!(stage.calls(), [""; 0]);
    stage.enable().await;
    assert_eq!(stage.calls(), M::CONNECTS);
    stage.genuine(Account::Mine, "Are you there?").await;
    stage.quiet().await;
    stage.standins.clear_journal();
    stage.product.switch(stage.gateway.id, false).await;
    stage.product.health(stage.gateway.id, HealthState::Disabled).await;
    let calls = || async { Some(stage.calls()).filter(|calls| calls.len() >= M::DISCONNECTS.len()) };
    assert_eq!(wait_for(calls).await, M::DISCONNECTS);
    stage.enable().await;
    stage.genuine(Account::Mine, "And now?").await;
    stage.product.stop().await;
}

pub async fn events_that_go_elsewhere_stay_there_until_somebody_takes_over<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::disabled(store, ECHO).await;
    if !M::lead_elsewhere(&stage.standins) {
        // Nobody can tell: it is announced, and that is all.
        stage.enable().await;
        return stage.product.stop().await;
    }
    stage.product.switch(stage.gateway.id, true).await;
    let health = stage.product.health(stage.gateway.id, HealthState::Misconfigured).await;
    assert_eq!(
        (health.code.as_str(), health.remedy),
        ("webhook_elsewhere", Some(Remedy::TakeOver))
    );
    assert!(health.sentence.contains("elsewhere.example"), "{}", health.sentence);
    let changes = |calls: Vec<String>| {
        calls
            .into_iter()
            .any(|call| Some(call.as_str()) == M::CONNECTS.last().copied())
    };
    assert!(!changes(stage.calls()));
    let cx = &stage.product.cx;
    register_again(cx, &Actor::System, stage.gateway.id, true)
        .await
        .unwrap();
    stage.product.health(stage.gateway.id, HealthState::Connected).await;
    assert!(changes(stage.calls()));
    stage.genuine(Account::Mine, "Mine now").await;
    stage.product.stop().await;
}

pub async fn a_connected_gateway_is_looked_at_again_and_says_what_is_wrong<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::watched(store, ECHO).await;
    stage.standins.clear_journal();
    let looked = || async { Some(stage.calls()).filter(|calls| calls.len() >= M::PROBES.len()) };
    assert!(
        wait_for(looked)
            .await
            .starts_with(&M::PROBES.iter().map(ToString::to_string).collect::<Vec<_>>())
    );
    // Nobody writes, and it shows all the same.
    M::revoke(&stage.standins);
    let health = stage
        .product
        .health(stage.gateway.id, HealthState::BadCredentials)
        .await;
    assert_eq!(health.remedy, Some(Remedy::ReplaceToken));
    assert!(!health.sentence.is_empty());
    stage.product.stop().await;
}

pub async fn what_is_left_to_do_is_told_until_a_message_comes<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::watched(store, ECHO).await;
    let told = stage.product.health(stage.gateway.id, HealthState::Connected).await;
    let looked = || async {
        let health = stage.product.health(stage.gateway.id, HealthState::Connected).await;
        (health.checked_at > told.checked_at).then_some(health)
    };
    assert_eq!(wait_for(looked).await.to_do, told.to_do);
    stage.genuine(Account::Mine, "Here I am").await;
    let done = || async {
        let health = stage.product.health(stage.gateway.id, HealthState::Connected).await;
        health.to_do.is_empty().then_some(())
    };
    wait_for(done).await;
    stage.product.stop().await;
}
