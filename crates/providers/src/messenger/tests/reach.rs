//! What a token reaches.

use super::account;
use crate::{
    MetaKind,
    listener::{Asked, Listener, Told},
    messenger::{self, Reached},
    testing,
};
use model::{
    Secret,
    message::{ErrorClass, ProviderError},
};
use serde_json::{Value, json};

/// Meta, which describes the token so.
async fn meta(facts: Value) -> Listener {
    Listener::answering(move |call: &Asked| {
        let instagram = json!({ "id": "456", "username": "shop", "name": "Shop on Instagram" });
        let page =
            json!({ "id": "1", "name": "Shop", "access_token": "EAAPAGE", "instagram_business_account": instagram });
        let body = match call.line().as_str() {
            "GET /v25.0/debug_token" => json!({ "data": facts }),
            "GET /v25.0/me/accounts" => {
                json!({ "data": [page, { "id": "2", "name": "Bakery", "access_token": "EAABAKERY" }] })
            }
            "GET /v25.0/oauth/access_token" => json!({ "access_token": "EAALONG" }),
            _ => page,
        };
        Told::json(200, &body)
    })
    .await
}

async fn reached(listener: &Listener, kind: MetaKind) -> Result<Reached, ProviderError> {
    let account = account(listener.url.as_str());
    let token = Secret::new("EAABROUGHT".to_owned());
    messenger::reached(&testing::wire(&account), &account, kind, &token).await
}

#[tokio::test]
async fn a_persons_token_reaches_pages_or_the_accounts_behind_them() {
    let facts = json!({ "is_valid": true, "app_id": 4242, "type": "USER", "user_id": "77", "expires_at": 0 });
    let listener = meta(facts).await;
    let pages = reached(&listener, MetaKind::Facebook).await.unwrap();
    assert_eq!((pages.granted_by.as_str(), pages.only_page), ("77", None));
    let names: Vec<_> = pages
        .accounts
        .iter()
        .map(|page| (page.id.as_str(), page.token.expose().as_str()))
        .collect();
    assert_eq!(names, [("1", "EAAPAGE"), ("2", "EAABAKERY")]);
    let accounts = reached(&listener, MetaKind::Instagram).await.unwrap().accounts;
    let one = &accounts[0];
    assert_eq!(
        (accounts.len(), one.id.as_str(), one.parent.as_str(), one.name.as_str()),
        (1, "456", "1", "Shop on Instagram")
    );
    assert_eq!(
        (one.details.username.as_str(), one.details.page.as_str()),
        ("shop", "Shop")
    );
    assert!(!listener.lines().iter().any(|line| line.contains("access_token")));
}

#[tokio::test]
async fn a_token_that_ends_soon_is_exchanged_first() {
    let facts = json!({ "is_valid": true, "type": "USER", "expires_at": 1 });
    let listener = meta(facts).await;
    reached(&listener, MetaKind::Facebook).await.unwrap();
    let asked = listener.asked();
    let pages = asked.iter().find(|call| call.path.contains("me/accounts")).unwrap();
    assert_eq!(pages.header("authorization"), "Bearer EAALONG");
}

#[tokio::test]
async fn a_pages_own_token_reaches_this_page() {
    let facts = json!({ "is_valid": true, "type": "PAGE", "profile_id": "1", "user_id": "77" });
    let listener = meta(facts).await;
    let page = reached(&listener, MetaKind::Facebook).await.unwrap();
    assert_eq!((page.only_page.as_deref(), page.accounts.len()), (Some("1"), 1));
    assert_eq!(page.accounts[0].token.expose(), "EAABROUGHT");
    assert_eq!(listener.lines(), ["GET /v25.0/debug_token", "GET /v25.0/1"]);
}

#[tokio::test]
async fn a_token_that_is_no_good_or_of_another_app_is_refused_and_not_repeated() {
    let error = json!({ "message": "Cannot parse EAABROUGHT" });
    for (facts, class) in [
        (json!({ "is_valid": false, "error": error }), ErrorClass::Auth),
        (
            json!({ "is_valid": true, "app_id": "99", "type": "USER" }),
            ErrorClass::Invalid,
        ),
    ] {
        let listener = meta(facts).await;
        let refused = reached(&listener, MetaKind::Facebook).await.unwrap_err();
        assert_eq!(refused.class, class);
        assert!(!refused.message.contains("EAABROUGHT"), "{}", refused.message);
    }
}
