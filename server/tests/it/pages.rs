//! The pages, as a visitor's browser asks for them.

use crate::support::{
    Server,
    gateway::{create, create_flow},
};
use model::{Provider, settings::tabs};

store::databases! {
    async fn who_is_not_signed_in_is_led_to_the_sign_in_and_back(store: &TestStore) {
        let server = Server::start(store).await;
        let visitor = server.visitor();
        let answer = visitor.get("/flows?q=a%26b").await;
        assert_eq!((answer.status, answer.header("location")), (303, "/sign-in?next=%2Fflows%3Fq%3Da%2526b"));
        let page = visitor.get("/sign-in?next=%2Fflows%3Fq%3Da%2526b").await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Sign in"), "{}", page.body);
        let signed_in = visitor.post("/sign-in", &[("name", "admin"), ("password", crate::support::PASSWORD), ("next", "/flows?q=a%26b")]).await;
        assert_eq!((signed_in.status, signed_in.header("location")), (303, "/flows?q=a%26b"));
        assert_eq!(visitor.get("/flows?q=a%26b").await.status, 200);
        let again = visitor.get("/sign-in?next=/users").await;
        assert_eq!((again.status, again.header("location")), (303, "/users"));
    }

    async fn the_start_leads_to_the_chat_gateways(store: &TestStore) {
        let server = Server::start(store).await;
        let answer = server.administrator().await.get("/").await;
        assert_eq!((answer.status, answer.header("location")), (303, "/chat-gateways"));
        assert_eq!(server.visitor().get("/").await.header("location"), "/sign-in");
    }

    async fn a_card_says_which_file_keeps_what_it_shows(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        let (flow, gateway) = (create_flow(&client, "Welcome").await, create(&client, Provider::Viber, "Shop").await);
        let id = |object: &serde_json::Value| object["id"].as_i64().unwrap();
        let pages = [format!("/flows/{}/general", id(&flow)), format!("/chat-gateways/{}/general", id(&gateway))];
        for page in &pages {
            assert!(!client.get(page).await.body.contains("From a file"), "{page}");
        }
        let tx = server.cx.store.begin().await.unwrap();
        store::flows::declare(&tx, model::FlowId(id(&flow)), "shop.yaml").await.unwrap();
        store::gateways::declare(&tx, model::GatewayId(id(&gateway)), "shop.yaml").await.unwrap();
        tx.commit().await.unwrap();
        for page in &pages {
            let body = client.get(page).await.body;
            assert!(body.contains("From a file") && body.contains("shop.yaml"), "{page}");
        }
    }

    async fn every_page_is_whole_without_javascript(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        let flow = create_flow(&client, "Welcome").await;
        let mut pages = vec![
            ("/chat-gateways".to_owned(), "Chat gateways"),
            ("/chat-gateways/new".to_owned(), "Viber"),
            ("/flows".to_owned(), "Welcome"),
            ("/flows/new/code/general".to_owned(), "Program"),
            (format!("/flows/{}/general", flow["id"]), "Welcome"),
            ("/users".to_owned(), "admin"),
            ("/users/new".to_owned(), "Password"),
            ("/users/1".to_owned(), "admin"),
            ("/roles".to_owned(), "Administrator"),
            ("/roles/new".to_owned(), "Permissions"),
            ("/roles/1".to_owned(), "Permissions"),
            ("/password".to_owned(), "New password"),
        ];
        for provider in Provider::ALL {
            let card = create(&client, provider, &format!("My {provider}")).await;
            for tab in tabs(provider) {
                if !tab.saved_only {
                    pages.push((format!("/chat-gateways/new/{}/{}", provider.code(), tab.segment), tab.label));
                }
                pages.push((format!("/chat-gateways/{}/{}", card["id"], tab.segment), tab.label));
            }
            pages.push((format!("/chat-gateways/{}/history", card["id"]), "created"));
        }
        for (path, text) in pages {
            let answer = client.get(&path).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.header("location"));
            let end = answer.body.rfind("</html>");
            assert!(end.is_some() && answer.body.contains(text), "{path} lacks {text}: {}", answer.body);
        }
    }

    async fn what_does_not_exist_is_a_page_that_says_so(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        let viber = create(&client, Provider::Viber, "Viber").await;
        let other_tab = format!("/chat-gateways/{}/appointment", viber["id"]);
        let paths = [
            "/nothing", "/nothing.css", "/chat-gateways/new/icq/general", "/chat-gateways/new/viber/appointment",
            "/chat-gateways/999999/general", "/chat-gateways/abc/general", "/chat-gateways/%0a/general",
            "/chat-gateways/99999999999999999999/general", &other_tab, "/flows/999999/general", "/flows/new/music/general",
            "/users/999999", "/users/abc", "/roles/999999",
        ];
        for path in paths {
            let answer = client.get(path).await;
            assert_eq!(answer.status, 404, "{path}");
            assert!(answer.body.contains("There is no such page"), "{path}: {}", answer.body);
        }
    }

    async fn a_list_that_makes_no_sense_says_why(store: &TestStore) {
        let server = Server::start(store).await;
        let client = server.administrator().await;
        for (path, said) in [
            ("/chat-gateways?size=0", "1000"), ("/chat-gateways?size=1001", "1000"), ("/users?size=abc", "1000"),
            ("/flows?after=tampered", "Start from the first page"), ("/roles?sort=secret", ""),
        ] {
            let answer = client.get(path).await;
            assert_eq!(answer.status, 400, "{path}");
            assert!(answer.body.contains(said), "{path}: {}", answer.body);
        }
    }

    async fn a_section_without_the_right_to_read_says_so(store: &TestStore) {
        let server = Server::start(store).await;
        server.administrator().await.call("roles/create", &serde_json::json!({"fields": {
            "name": "Flows only", "description": "", "grant.flows.read": "true",
        }})).await;
        let client = server.user("fiona", "Flows only").await;
        assert_eq!(client.get("/flows").await.status, 200);
        for path in ["/chat-gateways", "/users", "/roles", "/users/1", "/roles/1"] {
            let answer = client.get(path).await;
            assert_eq!(answer.status, 403, "{path}");
            assert!(answer.body.contains("You have no access to this section"), "{path}");
        }
    }
}
