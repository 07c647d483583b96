/** An id, or a kind and an id: `rule.0193b000-…`. */
const RESOURCE = /^([a-z_-]+\.)?[\w-]+$/

export const isResource = (text: string): boolean => RESOURCE.test(text)
