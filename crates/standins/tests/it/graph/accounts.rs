//! Tokens, and what they see.

use super::{APP, BUSINESS, INSTAGRAM, Meta, NUMBER, PAGE, PAGE_TOKEN, PSID, SECRET, SYSTEM, USER};
use crate::support::{call, get};
use serde_json::{Value, json};
use standins::{Fault, Provider};

#[tokio::test]
async fn a_token_is_in_the_header_or_in_the_address() {
    let meta = Meta::start().await;
    let page = json!({ "id": PAGE, "name": "Shop" });
    assert_eq!(
        meta.get(&format!("/{PAGE}?fields=id,name"), PAGE_TOKEN).await,
        (200, page.clone())
    );
    let path = format!("/{PAGE}?fields=name&access_token={PAGE_TOKEN}");
    assert_eq!(meta.get(&path, "").await, (200, page));
    let (status, answer) = meta.get(&format!("/{PAGE}"), "").await;
    assert_eq!((status, Meta::code(&answer)), (400, (104, None)));
    let (status, answer) = meta.get(&format!("/{PAGE}"), "EAAx").await;
    assert_eq!((status, Meta::code(&answer)), (401, (190, None)));
}

#[tokio::test]
async fn a_token_dies_for_a_reason() {
    let meta = Meta::start().await;
    meta.standins.graph().revoke(PAGE_TOKEN, 460);
    let (status, answer) = meta.get("/me", PAGE_TOKEN).await;
    assert_eq!((status, Meta::code(&answer)), (401, (190, Some(460))));
    let (_, debugged) = meta
        .get(
            &format!("/debug_token?input_token={PAGE_TOKEN}"),
            &format!("{APP}|{SECRET}"),
        )
        .await;
    assert_eq!(
        (&debugged["data"]["is_valid"], &debugged["data"]["error"]["subcode"]),
        (&json!(false), &json!(460))
    );
}

#[tokio::test]
async fn a_proof_is_needed_if_the_app_asks_and_right_if_it_is_there() {
    let meta = Meta::start().await;
    let proof = "ba901af273193122e6a09621afeeeca2f0178ec975261a5cb1daeaea1c0635c2";
    assert_eq!(meta.get("/me", PAGE_TOKEN).await.0, 200);
    let (_, answer) = meta.get("/me?appsecret_proof=00", PAGE_TOKEN).await;
    assert_eq!(
        answer["error"]["message"],
        "Invalid appsecret_proof provided in the API argument"
    );
    meta.standins.graph().require_proof(APP, true);
    let (status, answer) = meta.get("/me", PAGE_TOKEN).await;
    assert_eq!((status, Meta::code(&answer)), (400, (100, None)));
    assert_eq!(
        meta.get(&format!("/me?appsecret_proof={proof}"), PAGE_TOKEN).await.0,
        200
    );
    let body = json!({ "recipient": { "id": PSID }, "message": { "text": "a" }, "appsecret_proof": proof });
    let _ = meta.peer();
    assert_eq!(meta.call("POST", "/me/messages", PAGE_TOKEN, &body).await.0, 200);
}

#[tokio::test]
async fn a_person_sees_pages_with_their_tokens() {
    let meta = Meta::start().await;
    let (_, pages) = meta
        .get(
            "/me/accounts?fields=id,name,access_token,instagram_business_account{id}",
            USER,
        )
        .await;
    let expected = json!([{ "id": PAGE, "name": "Shop", "access_token": PAGE_TOKEN,
        "instagram_business_account": { "id": INSTAGRAM } }]);
    assert_eq!(pages["data"], expected);
    let (status, answer) = meta.get("/me/accounts", PAGE_TOKEN).await;
    assert_eq!((status, Meta::code(&answer).0), (403, 200));
    assert_eq!(meta.get(&format!("/{INSTAGRAM}"), USER).await.1["username"], "shop");
    assert_eq!(meta.get("/me", USER).await.1["name"], "Olha Koval");
}

