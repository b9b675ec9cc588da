//! The verdict's weights: made by `cargo xtask train page`, never by hand.

/// A feature's name, its value on the average page, and what it weighs in log-odds: for news against
/// everything else, and for one article against everything that is none.
pub type Weight = (&'static str, f32, f32, f32);

/// The log-odds of the average page, for news and for one article.
pub const BIAS: (f32, f32) = (0.748, 4.518);

/// In the order of the features.
pub const WEIGHTS: &[Weight] = &[
    ("marked as news", 0.402, 1.577, -0.136),
    ("marked as no article", 0.051, -0.757, -0.865),
    ("og:type something else", 0.154, -1.531, -1.198),
    ("section named", 0.291, 1.075, 0.891),
    ("publisher's marks", 0.550, 1.336, 1.157),
    ("outlet's name", 0.316, 1.668, 0.545),
    ("published", 0.598, 0.145, 2.363),
    ("signed", 0.607, 0.917, 1.288),
    ("long slug", 0.614, 0.097, 2.021),
    ("number", 0.316, 1.173, -1.484),
    ("front", 0.120, -1.258, -0.774),
    ("place of other things", 0.179, -1.917, -0.205),
    ("guide's slug", 0.051, -0.838, 0.130),
    ("words", 0.755, 0.236, 1.998),
    ("saying", 0.355, 3.112, 2.473),
    ("days of the week", 0.243, 1.679, 0.240),
    ("capitals", 0.715, 0.808, -1.315),
    ("many items", 0.172, -0.880, -1.868),
    ("speaks to the reader", 0.234, -1.844, -2.164),
    ("lists, tables, code", 0.081, -1.674, 0.410),
    ("subheads", 0.227, -1.131, 1.416),
    ("sponsored links", 0.017, -0.783, 0.327),
];
