//! Logistic regression with an L2 penalty, by Newton's method (iteratively reweighted least squares; Hastie,
//! Tibshirani, Friedman, "The Elements of Statistical Learning", 4.4.1).

/// One thing to learn from.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// Its features; the first of every row is the bias, 1.
    pub features: &'a [f32],
    /// How likely it should be: 1 or 0, or between them where it is known by halves.
    pub share: f64,
    /// How much it counts.
    pub weight: f64,
}

/// How likely it is.
pub fn probability(weights: &[f64], features: &[f32]) -> f64 {
    1.0 / (1.0 + (-dot(weights, features)).exp())
}

/// The weights of `size` features. `penalty` is the inverse variance of their normal prior; the first, the
/// bias, bears none.
pub fn fit<'a>(rows: &(impl Iterator<Item = Row<'a>> + Clone), size: usize, penalty: f64) -> Vec<f64> {
    let mut weights = vec![0.0; size];
    let bend = |i: usize| if i == 0 { 1e-6 } else { penalty };
    for _ in 0..12 {
        let mut gradient: Vec<f64> =
            weights.iter().enumerate().map(|(i, w)| if i == 0 { 0.0 } else { -penalty * w }).collect();
        let mut bends = Vec::new();
        for row in rows.clone() {
            let p = probability(&weights, row.features);
            add(&mut gradient, row.features, row.weight * (row.share - p));
            bends.push(row.weight * p * (1.0 - p));
        }
        let hessian = |direction: &[f64]| {
            let mut out: Vec<f64> = direction.iter().enumerate().map(|(i, d)| bend(i) * d).collect();
            for (row, bend) in rows.clone().zip(&bends) {
                add(&mut out, row.features, bend * dot(direction, row.features));
            }
            out
        };
        for (weight, step) in weights.iter_mut().zip(solve(hessian, gradient)) {
            *weight += step;
        }
    }
    weights
}

/// Solves `a(x) = b`, where `a` is a symmetric positive definite map, by conjugate gradients (Nocedal and Wright,
/// "Numerical Optimization", algorithm 5.2): the matrix is never written down.
fn solve(a: impl Fn(&[f64]) -> Vec<f64>, b: Vec<f64>) -> Vec<f64> {
    let square = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>();
    let mut x = vec![0.0; b.len()];
    let (mut rest, mut direction) = (b.clone(), b);
    let mut size = square(&rest);
    // Far from the goal a rough step does (inexact Newton), and near it the gradient is small too.
    let enough = size * 1e-6;
    for _ in 0..2 * x.len() {
        if size <= enough {
            break;
        }
        let bent = a(&direction);
        let step = size / direction.iter().zip(&bent).map(|(d, c)| d * c).sum::<f64>();
        for i in 0..x.len() {
            x[i] += step * direction[i];
            rest[i] -= step * bent[i];
        }
        let next = square(&rest);
        for (d, r) in direction.iter_mut().zip(&rest) {
            *d = r + next / size * *d;
        }
        size = next;
    }
    x
}

fn dot(weights: &[f64], features: &[f32]) -> f64 {
    weights.iter().zip(features).map(|(w, f)| w * f64::from(*f)).sum()
}

/// Adds `factor` times the features.
fn add(to: &mut [f64], features: &[f32], factor: f64) {
    for (to, feature) in to.iter_mut().zip(features) {
        *to += factor * f64::from(*feature);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_what_tells() {
        let rows: Vec<([f32; 3], bool)> =
            (0..40_u8).map(|i| ([1.0, f32::from(i % 2), f32::from(i % 3)], i % 2 == 1)).collect();
        let rows = rows.iter().map(|(features, label)| Row {
            features,
            share: f64::from(u8::from(*label)),
            weight: 1.0,
        });
        let weights = fit(&rows, 3, 1.0);
        assert!(weights[1] > 2.0 && weights[2].abs() < 0.1, "{weights:?}");
        assert!(probability(&weights, &[1.0, 1.0, 1.0]) > 0.8);
    }

    #[test]
    fn a_weight_counts_as_so_many_rows() {
        let (yes, no) = ([1.0, 1.0], [1.0, 0.0]);
        let row = |features, share, weight| Row { features, share, weight };
        let (y, n): (&[f32], &[f32]) = (&yes, &no);
        let once = [row(y, 1.0, 2.0), row(n, 0.0, 1.0), row(y, 0.0, 1.0)];
        let twice = [row(y, 1.0, 1.0), row(y, 1.0, 1.0), row(n, 0.0, 1.0), row(y, 0.0, 1.0)];
        let [heavy, double] = [&once[..], &twice[..]].map(|rows| fit(&rows.iter().copied(), 2, 0.5));
        assert!(heavy.iter().zip(&double).all(|(a, b)| (a - b).abs() < 1e-6), "{heavy:?} {double:?}");
    }
}
