//! What happened, by the peers and by the product's records.

use sea_orm::{ConnectionTrait, Statement};
use standins::Peer;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    time::Duration,
};
use store::testing::TestStore;
use tokio::time::{Instant, sleep};

/// The counts of a run.
#[derive(Debug, Default)]
pub struct Verdict {
    pub said: u32,
    pub answered: u32,
    pub ambiguous: u32,
    /// Neither answered nor recorded as what it became.
    pub lost: u32,
    pub doubled: u32,
    pub disordered: u32,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} said, {} answered, {} ambiguous, {} lost, {} doubled, {} out of order",
            self.said, self.answered, self.ambiguous, self.lost, self.doubled, self.disordered
        )
    }
}

impl Verdict {
    /// Compares every chat with what was said in it.
    pub async fn of(store: &TestStore, peers: &[Peer], said: &BTreeMap<i64, u32>) -> Self {
        let mut verdict = Self::default();
        for (id, peer) in (1..).zip(peers) {
            let said = said.get(&id).copied().unwrap_or_default();
            let unsure = unsure(store, peer.id()).await;
            let answers: Vec<u32> = peer
                .seen()
                .iter()
                .filter(|line| !line.mine)
                .map(|line| line.text.trim_start_matches("You said: ").parse().unwrap())
                .collect();
            let mut seen = BTreeSet::new();
            for pair in answers.windows(2) {
                verdict.disordered += u32::from(pair[1] < pair[0]);
            }
            for answer in answers {
                if !seen.insert(answer) {
                    verdict.doubled += 1;
                }
            }
            for number in 1..=said {
                verdict.said += 1;
                verdict.ambiguous += u32::from(unsure.contains(&number));
                if seen.contains(&number) {
                    verdict.answered += 1;
                } else if !unsure.contains(&number) {
                    verdict.lost += 1;
                }
            }
        }
        verdict
    }
}

/// The numbers whose answer may or may not have reached a peer.
async fn unsure(store: &TestStore, lane: &str) -> BTreeSet<u32> {
    let backend = store.read().get_database_backend();
    let sql = "SELECT summary FROM deliveries WHERE way = 'out' AND result = 'ambiguous' AND lane = $1";
    let statement = Statement::from_sql_and_values(backend, sql, [lane.into()]);
    let rows = store.read().query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| {
            let summary: String = row.try_get("", "summary").unwrap();
            summary.trim_start_matches("You said: ").parse().unwrap()
        })
        .collect()
}

/// Waits until the product has nothing more to do.
pub async fn settled(store: &TestStore, patience: Duration) {
    let until = Instant::now() + patience;
    let sql = "SELECT COUNT(*) AS n FROM deliveries WHERE result IN ('received', 'queued', 'sending')";
    let mut quiet = 0;
    loop {
        let backend = store.read().get_database_backend();
        let row = store.read().query_one_raw(Statement::from_string(backend, sql)).await;
        let open: Option<i64> = row.ok().flatten().and_then(|row| row.try_get("", "n").ok());
        // Twice in a row: an event may just be on its way to its answer.
        quiet = if open == Some(0) { quiet + 1 } else { 0 };
        if quiet == 5 {
            return;
        }
        assert!(
            Instant::now() < until,
            "still to be done: {open:?}, {}",
            left(store).await
        );
        sleep(Duration::from_millis(200)).await;
    }
}

/// What is left to do, in words.
async fn left(store: &TestStore) -> String {
    let backend = store.read().get_database_backend();
    let sql = "SELECT way, result, attempts, COUNT(*) AS n, MIN(id) AS first, MIN(due_at) AS due FROM deliveries \
        WHERE result IN ('received', 'queued', 'sending') GROUP BY way, result, attempts";
    let rows = store
        .read()
        .query_all_raw(Statement::from_string(backend, sql))
        .await
        .unwrap_or_default();
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            let text = |column| row.try_get::<String>("", column).unwrap_or_default();
            let number = |column| row.try_get::<i64>("", column).unwrap_or_default();
            let (way, result) = (text("way"), text("result"));
            let counts = [number("attempts"), number("n"), number("first"), number("due")];
            format!("{way} {result} (attempts, number, first id, due): {counts:?}")
        })
        .collect();
    lines.join("; ")
}
