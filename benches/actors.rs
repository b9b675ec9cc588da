//! How many words a second the layer of actors takes on one core.

use ascribe::actors::Finder;
use ascribe::page::Article;
use ascribe::tagger::Analyser;
use ascribe::text::Document;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

/// An article of its own, so that anyone can run this.
const TEXT: &str = include_str!("article.txt");

fn actors(c: &mut Criterion) {
    let article = Article::from_text(TEXT);
    let document = Document::new(&article);
    let finder = Finder::bundled().expect("the bundled weights load");
    let analysis = Analyser::bundled().expect("the bundled weights load").analyse(&document);
    let mut group = c.benchmark_group("actors");
    group.throughput(Throughput::Elements(TEXT.split_whitespace().count() as u64));
    group.bench_function("find", |b| b.iter(|| finder.find(black_box(&analysis))));
    group.finish();
}

criterion_group!(benches, actors);
criterion_main!(benches);
