//! Roles.

use crate::{NOW, role, secret};
use model::{Grants, Letter, RoleColumn, Section, Version};
use store::{
    Error, Unique, roles,
    users::{self, NewUser},
};

store::databases! {
    async fn the_built_in_roles_grant_what_they_promise(store: &TestStore) {
        let conn = store.read();
        let read = Section::ALL.into_iter().fold(Grants::default(), |grants, section| grants.with(section, Letter::Read));
        let expected = [
            ("Administrator", Grants::ALL),
            ("Operator", read.with(Section::ChatGateways, Letter::Update)),
            ("Viewer", read),
        ];
        let all = roles::all(conn).await.unwrap();
        for (found, (name, grants)) in all.iter().zip(expected) {
            let role = roles::get(conn, found.id).await.unwrap().unwrap();
            assert_eq!((role.name.as_str(), role.grants, role.built_in), (name, grants, true));
        }
    }

    async fn what_was_saved_is_read_back_and_changed(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let grants = Grants::default().with(Section::Flows, Letter::Read);
        let id = roles::insert(&tx, &role("Редактор", grants), NOW, "anna").await.unwrap();
        assert_eq!(roles::get(&tx, id).await.unwrap().unwrap().grants, grants);
        assert!(roles::update(&tx, id, Version(1), &role("Редактор", Grants::ALL), NOW, "bob").await.unwrap());
        assert!(!roles::update(&tx, id, Version(1), &role("X", grants), NOW, "bob").await.unwrap());
        let read = roles::get(&tx, id).await.unwrap().unwrap();
        assert_eq!((read.grants, read.version, read.stamps.updated_by.as_str()), (Grants::ALL, Version(2), "bob"));
        let again = roles::insert(&tx, &role("редактор", grants), NOW, "anna").await;
        assert!(matches!(again, Err(Error::Conflict(Unique::RoleName))), "{again:?}");
    }

    async fn a_built_in_role_can_be_neither_changed_nor_removed(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let id = roles::administrator(&tx).await.unwrap();
        assert!(!roles::update(&tx, id, Version(1), &role("X", Grants::default()), NOW, "bob").await.unwrap());
        assert_eq!(roles::remove(&tx, &[id]).await.unwrap(), 0);
    }

    async fn one_that_somebody_has_is_not_removed(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let id = roles::insert(&tx, &role("Used", Grants::ALL), NOW, "anna").await.unwrap();
        let free = roles::insert(&tx, &role("Free", Grants::ALL), NOW, "anna").await.unwrap();
        let hash = secret("hash");
        let new = NewUser {
            name: "bob",
            password_hash: &hash,
            must_change_password: false,
            disabled: false,
            roles: &[id].into(),
        };
        users::insert(&tx, &new, NOW, "anna").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(roles::user_count(store.read(), &[id, free]).await.unwrap(), [(id, 1)]);
        assert_eq!(roles::rows(store.read(), &[id]).await.unwrap()[0].users, 1);
        let request = model::ListQuery::default().parse::<RoleColumn>().unwrap();
        assert_eq!(roles::page(store.read(), &request).await.unwrap().rows.len(), 5);
        let tx = store.begin().await.unwrap();
        let error = roles::remove(&tx, &[id]).await;
        assert!(matches!(error, Err(Error::InUse)), "{error:?}");
        drop(tx);
        let tx = store.begin().await.unwrap();
        assert_eq!(roles::remove(&tx, &[free]).await.unwrap(), 1);
    }
}
