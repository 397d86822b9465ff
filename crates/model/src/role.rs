//! Roles: named sets of grants.

use crate::{
    FieldErrors, Fields, Grants, Letter, RoleId, Section, Stamps, Version, name::check_text, page::Column, parse_name,
};
use serde::{Deserialize, Serialize};

/// A role by id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRef {
    /// Its id.
    pub id: RoleId,
    /// Its name.
    pub name: String,
}

/// A role in the registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRow {
    /// Its id.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Whether the product made it; then it can't be changed or removed.
    pub built_in: bool,
    /// How many users have it.
    pub users: u64,
    /// Its version.
    pub version: Version,
}

/// A whole role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Whether the product made it; then it can't be changed or removed.
    pub built_in: bool,
    /// What it grants.
    pub grants: Grants,
    /// Its version.
    pub version: Version,
    /// When and by whom it was created and changed.
    pub stamps: Stamps,
}

/// The columns of the registry of roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleColumn {
    /// Name.
    Name,
    /// Description.
    Description,
}

impl Column for RoleColumn {
    const ALL: &'static [Self] = &[Self::Name, Self::Description];

    fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Description => "description",
        }
    }
}

/// What a form says about a role, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleInput {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// What it grants.
    pub grants: Grants,
}

impl RoleInput {
    /// The longest description in characters.
    pub const MAX_DESCRIPTION_CHARS: usize = 1_000;

    /// The form's key of one checkbox of the matrix: `grant.flows.read`.
    #[must_use]
    pub fn grant_key(section: Section, letter: Letter) -> String {
        format!("grant.{}.{letter}", section.code())
    }

    /// Checks a form: `name`, `description` and a switch for each section and letter.
    ///
    /// # Errors
    ///
    /// A sentence for each field that is wrong.
    pub fn parse(fields: &Fields) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", parse_name(fields.get("name")));
        let description = fields.get("description").trim().to_owned();
        errors.take("description", check_text(&description, Self::MAX_DESCRIPTION_CHARS));
        let mut grants = Grants::default();
        for section in Section::ALL {
            for letter in Letter::ALL {
                let on = fields.get(&Self::grant_key(section, letter)) == "true";
                grants.set(section, letter, on);
            }
            if !grants.allows(section, Letter::Read) && !grants.letters(section).is_empty() {
                errors.add(
                    Self::grant_key(section, Letter::Read),
                    format!(
                        "Grant “Read” in {} too: nothing else works without it.",
                        section.label()
                    ),
                );
            }
        }
        errors.into_result(Self {
            name,
            description,
            grants,
        })
    }

    /// The form's fields of a role as it stands.
    #[must_use]
    pub fn fields(role: &Role) -> Fields {
        let mut fields = Fields::default();
        fields.set("name", &role.name);
        fields.set("description", &role.description);
        for section in Section::ALL {
            for letter in Letter::ALL {
                let on = role.grants.allows(section, letter);
                fields.set(Self::grant_key(section, letter), on.to_string());
            }
        }
        fields
    }
}
