//! The record.

use crate::NOW;
use model::{Action, FieldChange, Section, UserId};
use store::{
    Connection,
    audit::{self, NewAudit},
};

async fn append(conn: &impl Connection, object_id: i64, action: Action, changes: &[FieldChange]) -> i64 {
    let new = NewAudit {
        at: NOW,
        actor_id: Some(UserId(1)),
        actor: "anna",
        section: Section::Flows,
        object_id,
        object_name: "Shop",
        action,
        changes,
        request_id: Some("r-1"),
    };
    audit::append(conn, &new).await.unwrap()
}

store::databases! {
    async fn lines_of_an_object_come_newest_first_and_in_pages(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        assert_eq!(audit::last_id(&tx).await.unwrap(), 0);
        let change = FieldChange { field: "name".into(), label: "Name".into(), from: Some("А".into()), to: None };
        let created = append(&tx, 1, Action::Created, &[]).await;
        append(&tx, 2, Action::Created, &[]).await;
        let changed = append(&tx, 1, Action::Changed, std::slice::from_ref(&change)).await;
        let lines = audit::of_object(&tx, Section::Flows, 1, None, 10).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), [changed, created]);
        assert_eq!((lines[0].action, lines[0].actor.as_str(), &lines[0].changes), (Action::Changed, "anna", &vec![change]));
        let lines = audit::of_object(&tx, Section::Flows, 1, Some(changed), 10).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), [created]);
        assert!(audit::of_object(&tx, Section::Users, 1, None, 10).await.unwrap().is_empty());
    }

    async fn the_feed_begins_behind_a_line(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let first = append(&tx, 1, Action::Created, &[]).await;
        let second = append(&tx, 2, Action::Removed, &[]).await;
        tx.commit().await.unwrap();
        assert_eq!(audit::last_id(store.read()).await.unwrap(), second);
        let feed = audit::since(store.read(), first, 10).await.unwrap();
        assert_eq!(feed.len(), 1);
        assert_eq!((feed[0].id, feed[0].change.id, feed[0].change.action), (second, 2, Action::Removed));
        assert_eq!(audit::since(store.read(), 0, 1).await.unwrap()[0].id, first);
    }
}
