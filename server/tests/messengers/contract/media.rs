//! Files of peers.

use crate::{
    stage::{Messenger, Stage},
    support::ECHO,
};
use model::{
    DeliveryResult, Secret, Way,
    message::{ErrorClass, FileRef, InboundKind, Part},
};
use providers::{Account, MetaAccount, MetaKind, Wire};
use standins::{Act, Fault, Upload};
use std::{collections::BTreeMap, sync::Arc};
use store::{secrets::Owner, testing::TestStore};

const FILE: &[u8] = b"%PDF-1.4 a price list";
/// More than the file has.
const ROOM: usize = 1_000;

pub async fn a_file_of_a_peer_is_fetched_while_it_is_there_and_nothing_else<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    let upload = Upload::new("prices.pdf", "application/pdf", FILE);
    stage.peer(1).does(&Act::Document(upload)).unwrap();
    let came = stage.entry(Way::In, DeliveryResult::Processed).await;
    let file = file(came.event.unwrap().kind);
    let account = account(&stage).await;
    let wire = Wire::new(stage.product.cx.fetch.clone(), &account, stage.product.cx.now());
    let provider = providers::provider(M::KIND).unwrap();
    let fetch = |file: FileRef, most| {
        let (wire, account) = (&wire, &account);
        async move { provider.fetch(wire, account, &file, most).await }
    };
    assert_eq!(fetch(file.clone(), ROOM).await.unwrap(), FILE);

    let large = fetch(file.clone(), FILE.len() - 1).await.unwrap_err();
    assert_eq!(large.class, ErrorClass::TooLarge, "{large}");

    let place = format!("{}/hidden-place", stage.standins.url_of(M::AT));
    let elsewhere = Fault::Answer {
        status: 302,
        headers: BTreeMap::from([("location".to_owned(), place)]),
        body: String::new(),
    };
    stage.standins.fault(M::AT, M::FILES, elsewhere, 1);
    let moved = fetch(file.clone(), ROOM).await.unwrap_err();
    assert!(!moved.message.contains("hidden-place"), "{moved}");
    let journal = stage.standins.journal(M::AT);
    assert!(
        journal.iter().any(|entry| entry.status == Some(302)),
        "nothing was redirected"
    );
    assert!(
        !journal.iter().any(|entry| entry.call() == "hidden-place"),
        "a redirect was followed"
    );

    let private = FileRef {
        provider_ref: "http://169.254.169.254/latest/meta-data".to_owned(),
        url: Some("http://169.254.169.254/latest/meta-data".to_owned()),
        ..file.clone()
    };
    assert!(fetch(private, ROOM).await.is_err());

    stage.standins.expire_files();
    let expired = fetch(file, ROOM).await;
    if M::RENEWS_FILES {
        assert_eq!(expired.unwrap(), FILE);
    } else {
        assert_eq!(expired.unwrap_err().class, ErrorClass::NotFound);
    }
    stage.product.stop().await;
}

fn file(kind: InboundKind) -> FileRef {
    let InboundKind::Message(message) = kind else {
        panic!("{kind:?}")
    };
    let file = message.parts.into_iter().find_map(|part| match part {
        Part::Document { file, .. } => Some(file),
        _ => None,
    });
    file.unwrap()
}

/// The gateway as its provider needs it.
async fn account<M: Messenger>(stage: &Stage<M>) -> Account {
    let (cx, gateway) = (&stage.product.cx, &stage.gateway);
    let read = cx.store.read();
    let opened = store::secrets::open_all(read, Owner::Gateways, gateway.id.0);
    let opened = opened.await.unwrap().into_iter();
    let mut secrets: BTreeMap<String, Secret<String>> = opened.map(|(field, secret)| (field, secret.value)).collect();
    let door_secret = secrets.remove("door.secret").unwrap();
    let meta = store::meta_accounts::list(read, gateway.id).await.unwrap();
    let kinds = [MetaKind::Facebook, MetaKind::Instagram, MetaKind::WhatsApp];
    let meta = meta.into_iter().map(|account| MetaAccount {
        kind: kinds.into_iter().find(|kind| kind.code() == account.kind).unwrap(),
        token: secrets
            .get(&account.secret())
            .cloned()
            .unwrap_or_else(|| Secret::new(String::new())),
        id: account.id,
        parent: account.parent,
        name: account.name,
        subscribed: account.subscribed,
    });
    Account {
        gateway: gateway.id,
        name: gateway.name.clone(),
        settings: gateway.settings.clone(),
        meta: meta.collect(),
        secrets,
        callback_url: format!("{}{}", cx.callback_base(), gateway.uri),
        is_public: true,
        door_secret,
        endpoints: Arc::new(crate::support::endpoints(&stage.standins)),
    }
}
