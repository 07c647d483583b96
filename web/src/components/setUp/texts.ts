export const texts = {
  delete: {
    button: 'Delete',
    title: ({ name }: { name: string }) => `Delete “${name}”?`,
    action: ({ name }: { name: string }) => `Delete “${name}”`,
    keep: 'Keep it',
    failed: ({ kind }: { kind: string }) => `The ${kind} was not deleted`,
    deleted: ({ capital, name }: { capital: string; name: string }) => `${capital} “${name}” was deleted.`,
  },
  links: {
    new: ({ kind }: { kind: string }) => `New ${kind}`,
    edit: 'Edit',
    cancel: 'Cancel',
    name: 'Name',
  },
  page: {
    gone: 'It was deleted, or is of another tenant.',
    what: ({ kind }: { kind: string }) => `the ${kind}`,
    edit: ({ name }: { name: string }) => `Edit ${name}`,
  },
} as const
