//! The panel: cast, quotes and claims as lists, drawn with web-sys for the popup and the playground.
