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

    // In turns, so that both meet the same machine; the fastest run is the least disturbed.
    let mut fastest = [Duration::MAX; 2];
    for _ in 0..30 {
        fastest[0] = fastest[0].min(time(below));
        fastest[1] = fastest[1].min(time(claims));
    }
    let share = fastest[1].as_secs_f64() / fastest[0].as_secs_f64();
    println!("claims add {:.0} % to the time of the layers below\n", 100.0 * share);
}

fn time(run: impl Fn() -> usize) -> Duration {
    let begin = Instant::now();
    black_box(run());
    begin.elapsed()
}

criterion_group!(benches, bench);
criterion_main!(benches);
