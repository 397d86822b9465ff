//! Everything as a file would declare it.

use super::{TOKEN, applied, both, planned, told};
use crate::stage::{anna, engine, fields, user};
use engine::{
    ListError,
    declare::{self, Declaration, DeclaredFlow, DeclaredGateway, Exported},
    flows, gateways,
};
use model::{Fields, FlowKind, Grants, Letter, Provider, Section};

/// What a file with the exported things would declare, its variables set to these secrets.
fn declared(exported: &Exported, secret: &str) -> Declaration {
    let flow = |flow: &declare::ExportedFlow| {
        let mut fields = fields([("description", flow.description.as_str())]);
        fields.set("tags", flow.tags.join(", "));
        fields.set("program", serde_json::to_string(&flow.program).unwrap());
        DeclaredFlow {
            name: flow.name.clone(),
            fields,
        }
    };
    let gateway = |gateway: &declare::ExportedGateway| {
        let mut fields = Fields::from_pairs([("uri".to_owned(), gateway.uri.clone())]);
        for (field, text) in &gateway.fields {
            fields.set(field.key, text);
        }
        for (key, _) in &gateway.secrets {
            fields.set(*key, secret);
        }
        DeclaredGateway {
            name: gateway.name.clone(),
            provider: gateway.provider,
            flow: Some(gateway.flow.clone()),
            enabled: Some(gateway.enabled),
            fields,
            accounts: Vec::new(),
        }
    };
    Declaration {
        flows: exported.flows.iter().map(flow).collect(),
        gateways: exported.gateways.iter().map(gateway).collect(),
    }
}

store::databases! {
    async fn what_is_exported_and_applied_again_changes_nothing(store: &TestStore) {
        let (cx, _) = engine(store);
        applied(&cx, &both()).await;
        let program = "[ {\"set\": {\"b\": \"1\", \"a\": \"2\"}},\n {\"sendText\": \"\\u00e9\"} ]";
        let menu = fields([("name", "Menu"), ("program", program), ("tags", "shop, new")]);
        flows::create(&cx, &anna(), FlowKind::Code, &menu).await.unwrap();
        let custom = fields([("name", "Сайт"), ("settings.webhook", "https://crm.example/"), ("secret.secret", TOKEN)]);
        gateways::create(&cx, &anna(), Provider::Custom, &custom).await.unwrap();
        let web_chat = fields([("name", "Site"), ("settings.chat.read_timeout", "45"), ("templates.close", "Bye")]);
        gateways::create(&cx, &anna(), Provider::WebChat, &web_chat).await.unwrap();
        let exported = declare::export(&cx, &anna()).await.unwrap();
        let names: Vec<&str> = exported.gateways.iter().map(|gateway| gateway.name.as_str()).collect();
        assert_eq!(names, ["Site", "Support", "Сайт"]);
        let plan = planned(&cx, &declared(&exported, TOKEN)).await.unwrap();
        assert!(plan.is_empty(), "{:?}", told(&plan));
    }

    async fn secrets_are_named_and_not_told(store: &TestStore) {
        let (cx, _) = engine(store);
        applied(&cx, &both()).await;
        let names = ["Support (2)", "support", "Підтримка"];
        for name in names {
            let form = fields([("name", name), ("secret.token", "another-token-1234")]);
            gateways::create(&cx, &anna(), Provider::Viber, &form).await.unwrap();
        }
        let exported = declare::export(&cx, &anna()).await.unwrap();
        assert!(!format!("{exported:?}").contains(TOKEN));
        let mut variables: Vec<&str> = exported
            .gateways
            .iter()
            .flat_map(|gateway| gateway.secrets.iter().map(|(_, variable)| variable.as_str()))
            .collect();
        variables.sort_unstable();
        assert_eq!(variables.len(), 4);
        assert!(variables.contains(&"SUPPORT_TOKEN") && variables.contains(&"SUPPORT_2_TOKEN"), "{variables:?}");
        assert_eq!(variables.iter().filter(|name| name.starts_with("GATEWAY_")).count(), 2, "{variables:?}");
        let again = declare::export(&cx, &anna()).await.unwrap();
        assert_eq!(format!("{exported:?}"), format!("{again:?}"));
    }

    async fn whoever_may_not_see_it_can_not_export_it(store: &TestStore) {
        let (cx, _) = engine(store);
        let clerk = user("clerk", Grants::default().with(Section::Flows, Letter::Read));
        let refused = declare::export(&cx, &clerk).await;
        assert!(matches!(refused, Err(ListError::Denied(_))));
    }
}
