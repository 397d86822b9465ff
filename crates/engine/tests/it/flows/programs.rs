//! The history of a flow schema's program, and its file.

use crate::stage::{anna, engine, fields, flow, user};
use engine::{
    Context, GetError,
    access::{Actor, Denied},
    flows::{self, ProgramError},
};
use model::{Against, DiffKind, FlowFile, FlowId, FlowKind, Grants, Letter, Section, Version};
use std::time::Duration;

/// Saves changes over the present version.
async fn save(cx: &Context, actor: &Actor, id: FlowId, key: &str, text: &str) {
    let seen = flows::get(cx, actor, id).await.unwrap().version;
    flows::update(cx, actor, id, seen, &fields([(key, text)]))
        .await
        .unwrap();
}

store::databases! {
    async fn the_history_says_who_saved_which_program_and_when(store: &TestStore) {
        let (cx, clock) = engine(store);
        let id = flow(&cx, "Echo").await;
        let began = cx.now();
        clock.forward(Duration::from_mins(1));
        save(&cx, &anna(), id, "name", "Parrot").await;
        clock.forward(Duration::from_mins(1));
        save(&cx, &user("olga", Grants::ALL), id, "program", r#"[ {"log": "1"} ]"#).await;
        let found = flows::programs(&cx, &anna(), id, None).await.unwrap();
        let shown: Vec<_> = found.iter().map(|it| (it.version.0, it.saved_by.as_str(), it.saved_at, it.chars)).collect();
        assert_eq!(shown, [(3, "olga", cx.now(), 16), (1, "anna", began, 2)]);
        assert_eq!(flows::programs(&cx, &anna(), id, Some(Version(3))).await.unwrap()[..], found[1..]);
        assert_eq!(flows::program(&cx, &anna(), id, Version(1)).await.unwrap().program, "[]");
    }

    async fn a_restored_program_is_a_version_of_its_own(store: &TestStore) {
        let (cx, _) = engine(store);
        let id = flow(&cx, "Echo").await;
        save(&cx, &anna(), id, "program", r#"[{"log": "1"}]"#).await;
        let first = flows::program(&cx, &anna(), id, Version(1)).await.unwrap();
        save(&cx, &anna(), id, "program", &first.program).await;
        let versions = flows::programs(&cx, &anna(), id, None).await.unwrap();
        assert_eq!(versions.iter().map(|it| it.version.0).collect::<Vec<_>>(), [3, 2, 1]);
        let since = flows::difference(&cx, &anna(), id, Version(1), Against::Present).await.unwrap();
        assert_eq!((since.older, since.newer, since.lines.len()), (Some(Version(1)), Version(3), 0));
    }

    async fn a_program_is_compared_with_the_one_before_it_and_with_that_of_today(store: &TestStore) {
        let (cx, _) = engine(store);
        let id = flow(&cx, "Echo").await;
        save(&cx, &anna(), id, "program", "[\n{\"log\": \"1\"}\n]").await;
        save(&cx, &anna(), id, "name", "Parrot").await;
        save(&cx, &anna(), id, "program", "[\n{\"log\": \"1\"},\n{\"log\": \"2\"}\n]").await;
        let shown = |difference: &model::ProgramDifference| {
            let sign = |kind| match kind { DiffKind::Same => ' ', DiffKind::Added => '+', DiffKind::Removed => '-' };
            difference.lines.iter().map(|line| format!("{}{}", sign(line.kind), line.text)).collect::<Vec<_>>().join("\n")
        };
        let last = flows::difference(&cx, &anna(), id, Version(4), Against::Previous).await.unwrap();
        assert_eq!((last.older, last.newer, last.cut), (Some(Version(2)), Version(4), false));
        assert_eq!(shown(&last), " [\n-{\"log\": \"1\"}\n+{\"log\": \"1\"},\n+{\"log\": \"2\"}\n ]");
        let since = flows::difference(&cx, &anna(), id, Version(1), Against::Present).await.unwrap();
        assert_eq!((since.older, since.newer), (Some(Version(1)), Version(4)));
        assert_eq!(shown(&since), "-[]\n+[\n+{\"log\": \"1\"},\n+{\"log\": \"2\"}\n+]");
        let first = flows::difference(&cx, &anna(), id, Version(1), Against::Previous).await.unwrap();
        assert_eq!((first.older, first.newer, shown(&first).as_str()), (None, Version(1), "+[]"));
    }

    async fn what_is_not_there_is_said_apart(store: &TestStore) {
        let (cx, _) = engine(store);
        let id = flow(&cx, "Echo").await;
        let none = FlowId(id.0 + 100);
        let error = flows::program(&cx, &anna(), id, Version(2)).await.unwrap_err();
        assert!(error.to_string().starts_with("No program was saved with version 2,"), "{error}");
        let error = flows::difference(&cx, &anna(), id, Version(2), Against::Present).await.unwrap_err();
        assert!(matches!(error, ProgramError::NoProgram(Version(2))), "{error}");
        assert!(matches!(flows::program(&cx, &anna(), none, Version(1)).await, Err(ProgramError::NoFlow)));
        assert!(matches!(flows::programs(&cx, &anna(), none, None).await, Err(GetError::NotFound(Section::Flows))));
        assert!(matches!(flows::export(&cx, &anna(), none).await, Err(GetError::NotFound(Section::Flows))));
        assert!(flows::programs(&cx, &anna(), id, Some(Version(1))).await.unwrap().is_empty());
    }

    async fn whoever_may_not_see_flow_schemas_sees_none_of_their_history(store: &TestStore) {
        let (cx, _) = engine(store);
        let id = flow(&cx, "Echo").await;
        let stranger = user("vera", Grants::default().with(Section::ChatGateways, Letter::Read));
        let denied = |denied: &Denied| matches!(denied, Denied::Forbidden { .. });
        let asked = flows::programs(&cx, &stranger, id, None).await.unwrap_err();
        assert!(matches!(&asked, GetError::Denied(it) if denied(it)), "{asked}");
        let asked = flows::program(&cx, &stranger, id, Version(1)).await.unwrap_err();
        assert!(matches!(&asked, ProgramError::Denied(it) if denied(it)), "{asked}");
        let asked = flows::difference(&cx, &stranger, id, Version(1), Against::Present).await.unwrap_err();
        assert!(matches!(&asked, ProgramError::Denied(it) if denied(it)), "{asked}");
        let asked = flows::export(&cx, &stranger, id).await.unwrap_err();
        assert!(matches!(&asked, GetError::Denied(it) if denied(it)), "{asked}");
    }

    async fn an_exported_flow_schema_makes_another_of_the_same_content(store: &TestStore) {
        let (cx, _) = engine(store);
        let form = fields([
            ("name", "Їжак"), ("description", "Two\nlines"), ("tags", "shop, Київ"), ("program", "[ {\"set\": {\"b\": 1.0, \"a\": 2}} ]"),
        ]);
        let saved = flows::create(&cx, &anna(), FlowKind::Diagram, &form).await.unwrap();
        let text = flows::export(&cx, &anna(), saved.id).await.unwrap().to_json();
        let file = FlowFile::parse(&text).unwrap();
        let form = file.fields().overlaid(&fields([("name", "Їжак 2")]));
        let again = flows::create(&cx, &anna(), file.kind, &form).await.unwrap();
        assert_eq!((again.kind, again.program, again.tags), (saved.kind, saved.program, saved.tags));
        assert_eq!(again.description, saved.description);
    }
}
