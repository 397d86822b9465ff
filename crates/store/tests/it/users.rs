//! Users.

use crate::{NOW, role, secret};
use model::{Grants, Letter, ListQuery, RoleId, Section, UserColumn, UserId, Version};
use std::collections::BTreeSet;
use store::{
    Connection, Error, Unique, roles,
    users::{self, NewUser, UserChange},
};

async fn insert(conn: &impl Connection, name: &str, given: &[RoleId]) -> Result<UserId, Error> {
    let given: BTreeSet<RoleId> = given.iter().copied().collect();
    let hash = secret("hash");
    let new = NewUser {
        name,
        password_hash: &hash,
        must_change_password: true,
        disabled: false,
        roles: &given,
    };
    users::insert(conn, &new, NOW, "anna").await
}

store::databases! {
    async fn a_sign_in_finds_the_user_in_any_letter_case(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        assert!(!users::any(&tx).await.unwrap());
        let id = insert(&tx, "Оксана", &[]).await.unwrap();
        assert!(users::any(&tx).await.unwrap());
        let found = users::by_name(&tx, " ОКСАНА ").await.unwrap().unwrap();
        assert_eq!((found.id, found.name.as_str(), found.must_change_password), (id, "Оксана", true));
        assert_eq!(found.password_hash.expose(), "hash");
        assert!(!format!("{found:?}").contains("hash\""));
        assert!(users::by_name(&tx, "окс\0").await.unwrap().is_none());
        assert!(users::set_password(&tx, id, &secret("new"), false, NOW, "anna").await.unwrap());
        let found = users::credentials_of(&tx, id).await.unwrap().unwrap();
        assert_eq!((found.password_hash.expose().as_str(), found.must_change_password), ("new", false));
        let again = insert(&tx, "оксана", &[]).await;
        assert!(matches!(again, Err(Error::Conflict(Unique::UserName))), "{again:?}");
    }

    async fn grants_of_several_roles_are_joined(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let one = Grants::default().with(Section::Flows, Letter::Read);
        let two = Grants::default().with(Section::Flows, Letter::Update).with(Section::Users, Letter::Read);
        let first = roles::insert(&tx, &role("One", one), NOW, "anna").await.unwrap();
        let second = roles::insert(&tx, &role("Two", two), NOW, "anna").await.unwrap();
        let id = insert(&tx, "bob", &[second, first]).await.unwrap();
        assert_eq!(users::grants_of(&tx, id).await.unwrap(), one.union(two));
        assert_eq!(users::get(&tx, id).await.unwrap().unwrap().roles.len(), 2);
        tx.commit().await.unwrap();
        let page = users::page(store.read(), &ListQuery::default().parse::<UserColumn>().unwrap()).await.unwrap();
        assert_eq!(page.rows[0].roles, ["One", "Two"]);
        let missing = insert(&store.begin().await.unwrap(), "eve", &[RoleId(999)]).await;
        assert!(matches!(missing, Err(Error::Missing)), "{missing:?}");
    }

    async fn a_save_replaces_the_roles_and_keeps_the_password(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let administrator = roles::administrator(&tx).await.unwrap();
        let id = insert(&tx, "bob", &[administrator]).await.unwrap();
        let none = BTreeSet::new();
        let change = UserChange { name: "Bob", disabled: true, roles: &none };
        assert!(users::update(&tx, id, Version(1), &change, NOW, "anna").await.unwrap());
        assert!(!users::update(&tx, id, Version(1), &change, NOW, "anna").await.unwrap());
        let read = users::get(&tx, id).await.unwrap().unwrap();
        assert!(read.roles.is_empty() && read.disabled);
        assert_eq!((read.name.as_str(), read.version), ("Bob", Version(2)));
        assert_eq!(users::by_name(&tx, "bob").await.unwrap().unwrap().password_hash.expose(), "hash");
    }

    async fn administrators_who_may_sign_in_are_counted(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let administrator = roles::administrator(&tx).await.unwrap();
        let role: BTreeSet<RoleId> = [administrator].into();
        let first = insert(&tx, "a", &[administrator]).await.unwrap();
        let second = insert(&tx, "b", &[administrator]).await.unwrap();
        insert(&tx, "c", &[]).await.unwrap();
        assert_eq!(users::count_administrators(&tx, &[]).await.unwrap(), 2);
        assert_eq!(users::count_administrators(&tx, &[first]).await.unwrap(), 1);
        let off = UserChange { name: "b", disabled: true, roles: &role };
        assert!(users::update(&tx, second, Version(1), &off, NOW, "a").await.unwrap());
        assert_eq!(users::count_administrators(&tx, &[]).await.unwrap(), 1);
        assert_eq!(users::grants_of(&tx, first).await.unwrap(), Grants::ALL);
        assert_eq!(users::remove(&tx, &[first, second]).await.unwrap(), 2);
        assert_eq!(users::names(&tx, &[first]).await.unwrap(), []);
    }

    async fn two_who_demote_each_other_leave_one_administrator(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let administrator = roles::administrator(&tx).await.unwrap();
        let mut both = Vec::new();
        for name in ["a", "b"] {
            both.push((name, insert(&tx, name, &[administrator]).await.unwrap()));
        }
        tx.commit().await.unwrap();
        let tasks: Vec<_> = both
            .into_iter()
            .map(|(name, id)| {
                let store = store::Store::clone(store);
                tokio::spawn(async move {
                    let tx = store.begin().await.unwrap();
                    if users::count_administrators(&tx, &[id]).await.unwrap() > 0 {
                        let change = UserChange { name, disabled: true, roles: &BTreeSet::new() };
                        users::update(&tx, id, Version(1), &change, NOW, "x").await.unwrap();
                    }
                    tx.commit().await.unwrap();
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(users::count_administrators(store.read(), &[]).await.unwrap(), 1);
    }
}
