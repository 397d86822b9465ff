//! Trying flow schemas.

use crate::stage::{StandingClock, engine, fields, user};
use engine::{
    Context,
    access::Actor,
    flows,
    tries::{self, Started, TryError},
};
use model::{
    FlowId, FlowKind, Grants, Letter, Section, Timestamp, UserId,
    trying::{TryCame, TryDone, TryInput, TryReport, TrySaid, TryStart, TryWaitKind},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::oneshot,
};

fn reader(id: i64) -> Actor {
    let Actor::User(mut signed_in) = user("vera", Grants::default().with(Section::Flows, Letter::Read)) else {
        panic!()
    };
    signed_in.id = UserId(id);
    Actor::User(signed_in)
}

fn text(text: &str) -> TryInput {
    TryInput::Text { text: text.into() }
}

fn start(program: &str) -> TryStart {
    TryStart {
        program: program.into(),
        flow: None,
        message: text("hi"),
        peer_name: "Ann".into(),
        variables: [("colour".to_owned(), "red".to_owned())].into(),
        http: false,
        timezone: None,
    }
}

async fn run_as(cx: &Context, actor: &Actor, wanted: TryStart) -> TryReport {
    match tries::start(cx, actor, wanted).await.unwrap() {
        Started::Running(report) => *report,
        Started::Mistakes(mistakes) => panic!("{mistakes:?}"),
    }
}

/// A clock on which a second passes whenever somebody looks at it.
struct HurriedClock(AtomicI64);

impl engine::Clock for HurriedClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.fetch_add(1_000, Ordering::Relaxed))
    }
}

/// The texts that the flow sent.
fn sent(report: &TryReport) -> Vec<String> {
    let texts = report.messages.iter().filter_map(|message| match &message.said {
        TrySaid::Sent(sent) => Some(sent.parts.iter().filter_map(model::message::Part::words).collect()),
        _ => None,
    });
    texts.collect()
}

fn came(report: &TryReport) -> Vec<TryCame> {
    let calls = report.trace.iter().filter_map(|line| match &line.what {
        TryDone::Call(call) => Some(call.came.clone()),
        _ => None,
    });
    calls.collect()
}

fn seconds(report: &TryReport) -> (TryWaitKind, Option<u64>) {
    let wait = report.waiting.unwrap();
    (wait.kind, wait.seconds)
}

/// An engine that may call this machine.
fn calling(store: &store::testing::TestStore) -> (Context, Arc<StandingClock>) {
    let (cx, clock) = engine(store);
    let guard = fetch::Guard::parse(["127.0.0.1"]).unwrap();
    (
        Context {
            fetch: fetch::Client::new(guard),
            ..cx
        },
        clock,
    )
}

/// Runs that wait and talk; what they say is the same on every database.
const TALK: &str = r#"[
    {"recvMessage": {"set": "answer", "timeout": 60}},
    {"sendText": "${peer_name} says ${answer}, ${colour}"},
    {"sleep": 3600000},
    {"sendText": "later"},
    {"goto": "end"},
    {"sendText": "skipped"},
    {"sendText": "bye", "tag": "end"}
]"#;

