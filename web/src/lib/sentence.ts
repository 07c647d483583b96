/** "not sent to 2 recipients" as it begins a sentence: "Not sent to 2 recipients" */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** "the list is empty" as a sentence: "The list is empty." */
export const sentence = (text: string): string => `${capitalized(text).replace(/\.$/, '')}.`
