//! How fast claims are found, beside everything that they rest on: words a second on one core.

use ascribe::page::Article;
use ascribe::tagger::Analyser;
use ascribe::text::Document;
use ascribe::{actors, claims, quotes};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// An article of its own, so that anyone can run this.
const TEXT: &str = include_str!("article.txt");

fn bench(criterion: &mut Criterion) {
    let text = TEXT.repeat(10);
    let article = Article::from_text(&text);
    let analyser = Analyser::bundled().expect("the bundled weights load");
    let actor_finder = actors::Finder::bundled().expect("the bundled weights load");
    let quote_finder = quotes::Finder::bundled().expect("the bundled weights load");
    let document = Document::new(&article);
    let analysis = analyser.analyse(&document);
    let actors = actor_finder.find(&analysis);
    let quotes = quote_finder.find(&analysis, &actors);

    let below = || {
        let document = Document::new(black_box(&article));
        let analysis = analyser.analyse(&document);
        let actors = actor_finder.find(&analysis);
        quote_finder.find(&analysis, &actors).len()
    };
    let claims = || claims::find(black_box(&document), &analysis.words, &actors, &quotes).key.len();

    let mut group = criterion.benchmark_group("claims");
    group.throughput(Throughput::Elements(text.split_whitespace().count() as u64));
    group.sample_size(20);
    group.bench_function("the layers below", |b| b.iter(below));
    group.bench_function("claims", |b| b.iter(claims));
    group.finish();

    let (below, claims) = (fastest(below), fastest(claims));
    let share = claims.as_secs_f64() / below.as_secs_f64();
    println!("claims add {:.1} % to the time of the layers below\n", 100.0 * share);
}

/// The least time of several runs.
fn fastest(mut run: impl FnMut() -> usize) -> Duration {
    let time = |_| {
        let begin = Instant::now();
        black_box(run());
        begin.elapsed()
    };
    (0..15).map(time).min().unwrap_or_default()
}

criterion_group!(benches, bench);
criterion_main!(benches);
