use criterion::{criterion_group, criterion_main, BenchmarkId, Criterion};
use demo::spin;

fn text(c: &mut Criterion) {
    let mut group = c.benchmark_group("steady");
    for size in [500u64, 2000] {
        group.bench_with_input(BenchmarkId::from_parameter(size), &size, |b, &size| b.iter(|| spin(size)));
    }
    group.finish();
    c.bench_function("a name that is too long for its line: grows", |b| b.iter(|| spin(1000))); // @base
    c.bench_function("a name that is too long for its line: grows", |b| b.iter(|| spin(3000))); // @head
    c.bench_function("gone", |b| b.iter(|| spin(700))); // @base
    c.bench_function("added", |b| b.iter(|| spin(1700))); // @head
}

criterion_group!(benches, text);
criterion_main!(benches);
