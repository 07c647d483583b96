import { CircleX, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { CHANNELS, type ChannelId } from '@/components/channels'
import { IconButton } from '@/components/ui/Button'
import { Switch } from '@/components/ui/Switch'
import type { DraftFields } from './draftFields'
import { texts } from './formTexts'

interface ChannelSectionProps extends Pick<DraftFields, 'draft' | 'change'> {
  id: ChannelId
  onRemove: () => void
  children: ReactNode
}

/** One way in which the rule tells somebody. */
export function ChannelSection({ id, draft, change, onRemove, children }: ChannelSectionProps) {
  const { title, icon: Icon } = CHANNELS[id]
  const isOn = draft[id]?.enabled ?? false
  const stopped = id === 'email' ? undefined : draft.kept[id]?.off
  return (
    <section aria-label={title} data-channel={id} className="rounded-md border border-line">
      <header className="flex items-center gap-2 border-b border-line py-1 pr-1 pl-3">
        <Icon aria-hidden className="size-4 shrink-0 text-text-2" />
        <h3 className="min-w-0 flex-1 text-13 font-semibold">{title}</h3>
        <Switch label={texts.channelSection.tell({ title })} checked={isOn} onChange={(enabled) => change({ [id]: { ...draft[id], enabled } })} />
        <IconButton label={texts.channelSection.remove({ title })} icon={Trash2} onClick={onRemove} />
      </header>
      <div className="flex flex-col gap-4 p-3">
        {stopped !== undefined && !isOn && (
          <p className="flex items-start gap-1.5 text-13 text-bad-text">
            <CircleX aria-hidden className="mt-0.5 size-3.5 shrink-0" />
            <span className="min-w-0 wrap-anywhere">{texts.channelSection.switchedOffSinceSwitch({ stopped })}</span>
          </p>
        )}
        {children}
      </div>
    </section>
  )
}
