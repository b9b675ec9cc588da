//! Logistic regression with an L2 penalty, by Newton's method (iteratively reweighted least squares; Hastie,
//! Tibshirani, Friedman, "The Elements of Statistical Learning", 4.4.1).

/// One thing to learn from.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// Its features; the first of every row is the bias, 1.
    pub features: &'a [f32],
    /// What it is.
    pub label: bool,
    /// How much it counts.
    pub weight: f64,
}

/// How likely `label` is.
pub fn probability(weights: &[f64], features: &[f32]) -> f64 {
    let sum: f64 = weights.iter().zip(features).map(|(w, f)| w * f64::from(*f)).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// The weights of `size` features. `penalty` is the inverse variance of their normal prior; the first, the
/// bias, bears none.
pub fn fit<'a>(rows: &(impl Iterator<Item = Row<'a>> + Clone), size: usize, penalty: f64) -> Vec<f64> {
    let mut weights = vec![0.0; size];
    for _ in 0..12 {
        let mut gradient: Vec<f64> =
            weights.iter().enumerate().map(|(i, w)| if i == 0 { 0.0 } else { -penalty * w }).collect();
        let mut hessian = vec![vec![0.0; size]; size];
        for (i, row) in hessian.iter_mut().enumerate() {
            row[i] = if i == 0 { 1e-6 } else { penalty };
        }
        for row in rows.clone() {
            let p = probability(&weights, row.features);
            let error = row.weight * (f64::from(u8::from(row.label)) - p);
            let bend = row.weight * p * (1.0 - p);
            let live: Vec<usize> = (0..size).filter(|i| row.features[*i] != 0.0).collect();
            for &i in &live {
                gradient[i] += error * f64::from(row.features[i]);
                for &j in &live {
                    hessian[i][j] += bend * f64::from(row.features[i]) * f64::from(row.features[j]);
                }
            }
        }
        let step = solve(hessian, gradient);
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight += step;
        }
    }
    weights
}

/// Solves a symmetric positive definite system by Gaussian elimination.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for i in 0..n {
        let pivot = a[i].clone();
        for k in i + 1..n {
            let factor = a[k][i] / pivot[i];
            if factor != 0.0 {
                for j in i..n {
                    a[k][j] -= factor * pivot[j];
                }
                b[k] -= factor * b[i];
            }
        }
    }
    for i in (0..n).rev() {
        let tail: f64 = (i + 1..n).map(|j| a[i][j] * b[j]).sum();
        b[i] = (b[i] - tail) / a[i][i];
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_what_tells() {
        let rows: Vec<([f32; 3], bool)> =
            (0..40_u8).map(|i| ([1.0, f32::from(i % 2), f32::from(i % 3)], i % 2 == 1)).collect();
        let rows = rows.iter().map(|(features, label)| Row { features, label: *label, weight: 1.0 });
        let weights = fit(&rows, 3, 1.0);
        assert!(weights[1] > 2.0 && weights[2].abs() < 0.1, "{weights:?}");
        assert!(probability(&weights, &[1.0, 1.0, 1.0]) > 0.8);
    }

    #[test]
    fn a_weight_counts_as_so_many_rows() {
        let (yes, no) = ([1.0, 1.0], [1.0, 0.0]);
        let row = |features, label, weight| Row { features, label, weight };
        let (y, n): (&[f32], &[f32]) = (&yes, &no);
        let once = [row(y, true, 2.0), row(n, false, 1.0), row(y, false, 1.0)];
        let twice = [row(y, true, 1.0), row(y, true, 1.0), row(n, false, 1.0), row(y, false, 1.0)];
        let [heavy, double] = [&once[..], &twice[..]].map(|rows| fit(&rows.iter().copied(), 2, 0.5));
        assert!(heavy.iter().zip(&double).all(|(a, b)| (a - b).abs() < 1e-6), "{heavy:?} {double:?}");
    }
}
