import { grouped, plural } from '@/lib/numbers'

export const texts = {
  chips: {
    remove: ({ word }: { word: string }) => `Remove ${word}`,
  },
  choices: {
    search: ({ title }: { title: string }) => `Search ${title}`,
    placeholder: 'Search',
    noneMatches: 'None matches.',
  },
  confirmDialog: {
    cancel: 'Cancel',
  },
  filterChip: {
    remove: ({ label, value }: { label: string; value: string }) => `Remove filter ${label}: ${value}`,
  },
  groupPicker: {
    placeholder: 'servers, routers',
    label: 'Search groups',
    noFurther: 'No further group of this name',
    none: ({ text }: { text: string }) => `No group is called “${text}”.`,
    countIn: ({ count, account }: { count: number; account: string }) => `${grouped(count)} in ${account}`,
    peers: ({ count }: { count: number }) => plural(count, 'peer'),
    peersIn: ({ count, account }: { count: number; account: string }) => `${plural(count, 'peer')} in ${account}`,
  },
  onceDialog: {
    done: 'I have stored it',
  },
  searchInput: {
    clear: 'Clear search',
  },
} as const
