//! Turning gateways on and off: each client has a gateway of its own and says which version it has seen.

use super::{CLIENTS, Form, OverHttp, Served, floors};
use crate::{
    failure::Fallible,
    load::{self, Answer, Client, Question},
    scale::Scale,
    server::Session,
};
use model::{GatewayRow, ListQuery, Page, Provider};
use serde_json::json;

struct Toggling {
    session: Session,
    row: GatewayRow,
}

impl Client for Toggling {
    fn next(&mut self) -> Fallible<Question> {
        let arguments = json!({ "id": self.row.id, "version": self.row.version, "on": !self.row.enabled });
        self.session.call("gateways/set_enabled", &arguments)
    }

    fn hear(&mut self, answer: &Answer) -> Fallible<()> {
        answer.expect_ok()?;
        self.row = serde_json::from_slice(&answer.body)?;
        Ok(())
    }
}

/// Measures toggles and their floor.
pub async fn measure(session: &Session, scale: Scale, all: &mut OverHttp) -> Fallible<()> {
    let mut rows = switchable(session).await?;
    let sample = Toggling {
        session: session.clone(),
        row: rows.next().ok_or("no gateway can be enabled")?,
    }
    .next()?;
    all.floors
        .extend(floors(session, Form::Toggle, None, sample, scale).await?);
    for clients in CLIENTS {
        let clients = rows.by_ref().take(clients).map(|row| Toggling {
            session: session.clone(),
            row,
        });
        all.served.push(Served {
            title: "turn a gateway on or off".to_owned(),
            form: Form::Toggle,
            rows: None,
            load: load::run(session.address, clients.collect(), scale).await?,
        });
    }
    Ok(())
}

/// Gateways that are complete, so that they can be enabled.
async fn switchable(session: &Session) -> Fallible<impl Iterator<Item = GatewayRow> + use<>> {
    let query = ListQuery {
        size: "1000".to_owned(),
        ..ListQuery::default()
    };
    let answer = session.ask(session.list(&query)?).await?;
    let page: Page<GatewayRow> = serde_json::from_slice(&answer.body)?;
    let complete = |row: &GatewayRow| row.flow.is_some() && row.provider == Provider::Custom;
    Ok(page.rows.into_iter().filter(complete))
}
