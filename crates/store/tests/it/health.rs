//! What was observed of gateways.

use crate::{NOW, gateway};
use model::{GatewayId, Health, HealthState, Remedy, Timestamp};
use std::time::Duration;
use store::{
    Store, gateways,
    health::{self, Observed, Watched},
};

fn later(ms: i64) -> Timestamp {
    Timestamp(NOW.0 + ms)
}

async fn make(store: &Store, uri: &str) -> GatewayId {
    let tx = store.begin().await.unwrap();
    let id = gateways::insert(&tx, &gateway("A", uri, None), NOW, "anna")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

async fn switch(store: &Store, id: GatewayId, on: bool, at: Timestamp) {
    let tx = store.begin().await.unwrap();
    health::switched(&tx, id, on, at).await.unwrap();
    tx.commit().await.unwrap();
}

async fn wake(store: &Store, id: GatewayId, take_over: bool, at: Timestamp) {
    let tx = store.begin().await.unwrap();
    health::wake(&tx, id, take_over, at).await.unwrap();
    tx.commit().await.unwrap();
}

async fn observe(store: &Store, seen: &Watched, observed: &Observed) -> bool {
    let tx = store.begin().await.unwrap();
    let done = health::observe(&tx, seen.gateway, seen, observed).await.unwrap();
    tx.commit().await.unwrap();
    done
}

async fn watched(store: &Store, id: GatewayId) -> Watched {
    health::get(store.read(), id).await.unwrap().unwrap()
}

async fn due(store: &Store, at: Timestamp) -> Vec<GatewayId> {
    let found = health::due(store.read(), &store::leases::all(), at, 10).await.unwrap();
    found.into_iter().map(|watched| watched.gateway).collect()
}

/// A gateway that works, to be looked at again after a second.
fn connected() -> Observed {
    Observed {
        health: Health {
            state: HealthState::Connected,
            since: later(10),
            checked_at: Some(later(10)),
            identity: "@shop\0bot".into(),
            to_do: "Nothing\0.".into(),
            sentence: "All\0is well.".into(),
            remedy: Some(Remedy::RegisterAgain),
            ..Health::disabled()
        },
        failures: 2,
        take_over: false,
        registered: Some("print".into()),
        next_at: Some(later(1_000)),
    }
}

store::databases! {
    async fn what_was_observed_is_read_back(store: &TestStore) {
        let id = make(store, "/abc").await;
        assert!(health::get(store.read(), id).await.unwrap().is_none(), "it was never enabled");
        assert!(due(store, later(0)).await.is_empty());
        switch(store, id, true, NOW).await;
        let seen = watched(store, id).await;
        assert_eq!((seen.health.state, seen.health.since, seen.next_at), (HealthState::Connecting, NOW, Some(NOW)));
        assert!(!seen.take_over && seen.registered.is_none() && seen.polled.is_none() && seen.failures == 0);
        assert_eq!(due(store, NOW).await, [id]);
        assert!(observe(store, &seen, &connected()).await);
        let now = watched(store, id).await;
        assert_eq!((now.health.state, now.health.since, now.failures), (HealthState::Connected, later(10), 2));
        assert_eq!((now.health.identity.as_str(), now.health.to_do.as_str()), ("@shop\u{fffd}bot", "Nothing\u{fffd}."));
        assert_eq!((now.health.checked_at, now.health.remedy), (Some(later(10)), Some(Remedy::RegisterAgain)));
        assert_eq!((now.registered.as_deref(), now.next_at), (Some("print"), Some(later(1_000))));
        assert_eq!(gateways::get(store.read(), id).await.unwrap().unwrap().health, now.health);
        assert_eq!(health::registered(store.read(), &[id, GatewayId(99)]).await.unwrap(), [id]);
        assert!(due(store, later(999)).await.is_empty());
        assert_eq!(due(store, later(1_000)).await, [id]);
    }

    async fn whoever_switched_a_gateway_meanwhile_is_not_overwritten(store: &TestStore) {
        let id = make(store, "/abc").await;
        switch(store, id, true, NOW).await;
        let seen = watched(store, id).await;
        switch(store, id, false, later(1)).await;
        assert!(!observe(store, &seen, &connected()).await);
        let now = watched(store, id).await;
        assert_eq!((now.health.state, now.next_at), (HealthState::Disabled, Some(later(1))));
        switch(store, id, true, later(2)).await;
        assert!(!observe(store, &seen, &connected()).await, "it is another wish, however equal");
        assert!(observe(store, &watched(store, id).await, &connected()).await);
    }

    async fn a_switch_keeps_what_is_registered_and_forgets_what_was_wrong(store: &TestStore) {
        let id = make(store, "/abc").await;
        switch(store, id, true, NOW).await;
        observe(store, &watched(store, id).await, &connected()).await;
        wake(store, id, true, later(20)).await;
        switch(store, id, false, later(30)).await;
        let now = watched(store, id).await;
        assert_eq!((now.registered.as_deref(), now.failures, now.take_over), (Some("print"), 0, false));
        assert_eq!((now.health.sentence.as_str(), now.health.remedy), ("", None));
        assert_eq!(now.health.identity, "@shop\u{fffd}bot");
    }

    async fn a_look_that_was_asked_for_meanwhile_stays_asked_for(store: &TestStore) {
        let id = make(store, "/abc").await;
        switch(store, id, true, NOW).await;
        observe(store, &watched(store, id).await, &connected()).await;
        let seen = watched(store, id).await;
        wake(store, id, true, later(50)).await;
        assert!(observe(store, &seen, &connected()).await);
        let now = watched(store, id).await;
        assert_eq!((now.next_at, now.take_over), (Some(later(50)), true));
        assert!(observe(store, &now, &connected()).await);
        let done = watched(store, id).await;
        assert_eq!((done.next_at, done.take_over), (Some(later(1_000)), false));
    }

    async fn a_gateway_that_rests_is_looked_at_when_it_is_woken(store: &TestStore) {
        let id = make(store, "/abc").await;
        wake(store, id, false, NOW).await;
        assert!(health::get(store.read(), id).await.unwrap().is_none(), "it was never enabled");
        switch(store, id, true, NOW).await;
        let rests = Observed { next_at: None, ..connected() };
        observe(store, &watched(store, id).await, &rests).await;
        assert!(due(store, later(i64::from(u32::MAX))).await.is_empty());
        wake(store, id, false, later(5)).await;
        assert_eq!(due(store, later(5)).await, [id]);
        assert_eq!(watched(store, id).await.failures, 0);
    }

    async fn those_that_are_due_come_in_order_and_by_shard(store: &TestStore) {
        let mut ids = Vec::new();
        for (number, uri) in ["/aaa", "/bbb", "/ccc"].into_iter().enumerate() {
            let id = make(store, uri).await;
            switch(store, id, true, later(-i64::try_from(number).unwrap())).await;
            ids.push(id);
        }
        assert_eq!(due(store, NOW).await, [ids[2], ids[1], ids[0]]);
        let shard = store::deliveries::shard(ids[1]);
        let of_shard = health::due(store.read(), &[shard], NOW, 10).await.unwrap();
        assert_eq!(of_shard.iter().map(|watched| watched.gateway).collect::<Vec<_>>(), [ids[1]]);
        assert_eq!(health::due(store.read(), &store::leases::all(), NOW, 2).await.unwrap().len(), 2);
    }

    async fn after_a_start_all_are_looked_at_soon_and_those_that_rest_are_not(store: &TestStore) {
        let (first, second, rests) = (make(store, "/aaa").await, make(store, "/bbb").await, make(store, "/ccc").await);
        for (id, next_at) in [(first, Some(later(1_000_000))), (second, Some(later(-5))), (rests, None)] {
            switch(store, id, true, NOW).await;
            observe(store, &watched(store, id).await, &Observed { next_at, ..connected() }).await;
        }
        let tx = store.begin().await.unwrap();
        health::wake_all(&tx, &store::leases::all(), NOW, 1_000).await.unwrap();
        tx.commit().await.unwrap();
        let soon = watched(store, first).await.next_at.unwrap();
        assert!((NOW..NOW.after(Duration::from_secs(1))).contains(&soon), "{soon:?}");
        assert_eq!(watched(store, second).await.next_at, Some(later(-5)), "it is due already");
        assert_eq!(watched(store, rests).await.next_at, None);
    }

    async fn what_changed_lately_is_found(store: &TestStore) {
        let (first, second) = (make(store, "/aaa").await, make(store, "/bbb").await);
        switch(store, second, true, NOW).await;
        switch(store, first, true, later(10)).await;
        let changed = |after| async move { health::changed(store.read(), after, 10).await.unwrap() };
        assert_eq!(changed(later(-1)).await, [(second, NOW), (first, later(10))]);
        assert_eq!(changed(NOW).await, [(first, later(10))]);
        assert!(changed(later(10)).await.is_empty());
    }

    async fn gateways_are_counted_by_provider_and_health(store: &TestStore) {
        let (first, second) = (make(store, "/aaa").await, make(store, "/bbb").await);
        make(store, "/never").await;
        for id in [first, second] {
            switch(store, id, true, NOW).await;
        }
        let viber = model::Provider::Viber;
        assert_eq!(health::count(store.read()).await.unwrap(), [(viber, HealthState::Connecting, 2)]);
        let tx = store.begin().await.unwrap();
        gateways::remove(&tx, &[first]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(health::count(store.read()).await.unwrap(), [(viber, HealthState::Connecting, 1)]);
        assert!(health::get(store.read(), first).await.unwrap().is_none());
    }

    async fn where_to_go_on_asking_is_kept(store: &TestStore) {
        let id = make(store, "/abc").await;
        switch(store, id, true, NOW).await;
        let tx = store.begin().await.unwrap();
        health::polled(&tx, id, "17\0").await.unwrap();
        tx.commit().await.unwrap();
        observe(store, &watched(store, id).await, &connected()).await;
        assert_eq!(watched(store, id).await.polled.as_deref(), Some("17\u{fffd}"));
    }
}
