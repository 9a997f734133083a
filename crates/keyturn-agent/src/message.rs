//! Messages over the runtime's streams: [`keyturn_protocol::frame`] without blocking.

use keyturn_protocol::frame;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use zeroize::Zeroizing;

/// Reads one message; what it held is wiped with it.
pub(crate) async fn read(
    stream: &mut (impl AsyncRead + Unpin),
) -> std::io::Result<Zeroizing<Vec<u8>>> {
    let mut message = Zeroizing::new(Vec::new());
    loop {
        let mut header = [0; 4];
        stream.read_exact(&mut header).await?;
        let header = frame::Header::decode(header)?;
        stream.read_exact(frame::grow(&mut message, header.length)?).await?;
        if !header.more {
            return Ok(message);
        }
    }
}

/// Writes one message.
pub(crate) async fn write(
    stream: &mut (impl AsyncWrite + Unpin),
    message: &[u8],
) -> std::io::Result<()> {
    stream.write_all(&frame::split(message)).await?;
    stream.flush().await
}
