/** The API's limits; a second factor makes a shorter password enough. */
const SHORTEST = 15
const SHORTEST_WITH_SECOND_FACTOR = 8
const LONGEST = 256

export const passwordHint = (secondFactor = false): string =>
  `At least ${secondFactor ? SHORTEST_WITH_SECOND_FACTOR : SHORTEST} characters; a few words are fine.`

/** What is wrong with a new password, as far as its length tells. */
export function passwordProblem(password: string, secondFactor = false): string | undefined {
  const shortest = secondFactor ? SHORTEST_WITH_SECOND_FACTOR : SHORTEST
  // Code points, as the API counts them.
  const { length } = Array.from(password)
  if (length < shortest) return `Use at least ${shortest} characters.`
  if (length > LONGEST) return `Use at most ${LONGEST} characters.`
  return undefined
}

export const isEmail = (text: string): boolean => /^\S+@\S+$/.test(text.trim())
