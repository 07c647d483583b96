/** What the pickers say that search on the server. */
export const texts = {
  searching: 'Searching…',
  nothingThere: 'There is nothing to choose yet.',
  nothing: ({ typed }: { typed: string }) => `Nothing is called “${typed}”.`,
  failed: ({ kinds }: { kinds: string }) => `${kinds} could not be searched.`,
  gone: ({ id }: { id: string }) => `${id} (gone)`,
  readingName: 'Reading its name',
}
