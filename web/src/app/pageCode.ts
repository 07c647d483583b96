/** Where a page's code is. Whoever reads the list of pages loads none of it, and needs no browser. */
export interface PageCode {
  load: () => Promise<object>
  name: string
}

// What a module's page is must not be asked here: its links know the router's pages, and these would hang on themselves.
export const codeOf = <Module extends object>(load: () => Promise<Module>, name: keyof Module & string): PageCode => ({ load, name })
