import assert from "node:assert/strict";
import { test } from "node:test";
import { couplingScale } from "../../../static/js/lib/coupling.js";
import { CLASSES, PRIMARY } from "../../../static/js/lib/network.js";
import { MAP_FROM, MAP_TO, placeAt, typeMaps } from "../../../static/js/layout/maps.js";
import { cellAt, fitGrid } from "../../../static/js/layout/grid.js";
import { OPACITY_STEPS, listLinks } from "../../../static/js/layout/links.js";
import { anchorY, capsuleAt, neighbour, theatreLayout } from "../../../static/js/layout/theatre.js";

const theatre = theatreLayout(600, 400, 250);

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

test("every capsule stands inside its part, and is found where it stands", () => {
  for (let i = 0; i < PRIMARY; i++) {
    const [x, y] = [theatre.x[i], theatre.y[i]];
    assert.ok(x >= 0 && x + theatre.cell <= 250 && y >= 0 && y + theatre.cell <= 400);
    assert.equal(capsuleAt(theatre, x + theatre.cell / 2, y + theatre.cell / 2), i);
  }
  assert.equal(capsuleAt(theatre, 599, 5), null);
});

test("neighbours are next to each other on the page, also across types, and the edge is the end", () => {
  for (const [i, right, down] of [[0, 1, 0], [5, 1, 0], [30, 0, 1], [1000, -1, 0]]) {
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

test("the anchors of the classes stand in the middle of ten equal rows", () => {
  assert.deepEqual([anchorY(theatre, 0), anchorY(theatre, 9)], [20, 380]);
});

test("links are those that reach the threshold, the stronger the larger their step", () => {
  const couplings = new Float32Array(PRIMARY * CLASSES).fill(0.05);
  couplings[3 * CLASSES + 7] = 0.5;
  couplings[4 * CLASSES + 2] = 0.2;
  const links = listLinks(couplings, 0.2 - 1e-6, null, couplingScale(0.5));
  assert.deepEqual(links.map(({ capsule, label }) => [capsule, label]), [[3, 7], [4, 2]]);
  assert.equal(links[0].step, OPACITY_STEPS);
  assert.ok(links[1].step < links[0].step);
});

test("a capsule that is looked at shows its ten links, whatever the threshold", () => {
  const couplings = new Float32Array(PRIMARY * CLASSES).fill(0.1);
  const links = listLinks(couplings, 0.9, [12], couplingScale(0.5));
  assert.equal(links.length, CLASSES);
  assert.ok(links.every(({ capsule, step }) => capsule === 12 && step >= 1));
});

test("the 36 capsules of a type show those of their links that reach the threshold", () => {
  const couplings = new Float32Array(PRIMARY * CLASSES).fill(0.1);
  couplings[40 * CLASSES + 7] = couplings[100 * CLASSES + 7] = 0.5;
  const type = Array.from({ length: 36 }, (_, k) => 36 + k);
  assert.deepEqual(listLinks(couplings, 0.2, type, couplingScale(0.5)).map(({ capsule, label }) => [capsule, label]), [[40, 7]]);
  assert.equal(listLinks(couplings, 0.05, type, couplingScale(0.5)).length, 360);
});

test("in each of a type's ten maps a place is found where its capsule stands, and nothing between the maps", () => {
  for (const width of [360, 1100]) {
    const maps = typeMaps(width);
    for (const { x, y } of maps.places) {
      assert.ok(x >= 0 && x + maps.side <= width + 1e-6 && y + maps.side <= maps.height);
      for (const place of [0, 5, 8, 35]) {
        const [column, row] = [place % 6, Math.floor(place / 6)];
        assert.equal(placeAt(maps, x + ((column + 0.5) * maps.side) / 6, y + ((row + 0.5) * maps.side) / 6), place);
      }
      assert.equal(placeAt(maps, x + maps.side + 3, y + 3), null);
    }
  }
  assert.deepEqual([MAP_FROM, MAP_TO], [7.5, 19.5]); // pixels 8, 10, ... 18 stand in the middles
});
