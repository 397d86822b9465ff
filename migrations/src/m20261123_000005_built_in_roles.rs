//! The roles that every installation has.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const SECTIONS: [&str; 4] = ["chat_gateways", "flows", "users", "roles"];

struct Role {
    name: &'static str,
    folded: &'static str,
    description: &'static str,
    description_folded: &'static str,
    letters: [&'static str; 4],
}

const ROLES: [Role; 3] = [
    Role {
        name: "Administrator",
        folded: "administrator",
        description: "May do everything.",
        description_folded: "may do everything.",
        letters: ["crud"; 4],
    },
    Role {
        name: "Operator",
        folded: "operator",
        description: "Sees everything, changes and enables chat gateways.",
        description_folded: "sees everything, changes and enables chat gateways.",
        letters: ["ru", "r", "r", "r"],
    },
    Role {
        name: "Viewer",
        folded: "viewer",
        description: "Sees everything, changes nothing.",
        description_folded: "sees everything, changes nothing.",
        letters: ["r"; 4],
    },
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for role in &ROLES {
            let row = Query::insert()
                .into_table("roles")
                .columns([
                    "name",
                    "name_folded",
                    "description",
                    "description_folded",
                    "built_in",
                    "version",
                    "created_at",
                    "updated_at",
                ])
                .values_panic([
                    role.name.into(),
                    role.folded.into(),
                    role.description.into(),
                    role.description_folded.into(),
                    true.into(),
                    1i64.into(),
                    0i64.into(),
                    0i64.into(),
                ])
                .take();
            m.execute(row).await?;
            for (section, letters) in SECTIONS.into_iter().zip(role.letters) {
                let role_id = Query::select()
                    .column("id")
                    .expr(Expr::val(section))
                    .expr(Expr::val(letters))
                    .from("roles")
                    .and_where(Expr::col("name_folded").eq(role.folded))
                    .take();
                let grant = Query::insert()
                    .into_table("grants")
                    .columns(["role_id", "section", "letters"])
                    .select_from(role_id)
                    .map_err(|error| DbErr::Migration(error.to_string()))?
                    .take();
                m.execute(grant).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let roles = Query::delete()
            .from_table("roles")
            .and_where(Expr::col("built_in").eq(true))
            .take();
        m.execute(roles).await
    }
}
