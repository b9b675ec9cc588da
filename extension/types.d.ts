// The types of everything that crosses a message channel, for `tsc --checkJs`; no code, and not shipped.
// The engine's side of each is named beside it.

/**
 * A page as the engine sees it: src/page/snapshot.rs.
 * @typedef {object} Snapshot
 * @property {string} url
 * @property {string} title
 * @property {string} lang
 * @property {[string, string][]} meta
 * @property {string[]} jsonLd
 * @property {string[]} strings
 * @property {number[]} nodes
 * @property {string[]} texts
 */

/**
 * What was found on a page: src/overlay.rs.
 * @typedef {object} Overlay
 * @property {"news" | "article" | "other"} verdict
 * @property {number} score
 * @property {string} language
 * @property {boolean} annotated
 * @property {string} title
 * @property {ActorItem[]} actors
 * @property {QuoteItem[]} quotes
 * @property {ClaimItem[]} claims
 * @property {Mark[]} marks
 */

/**
 * @typedef {object} ActorItem
 * @property {string} name
 * @property {"person" | "organisation" | "place" | "group"} kind
 * @property {string | null} role
 * @property {number} mentions how often it is named
 * @property {number} quotes how often it is quoted
 * @property {number} hue 1 to 6 for the most quoted, else 0
 */

/**
 * @typedef {object} QuoteItem
 * @property {"direct" | "indirect" | "mixed"} form
 * @property {number | null} speaker index in actors
 * @property {string | null} unnamed "a senior official"
 * @property {string | null} source "the Syrian president"
 * @property {string | null} cue "said"
 * @property {string} text
 */

/**
 * @typedef {object} ClaimItem
 * @property {"article" | "attributed"} voice
 * @property {number | null} claimant index in actors
 * @property {"quantity" | "comparison" | "cause" | "event" | "accusation" | "prediction" | "finding"} kind
 * @property {boolean} hedged
 * @property {string | null} hedge "reportedly"
 * @property {number} score in [0, 1]
 * @property {string} text
 */

/** @typedef {"actor" | "quote" | "claim"} Layer */

/**
 * A stretch of the page. Places are [index in the snapshot's texts, UTF-16 units].
 * @typedef {object} Mark
 * @property {Layer} layer
 * @property {number} item index in the layer's list
 * @property {"mention" | "content" | "source" | "cue" | "claim"} part
 * @property {boolean} acting
 * @property {[number, number]} start
 * @property {[number, number]} end
 * @property {string} text white space collapsed
 */

/**
 * What the background answers to `{ask: "annotate"}`.
 * @typedef {{overlay: Overlay, engine: number} | {error: string}} Annotated `engine` is milliseconds in the engine
 */

/** @typedef {Record<Layer, boolean>} Layers which layers are shown */

/**
 * What storage.local holds.
 * @typedef {object} Settings
 * @property {Layers} layers
 * @property {string[]} never hosts that are left alone
 */

/**
 * Milliseconds; `since` counts from the page's navigation start, as performance.now() does.
 * @typedef {object} Timings
 * @property {number} gate the cheap look at the page
 * @property {number} snapshot reading the page, all slices together
 * @property {number} slice the longest slice of that
 * @property {number} engine in the background, the engine alone
 * @property {number} message from the snapshot's end to the overlay's arrival, engine included
 * @property {number} paint making and registering the ranges
 * @property {number} total from the content script's start (document idle), or the change, to painted
 * @property {number} painted when it was painted, since navigation start
 */

/**
 * What the content script answers to `{ask: "state"}`, `{ask: "annotate"}` and `{ask: "reveal"}`.
 *
 * - `skipped`: by the gate's cheap look, no article; the engine was not asked
 * - `reading`: the engine was asked and hasn't answered
 * - `left`: the engine says that it is no news page, and the reader did not ask
 * - `painted`: annotated
 * - `never`: the reader wants this site left alone
 * - `failed`: see `error`
 * @typedef {object} State
 * @property {"skipped" | "reading" | "left" | "painted" | "never" | "failed"} status
 * @property {string} host
 * @property {number} round counts the times that the page was read
 * @property {Overlay | null} overlay
 * @property {Timings} timings
 * @property {string | null} error
 */
