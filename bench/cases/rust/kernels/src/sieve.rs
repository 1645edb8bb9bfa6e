//! The primes below `size` by the sieve of Eratosthenes: byte stores with a stride.

support::case!(work);

fn work(size: u32) -> u64 {
    let size = size as usize;
    let mut composite = vec![false; size];
    let (mut count, mut sum) = (0_u64, 0_u64);
    for number in 2..size {
        if !composite[number] {
            count += 1;
            sum += number as u64;
            let mut multiple = number.saturating_mul(number);
            while multiple < size {
                composite[multiple] = true;
                multiple += number;
            }
        }
    }
    count << 40 ^ sum
}
