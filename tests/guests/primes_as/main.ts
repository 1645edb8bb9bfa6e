// Prints the primes below the first argument (default 50), ten a line, then the gaps between them with their
// frequencies and the mean gap. An argument that is no positive number throws, which ends the program with a
// message on standard error and exit code 255.

const COLUMNS = 10;

function primesBelow(limit: i32): i32[] {
  const composite = new Uint8Array(limit);
  const primes: i32[] = [];
  for (let number = 2; number < limit; number++) {
    if (composite[number]) continue;
    primes.push(number);
    for (let multiple: i64 = <i64>number * number; multiple < limit; multiple += number) {
      composite[<i32>multiple] = 1;
    }
  }
  return primes;
}

function printTable(primes: i32[]): void {
  for (let start = 0; start < primes.length; start += COLUMNS) {
    const cells = primes.slice(start, start + COLUMNS).map<string>((prime) => prime.toString().padStart(6));
    console.log(cells.join(""));
  }
}

function printGaps(primes: i32[]): void {
  const counts = new Map<i32, i32>();
  for (let index = 1; index < primes.length; index++) {
    const gap = primes[index] - primes[index - 1];
    counts.set(gap, counts.has(gap) ? counts.get(gap) + 1 : 1);
  }
  const gaps = counts.keys().sort((a, b) => a - b);
  for (let index = 0; index < gaps.length; index++) {
    console.log(`gap ${gaps[index]}: ${counts.get(gaps[index])}`);
  }
  if (primes.length > 1) {
    const mean = <f64>(primes[primes.length - 1] - primes[0]) / <f64>(primes.length - 1);
    console.log(`mean gap ${mean}`);
  }
}

const argument = process.argv.length > 1 ? process.argv[1] : "50";
const limit = <i32>parseInt(argument);
if (limit <= 0) throw new Error("not a positive number: " + argument);
const primes = primesBelow(limit);
console.log(`${primes.length} primes below ${limit}`);
printTable(primes);
printGaps(primes);
