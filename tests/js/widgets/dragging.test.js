/** One pointer drags at a time, and its drag ends with it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { dragging } from "../../../static/js/widgets/dragging.js";

/** A place that is dragged on, and what its drags told. @param {{isGone?: boolean, holds?: boolean}} [options] */
function makePlace({ isGone = false, holds = true } = {}) {
  const classes = new Set();
  /** @type {string[]} */
  const told = [];
  const place = Object.assign(new EventTarget(), {
    classList: {
      add: (/** @type {string} */ name) => classes.add(name),
      remove: (/** @type {string} */ name) => classes.delete(name),
    },
    setPointerCapture() {
      if (isGone) throw new Error("there is no such pointer");
    },
  });
  dragging(/** @type {any} */ (place), {
    begin: ({ pointerId }) => (holds ? `by ${pointerId}` : null),
    move: ({ clientX }, dragged) => told.push(`${dragged} to ${clientX}`),
  });
  /** @param {string} type @param {Partial<PointerEvent>} what */
  const send = (type, what) =>
    place.dispatchEvent(Object.assign(new Event(type), { button: 0, buttons: 1, pointerId: 1, clientX: 0, ...what }));
  return { send, told, isDragging: () => classes.has("dragging") };
}

test("a pointer drags from where it is set down until it is lifted", () => {
  const { send, told, isDragging } = makePlace();
  send("pointermove", { clientX: 1 });
  send("pointerdown", {});
  assert.ok(isDragging());
  send("pointermove", { clientX: 2 });
  send("pointerup", {});
  assert.ok(!isDragging());
  send("pointermove", { clientX: 3 });
  assert.deepEqual(told, ["by 1 to 2"]);
});

test("a second pointer neither moves, ends nor takes over a drag", () => {
  for (const ending of ["pointerup", "pointercancel", "lostpointercapture"]) {
    const { send, told } = makePlace();
    send("pointerdown", {});
    send("pointerdown", { pointerId: 2 });
    send("pointermove", { pointerId: 2, clientX: 2 });
    send(ending, { pointerId: 2 });
    send("pointermove", { clientX: 3 });
    send(ending, {});
    send("pointermove", { clientX: 4 });
    assert.deepEqual(told, ["by 1 to 3"], ending);
  }
});

test("a pen takes over from a palm, and a palm does not take over from a pen", () => {
  const { send, told } = makePlace();
  send("pointerdown", { pointerType: "touch" });
  send("pointerdown", { pointerId: 2, pointerType: "pen" });
  send("pointermove", { clientX: 1 });
  send("pointerup", {});
  send("pointerdown", { pointerId: 3, pointerType: "touch" });
  send("pointermove", { pointerId: 2, clientX: 2 });
  assert.deepEqual(told, ["by 2 to 2"]);
});

test("a drag does not stick: it ends where the pointer was lifted unseen, and another can begin", () => {
  const { send, told, isDragging } = makePlace();
  send("pointerdown", {});
  send("pointermove", { buttons: 0, clientX: 1 });
  assert.ok(!isDragging());
  send("pointermove", { clientX: 2 });
  send("pointerdown", { pointerId: 2 });
  send("pointermove", { pointerId: 2, clientX: 3 });
  assert.deepEqual(told, ["by 2 to 3"]);
});

test("a pointer that is gone already is let go of; other buttons and empty places drag nothing", () => {
  const gone = makePlace({ isGone: true });
  gone.send("pointerdown", {});
  gone.send("pointermove", { buttons: 0 });
  assert.ok(!gone.isDragging());
  gone.send("pointerdown", { pointerId: 2 });
  gone.send("pointermove", { pointerId: 2, clientX: 5 });
  assert.deepEqual(gone.told, ["by 2 to 5"]);
  const other = makePlace();
  other.send("pointerdown", { button: 2 });
  other.send("pointerdown", { ctrlKey: true });
  assert.ok(!other.isDragging());
  const empty = makePlace({ holds: false });
  empty.send("pointerdown", {});
  assert.ok(!empty.isDragging());
});
