/** The look of a control in the line of a question. */
export const QUESTION_CONTROL =
  'h-9 rounded-md border border-line-strong bg-surface-1 px-2.5 text-14 text-text-1 transition-colors hover:border-text-3 disabled:opacity-60 aria-invalid:border-bad-text touch:h-11'
