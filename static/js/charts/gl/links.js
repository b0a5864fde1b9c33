/**
 * Links by the thousand, as charts/links.js draws them, on a graphics card.
 *
 * There all links of one colour and opacity are one path: where they cross they are no darker. Here each such group
 * has a channel of a texture to itself, in which the largest coverage of a pixel wins; then the groups are laid over
 * each other. Two passes and two draw calls, however many links.
 */
/** @import { Palette, Rgb } from "../../shell/theme.js" */
/** @import { Links } from "../place-links.js" @import { Theatre } from "../theatre.js" */
import { OPACITY_STEPS } from "../place-links.js";
import { createProgram, createTexture, isSoftware, rendererOf } from "./program.js";

/** Straight pieces of one curve. */
const PIECES = 32;
const GROUPS = 2 * OPACITY_STEPS;
const TEXTURES = GROUPS / 4;
/** Of an instance: the two ends' places, and the group. */
const NUMBERS = 4;

const CURVE_VERTEX = `
  in vec3 a_link; // x and y of the beginning, y of the end
  in float a_group;
  uniform vec2 u_size; // of the field, in CSS pixels
  uniform vec2 u_field; // x where the field of links begins and ends
  uniform float u_scale; // device pixels of a CSS pixel
  uniform float u_width; // of a link, in device pixels
  out float v_distance; // from the middle of the line, in device pixels
  flat out int v_group;

  void main() {
    float t = float(gl_VertexID / 2) / float(${PIECES});
    float s = 1.0 - t;
    float middle = (max(a_link.x, u_field.x) + u_field.y) / 2.0;
    vec2 from = a_link.xy, to = vec2(u_field.y, a_link.z);
    vec2 bend = vec2(middle, from.y), turn = vec2(middle, to.y);
    vec2 place = s*s*s * from + 3.0*s*s*t * bend + 3.0*s*t*t * turn + t*t*t * to;
    vec2 along = s*s * (bend - from) + 2.0*s*t * (turn - bend) + t*t * (to - turn);
    vec2 across = normalize(vec2(-along.y, along.x));
    v_distance = (gl_VertexID % 2 == 0 ? 1.0 : -1.0) * (u_width / 2.0 + 1.0);
    v_group = int(a_group);
    vec2 at = place + across * v_distance / u_scale;
    gl_Position = vec4(2.0 * at.x / u_size.x - 1.0, 1.0 - 2.0 * at.y / u_size.y, 0.0, 1.0);
  }`;

const CURVE_FRAGMENT = `
  in float v_distance;
  flat in int v_group;
  uniform float u_width;
  ${Array.from({ length: TEXTURES }, (_, k) => `layout(location = ${k}) out vec4 coverage${k};`).join("\n")}

  vec4 channel(int first) {
    return vec4(equal(ivec4(first, first + 1, first + 2, first + 3), ivec4(v_group)));
  }

  void main() {
    // The part of a pixel, as wide as one, that the line covers.
    float covered = max(0.0, min(v_distance + 0.5, u_width / 2.0) - max(v_distance - 0.5, -u_width / 2.0));
    ${Array.from({ length: TEXTURES }, (_, k) => `coverage${k} = covered * channel(${4 * k});`).join("\n")}
  }`;

const BLEND_VERTEX = `
  void main() {
    gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
  }`;

const BLEND_FRAGMENT = `
  ${Array.from({ length: TEXTURES }, (_, k) => `uniform sampler2D u_coverage${k};`).join("\n")}
  uniform vec4 u_other; // colour, and the opacity of the strongest
  uniform vec4 u_lit;
  out vec4 colour; // premultiplied

  void lay(vec4 coverages, vec4 look, float first) {
    for (int k = 0; k < 4; k++) {
      float alpha = coverages[k] * look.a * (first + float(k)) / float(${OPACITY_STEPS});
      colour = vec4(look.rgb * alpha, alpha) + (1.0 - alpha) * colour;
    }
  }

  void main() {
    ivec2 at = ivec2(gl_FragCoord.xy);
    colour = vec4(0.0);
    ${Array.from({ length: TEXTURES }, (_, k) => {
      const [look, first] = k < TEXTURES / 2 ? ["u_other", 4 * k + 1] : ["u_lit", 4 * k + 1 - OPACITY_STEPS];
      return `lay(texelFetch(u_coverage${k}, at, 0), ${look}, ${first}.0);`;
    }).join("\n")}
  }`;

/**
 * @param {{evenInSoftware?: boolean}} [options] for the tests
 * @returns {GlLinks | null} null where there is no WebGL2, or only one that a program pretends
 */
export function openGlLinks({ evenInSoftware = false } = {}) {
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext("webgl2", { alpha: true, antialias: false, depth: false, stencil: false });
  if (!gl || (isSoftware(rendererOf(gl)) && !evenInSoftware)) return null;
  try {
    return new GlLinks(canvas, gl);
  } catch (error) {
    console.info("the links are drawn without the graphics card", error);
    return null;
  }
}

