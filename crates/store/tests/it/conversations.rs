//! Runs of flow schemas with peers.

use crate::{NOW, flow, gateway};
use model::{ConversationId, FlowId, FlowKind, GatewayId, Timestamp};
use std::time::Duration;
use store::{
    Connection, Store,
    conversations::{self, NewConversation, Progress},
    flows, gateways,
};

const GATEWAY: GatewayId = GatewayId(7);

pub(crate) fn progress(steps: u32) -> Progress {
    Progress {
        state: format!("{{\"step\":{steps}}}"),
        due_at: None,
        call: None,
        choices: None,
        steps,
        heard: steps,
        said: 2 * steps,
        at: Timestamp(NOW.0 + i64::from(steps)),
        ended: None,
    }
}

pub(crate) fn conversation(lane: &str) -> NewConversation {
    NewConversation {
        gateway: GATEWAY,
        lane: lane.into(),
        thread: r#"{"external_id":"501"}"#.into(),
        peer: "{}".into(),
        peer_name: "Олена".into(),
        flow: FlowId(3),
        programs: "[[3,1]]".into(),
        at: NOW,
        progress: progress(1),
    }
}

fn ended(step: Progress) -> Progress {
    Progress {
        ended: Some(("flow_end".into(), "The program came to its end.".into())),
        ..step
    }
}

async fn begin(store: &Store, new: &[NewConversation]) -> Vec<ConversationId> {
    let tx = store.begin().await.unwrap();
    let ids = conversations::insert(&tx, &new.iter().collect::<Vec<_>>())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    ids
}

async fn go_on(store: &Store, id: ConversationId, step: Progress) -> Vec<ConversationId> {
    let tx = store.begin().await.unwrap();
    let updated = conversations::update(&tx, &[(id, &step)]).await.unwrap();
    tx.commit().await.unwrap();
    updated
}

async fn of_lane(conn: &impl Connection, lane: &str) -> Option<conversations::Stored> {
    conversations::of_lane(conn, GATEWAY, lane).await.unwrap()
}

