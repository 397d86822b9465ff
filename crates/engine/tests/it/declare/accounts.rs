//! Pages, Instagram accounts and numbers in a file.

use super::{applied, echo, mistakes, named, planned, support, told};
use crate::stage::{anna, engine, fields, last_lines};
use engine::{
    Context,
    declare::{self, Declaration, DeclaredAccount, DeclaredGateway},
    gateways::meta,
};
use model::{Action, MetaKind, Provider, Secret, Section};
use store::{meta_accounts::Known, secrets::Owner};

const PAGE_TOKEN: &str = "EAAPAGE1";

fn account(kind: MetaKind, id: &str, parent: &str, token: Option<&str>) -> DeclaredAccount {
    DeclaredAccount {
        kind,
        id: id.into(),
        parent: parent.into(),
        name: format!("Shop {id}"),
        token: token.map(|token| Secret::new(token.to_owned())),
        subscribed: None,
    }
}

fn page() -> DeclaredAccount {
    account(MetaKind::Facebook, "11", "", Some(PAGE_TOKEN))
}

fn three() -> Vec<DeclaredAccount> {
    vec![
        page(),
        account(MetaKind::Instagram, "22", "11", Some(PAGE_TOKEN)),
        account(MetaKind::WhatsApp, "33", "44", None),
    ]
}

fn with(accounts: Vec<DeclaredAccount>) -> Declaration {
    let gateway = DeclaredGateway {
        name: "Pages".into(),
        provider: Provider::Messenger,
        flow: Some(Some("Echo".into())),
        enabled: Some(true),
        fields: fields([
            ("settings.client_id", "1234567890"),
            ("secret.client_secret", "app-secret"),
            ("secret.whatsapp_token", "EAASYSTEM"),
        ]),
        accounts,
    };
    Declaration {
        flows: vec![echo()],
        gateways: vec![gateway],
    }
}

async fn known(cx: &Context) -> Vec<Known> {
    let gateway = named(cx, "Pages").await;
    store::meta_accounts::known(cx.store.read(), gateway.id).await.unwrap()
}

async fn token(cx: &Context, field: &str) -> Option<String> {
    let gateway = named(cx, "Pages").await;
    let secret = store::secrets::open(cx.store.read(), Owner::Gateways, gateway.id.0, field);
    secret.await.unwrap().map(|secret| secret.expose().clone())
}

store::databases! {
    async fn accounts_are_added_with_their_tokens_and_subscribed_once(store: &TestStore) {
        let (cx, _) = engine(store);
        let plan = applied(&cx, &with(three())).await;
        let told = told(&plan);
        for line in ["Facebook page “Shop 11”", "Instagram account “Shop 22”", "WhatsApp number “Shop 33”"] {
            assert!(told.iter().any(|told| told.contains(line)), "{line}: {told:?}");
        }
        let known = known(&cx).await;
        assert_eq!(known.len(), 3);
        assert!(known.iter().all(|known| known.account.subscribed && !known.announced));
        assert_eq!(token(&cx, "meta.facebook.11").await.as_deref(), Some(PAGE_TOKEN));
        assert_eq!(token(&cx, "meta.whatsapp.33").await, None, "it speaks with the gateway's");
        let gateway = named(&cx, "Pages").await;
        let lines = last_lines(&cx, Section::ChatGateways, gateway.id.0).await;
        assert!(lines.iter().any(|line| line.action == Action::AccountsChanged));
        assert!(!format!("{lines:?}").contains(PAGE_TOKEN));
        assert!(planned(&cx, &with(three())).await.unwrap().is_empty());
    }

    async fn what_the_file_says_of_an_account_is_brought_up_to_date_and_the_rest_stays(store: &TestStore) {
        let (cx, _) = engine(store);
        applied(&cx, &with(three())).await;
        let changed = DeclaredAccount {
            name: "Corner shop".into(),
            token: Some(Secret::new("EAAPAGE2".into())),
            subscribed: Some(false),
            ..page()
        };
        let plan = applied(&cx, &with(vec![changed])).await;
        assert!(!format!("{plan:?}").contains("EAAPAGE2"));
        let known = known(&cx).await;
        assert_eq!(known.len(), 3, "nothing is removed");
        let kept = known.iter().find(|known| known.account.id == "11").unwrap();
        assert_eq!((kept.account.name.as_str(), kept.account.subscribed), ("Corner shop", false));
        assert_eq!(token(&cx, "meta.facebook.11").await.as_deref(), Some("EAAPAGE2"));
        // What is not said stays as it is.
        let silent = DeclaredAccount { name: String::new(), token: None, ..page() };
        assert!(planned(&cx, &with(vec![silent])).await.unwrap().is_empty());
    }

    async fn an_account_that_was_removed_is_added_anew(store: &TestStore) {
        let (cx, _) = engine(store);
        applied(&cx, &with(vec![page()])).await;
        let gateway = named(&cx, "Pages").await;
        meta::remove(&cx, &anna(), gateway.id, MetaKind::Facebook, "11").await.unwrap();
        assert!(known(&cx).await.is_empty());
        applied(&cx, &with(vec![page()])).await;
        assert_eq!(known(&cx).await.len(), 1);
    }

    async fn an_account_that_could_not_speak_is_a_mistake_at_its_place(store: &TestStore) {
        let (cx, _) = engine(store);
        let mut wanted = with(vec![
            account(MetaKind::Facebook, "11", "", None),
            account(MetaKind::Instagram, "22", "", Some(PAGE_TOKEN)),
            account(MetaKind::WhatsApp, "33", "", None),
            account(MetaKind::WhatsApp, "34", "44", None),
        ]);
        wanted.gateways[0].fields.remove("secret.whatsapp_token");
        let found = mistakes(&cx, &wanted).await;
        let fields: Vec<&str> = found.iter().map(|mistake| mistake.field.as_str()).collect();
        assert_eq!(
            fields,
            ["accounts[0].token", "accounts[1].page", "accounts[2].business_account", "accounts[3].token"]
        );
        let other = DeclaredGateway { accounts: vec![page()], ..support() };
        let wanted = Declaration { flows: vec![echo()], gateways: vec![other] };
        assert_eq!(mistakes(&cx, &wanted).await[0].field, "accounts");
    }

    async fn what_is_exported_names_accounts_and_no_tokens(store: &TestStore) {
        let (cx, _) = engine(store);
        applied(&cx, &with(three())).await;
        let exported = declare::export(&cx, &anna()).await.unwrap();
        assert!(!format!("{exported:?}").contains(PAGE_TOKEN));
        let accounts = &exported.gateways[0].accounts;
        let variables: Vec<Option<&str>> = accounts.iter().map(|account| account.token.as_deref()).collect();
        assert_eq!(
            variables,
            [Some("PAGES_FACEBOOK_11_TOKEN"), Some("PAGES_INSTAGRAM_22_TOKEN"), None]
        );
        let again = accounts
            .iter()
            .map(|account| DeclaredAccount {
                kind: account.kind,
                id: account.id.clone(),
                parent: account.parent.clone(),
                name: account.name.clone(),
                token: account.token.as_ref().map(|_| Secret::new(PAGE_TOKEN.to_owned())),
                subscribed: Some(account.subscribed),
            })
            .collect();
        assert!(planned(&cx, &with(again)).await.unwrap().is_empty());
    }
}
