//! What open pages are told.

use crate::stage::{engine, flow, gateway};
use engine::{Changes, Context, Listener};
use model::{Action, GatewayId, Health, HealthState, Section, Timestamp};
use std::time::Duration;
use store::{health::Observed, testing};
use tokio::{task::JoinHandle, time::timeout};

/// Another server looks at a gateway and finds it so.
async fn observe(cx: &Context, id: GatewayId, state: HealthState, since: Timestamp) {
    let tx = cx.store.begin().await.unwrap();
    let seen = store::health::get(&tx, id).await.unwrap().unwrap();
    let observed = Observed {
        health: Health {
            state,
            since,
            ..Health::disabled()
        },
        failures: 0,
        take_over: false,
        registered: None,
        next_at: None,
    };
    assert!(store::health::observe(&tx, id, &seen, &observed).await.unwrap());
    tx.commit().await.unwrap();
}

/// The next observation that is told.
async fn heard(listener: &mut Listener) -> GatewayId {
    loop {
        let told = timeout(Duration::from_secs(30), listener.recv()).await;
        let change = told.expect("something is told").unwrap();
        if change.action == Action::Observed {
            assert_eq!(change.section, Section::ChatGateways);
            return GatewayId(change.id);
        }
    }
}

/// Follows, from now on.
async fn follow(cx: &Context) -> (Listener, JoinHandle<()>) {
    let mut listener = cx.changes.listen();
    let cx_following = cx.clone();
    let following = tokio::spawn(async move { Changes::follow(cx_following).await.unwrap() });
    // Somebody who is told what was just made follows.
    for number in 0.. {
        gateway(cx, &format!("Marker {number}"), None).await;
        if timeout(Duration::from_millis(100), listener.recv()).await.is_ok() {
            break;
        }
    }
    (listener, following)
}

#[tokio::test]
async fn what_another_server_observes_is_told_here_once() {
    let store = testing::postgres().await;
    let (there, _) = engine(&store);
    let (here, clock) = engine(&store);
    let answers = flow(&there, "Answers").await;
    let mut ids = Vec::new();
    for name in ["First", "Second"] {
        let id = gateway(&there, name, Some(answers)).await.id;
        let tx = there.store.begin().await.unwrap();
        store::health::switched(&tx, id, true, there.now()).await.unwrap();
        tx.commit().await.unwrap();
        ids.push(id);
    }
    let (mut listener, following) = follow(&here).await;
    let at = |seconds: i64| Timestamp(there.now().0 + seconds * 1_000);
    // The clock of the other server is behind, and then ahead.
    for (id, state, since) in [
        (ids[0], HealthState::Unreachable, at(-30)),
        (ids[1], HealthState::Connected, at(1)),
        (ids[0], HealthState::Connected, at(30)),
    ] {
        observe(&there, id, state, since).await;
        assert_eq!(heard(&mut listener).await, id);
    }
    clock.forward(Duration::from_secs(20));
    observe(&there, ids[1], HealthState::Degraded, at(31)).await;
    assert_eq!(heard(&mut listener).await, ids[1], "and nothing twice");
    following.abort();
}
