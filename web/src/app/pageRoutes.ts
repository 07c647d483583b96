import { createRoute, type AnyRoute } from '@tanstack/react-router'
import { lazyPage } from './lazyPage'
import type { PageDefinition } from './pageDefinition'
import type { PlainPath } from './pages'

/** Its parent is a page that can be led to. */
type Page = PageDefinition & { parent?: PlainPath }

type ReadSearch = NonNullable<PageDefinition['search']>

/** What is left of a page's path within the frame that has its start. */
type Within<Path extends string, Start extends string> = Path extends `${Start}${infer Rest}` ? Rest : never

type SearchOf<One extends Page> = One extends { search: infer Read extends ReadSearch } ? Read : () => object

function pageRoute<Parent extends AnyRoute, const Path extends string, Read extends ReadSearch>(parent: () => Parent, path: Path, page: Page, search: Read) {
  return createRoute({ getParentRoute: parent, path, staticData: page, validateSearch: search, component: lazyPage(page.code) })
}

/** A route for each page, which its definition alone makes: below a frame, which has the start of their paths. */
export function pageRoutes<const All extends Readonly<Record<string, Page>>, Parent extends AnyRoute, const Start extends string>(pages: All, parent: () => Parent, start: Start) {
  const routes = Object.entries(pages).map(([name, page]) => [name, pageRoute(parent, page.path.slice(start.length), page, page.search ?? (() => ({})))])
  return Object.fromEntries(routes) as { [Name in keyof All]: ReturnType<typeof pageRoute<Parent, Within<All[Name]['path'], Start>, SearchOf<All[Name]>>> }
}
