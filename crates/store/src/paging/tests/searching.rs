//! What a search finds, in every script and with every special character.

use super::{insert_gateway, request};
use crate::{paging::page, testing::TestStore};
use model::GatewayColumn;

const NAMES: [&str; 14] = [
    "Підтримка Їжак",
    "підтримка",
    "Straße",
    "STRASSE",
    "İstanbul",
    "istanbul",
    "100%",
    "100 percent",
    "a_b",
    "aXb",
    r"back\slash",
    "what?",
    "[x]",
    "Ｗｉｄｅ",
];

async fn found(store: &TestStore, q: &str) -> Vec<String> {
    let mut names = Vec::new();
    // By another column too: then the search takes another way.
    for sort in ["name", "-uri", ""] {
        let page = page(store.read(), &request::<GatewayColumn>(q, sort, 100))
            .await
            .unwrap();
        let mut these: Vec<String> = page.rows.into_iter().map(|row| row.name).collect();
        these.sort();
        assert!(names.is_empty() || names == these, "{q} {sort}");
        names = these;
    }
    names
}

crate::databases! {
    async fn case_is_folded_and_special_characters_are_literal(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        for (i, name) in (0u32..).zip(NAMES) {
            insert_gateway(&tx, name, None, &format!("/name{i}"), i).await;
        }
        tx.commit().await.unwrap();
        let cases: [(&str, &[&str]); 24] = [
            ("підтримка", &["Підтримка Їжак", "підтримка"]),
            ("ПІДТРИМКА", &["Підтримка Їжак", "підтримка"]),
            ("*їжак", &["Підтримка Їжак"]),
            ("*ЇЖ*", &["Підтримка Їжак"]),
            ("п*а", &["підтримка"]),
            ("straß", &["Straße"]),
            ("STRASS", &["STRASSE"]),
            ("İst", &["İstanbul"]),
            ("ist", &["istanbul"]),
            ("IST*BUL", &["istanbul"]),
            ("100%", &["100%"]),
            ("*%", &["100%"]),
            ("*%*", &["100%"]),
            ("a_b", &["a_b"]),
            ("a_*", &["a_b"]),
            ("*_b", &["a_b"]),
            (r"back\", &[r"back\slash"]),
            (r"*\s*", &[r"back\slash"]),
            ("what?", &["what?"]),
            ("wha??", &[]),
            ("[x]", &["[x]"]),
            ("[a-z]*", &[]),
            ("wide", &["Ｗｉｄｅ"]),
            ("nul\0*x", &[]),
        ];
        for (q, expected) in cases {
            let mut expected = expected.to_vec();
            expected.sort_unstable();
            assert_eq!(found(store, q).await, expected, "{q}");
        }
        assert_eq!(found(store, "").await.len(), NAMES.len());
        assert_eq!(found(store, "*").await.len(), NAMES.len());
    }
}
