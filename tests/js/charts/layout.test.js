import assert from "node:assert/strict";
import { test } from "node:test";
import { PAPER, SMALL } from "../cards.js";
import { mappedPart, placeAt, typeMaps } from "../../../static/js/charts/maps.js";
import { cellAt, fitGrid } from "../../../static/js/charts/grid.js";
import { OPACITY_STEPS, evenLinks, listLinks, nearestLink } from "../../../static/js/charts/place-links.js";
import { capsuleAt, neighbour, theatreLayout } from "../../../static/js/charts/theatre.js";

const { primaries: PRIMARY, classes: CLASSES } = PAPER;
const theatre = theatreLayout(PAPER, 600, 400, 250);

/** @param {import("../../../static/js/charts/place-links.js").Links} links capsule and label of each */
const pairs = ({ capsules, labels }) => Array.from(capsules, (capsule, k) => [capsule, labels[k]]);

test("no other arrangement of squares in the box has larger ones", () => {
  const { columns, rows, cell } = fitGrid(256, 130, 380);
  assert.ok(columns * rows >= 256 && columns * cell <= 130 + 1e-9 && rows * cell <= 380 + 1e-9);
  for (let other = 1; other <= 256; other++) assert.ok(Math.min(130 / other, 380 / Math.ceil(256 / other)) <= cell);
});

test("a cell is found again at its middle, and nothing beside the grid", () => {
  const grid = fitGrid(256, 130, 380);
  for (const k of [0, 17, 255]) {
    const [x, y] = [((k % grid.columns) + 0.5) * grid.cell, (Math.floor(k / grid.columns) + 0.5) * grid.cell];
    assert.equal(cellAt(grid, 256, x, y), k);
  }
  assert.equal(cellAt(grid, 256, -1, 5), null);
  assert.equal(cellAt(grid, 256, 5, 5000), null);
});

for (const [name, geometry] of Object.entries({ PAPER, SMALL })) {
  test(`every capsule of ${name} stands inside its part, and is found where it stands`, () => {
    const layout = theatreLayout(geometry, 600, 400, 250);
    assert.equal(layout.x.length, geometry.primaries);
    for (let i = 0; i < geometry.primaries; i++) {
      const [x, y] = [layout.x[i], layout.y[i]];
      assert.ok(x >= 0 && x + layout.cell <= 250 && y >= 0 && y + layout.cell <= 400);
      assert.equal(capsuleAt(layout, x + layout.cell / 2, y + layout.cell / 2), i);
    }
    assert.equal(capsuleAt(layout, 599, 5), null);
  });

  test(`between two types of ${name} a finger means the nearest capsule, and a pointer none`, () => {
    const layout = theatreLayout(geometry, 600, 400, 250);
    for (let i = 0; i < geometry.primaries; i += geometry.perType) {
      const [x, y] = [layout.x[i] - 0.1, layout.y[i] + layout.cell / 2]; // beside the first of each type
      if (layout.x[i] - layout.types.left < 0.2) continue;
      assert.notEqual(capsuleAt(layout, x, y), i);
      assert.equal(capsuleAt(layout, x, y, { isFinger: true }), i);
    }
    assert.equal(capsuleAt(layout, 599, 5, { isFinger: true }), null);
  });

  test(`neighbours of ${name} come back to each other`, () => {
    const layout = theatreLayout(geometry, 600, 400, 250);
    for (let i = 0; i < geometry.primaries; i += 5) {
      for (const [right, down] of [
        [1, 0],
        [0, 1],
      ]) {
        const next = neighbour(layout, i, right, down);
        if (next === i) continue; // the edge
        assert.equal(neighbour(layout, next, -right, -down), i);
        assert.deepEqual(
          [Math.sign(layout.x[next] - layout.x[i]), Math.sign(layout.y[next] - layout.y[i])],
          [right, down],
        );
      }
    }
  });
}

test("neighbours are next to each other on the page, also across types, and the edge is the end", () => {
  for (const [i, right, down] of [
    [0, 1, 0],
    [5, 1, 0],
    [30, 0, 1],
    [1000, -1, 0],
  ]) {
    const next = neighbour(theatre, i, right, down);
    assert.notEqual(next, i);
    assert.equal(Math.sign(theatre.x[next] - theatre.x[i]), right);
    assert.equal(Math.sign(theatre.y[next] - theatre.y[i]), down);
    assert.equal(neighbour(theatre, next, -right, -down), i);
  }
  assert.equal(neighbour(theatre, 0, -1, 0), 0);
  assert.equal(neighbour(theatre, 0, 0, -1), 0);
  assert.equal(neighbour(theatre, PRIMARY - 1, 0, 1), PRIMARY - 1);
});

test("the anchors of the classes stand in the middle of equal rows", () => {
  assert.deepEqual([theatre.anchors[0], theatre.anchors[9]], [20, 380]);
  assert.deepEqual([...theatreLayout(SMALL, 600, 420, 250).anchors], [30, 90, 150, 210, 270, 330, 390]);
});

