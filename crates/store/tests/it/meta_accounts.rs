//! The pages, accounts and numbers of Messenger gateways.

use crate::{NOW, gateway};
use model::{GatewayId, Timestamp};
use store::{
    Store, gateways,
    meta_accounts::{self, MetaAccount},
};

fn account(kind: &str, id: &str, name: &str) -> MetaAccount {
    MetaAccount {
        kind: kind.into(),
        id: id.into(),
        parent: String::new(),
        name: name.into(),
        details: "{}".into(),
        subscribed: false,
    }
}

async fn make(store: &Store) -> GatewayId {
    let tx = store.begin().await.unwrap();
    let id = gateways::insert(&tx, &gateway("A", "/abc", None), NOW, "anna")
        .await
        .unwrap();
    for account in [
        account("whatsapp", "3", "+380"),
        account("facebook", "2", "Б"),
        account("facebook", "1", "А"),
    ] {
        meta_accounts::put(&tx, id, &account, NOW).await.unwrap();
    }
    tx.commit().await.unwrap();
    id
}

store::databases! {
    async fn accounts_are_listed_by_kind_and_name(store: &TestStore) {
        let id = make(store).await;
        let all = meta_accounts::list(store.read(), id).await.unwrap();
        let names: Vec<&str> = all.iter().map(|account| account.name.as_str()).collect();
        assert_eq!(names, ["А", "Б", "+380"]);
        assert_eq!((all[0].secret().as_str(), all[0].subscribed), ("meta.facebook.1", false));
        assert!(meta_accounts::list(store.read(), GatewayId(99)).await.unwrap().is_empty());
    }

    async fn what_is_known_anew_leaves_the_subscription(store: &TestStore) {
        let id = make(store).await;
        let tx = store.begin().await.unwrap();
        assert!(meta_accounts::subscribe(&tx, id, "facebook", "1", true).await.unwrap());
        assert!(!meta_accounts::subscribe(&tx, id, "instagram", "1", true).await.unwrap());
        let anew = MetaAccount { parent: "p\0".into(), details: "d\0".into(), ..account("facebook", "1", "Я\0") };
        meta_accounts::put(&tx, id, &anew, Timestamp(NOW.0 + 1)).await.unwrap();
        tx.commit().await.unwrap();
        let all = meta_accounts::list(store.read(), id).await.unwrap();
        let page = all.iter().find(|account| account.id == "1").unwrap();
        assert_eq!((page.name.as_str(), page.parent.as_str(), page.details.as_str()), ("Я\u{fffd}", "p\u{fffd}", "d\u{fffd}"));
        assert!(page.subscribed && all.len() == 3);
    }

    async fn an_account_is_removed_alone_or_with_its_gateway(store: &TestStore) {
        let id = make(store).await;
        let tx = store.begin().await.unwrap();
        assert!(meta_accounts::remove(&tx, id, "facebook", "2").await.unwrap());
        assert!(!meta_accounts::remove(&tx, id, "facebook", "2").await.unwrap());
        assert_eq!(meta_accounts::list(&tx, id).await.unwrap().len(), 2);
        gateways::remove(&tx, &[id]).await.unwrap();
        assert!(meta_accounts::list(&tx, id).await.unwrap().is_empty());
        let gone = meta_accounts::put(&tx, id, &account("facebook", "1", "A"), NOW).await;
        assert!(matches!(gone, Err(store::Error::Missing)), "{gone:?}");
    }

    async fn what_was_announced_stays_until_it_is_silenced_also_when_it_was_removed(store: &TestStore) {
        let id = make(store).await;
        let tx = store.begin().await.unwrap();
        meta_accounts::subscribe(&tx, id, "facebook", "1", true).await.unwrap();
        meta_accounts::announce(&tx, id).await.unwrap();
        assert_eq!(meta_accounts::announced(&tx, &[id, GatewayId(99)]).await.unwrap(), [id]);
        assert!(meta_accounts::leave(&tx, id, "facebook", "1", NOW).await.unwrap());
        assert!(!meta_accounts::leave(&tx, id, "facebook", "1", NOW).await.unwrap());
        assert!(!meta_accounts::subscribe(&tx, id, "facebook", "1", true).await.unwrap());
        assert_eq!(meta_accounts::list(&tx, id).await.unwrap().len(), 2);
        let known = meta_accounts::known(&tx, id).await.unwrap();
        let left = known.iter().find(|known| known.account.id == "1").unwrap();
        assert_eq!((left.announced, left.removed_at, left.account.subscribed), (true, Some(NOW), false));
        assert!(!known.iter().any(|known| known.account.id == "2" && known.announced));
        meta_accounts::silence(&tx, id, "facebook", "1").await.unwrap();
        assert!(meta_accounts::announced(&tx, &[id]).await.unwrap().is_empty());
    }

    async fn what_is_gone_is_so_since_then_and_is_there_again_when_it_is_named_again(store: &TestStore) {
        let id = make(store).await;
        let tx = store.begin().await.unwrap();
        let lost = MetaAccount { details: r#"{"trouble":"Sign in again."}"#.into(), ..account("facebook", "1", "А") };
        meta_accounts::lose(&tx, id, &lost, NOW).await.unwrap();
        meta_accounts::lose(&tx, id, &lost, Timestamp(NOW.0 + 9)).await.unwrap();
        let known = meta_accounts::known(&tx, id).await.unwrap();
        assert_eq!((known[0].gone_at, known[0].account.details.as_str()), (Some(NOW), lost.details.as_str()));
        meta_accounts::put(&tx, id, &account("facebook", "1", "А"), NOW).await.unwrap();
        assert_eq!(meta_accounts::known(&tx, id).await.unwrap()[0].gone_at, None);
    }
}