store::databases! {
    async fn a_conversation_is_found_by_its_lane_until_it_ends(store: &TestStore) {
        let ids = begin(store, &[conversation("b"), conversation("a")]).await;
        assert!(ids.is_sorted(), "{ids:?}");
        let first = of_lane(store.read(), "b").await.unwrap();
        assert_eq!((first.id, first.programs.as_str(), first.steps, first.heard, first.said), (ids[0], "[[3,1]]", 1, 1, 2));
        assert_eq!((first.thread.as_str(), first.peer.as_str()), (r#"{"external_id":"501"}"#, "{}"));
        assert!(conversations::of_lane(store.read(), GatewayId(8), "b").await.unwrap().is_none());
        let step = Progress { due_at: Some(NOW), call: Some("c".into()), choices: Some("d".into()), ..progress(2) };
        assert_eq!(go_on(store, ids[0], step).await, [ids[0]]);
        let second = of_lane(store.read(), "b").await.unwrap();
        assert_eq!((second.state.as_str(), second.steps, second.due_at), ("{\"step\":2}", 2, Some(NOW)));
        assert_eq!((second.call.as_deref(), second.choices.as_deref()), (Some("c"), Some("d")));
        assert_eq!(go_on(store, ids[0], ended(progress(3))).await, [ids[0]]);
        assert!(of_lane(store.read(), "b").await.is_none());
        let (row, stored) = conversations::get(store.read(), GATEWAY, ids[0]).await.unwrap().unwrap();
        let end = row.ended.unwrap();
        assert_eq!((end.cause.as_str(), end.at), ("flow_end", Timestamp(NOW.0 + 3)));
        assert_eq!((stored.due_at, stored.call), (None, None));
        assert!(of_lane(store.read(), "a").await.is_some());
    }

    async fn of_one_lane_one_conversation_is_under_way(store: &TestStore) {
        let ids = begin(store, &[conversation("a")]).await;
        let tx = store.begin().await.unwrap();
        assert!(conversations::insert(&tx, &[&conversation("a")]).await.is_err());
        drop(tx);
        let elsewhere = NewConversation { gateway: GatewayId(8), ..conversation("a") };
        begin(store, &[elsewhere]).await;
        go_on(store, ids[0], ended(progress(2))).await;
        let next = begin(store, &[conversation("a")]).await;
        assert_eq!(of_lane(store.read(), "a").await.unwrap().id, next[0]);
    }

    async fn of_one_lane_several_may_have_ended_with_their_first_step(store: &TestStore) {
        let short = NewConversation { progress: ended(progress(1)), ..conversation("a") };
        let ids = begin(store, &[short.clone(), conversation("b"), short, conversation("a")]).await;
        let mut sorted = ids.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(ids, sorted, "each has an id of its own, in their order");
        assert_eq!(of_lane(store.read(), "a").await.unwrap().id, ids[3]);
        assert_eq!(conversations::running(store.read(), GATEWAY).await.unwrap(), 2);
    }

    async fn a_step_is_taken_once_and_none_after_the_end(store: &TestStore) {
        let ids = begin(store, &[conversation("a"), conversation("b")]).await;
        assert_eq!(go_on(store, ids[0], progress(2)).await, [ids[0]]);
        assert!(go_on(store, ids[0], progress(2)).await.is_empty(), "it was taken");
        assert!(go_on(store, ids[0], progress(4)).await.is_empty(), "one is missing");
        let (third, second) = (ended(progress(3)), progress(2));
        let tx = store.begin().await.unwrap();
        let mut both = conversations::update(&tx, &[(ids[1], &second), (ids[0], &third)]).await.unwrap();
        both.sort_unstable();
        assert_eq!(both, ids);
        tx.commit().await.unwrap();
        assert!(go_on(store, ids[0], progress(4)).await.is_empty(), "it has ended");
    }

    async fn waits_are_told_in_the_order_of_their_end(store: &TestStore) {
        let due = |lane: &str, at: i64| NewConversation {
            progress: Progress { due_at: Some(Timestamp(NOW.0 + at)), ..progress(1) },
            ..conversation(lane)
        };
        let new = [due("late", 90), due("soon", 10), conversation("never"), due("next", 20), due("first", -5)];
        let ids = begin(store, &new).await;
        let elsewhere = NewConversation { gateway: GatewayId(8), ..due("elsewhere", 1) };
        begin(store, &[elsewhere]).await;
        let ask = |limit| async move {
            let found = conversations::due(store.read(), &[7], NOW.after(Duration::from_millis(20)), limit).await.unwrap();
            found.into_iter().map(|(gateway, lane, at)| (gateway.0, lane, at.0 - NOW.0)).collect::<Vec<_>>()
        };
        let all = [(7, "first".to_owned(), -5), (7, "soon".to_owned(), 10), (7, "next".to_owned(), 20)];
        assert_eq!(ask(10).await, all);
        assert_eq!(ask(2).await, all[..2]);
        go_on(store, ids[1], ended(progress(2))).await;
        assert_eq!(ask(10).await.len(), 2);
    }

    async fn those_that_wait_for_a_call_are_found(store: &TestStore) {
        let calling = Progress { call: Some("[1,{}]".into()), ..progress(1) };
        let new = [conversation("a"), NewConversation { progress: calling, ..conversation("b") }];
        let ids = begin(store, &new).await;
        assert_eq!(conversations::calling(store.read(), &[6, 7]).await.unwrap(), [(GATEWAY, "b".to_owned())]);
        assert!(conversations::calling(store.read(), &[8]).await.unwrap().is_empty());
        go_on(store, ids[1], progress(2)).await;
        assert!(conversations::calling(store.read(), &[7]).await.unwrap().is_empty());
    }

    async fn the_past_is_forgotten_and_nothing_that_goes_on(store: &TestStore) {
        let over = |lane: &str, at: i64| NewConversation {
            progress: Progress { at: Timestamp(NOW.0 + at), ..ended(progress(1)) },
            ..conversation(lane)
        };
        let ids = begin(store, &[conversation("a"), over("b", -30), over("c", -20), over("d", 5)]).await;
        let tx = store.begin().await.unwrap();
        assert_eq!(conversations::purge(&tx, NOW, 1).await.unwrap(), 1);
        assert_eq!(conversations::purge(&tx, NOW, 10).await.unwrap(), 1);
        assert_eq!(conversations::purge(&tx, NOW, 10).await.unwrap(), 0);
        tx.commit().await.unwrap();
        let left = conversations::page(store.read(), GATEWAY, false, None, 10).await.unwrap();
        assert_eq!(left.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[3], ids[0]]);
    }

    async fn the_list_names_the_flow_schema_that_is_there(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let shop = flows::insert(&tx, FlowKind::Code, &flow("Shop"), NOW, "anna").await.unwrap();
        tx.commit().await.unwrap();
        let ids = begin(store, &[NewConversation { flow: shop, ..conversation("a") }, conversation("b")]).await;
        go_on(store, ids[1], ended(progress(2))).await;
        let page = |running, before, limit| async move {
            conversations::page(store.read(), GATEWAY, running, before, limit).await.unwrap()
        };
        let rows = page(false, None, 10).await;
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [ids[1], ids[0]]);
        // Nobody made a flow schema of the other number.
        assert_eq!(rows[0].flow.as_ref().map(|flow| flow.id), (shop == FlowId(3)).then_some(shop));
        assert_eq!(rows[1].flow.as_ref().unwrap().name, "Shop");
        assert_eq!((rows[1].peer.as_str(), rows[1].thread.as_str(), rows[1].started_at), ("Олена", "a", NOW));
        assert_eq!(page(true, None, 10).await.len(), 1);
        assert_eq!(page(false, Some(ids[1]), 10).await.len(), 1);
        assert_eq!(page(false, None, 1).await.len(), 1);
        assert!(conversations::get(store.read(), GatewayId(8), ids[0]).await.unwrap().is_none());
    }

    async fn no_character_of_a_peer_is_too_strange(store: &TestStore) {
        let strange = "a\0b \u{1f600} \\u0000 \"'";
        let new = NewConversation {
            thread: strange.into(),
            peer: strange.into(),
            peer_name: strange.into(),
            progress: Progress { state: strange.into(), call: Some(strange.into()), choices: Some(strange.into()), ..progress(1) },
            ..conversation(strange)
        };
        let ids = begin(store, &[new]).await;
        let stored = of_lane(store.read(), strange).await.unwrap();
        assert_eq!((stored.id, stored.state), (ids[0], strange.replace('\0', "\u{fffd}")));
        let step = Progress {
            state: strange.into(),
            ended: Some(("flow_err".into(), strange.into())),
            ..progress(2)
        };
        assert_eq!(go_on(store, ids[0], step).await, ids);
    }

    async fn those_of_a_removed_gateway_end(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let id = gateways::insert(&tx, &gateway("A", "/abc", None), NOW, "anna").await.unwrap();
        tx.commit().await.unwrap();
        let waiting = Progress { due_at: Some(NOW), call: Some("c".into()), ..progress(1) };
        let new = [
            NewConversation { gateway: id, ..conversation("ours") },
            NewConversation { gateway: GatewayId(id.0 + 1), progress: waiting, ..conversation("theirs") },
        ];
        let ids = begin(store, &new).await;
        let tx = store.begin().await.unwrap();
        assert_eq!(conversations::abandon(&tx, NOW, 10).await.unwrap(), 1);
        assert_eq!(conversations::abandon(&tx, NOW, 10).await.unwrap(), 0);
        tx.commit().await.unwrap();
        let all = store::leases::all();
        assert!(conversations::due(store.read(), &all, NOW, 10).await.unwrap().is_empty());
        assert!(conversations::calling(store.read(), &all).await.unwrap().is_empty());
        assert!(conversations::of_lane(store.read(), id, "ours").await.unwrap().is_some());
        let (gone, _) = conversations::get(store.read(), GatewayId(id.0 + 1), ids[1]).await.unwrap().unwrap();
        assert_eq!(gone.ended.unwrap().cause, "gateway_removed");
    }
}
