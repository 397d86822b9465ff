//! Whether it is Infobip that calls.

use crate::{Account, Incoming, Refusal, signature::same};
use base64::{Engine, prelude::BASE64_STANDARD};
use http::Method;

/// Whom Infobip says it is when it proves itself with basic authorization.
const USER: &str = "gateway";

/// What Infobip is told to prove itself with.
pub(super) const PASSWORD: &str = "secret.callback";
/// What it was told before; good for a day more.
const FORMER: &str = "secret.callback.former";

/// Accepts the password of a gateway, and for a day the one before it.
pub(super) fn verify(account: &Account, incoming: &Incoming<'_>) -> Result<(), Refusal> {
    let present = verify_with(account.secret(PASSWORD), incoming);
    let former = verify_with(account.secret(FORMER), incoming);
    present.or_else(|refusal| former.map_err(|_| refusal))
}

/// Accepts basic authorization, and the secret as what follows the gateway's URI. One of the two is enough, but nothing else
/// may follow the URI.
fn verify_with(secret: &str, incoming: &Incoming<'_>) -> Result<(), Refusal> {
    if incoming.method != Method::POST {
        return Err(Refusal::Method);
    }
    let authorization = incoming.header("authorization");
    if authorization.is_none() && incoming.rest.is_empty() {
        return Err(Refusal::Unsigned);
    }
    let (user, password) = authorization.and_then(credentials).unwrap_or_default();
    // All is compared, whatever the first comparison says.
    let by_password = same(&user, USER) & same(&password, secret) & incoming.rest.is_empty();
    let by_path = same(incoming.rest, secret);
    if (by_password | by_path) & !secret.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Forged)
    }
}

fn credentials(authorization: &str) -> Option<(String, String)> {
    let (scheme, rest) = authorization.trim().split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(BASE64_STANDARD.decode(rest.trim()).ok()?).ok()?;
    let (user, password) = pair.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{self, account};
    use bytes::Bytes;
    use http::HeaderMap;
    use model::Settings;

    const SECRET: &str = "s3cret-s3cret";

    fn try_with(method: &Method, rest: &str, authorization: Option<&str>, secret: &str) -> Result<(), Refusal> {
        let mut headers = HeaderMap::new();
        if let Some(value) = authorization {
            headers.insert("authorization", value.parse().unwrap());
        }
        let incoming = Incoming {
            method,
            rest,
            query: "",
            headers: &headers,
            body: &Bytes::from_static(b"{}"),
        };
        verify_with(secret, &incoming)
    }

    fn basic(pair: &str) -> String {
        format!("Basic {}", BASE64_STANDARD.encode(pair))
    }

    #[test]
    fn the_right_password_or_the_right_path_opens() {
        let password = basic(&format!("gateway:{SECRET}"));
        assert_eq!(try_with(&Method::POST, "", Some(&password), SECRET), Ok(()));
        assert_eq!(try_with(&Method::POST, SECRET, None, SECRET), Ok(()));
        assert_eq!(try_with(&Method::POST, SECRET, Some("App key"), SECRET), Ok(()));
    }

    #[test]
    fn nothing_is_unsigned_and_anything_else_is_forged() {
        assert_eq!(try_with(&Method::POST, "", None, SECRET), Err(Refusal::Unsigned));
        for pair in ["gateway:wrong", "admin:s3cret-s3cret", "gateway", ":"] {
            let header = basic(pair);
            assert_eq!(
                try_with(&Method::POST, "", Some(&header), SECRET),
                Err(Refusal::Forged),
                "{pair}"
            );
        }
        for header in ["Basic !!!", "Bearer s3cret-s3cret", "Basic"] {
            assert_eq!(
                try_with(&Method::POST, "", Some(header), SECRET),
                Err(Refusal::Forged),
                "{header}"
            );
        }
        assert_eq!(try_with(&Method::POST, "s3cret", None, SECRET), Err(Refusal::Forged));
        let password = basic(&format!("gateway:{SECRET}"));
        let elsewhere = try_with(&Method::POST, "more", Some(&password), SECRET);
        assert_eq!(elsewhere, Err(Refusal::Forged));
    }

    #[test]
    fn without_a_secret_nobody_comes_in() {
        let empty = basic("gateway:");
        assert_eq!(try_with(&Method::POST, "", Some(&empty), ""), Err(Refusal::Forged));
    }

    #[test]
    fn the_former_password_opens_beside_the_present_one() {
        let opens = |secrets: &[(&str, &str)], rest: &str| {
            let account = account(
                Settings::Infobip(model::settings::Infobip::default()),
                secrets,
                "http://127.0.0.1/",
            );
            let (headers, body) = (HeaderMap::new(), Bytes::from_static(b"{}"));
            let incoming = Incoming {
                rest,
                ..testing::incoming(&Method::POST, "", &headers, &body)
            };
            verify(&account, &incoming)
        };
        let both = [(PASSWORD, "present-password"), (FORMER, "former-password")];
        assert_eq!(opens(&both, "present-password"), Ok(()));
        assert_eq!(opens(&both, "former-password"), Ok(()));
        assert_eq!(opens(&both[..1], "former-password"), Err(Refusal::Forged));
        assert_eq!(opens(&[], ""), Err(Refusal::Unsigned));
    }

    #[test]
    fn only_post_is_taken() {
        assert_eq!(try_with(&Method::GET, SECRET, None, SECRET), Err(Refusal::Method));
    }
}
