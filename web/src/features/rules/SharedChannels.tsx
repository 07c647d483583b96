import { ChannelChoices, type ChannelChoicesProps } from '@/components/ChannelChoices'
import { NewChannelLink } from '@/components/NewChannelLink'
import { texts } from './formTexts'

/** Which of the tenant's channels a rule tells. */
export function SharedChannels(choices: ChannelChoicesProps) {
  return (
    <fieldset className="min-w-0 rounded-md border border-line">
      <legend className="sr-only">{texts.sharedChannels.sharedChannels}</legend>
      <div className="flex min-h-11 flex-wrap items-center gap-2 border-b border-line py-1 pr-1 pl-3">
        <p aria-hidden className="min-w-0 flex-1 text-13 font-semibold">
          {texts.sharedChannels.sharedChannels}
        </p>
        <NewChannelLink />
      </div>
      <ChannelChoices {...choices} />
    </fieldset>
  )
}
