//! The programs that flow schemas have had.

use crate::{
    NOW,
    conversations::{conversation, progress},
    flow,
};
use model::{FlowId, FlowInput, FlowKind, Timestamp, Version};
use sea_orm::ConnectionTrait;
use store::{
    Connection,
    conversations::{self, NewConversation, Progress},
    flows,
    testing::TestStore,
};

fn with_program(program: &str) -> FlowInput {
    FlowInput {
        program: program.into(),
        ..flow("Echo")
    }
}

/// A flow schema of these programs, a second apart, saved by its number.
async fn saved(store: &TestStore, programs: &[&str]) -> FlowId {
    let tx = store.begin().await.unwrap();
    let (first, others) = programs.split_first().unwrap();
    let id = flows::insert(&tx, FlowKind::Code, &with_program(first), NOW, "1")
        .await
        .unwrap();
    let mut version = Version::FIRST;
    for program in others {
        let by = version.next().0.to_string();
        let at = Timestamp(NOW.0 + version.0 * 1_000);
        assert!(
            flows::update(&tx, id, version, &with_program(program), at, &by)
                .await
                .unwrap()
        );
        version = version.next();
    }
    tx.commit().await.unwrap();
    id
}

async fn versions(conn: &impl Connection, id: FlowId, older: Option<i64>, limit: u64) -> Vec<i64> {
    let found = flows::programs(conn, id, older.map(Version), limit).await.unwrap();
    found.into_iter().map(|program| program.version.0).collect()
}

