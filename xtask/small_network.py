#!/usr/bin/env python3
"""A network for names small enough to ship, to compare with the conditional random field that does ship.

    small_network.py SHARED LISTS FOLDS.json [--silver ALL.tsv.gz,WITHOUT-0.tsv.gz,WITHOUT-1.tsv.gz] [--full] ...

LISTS is what word_lists.py made (vectors.txt, lists.tsv); the silver labels are teacher.py's. Prints 2-fold
cross-validation over the reference articles or, with --full, the score on dev and CoNLL-2003's validation file, and how
large and fast the network is. Nothing of the build or the tests needs
this script; it needs torch 2.15.0 and numpy 2.4.6 (both BSD-3-Clause). It is under the project's licence.

The design is spaCy's "tok2vec" (Honnibal et al. 2020, https://spacy.io/api/architectures#HashEmbed) made smaller: each
word's hashed spelling, prefix, suffixes and shape, its cluster of GloVe vectors at two grains (or its vector), its
lists of names and its place are rows of one table, whose sum is the word; residual layers, each over three words, follow.
Between the first layers, a word also gets the mean of what the same word became elsewhere in the article, which is
what the second pass of the random field learns from. A linear layer names the label, and the most likely valid
sequence is taken.
"""
import argparse, random, re, sys, time, zlib

import numpy as np

import teacher
from teacher import LABELS

# Rows of each part of the table.
PARTS = dict(word=4096, prefix=1024, suffix=2048, ending=512, shape=512, fine=1024, middle=256, lists=64, begins=64,
             inside=64, place=64)
BASE = dict(zip(PARTS, np.cumsum([0, *PARTS.values()])))


def clusters(vectors, count, rounds=12):
    """Spherical k-means, seeded with evenly spaced words, commoner ones denser."""
    n = len(vectors)
    centres = vectors[[min(n - 1, int((i / count) ** 2 * n) + i) for i in range(count)]].copy()
    for _ in range(rounds):
        of = np.concatenate([(vectors[i:i + 8192] @ centres.T).argmax(1) for i in range(0, n, 8192)])
        sums = np.zeros_like(centres)
        np.add.at(sums, of, vectors)
        norm = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(norm > 0, sums / np.maximum(norm, 1e-9), centres)
    return of, centres


class Known:
    """What is known of words beforehand."""

    def __init__(self, folder, width):
        words, rows = [], []
        for line in open(f"{folder}/vectors.txt", encoding="utf-8"):
            word, *row = line.split()
            words.append(word)
            rows.append(row)
        vectors = np.array(rows, np.float32)
        self.index = {w: i for i, w in enumerate(words[:width])}
        # 8 bits a number.
        self.vectors = np.clip(np.round(vectors[:width] * 32), -127, 127) / 32
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        of, centres = clusters(vectors, 1023)
        middle, _ = clusters(centres, 255)
        self.cluster = {w: (1 + int(c), 1 + int(middle[c])) for w, c in zip(words, of)}
        self.lists = teacher.Lists(f"{folder}/lists.tsv")


