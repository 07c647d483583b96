// Prints the compressed size of what the browser must load before the first page, and of what each page of the app takes
// beyond what all of them share; fails when JavaScript is over its budget.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const BUDGET_KIB = 180
const FIRST_PAGE = 'src/features/overview/OverviewPage.tsx'
/** A page that is opened later. */
const PAGE_BUDGET_KIB = 90
/** Those with the form of rules, or its sentences. */
const LARGER_KIB = {
  'src/features/rules/RulesPage.tsx': 118,
  'src/features/rules/RulePage.tsx': 105,
  'src/features/rules/EditRulePage.tsx': 105,
  'src/features/rules/NewRulePage.tsx': 105,
}
/** So many are printed; all are held to their budget. */
const PRINTED = 8

const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

/** The files of a chunk with all that it imports, beside those that are there already. */
function filesOf(name, files = new Set(), known = new Set()) {
  const chunk = manifest[name]
  if (!chunk || files.has(chunk.file) || known.has(chunk.file)) return files
  files.add(chunk.file)
  for (const style of chunk.css ?? []) files.add(style)
  for (const imported of chunk.imports ?? []) filesOf(imported, files, known)
  return files
}

const sizes = new Map()
function kib(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1024)
  return sizes.get(file)
}
const scripts = (files) => [...files].filter((file) => file.endsWith('.js')).reduce((sum, file) => sum + kib(file), 0)
const print = (size, what) => console.log(`${size.toFixed(1).padStart(8)} KiB  ${what}`)

const first = filesOf(FIRST_PAGE, filesOf('index.html'))
for (const file of [...first].sort()) print(kib(file), file)
print(scripts(first), `JavaScript of the first load (budget ${BUDGET_KIB} KiB)`)

const shared = filesOf('index.html')
const pages = Object.keys(manifest)
  .filter((name) => manifest[name].isDynamicEntry && /Pages?\.tsx$/.test(name))
  .map((name) => ({ name, size: scripts(filesOf(name, new Set(), shared)), budget: LARGER_KIB[name] ?? PAGE_BUDGET_KIB }))
  .sort((one, other) => other.size - one.size)
if (pages.length === 0) throw new Error('the build has no pages')
const over = pages.filter(({ size, budget }) => size > budget)
console.log(`\nThe largest of ${pages.length} pages, beyond what all of them share:`)
for (const { name, size, budget } of new Set([...pages.slice(0, PRINTED), ...over])) print(size, `${name} (budget ${budget} KiB)${size > budget ? ': over' : ''}`)

if (scripts(first) > BUDGET_KIB || over.length > 0) process.exit(1)
