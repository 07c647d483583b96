// Prints the compressed size of what the browser must load before the first page,
// and fails when its JavaScript is over the budget.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const BUDGET_KIB = 180
const FIRST_PAGE = 'src/features/overview/OverviewPage.tsx'
const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

const files = new Set()
function collect(name) {
  const chunk = manifest[name]
  if (!chunk || files.has(chunk.file)) return
  files.add(chunk.file)
  for (const style of chunk.css ?? []) files.add(style)
  for (const imported of chunk.imports ?? []) collect(imported)
}
collect('index.html')
collect(FIRST_PAGE)

let scripts = 0
for (const file of [...files].sort()) {
  const kib = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1024
  if (file.endsWith('.js')) scripts += kib
  console.log(`${kib.toFixed(1).padStart(8)} KiB  ${file}`)
}
console.log(`${scripts.toFixed(1).padStart(8)} KiB  JavaScript of the first load (budget ${BUDGET_KIB} KiB)`)
if (scripts > BUDGET_KIB) process.exit(1)