class GlLinks {
  /** @param {OffscreenCanvas} canvas @param {WebGL2RenderingContext} gl */
  constructor(canvas, gl) {
    this.canvas = canvas;
    this.gl = gl;
    this.curves = createProgram(gl, CURVE_VERTEX, CURVE_FRAGMENT);
    this.blend = createProgram(gl, BLEND_VERTEX, BLEND_FRAGMENT);
    this.instances = this.layInstances();
    this.empty = gl.createVertexArray();
    this.coverage = gl.createFramebuffer();
    /** @type {WebGLTexture[]} */
    this.textures = [];
  }

  /** For good: a card that was lost once is not trusted again. */
  get isLost() {
    return this.gl.isContextLost();
  }

  /**
   * As `drawLinks` of charts/links.js.
   * @param {CanvasRenderingContext2D} context
   * @param {Links} links
   * @param {Theatre} theatre
   * @param {{palette: Palette, lit: number | null, width: number, strongest: {lit: number, other: number}}} look
   */
  draw(context, links, theatre, { palette, lit, width, strongest }) {
    this.fit(context.canvas.width, context.canvas.height);
    this.load(links, theatre, lit);
    this.drawCurves(links.steps.length, theatre, width);
    this.blendGroups([palette.muted, strongest.other], [palette.accent, strongest.lit]);
    context.drawImage(this.canvas, 0, 0, theatre.width, theatre.height);
  }

  /** @param {number} width @param {number} height in device pixels */
  fit(width, height) {
    const { gl, canvas } = this;
    if (canvas.width === width && canvas.height === height && this.textures.length) return;
    [canvas.width, canvas.height] = [width, height];
    for (const texture of this.textures) gl.deleteTexture(texture);
    this.textures = Array.from({ length: TEXTURES }, () => createTexture(gl, width, height));
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.coverage);
    const attachments = this.textures.map((texture, k) => {
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + k, gl.TEXTURE_2D, texture, 0);
      return gl.COLOR_ATTACHMENT0 + k;
    });
    gl.drawBuffers(attachments);
  }

  layInstances() {
    const { gl } = this;
    const [array, buffer] = [gl.createVertexArray(), gl.createBuffer()];
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    for (const [name, size, offset] of /** @type {const} */ ([
      ["a_link", 3, 0],
      ["a_group", 1, 3],
    ])) {
      const place = gl.getAttribLocation(this.curves.program, name);
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, size, gl.FLOAT, false, 4 * NUMBERS, 4 * offset);
      gl.vertexAttribDivisor(place, 1);
    }
    return { array, buffer };
  }

  /** @param {Links} links @param {Theatre} theatre @param {number | null} lit */
  load(links, theatre, lit) {
    const { gl } = this;
    const { capsules, labels, steps } = links;
    const { x, y, cell, anchors } = theatre;
    const numbers = new Float32Array(NUMBERS * steps.length);
    for (let k = 0, at = 0; k < steps.length; k++, at += NUMBERS) {
      numbers[at] = x[capsules[k]] + cell;
      numbers[at + 1] = y[capsules[k]] + cell / 2;
      numbers[at + 2] = anchors[labels[k]];
      numbers[at + 3] = steps[k] - 1 + (labels[k] === lit ? OPACITY_STEPS : 0);
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, this.instances.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, numbers, gl.STREAM_DRAW);
  }

  /**
   * Of each group the largest coverage of each pixel.
   * @param {number} count
   * @param {Theatre} theatre
   * @param {number} width
   */
  drawCurves(count, { width: fieldWidth, height, linkStart, linkEnd }, width) {
    const {
      gl,
      canvas,
      curves: { program, uniforms },
    } = this;
    const scale = canvas.width / fieldWidth;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.coverage);
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.BLEND);
    gl.blendEquation(gl.MAX);
    gl.useProgram(program);
    gl.uniform2f(uniforms.u_size, fieldWidth, height);
    gl.uniform2f(uniforms.u_field, linkStart, linkEnd);
    gl.uniform1f(uniforms.u_scale, scale);
    gl.uniform1f(uniforms.u_width, width * scale);
    gl.bindVertexArray(this.instances.array);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 2 * (PIECES + 1), count);
  }

  /** The groups over each other, the lit ones last. @param {[Rgb, number]} other @param {[Rgb, number]} lit */
  blendGroups(other, lit) {
    const {
      gl,
      blend: { program, uniforms },
    } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.disable(gl.BLEND);
    gl.useProgram(program);
    this.textures.forEach((texture, k) => {
      gl.activeTexture(gl.TEXTURE0 + k);
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.uniform1i(uniforms[`u_coverage${k}`], k);
    });
    for (const [uniform, [[red, green, blue], strongest]] of /** @type {const} */ ([
      [uniforms.u_other, other],
      [uniforms.u_lit, lit],
    ])) {
      gl.uniform4f(uniform, red / 255, green / 255, blue / 255, strongest);
    }
    gl.bindVertexArray(this.empty);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }
}
