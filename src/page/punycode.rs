//! Punycode: how the letters of the world's scripts stand in the names of hosts, which are ASCII.
//!
//! Source: RFC 3492, section 6.3, with the parameters of section 5.

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const BIAS: u32 = 72;
const FIRST: u32 = 0x80;

/// The longest label that is encoded, in code points: DNS allows 63 bytes, and time grows with the square.
const LONGEST: usize = 63;

/// A label of a host as DNS has it, with its prefix; `None` where it is longer than any label may be.
pub fn label(text: &str) -> Option<String> {
    let points: Vec<u32> = text.chars().map(u32::from).collect();
    if points.len() > LONGEST {
        return None;
    }
    let basic: String = text.chars().filter(char::is_ascii).collect();
    let mut written = basic.len() as u32;
    let start = written;
    let mut out = format!("xn--{basic}");
    if start > 0 {
        out.push('-');
    }
    let (mut at, mut delta, mut bias) = (FIRST, 0_u32, BIAS);
    while (written as usize) < points.len() {
        let next = points.iter().copied().filter(|point| *point >= at).min()?;
        delta = delta.checked_add((next - at).checked_mul(written + 1)?)?;
        at = next;
        for &point in &points {
            if point < at {
                delta += 1;
            } else if point == at {
                number(delta, bias, &mut out);
                bias = adapt(delta, written + 1, written == start);
                delta = 0;
                written += 1;
            }
        }
        delta += 1;
        at += 1;
    }
    Some(out)
}

/// A number in digits whose weights depend on the digits before.
fn number(mut rest: u32, bias: u32, out: &mut String) {
    for k in (BASE..).step_by(BASE as usize) {
        let t = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if rest < t {
            break;
        }
        out.push(digit(t + (rest - t) % (BASE - t)));
        rest = (rest - t) / (BASE - t);
    }
    out.push(digit(rest));
}

/// a to z, then 0 to 9.
fn digit(value: u32) -> char {
    char::from_digit((value + 10) % BASE, BASE).unwrap_or('0')
}

fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first three are of RFC 3492, section 7.1, (A), (B) and (L).
    #[test]
    fn labels_are_as_dns_has_them() {
        for (text, want) in [
            ("ليهمابتكلموشعربي؟", "xn--egbpdaj6bu4bxfgehfvwxn"),
            ("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"),
            ("3年b組金八先生", "xn--3b-ww4c5e180e575a65lsy2b"),
            ("bücher", "xn--bcher-kva"),
            ("аpple", "xn--pple-43d"),
            ("аррӏе", "xn--80ak6aa92e"),
        ] {
            assert_eq!(label(text).as_deref(), Some(want), "{text}");
        }
        assert_eq!(label(&"я".repeat(64)), None);
        assert!(label(&"\u{10ffff}".repeat(63)).is_some());
    }
}
