import clsx from 'clsx'
import { CHANNEL_KINDS, CHANNELS, type ChannelKind } from '@/components/channels'
import { texts } from './texts'

/** Which way the channel's messages take: all there are. */
export function KindChoice({ chosen, onChoose }: { chosen: string; onChoose: (kind: ChannelKind) => void }) {
  return (
    <fieldset>
      <legend className="sr-only">{texts.form.kind}</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-3">
        {CHANNEL_KINDS.map((kind) => {
          const { title, icon: Icon } = CHANNELS[kind]
          return (
            <label
              key={kind}
              className={clsx(
                'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md border px-3 text-13 font-medium has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text touch:min-h-11',
                kind === chosen ? 'border-accent-text bg-accent-soft' : 'border-line hover:border-line-strong',
              )}
            >
              <input type="radio" name="kind" value={kind} className="sr-only" checked={kind === chosen} onChange={() => onChoose(kind)} />
              <Icon aria-hidden className="size-4 shrink-0 text-text-2" />
              <span className="min-w-0">{title}</span>
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
