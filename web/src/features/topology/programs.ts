import type Sigma from 'sigma'
import { createEdgeArrowHeadProgram, createEdgeCompoundProgram, EdgeProgram, NodeProgram, type ProgramInfo } from 'sigma/rendering'
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from 'sigma/types'
import { floatColor } from 'sigma/utils'

const { FLOAT, POINTS, TRIANGLES, UNSIGNED_BYTE } = WebGLRenderingContext

/** What a node is drawn by, beside its place, size and colour. */
export interface NodeLook {
  /** 0 group, 1 peer, 2 network, 3 resource, 4 router, 5 route. */
  form: number
  /** How much of it is filled, clockwise from the top; with a cross over it if below zero. */
  share: number
  ring: string
  ground: string
  /** Another ring around it: its peers reach each other. */
  loop: boolean
}

// One point each: on a machine without a graphics card, what is not drawn is what makes it fast.
const NODE_VERTEX = /* glsl */ `
attribute vec4 a_color;
attribute vec4 a_ring;
attribute vec4 a_ground;
attribute vec2 a_position;
attribute float a_size;
attribute float a_form;
attribute float a_share;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
uniform mat3 u_matrix;
varying vec3 v_color;
varying vec3 v_ring;
varying vec3 v_ground;
varying float v_radius;
varying float v_form;
varying float v_share;
varying float v_room;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  v_radius = max(a_size / u_sizeRatio, 1.5) * u_pixelRatio;
  // No more room than it needs: each point of it costs, and few have a second ring.
  v_room = a_form > 9.5 ? 1.4 + 1.0 / v_radius : 1.0 + 0.5 / v_radius;
  gl_PointSize = v_radius * v_room * 2.0;
  v_color = a_color.rgb;
  v_ring = a_ring.rgb;
  v_ground = a_ground.rgb;
  v_form = a_form;
  v_share = a_share;
}`

const NODE_FRAGMENT = /* glsl */ `
precision mediump float;
varying vec3 v_color;
varying vec3 v_ring;
varying vec3 v_ground;
varying float v_radius;
varying float v_form;
varying float v_share;
varying float v_room;
float outside(vec2 p, float form) {
  vec2 a = abs(p);
  if (form < 0.5) return max(a.x * 0.866 + a.y * 0.5, a.y) - 0.9;
  if (form < 1.5) return length(p) - 0.9;
  if (form < 2.5) return max(a.x, a.y) - 0.78;
  if (form < 3.5) return (a.x + a.y) * 0.7071 - 0.72;
  float up = form < 4.5 ? 1.0 : -1.0;
  return max(a.x * 0.866 - p.y * up * 0.5, p.y * up) - 0.55;
}
void main() {
  vec2 p = (gl_PointCoord * 2.0 - 1.0) * v_room;
  bool looped = v_form > 9.5;
  float d = outside(p, looped ? v_form - 10.0 : v_form);
  float soft = 1.0 / v_radius;
  if (d > soft * 0.5 && !looped) discard;
  float width = max(0.16, 1.4 * soft);
  float inside = clamp(0.5 - d * v_radius, 0.0, 1.0);
  float shown = inside;
  if (looped) {
    shown = max(inside, clamp(1.0 - (abs(d - 0.28) - width * 0.4) * v_radius, 0.0, 1.0));
    if (shown <= 0.0) discard;
  }
  vec3 color = v_ring;
  if (d < -width + soft * 0.5) {
    vec3 filling = v_share < 0.999 ? v_ground : v_color;
    // What is smaller shows no share, only full or empty.
    if (v_share < 0.999 && v_radius > 3.5) {
      if (v_share > 0.0) {
        if (fract(atan(p.x, -p.y) / 6.2831853 + 1.0) < v_share) filling = v_color;
      } else if (v_share < 0.0 && abs(abs(p.x) - abs(p.y)) < 0.17 && max(abs(p.x), abs(p.y)) < 0.5) filling = v_ring;
    }
    color = mix(filling, v_ring, clamp((d + width) * v_radius + 0.5, 0.0, 1.0));
  }
  gl_FragColor = vec4(color, 1.0) * shown;
}`

type Numbers = 'u_sizeRatio' | 'u_pixelRatio' | 'u_matrix'

export class NetworkNodeProgram extends NodeProgram<Numbers> {
  constructor(gl: WebGLRenderingContext, _picking: WebGLFramebuffer | null, renderer: Sigma) {
    // What is under the pointer is found without a second picture.
    super(gl, null, renderer)
  }

