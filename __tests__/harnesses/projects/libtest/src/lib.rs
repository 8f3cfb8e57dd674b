use std::hint::black_box;

pub fn spin(rounds: u64) -> u64 {
    let mut x = rounds;
    for _ in 0..rounds {
        x = black_box(x.wrapping_mul(6364136223846793005).wrapping_add(1));
    }
    x
}
