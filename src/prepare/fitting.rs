//! Proportional fitting: cells that have the proportions of a start, rows in the proportions that are stated, and columns with the
//! sums that are stated.

/// Fits the cells of a table: rows keep their proportions, columns their sums. A row that starts with nothing starts even.
pub(super) fn fit<const N: usize>(rows: &[f64], columns: [f64; N], start: Vec<[f64; N]>) -> Vec<[f64; N]> {
    let total: f64 = columns.iter().sum();
    let sum: f64 = rows.iter().sum();
    let mut cells: Vec<[f64; N]> =
        start.iter().map(|row| if row.iter().sum::<f64>() > 0.0 { *row } else { [1.0; N] }).collect();
    for _ in 0..1000 {
        let mut sums = [0.0; N];
        for (cell, row) in cells.iter_mut().zip(rows) {
            let scale = row * total / sum.max(1.0) / cell.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            cell.iter_mut().zip(&mut sums).for_each(|(c, s)| {
                *c *= scale;
                *s += *c;
            });
        }
        let scale: [f64; N] = std::array::from_fn(|c| columns[c] / sums[c].max(1.0));
        for cell in &mut cells {
            cell.iter_mut().zip(scale).for_each(|(c, scale)| *c *= scale);
        }
        if scale.iter().all(|scale| (scale - 1.0).abs() < 1e-12) {
            break;
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fitting_keeps_rows_and_columns() {
        let cells = fit(&[40.0, 50.0, 10.0], [45.0, 55.0], vec![[3.0, 1.0], [1.0, 4.0], [2.0, 2.0]]);
        let column = |c: usize| cells.iter().map(|cell| cell[c]).sum::<f64>();
        assert!((column(0) - 45.0).abs() < 1e-9 && (column(1) - 55.0).abs() < 1e-9);
        assert!((cells[1][0] + cells[1][1] - 50.0).abs() < 1e-9);
    }

    #[test]
    fn a_unit_that_makes_little_a_job_does_so_in_every_sector() {
        // Two units with the same jobs, the first with a third of the other's output.
        let cells = fit(&[25.0, 75.0], [20.0, 30.0, 50.0], vec![[4.0, 1.0, 2.0]; 2]);
        for (c, sum) in [20.0, 30.0, 50.0].into_iter().enumerate() {
            assert!((cells[0][c] - sum / 4.0).abs() < 1e-9, "{cells:?}");
        }
    }
}
