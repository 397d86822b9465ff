//! Which gateways use a flow schema.

use super::raw;
use crate::{
    Connection, Error,
    entity::gateway,
    row,
    sql::{CHUNK, Sql},
};
use model::{FlowId, GatewayId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// The gateways that use a flow schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedBy {
    /// The flow schema.
    pub flow: FlowId,
    /// How many gateways use it.
    pub count: u64,
    /// The first of them by name, at most [`UsedBy::NAMED`].
    pub first: Vec<(GatewayId, String)>,
}

impl UsedBy {
    /// How many gateways are named.
    pub const NAMED: u64 = 5;
}

/// Which of these flow schemas gateways use, how many and the first ones; unused ones are left out.
///
/// # Errors
///
/// [`Error::Database`].
pub async fn used_by(conn: &impl Connection, ids: &[FlowId]) -> Result<Vec<UsedBy>, Error> {
    let mut used = Vec::new();
    for ids in raw(ids).chunks(CHUNK) {
        let mut sql = Sql::new("SELECT flow_id, COUNT(*) AS n FROM gateways WHERE flow_id IN ");
        sql.bind_list(ids.iter().copied())
            .push(" GROUP BY flow_id ORDER BY flow_id");
        for result in sql.all(conn).await? {
            let flow: i64 = row::get(&result, "flow_id")?;
            let first: Vec<(i64, String)> = gateway::Entity::find()
                .select_only()
                .columns([gateway::Column::Id, gateway::Column::Name])
                .filter(gateway::Column::FlowId.eq(flow))
                .order_by_asc(gateway::Column::NameFolded)
                .order_by_asc(gateway::Column::Id)
                .limit(UsedBy::NAMED)
                .into_tuple()
                .all(conn)
                .await?;
            used.push(UsedBy {
                flow: FlowId(flow),
                count: row::count(&result, "n")?,
                first: first.into_iter().map(|(id, name)| (GatewayId(id), name)).collect(),
            });
        }
    }
    Ok(used)
}
