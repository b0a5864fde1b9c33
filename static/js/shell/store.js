/** What is set quietly is told this late at the latest. */
const PATIENCE_MS = 50;

/**
 * So many frames later than the next one a watcher is told of what is set in turns: `after` while nothing newer is set
 * so, and else `latest`. The first turn is for what a visitor waits for, the last for what nobody sees at once.
 */
const TURNS = {
  first: { after: 0, latest: 0 },
  second: { after: 1, latest: 2 },
  last: { after: 6, latest: 12 },
};

/** In place of the name of a field: a watcher asked for the names of all. */
const EVERY_FIELD = Symbol("every field");

/**
 * @template S
 * @typedef {object} Store the one state of a room, and who watches it
 * @property {() => S} get
 * @property {(patch: Partial<S>) => void} set all are told in the next frame, also of what was set before
 * @property {(patch: Partial<S>) => void} setInTurns in the next frame the watchers of the first turn are told, those
 *   of the others a little later: see `TURNS`
 * @property {(patch: Partial<S>) => void} setQuietly told with the next change, or soon after
 * @property {(select: (state: S) => readonly unknown[], render: (state: S) => void, options?: Watching) => () => void}
 *   watch calls `render` once, and again in the frame after something of what `select` gives has changed. `select` may
 *   read the state that it is given and nothing else that changes. Gives the function that ends it.
 */

/**
 * @typedef {object} Watching
 * @property {string} [name] who watches, for the report where it throws
 * @property {TurnName} [turn] when it is told of what is set in turns; "second" where nothing is said
 */

/** @typedef {(watcher: string, error: unknown) => void} Report told once of each watcher that throws */

/** @typedef {keyof typeof TURNS} TurnName */

/** @typedef {Set<string | symbol>} Fields names of fields of the state */

/**
 * The one state. A watcher is told at most once a frame, and only when what it selects has changed. The store learns
 * which fields of the state each `select` reads, and asks it again only when one of these has changed. A watcher that
 * throws is reported, and the others are told all the same.
 * @template {object} S
 * @param {S} initial
 * @param {object} [options]
 * @param {(flush: () => void) => void} [options.schedule] when watchers are told
 * @param {Report} [options.report]
 * @returns {Store<S>}
 */
export function createStore(initial, { schedule = requestAnimationFrame, report = reportToConsole } = {}) {
  let state = initial;
  let scheduled = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let patience;
  /** @type {Set<Watcher<S>>} */
  const watchers = new Set();
  const turns = { first: new Turn(TURNS.first), second: new Turn(TURNS.second), last: new Turn(TURNS.last) };

  function flush() {
    scheduled = false;
    const due = { first: turns.first.take(), second: turns.second.take(), last: turns.last.take() };
    for (const watcher of watchers) if (isConcerned(watcher, due[watcher.turn])) tellOne(watcher, state, report);
    if (turns.second.isWaiting || turns.last.isWaiting) tell();
  }

  function tell() {
    clearTimeout(patience);
    patience = undefined;
    if (scheduled) return;
    scheduled = true;
    schedule(flush);
  }

  /** @param {Partial<S>} patch @param {{inTurns?: boolean}} [options] */
  function change(patch, { inTurns = false } = {}) {
    const names = /** @type {(keyof S & string)[]} */ (Object.keys(patch));
    const changed = names.filter((name) => !Object.is(state[name], patch[name]));
    for (const turn of Object.values(turns)) turn.add(changed, inTurns);
    state = { ...state, ...patch };
  }

  return {
    get: () => state,
    set(patch) {
      change(patch);
      tell();
    },
    setInTurns(patch) {
      change(patch, { inTurns: true });
      tell();
    },
    setQuietly(patch) {
      change(patch);
      patience ??= setTimeout(tell, PATIENCE_MS);
    },
    watch(select, render, { name = "", turn = "second" } = {}) {
      const watcher = { select, render, name, turn, reads: null, seen: null, failed: false };
      watchers.add(watcher);
      tell();
      return () => void watchers.delete(watcher);
    },
  };
}