test("links are those that reach the threshold, the stronger the larger their step", () => {
  const couplings = new Float32Array(PRIMARY * CLASSES).fill(0.05);
  couplings[3 * CLASSES + 7] = 0.5;
  couplings[4 * CLASSES + 2] = 0.2;
  const links = listLinks(PAPER, couplings, 0.2 - 1e-6, null, 0.5);
  assert.deepEqual(pairs(links), [
    [3, 7],
    [4, 2],
  ]);
  assert.equal(links.steps[0], OPACITY_STEPS);
  assert.ok(links.steps[1] < links.steps[0]);
});

test("a capsule that is looked at shows its ten links, whatever the threshold", () => {
  const couplings = new Float32Array(PRIMARY * CLASSES).fill(0.1);
  const links = listLinks(PAPER, couplings, 0.9, [12], 0.5);
  assert.deepEqual(
    pairs(links),
    Array.from({ length: CLASSES }, (_, label) => [12, label]),
  );
  assert.ok(links.steps.every((step) => step >= 1));
});

test("the 36 capsules of a type show those of their links that reach the threshold", () => {
  const couplings = new Float32Array(PRIMARY * CLASSES).fill(0.1);
  couplings[40 * CLASSES + 7] = couplings[100 * CLASSES + 7] = 0.5;
  const type = Array.from({ length: 36 }, (_, k) => 36 + k);
  assert.deepEqual(pairs(listLinks(PAPER, couplings, 0.2, type, 0.5)), [[40, 7]]);
  assert.equal(listLinks(PAPER, couplings, 0.05, type, 0.5).steps.length, 360);
});

test("while all couplings are alike one capsule of each type stands for its type, and fades", () => {
  const links = evenLinks(SMALL, 1);
  assert.equal(links.steps.length, SMALL.types * SMALL.classes);
  const types = new Set(Array.from(links.capsules, (capsule) => Math.floor(capsule / SMALL.perType)));
  assert.equal(types.size, SMALL.types);
  assert.ok(evenLinks(SMALL, 1.3).steps[0] < links.steps[0]);
  assert.equal(evenLinks(SMALL, 1.6).steps.length, 0);
});

for (const [name, geometry] of Object.entries({ PAPER, SMALL })) {
  test(`in each of a type's maps of ${name} a place is found where its capsule stands, and nothing between the maps`, () => {
    const { rows, columns, perType, classes } = geometry;
    for (const width of [360, 1100]) {
      const maps = typeMaps(geometry, width);
      assert.equal(maps.places.length, classes);
      for (const { x, y } of maps.places) {
        assert.ok(x >= 0 && x + maps.width <= width + 1e-6 && y + maps.height <= maps.total);
        for (const place of [0, columns - 1, columns + 2, perType - 1]) {
          const [column, row] = [place % columns, Math.floor(place / columns)];
          const [across, down] = [((column + 0.5) * maps.width) / columns, ((row + 0.5) * maps.height) / rows];
          assert.equal(placeAt(maps, x + across, y + down), place);
        }
        assert.equal(placeAt(maps, x + maps.width + 3, y + 3), null);
      }
    }
  });
}

test("a map shows the pixels around the middles of its receptive fields", () => {
  // 8, 10, ... 18 in the middles
  assert.deepEqual(mappedPart(PAPER), { left: 7.5, top: 7.5, right: 19.5, bottom: 19.5 });
  assert.deepEqual(mappedPart(SMALL), { left: 7.5, top: 7.5, right: 19.5, bottom: 15.5 });
});

for (const [name, geometry] of Object.entries({ PAPER, SMALL })) {
  test(`a link of ${name} is found where it is drawn, and none far from all`, () => {
    const layout = theatreLayout(geometry, 600, 400, 250);
    const { x, y, cell, linkStart, linkEnd, anchors } = layout;
    const couplings = new Float32Array(geometry.primaries * geometry.classes);
    const [first, last] = [geometry.perType - 1, geometry.primaries - 1];
    for (const [capsule, label] of [
      [first, geometry.classes - 1],
      [last, 0],
    ]) {
      couplings[capsule * geometry.classes + label] = 0.5;
    }
    const links = listLinks(geometry, couplings, 0.3, null, 0.5);
    for (const [k, [capsule, label]] of pairs(links).entries()) {
      const [begin, top, end] = [x[capsule] + cell, y[capsule] + cell / 2, anchors[label]];
      const middle = (Math.max(begin, linkStart) + linkEnd) / 2;
      for (const t of [0.2, 0.35, 0.8]) {
        const s = 1 - t;
        const px = s ** 3 * begin + 3 * s * t * middle + t ** 3 * linkEnd;
        const py = (s ** 3 + 3 * s * s * t) * top + (3 * s * t * t + t ** 3) * end;
        assert.equal(nearestLink(links, layout, px, py + 1, 4), k);
      }
    }
    assert.equal(nearestLink(links, layout, 590, 200, 4), null);
  });
}
