//! What a file says there shall be.

mod accounts;
mod export;

use crate::stage::{anna, engine, fields, flow, gateway, last_lines, user};
use engine::{
    Context,
    access::Actor,
    declare::{self, Declaration, DeclareError, DeclaredFlow, DeclaredGateway, Difference, Mistake, Plan, Step, Verb},
    flows, gateways,
};
use model::{Action, Fields, Gateway, Grants, Letter, ListQuery, Provider, Section};
use store::secrets::Owner;

const TOKEN: &str = "4453b6ac1s345678-e02c5f12174805f9";

fn echo() -> DeclaredFlow {
    DeclaredFlow {
        name: "Echo".into(),
        fields: fields([("program", r#"[{"sendText":"hi"}]"#), ("description", "Says it")]),
    }
}

fn support() -> DeclaredGateway {
    DeclaredGateway {
        name: "Support".into(),
        provider: Provider::Viber,
        flow: Some(Some("Echo".into())),
        enabled: Some(true),
        fields: fields([
            ("secret.token", TOKEN),
            ("settings.bot_name", "Bot"),
            ("templates.close", "Bye"),
        ]),
        accounts: Vec::new(),
    }
}

fn both() -> Declaration {
    Declaration {
        flows: vec![echo()],
        gateways: vec![support()],
    }
}

fn operator() -> Actor {
    Actor::with_file("shop.yaml")
}

async fn planned(cx: &Context, declaration: &Declaration) -> Result<Plan, DeclareError> {
    declare::plan(cx, &operator(), "shop.yaml", declaration).await
}

async fn applied(cx: &Context, declaration: &Declaration) -> Plan {
    let plan = planned(cx, declaration).await.unwrap();
    declare::apply(cx, &operator(), "shop.yaml", declaration, &plan)
        .await
        .unwrap();
    plan
}

async fn mistakes(cx: &Context, declaration: &Declaration) -> Vec<Mistake> {
    match planned(cx, declaration).await {
        Err(DeclareError::Invalid(mistakes)) => mistakes,
        other => panic!("{other:?}"),
    }
}

/// The only gateway of a name.
async fn named(cx: &Context, name: &str) -> Gateway {
    let ids = store::gateways::by_name(cx.store.read(), name).await.unwrap();
    assert_eq!(ids.len(), 1, "{name}");
    gateways::get(cx, &anna(), ids[0]).await.unwrap()
}

async fn count(cx: &Context) -> usize {
    let query = ListQuery::default();
    let gateways = gateways::list(cx, &anna(), &query).await.unwrap().rows.len();
    gateways + flows::list(cx, &anna(), &query).await.unwrap().rows.len()
}

/// A step in a line: what is done, and the labels of what changes.
fn told(plan: &Plan) -> Vec<String> {
    let difference = |difference: &Difference| match difference {
        Difference::Text(change) => change.label.clone(),
        Difference::SecretSet { label } => format!("{label} set"),
        Difference::SecretReplaced { label } => format!("{label} replaced"),
    };
    let step = |step: &Step| {
        let differences: Vec<String> = step.differences.iter().map(difference).collect();
        format!("{:?} {}: {}", step.verb, step.name, differences.join(", "))
    };
    plan.steps.iter().map(step).collect()
}

store::databases! {
    async fn a_plan_changes_nothing_and_applying_it_does_what_it_says(store: &TestStore) {
        let (cx, _) = engine(store);
        let plan = planned(&cx, &both()).await.unwrap();
        assert_eq!(count(&cx).await, 0);
        assert_eq!(
            told(&plan),
            ["Create Echo: Description, Program", "Create Support: Flow, Token set, Bot Name, Chat complete message, State"]
        );
        declare::apply(&cx, &operator(), "shop.yaml", &both(), &plan).await.unwrap();
        let saved = named(&cx, "Support").await;
        assert!(saved.enabled);
        assert_eq!(saved.flow.as_ref().unwrap().name, "Echo");
        assert_eq!(saved.templates.close, "Bye");
        let token = store::secrets::open(cx.store.read(), Owner::Gateways, saved.id.0, "secret.token").await.unwrap();
        assert_eq!(token.unwrap().expose(), TOKEN);
    }

    async fn who_did_it_and_which_file_keeps_it_is_on_record(store: &TestStore) {
        let (cx, _) = engine(store);
        applied(&cx, &both()).await;
        let saved = named(&cx, "Support").await;
        assert_eq!(saved.stamps.declared_by.as_deref(), Some("shop.yaml"));
        assert_eq!(saved.stamps.created_by, "command line (shop.yaml)");
        let lines = last_lines(&cx, Section::ChatGateways, saved.id.0).await;
        let actions: Vec<Action> = lines.iter().map(|line| line.action).collect();
        assert_eq!(actions, [Action::Enabled, Action::Created]);
        assert!(lines.iter().all(|line| line.actor == "command line (shop.yaml)"));
        let flow = flows::get(&cx, &anna(), saved.flow.unwrap().id).await.unwrap();
        assert_eq!(flow.stamps.declared_by.as_deref(), Some("shop.yaml"));
    }

    async fn a_file_that_is_applied_again_changes_nothing(store: &TestStore) {
        let (cx, _) = engine(store);
        applied(&cx, &both()).await;
        let before = named(&cx, "Support").await;
        let mut again = both();
        // Other spaces in a program, another way to write the name.
        again.flows[0].fields.set("program", "[ { \"sendText\": \"hi\" } ]");
        again.gateways[0].flow = Some(Some("echo".into()));
        let plan = applied(&cx, &again).await;
        assert!(plan.is_empty(), "{:?}", told(&plan));
        let after = named(&cx, "Support").await;
        assert_eq!((after.version, after.stamps), (before.version, before.stamps));
    }

    async fn only_what_the_file_says_is_changed(store: &TestStore) {
        let (cx, _) = engine(store);
        applied(&cx, &both()).await;
        let mut wanted = both();
        wanted.flows.clear();
        wanted.gateways[0].fields = fields([("settings.bot_name", "Other"), ("secret.token", "another-token-1234")]);
        wanted.gateways[0].enabled = None;
        let plan = applied(&cx, &wanted).await;
        assert_eq!(told(&plan), ["Update Support: Token replaced, Bot Name"]);
        let after = named(&cx, "Support").await;
        assert!(after.enabled);
        assert_eq!((after.templates.close.as_str(), after.flow.unwrap().name.as_str()), ("Bye", "Echo"));
        let line = &last_lines(&cx, Section::ChatGateways, after.id.0).await[0];
        assert!(!serde_json::to_string(line).unwrap().contains("another-token"));
    }

    async fn what_the_file_does_not_name_stays(store: &TestStore) {
        let (cx, _) = engine(store);
        let other = gateway(&cx, "Other", Some(flow(&cx, "Menu").await)).await;
        applied(&cx, &both()).await;
        let after = named(&cx, "Other").await;
        assert_eq!((after.version, after.stamps.declared_by), (other.version, None));
        assert_eq!(count(&cx).await, 4);
    }

    async fn a_gateway_that_people_made_is_taken_over_by_its_name(store: &TestStore) {
        let (cx, _) = engine(store);
        let made = gateway(&cx, "support", None).await;
        let plan = applied(&cx, &both()).await;
        assert_eq!(plan.steps[1].verb, Verb::Update);
        let after = named(&cx, "Support").await;
        assert_eq!((after.id, &after.uri, after.name.as_str()), (made.id, &made.uri, "Support"));
        assert_eq!(after.stamps.declared_by.as_deref(), Some("shop.yaml"));
    }

    async fn every_mistake_is_told_at_once_and_nothing_is_done(store: &TestStore) {
        let (cx, _) = engine(store);
        let viber = gateway(&cx, "Old", None).await;
        let mut wanted = both();
        wanted.flows[0].fields.set("program", r#"[{"sendTxt":"hi"},{"recvMessage":{"timeout":"soon"}}]"#);
        wanted.flows[0].fields.set("description", "a\0b");
        wanted.gateways[0].fields.set("settings.webhook", "x");
        wanted.gateways[0].fields.set("templates.close", "Bye ${nobody}");
        wanted.gateways.push(DeclaredGateway { flow: Some(Some("Nowhere".into())), fields: Fields::default(), ..support() });
        wanted.gateways[1].name = "Second".into();
        wanted.gateways.push(DeclaredGateway { name: "Old".into(), provider: Provider::Custom, ..support() });
        let mut taken = support();
        taken.name = "Third".into();
        taken.fields.set("uri", viber.uri.as_str());
        wanted.gateways.push(taken);
        let found: Vec<(Section, usize, String)> = mistakes(&cx, &wanted)
            .await
            .into_iter()
            .map(|mistake| (mistake.section, mistake.index, mistake.field))
            .collect();
        let gateway = |index, field: &str| (Section::ChatGateways, index, field.to_owned());
        let flow = |field: &str| (Section::Flows, 0, field.to_owned());
        for expected in [
            flow("description"), flow("program"), gateway(0, "settings.webhook"), gateway(0, "templates.close"),
            gateway(1, "flow"), gateway(1, "secret.token"), gateway(2, "provider"), gateway(3, "uri"),
        ] {
            assert!(found.contains(&expected), "{expected:?}: {found:?}");
        }
        assert!(found.iter().filter(|mistake| **mistake == flow("program")).count() >= 2, "{found:?}");
        assert!(!found.contains(&gateway(0, "flow")), "{found:?}");
        assert_eq!(count(&cx).await, 1);
    }

    async fn a_mistake_of_a_program_has_its_place(store: &TestStore) {
        let (cx, _) = engine(store);
        let mut wanted = both();
        wanted.flows[0].fields.set("program", "[\n  {\"sendTxt\":\"hi\"}\n]");
        let [mistake] = mistakes(&cx, &wanted).await.try_into().unwrap();
        let place = mistake.program.unwrap();
        assert_eq!((place.path.as_str(), place.line), ("[0].sendTxt", 2));
        assert!(mistake.message.contains("sendText"), "{}", mistake.message);
    }

    async fn a_gateway_without_a_flow_schema_can_not_be_enabled_by_a_file_either(store: &TestStore) {
        let (cx, _) = engine(store);
        let mut wanted = both();
        wanted.gateways[0].flow = None;
        let [mistake] = mistakes(&cx, &wanted).await.try_into().unwrap();
        assert_eq!((mistake.field.as_str(), mistake.message.as_str()), ("flow", "Choose a flow schema first."));
        applied(&cx, &both()).await;
        wanted.gateways[0].flow = Some(None);
        let [mistake] = mistakes(&cx, &wanted).await.try_into().unwrap();
        assert_eq!(mistake.field, "flow");
        wanted.gateways[0].enabled = Some(false);
        let plan = applied(&cx, &wanted).await;
        assert_eq!(told(&plan)[1], "Update Support: Flow, State");
        let after = named(&cx, "Support").await;
        assert!(!after.enabled && after.flow.is_none());
    }

    async fn a_uri_is_kept_and_can_not_be_changed(store: &TestStore) {
        let (cx, _) = engine(store);
        let mut wanted = both();
        wanted.gateways[0].fields.set("uri", "/support");
        applied(&cx, &wanted).await;
        assert!(planned(&cx, &both()).await.unwrap().is_empty());
        wanted.gateways[0].fields.set("uri", "/other");
        let [mistake] = mistakes(&cx, &wanted).await.try_into().unwrap();
        assert_eq!(mistake.field, "uri");
        assert!(mistake.message.contains("can't be changed"), "{}", mistake.message);
    }

    async fn of_gateways_with_the_same_name_the_uri_decides(store: &TestStore) {
        let (cx, _) = engine(store);
        let mut wanted = both();
        wanted.gateways.push(support());
        let [mistake] = mistakes(&cx, &wanted).await.try_into().unwrap();
        assert!(mistake.message.contains("twice"), "{}", mistake.message);
        for (index, uri) in ["/first", "/second"].into_iter().enumerate() {
            wanted.gateways[index].fields.set("uri", uri);
        }
        applied(&cx, &wanted).await;
        assert!(planned(&cx, &wanted).await.unwrap().is_empty());
        let [mistake] = mistakes(&cx, &both()).await.try_into().unwrap();
        assert!(mistake.message.contains("2 gateways are called “Support”"), "{}", mistake.message);
        wanted.gateways.remove(0);
        wanted.gateways[0].fields.set("settings.bot_name", "Second");
        applied(&cx, &wanted).await;
        let id = store::gateways::by_uri(cx.store.read(), "/second").await.unwrap().unwrap();
        let fields = gateways::get(&cx, &anna(), id).await.unwrap().fields();
        assert_eq!(fields.get("settings.bot_name"), "Second");
    }

    async fn a_plan_that_is_out_of_date_is_not_carried_out(store: &TestStore) {
        let (cx, _) = engine(store);
        applied(&cx, &both()).await;
        let mut wanted = both();
        wanted.gateways[0].fields.set("settings.bot_name", "Other");
        let plan = planned(&cx, &wanted).await.unwrap();
        let before = named(&cx, "Support").await;
        let change = fields([("settings.bot_name", "Anna's")]);
        gateways::update(&cx, &anna(), before.id, before.version, &change).await.unwrap();
        let refused = declare::apply(&cx, &operator(), "shop.yaml", &wanted, &plan).await;
        assert!(matches!(refused, Err(DeclareError::Changed)), "{refused:?}");
        assert_eq!(named(&cx, "Support").await.fields().get("settings.bot_name"), "Anna's");
    }

    async fn whoever_may_not_do_it_on_pages_may_not_do_it_with_a_file(store: &TestStore) {
        let (cx, _) = engine(store);
        let only_flows = Grants::default().with(Section::Flows, Letter::Create).with(Section::Flows, Letter::Read);
        let clerk = user("clerk", only_flows);
        let refused = declare::plan(&cx, &clerk, "shop.yaml", &both()).await;
        assert!(matches!(refused, Err(DeclareError::Denied(_))), "{refused:?}");
        applied(&cx, &both()).await;
        let mut wanted = both();
        wanted.flows[0].fields.set("description", "Other");
        wanted.gateways.clear();
        let refused = declare::plan(&cx, &clerk, "shop.yaml", &wanted).await;
        assert!(matches!(refused, Err(DeclareError::Denied(_))), "{refused:?}");
    }

    async fn open_pages_hear_of_what_a_file_has_changed(store: &TestStore) {
        let (cx, _) = engine(store);
        let before = store::audit::last_id(cx.store.read()).await.unwrap();
        applied(&cx, &both()).await;
        let lines = store::audit::since(cx.store.read(), before, 10).await.unwrap();
        let changes: Vec<(Section, Action)> = lines.iter().map(|line| (line.change.section, line.change.action)).collect();
        let gateways = Section::ChatGateways;
        assert_eq!(
            changes,
            [(Section::Flows, Action::Created), (gateways, Action::Created), (gateways, Action::Enabled)]
        );
    }
}
