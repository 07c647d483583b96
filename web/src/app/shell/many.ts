/** From so many on, one is found by typing: nobody looks for one of a hundred accounts by eye. */
const SEARCHED_FROM = 10

export const areMany = (choices: readonly unknown[]): boolean => choices.length >= SEARCHED_FROM