/**
 * The same store for one part of the page: its watchers bear that name, and end with the signal.
 * @template S
 * @param {Store<S>} store
 * @param {string} name
 * @param {AbortSignal} signal
 * @returns {Store<S>}
 */
export const scoped = (store, name, signal) => ({
  ...store,
  watch(select, render, options) {
    const end = store.watch(select, render, { name, ...options });
    signal.addEventListener("abort", end, { once: true });
    return end;
  },
});

/** What the watchers of one turn are still to be told of, and when. */
class Turn {
  /** @type {Fields} */
  #fields = new Set();
  #times;
  /** Frames until they are told, and until they must be. */
  #due = 0;
  #left = 0;

  /** @param {{after: number, latest: number}} times in frames */
  constructor(times) {
    this.#times = times;
  }

  get isWaiting() {
    return this.#fields.size > 0;
  }

  /** @param {string[]} names of fields that have changed @param {boolean} mayWait else all is told in the next frame */
  add(names, mayWait) {
    if (!names.length) return;
    if (!this.isWaiting) this.#left = this.#times.latest;
    if (!mayWait) this.#left = 0;
    this.#due = Math.min(this.#times.after, this.#left);
    for (const name of names) this.#fields.add(name);
  }

  /** The fields that are told in the frame that has come. @returns {Fields} */
  take() {
    const fields = this.#fields;
    if (this.#due <= 0) {
      this.#fields = new Set();
      return fields;
    }
    this.#due--;
    this.#left--;
    return NO_FIELDS;
  }
}

/** @type {Fields} */
const NO_FIELDS = new Set();

/**
 * @template S
 * @typedef {object} Watcher
 * @property {(state: S) => readonly unknown[]} select
 * @property {(state: S) => void} render
 * @property {string} name
 * @property {TurnName} turn
 * @property {Fields | null} reads the fields that `select` read when it was last asked; null before that
 * @property {readonly unknown[] | null} seen what it gave
 * @property {boolean} failed whether it has been reported
 */

/**
 * Whether a watcher is to be asked after these fields have changed.
 * @param {Pick<Watcher<any>, "reads">} watcher
 * @param {Fields} fields
 */
function isConcerned({ reads }, fields) {
  if (!reads) return true;
  if (!fields.size) return false;
  if (reads.has(EVERY_FIELD)) return true;
  for (const field of fields) if (reads.has(field)) return true;
  return false;
}

/**
 * @template {object} S
 * @param {Watcher<S>} watcher
 * @param {S} state
 * @param {Report} report
 */
function tellOne(watcher, state, report) {
  try {
    const selected = ask(watcher, state);
    if (watcher.seen && selected.every((value, k) => Object.is(value, watcher.seen?.[k]))) return;
    watcher.seen = selected;
    watcher.render(state);
  } catch (error) {
    if (watcher.failed) return;
    watcher.failed = true;
    report(watcher.name, error);
  }
}

/**
 * What a watcher selects; the fields that it reads are noted, even where it throws.
 * @template {object} S
 * @param {Watcher<S>} watcher
 * @param {S} state
 */
function ask(watcher, state) {
  /** @type {Fields} */
  const reads = (watcher.reads = new Set());
  const view = new Proxy(state, {
    get: (all, field) => (reads.add(field), Reflect.get(all, field)),
    has: (all, field) => (reads.add(field), Reflect.has(all, field)),
    ownKeys: (all) => (reads.add(EVERY_FIELD), Reflect.ownKeys(all)),
    getOwnPropertyDescriptor: (all, field) => (reads.add(field), Reflect.getOwnPropertyDescriptor(all, field)),
  });
  const selected = watcher.select(view);
  if (selected.includes(view)) reads.add(EVERY_FIELD); // what is seen of the whole state changes with each field
  return selected;
}

/** @type {Report} */
export function reportToConsole(watcher, error) {
  console.error(`Part of this page failed: ${watcher || "a part without a name"}`, error);
}
