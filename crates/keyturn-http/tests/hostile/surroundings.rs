//! What the machine around Keyturn could do to a request: nothing.

use keyturn_http::{HttpTransport, Transport as _};

use crate::case::Case;
use crate::client::send_to;
use crate::support::server::{Server, Step};
use crate::support::{CANARY, get};

const PROXIES: [&str; 6] =
    ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];

fn ok() -> Vec<Step> {
    vec![Step::answer("200 OK", "", "{}")]
}

pub(crate) fn cases() -> Vec<Case> {
    vec![
        Case::new("proxy variables are ignored: a proxy gets no connection", async {
            let (proxy, server) = (Server::plain(ok()).await, Server::tls(ok()).await);
            let address = proxy.origin();
            let mut variables = PROXIES.map(|name| (name, address.as_str())).to_vec();
            variables.push(("NO_PROXY", ""));
            let told = send_to(&server, &variables).await;
            assert_eq!(told.outcome, "200 2");
            assert!(server.received().contains(CANARY), "the request went to its own server");
            assert_eq!((proxy.connections(), proxy.received()), (0, String::new()));
        }),
        Case::new("SSLKEYLOGFILE is ignored: no session key is written", async {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("keys");
            let server = Server::tls(ok()).await;
            let told = send_to(&server, &[("SSLKEYLOGFILE", file.to_str().unwrap())]).await;
            assert_eq!(told.outcome, "200 2");
            assert!(!file.exists(), "{}", file.display());
        }),
        Case::new("neither cookies nor a Referer are sent back", async {
            let headers = "set-cookie: id=tracked; path=/\r\nlocation: /next\r\n";
            let script = vec![
                Step::answer("302 Found", headers, ""),
                Step::NextRequest,
                Step::answer("200 OK", headers, "{}"),
            ];
            let server = Server::tls(script).await;
            let transport = HttpTransport::new();
            for path in ["/first", "/next"] {
                transport.send(&server.endpoint(), &get(path)).await.unwrap();
            }
            let received = server.received().to_lowercase();
            assert!(
                received.contains("get /first ") && received.contains("get /next "),
                "{received}"
            );
            for header in ["cookie", "referer", "tracked"] {
                assert!(!received.contains(header), "{received}");
            }
        }),
    ]
}
