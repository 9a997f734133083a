//! Sends what the crate encodes, and nothing of its own but what every request of HTTP/1.1 has.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use keyturn_request::Encoded;

pub(crate) fn send(encoded: &Encoded, port: u16) {
    let mut text = format!("{} {} HTTP/1.1\r\nHost: recorder\r\n", encoded.method, encoded.target);
    for (name, value) in &encoded.headers {
        text.extend([name, ": ", value, "\r\n"]);
    }
    if let Some(body) = &encoded.body {
        text.extend(["Content-Length: ", &body.len().to_string(), "\r\n"]);
    }
    text.push_str("\r\n");
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.write_all(text.as_bytes()).unwrap();
    stream.write_all(encoded.body.as_deref().unwrap_or_default()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
}