def shape(word):
    form = "".join("X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c for c in word)
    form = re.sub(r"(.)\1{2,}", r"\1\1\1", form)
    return form[:6]


def rows(text, known):
    """The rows of the table that each word sums, and its vector's index (0 for none)."""
    low = [w.lower() for w in text.words]
    own, begins, inside = known.lists.find(text.words)

    def hashed(part, value):
        return BASE[part] + zlib.crc32(f"{part} {value}".encode()) % PARTS[part]

    out = np.zeros((len(low), len(PARTS)), np.int64)
    before = None
    for i, (word, norm) in enumerate(zip(text.words, low)):
        fine, middle = known.cluster.get(norm, (0, 0))
        first = i == 0 or text.paragraph[i] != text.paragraph[i - 1]
        glued = before == text.spans[i][0]
        before = text.spans[i][1]
        follows = not first and text.words[i - 1] in (".", "?", "!", "“", '"', ":")
        glued_next = i + 1 < len(low) and text.spans[i + 1][0] == text.spans[i][1]
        place = first | follows << 1 | glued << 2 | glued_next << 3 | (text.paragraph[i] == 0) << 4
        out[i] = [hashed("word", norm), hashed("prefix", norm[:3]), hashed("suffix", norm[-3:]), hashed("ending", norm[-2:]),
                  hashed("shape", shape(word)), BASE["fine"] + fine, BASE["middle"] + middle,
                  BASE["lists"] + own[i], BASE["begins"] + begins[i], BASE["inside"] + inside[i],
                  BASE["place"] + place]
    return out, np.array([1 + known.index.get(n, -1) for n in low])


class Input:
    """An article for the network: two empty places before each paragraph, so that words see no other paragraph."""

    def __init__(self, text, known, weight=1.0):
        self.text, self.weight = text, weight
        table, vector = rows(text, known)
        starts = [i for i in range(len(text.words)) if i == 0 or text.paragraph[i] != text.paragraph[i - 1]]
        shift = np.zeros(len(text.words), np.int64)
        shift[starts] = 2
        self.at = np.arange(len(text.words)) + np.cumsum(shift)
        self.length = (int(self.at[-1]) if len(self.at) else -1) + 3
        self.rows, self.vector = table, vector
        same = {}
        self.same = np.array([same.setdefault(w.lower(), len(same)) for w in text.words])
        self.labels = np.array(text.labels)


def network(args, known):
    import torch

    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            w = args.width
            self.table = torch.nn.EmbeddingBag(sum(PARTS.values()) + 1, w, mode="sum", padding_idx=sum(PARTS.values()))
            torch.nn.init.normal_(self.table.weight, std=0.1)
            self.glove = torch.nn.Linear(50, w, bias=False) if args.vectors else None
            self.layers = torch.nn.ModuleList(
                torch.nn.Conv1d(w, 2 * w if args.gated else w, 3, padding=1) for _ in range(args.layers))
            self.norms = torch.nn.ModuleList(torch.nn.LayerNorm(w) for _ in range(args.layers + 1))
            self.same = torch.nn.Linear(w, w)
            self.drop = torch.nn.Dropout(args.drop)
            self.out = torch.nn.Linear(w, len(LABELS))

        def forward(self, rows, vector, at, same, length):
            x = self.table(rows)
            if self.glove is not None:
                x = x + self.glove(vector)
            x = self.norms[0](x)
            full = x.new_zeros(length, x.shape[1])
            for nth, layer in enumerate(self.layers):
                full = full.index_copy(0, at, self.drop(x))
                y = layer(full.T[None])[0].T[at]
                y = torch.nn.functional.glu(y) if args.gated else torch.relu(y)
                x = self.norms[nth + 1](x + y)
                if nth == 0 and args.same:
                    count = torch.bincount(same)[:, None].clamp(min=1)
                    mean = x.new_zeros(len(count), x.shape[1]).index_add(0, same, x) / count
                    x = x + self.same(mean)[same]
            return self.out(self.drop(x))

    return Network()


def together(inputs, known, args, drop=None):
    """Several articles as one long row of words."""
    import torch
    rows = np.concatenate([p.rows for p in inputs])
    vector = np.concatenate([p.vector for p in inputs])
    at, same, length, words = [], [], 0, 0
    for p in inputs:
        at.append(p.at + length)
        same.append(p.same + words)
        length, words = length + p.length, words + len(p.same)
    if drop is not None:
        # Words are hidden at random, so that the network learns what stands around them.
        hide = drop.random(len(rows)) < args.hide
        rows = rows.copy()
        rows[hide, 0] = sum(PARTS.values())
        vector = np.where(hide & (drop.random(len(rows)) < 0.3), 0, vector)
    glove = torch.from_numpy(known.padded[vector]) if args.vectors else None
    at, same = torch.from_numpy(np.concatenate(at)), torch.from_numpy(np.concatenate(same))
    return torch.from_numpy(rows), glove, at, same, length


def train(inputs, known, args):
    import torch
    torch.manual_seed(args.seed)
    rng, drop = random.Random(args.seed), np.random.default_rng(args.seed)
    model = network(args, known)
    optimiser = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=0.01)
    rounds = []
    for epoch in range(args.epochs):
        order = [p for p in inputs if len(p.rows)]
        rng.shuffle(order)
        batches, part, words = [], [], 0
        for p in order:
            part.append(p)
            words += len(p.rows)
            if words > 1500:
                batches.append(part)
                part, words = [], 0
        rounds += batches + ([part] if part else [])
    # What is ours comes last once more, so that its conventions win.
    own = [p for p in inputs if p.weight > 1]
    for _ in range(args.last):
        rng.shuffle(own)
        rounds += [own[i:i + 3] for i in range(0, len(own), 3)]
    total = len(rounds)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / (0.05 * total), (total - s) / (0.95 * total)))
    model.train()
    began = time.time()
    for step, part in enumerate(rounds):
        scores = model(*together(part, known, args, drop))
        labels = torch.from_numpy(np.concatenate([p.labels for p in part]))
        weights = torch.cat([torch.full((len(p.rows),), p.weight) for p in part])
        losses = torch.nn.functional.cross_entropy(scores, labels, reduction="none", ignore_index=-100)
        loss = (losses * weights).sum() / weights.sum()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 500 == 499:
            print(f"step {step + 1}/{total} loss {loss.item():.4f} {time.time() - began:.0f} s", file=sys.stderr, flush=True)
    # As it would ship: 8 bits a weight, one scale for each row.
    with torch.no_grad():
        for p in model.parameters():
            if p.dim() > 1:
                scale = p.flatten(1).abs().amax(1).clamp(min=1e-9).reshape(-1, *[1] * (p.dim() - 1)) / 127
                p.copy_(torch.round(p / scale) * scale)
    return model.eval()


