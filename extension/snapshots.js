/**
 * The last snapshots, so that pages need to send only what changed (change.js). The background may forget them at any
 * moment: then it is sent everything.
 */

/** Every reading keeps one more: where several pages change at a time, the one that changes least sends everything. */
const MOST = 8;

/** By what the content scripts call them, the oldest first. @type {Map<string, Snapshot>} */
const snapshots = new Map();

/**
 * @param {string} key
 * @param {Snapshot} snapshot
 */
export function keep(key, snapshot) {
  snapshots.set(key, snapshot);
  for (const oldest of snapshots.keys()) if (snapshots.size > MOST) snapshots.delete(oldest);
}

/**
 * The snapshot that a change makes of an earlier one.
 * @param {Change} change
 * @returns {Snapshot | undefined} nothing where that one is forgotten
 */
export function changed({ base, head, strings, nodes: { from, to, put }, texts }) {
  const earlier = snapshots.get(base);
  return earlier && {
    ...earlier,
    ...head,
    strings: earlier.strings.concat(strings),
    nodes: earlier.nodes.slice(0, from).concat(put, earlier.nodes.slice(to)),
    texts: texts.flatMap((piece) => (typeof piece === "string" ? piece : earlier.texts.slice(...piece))),
  };
}