store::databases! {
    async fn each_program_is_kept_with_who_saved_it_and_when(store: &TestStore) {
        let id = saved(store, &["[]", "[ \"їжак\" ]"]).await;
        let found = flows::programs(store.read(), id, None, 10).await.unwrap();
        assert_eq!((found[0].version, found[0].saved_at.0, found[0].chars), (Version(2), NOW.0 + 1_000, 10));
        assert_eq!((found[1].saved_by.as_str(), found[1].saved_at, found[1].chars), ("1", NOW, 2));
        let first = flows::program(store.read(), id, Version(1)).await.unwrap().unwrap();
        assert_eq!((first.program.as_str(), first.saved_by.as_str(), first.saved_at), ("[]", "1", NOW));
        assert_eq!(flows::program(store.read(), id, Version(3)).await.unwrap(), None);
    }

    async fn a_save_that_leaves_the_program_alone_adds_nothing(store: &TestStore) {
        let id = saved(store, &["[]", "[1]", "[1]", "[1]", "[]"]).await;
        assert_eq!(versions(store.read(), id, None, 10).await, [5, 2, 1]);
        assert_eq!(flows::program(store.read(), id, Version(3)).await.unwrap(), None);
    }

    async fn a_save_that_comes_too_late_adds_nothing(store: &TestStore) {
        let id = saved(store, &["[]", "[1]"]).await;
        let tx = store.begin().await.unwrap();
        assert!(!flows::update(&tx, id, Version::FIRST, &with_program("[2]"), NOW, "late").await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(versions(store.read(), id, None, 10).await, [2, 1]);
    }

    async fn a_save_that_is_rolled_back_adds_nothing(store: &TestStore) {
        let id = saved(store, &["[]"]).await;
        let tx = store.begin().await.unwrap();
        assert!(flows::update(&tx, id, Version::FIRST, &with_program("[2]"), NOW, "anna").await.unwrap());
        assert_eq!(versions(&tx, id, None, 10).await, [2, 1]);
        drop(tx);
        assert_eq!(versions(store.read(), id, None, 10).await, [1]);
    }

    async fn pages_follow_each_other_from_the_newest_to_the_oldest(store: &TestStore) {
        let id = saved(store, &["[1]", "[2]", "[3]", "[4]", "[5]"]).await;
        assert_eq!(versions(store.read(), id, None, 2).await, [5, 4]);
        assert_eq!(versions(store.read(), id, Some(4), 2).await, [3, 2]);
        assert_eq!(versions(store.read(), id, Some(2), 2).await, [1]);
        assert!(versions(store.read(), id, Some(1), 2).await.is_empty());
    }

    async fn the_program_before_a_version_is_the_newest_one_below_it(store: &TestStore) {
        let id = saved(store, &["[1]", "[1]", "[3]"]).await;
        let before = |version| async move { flows::newest_program(store.read(), id, version).await.unwrap() };
        assert_eq!(before(None).await.unwrap().version, Version(3));
        assert_eq!(before(Some(Version(3))).await.unwrap().version, Version(1));
        assert_eq!(before(Some(Version(1))).await, None);
    }

    async fn of_one_flow_schema_only_the_newest_two_hundred_are_kept(store: &TestStore) {
        let other = saved(store, &["[0]"]).await;
        let tx = store.begin().await.unwrap();
        flows::update(&tx, other, Version::FIRST, &FlowInput { name: "Other".into(), ..with_program("[1]") }, NOW, "1").await.unwrap();
        tx.commit().await.unwrap();
        let programs: Vec<String> = (1..=203).map(|n| format!("[{n}]")).collect();
        let programs: Vec<&str> = programs.iter().map(String::as_str).collect();
        let id = saved(store, &programs).await;
        let kept = versions(store.read(), id, None, 1_000).await;
        assert_eq!((kept.len(), kept[0], kept[199]), (200, 203, 4));
        assert_eq!(versions(store.read(), other, None, 10).await, [2, 1]);
    }

    async fn a_program_that_a_conversation_runs_is_kept_until_it_has_ended(store: &TestStore) {
        let other = saved(store, &["[0]"]).await;
        let tx = store.begin().await.unwrap();
        flows::update(&tx, other, Version::FIRST, &FlowInput { name: "Other".into(), ..with_program("[1]") }, NOW, "1").await.unwrap();
        tx.commit().await.unwrap();
        let programs: Vec<String> = (1..=200).map(|n| format!("[{n}]")).collect();
        let programs: Vec<&str> = programs.iter().map(String::as_str).collect();
        let id = saved(store, &programs).await;
        // Its own program is the first, and it can reach the second one of the flow schema it calls; others only look like it.
        let names = |programs: &str| NewConversation { programs: programs.into(), ..conversation(programs) };
        let new = [names(&format!("[[{other},2],[{id},2]]")), names(&format!("[[{id}1,3]]")), names(&format!("[[{other},1]]"))];
        let tx = store.begin().await.unwrap();
        let running = conversations::insert(&tx, &new.iter().collect::<Vec<_>>()).await.unwrap()[0];
        let mut version = Version(200);
        for n in 201..=204 {
            assert!(flows::update(&tx, id, version, &with_program(&format!("[{n}]")), NOW, "1").await.unwrap());
            version = version.next();
        }
        let kept = versions(&tx, id, None, 1_000).await;
        assert_eq!((kept.len(), &kept[199..]), (201, &[5, 2][..]));
        let over = Progress { ended: Some(("flow_end".into(), String::new())), ..progress(2) };
        conversations::update(&tx, &[(running, &over)]).await.unwrap();
        assert!(flows::update(&tx, id, version, &with_program("[205]"), NOW, "1").await.unwrap());
        let kept = versions(&tx, id, None, 1_000).await;
        assert_eq!((kept.len(), kept[199]), (200, 6));
    }

    async fn a_removed_flow_schema_takes_its_programs_along(store: &TestStore) {
        let id = saved(store, &["[1]", "[2]"]).await;
        let tx = store.begin().await.unwrap();
        assert_eq!(flows::remove(&tx, &[id]).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert!(versions(store.read(), id, None, 10).await.is_empty());
    }

    async fn the_history_begins_with_the_program_that_was_there_before_it(store: &TestStore) {
        store.unmigrate_to("m20261123_000011_audit").await.unwrap();
        let tx = store.begin().await.unwrap();
        let row = "INSERT INTO flows (name, name_folded, description, kind, program, tags, tags_folded, note, version, \
            created_at, updated_at, updated_by) VALUES ('Echo', 'echo', '', 'code', '[7]', '[]', '', '', 7, 1, 2, 'olga')";
        tx.execute_unprepared(row).await.unwrap();
        tx.commit().await.unwrap();
        store.migrate().await.unwrap();
        let all = flows::page(store.read(), &model::ListQuery::default().parse().unwrap()).await.unwrap();
        let id = all.rows[0].id;
        let first = flows::newest_program(store.read(), id, None).await.unwrap().unwrap();
        assert_eq!((first.version, first.program.as_str()), (Version(7), "[7]"));
        assert_eq!((first.saved_by.as_str(), first.saved_at), ("olga", Timestamp(2)));
        let tx = store.begin().await.unwrap();
        assert!(flows::update(&tx, id, Version(7), &with_program("[7]"), NOW, "anna").await.unwrap());
        assert!(flows::update(&tx, id, Version(8), &with_program("[8]"), NOW, "anna").await.unwrap());
        assert_eq!(versions(&tx, id, None, 10).await, [9, 7]);
    }
}
