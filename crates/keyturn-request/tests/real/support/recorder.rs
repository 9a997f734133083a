//! A server on loopback that writes down each request to the byte, and answers with nothing.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// A request as it came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Recorded {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Recorded {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// The server.
pub(crate) struct Recorder {
    pub(crate) port: u16,
    came: Receiver<Recorded>,
}

impl Recorder {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tell, came) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let tell = tell.clone();
                std::thread::spawn(move || {
                    if let Some(recorded) = serve(stream) {
                        drop(tell.send(recorded));
                    }
                });
            }
        });
        Self { port, came }
    }

    /// The next request; none where nobody asked.
    pub(crate) fn next(&self) -> Option<Recorded> {
        self.came.recv_timeout(Duration::from_secs(20)).ok()
    }

    /// Whether there is one more.
    pub(crate) fn has_more(&self) -> bool {
        self.came.try_recv().is_ok()
    }
}

fn serve(stream: TcpStream) -> Option<Recorded> {
    let mut writer = stream.try_clone().ok()?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.trim_end().splitn(3, ' ');
    let method = words.next()?.to_owned();
    let mut recorded = Recorded { method, target: words.next()?.to_owned(), ..Recorded::default() };
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        recorded.headers.push((name.to_owned(), value.trim().to_owned()));
    }
    if recorded.header("expect").is_some() {
        writer.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
    }
    if recorded.header("transfer-encoding").is_some_and(|value| value.contains("chunked")) {
        recorded.body = chunks(&mut reader)?;
    } else if let Some(length) = recorded.header("content-length") {
        recorded.body = vec![0; length.parse().ok()?];
        reader.read_exact(&mut recorded.body).ok()?;
    }
    // Written down before it is answered: who got the answer finds it here.
    if recorded.target.starts_with("/moved") {
        let answer = "HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        writer.write_all(answer.as_bytes()).ok()?;
        return Some(recorded);
    }
    let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
    let answer = if recorded.method == "HEAD" { answer.trim_end_matches("{}") } else { answer };
    writer.write_all(answer.as_bytes()).ok()?;
    Some(recorded)
}

fn chunks(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let size = usize::from_str_radix(line.trim().split(';').next()?, 16).ok()?;
        let mut chunk = vec![0; size + 2];
        reader.read_exact(&mut chunk).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend(chunk.iter().take(size));
    }
}
