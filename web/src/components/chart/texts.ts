export const texts = {
  most: '<quiet>Most: </quiet>{bar}',
  oneBar: ({ label }: { label: string }) => `${label}: one bar`,
  onePoint: ({ label }: { label: string }) => `${label}: point`,
  atPoint: ({ point, values }: { point: string; values: readonly string[] }) => `${point}: ${values.join(', ')}`,
  nothingKnown: 'nothing known',
} as const
