//! The icon's pixels. Trays take them without an installed icon theme.

use std::sync::LazyLock;

use ksni::Icon;

/// The app's icon at 32 × 32.
const PNG: &[u8] = include_bytes!("../../../../icons/32x32.png");

/// Decoded once: a tray is given it again with each change of its menu.
static ICON: LazyLock<Option<Icon>> = LazyLock::new(decoded);

/// The icon as the bus takes it; nothing where it cannot be decoded, and the tray shows its own.
pub(super) fn pixmap() -> Vec<Icon> {
    ICON.iter().cloned().collect()
}

fn decoded() -> Option<Icon> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(PNG)).read_info().ok()?;
    let mut pixels = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut pixels).ok()?;
    let rgba = (frame.color_type, frame.bit_depth) == (png::ColorType::Rgba, png::BitDepth::Eight);
    let data: Vec<u8> =
        pixels.chunks_exact(4).flat_map(|rgba| [rgba[3], rgba[0], rgba[1], rgba[2]]).collect();
    rgba.then_some(Icon {
        width: i32::try_from(frame.width).ok()?,
        height: i32::try_from(frame.height).ok()?,
        data,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_is_drawn_in_the_buss_order_of_colours() {
        let [icon] = &pixmap()[..] else { panic!("there is one icon") };
        assert_eq!((icon.width, icon.height), (32, 32));
        assert_eq!(icon.data.len(), 32 * 32 * 4);
        let (opaque, clear) =
            icon.data.chunks_exact(4).partition::<Vec<_>, _>(|argb| argb[0] == 255);
        assert!(!opaque.is_empty() && !clear.is_empty(), "a shape on a clear ground");
    }
}
