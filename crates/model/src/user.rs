//! Users: the people who sign in to the product.

use crate::{FieldErrors, Fields, Grants, RoleId, RoleRef, Timestamp, UserId, Version, page::Column, parse_name};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The shortest password in characters.
pub const MIN_PASSWORD_CHARS: usize = 10;
/// The longest password in bytes; hashing a longer one would only cost time.
const MAX_PASSWORD_BYTES: usize = 1_024;

/// Checks a new password.
///
/// # Errors
///
/// A sentence for the field.
pub fn check_password(password: &str, user_name: &str) -> Result<(), String> {
    if password.chars().count() < MIN_PASSWORD_CHARS {
        return Err(format!("Use at least {MIN_PASSWORD_CHARS} characters."));
    }
    if password.len() > MAX_PASSWORD_BYTES {
        return Err(format!("Use at most {MAX_PASSWORD_BYTES} bytes."));
    }
    if password.to_lowercase() == user_name.to_lowercase() {
        return Err("Choose a password that is not the user's name.".to_owned());
    }
    let mut chars = password.chars();
    let first = chars.next();
    if chars.all(|c| Some(c) == first) {
        return Err("Choose a password of more than one repeated character.".to_owned());
    }
    Ok(())
}

/// When and by whom an object was created and last changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamps {
    /// When it was created.
    pub created_at: Timestamp,
    /// Who created it, by name.
    pub created_by: String,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Who changed it last, by name.
    pub updated_by: String,
    /// The file that keeps it as it is, by name, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_by: Option<String>,
}

/// A user in the registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    /// Their id.
    pub id: UserId,
    /// The name they sign in with.
    pub name: String,
    /// Their roles, by name.
    pub roles: Vec<String>,
    /// Whether they are kept out.
    pub disabled: bool,
    /// When they were last seen, if ever.
    pub last_seen_at: Option<Timestamp>,
    /// The row's version.
    pub version: Version,
}

/// A whole user; the password never leaves the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// The name they sign in with.
    pub name: String,
    /// Their roles.
    pub roles: Vec<RoleRef>,
    /// Whether they are kept out.
    pub disabled: bool,
    /// Whether they must choose a new password first.
    pub must_change_password: bool,
    /// The version.
    pub version: Version,
    /// When and by whom it was created and changed.
    pub stamps: Stamps,
}

/// The columns of the registry of users.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserColumn {
    /// Name.
    Name,
    /// State: enabled or disabled.
    State,
}

impl Column for UserColumn {
    const ALL: &'static [Self] = &[Self::Name, Self::State];

    fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::State => "state",
        }
    }
}

/// What a form says about a user, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserInput {
    /// The name to sign in with.
    pub name: String,
    /// Their roles.
    pub roles: BTreeSet<RoleId>,
    /// Whether they are kept out.
    pub disabled: bool,
    /// A new password; `None` keeps the present one.
    pub password: Option<crate::Secret<String>>,
}

impl UserInput {
    /// The most roles that one user has.
    pub const MAX_ROLES: usize = 100;

    /// The form's key of one role's checkbox: `role.3`.
    #[must_use]
    pub fn role_key(role: RoleId) -> String {
        format!("role.{role}")
    }

    /// Checks a form: `name`, `disabled`, `password` and a switch for each role; `new` needs a password.
    ///
    /// # Errors
    ///
    /// A sentence for each field that is wrong.
    pub fn parse(fields: &Fields, new: bool) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", parse_name(fields.get("name")));
        let mut roles = BTreeSet::new();
        for (key, value) in fields.iter() {
            if let Some(id) = key.strip_prefix("role.").filter(|_| value == "true") {
                match id.parse() {
                    Ok(id) => _ = roles.insert(id),
                    Err(_) => errors.add(key, "This is no role."),
                }
            }
        }
        if roles.len() > Self::MAX_ROLES {
            errors.add("roles", format!("Give at most {} roles.", Self::MAX_ROLES));
        }
        let password = match fields.get("password") {
            "" if new => {
                errors.add(
                    "password",
                    "Enter a first password; it must be changed at the first sign-in.",
                );
                None
            }
            "" => None,
            password => {
                errors.take("password", check_password(password, &name));
                Some(crate::Secret::new(password.to_owned()))
            }
        };
        let disabled = fields.get("disabled") == "true";
        errors.into_result(Self {
            name,
            roles,
            disabled,
            password,
        })
    }

    /// The form's fields of a user as they stand.
    #[must_use]
    pub fn fields(user: &User) -> Fields {
        let mut fields = Fields::default();
        fields.set("name", &user.name);
        fields.set("disabled", user.disabled.to_string());
        fields.set("password", "");
        for role in &user.roles {
            fields.set(Self::role_key(role.id), "true");
        }
        fields
    }
}

/// The user who looks at the page, as far as the page needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub grants: Grants,
    /// Whether they must choose a new password before anything else.
    pub must_change_password: bool,
    /// What stands before a gateway's URI in its callback URL: public base URL and `/chat`.
    pub callback_base: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_refused_in_words() {
        assert!(check_password("short", "anna").unwrap_err().contains("10"));
        assert!(check_password("aaaaaaaaaaaa", "anna").is_err());
        assert!(check_password("Administrator", "administrator").is_err());
        assert!(check_password(&"xy".repeat(600), "anna").is_err());
        assert_eq!(check_password("correct horse battery", "anna"), Ok(()));
    }

    #[test]
    fn nobody_gets_more_than_a_hundred_roles() {
        let mut fields = Fields::default();
        fields.set("name", "Anna");
        for id in 1..=101 {
            fields.set(UserInput::role_key(RoleId(id)), "true");
        }
        assert!(UserInput::parse(&fields, false).unwrap_err().get("roles").is_some());
    }

    #[test]
    fn a_new_user_needs_a_password_and_a_saved_one_keeps_theirs() {
        let mut fields = Fields::default();
        fields.set("name", "Anna");
        fields.set("role.2", "true");
        fields.set("role.3", "false");
        assert!(UserInput::parse(&fields, true).unwrap_err().get("password").is_some());
        let input = UserInput::parse(&fields, false).unwrap();
        assert_eq!(input.roles, BTreeSet::from([RoleId(2)]));
        assert!(input.password.is_none());
    }
}
