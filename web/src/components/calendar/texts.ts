export const texts = {
  today: 'Today {day}',
  weekFrom: ({ day }: { day: string }) => `Week from ${day}`,
  from: ({ from }: { from: string }) => `From ${from} on`,
  span: ({ from, to }: { from: string; to: string }) => `${from} to ${to}`,
} as const
