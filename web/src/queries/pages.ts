type Given<Query> = { [Key in keyof Query]?: Exclude<Query[Key], undefined> }

/** A query without the parameters that are not set: the API refuses unknown and empty ones. */
export function given<Query extends object>(query: Query): Given<Query> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== '')) as Given<Query>
}
