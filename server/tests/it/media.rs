//! Files of peers by their signed addresses.

use crate::support::{Client, Server, log};
use axum::http::Method;
use engine::Clock;
use model::{DeliveryId, GatewayId, Timestamp};
use std::time::Duration;
use store::media::{self, Media, MediaId};

const BYTES: &[u8] = b"\x89PNG\r\n\x1a\n and more";
const HOUR: Duration = Duration::from_hours(1);

/// Keeps a file and gives its address.
async fn kept(server: &Server, number: u8, name: &str, mime: &str) -> String {
    let now = server.clock.now();
    let media = Media {
        id: MediaId([number; 16]),
        gateway: GatewayId(1),
        came_with: (DeliveryId(i64::from(number)), 0),
        name: name.to_owned(),
        mime: mime.to_owned(),
        size: BYTES.len() as u64,
        sha256: String::new(),
        created_at: now,
        expires_at: now.after(HOUR * 24),
    };
    let tx = server.cx.store.begin().await.unwrap();
    assert!(media::insert(&tx, &media).await.unwrap());
    tx.commit().await.unwrap();
    let path = path(server, media.id);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, BYTES).unwrap();
    address(server, media.id, now.after(HOUR), name)
}

fn path(server: &Server, id: MediaId) -> std::path::PathBuf {
    let name = id.to_string();
    server.cx.policy.media.folder.join(&name[..2]).join(name)
}

fn address(server: &Server, id: MediaId, until: Timestamp, name: &str) -> String {
    let signature = media::sign(server.cx.store.read(), id, until);
    format!("/media/{id}/{name}?e={}&s={signature}", until.0)
}

/// What everybody gets who has no address that works.
async fn is_nothing(visitor: &Client, path: &str) {
    let answer = visitor.get(path).await;
    let body = "There is nothing at this address, or not any more.";
    assert_eq!((answer.status, answer.body.as_str()), (404, body), "{path}");
    assert_eq!(answer.header("content-disposition"), "", "{path}");
}

store::databases! {
    async fn a_picture_is_shown_to_whoever_has_its_address(store: &TestStore) {
        let server = Server::start(store).await;
        let url = kept(&server, 1, "cat.png", "image/png").await;
        let visitor = server.visitor();
        let answer = visitor.get(&url).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "image/png"));
        assert_eq!(answer.header("content-disposition"), "inline; filename=\"cat.png\"; filename*=UTF-8''cat.png");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cache-control"), "private, no-store");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none';") && policy.contains("; sandbox;"), "{policy}");
        assert!(answer.header("set-cookie").is_empty());
        assert!(!log::text().contains(&url), "the address is a key");

        let head = visitor.send(Method::HEAD, &url, &[], Vec::new()).await;
        assert_eq!((head.status, head.header("content-length")), (200, BYTES.len().to_string().as_str()));
        assert!(head.body.is_empty());
        let part = visitor.send(Method::GET, &url, &[("range", "bytes=1-3")], Vec::new()).await;
        assert_eq!((part.status, part.body.as_str()), (206, "PNG"));
        assert_eq!(visitor.send(Method::POST, &url, &[], Vec::new()).await.status, 405);
    }

    async fn what_could_run_in_a_browser_is_only_saved(store: &TestStore) {
        let server = Server::start(store).await;
        let kinds = [("a.html", "text/html"), ("a.svg", "image/svg+xml"), ("a.pdf", "application/pdf"), ("ї", "text/plain")];
        for (number, (name, mime)) in (1..).zip(kinds) {
            let url = kept(&server, number, name, mime).await;
            let url = url.replace('ї', "x");
            let answer = server.visitor().get(&url).await;
            assert_eq!((answer.status, answer.header("content-type")), (200, mime));
            assert!(answer.header("content-disposition").starts_with("attachment;"), "{name}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
        }
    }

    async fn what_is_forged_changed_or_over_is_nothing(store: &TestStore) {
        let server = Server::start(store).await;
        let visitor = server.visitor();
        let url = kept(&server, 1, "cat.png", "image/png").await;
        let other = kept(&server, 2, "dog.png", "image/png").await;
        let (path_of_one, proof) = url.split_once('?').unwrap();
        let (path_of_other, _) = other.split_once('?').unwrap();
        let later = url.replace("?e=", "?e=1");
        let flipped = if url.ends_with('A') { "B" } else { "A" };
        for forged in [
            path_of_one.to_owned(),
            format!("{path_of_one}?{}", proof.split_once('&').unwrap().0),
            format!("{path_of_other}?{proof}"),
            later,
            format!("{}{flipped}", &url[..url.len() - 1]),
            format!("{path_of_one}?e=9999999999999&s={}", "A".repeat(43)),
            format!("{path_of_one}?e=-1&s="),
            format!("/media/..%2f..%2f..%2fetc%2fpasswd/x?{proof}"),
            format!("/media/%2e%2e/%2e%2e?{proof}"),
            format!("/media/{}/x?{proof}", "0".repeat(31)),
            address(&server, MediaId([9; 16]), server.clock.now().after(HOUR), "x"),
        ] {
            is_nothing(&visitor, &forged).await;
        }
        assert_eq!(visitor.get(&url).await.status, 200);
        std::fs::remove_file(path(&server, MediaId([2; 16]))).unwrap();
        is_nothing(&visitor, &other).await;
        server.clock.advance(HOUR);
        is_nothing(&visitor, &url).await;
    }
}