store::databases! {
    async fn a_run_goes_on_with_what_is_said_and_with_time(store: &TestStore) {
        let (cx, clock) = engine(store);
        let ann = reader(1);
        let begun = run_as(&cx, &ann, start(TALK)).await;
        assert_eq!(seconds(&begun), (TryWaitKind::Message, Some(60)));
        assert_eq!(begun.path.as_deref(), Some("[0].recvMessage"));
        clock.forward(Duration::from_secs(20));
        let report = tries::tick(&cx, &ann, &begun.run, begun.last).await.unwrap();
        assert_eq!((seconds(&report), report.last), ((TryWaitKind::Message, Some(40)), begun.last));
        let report = tries::send(&cx, &ann, &begun.run, text("yes"), begun.last).await.unwrap();
        assert_eq!(sent(&report), ["Ann says yes, red"]);
        assert_eq!(seconds(&report), (TryWaitKind::Pause, Some(3_600)));
        let TryDone::Step(step) = &report.trace[0].what else { panic!("{:?}", report.trace) };
        assert_eq!((step.path.as_str(), step.changed[0].after.as_str()), ("[0].recvMessage", "yes"));
        let report = tries::skip_wait(&cx, &ann, &begun.run, report.last).await.unwrap();
        assert_eq!(sent(&report), ["later", "bye"]);
        assert_eq!(report.trace[0].what, TryDone::Skipped { seconds: 3_600 });
        assert_eq!(report.now, cx.now().after(Duration::from_hours(1)));
        assert_eq!(report.ended.unwrap().cause, "flow_end");
        let again = tries::send(&cx, &ann, &begun.run, text("more"), 0).await;
        assert!(matches!(again, Err(TryError::Ended)), "{again:?}");
        let all = tries::tick(&cx, &ann, &begun.run, 0).await.unwrap();
        assert_eq!((all.messages.len(), all.missed), (5, false));
    }

    async fn a_wait_comes_to_its_end_by_itself(store: &TestStore) {
        let (cx, clock) = engine(store);
        let begun = run_as(&cx, &reader(1), start(TALK)).await;
        clock.forward(Duration::from_secs(61));
        let report = tries::tick(&cx, &reader(1), &begun.run, begun.last).await.unwrap();
        assert_eq!(sent(&report), ["Ann says , red"]);
        assert_eq!(seconds(&report), (TryWaitKind::Pause, Some(3_599)));
    }

    async fn a_run_is_its_user_s_own_and_forgotten_after_half_an_hour(store: &TestStore) {
        let (cx, clock) = engine(store);
        let begun = run_as(&cx, &reader(1), start(TALK)).await;
        let other = tries::tick(&cx, &reader(2), &begun.run, 0).await;
        assert!(matches!(other, Err(TryError::NoSuchRun)), "{other:?}");
        tries::stop(&cx, &reader(2), &begun.run).unwrap();
        clock.forward(Duration::from_mins(29));
        tries::tick(&cx, &reader(1), &begun.run, 0).await.unwrap();
        clock.forward(Duration::from_mins(29));
        tries::tick(&cx, &reader(1), &begun.run, 0).await.unwrap();
        clock.forward(Duration::from_mins(30));
        let late = tries::tick(&cx, &reader(1), &begun.run, 0).await;
        assert!(matches!(late, Err(TryError::NoSuchRun)), "{late:?}");
        run_as(&cx, &reader(1), start(TALK)).await;
        clock.forward(Duration::from_mins(30));
        tries::sweep(&cx);
        assert_eq!(cx.tries.count(), 0);
    }

    async fn the_sixth_run_of_a_user_makes_the_oldest_go(store: &TestStore) {
        let (cx, clock) = engine(store);
        let others = run_as(&cx, &reader(2), start(TALK)).await;
        let mut runs = Vec::new();
        for _ in 0..6 {
            clock.forward(Duration::from_secs(1));
            runs.push(run_as(&cx, &reader(1), start(TALK)).await.run);
        }
        assert_eq!(cx.tries.count(), 6);
        assert!(matches!(tries::tick(&cx, &reader(1), &runs[0], 0).await, Err(TryError::NoSuchRun)));
        tries::tick(&cx, &reader(1), &runs[1], 0).await.unwrap();
        tries::tick(&cx, &reader(2), &others.run, 0).await.unwrap();
        for user in 10..260 {
            run_as(&cx, &reader(user), start("[]")).await;
        }
        assert_eq!(cx.tries.count(), 200);
    }

    async fn a_program_with_mistakes_and_a_wrong_zone_begin_nothing(store: &TestStore) {
        let (cx, _) = engine(store);
        let wrong = tries::start(&cx, &reader(1), start("[1]")).await.unwrap();
        assert!(matches!(wrong, Started::Mistakes(mistakes) if mistakes[0].path == "[0]"));
        let zone = TryStart { timezone: Some("Mars/Olympus".into()), ..start("[]") };
        let wrong = tries::start(&cx, &reader(1), zone).await;
        assert!(matches!(wrong, Err(TryError::Invalid(errors)) if errors.get("timezone").is_some()));
        let pressed = TryInput::Button { message: None, label: Some("Yes".into()), code: None };
        let wrong = tries::start(&cx, &reader(1), TryStart { message: pressed, ..start("[]") }).await;
        assert!(matches!(wrong, Err(TryError::Invalid(errors)) if errors.get("button").is_some()));
        let nobody = user("nobody", Grants::default());
        assert!(matches!(tries::start(&cx, &nobody, start("[]")).await, Err(TryError::Denied(_))));
        assert_eq!(cx.tries.count(), 0);
    }

    async fn the_clock_of_a_run_is_that_of_its_zone(store: &TestStore) {
        let (cx, _) = engine(store);
        let program = r#"[{"if":{"expression":"&hour(17)","then":[{"sendText":"Kyiv"}],"else":[{"sendText":"elsewhere"}]}}]"#;
        assert_eq!(sent(&run_as(&cx, &reader(1), start(program)).await), ["Kyiv"]);
        let utc = TryStart { timezone: Some("utc".into()), ..start(program) };
        assert_eq!(sent(&run_as(&cx, &reader(1), utc).await), ["elsewhere"]);
    }

    async fn another_flow_schema_is_run_as_it_is_saved(store: &TestStore) {
        let (cx, _) = engine(store);
        let form = fields([("name", "Inner"), ("program", r#"[{"sendText":"inner ${peer_name}"}]"#)]);
        let inner: FlowId = flows::create(&cx, &crate::stage::anna(), FlowKind::Code, &form).await.unwrap().id;
        let program = format!(r#"[{{"schema":{{"id":{inner}}}}},{{"sendText":"outer"}}]"#);
        assert_eq!(sent(&run_as(&cx, &reader(1), start(&program)).await), ["inner Ann", "outer"]);
        let ring = TryStart { flow: Some(inner), ..start(&program) };
        assert!(matches!(tries::start(&cx, &reader(1), ring).await, Ok(Started::Mistakes(_))));
    }

    async fn another_flow_schema_is_found_by_an_id_that_is_made_up_on_the_way(store: &TestStore) {
        let (cx, _) = engine(store);
        let form = fields([("name", "Inner"), ("program", r#"[{"sendText":"inner"}]"#)]);
        let inner: FlowId = flows::create(&cx, &crate::stage::anna(), FlowKind::Code, &form).await.unwrap().id;
        let program = format!(r#"[{{"set":{{"which":"{inner}"}}}},{{"schema":{{"id":"${{which}}"}}}}]"#);
        assert_eq!(sent(&run_as(&cx, &reader(1), start(&program)).await), ["inner"]);
        let form = fields([("name", "Chooser"), ("program", program.as_str())]);
        let chooser: FlowId = flows::create(&cx, &crate::stage::anna(), FlowKind::Code, &form).await.unwrap().id;
        let program = format!(r#"[{{"schema":{{"id":{chooser}}}}},{{"schema":{{"id":"${{peer_name}}"}}}},{{"sendText":"end"}}]"#);
        let report = run_as(&cx, &reader(1), start(&program)).await;
        assert_eq!(sent(&report), ["inner", "end"]);
        let failed = |line: &model::trying::TryLine| matches!(&line.what, TryDone::Step(step) if step.failed.is_some());
        assert_eq!(report.trace.iter().filter(|line| failed(line)).count(), 1);
    }

    async fn who_leaves_is_told_to_the_program_and_hears_no_more(store: &TestStore) {
        let (cx, _) = engine(store);
        let program = r#"[{"trigger":{"disconnected":[{"set":{"gone":"yes"}}]}},{"recvMessage":{"set":"a"}}]"#;
        let begun = run_as(&cx, &reader(1), start(program)).await;
        let report = tries::leave(&cx, &reader(1), &begun.run, begun.last).await.unwrap();
        assert_eq!(report.ended.unwrap().cause, "peer_left");
        assert_eq!(report.waiting, None);
        assert!(report.variables.iter().any(|variable| variable.name == "gone" && variable.text == "yes"));
        assert_eq!(report.messages[0].said, TrySaid::Left);
    }

    async fn a_call_is_shown_and_not_made_unless_it_is_switched_on(store: &TestStore) {
        let (cx, _) = calling(store);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/orders", listener.local_addr().unwrap());
        let program = format!(
            r#"[{{"httpRequest":{{"url":"{url}","method":"POST","timeout":20000,"data":{{"n":1}},"responseCode":"code","exportVariables":{{"state":"state"}}}}}},{{"sendText":"${{code}}/${{state}}"}}]"#
        );
        let report = run_as(&cx, &reader(1), start(&program)).await;
        assert_eq!((came(&report), sent(&report)), (vec![TryCame::Off], vec!["/".to_owned()]));
        let TryDone::Step(step) = &report.trace[2].what else { panic!("{:?}", report.trace) };
        assert!(step.failed.as_deref().unwrap().contains("switched off"), "{step:?}");
        let on = TryStart { http: true, ..start(&program) };
        assert!(matches!(tries::start(&cx, &reader(1), on.clone()).await, Err(TryError::Denied(_))));

        let stand_in = tokio::spawn(async move {
            let (mut connection, _) = listener.accept().await.unwrap();
            let mut request = vec![0; 4_096];
            let mut read = 0;
            while !String::from_utf8_lossy(&request[..read]).ends_with("{\"n\":1}") {
                read += connection.read(&mut request[read..]).await.unwrap();
            }
            let answer = "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 16\r\n\r\n{\"state\":\"sent\"}";
            connection.write_all(answer.as_bytes()).await.unwrap();
            String::from_utf8_lossy(&request[..read]).into_owned()
        });
        let anna = crate::stage::anna();
        let mut report = run_as(&cx, &anna, on).await;
        while report.waiting.is_some() {
            report = tries::tick(&cx, &anna, &report.run, 0).await.unwrap();
        }
        assert!(stand_in.await.unwrap().starts_with("POST /orders HTTP/1.1\r\n"));
        assert_eq!(sent(&report), ["201/sent"]);
        let came = came(&report);
        assert_eq!(came[0], TryCame::Pending);
        assert!(matches!(&came[1], TryCame::Answer { status: 201, bytes: 16, .. }), "{came:?}");
    }

    async fn an_address_that_nobody_allowed_is_not_called(store: &TestStore) {
        let (cx, _) = engine(store);
        let anna = crate::stage::anna();
        let program = r#"[{"httpRequest":{"url":"http://127.0.0.1:9/"}},{"sendText":"on"}]"#;
        let mut report = run_as(&cx, &anna, TryStart { http: true, ..start(program) }).await;
        while report.waiting.is_some() {
            report = tries::tick(&cx, &anna, &report.run, 0).await.unwrap();
        }
        assert_eq!(sent(&report), ["on"]);
        assert!(matches!(&came(&report)[1], TryCame::Failed(why) if why.contains("allowed_hosts")));
    }

    async fn a_call_that_gets_no_answer_holds_nobody_up_and_ends_with_its_run(store: &TestStore) {
        let (cx, _) = calling(store);
        let anna = crate::stage::anna();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let (closed, is_closed) = oneshot::channel();
        tokio::spawn(async move {
            let (mut connection, _) = listener.accept().await.unwrap();
            let mut rest = Vec::new();
            let _ = connection.read_to_end(&mut rest).await;
            let _ = closed.send(());
        });
        let program = format!(r#"[{{"httpRequest":{{"url":"{url}","timeout":60000}}}},{{"sendText":"on"}}]"#);
        let report = run_as(&cx, &anna, TryStart { http: true, ..start(&program) }).await;
        assert_eq!(seconds(&report), (TryWaitKind::Http, None));
        let report = tries::send(&cx, &anna, &report.run, text("hello?"), report.last).await.unwrap();
        assert_eq!((report.messages.len(), report.waiting.unwrap().kind), (1, TryWaitKind::Http));
        tries::stop(&cx, &anna, &report.run).unwrap();
        assert_eq!(cx.tries.count(), 0);
        is_closed.await.unwrap();
    }

    async fn scripts_without_end_end_and_others_go_on_meanwhile(store: &TestStore) {
        let (cx, _) = engine(store);
        let endless = r#"[{"js":{"data":"for(;;){}","setVar":"x"}},{"sendText":"after"}]"#;
        let slow = tokio::spawn({
            let cx = cx.clone();
            async move { run_as(&cx, &reader(1), start(endless)).await }
        });
        let quick = run_as(&cx, &reader(2), start(r#"[{"sendText":"quick"}]"#)).await;
        assert_eq!(sent(&quick), ["quick"]);
        let report = slow.await.unwrap();
        assert_eq!(sent(&report), ["after"]);
        let TryDone::Step(step) = &report.trace[0].what else { panic!() };
        assert!(step.failed.as_deref().unwrap().contains("longer than a second"), "{step:?}");
    }

    async fn a_program_that_never_rests_is_ended_and_told_within_bounds(store: &TestStore) {
        let (cx, clock) = engine(store);
        let program = r#"[{"while":{"condition":"true","maxSteps":1000000,"do":[{"set":{"a":"${a}x"}}]}}]"#;
        let report = run_as(&cx, &reader(1), start(program)).await;
        assert_eq!(report.ended.unwrap().cause, "flow_err");
        assert!(report.missed && report.trace.len() <= 5_000);
        let pauses = r#"[{"while":{"condition":"true","maxSteps":1000000,"do":[{"sleep":1}]}}]"#;
        let begun = run_as(&cx, &reader(1), start(pauses)).await;
        clock.forward(Duration::from_mins(20));
        let report = tries::tick(&cx, &reader(1), &begun.run, begun.last).await.unwrap();
        assert_eq!(seconds(&report), (TryWaitKind::Pause, Some(0)));
    }

    async fn calls_that_are_not_made_hold_nobody_up_for_longer_than_an_action_may_take(store: &TestStore) {
        let (cx, _) = engine(store);
        let cx = Context { clock: Arc::new(HurriedClock(AtomicI64::new(1_795_420_800_000))), ..cx };
        let call = r#"{"httpRequest":{"url":"https://example.com/"}}"#;
        let program = format!(r#"[{{"while":{{"condition":"true","maxSteps":20,"do":[{call}]}}}},{{"sendText":"done"}}]"#);
        let begun = run_as(&cx, &reader(1), start(&program)).await;
        assert_eq!(seconds(&begun), (TryWaitKind::Http, None));
        assert!((1..10).contains(&came(&begun).len()), "{:?}", came(&begun));
        let said = tries::send(&cx, &reader(1), &begun.run, text("still there?"), begun.last).await.unwrap();
        assert_eq!(said.waiting.unwrap().kind, TryWaitKind::Http);
        let mut ticks = 0;
        let report = loop {
            let report = tries::tick(&cx, &reader(1), &begun.run, 0).await.unwrap();
            if report.ended.is_some() {
                break report;
            }
            ticks += 1;
            assert!(ticks < 20);
        };
        assert_eq!(came(&report), vec![TryCame::Off; 20]);
        assert_eq!(sent(&report), ["done"]);
        assert!(ticks > 1, "{ticks}");
    }
}
