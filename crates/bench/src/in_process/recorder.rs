//! A reader that remembers what it was asked: so sqlx alone runs the very statements of the store.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use std::sync::Mutex;
use store::{Connection, KeyRing, Reader};

/// Passes everything on.
pub struct Recorder<'a> {
    reader: &'a Reader,
    statements: Mutex<Vec<Statement>>,
}

impl<'a> Recorder<'a> {
    /// Begins with nothing remembered.
    pub fn over(reader: &'a Reader) -> Self {
        Self {
            reader,
            statements: Mutex::default(),
        }
    }

    /// What was asked so far.
    pub fn statements(&self) -> Vec<Statement> {
        self.lock().clone()
    }

    fn note(&self, statement: &Statement) {
        self.lock().push(statement.clone());
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Statement>> {
        self.statements
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Connection for Recorder<'_> {
    fn keys(&self) -> &KeyRing {
        self.reader.keys()
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Recorder<'_> {
    fn get_database_backend(&self) -> DbBackend {
        self.reader.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.note(&statement);
        self.reader.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.reader.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.note(&statement);
        self.reader.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.note(&statement);
        self.reader.query_all_raw(statement).await
    }
}
