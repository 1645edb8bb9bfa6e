class Shape {
    #name;
    static count = 0;
    constructor(name) { this.#name = name; Shape.count++; }
    get name() { return this.#name; }
    area() { return 0; }
    toString() { return `${this.name}: ${this.area().toFixed(2)}`; }
}

class Circle extends Shape {
    constructor(radius) { super("circle"); this.radius = radius; }
    area() { return 3.14159 * this.radius ** 2; }
}

class Rectangle extends Shape {
    constructor(width, height) { super("rectangle"); Object.assign(this, { width, height }); }
    area() { return this.width * this.height; }
}

function* naturals(limit) {
    for (let number = 0; number < limit; number++) yield number;
}

const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2));

function sieve(limit) {
    const composite = new Uint8Array(limit);
    const primes = [];
    for (let number = 2; number < limit; number++) {
        if (composite[number]) continue;
        primes.push(number);
        for (let multiple = number * number; multiple < limit; multiple += number) composite[multiple] = 1;
    }
    return primes;
}

function round(number) {
    const shapes = [...naturals(6)].map((n) => (n % 2 ? new Circle(n + number) : new Rectangle(n, number)));
    shapes.sort((a, b) => b.area() - a.area());
    const [first, , { name, ...rest }] = shapes;
    const words = new Map();
    for (const word of shapes.join(", ").split(/[\s,:.]+/)) words.set(word, (words.get(word) ?? 0) + 1);
    const text = JSON.stringify({ first: String(first), name, rest, words: [...words] });
    const found = text.replace(/(\d)(\d+)/g, (_, a, b) => b + a).match(/[a-z]+|\d{3,}/gi) || [];
    let caught = 0;
    try { if (number % 3 === 0) throw new RangeError(`round ${number}`); null.missing; }
    catch (error) { caught = error instanceof RangeError ? error.message.length : 1; }
    finally { caught += 10; }
    const big = BigInt(number + 2) ** 20n % 1000003n;
    return found.length + JSON.parse(text).words.length + caught + Number(big) + fib(9) + sieve(100).length;
}

let total = 0;
for (let number = 0; number < size; number++) total = (total * 31 + round(number)) % 1000003;
total * 1000 + Shape.count % 1000;
