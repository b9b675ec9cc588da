//! The verdict's weights: made by `cargo xtask train page`, never by hand.

/// A feature's name, its value on the average page, and what it weighs in log-odds: for news against
/// everything else, and for one article against everything that is none.
pub type Weight = (&'static str, f32, f32, f32);

/// The log-odds of the average page, for news and for one article.
pub const BIAS: (f32, f32) = (0.754, 4.532);

/// In the order of the features.
pub const WEIGHTS: &[Weight] = &[
    ("marked as news", 0.402, 1.577, -0.135),
    ("marked as no article", 0.051, -0.753, -0.855),
    ("og:type something else", 0.154, -1.526, -1.190),
    ("section named", 0.291, 1.078, 0.894),
    ("publisher's marks", 0.550, 1.334, 1.153),
    ("outlet's name", 0.316, 1.669, 0.551),
    ("published", 0.598, 0.147, 2.369),
    ("signed", 0.607, 0.916, 1.289),
    ("long slug", 0.614, 0.101, 2.031),
    ("number", 0.316, 1.180, -1.479),
    ("front", 0.120, -1.259, -0.774),
    ("place of other things", 0.179, -1.916, -0.196),
    ("guide's slug", 0.051, -0.839, 0.129),
    ("words", 0.756, 0.244, 2.018),
    ("saying", 0.355, 3.122, 2.477),
    ("days of the week", 0.243, 1.683, 0.251),
    ("capitals", 0.715, 0.806, -1.335),
    ("many items", 0.172, -0.879, -1.868),
    ("speaks to the reader", 0.231, -1.849, -2.172),
    ("lists, tables, code", 0.081, -1.669, 0.422),
    ("subheads", 0.228, -1.118, 1.426),
    ("sponsored links", 0.017, -0.784, 0.327),
];
