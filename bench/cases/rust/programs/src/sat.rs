//! Solves `size` random problems of three literals a clause, near the point where half of them have no solution.

use support::{Checksum, Random};
use varisat::{ExtendFormula, Lit, Solver};

support::case!(work);

fn work(size: u32) -> u64 {
    let mut random = Random::new(0x5A7);
    let mut checksum = Checksum::new();
    for round in 0..size {
        let variables = 60 + round % 30;
        let mut solver = Solver::new();
        for _ in 0..variables * 17 / 4 {
            let clause: [Lit; 3] = std::array::from_fn(|_| {
                Lit::from_index(random.below(variables) as usize, random.below(2) == 0)
            });
            solver.add_clause(&clause);
        }
        checksum.add(u64::from(
            solver.solve().expect("nothing limits the solver"),
        ));
        for literal in solver.model().unwrap_or_default() {
            checksum.add(literal.to_dimacs() as u64);
        }
    }
    checksum.get()
}
