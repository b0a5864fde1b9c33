/** Cards of networks, as /api/models gives them, for the tests. */
/** @import { Model } from "../../static/js/capsules/types.js" */
import { geometryOf } from "../../static/js/capsules/geometry.js";

/** The paper's network. */
export const PAPER_CARD = /** @type {Model} */ (
  /** @type {unknown} */ ({
    name: "mnist",
    task: "digit",
    has_capsules: true,
    architecture: "capsnet",
    routing_iterations: 3,
    measured: ["iterations", "dimensions", "gauge", "routings", "agreement"],
    class_names: Array.from({ length: 10 }, (_, label) => String(label)),
    geometry: {
      image: [28, 28],
      conv1: [256, 20, 20],
      kernel_size: 9,
      primary_stride: 2,
      primary_types: 32,
      grid: [6, 6],
      primary_dim: 8,
      primary_count: 1152,
      classes: 10,
      pose_dim: 16,
    },
  })
);

/**
 * A small network whose sides differ: images of 24 x 28, 12 types on a grid of 4 x 6, 7 classes with names, 8-D poses.
 */
export const SMALL_CARD = /** @type {Model} */ (
  /** @type {unknown} */ ({
    name: "small",
    task: "digit",
    has_capsules: true,
    architecture: "capsnet",
    routing_iterations: 3,
    measured: [],
    class_names: ["boot", "bag", "coat", "dress", "shirt", "shoe", "hat"],
    geometry: {
      image: [24, 28],
      conv1: [16, 16, 20],
      kernel_size: 9,
      primary_stride: 2,
      primary_types: 12,
      grid: [4, 6],
      primary_dim: 4,
      primary_count: 288,
      classes: 7,
      pose_dim: 8,
    },
  })
);

/** A network with max pooling, and without capsules: what it does not have is null. */
export const CNN_CARD = /** @type {Model} */ (
  /** @type {unknown} */ ({
    name: "cnn",
    title: "A small CNN with max pooling",
    task: "digit",
    has_capsules: false,
    architecture: "cnn-pooling",
    routing_iterations: null,
    measured: [],
    class_names: PAPER_CARD.class_names,
    geometry: {
      image: [28, 28],
      conv1: null,
      kernel_size: 5,
      primary_stride: null,
      primary_types: null,
      grid: null,
      primary_dim: null,
      primary_count: null,
      classes: 10,
      pose_dim: null,
      channels: [32, 64],
      features: 128,
    },
  })
);

export const PAPER = geometryOf(PAPER_CARD);
export const SMALL = geometryOf(SMALL_CARD);
