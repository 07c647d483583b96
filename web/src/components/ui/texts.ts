export const texts = {
  copyButton: {
    announced: ({ what }: { what: string }) => `Copied the ${what}.`,
    copied: 'Copied',
    copy: ({ what }: { what: string }) => `Copy ${what}`,
  },
  dialog: {
    close: 'Close',
  },
  field: {
    optional: '(optional)',
  },
  passwordField: {
    hide: 'Hide',
    show: 'Show',
    hideThis: ({ label }: { label: string }) => `Hide ${label}`,
    showThis: ({ label }: { label: string }) => `Show ${label}`,
  },
  switch: {
    on: 'On',
    off: 'Off',
  },
} as const
