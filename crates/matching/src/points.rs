//! Points: evidence as logarithm of odds in thousandths, and what their sum means as a score.
//!
//! Everything is integer arithmetic on committed tables, so that a score is the same to the last digit on every machine.

/// Natural logarithm of odds, in thousandths.
pub(crate) type Points = i32;

/// Score, in ten-thousandths, of 0, 250, 500, … points: the logistic function 1 / (1 + e^-x).
const LOGISTIC: [u16; 33] = [
    5000, 5622, 6225, 6792, 7311, 7773, 8176, 8520, 8808, 9047, 9241, 9399, 9526, 9627, 9707, 9770, 9820,
    9859, 9890, 9914, 9933, 9948, 9959, 9968, 9975, 9981, 9985, 9988, 9991, 9993, 9994, 9996, 9997,
];

/// The score of a sum of points, in ten-thousandths.
pub(crate) fn score(points: Points) -> u16 {
    let magnitude = points.unsigned_abs();
    let (step, rest) = ((magnitude / 250) as usize, (magnitude % 250) as u16);
    let value = match (LOGISTIC.get(step), LOGISTIC.get(step + 1)) {
        (Some(&low), Some(&high)) => low + ((u32::from(high - low) * u32::from(rest)) / 250) as u16,
        _ => 9999,
    };
    if points < 0 { 10_000 - value } else { value }
}

/// Least sum of points whose score reaches `least` ten-thousandths.
pub(crate) fn points_for(least: u16) -> Points {
    let (mut low, mut high) = (-10_000, 10_000);
    while low < high {
        let middle = low + (high - low) / 2;
        if score(middle) >= least {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// Reads a value off a polyline given by ascending points; flat beyond its ends.
pub(crate) fn polyline(line: &[(i32, Points)], x: i32) -> Points {
    let at = line.partition_point(|point| point.0 <= x);
    match (at.checked_sub(1).and_then(|before| line.get(before)), line.get(at)) {
        (Some(&(x0, y0)), Some(&(x1, y1))) => y0 + (y1 - y0) * (x - x0) / (x1 - x0),
        (Some(&(_, y)), None) | (None, Some(&(_, y))) => y,
        (None, None) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_logistic_function() {
        for (step, &value) in LOGISTIC.iter().enumerate() {
            let exact = 10_000.0 / (1.0 + (-(step as f64) * 0.25).exp());
            assert!((f64::from(value) - exact).abs() <= 0.51, "{step}: {value} {exact}");
        }
    }

    #[test]
    fn scores_ascend_and_read_back() {
        for points in -9000..9000 {
            assert!(score(points) <= score(points + 1));
        }
        for least in [100, 3000, 5000, 7000, 9900] {
            let points = points_for(least);
            assert!(score(points) >= least && score(points - 1) < least);
        }
        assert_eq!(score(0), 5000);
    }
}
