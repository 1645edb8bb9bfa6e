//! Moves the sun and four planets `size` steps: square roots and divisions in long chains.

use support::Checksum;

support::case!(work);

const SOLAR_MASS: f64 = 39.478_417_604_357_43;
const DAYS_PER_YEAR: f64 = 365.24;
const STEP: f64 = 0.01;

#[derive(Clone, Copy)]
struct Body {
    position: [f64; 3],
    velocity: [f64; 3],
    mass: f64,
}

const fn planet(position: [f64; 3], per_day: [f64; 3], solar_masses: f64) -> Body {
    let [x, y, z] = per_day;
    Body {
        position,
        velocity: [x * DAYS_PER_YEAR, y * DAYS_PER_YEAR, z * DAYS_PER_YEAR],
        mass: solar_masses * SOLAR_MASS,
    }
}

/// The sun, Jupiter, Saturn, Uranus and Neptune, roughly.
const BODIES: [Body; 5] = [
    planet([0.0; 3], [0.0; 3], 1.0),
    planet(
        [4.841, -1.160, -0.104],
        [0.001_660, 0.007_699, -0.000_069],
        0.000_954_8,
    ),
    planet(
        [8.343, 4.125, -0.404],
        [-0.002_767, 0.004_998, 0.000_023],
        0.000_285_9,
    ),
    planet(
        [12.894, -15.111, -0.223],
        [0.002_965, 0.002_378, -0.000_030],
        0.000_043_7,
    ),
    planet(
        [15.379, -25.919, 0.179],
        [0.002_681, 0.001_628, -0.000_095],
        0.000_051_5,
    ),
];

fn work(size: u32) -> u64 {
    let mut bodies = BODIES;
    for _ in 0..size {
        advance(&mut bodies);
    }
    let mut checksum = Checksum::new();
    for body in &bodies {
        for value in body.position.iter().chain(&body.velocity) {
            checksum.add(value.to_bits());
        }
    }
    checksum.get()
}

fn advance(bodies: &mut [Body; 5]) {
    for index in 0..bodies.len() {
        let (first, rest) = bodies[index..]
            .split_first_mut()
            .expect("the index is below the length");
        for other in rest {
            let distance: [f64; 3] =
                std::array::from_fn(|axis| first.position[axis] - other.position[axis]);
            let squared =
                distance[0] * distance[0] + distance[1] * distance[1] + distance[2] * distance[2];
            let magnitude = STEP / (squared * squared.sqrt());
            for (axis, distance) in distance.into_iter().enumerate() {
                first.velocity[axis] -= distance * other.mass * magnitude;
                other.velocity[axis] += distance * first.mass * magnitude;
            }
        }
    }
    for body in bodies {
        for axis in 0..3 {
            body.position[axis] += STEP * body.velocity[axis];
        }
    }
}
