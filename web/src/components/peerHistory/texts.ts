import { plural } from '@/lib/numbers'

export const texts = {
  strip: {
    span: ({ word, from, to, lasted }: { word: string; from: string; to: string; lasted: string }) => `${word}, ${from} to ${to} (${lasted})`,
    away: ({ at }: { at: string }) => `Left and came back for a moment, ${at}`,
    there: ({ at }: { at: string }) => `Came and left for a moment, ${at}`,
    legend: 'What the strip shows',
  },
  history: {
    unknown: 'unknown',
    partUnknown: ({ time }: { time: string }) => `${time} unknown`,
    watchedFor: ({ time }: { time: string }) => `watched for ${time}`,
    whileWatched: ({ time }: { time: string }) => `in the ${time} that it was watched`,
    inSpan: ({ span }: { span: string }) => `in ${span}`,
    nothingKnown: ({ when }: { when: string }) => `Nothing is known ${when}.`,
    noOutage: 'No outage',
    outages: ({ count, time }: { count: number; time: string }) => `${plural(count, 'outage')}, ${time} in all`,
    flaps: ({ count }: { count: number }) => `came and went ${plural(count, 'time')} for a moment`,
    unconfirmedFor: ({ time }: { time: string }) => `unconfirmed for ${time}`,
    unknownFor: ({ time }: { time: string }) => `unknown for ${time}`,
    told: ({ told, when }: { told: readonly string[]; when: string }) => `${told.join('; ')}, ${when}.`,
  },
} as const
