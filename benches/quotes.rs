//! How fast quotes are found, and the tags and trees that they rest on: words a second on one core.

use ascribe::page::Article;
use ascribe::quotes::Finder;
use ascribe::tagger::Analyser;
use ascribe::text::Document;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

/// A report of no real event, in the proportions of news: speech of every form, and sentences with none.
const REPORT: &str = "Harbour bridge to close for repairs, mayor says

The bridge over the river Alm will close for six weeks from Monday, Mayor Ines Calder said on Friday, in a move that \
traders fear will cost the old town half of its summer business.

“We have looked at every other way of doing this,” Calder told reporters outside the town hall. “There is no safe one.”

Engineers found cracks in four of the twelve pillars last month, according to a report that the council published on \
Thursday. The report said that the damage was “not yet dangerous” but could become so within a year.

Shopkeepers were not convinced. Two dozen of them stood on the quay with placards on Friday morning, and a petition \
had gathered 3,000 names by noon. Tomas Reyl, who runs a bakery beside the bridge, accused the council of wasting \
time. He said the first cracks were seen three years ago and that nobody acted.

“They knew,” he said. “They waited until it would hurt the most.”

The council denied that it had known of the damage before this spring. A spokeswoman said ferries would run every ten \
minutes from six in the morning until midnight, and that they would be free.

The bridge was built in 1931 and carries about 18,000 people a day. It was last repaired in 1988, when the work took \
twice as long as planned.

";

fn bench(criterion: &mut Criterion) {
    let text = REPORT.repeat(40);
    let article = Article::from_text(&text);
    let document = Document::new(&article);
    let analyser = Analyser::bundled().expect("the bundled weights load");
    let finder = Finder::bundled().expect("the bundled weights load");
    let mut group = criterion.benchmark_group("quotes");
    group.throughput(Throughput::Elements(text.split_whitespace().count() as u64));
    group.bench_function("tags and trees", |b| b.iter(|| analyser.analyse(black_box(&document))));
    let analysis = analyser.analyse(&document);
    group.bench_function("quotes", |b| b.iter(|| finder.find(black_box(&analysis), &[])));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
