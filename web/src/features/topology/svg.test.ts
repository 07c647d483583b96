// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { svgOf, type SvgNode } from './svg'

const node = (part: Partial<SvgNode>): SvgNode => ({ x: 0, y: 0, radius: 10, form: 1, share: 1, loop: false, color: '#0a0', ring: '#070', ground: '#fff', name: 'a', isNamed: true, ...part })

const picture = (nodes: SvgNode[], lines: Parameters<typeof svgOf>[0]['lines'] = []) => svgOf({ width: 200, height: 100, title: 'HQ', ground: '#fff', ink: '#111', font: 'system-ui, "Segoe UI"', lines, nodes })

const parsed = (text: string) => {
  const document = new DOMParser().parseFromString(text, 'image/svg+xml')
  expect(document.querySelector('parsererror')).toBeNull()
  return document
}

test('names from outside stay text', () => {
  const name = '<script>alert("&")</script>\u0000'
  const document = parsed(picture([node({ name })]))
  expect(document.querySelector('script')).toBeNull()
  expect(document.querySelector('text')?.textContent).toBe('<script>alert("&")</script>')
  expect(document.querySelector('g > title')?.textContent).toBe('<script>alert("&")</script>')
})

test('a share is a sector, offline a cross, and a group that reaches itself has a second ring', () => {
  const document = parsed(picture([node({ share: 0.75, form: 0, loop: true }), node({ share: -1 }), node({ isNamed: false })]))
  expect(document.querySelector('[clip-path="url(#form0)"]')?.getAttribute('d')).toBe('M0 0V-1.5A1.5 1.5 0 1 1 -1.5 0Z')
  expect(document.querySelectorAll('[transform="scale(1.31)"]').length).toBe(1)
  expect(document.querySelectorAll('path[d^="M-.4-.4"]').length).toBe(1)
  expect(document.querySelectorAll('text').length).toBe(2)
})

test('a head has its tip where the node begins; what is too near has none', () => {
  const [from, to] = [node({ x: 0 }), node({ x: 100 })]
  const line = { from, to, there: true, back: false, width: 2, dash: 1, color: '#00f' }
  const document = parsed(picture([from, to], [line, { ...line, to: node({ x: 15 }) }]))
  expect([...document.querySelectorAll('svg > polygon')].map((head) => head.getAttribute('points'))).toEqual(['90,0 78,4.5 78,-4.5'])
  expect(document.querySelector('path[stroke-dasharray]')?.getAttribute('stroke-dasharray')).toBe('7 4')
})
