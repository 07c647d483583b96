/** A node as it stands in the window, in pixels. */
export interface SvgNode {
  x: number
  y: number
  radius: number
  /** As the programs have them: shape, filling and rings. */
  form: number
  share: number
  loop: boolean
  color: string
  ring: string
  ground: string
  name: string
  /** Whether its name is written beside it. */
  isNamed: boolean
}

export interface SvgLine {
  from: SvgNode
  to: SvgNode
  /** Whether it has a head at its end, and at its beginning. */
  there: boolean
  back: boolean
  width: number
  dash: number
  color: string
}

export interface SvgPicture {
  width: number
  height: number
  title: string
  ground: string
  ink: string
  font: string
  lines: readonly SvgLine[]
  nodes: readonly SvgNode[]
}

/** Of a node with a radius of one: the shapes that the programs draw, in the order of their numbers. */
const FORMS = [
  '<polygon points="1.04,0 .52,.9 -.52,.9 -1.04,0 -.52,-.9 .52,-.9"/>',
  '<circle r=".9"/>',
  '<rect x="-.78" y="-.78" width="1.56" height="1.56"/>',
  '<polygon points="0,-1.02 1.02,0 0,1.02 -1.02,0"/>',
  '<polygon points="0,-1.1 .95,.55 -.95,.55"/>',
  '<polygon points="0,1.1 .95,-.55 -.95,-.55"/>',
] as const

const DASHES: Readonly<Record<number, string>> = { 1: '7 4', 2: '2 3', 3: '8 3 2 3' }

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Names come from outside. What XML cannot have at all is left out. */
// eslint-disable-next-line no-control-regex -- those that XML refuses
const written = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (letter) => ESCAPES[letter] ?? letter)

const short = (value: number): string => String(Math.round(value * 100) / 100)

/** A share of the whole, clockwise from the top. */
function sector(share: number): string {
  const angle = 2 * Math.PI * share
  return `M0 0V-1.5A1.5 1.5 0 ${share > 0.5 ? 1 : 0} 1 ${short(1.5 * Math.sin(angle))} ${short(-1.5 * Math.cos(angle))}Z`
}

function nodeSvg({ x, y, radius, form, share, loop, color, ring, ground, name }: SvgNode): string {
  const shape = FORMS[form] ?? FORMS[1]
  const pen = Math.max(0.16, 1.4 / radius)
  const parts = [
    ...(loop ? [`<g fill="none" stroke="${ring}" stroke-width="${short(pen * 0.8)}" transform="scale(1.31)">${shape}</g>`] : []),
    `<g fill="${share >= 0.999 ? color : ground}">${shape}</g>`,
    ...(share > 0 && share < 0.999 ? [`<path d="${sector(share)}" fill="${color}" clip-path="url(#form${FORMS.indexOf(shape)})"/>`] : []),
    ...(share < 0 ? [`<path d="M-.4-.4L.4.4M.4-.4L-.4.4" stroke="${ring}" stroke-width=".2"/>`] : []),
    `<g fill="none" stroke="${ring}" stroke-width="${short(pen)}" stroke-linejoin="round" transform="scale(${short(1 - pen / 2)})">${shape}</g>`,
  ]
  return `<g transform="translate(${short(x)} ${short(y)}) scale(${short(radius)})"><title>${written(name)}</title>${parts.join('')}</g>`
}

/** The head of an arrow, with its tip where the node begins. */
function headSvg(from: SvgNode, to: SvgNode, width: number, color: string): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const far = Math.hypot(dx, dy)
  const length = width * 6
  if (far <= to.radius + length) return ''
  const [ux, uy] = [dx / far, dy / far]
  const tip = { x: to.x - ux * to.radius, y: to.y - uy * to.radius }
  const foot = { x: tip.x - ux * length, y: tip.y - uy * length }
  const half = (width * 4.5) / 2
  const corners = [tip, { x: foot.x - uy * half, y: foot.y + ux * half }, { x: foot.x + uy * half, y: foot.y - ux * half }]
  return `<polygon points="${corners.map(({ x, y }) => `${short(x)},${short(y)}`).join(' ')}" fill="${color}"/>`
}

function lineSvg({ from, to, there, back, width, dash, color }: SvgLine): string {
  const dashes = DASHES[dash]
  const line = `<path d="M${short(from.x)} ${short(from.y)}L${short(to.x)} ${short(to.y)}" stroke="${color}" stroke-width="${short(width)}"${dashes === undefined ? '' : ` stroke-dasharray="${dashes}"`}/>`
  return line + (there ? headSvg(from, to, width, color) : '') + (back ? headSvg(to, from, width, color) : '')
}

const nameSvg = ({ x, y, radius, name }: SvgNode): string => `<text x="${short(x + radius * 1.3 + 4)}" y="${short(y + 4)}">${written(name)}</text>`

/** The drawing written down as shapes: what the programs of the graphics card draw, once more. */
export function svgOf({ width, height, title, ground, ink, font, lines, nodes }: SvgPicture): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${written(title)}</title>`,
    `<defs>${FORMS.map((shape, index) => `<clipPath id="form${index}">${shape}</clipPath>`).join('')}</defs>`,
    `<rect width="${width}" height="${height}" fill="${ground}"/>`,
    ...lines.map(lineSvg),
    ...nodes.map(nodeSvg),
    `<g font-family="${written(font)}" font-size="12" fill="${ink}" stroke="${ground}" stroke-width="4" stroke-linejoin="round" paint-order="stroke">`,
    ...nodes.filter(({ isNamed }) => isNamed).map(nameSvg),
    '</g></svg>',
  ].join('\n')
}
