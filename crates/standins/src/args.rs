//! The arguments of a call, however they came: as a query, a form, JSON or `multipart/form-data`.

use bytes::Bytes;
use http::{HeaderMap, Uri, header};
use serde_json::Value;
use std::convert::Infallible;

/// A body or an argument that can't be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unreadable(pub String);

/// Arguments as text, as the servers of Telegram and Meta keep them: what is an object in JSON is its text here.
#[derive(Clone, Debug, Default)]
pub(crate) struct Args {
    values: Vec<(String, String)>,
    pub files: Vec<Uploaded>,
}

/// A file within a call.
#[derive(Clone, Debug)]
pub(crate) struct Uploaded {
    pub field: String,
    pub name: String,
    pub mime: String,
    pub bytes: Bytes,
}

impl Args {
    pub async fn read(uri: &Uri, headers: &HeaderMap, body: Bytes) -> Result<Self, Unreadable> {
        let mut args = Self::default();
        if let Some(query) = uri.query() {
            args.add_form(query.as_bytes());
        }
        let mime = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        args.add_body(mime.unwrap_or_default(), body).await?;
        Ok(args)
    }

    /// The arguments in a body alone.
    pub async fn of_body(mime: &str, body: Bytes) -> Result<Self, Unreadable> {
        let mut args = Self::default();
        args.add_body(mime, body).await?;
        Ok(args)
    }

    async fn add_body(&mut self, mime: &str, body: Bytes) -> Result<(), Unreadable> {
        if body.is_empty() {
            return Ok(());
        }
        let kind = mime.split(';').next().unwrap_or_default().trim();
        if kind.eq_ignore_ascii_case("application/json") {
            return self.add_json(&body);
        }
        if kind.eq_ignore_ascii_case("multipart/form-data") {
            return self.add_multipart(mime, body).await;
        }
        self.add_form(&body);
        Ok(())
    }

    fn add_form(&mut self, form: &[u8]) {
        let pairs = url::form_urlencoded::parse(form);
        self.values
            .extend(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())));
    }

    fn add_json(&mut self, body: &[u8]) -> Result<(), Unreadable> {
        let Ok(Value::Object(fields)) = serde_json::from_slice(body) else {
            return Err(Unreadable("can't parse JSON object".to_owned()));
        };
        for (name, value) in fields {
            match value {
                Value::Null => {}
                Value::String(text) => self.values.push((name, text)),
                other => self.values.push((name, other.to_string())),
            }
        }
        Ok(())
    }

    async fn add_multipart(&mut self, mime: &str, body: Bytes) -> Result<(), Unreadable> {
        let broken = |_| Unreadable("can't parse multipart/form-data".to_owned());
        let boundary = multer::parse_boundary(mime).map_err(broken)?;
        let stream = futures::stream::iter([Ok::<_, Infallible>(body)]);
        let mut parts = multer::Multipart::new(stream, boundary);
        while let Some(part) = parts.next_field().await.map_err(broken)? {
            let field = part.name().unwrap_or_default().to_owned();
            let name = part.file_name().map(str::to_owned);
            let mime = part.content_type().map(ToString::to_string).unwrap_or_default();
            match name {
                Some(name) => {
                    let bytes = part.bytes().await.map_err(broken)?;
                    self.files.push(Uploaded {
                        field,
                        name,
                        mime,
                        bytes,
                    });
                }
                None => self.values.push((field, part.text().await.map_err(broken)?)),
            }
        }
        Ok(())
    }

    /// An argument; empty if it is not given.
    pub fn text(&self, name: &str) -> &str {
        self.given(name).unwrap_or_default()
    }

    /// An argument, if it is given.
    pub fn given(&self, name: &str) -> Option<&str> {
        let found = self.values.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.as_str())
    }

    /// An integer; what is no integer counts as not given, and what is too large or small as the limit.
    pub fn clamped(&self, name: &str, default: i64, min: i64, max: i64) -> i64 {
        let given = self.given(name).and_then(|text| text.trim().parse().ok());
        given.map_or(default, |number: i64| number.clamp(min, max))
    }

    pub fn flag(&self, name: &str) -> bool {
        matches!(self.text(name).to_ascii_lowercase().as_str(), "true" | "yes" | "1")
    }

    /// An argument that is JSON.
    pub fn json(&self, name: &str) -> Option<Result<Value, Unreadable>> {
        let text = self.given(name).filter(|text| !text.is_empty())?;
        let read = serde_json::from_str(text);
        Some(read.map_err(|_| Unreadable(format!("can't parse {} JSON object", name.replace('_', " ")))))
    }

    /// The file of a field: the field itself, or the one that it names with `attach://`.
    pub fn file(&self, name: &str) -> Option<&Uploaded> {
        let field = self.given(name).and_then(|text| text.strip_prefix("attach://"));
        let field = field.unwrap_or(name);
        self.files.iter().find(|file| file.field == field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn query_form_and_json_say_the_same() {
        let uri: Uri = "/m?chat_id=1&text=a%20b".parse().unwrap();
        let query = Args::read(&uri, &HeaderMap::new(), Bytes::new()).await.unwrap();
        let form = Args::of_body("application/x-www-form-urlencoded", "chat_id=1&text=a+b".into());
        let json = Args::of_body(
            "application/json; charset=utf-8",
            r#"{"chat_id":1,"text":"a b","x":null}"#.into(),
        );
        for args in [query, form.await.unwrap(), json.await.unwrap()] {
            assert_eq!(args.text("text"), "a b");
            assert_eq!(args.clamped("chat_id", 0, 0, 9), 1);
            assert_eq!(args.given("x"), None);
        }
    }

    #[tokio::test]
    async fn a_part_with_a_file_name_is_a_file() {
        let body = "--b\r\ncontent-disposition: form-data; name=\"chat_id\"\r\n\r\n1\r\n\
            --b\r\ncontent-disposition: form-data; name=\"x\"; filename=\"a.pdf\"\r\ncontent-type: application/pdf\r\n\r\n%PDF\r\n\
            --b\r\ncontent-disposition: form-data; name=\"document\"\r\n\r\nattach://x\r\n--b--\r\n";
        let args = Args::of_body("multipart/form-data; boundary=b", body.into())
            .await
            .unwrap();
        assert_eq!(args.text("chat_id"), "1");
        let file = args.file("document").unwrap();
        assert_eq!((file.name.as_str(), &file.bytes[..]), ("a.pdf", &b"%PDF"[..]));
        assert!(args.file("photo").is_none());
    }

    #[tokio::test]
    async fn a_body_that_is_no_object_is_refused() {
        let failure = Args::of_body("application/json", "[1]".into()).await.unwrap_err();
        assert_eq!(failure.0, "can't parse JSON object");
    }
}
