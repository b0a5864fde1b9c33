/**
 * The shapes that travel through the page. Types only: this module holds no code.
 *
 * B, R, P, C, D: batch, routing iterations, primary capsules, classes, pose dimensions.
 *
 * @typedef {object} Trace one forward pass, as the server computed it; flat arrays in row-major order
 * @property {string} model
 * @property {number} label the predicted class
 * @property {number} iterations R
 * @property {number} milliseconds what the network took
 * @property {Float32Array} image (28, 28) in [0, 1]: what the network saw
 * @property {Float32Array} conv1 (256, 20, 20), after the ReLU
 * @property {Float32Array} primary_capsules (P, 8)
 * @property {Float32Array} coupling_coefficients (R, P, C)
 * @property {Float32Array} agreement (R, P, C)
 * @property {Float32Array} class_capsules (R, C, D)
 * @property {Float32Array} lengths (R, C)
 * @property {Float32Array} reconstruction (28, 28) in [0, 1], of the predicted class
 * @property {Interventions} [interventions] what its routing was tampered with
 *
 * @typedef {object} Interventions what is changed in the routing by hand
 * @property {number[]} capsules silenced primary capsules: u = 0
 * @property {number[]} types silenced as a whole
 * @property {number[]} positions silenced positions of the 6 x 6 grid, row by row
 * @property {{capsule: number, label: number, coupling: number}[]} couplings fixed in every iteration
 * @property {FirstLogit[]} logits to begin with in place of 0
 * @property {boolean} uniform c = 1/10 in every iteration
 *
 * @typedef {{label: number, logit: number} & Addressed} FirstLogit
 * @typedef {{type: number | null, capsule?: number}} Addressed one capsule; else a type; else, with null, all capsules
 *
 * @typedef {"iterations" | "dimensions" | "gauge"} MeasuredKind
 *
 * @typedef {object} Model one of the server's networks, from its card
 * @property {string} name
 * @property {string} title
 * @property {string} dataset
 * @property {string[]} classes
 * @property {number} parameter_count
 * @property {"digit" | "pair"} task what it sees: one digit, or two laid over each other
 * @property {number} test_error per cent of the 10,000 test digits, or of 10,000 pairs of them
 * @property {MeasuredKind[]} measured what the server can tell that was measured of it
 * @property {number} routing_iterations that it was trained with
 * @property {number} epochs
 * @property {number[]} epoch_test_errors per cent, after each epoch
 * @property {number[]} epoch_validation_errors the same on training digits kept out, in place of the test errors
 * @property {string} first_weights where the training began; "" where the card does not say
 * @property {string} command that trained it
 * @property {number} seed
 * @property {string} device
 *
 * @typedef {object} Digit a test digit of the gallery
 * @property {number} index
 * @property {number} label
 * @property {number} predicted
 * @property {string} thumbnail a data URI
 *
 * @typedef {object} DigitPage
 * @property {Digit[]} digits
 * @property {number} page
 * @property {number} pages
 * @property {number} count
 *
 * @typedef {[number, number]} Point x to the right and y down, both in [0, 1] of the pad's side
 * @typedef {Point[]} Stroke
 *
 * @typedef {{kind: "empty"}
 *   | {kind: "strokes", strokes: Stroke[]}
 *   | {kind: "digit", index: number}
 *   | {kind: "pixels", pixels: Uint8Array}} Source what is looked at; pixels are 28 x 28, 0 to 255
 *
 * @typedef {object} Perturbations the paper's Figure 4 for one digit
 * @property {Float32Array} perturbations (D, 11, 28, 28); the middle one of each row is the reconstruction itself
 * @property {Float32Array} offsets (D, 11), how far each number is moved
 *
 * @typedef {Perturbations & {of: {trace: Trace, label: number, reach: State["sweepReach"]}}} Sweep the grid, and what it is of
 *
 * @typedef {object} Evidence how one measure of the picture follows a dial
 * @property {string} measure
 * @property {string} unit
 * @property {number} r correlation with the dial
 * @property {number} slope change for one standard deviation
 * @property {number} share of the change of the picture that the change of this measure would make alone
 * @property {number[]} values (11), one for each of the dimension's offsets
 *
 * @typedef {object} Dimension what one number of a class's pose does, as measured on training digits
 * @property {number} mean
 * @property {number} deviation
 * @property {{low: number, high: number, counts: number[]}} histogram over the digits of the class
 * @property {string} name
 * @property {string} detail
 * @property {number | null} strength |r| of the measure that gives the name
 * @property {string | null} measure that gives the name
 * @property {number} changed share of the pixels that change over the dial
 * @property {Evidence[]} evidence
 * @property {number[]} offsets (11), in standard deviations
 * @property {{x: number, y: number, name: string}} place where the picture changes, in pixels
 *
 * @typedef {object} Dimensions of one class capsule of one network
 * @property {string} model
 * @property {number} label
 * @property {number} digits that were measured
 * @property {number} swept of these, whose numbers were moved one by one
 * @property {{mean: number, deviation: number}} length of the capsule
 * @property {Dimension[]} dimensions (D)
 *
 * @typedef {{offsets: number[], poseLength: number | null}} DialSetting how the dials stand
 *
 * @typedef {object} VotePlanes the votes for K classes as points, each on the plane through zero that holds most of them
 * @property {Float32Array} labels (K)
 * @property {Float32Array} points (K, P, 2)
 * @property {Float32Array} variance (K, 2) the part of the votes' squared lengths along each axis
 * @property {Float32Array} sums (K, R, 2) s_j, before squashing
 * @property {Float32Array} class_capsules (K, R, 2) v_j
 *
 * @typedef {object} PlaneLook how the planes are drawn
 * @property {"position" | "type"} colour what the points' colours stand for
 * @property {"root" | "linear"} distance whether distances from zero are drawn as their square roots
 *
 * @typedef {object} TenIterations one drawing routed with 1, 2, ... 10 iterations; R = 10
 * @property {{source: Source, penWidth: number, model: string, interventions?: Interventions}} of what was routed
 * @property {Float32Array} lengths (R, C)
 * @property {Float32Array} entropies (R), of the coupling coefficients in bits, the mean
 * @property {Float32Array} reconstructions (R, 28, 28), each of its own answer
 *
 * @typedef {object} IterationStudy the same over the test digits; each list is for 1, 2, ... 10 iterations
 * @property {string} model
 * @property {number} trained_with the routing iterations of training
 * @property {number} digits
 * @property {number[]} errors per cent
 * @property {number[]} winning_lengths means
 * @property {number[]} entropies means, in bits
 *
 * @typedef {object} Masks one drawing as each of the ten digits
 * @property {Float32Array} reconstructions (C, 28, 28), each drawn from one class capsule alone
 * @property {Float32Array} errors (C), sums of squared differences to what the network saw
 * @property {Float32Array} stretched (C, 28, 28), from the same capsules brought to the length of the longest
 * @property {Float32Array} stretched_errors (C)
 * @property {Float32Array} lengths (C)
 *
 * @typedef {object} IterationReconstructions what the decoder draws of one class capsule at each iteration
 * @property {Trace} trace
 * @property {number} label
 * @property {Float32Array | null} reconstructions (R, 28, 28); null where no answer came
 *
 * @typedef {object} Gauge how the winner's reconstruction misses the test digits
 * @property {string} model
 * @property {number[]} quantiles the error at 0, 1, .. 100 % of the test digits
 * @property {Record<string, number>} [auc] by the kind of what is no digit: the share of pairs, one of them a test
 *   digit, in which it has the larger error
 *
 * @typedef {object} Look the part of a trace that a walk between two poses needs
 * @property {number} label the predicted class
 * @property {Float32Array} image (28, 28)
 * @property {Float32Array} class_capsules (C, D), after the last iteration
 *
 * @typedef {{source: Source, penWidth: number}} Kept a drawing that is kept beside the one on the pad
 *
 * @typedef {object} Walk from the pose of drawing A to that of drawing B
 * @property {Pick<State, "trace" | "model" | "iterations" | "interventions" | "kept" | "ends" | "walkAs">} of what it was made from
 * @property {(Look | null)[]} looks one for each drawing: the one on the pad, then those that are kept
 * @property {number} label the class whose capsules are meant
 * @property {Float32Array[]} poses from A to B in equal steps; empty where the two have no class in common
 * @property {Float32Array | null} pictures (poses, 28, 28)
 * @property {Mean | null} mean of all drawings of that class
 *
 * @typedef {object} Shelf test digits of one class, to keep
 * @property {Digit[]} digits
 * @property {number} label
 * @property {string} model
 * @property {number} page
 * @property {number} pages
 * @property {number | null} suggested index of the digit to walk to while none is kept
 *
 * @typedef {object} Mean
 * @property {number} count
 * @property {Float32Array} picture (28, 28), what the mean pose draws
 * @property {Float32Array} image (28, 28), the mean of what the network saw
 *
 * @typedef {"votes" | "planes" | "masks" | "perturbations" | "iterations" | "study"} Part of the page, asked for by itself
 *
 * @typedef {"empty" | "loading" | "ready" | "error" | "offline"} Status
 *
 * @typedef {object} State everything that the page shows follows from this
 * @property {Source} source
 * @property {Source | null} cleared what "clear" took away, until something new is drawn
 * @property {number} penWidth of the pad's side
 * @property {string} model name of the model; "" for the server's default
 * @property {Model[]} models
 * @property {string} defaultModel the one that answers where none is named
 * @property {string} missingModel the one that a link asks for and that is not among them; "" for none
 * @property {number} iterations R, how many routing iterations to ask for, 1 to 10
 * @property {Status} status
 * @property {string} message what went wrong, when status is "error" or "offline"
 * @property {Trace | null} trace
 * @property {Interventions} interventions
 * @property {Trace | null} untouched the trace without the interventions that `trace` was made with
 * @property {Float32Array | null} votes (P, C, D), asked for only when a capsule is looked at
 * @property {number} playhead position in the routing, 1 to R; whole numbers are iterations
 * @property {boolean} playing
 * @property {number} threshold links with a smaller coupling coefficient are not drawn
 * @property {number | null} selectedClass null follows the prediction
 * @property {number | null} hoveredClass
 * @property {number | null} pinnedClass the class whose share of the drawing stays painted
 * @property {number | null} hoveredCapsule
 * @property {readonly number[]} pinnedCapsules in the order in which they were pinned
 * @property {number | null} hoveredType 0 to 31
 * @property {number | null} pinnedType
 * @property {number | null} hoveredMap a map of Conv1
 * @property {number[]} offsets (D), how far each dial was turned
 * @property {number | null} poseLength the length that the pose is brought to; null leaves it as the sixteen numbers give it
 * @property {DialSetting[]} dialHistory how the dials stood before each turn, the last one at the end
 * @property {"class" | "wide"} dialReach how far the dials go: as the digits of the class, or further
 * @property {Record<string, string>} dialNames names that the visitor gave, by `label.dimension`
 * @property {Dimensions | null} dimensions the last that were asked for
 * @property {Float32Array | null} reconstruction (28, 28), what the dials draw
 * @property {Float32Array | null} foundReconstruction (28, 28), of the chosen class as found, where it is not the predicted one
 * @property {IterationReconstructions | null} iterationReconstructions the last that were asked for
 * @property {boolean} ghost whether the outline of what was found lies over the reconstruction
 * @property {"input" | "found"} compareWith what the reconstruction is compared with
 * @property {Sweep | null} perturbations the last grid that was asked for
 * @property {VotePlanes | null} planes
 * @property {readonly [number | null, number | null]} planeClasses null follows: the shown class, and the longest other one
 * @property {PlaneLook} planeLook
 * @property {TenIterations | null} tenIterations
 * @property {IterationStudy | null} study of one model
 * @property {"paper" | "class"} sweepReach of the grid: 0.25, or two standard deviations
 * @property {"number" | "change"} sweepOrder of the grid's rows
 * @property {number | null} chosenDimension whose evidence is shown
 * @property {{dimension: number, column: number} | null} hoveredCell of the grid
 * @property {Masks | null} masks
 * @property {"error" | "length"} maskOrder what the ten masks are ranked by
 * @property {boolean} stretched whether each mask is drawn with its capsule as long as the longest
 * @property {Gauge | null} gauge of one model
 * @property {Kept[]} kept up to eight drawings to walk between
 * @property {[number, number]} ends where the walk begins and ends: 0 is the drawing on the pad, k the k-th kept one
 * @property {number} walked how far the walk has come, in [0, 1]
 * @property {number | null} walkAs the class whose capsules the walk takes; null for the class that A is read as
 * @property {Walk | null} walk
 * @property {string} walkTrouble why there is no walk
 * @property {Partial<Record<Part, string>>} troubles why a part of the page is missing for good
 * @property {Shelf | null} shelf
 * @property {number} shelfPage
 * @property {"auto" | "light" | "dark"} theme
 * @property {Palette} palette the theme's colours, for the canvases
 *
 * @typedef {State & {trace: Trace}} Traced a state that has something to show
 *
 * @typedef {[number, number, number]} Rgb each 0 to 255
 * @typedef {Record<"surface" | "ink" | "muted" | "line" | "accent" | "positive" | "negative", Rgb>} Palette
 *
 * @typedef {object} Store
 * @property {() => State} get
 * @property {(patch: Partial<State>) => void} set
 * @property {(patch: Partial<State>) => void} setQuietly told with the next change, or soon after
 * @property {(select: (state: State) => readonly unknown[], render: (state: State) => void) => void} watch
 */
export {};
