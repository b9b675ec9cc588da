//! The verdict's weights: made by `cargo xtask train page`, never by hand.

/// A feature's name, its value on the average page, and what it weighs in log-odds: for news against
/// everything else, and for one article against everything that is none.
pub type Weight = (&'static str, f32, f32, f32);

/// The log-odds of the average page, for news and for one article.
pub const BIAS: (f32, f32) = (0.409, 3.845);

/// In the order of the features.
pub const WEIGHTS: &[Weight] = &[
    ("marked as news", 0.382, 1.658, 0.145),
    ("marked as no article", 0.057, -0.574, -0.729),
    ("og:type something else", 0.179, -1.592, -1.125),
    ("section named", 0.276, 1.218, 1.008),
    ("publisher's marks", 0.534, 1.066, 0.563),
    ("outlet's name", 0.317, 1.548, 0.333),
    ("published", 0.569, 0.213, 2.509),
    ("signed", 0.602, 1.062, 1.101),
    ("long slug", 0.591, 0.109, 1.948),
    ("number", 0.301, 1.361, -1.028),
    ("front", 0.146, -1.417, -0.804),
    ("place of other things", 0.179, -1.893, -0.217),
    ("guide's slug", 0.049, -0.829, 0.176),
    ("words", 0.720, 0.581, 2.609),
    ("saying", 0.341, 2.903, 2.132),
    ("days of the week", 0.233, 1.706, 0.327),
    ("capitals", 0.715, 0.891, -1.173),
    ("many items", 0.159, -1.055, -2.077),
    ("speaks to the reader", 0.231, -1.866, -2.066),
    ("lists, tables, code", 0.078, -1.692, 0.694),
    ("subheads", 0.220, -0.997, 1.983),
    ("sponsored links", 0.016, -0.774, 0.331),
];