  getDefinition() {
    return {
      VERTICES: 1,
      VERTEX_SHADER_SOURCE: NODE_VERTEX,
      FRAGMENT_SHADER_SOURCE: NODE_FRAGMENT,
      METHOD: POINTS,
      UNIFORMS: ['u_sizeRatio', 'u_pixelRatio', 'u_matrix'] as const,
      ATTRIBUTES: [
        { name: 'a_position', size: 2, type: FLOAT },
        { name: 'a_size', size: 1, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_ring', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_ground', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_form', size: 1, type: FLOAT },
        { name: 'a_share', size: 1, type: FLOAT },
      ],
    }
  }

  processVisibleItem(_nodeIndex: number, start: number, data: NodeDisplayData): void {
    const { x, y, size, color, ring, ground, form, share, loop } = data as NodeDisplayData & NodeLook
    this.array.set([x, y, size, floatColor(color), floatColor(ring), floatColor(ground), form + (loop ? 10 : 0), share], start)
  }

  setUniforms({ sizeRatio, pixelRatio, matrix }: RenderParams, { gl, uniformLocations }: ProgramInfo<Numbers>): void {
    gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio)
    gl.uniform1f(uniformLocations.u_pixelRatio, pixelRatio)
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix)
  }
}

/** How a line is broken: 0 not at all, 1 dashes, 2 dots, 3 one of each. */
export interface LinkDash {
  dash: number
}

const LINE_VERTEX = /* glsl */ `
attribute vec2 a_corner;
attribute vec2 a_start;
attribute vec2 a_end;
attribute vec4 a_color;
attribute vec4 a_id;
attribute float a_width;
attribute float a_dash;
uniform mat3 u_matrix;
uniform vec2 u_window;
uniform mediump float u_pixelRatio;
varying vec4 v_color;
varying float v_along;
varying float v_dash;
varying float v_aside;
varying float v_half;
void main() {
  vec2 start = (u_matrix * vec3(a_start, 1)).xy;
  vec2 end = (u_matrix * vec3(a_end, 1)).xy;
  vec2 way = (end - start) * u_window * 0.5;
  float far = length(way);
  vec2 aside = far > 0.0 ? vec2(-way.y, way.x) / far : vec2(0.0);
  v_half = a_width * 0.5 + 0.5 / u_pixelRatio;
  v_aside = a_corner.y * v_half;
  gl_Position = vec4(mix(start, end, a_corner.x) + aside * v_aside * 2.0 / u_window, 0, 1);
  v_along = far * a_corner.x;
  v_dash = a_dash;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
}`

const LINE_FRAGMENT = /* glsl */ `
precision mediump float;
varying vec4 v_color;
varying float v_along;
varying float v_dash;
varying float v_aside;
varying float v_half;
uniform float u_pixelRatio;
void main() {
  if (v_dash > 0.5) {
    float at = mod(v_along, v_dash < 1.5 ? 11.0 : v_dash < 2.5 ? 5.0 : 16.0);
    if (v_dash < 1.5 ? at > 7.0 : v_dash < 2.5 ? at > 2.0 : (at > 8.0 && at < 11.0) || at > 13.0) discard;
  }
  gl_FragColor = vec4(v_color.rgb, 1.0) * clamp((v_half - abs(v_aside)) * u_pixelRatio, 0.0, 1.0);
}`

type LineNumbers = 'u_matrix' | 'u_window' | 'u_pixelRatio'

export class LineProgram extends EdgeProgram<LineNumbers> {
  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: LINE_VERTEX,
      FRAGMENT_SHADER_SOURCE: LINE_FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS: ['u_matrix', 'u_window', 'u_pixelRatio'] as const,
      ATTRIBUTES: [
        { name: 'a_start', size: 2, type: FLOAT },
        { name: 'a_end', size: 2, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_width', size: 1, type: FLOAT },
        { name: 'a_dash', size: 1, type: FLOAT },
        { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: 'a_corner', size: 2, type: FLOAT }],
      CONSTANT_DATA: [
        [0, 1],
        [0, -1],
        [1, 1],
        [1, 1],
        [0, -1],
        [1, -1],
      ],
    }
  }

  processVisibleItem(edgeIndex: number, start: number, source: NodeDisplayData, target: NodeDisplayData, data: EdgeDisplayData): void {
    const { color, size, dash } = data as EdgeDisplayData & LinkDash
    this.array.set([source.x, source.y, target.x, target.y, floatColor(color), size, dash, edgeIndex], start)
  }

  setUniforms({ matrix, width, height, pixelRatio }: RenderParams, { gl, uniformLocations }: ProgramInfo<LineNumbers>): void {
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix)
    gl.uniform2f(uniformLocations.u_window, width, height)
    gl.uniform1f(uniformLocations.u_pixelRatio, pixelRatio)
  }
}

const HEAD = { lengthToThicknessRatio: 6, widenessToThicknessRatio: 4.5 }
const there = createEdgeArrowHeadProgram({ ...HEAD, extremity: 'target' })
const back = createEdgeArrowHeadProgram({ ...HEAD, extremity: 'source' })

/** Lines by which ways they lead. */
export const LINES = {
  line: LineProgram,
  there: createEdgeCompoundProgram([LineProgram, there]),
  back: createEdgeCompoundProgram([LineProgram, back]),
  both: createEdgeCompoundProgram([LineProgram, there, back]),
}