def evaluate(model, inputs, known, args, score=None):
    import torch
    score, words, spent = score or teacher.Score(), 0, 0.0
    for p in inputs:
        began = time.process_time()
        given = together([p], known, args)
        with torch.no_grad():
            odds = torch.softmax(model(*given), -1).numpy()
        spent += time.process_time() - began
        words += len(p.rows)
        score.add([(a, b, k) for (a, b), k in p.text.names], [m[:3] for m in teacher.mentions(p.text, odds)])
    return score, words / spent


def silver(folder, path, least):
    """Articles as a teacher labelled them; where it was unsure the words don't count."""
    import gzip
    out, name, names = [], None, []

    def close():
        if name:
            read = open(f"{folder}/{name}.txt", encoding="utf-8", newline="").read()
            text = teacher.Text(name, read, [(s, k) for s, k, _ in names])
            starts = {s: o for (s, _), _, o in names}
            sure = True
            for i, label in enumerate(text.labels):
                if label % 2 == 1:
                    sure = starts.get(text.spans[i][0], 1) >= least
                if label and not sure:
                    text.labels[i] = -100
            out.append(text)

    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("# "):
                close()
                name, names = line[2:].strip(), []
            else:
                start, end, kind, odds = line.split("\t")
                names.append(((int(start), int(end)), kind, float(odds)))
    close()
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared"), parser.add_argument("lists"), parser.add_argument("folds")
    parser.add_argument("--silver", help="a teacher's labels of PolNeAR: of all articles, without fold 0, without fold 1")
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--gated", action="store_true", help="gated linear units for rectified")
    parser.add_argument("--vectors", type=int, default=0, help="so many words' vectors")
    parser.add_argument("--same", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--last", type=int, default=5)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--drop", type=float, default=0.2)
    parser.add_argument("--hide", type=float, default=0.2)
    parser.add_argument("--weight", type=float, default=3.0, help="of the reference articles")
    parser.add_argument("--least", type=float, default=0.7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--full", action="store_true", help="train on everything instead, and score on dev and CoNLL-2003")
    args = parser.parse_args()
    import torch
    torch.set_num_threads(1)
    known = Known(args.lists, max(args.vectors, 1))
    known.padded = np.concatenate([np.zeros((1, 50), np.float32), known.vectors]).astype(np.float32)
    own = [Input(t, known, args.weight) for t in teacher.reference(f"{args.shared}/reference/train")]
    conll = [Input(t, known) for t in teacher.conll(f"{args.shared}/corpora/conll2003/train.txt")]

    def taught(index):
        path = args.silver and args.silver.split(",")[index]
        texts = silver(f"{args.shared}/corpora/polnear/train/text", path, args.least) if path else []
        return [Input(t, known, 0.99) for t in texts]

    if args.full:
        model = train(own + conll + taught(0), known, args)
        for name, texts in (("dev", teacher.reference(f"{args.shared}/reference/dev")),
                            ("conll valid", teacher.conll(f"{args.shared}/corpora/conll2003/valid.txt"))):
            score, speed = evaluate(model, [Input(t, known) for t in texts], known, args)
            print(f"{name} {score}; {speed:.0f} words/s in torch", flush=True)
    else:
        total = teacher.Score()
        for fold in (0, 1):
            held = teacher.fold(f"{args.folds}:{fold}")
            seen = [p for p in own if p.text.name not in held]
            model = train(seen + conll + taught(1 + fold), known, args)
            evaluate(model, [p for p in own if p.text.name in held], known, args, total)
        print("2 folds", total)
    size = sum(p.numel() for p in model.parameters()) + 50 * args.vectors
    layer = 3 * args.width ** 2 * (2 if args.gated else 1)
    rest = args.width * len(LABELS) + args.width ** 2 * args.same + 50 * args.width * bool(args.vectors)
    print(f"{size / 1000:.0f} KB at 8 bits, {args.layers * layer + rest} multiply-adds a word")


if __name__ == "__main__":
    main()
