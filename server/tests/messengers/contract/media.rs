//! Files of peers.

use crate::{
    stage::{Messenger, Stage},
    support::{ECHO, LARGEST_FILE, wait_for},
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
    let came = stage.entry(Way::In, DeliveryResult::Processed).await.row.id;
    // As the messenger tells it: the log shows what became of it.
    let stored = store::deliveries::get(stage.product.cx.store.read(), stage.gateway.id, came).await;
    let file = file(stored.unwrap().unwrap().event.unwrap().kind);
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

/// A flow that says what it knows of a file, in one line.
const TELLS: &str = r#"[{"sendText":
    "${start_message.type} ${start_message} ${start_message.file.mime} ${start_message.file.size} ${start_message.file.url}"}]"#;

pub async fn a_file_of_a_peer_reaches_the_flow_and_outlives_its_address<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, TELLS).await;
    let passing = Fault::Answer {
        status: 503,
        headers: BTreeMap::new(),
        body: String::new(),
    };
    stage.standins.fault(M::AT, M::FILES, passing, 2);
    let peer = stage.peer(1);
    peer.does(&Act::Document(Upload::new("prices.pdf", "image/png", FILE)))
        .unwrap();
    let told = peer.sees(|line| line.text.starts_with("file ")).await.unwrap().text;
    let (what, url) = told.rsplit_once(' ').unwrap();
    assert_eq!(
        what,
        format!("file  application/pdf {}", FILE.len()),
        "its type is that of its content"
    );
    let place = format!("{}/media/", stage.product.url());
    assert!(url.starts_with(&place) && url.contains("/prices.pdf?"), "{url}");

    stage.standins.expire_files();
    let answer = stage.product.get(url).await;
    assert_eq!((answer.status, &answer.body[..]), (200, FILE));
    assert_eq!(answer.headers["content-type"], "application/pdf");
    assert!(
        answer.headers["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment;")
    );

    let entry = stage.entry(Way::In, DeliveryResult::Processed).await;
    assert_eq!(entry.error, None);
    let kept = file(entry.event.unwrap().kind);
    let shown = format!("{}{}", stage.product.url(), kept.url.unwrap());
    assert_eq!(stage.product.get(&shown).await.body, FILE, "the log leads to it, too");
    stage.product.stop().await;
}

pub async fn a_file_that_is_not_taken_is_answered_with_the_template<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    let large = Upload::new("prices.pdf", "application/pdf", vec![b'x'; LARGEST_FILE + 1]).of_size(10);
    let peer = stage.peer(1);
    peer.does(&Act::Document(large)).unwrap();
    peer.sees(|line| !line.mine && line.text == "Forbidden file format")
        .await
        .unwrap();
    let entry = stage.entry(Way::In, DeliveryResult::Refused).await;
    let why = entry.error.unwrap().message;
    assert!(
        why.ends_with("was not taken: it has more than the 64 KB that are taken."),
        "{why}"
    );

    let own = [("templates.file_policy_fail", "No programs, ${gateway_name} asks")];
    stage.product.change(stage.gateway.id, &own).await;
    let program = Upload::new("prices.pdf", "application/pdf", &b"MZ\x90\0\x03\0\0\0"[..]);
    let peer = stage.peer(2);
    peer.does(&Act::Document(program)).unwrap();
    let told = peer.sees(|line| !line.mine).await.unwrap();
    assert_eq!(told.text, "No programs, Mine asks");
    assert_eq!(stage.product.kept_files(), 0);
    stage.quiet().await;
    let begun = store::conversations::of_lane(stage.product.cx.store.read(), stage.gateway.id, &entry.thread).await;
    assert!(begun.unwrap().is_none(), "no flow sees it");
    stage.product.stop().await;
}

pub async fn a_file_that_can_not_be_had_reaches_the_flow_in_words<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    let place = format!("{}/hidden-place", stage.standins.url_of(M::AT));
    for (number, status) in (1..).zip([302, 404, 410]) {
        let gone = Fault::Answer {
            status,
            headers: BTreeMap::from([("location".to_owned(), place.clone())]),
            body: String::new(),
        };
        stage.standins.fault(M::AT, M::FILES, gone, 1);
        let peer = stage.peer(number);
        peer.does(&Act::Document(Upload::new("prices.pdf", "application/pdf", FILE)))
            .unwrap();
        let told = peer.sees(|line| !line.mine).await.unwrap();
        assert_eq!(told.text, "You said: [prices.pdf]", "{status}");
        let entry = stage.entry(Way::In, DeliveryResult::Processed).await;
        let why = entry.error.unwrap().message;
        assert!(why.starts_with("“prices.pdf” could not be fetched: "), "{why}");
        assert!(!why.contains("hidden-place"), "{why}");
    }
    let journal = stage.standins.journal(M::AT);
    assert!(
        !journal.iter().any(|entry| entry.call() == "hidden-place"),
        "a redirect was followed"
    );
    assert_eq!(stage.product.kept_files(), 0);
    stage.product.stop().await;
}

pub async fn a_file_on_its_way_holds_up_its_peer_alone_and_survives_a_restart<M: Messenger>(store: &TestStore) {
    let mut stage = Stage::<M>::new(store, TELLS).await;
    stage.standins.fault(M::AT, M::FILES, Fault::Hang, 1);
    let (sender, other) = (stage.peer(1), stage.peer(2));
    sender
        .does(&Act::Document(Upload::new("prices.pdf", "application/pdf", FILE)))
        .unwrap();
    wait_for(|| async {
        let journal = stage.standins.journal(M::AT);
        journal.iter().any(|entry| entry.path.contains(M::FILES)).then_some(())
    })
    .await;
    sender.says("Is it there?").unwrap();
    other.says("Hi").unwrap();
    other.sees(|line| line.text.trim() == "text Hi").await.unwrap();
    assert!(
        !sender.seen().iter().any(|line| !line.mine),
        "its messages wait for the file"
    );

    stage.product = stage.product.again(store, &stage.standins).await;
    let first = sender
        .sees(|line| line.text.starts_with("file  application/pdf"))
        .await
        .unwrap();
    let second = sender
        .sees(|line| line.text.starts_with("text Is it there?"))
        .await
        .unwrap();
    assert!(first.number < second.number);
    stage.quiet().await;
    let files = sender.seen().into_iter().filter(|line| line.text.starts_with("file "));
    assert_eq!((files.count(), stage.product.kept_files()), (1, 1));
    stage.product.stop().await;
}

pub async fn a_file_that_is_sent_on_can_be_had_by_its_messenger<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, r#"[{"sendFile": {"url": "${start_message.file.url}"}}]"#).await;
    let peer = stage.peer(1);
    peer.does(&Act::Document(Upload::new("prices.pdf", "application/pdf", FILE)))
        .unwrap();
    let place = format!("{}/media/", stage.product.url());
    let urls = wait_for(|| async {
        let told = stage.said().into_iter().map(|(_, body)| body.to_string());
        let told = told.filter_map(|body| Some(body[body.find(&place)?..].split(['"', ' ', '\\']).next()?.to_owned()));
        Some(told.collect::<Vec<_>>()).filter(|urls| !urls.is_empty())
    });
    let urls = urls.await;
    for url in urls {
        assert_eq!(stage.product.get(&url).await.body, FILE, "{url}");
    }
    stage.product.stop().await;
}

fn file(kind: InboundKind) -> FileRef {
    let InboundKind::Message(message) = kind else {
        panic!("{kind:?}")
    };
    message.parts.iter().find_map(Part::file).unwrap().clone()
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
