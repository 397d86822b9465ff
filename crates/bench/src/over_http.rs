//! The server under load, and the floor of each kind of answer under the same load.

mod toggle;

use crate::{
    cases::{self, Case, Depth},
    failure::Fallible,
    floor::Floor,
    load::{self, Load, Question, Same},
    scale::Scale,
    server::Session,
};
use model::ListQuery;
use std::fmt;
use store::Store;

/// How many clients ask at a time.
pub const CLIENTS: [usize; 2] = [1, 8];

/// In which form the answer comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Of the server function, as JSON.
    Json,
    /// Of the whole page, as HTML.
    Html,
    /// Of the whole page, compressed as for a browser.
    Gzip,
    /// Of the server function that turns a gateway on or off.
    Toggle,
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Json => "JSON",
            Self::Html => "page",
            Self::Gzip => "page, gzip",
            Self::Toggle => "toggle",
        })
    }
}

/// One thing that was asked for, with one number of clients.
#[derive(Debug)]
pub struct Served {
    /// What.
    pub title: String,
    /// In which form.
    pub form: Form,
    /// Rows on the page; none for a toggle.
    pub rows: Option<u16>,
    /// What came.
    pub load: Load,
}

/// The floor of a form and size.
#[derive(Debug)]
pub struct Floored {
    /// The form.
    pub form: Form,
    /// Rows on the page.
    pub rows: Option<u16>,
    /// The bytes of the answer.
    pub bytes: usize,
    /// What came.
    pub load: Load,
}

/// Everything that was measured over HTTP.
#[derive(Debug, Default)]
pub struct OverHttp {
    /// The server.
    pub served: Vec<Served>,
    /// The floors.
    pub floors: Vec<Floored>,
}

impl OverHttp {
    /// The floor of something that was served.
    pub fn floor(&self, served: &Served) -> Option<&Floored> {
        let same = |floor: &&Floored| {
            floor.form == served.form && floor.rows == served.rows && floor.load.clients == served.load.clients
        };
        self.floors.iter().find(same)
    }
}

/// Measures lists and pages, then toggles.
pub async fn measure(session: &Session, store: &Store, scale: Scale) -> Fallible<OverHttp> {
    let mut all = OverHttp::default();
    let hundred = cases::all(store, scale.gateways, 100).await?;
    let ten = cases::of_order(store, scale.gateways, "", 10).await?;
    for (form, rows, cases) in [
        (Form::Json, 10, &ten),
        (Form::Json, 100, &hundred),
        (Form::Html, 10, &ten),
        (Form::Html, 100, &hundred),
        (Form::Gzip, 100, &hundred),
    ] {
        let chosen = cases.iter().filter(|case| is_wanted(form, case));
        measure_form(session, form, rows, chosen, scale, &mut all).await?;
    }
    toggle::measure(session, scale, &mut all).await?;
    Ok(all)
}

/// Deep pages in the default order and where ties are many; whole pages only for what the screen needs most.
fn is_wanted(form: Form, case: &Case) -> bool {
    let sort = case.query.sort.as_str();
    match form {
        Form::Json => case.depth == Depth::First || matches!(sort, "" | "state"),
        Form::Html => (sort.is_empty() && case.query.q.is_empty()) || (sort == "name" && case.depth == Depth::First),
        Form::Gzip => sort.is_empty() && case.query.q.is_empty() && case.depth == Depth::First,
        Form::Toggle => false,
    }
}

async fn measure_form(
    session: &Session,
    form: Form,
    rows: u16,
    cases: impl Iterator<Item = &Case>,
    scale: Scale,
    all: &mut OverHttp,
) -> Fallible<()> {
    for (index, case) in cases.enumerate() {
        let question = ask_for(session, form, &case.query)?;
        if index == 0 {
            all.floors
                .extend(floors(session, form, Some(rows), question.clone(), scale).await?);
        }
        for clients in CLIENTS {
            let clients = vec![Same(question.clone()); clients];
            all.served.push(Served {
                title: match case.depth {
                    Depth::First if case.query.q.is_empty() => format!("{}, first page", case.title),
                    Depth::First => case.title.clone(),
                    Depth::Half => format!("{}, half depth", case.title),
                    Depth::Last => format!("{}, last page", case.title),
                },
                form,
                rows: Some(rows),
                load: load::run(session.address, clients, scale).await?,
            });
        }
    }
    Ok(())
}

fn ask_for(session: &Session, form: Form, query: &ListQuery) -> Fallible<Question> {
    match form {
        Form::Json | Form::Toggle => session.list(query),
        Form::Html => session.page(query, None),
        Form::Gzip => session.page(query, Some("gzip, deflate, br, zstd")),
    }
}

/// Takes one answer of the server and lets a handler without any work give it to the same clients.
async fn floors(
    session: &Session,
    form: Form,
    rows: Option<u16>,
    question: Question,
    scale: Scale,
) -> Fallible<Vec<Floored>> {
    let answer = session.ask(question.clone()).await?;
    let floor = Floor::start(&answer)?;
    let mut floors = Vec::new();
    for clients in CLIENTS {
        let clients = vec![Same(question.clone()); clients];
        floors.push(Floored {
            form,
            rows,
            bytes: answer.body.len(),
            load: load::run(floor.address, clients, scale).await?,
        });
    }
    Ok(floors)
}
