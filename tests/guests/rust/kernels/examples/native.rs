//! Prints the table `cases/kernels/calls`: each export with an argument and the result of a native run.

use kernels::*;

fn main() {
    for n in [0, 1, 2, 10, 20, 30] {
        println!("fib i32:{n} = i32:{}", fib(n));
    }
    for n in [-1, 0, 3, 100, 10_000, 1_000_000, 2_000_000] {
        println!("sieve i32:{n} = i32:{}", sieve(n));
    }
    for n in [0, 1, 2, 7, 64, 200] {
        println!("matmul i32:{n} = f64:{:#018x}", matmul(n).to_bits());
    }
    for n in [0, 1, 10, 1000] {
        println!("coremark_like i32:{n} = i32:{}", coremark_like(n) as i32);
    }
    for n in [-5, 0, 1, 1000, 10_000_000] {
        println!("sum_loop i64:{n} = i64:{}", sum_loop(n));
    }
    for n in [0, 1, 2, 33, 200] {
        println!("mandelbrot i32:{n} = i32:{}", mandelbrot(n));
    }
    for n in [0, 1, 2, 1000] {
        println!("sha256 i32:{n} = i32:{}", sha256(n) as i32);
    }
    for n in [0, 1, 2, 1000] {
        println!("memcpy_loop i32:{n} = i32:{}", memcpy_loop(n) as i32);
    }
    for n in [0, 1, 2, 100] {
        println!("bytecopy_loop i32:{n} = i32:{}", bytecopy_loop(n) as i32);
    }
    for n in [0, 1, 2, 1_000_000] {
        println!("dispatch i32:{n} = i32:{}", dispatch(n) as i32);
    }
}
