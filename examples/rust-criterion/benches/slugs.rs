use criterion::{criterion_group, criterion_main, Criterion};
use slugs::{slug, words};
use std::hint::black_box;

fn benches(c: &mut Criterion) {
    let title = "How to Measure a Small Change, and Other Stories ".repeat(40);
    c.bench_function("slug", |b| b.iter(|| slug(black_box(&title))));
    c.bench_function("words", |b| b.iter(|| words(black_box(&title))));
}

criterion_group!(all, benches);
criterion_main!(all);
