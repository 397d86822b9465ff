//! https: who is trusted, and what is said when nobody is.

use crate::stand_in::{Names, StandIn, get};
use fetch::{Builder, Client, Failure, Guard};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use std::{net::SocketAddr, sync::Arc};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

/// A server with a certificate of its own for this name, and the certificate.
async fn secure(name: &str) -> (SocketAddr, Vec<u8>) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed([name.to_owned()]).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![cert.der().clone()],
            PrivateKeyDer::Pkcs8(signing_key.serialize_der().into()),
        )
        .unwrap();
    let (acceptor, listener) = (
        TlsAcceptor::from(Arc::new(config)),
        TcpListener::bind("127.0.0.1:0").await.unwrap(),
    );
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // A client that trusts nobody hangs up here.
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let mut read = [0; 4_096];
            let _ = stream.read(&mut read).await;
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                .await;
            let _ = stream.shutdown().await;
        }
    });
    (address, cert.der().to_vec())
}

fn client() -> Builder {
    Client::builder(Guard::parse(["127.0.0.1"]).unwrap()).resolver(Names::of([&["127.0.0.1"]]))
}

#[tokio::test]
async fn a_trusted_certificate_of_the_right_name_is_taken() {
    let (address, certificate) = secure("shop.example").await;
    let client = client().trust(certificate).build();
    let answer = client
        .send(get(&format!("https://shop.example:{}/", address.port())))
        .await
        .unwrap();
    assert_eq!(&answer.body[..], b"ok");
    let failure = client
        .send(get(&format!("https://other.example:{}/", address.port())))
        .await
        .unwrap_err();
    assert!(matches!(failure, Failure::Tls { .. }), "{failure:?}");
}

#[tokio::test]
async fn an_unknown_certificate_is_refused_in_words() {
    let (address, _) = secure("shop.example").await;
    let host = format!("shop.example:{}", address.port());
    let failure = client()
        .build()
        .send(get(&format!("https://{host}/?key=SECRET")))
        .await
        .unwrap_err();
    assert!(matches!(failure, Failure::Tls { .. }), "{failure:?}");
    assert_eq!(
        failure.to_string(),
        format!(
            "There is no secure connection to {host}: invalid peer certificate: UnknownIssuer. Check its certificate, and \
             that the port speaks https."
        )
    );
}

#[tokio::test]
async fn a_port_that_speaks_no_https_is_said_so() {
    for said in ["HTTP/1.1 400 Bad Request\r\n\r\n", ""] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serve = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(said.as_bytes()).await.unwrap();
        };
        let url = format!("https://plain.example:{}/", address.port());
        let client = client().build();
        let ((), result) = tokio::join!(serve, client.send(get(&url)));
        let failure = result.unwrap_err();
        assert!(matches!(failure, Failure::Tls { .. }), "{said:?}: {failure:?}");
    }
}

#[tokio::test]
async fn https_to_a_forbidden_address_is_refused_before_the_connection() {
    let server = StandIn::saying("").await;
    let url = format!("https://{}/", server.address);
    let result = Client::new(Guard::default()).send(get(&url)).await;
    assert!(matches!(result, Err(Failure::ForbiddenAddress { .. })), "{result:?}");
    assert_eq!(server.connections(), 0);
}
