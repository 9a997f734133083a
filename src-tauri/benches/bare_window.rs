//! The least that Tauri can show: a window with one field. What ours costs beyond it is ours.

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .run(tauri::generate_context!("src-tauri/benches/bare/tauri.conf.json"))
}
