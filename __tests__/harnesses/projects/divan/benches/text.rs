use demo::spin;

fn main() {
    divan::main();
}

#[divan::bench(args = [500, 2000])]
fn steady(size: u64) -> u64 {
    spin(size)
}

mod inner {
    #[divan::bench]
    fn grows() -> u64 {
        super::spin(1000) // @base
        super::spin(3000) // @head
    }
}

#[divan::bench] // @base
fn gone() -> u64 { spin(700) } // @base
#[divan::bench] // @head
fn added() -> u64 { spin(1700) } // @head
