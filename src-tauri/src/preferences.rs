//! How the user wants the window to be, in `config.toml`: nothing here is a security matter.
//!
//! The file is read when it is asked for, so that an edit by hand counts at the next start. A file that is
//! not understood never keeps the window from opening: it opens as it comes, and says what is wrong.

use keyturn_protocol::ApiError;
use keyturn_protocol::config_file::{ConfigFile, WINDOW};
use serde::{Deserialize, Serialize};

mod keys;

use self::keys::ChosenKeys;
use crate::appearance::{Appearance, Contrast, Density, Language, Motion, TextSize, Theme};

/// The window's section of the file. Every value is always written: none may be optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default)]
pub(crate) struct Preferences {
    /// Closing the window no longer says what goes on without it.
    pub(crate) closing_explained: bool,
    /// Its colours.
    pub(crate) theme: Theme,
    /// How close its rows are.
    pub(crate) density: Density,
    /// How large its text is, in hundredths of its own size.
    pub(crate) text_size: TextSize,
    /// How strongly its lines and words stand out.
    pub(crate) contrast: Contrast,
    /// Whether anything moves.
    pub(crate) motion: Motion,
    /// Its language; empty for the system's.
    pub(crate) language: Language,
    /// Letters and signs do nothing alone: only keys with Ctrl, arrows and the like act.
    pub(crate) letters_off: bool,
    /// The sidebar is hidden.
    pub(crate) sidebar_hidden: bool,
    /// How wide the list is, in pixels at the usual size of text.
    pub(crate) list_width: ListWidth,
    /// The keys of actions that have others than they come with.
    pub(crate) keys: ChosenKeys,
}

/// The list's width: from 280 to 480.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "number"))]
#[serde(try_from = "u16")]
pub(crate) struct ListWidth(u16);

impl Default for ListWidth {
    fn default() -> Self {
        Self(340)
    }
}

impl TryFrom<u16> for ListWidth {
    type Error = String;

    fn try_from(width: u16) -> Result<Self, String> {
        let fits = (280..=480).contains(&width);
        fits.then_some(Self(width))
            .ok_or_else(|| format!("list_width is {width}, and not 280 to 480"))
    }
}

impl Preferences {
    /// What of it a page shows before it has asked for anything.
    pub(crate) fn appearance(&self) -> Appearance {
        Appearance {
            theme: self.theme,
            density: self.density,
            text_size: self.text_size,
            contrast: self.contrast,
            motion: self.motion,
            language: self.language.clone(),
        }
    }
}

/// The preferences as they count now.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct PreferencesView {
    preferences: Preferences,
    /// What is wrong with the file; the preferences are then those that the window comes with.
    problem: Option<ApiError>,
}

/// Reads the preferences.
pub(crate) fn show(file: &ConfigFile) -> PreferencesView {
    match file.read(WINDOW) {
        Ok(preferences) => PreferencesView { preferences, problem: None },
        Err(error) => PreferencesView {
            preferences: Preferences::default(),
            problem: Some(ApiError::from(&error)),
        },
    }
}

/// The preferences as they count now, whatever is wrong with their file.
pub(crate) fn current(file: &ConfigFile) -> Preferences {
    show(file).preferences
}

/// Keeps the preferences. A file that is not understood is the user's to correct.
pub(crate) fn set(file: &ConfigFile, preferences: &Preferences) -> Result<(), ApiError> {
    file.write(WINDOW, preferences).map_err(|error| ApiError::from(&error))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use keyturn_protocol::{ErrorCode, Home};

    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, ConfigFile) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config.toml"), text).unwrap();
        let home = Home::resolve(Some(folder.path().to_owned()), 1, |_| None).unwrap();
        (folder, ConfigFile::of(&home))
    }

    fn keys(given: &[(&str, &str)]) -> ChosenKeys {
        let all = given.iter().map(|(action, keys)| ((*action).to_owned(), (*keys).to_owned()));
        ChosenKeys::try_from(all.collect::<BTreeMap<_, _>>()).unwrap()
    }

    #[test]
    fn what_was_set_counts_from_then_on() {
        let (_folder, file) = file("");
        assert!(!current(&file).closing_explained);
        let wanted = Preferences {
            closing_explained: true,
            theme: Theme::Dark,
            density: Density::Compact,
            text_size: TextSize::try_from(150).unwrap(),
            contrast: Contrast::More,
            motion: Motion::Reduced,
            letters_off: true,
            sidebar_hidden: true,
            list_width: ListWidth::try_from(420).unwrap(),
            language: Language::try_from("de-AT".to_owned()).unwrap(),
            keys: keys(&[("lock", "Ctrl+Shift+L"), ("timeline", "G Y")]),
        };
        set(&file, &wanted).unwrap();
        assert_eq!(current(&file), wanted);
    }

    #[test]
    fn a_value_that_there_is_not_is_refused_with_its_name() {
        for line in [
            "theme = \"mauve\"",
            "text_size = 300",
            "list_width = 1000",
            "language = \"</script>\"",
            "keys = { lock = \"Ctrl+Banana\" }",
        ] {
            let (_folder, file) = file(&format!("[window]\n{line}\n"));
            let shown = show(&file);
            assert_eq!(shown.preferences, Preferences::default(), "{line}");
            assert!(shown.problem.unwrap().message.contains("[window]"), "{line}");
        }
    }

    #[test]
    fn keys_that_are_set_back_leave_the_file_and_the_rest_of_it_stays() {
        let text = "[window]\n[window.keys] # mine\nlock = \"Ctrl+J\"\nteleport = \"F9\" # later\n";
        let (folder, file) = file(text);
        let mut wanted = current(&file);
        assert_eq!(wanted.keys, keys(&[("lock", "Ctrl+J"), ("teleport", "F9")]));
        wanted.keys = keys(&[("edit", "Ctrl+I"), ("teleport", "F9")]);
        set(&file, &wanted).unwrap();
        assert_eq!(current(&file), wanted);
        let kept = std::fs::read_to_string(folder.path().join("config.toml")).unwrap();
        assert!(kept.contains("teleport = \"F9\" # later\n"), "{kept}");
        assert!(kept.contains("# mine") && !kept.contains("lock"), "{kept}");
    }

    #[test]
    fn a_broken_file_gives_the_window_as_it_comes_and_says_why() {
        let (_folder, file) = file("[window\n");
        let shown = show(&file);
        assert_eq!(shown.preferences, Preferences::default());
        assert!(shown.problem.unwrap().message.contains("config.toml is not understood"));
        let refused = set(&file, &Preferences::default()).unwrap_err();
        assert_eq!(refused.code, ErrorCode::InvalidInput);
    }
}
