/** Sizes in the text of the page are those of the network that answers. @import { Context } from "./dom.js" */
/** @import { Geometry } from "../capsules/geometry.js" */
/** @import { Network } from "../state/trace/network.js" @import { Traces } from "../state/trace/traces.js" */
import { thousands } from "../shell/format.js";
import { geometryNow } from "../state/trace/network.js";

/**
 * What stands in an element with `data-size="KEY"`, or for `{KEY}` in a text.
 * @type {Record<string, (geometry: Geometry) => string>}
 */
const SIZES = {
  image: ({ height, width }) => `${height} × ${width}`,
  conv1_maps: ({ maps }) => String(maps),
  conv1_size: ({ mapHeight, mapWidth }) => `${mapHeight} × ${mapWidth}`,
  primary_count: ({ primaries }) => thousands(primaries),
  primary_types: ({ types }) => String(types),
  primary_dim: ({ primaryDim }) => String(primaryDim),
  grid: ({ rows, columns }) => `${rows} × ${columns}`,
  field: ({ field }) => `${field} × ${field}`,
  classes: ({ classes }) => String(classes),
  pose_dim: ({ poseDim }) => String(poseDim),
  share: ({ classes }) => `1/${classes}`,
};

/**
 * A text with sizes in it: "the {conv1_maps} maps".
 * @param {string} text
 * @param {Geometry} geometry
 */
export const withSizes = (text, geometry) => text.replace(/\{(\w+)\}/g, (_, key) => SIZES[key](geometry));

/** @param {HTMLElement} root @param {Context<Network & Traces>} context */
export function mountSizes(root, { store }) {
  const places = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-size]"));
  store.watch(
    (state) => [geometryNow(state)],
    (state) => {
      const geometry = geometryNow(state);
      for (const place of places) place.textContent = geometry ? SIZES[place.dataset.size ?? ""](geometry) : "…";
    },
  );
}
