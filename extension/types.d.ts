// The types of everything that crosses a message channel, for `tsc --checkJs`; not shipped.
// The engine's side of each is named beside it.

/** A page as the engine sees it: src/page/snapshot.rs. */
interface Snapshot {
  url: string;
  title: string;
  lang: string;
  meta: [string, string][];
  jsonLd: string[];
  strings: string[];
  nodes: number[];
  texts: string[];
}

/** A snapshot, told by what is other than in an earlier one: extension/change.js. */
interface Change {
  /** names the earlier one */
  base: string;
  /** null where it is the same */
  head: Pick<Snapshot, "url" | "title" | "lang" | "meta" | "jsonLd"> | null;
  /** what its table has besides */
  strings: string[];
  /** `put` stands in the place of `from` to `to` */
  nodes: { from: number; to: number; put: number[] };
  /** new texts, and `[from, to]` for those of the earlier one */
  texts: (string | [number, number])[];
}

/** What was found on a page: src/overlay.rs. */
interface Overlay {
  verdict: "news" | "article" | "other";
  score: number;
  /** what told most of the verdict, the strongest first */
  reasons: Reason[];
  language: string;
  annotated: boolean;
  title: string;
  /** in the page's order; none where nothing was annotated */
  articles: ArticleItem[];
  actors: ActorItem[];
  quotes: QuoteItem[];
  claims: ClaimItem[];
  marks: Mark[];
}

/** One article of a page: where its items begin in the lists; they end where the next article's begin. */
interface ArticleItem {
  title: string;
  actors: number;
  quotes: number;
  claims: number;
}

/** What spoke for or against a news article; of a page taken for no article at all, for or against any. */
interface Reason {
  why: "markup" | "date" | "author" | "outlet" | "address" | "text" | "report" | "links" | "guide";
  speaks: "for" | "against";
}

interface ActorItem {
  name: string;
  kind: "person" | "organisation" | "place" | "group";
  role: string | null;
  /** how often it is named */
  mentions: number;
  /** how often it is quoted */
  quotes: number;
  /** 1 to 6 for the most quoted, else 0 */
  hue: number;
}

interface QuoteItem {
  form: "direct" | "indirect" | "mixed";
  /** index in actors */
  speaker: number | null;
  /** "a senior official" */
  unnamed: string | null;
  /** "the Syrian president" */
  source: string | null;
  /** "said" */
  cue: string | null;
  text: string;
}

interface ClaimItem {
  voice: "article" | "attributed";
  /** index in actors */
  claimant: number | null;
  kind: "quantity" | "comparison" | "cause" | "event" | "accusation" | "prediction" | "finding";
  hedged: boolean;
  /** "reportedly" */
  hedge: string | null;
  /** "its director, Ama Osei" */
  source: string | null;
  /** the host of a page that the article links to beside it; "" for one of the same site */
  link: string | null;
  /** in [0, 1] */
  score: number;
  /** 0 for the foremost to 6; the key claims are those up to 2 */
  level: number;
  text: string;
}

type Layer = "actor" | "quote" | "claim";

/** A stretch of the page. Places are [index in the snapshot's texts, UTF-16 units]. */
interface Mark {
  layer: Layer;
  /** index in the layer's list */
  item: number;
  part: "mention" | "content" | "source" | "cue" | "claim";
  acting: boolean;
  start: [number, number];
  end: [number, number];
  /** white space collapsed */
  text: string;
}

/**
 * What the background answers to `{ask: "annotate"}`; `engine` is milliseconds in the engine, and `unknown` says that it
 * no longer has the snapshot that a change is based on.
 */
type Annotated = { overlay: Overlay; engine: number } | { error: string } | { unknown: true };

/** What the content script tells the background to write on the toolbar button; nothing for a count of 0. */
interface Badge {
  ask: "badge";
  count: number;
  what: "quotes" | "actors";
}

/** Which layers are shown. */
type Layers = Record<Layer, boolean>;

/** What storage.local holds. */
interface Settings {
  layers: Layers;
  /** how many claims are shown: those up to this level */
  amount: number;
  /** hosts that are left alone */
  never: string[];
}

/** All in milliseconds. */
interface Timings {
  /** the cheap look at the page */
  gate: number;
  /** reading the page, all slices together */
  snapshot: number;
  /** the longest slice of that */
  slice: number;
  /** in the background, the engine alone */
  engine: number;
  /** from the snapshot's end to the overlay's arrival, engine included */
  message: number;
  /** making and registering the ranges */
  paint: number;
  /** from the content script's start (document idle), or the change, to painted */
  total: number;
  /** when it was painted, since navigation start */
  painted: number;
}

/**
 * What the content script answers to `{ask: "state"}`, `{ask: "annotate"}` and `{ask: "reveal"}`.
 *
 * - `skipped`: by the gate's cheap look, no article; the engine was not asked
 * - `reading`: the engine was asked and hasn't answered
 * - `left`: the engine says that it is no news page, and the reader did not ask
 * - `painted`: annotated
 * - `never`: the reader wants this site left alone
 * - `failed`: see `error`
 */
interface State {
  status: "skipped" | "reading" | "left" | "painted" | "never" | "failed";
  host: string;
  /** of the page */
  address: string;
  /** counts the times that the page was read */
  round: number;
  overlay: Overlay | null;
  /** index in the overlay's articles of the one that the reader is at */
  article: number;
  timings: Timings;
  error: string | null;
}

/** What a page is, as `ascribe page` prints it: src/export/json.rs. */
interface PageReport {
  verdict: "news" | "article" | "other";
  score: number;
  language: string;
  title: string;
  byline: string | null;
  published: string | null;
  paragraphs: string[];
  /** the articles that the page goes on with */
  further: Pick<PageReport, "language" | "title" | "byline" | "published" | "paragraphs">[];
}
