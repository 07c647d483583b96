export const texts = {
  label: 'Search or run a command',
  placeholder: 'Page, peer, rule or alert',
  results: 'Results',
  nothing: ({ typed }: { typed: string }) => `Nothing matches “${typed}”.`,
  group: ({ group }: { group: string }) => `(${group})`,
  themes: { light: 'Use the light theme', dark: 'Use the dark theme', system: 'Follow the system’s theme' },
  themeWords: ['theme', 'appearance', 'mode'],
  keys: 'Show keys',
  signOut: 'Sign out',
}
