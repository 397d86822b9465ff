//! A browser in which somebody is signed in.

use crate::support::Product;
use axum::{
    body::{Body, to_bytes},
    http::{Method, Request, header},
};
use engine::{access::Actor, setup, users};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use model::{Fields, Secret, UserInput};
use serde_json::json;

const PASSWORD: &str = "correct horse battery";

pub struct Browser {
    url: String,
    cookie: String,
}

/// What was answered.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl Page {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Browser {
    /// The administrator's.
    pub async fn administrator(product: &Product) -> Self {
        let password = Secret::new(PASSWORD.to_owned());
        setup::first_administrator(&product.cx, "admin", Some(&password))
            .await
            .unwrap();
        Self::sign_in(product, "admin").await
    }

    /// One of somebody who may only look.
    pub async fn viewer(product: &Product) -> Self {
        let roles = store::roles::all(product.cx.store.read()).await.unwrap();
        let viewer = roles.iter().find(|role| role.name == "Viewer").unwrap();
        let mut fields = Fields::default();
        fields.set("name", "vera");
        fields.set("password", PASSWORD);
        fields.set(UserInput::role_key(viewer.id), "true");
        users::create(&product.cx, &Actor::System, &fields).await.unwrap();
        Self::sign_in(product, "vera").await
    }

    /// Another one of somebody who is known.
    pub async fn sign_in(product: &Product, name: &str) -> Self {
        let password = Secret::new(PASSWORD.to_owned());
        users::reset_password(&product.cx, name, &password, false)
            .await
            .unwrap();
        Self::again(product, name).await
    }

    /// One more session beside those that are there.
    pub async fn again(product: &Product, name: &str) -> Self {
        let mut browser = Self::nobody(product);
        let body = json!({"name": name, "password": PASSWORD}).to_string();
        let page = browser
            .send(Method::POST, "/api/session/sign_in", "application/json", body)
            .await;
        assert_eq!(page.status, 200, "{}", page.body);
        let cookie = page.header("set-cookie").split(';').next().unwrap();
        browser.cookie.push_str(cookie);
        browser
    }

    /// One in which nobody is signed in.
    pub fn nobody(product: &Product) -> Self {
        Self {
            url: product.url(),
            cookie: String::new(),
        }
    }

    pub async fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path, "", String::new()).await
    }

    /// Sends a form without a field.
    pub async fn press(&self, path: &str) -> Page {
        self.send(Method::POST, path, "application/x-www-form-urlencoded", String::new())
            .await
    }

    /// Calls a server function.
    pub async fn call(&self, path: &str, arguments: serde_json::Value) -> Page {
        let path = format!("/api/{path}");
        self.send(Method::POST, &path, "application/json", arguments.to_string())
            .await
    }

    async fn send(&self, method: Method, path: &str, kind: &str, body: String) -> Page {
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url))
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, kind)
            .header(header::ORIGIN, &self.url)
            .header(header::COOKIE, &self.cookie)
            .body(Body::from(body))
            .unwrap();
        let http = Client::builder(TokioExecutor::new()).build_http();
        let response = http.request(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(Body::new(body), usize::MAX).await.unwrap();
        Page {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}
