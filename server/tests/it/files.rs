//! The browser's files.

use crate::support::Server;
use axum::http::Method;

store::databases! {
    async fn files_need_no_session_and_are_asked_for_again(store: &TestStore) {
        let server = Server::start(store).await;
        let visitor = server.visitor();
        let css = visitor.get("/pkg/chat-gateways.css").await;
        assert_eq!((css.status, css.header("content-type")), (200, "text/css"));
        assert_eq!(css.header("cache-control"), "public, no-cache");
        assert!(css.body.contains("CanvasText"));
        let since = [("if-modified-since", css.header("last-modified"))];
        let again = visitor.send(Method::GET, "/pkg/chat-gateways.css", &since, Vec::new()).await;
        assert_eq!(again.status, 304);
        assert_eq!(visitor.get("/favicon.svg").await.header("content-type"), "image/svg+xml");
    }

    async fn a_file_that_was_compressed_by_the_build_is_sent_so(store: &TestStore) {
        let server = Server::start(store).await;
        let visitor = server.visitor();
        let br = [("accept-encoding", "gzip, br")];
        let css = visitor.send(Method::GET, "/pkg/chat-gateways.css", &br, Vec::new()).await;
        assert_eq!((css.header("content-encoding"), css.body.as_str()), ("br", "(compressed)"));
        let head = visitor.send(Method::HEAD, "/pkg/chat-gateways.css", &br, Vec::new()).await;
        assert_eq!((head.status, head.body.as_str()), (200, ""));
    }

    async fn nothing_outside_the_folder_is_a_file(store: &TestStore) {
        let server = Server::start(store).await;
        let visitor = server.visitor();
        for path in ["/pkg/../../etc/passwd", "/pkg/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd.txt", "/pkg/a.css"] {
            let answer = visitor.get(path).await;
            assert!(matches!(answer.status, 303 | 404), "{path}: {}", answer.status);
            assert!(!answer.body.contains("root:"), "{path}");
        }
    }
}