#[tokio::test]
async fn a_system_user_sees_businesses_and_their_numbers() {
    let meta = Meta::start().await;
    let (_, debugged) = meta
        .get(
            &format!("/debug_token?input_token={SYSTEM}"),
            &format!("{APP}|{SECRET}"),
        )
        .await;
    assert_eq!(debugged["data"]["granular_scopes"][0]["target_ids"], json!([BUSINESS]));
    let (_, numbers) = meta.get(&format!("/{BUSINESS}/phone_numbers"), SYSTEM).await;
    let number = &numbers["data"][0];
    assert_eq!(
        (number["id"].as_str(), number["display_phone_number"].as_str()),
        (Some(NUMBER), Some("15550783881"))
    );
    assert_eq!(meta.get(&format!("/{NUMBER}"), SYSTEM).await.1["verified_name"], "Shop");
    let (status, answer) = meta.get(&format!("/{NUMBER}"), PAGE_TOKEN).await;
    assert_eq!((status, Meta::code(&answer)), (400, (100, Some(33))));
    let register = json!({ "messaging_product": "whatsapp", "pin": "123456" });
    assert_eq!(
        meta.call("POST", &format!("/{NUMBER}/register"), SYSTEM, &register)
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn a_peer_is_known_to_the_page_that_it_wrote_to() {
    let meta = Meta::start().await;
    let _ = meta.peer();
    let path = format!("/{PSID}?fields=first_name,last_name,locale");
    let expected = json!({ "id": PSID, "first_name": "Olha", "last_name": "Koval", "locale": "uk_UA" });
    assert_eq!(meta.get(&path, PAGE_TOKEN).await, (200, expected));
    let _ = meta.standins.graph().peer(INSTAGRAM, "70001");
    assert_eq!(
        meta.get("/70001?fields=username", PAGE_TOKEN).await.1["username"],
        "olha"
    );
    let (_, answer) = meta.get("/6999", PAGE_TOKEN).await;
    assert_eq!(Meta::code(&answer), (100, Some(33)));
}

#[tokio::test]
async fn whoever_agrees_comes_back_with_a_code_that_is_good_once() {
    let meta = Meta::start().await;
    let back = "http://127.0.0.1:1/back?x=1";
    let dialog = format!(
        "/dialog/oauth?client_id={APP}&redirect_uri={}&state=s",
        back.replace('?', "%3F")
    );
    let url = format!("{}/v26.0{dialog}", meta.standins.graph_url());
    let answer = call("GET", &url, &[], "").await.unwrap();
    let location = answer.headers["location"].to_str().unwrap().to_owned();
    assert!(
        answer.status == 302 && location.starts_with(back) && location.ends_with("&state=s"),
        "{location}"
    );
    let code = location.split("code=").nth(1).unwrap().split('&').next().unwrap();
    let exchange = format!("/oauth/access_token?client_id={APP}&client_secret={SECRET}&redirect_uri=x&code={code}");
    let (status, token) = meta.get(&exchange, "").await;
    assert_eq!((status, token["token_type"].as_str()), (200, Some("bearer")));
    assert_eq!(
        meta.get("/me/accounts", token["access_token"].as_str().unwrap())
            .await
            .0,
        200
    );
    assert_eq!(Meta::code(&meta.get(&exchange, "").await.1), (100, Some(36_009)));
    let longer = format!(
        "/oauth/access_token?grant_type=fb_exchange_token&client_id={APP}&client_secret={SECRET}&fb_exchange_token={USER}"
    );
    assert_eq!(meta.get(&longer, "").await.0, 200);
    assert_eq!(meta.get(&longer.replace(SECRET, "x"), "").await.0, 500);
}

#[tokio::test]
async fn faults_have_metas_shape() {
    let meta = Meta::start().await;
    let fault = Fault::Error {
        status: 400,
        code: Some(4),
        subcode: Some(2_446_079),
        message: Some("(#4) Application request limit reached".into()),
    };
    meta.standins.fault(Provider::Graph, "me", fault, 1);
    meta.standins
        .fault(Provider::Graph, "me", Fault::RateLimited { retry_after: 1 }, 1);
    let (status, answer) = meta.get("/me", PAGE_TOKEN).await;
    assert_eq!((status, Meta::code(&answer)), (400, (4, Some(2_446_079))));
    let (status, answer) = meta.get("/me", PAGE_TOKEN).await;
    assert_eq!((status, Meta::code(&answer)), (429, (613, None)));
    assert_eq!(meta.get("/me", PAGE_TOKEN).await.0, 200);
}

#[tokio::test]
async fn a_path_that_does_not_exist_is_unknown() {
    let meta = Meta::start().await;
    let (status, answer) = meta.call("PUT", "/a/b/c", PAGE_TOKEN, &Value::Null).await;
    assert_eq!((status, Meta::code(&answer)), (400, (2_500, None)));
    let unversioned = format!("{}/me?access_token={PAGE_TOKEN}", meta.standins.graph_url());
    assert_eq!(get(&unversioned).await.1["id"], PAGE);
}
