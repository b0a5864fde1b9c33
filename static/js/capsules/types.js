/**
 * What the network computes, as the page knows it. Types only: this module holds no code.
 *
 * Size letters: R routing iterations, P primary capsules, C classes, D pose dimensions, H and W the picture's sides.
 * Arrays are flat, in row-major order.
 *
 * @typedef {object} Geometry
 * @property {number} height of the image, in pixels
 * @property {number} width of the image, in pixels
 * @property {number} pixels of the image
 * @property {number} maps of Conv1
 * @property {number} mapHeight of one map of Conv1, in places
 * @property {number} mapWidth of one map of Conv1, in places
 * @property {number} kernel side of a kernel, of Conv1 and of the primary capsules
 * @property {number} stride of the primary capsules' kernels
 * @property {number} types of primary capsules
 * @property {number} rows of the grid of positions
 * @property {number} columns of the grid of positions
 * @property {number} perType primary capsules of one type: one at each position
 * @property {number} primaries P, all primary capsules; type-major, then row by row
 * @property {number} primaryDim numbers of a primary capsule
 * @property {number} classes C
 * @property {number} poseDim D, numbers of a class capsule
 * @property {number} field side of the patch of the image that one primary capsule sees, in pixels
 *
 * @typedef {{geometry: Geometry, classNames: readonly string[]}} Sized a network as far as its sizes and names go; a
 *   trace is one, too
 *
 * @typedef {object} Trace one forward pass
 * @property {string} model
 * @property {Geometry} geometry the sizes of the network that made it
 * @property {readonly string[]} classNames (C)
 * @property {number} label the predicted class
 * @property {number} iterations R
 * @property {number} milliseconds what the network took
 * @property {readonly Doubt[]} doubts about the picture that the network saw
 * @property {Float32Array} image (H, W) in [0, 1]: what the network saw
 * @property {Uint8Array} conv1 (maps, h, w), after the ReLU, in units of `conv1Scale`
 * @property {number} conv1Scale the response that a byte of 1 stands for
 * @property {Float32Array} primary_capsules (P, 8)
 * @property {Float32Array} coupling_coefficients (R, P, C)
 * @property {Float32Array} agreement (R, P, C)
 * @property {Float32Array} class_capsules (R, C, D)
 * @property {Float32Array} lengths (R, C)
 * @property {Float32Array} reconstruction (H, W) in [0, 1], of the predicted class
 * @property {Float32Array} [layers] (2, H, W) in [0, 1], of a pair: each of the two alone, where it lies in the image
 * @property {Float32Array} [reconstructions] (C, H, W) in [0, 1], of a pair: each class capsule drawn alone
 * @property {Interventions} [interventions] what was edited in its routing
 *
 * @typedef {object} Interventions what is edited in the routing by hand
 * @property {number[]} capsules silenced primary capsules: u = 0
 * @property {number[]} types silenced as a whole
 * @property {number[]} positions silenced positions of the grid, row by row
 * @property {{capsule: number, label: number, coupling: number}[]} couplings fixed in every iteration
 * @property {FirstLogit[]} logits to begin with in place of 0
 * @property {boolean} uniform every coupling is 1/C in every iteration
 * @property {RandomCouplings | null} random couplings drawn at random, the same in every iteration; not with `uniform`
 *
 * @typedef {{seed: number, spread: number}} RandomCouplings softmax of normal numbers; `spread` is their deviation
 *
 * @typedef {{label: number, logit: number} & Addressed} FirstLogit
 * @typedef {{type: number | null, capsule?: number}} Addressed one capsule; else a type; else, with null, all capsules
 *
 * @typedef {"iterations" | "dimensions" | "gauge" | "routings" | "agreement" | "overlap" |
 *   "viewpoints" | "viewpoint-accuracy"} MeasuredKind
 *
 * @typedef {object} Model one of the server's networks, from its card
 * @property {string} name
 * @property {string} title
 * @property {string} dataset
 * @property {string[]} class_names one for each class capsule
 * @property {{image: [number, number], conv1: [number, number, number] | null, kernel_size: number,
 *   primary_stride: number | null, primary_types: number | null, grid: [number, number] | null,
 *   primary_dim: number | null, primary_count: number | null, classes: number, pose_dim: number | null,
 *   channels?: number[] | null, features?: number | null}} geometry its sizes; sides are [height, width]. What it does
 *   not have is null; `channels` and `features` are of a network with max pooling
 * @property {number} parameter_count
 * @property {boolean} has_capsules whether it can be traced; a network without any has no sizes of capsules in its
 *   geometry, and no iterations
 * @property {string} architecture the kind of network: "capsnet", "cnn-pooling", "cnn-global", "cnn-average"
 * @property {"digit" | "pair"} task what it sees: one digit, or two laid over each other
 * @property {[number, number] | null} layer [height, width] of a layer of a pair, in pixels; null for one digit
 * @property {number} test_error per cent of the 10,000 test digits, or of 10,000 pairs of them
 * @property {number | null} max_shift pixels, the farthest that a digit was shifted in training; null where not known
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
 * @typedef {"other_marks" | "uneven_paper" | "no_clear_digit" | "fits_badly"} Doubt
 *
 * @typedef {object} Maps of a network with convolutions
 * @property {number} count K
 * @property {number} height
 * @property {number} width
 * @property {Float32Array} values (K, height, width)
 *
 * @typedef {object} PictureReading what was made of a picture; `ink` and `leftOut` show the part `region` of it
 * @property {number} height
 * @property {number} width
 * @property {Uint8Array} ink (height, width), 0 to 255
 * @property {Uint8Array} leftOut (height, width), over 0 where there are marks that were not taken
 * @property {import("./crop.js").Box} box of the ink, in the whole picture
 * @property {import("./crop.js").Box} region
 * @property {readonly Doubt[]} doubts
 *
 * @typedef {[number, number]} Point x to the right and y down, both in [0, 1] of the pad's side
 * @typedef {Point[]} Stroke
 *
 * @typedef {object} Perturbations the paper's Figure 4 for one digit
 * @property {Float32Array} perturbations (D, 11, H, W); the middle one of each row is the reconstruction itself
 * @property {Float32Array} offsets (D, 11), how far each number is moved
 *
 * @typedef {object} Evidence what one measure of the picture does along a dial
 * @property {string} measure
 * @property {string} title what is measured, in words
 * @property {string} unit "" for none
 * @property {number} change from the first offset to the last
 * @property {number} effect the same in spreads of real digits
 * @property {number} agree share of the digits that change this way
 * @property {number[]} values (11), one for each offset
 *
 * @typedef {object} Dimension what one number of a class's pose does, as measured on training digits
 * @property {number} mean
 * @property {number} deviation
 * @property {{low: number, high: number, counts: number[]}} histogram over the digits of the class
 * @property {string} name what turning the dial to the right does
 * @property {string} detail the same with amounts
 * @property {"clear" | "slight" | "none"} visibility how well a person sees it
 * @property {string[]} measures that give the name
 * @property {Evidence[]} evidence
 * @property {{x: number, y: number, name: string}} place where the picture changes, in pixels
 *
 * @typedef {object} Dimensions of one class capsule of one network
 * @property {string} model
 * @property {number} label
 * @property {number} digits that were measured
 * @property {number} swept of these, whose numbers were moved one by one
 * @property {{mean: number, deviation: number}} length of the capsule
 * @property {number} reach standard deviations to either side, on which the names were measured
 * @property {number[]} offsets (11), from -reach to reach
 * @property {Dimension[]} dimensions (D)
 *
 * @typedef {object} VotePlanes the votes for K classes as points, each on the plane through zero that holds most of
 *   them
 * @property {Float32Array} labels (K)
 * @property {Float32Array} points (K, P, 2)
 * @property {Float32Array} variance (K, 2) the part of the votes' squared lengths along each axis
 * @property {Float32Array} sums (K, R, 2) s_j, before squashing
 * @property {Float32Array} class_capsules (K, R, 2) v_j
 *
 * @typedef {object} Wholes the N strongest votes for each of K classes as pictures, and S sums of the strongest parts
 * @property {number} at the iteration whose couplings count
 * @property {Float32Array} labels (K)
 * @property {Float32Array} parts (K, N) the primary capsules that vote, the strongest first
 * @property {Float32Array} strengths (K, N) c ‖û‖
 * @property {Float32Array} pictures (K, N, H, W), each vote drawn at length 0.95
 * @property {Float32Array} cosines (K, N) of each vote and v
 * @property {Float32Array} among (K) the mean cosine of two of the votes
 * @property {Float32Array} counts (S) how many parts are added
 * @property {Float32Array} sums (K, S, D) squash(Σ c û); the last is v
 * @property {Float32Array} sum_pictures (K, S, H, W), each sum drawn at its own length
 *
 * @typedef {object} AgreementStudy means over test digits, of the strongest votes for a class after the last iteration;
 *   `others` is the mean over all classes but the winner
 * @property {string} model
 * @property {string} command that measured it
 * @property {number} iterations
 * @property {number} digits
 * @property {number} strongest so many votes
 * @property {number} with_v_winner mean cosine of a vote and v
 * @property {number} with_v_others
 * @property {number} among_winner mean cosine of two votes
 * @property {number} among_others
 * @property {number} strength_winner sum of c ‖û‖
 * @property {number} strength_others
 * @property {number} outdone share of the digits with a class whose votes agree more among themselves
 * @property {number} outdone_strength_winner of these digits
 * @property {number} outdone_strength_other of the class whose votes agree most
 * @property {number} outdone_length_winner
 * @property {number} outdone_length_other
 *
 * @typedef {object} IterationStudy what each number of iterations makes of the test digits; lists are for 1, 2, ... 10
 * @property {string} model
 * @property {number} trained_with the routing iterations of training
 * @property {number} digits
 * @property {number[]} errors per cent
 * @property {number[]} winning_lengths means
 * @property {number[]} entropies means, in bits
 *
 * @typedef {object} Reading what one way to couple makes of the test digits
 * @property {number} errors digits that are misread
 * @property {number} changed digits whose answer is another than with one iteration
 * @property {number} winning_length the mean
 * @property {number} entropy of the couplings in bits, the mean
 *
 * @typedef {object} RoutingStudy the test digits read without routing, with it, and with random couplings
 * @property {string} model
 * @property {number} trained_with the routing iterations of training
 * @property {number} digits
 * @property {Reading[]} iterations with 1, 2, ... iterations; the first has uniform couplings
 * @property {(RandomCouplings & {reading: Reading})[]} random
 * @property {{to_right: number, to_wrong: number, wrong_to_wrong: number}} turned digits that are answered otherwise
 *   after as many iterations as in training than after one
 *
 * @typedef {object} PairReading of how many pairs both digits, one or none are among the two longest
 * @property {number} both
 * @property {number} one
 * @property {number} none
 *
 * @typedef {object} OverlapBin the pairs whose overlap lies in [low, high); the last also holds those at its end
 * @property {number} low
 * @property {number} high
 * @property {number} pairs
 * @property {PairReading[]} readings after 1, 2, ... iterations; the one reading of a model without capsules
 * @property {[low: number, high: number][]} intervals 95 %, of the share of misread pairs, for each reading
 *
 * @typedef {object} PairPlacement pairs as they lie, all together and by three measures of overlap
 * @property {PairReading[]} readings
 * @property {OverlapBin[]} box by intersection over union of the boxes around the ink
 * @property {OverlapBin[]} ink by shared ink
 * @property {OverlapBin[]} distance by the distance between the middles, in pixels
 *
 * @typedef {object} InkShares of exclusive ink, that goes to its own digit; each in [0, 1]
 * @property {number} pairs
 * @property {number} pixels of exclusive ink
 * @property {number[]} reconstructions to the darker one, after 1, 2, ... iterations
 * @property {number[]} contributions to the class to which more is given there, after 1, 2, ... iterations
 * @property {number} fields if every capsule gave each class as much as it sees of that digit's ink
 *
 * @typedef {object} OverlapStudy pairs of test digits, read and taken apart
 * @property {string} model
 * @property {number | null} trained_with the routing iterations of training; null without capsules
 * @property {number} pairs
 * @property {PairPlacement} tested each digit shifted its own way
 * @property {PairPlacement} centred the same digits, the middle of the two in the middle of the picture
 * @property {{labels: [number, number], pairs: number, errors: number, lost: [number, number]}[]} classes each two
 *   classes: misread pairs, and how often each of the two is not read
 * @property {{all: InkShares, read: InkShares} | null} ink of the test pairs, and of those that are read; null without
 *   capsules
 * @property {string} command that measured it
 *
 * @typedef {object} Masks one drawing as each of the classes
 * @property {Float32Array} reconstructions (C, H, W), each drawn from one class capsule alone
 * @property {Float32Array} errors (C), sums of squared differences to what the network saw
 * @property {Float32Array} stretched (C, H, W), from the same capsules brought to the length of the longest
 * @property {Float32Array} stretched_errors (C)
 * @property {Float32Array} lengths (C)
 *
 * @typedef {object} Sweep one of two digits moved across the other, in N steps
 * @property {Float32Array} offsets (N) of the moved digit along the axis, whole pixels from the middle
 * @property {Float32Array} lengths (N, C) of the class capsules
 * @property {Float32Array} errors (N, 2) of the reconstructions of two classes, each against its layer where it lies
 *
 * @typedef {object} Gauge how the winner's reconstruction misses the test digits
 * @property {string} model
 * @property {number[]} quantiles the error at 0, 1, .. 100 % of the test digits
 * @property {number[]} [relative_quantiles] the same for the error as a share of the picture's squares
 * @property {Record<string, number>} [auc] by the kind of what is no digit: the share of pairs, one of them a test
 *   digit, in which it has the larger error
 * @property {Record<string, number>} [counts] how many pictures of each kind were tried
 *
 * @typedef {object} Answer the part of a trace that tells what a network reads and draws
 * @property {string} model
 * @property {number} label the predicted class
 * @property {Float32Array} lengths (C), after the last iteration
 * @property {Float32Array} image (H, W) in [0, 1]: what the network saw
 * @property {Float32Array} reconstruction (H, W) in [0, 1], of the predicted class
 * @property {readonly Doubt[]} doubts
 *
 * @typedef {object} Look the part of a trace that a walk between two poses needs
 * @property {Geometry} geometry
 * @property {number} label the predicted class
 * @property {Float32Array} image (H, W)
 * @property {Float32Array} class_capsules (C, D), after the last iteration
 */
export {};
