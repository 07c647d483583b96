import { Link } from '@tanstack/react-router'
import { ArrowRight, Send } from 'lucide-react'
import type { Delivery } from '@/api/types'
import { Attempts } from '@/components/Attempts'
import { channelLook } from '@/components/channels'
import { course, deliveryLook, whatWasTold } from '@/components/deliveryWords'
import { Fact } from '@/components/Fact'
import { Absolute } from '@/components/Time'
import { Mark } from '@/components/ui/Badge'
import { Button, buttonClass } from '@/components/ui/Button'
import { Sheet } from '@/components/ui/Dialog'
import { phrase } from '@/lib/phrase'
import { BUILT_IN_RULE } from '@/queries/rules'
import { texts } from './texts'

function Rule({ delivery: { ruleId, ruleName }, mayRead }: { delivery: Delivery; mayRead: boolean }) {
  if (!mayRead || ruleName == null || ruleId === BUILT_IN_RULE) return <>{ruleName ?? texts.page.deletedRule}</>
  return (
    <Link to="/rules/$ruleId" params={{ ruleId }} className="text-accent-text hover:underline">
      {ruleName}
    </Link>
  )
}

function To({ delivery: { channel, channelId, channelName, target }, mayRead }: { delivery: Delivery; mayRead: boolean }) {
  const { title } = channelLook(channel)
  if (channelName == null || channelId == null) return phrase(texts.sheet.toKind, { kind: title, target })
  const name = mayRead ? (
    <Link to="/channels/$channelId" params={{ channelId }} className="text-accent-text hover:underline">
      {channelName}
    </Link>
  ) : (
    channelName
  )
  return phrase(texts.sheet.toChannel, { name, kind: title, target })
}

function Tried({ delivery: { tries, earlierTries, attempts, nextTryAt, status } }: { delivery: Delivery }) {
  const nextAt = status === 'pending' ? (nextTryAt ?? undefined) : undefined
  if (tries) return <Attempts tries={tries} earlier={earlierTries ?? 0} nextAt={nextAt} />
  // From before attempts were kept one by one.
  return <p className="text-13 text-text-3">{attempts === 0 ? texts.sheet.notTried : texts.sheet.notKept}</p>
}

interface DeliverySheetProps {
  delivery: Delivery | undefined
  /** Whether rules and channels may be looked at. */
  mayRead: boolean
  /** Undefined for those who may not. */
  onSendAgain: ((delivery: Delivery) => void) | undefined
  sending: string | undefined
  onClose: () => void
}

/** One message and each attempt to deliver it, beside the list. */
export function DeliverySheet({ delivery, mayRead, onSendAgain, sending, onClose }: DeliverySheetProps) {
  const how = delivery && course(delivery)
  const look = delivery && deliveryLook(delivery)
  return (
    <Sheet
      side="right"
      open={delivery !== undefined}
      title={delivery ? whatWasTold(delivery) : texts.sheet.title}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      {delivery && look && (
        <div className="flex flex-col gap-4 p-4">
          <div className="text-14">
            <Mark tone={look.tone} icon={look.icon}>
              {look.word}
            </Mark>
            {how && <p className="mt-1 text-13 wrap-anywhere text-text-2">{how}</p>}
          </div>
          <div className="flex flex-wrap gap-2 empty:hidden">
            {delivery.alertTitle != null && (
              <Link to="/alerts/$alertId" params={{ alertId: delivery.alertId }} className={buttonClass('secondary', 'flex-1')}>
                {texts.sheet.alert}
                <ArrowRight aria-hidden className="size-4" />
              </Link>
            )}
            {onSendAgain && delivery.status === 'failed' && (
              <Button icon={Send} busy={sending === delivery.id} onClick={() => onSendAgain(delivery)}>
                {texts.sheet.sendAgain}
              </Button>
            )}
          </div>
          <dl className="flex flex-col gap-2">
            {/* The title may be cut. */}
            <Fact label={texts.sheet.told}>{whatWasTold(delivery)}</Fact>
            <Fact label={texts.sheet.to}>
              <To delivery={delivery} mayRead={mayRead} />
            </Fact>
            <Fact label={texts.sheet.rule}>
              <Rule delivery={delivery} mayRead={mayRead} />
            </Fact>
            <Fact label={texts.sheet.created}>
              <Absolute at={delivery.createdAt} />
            </Fact>
            {delivery.finishedAt != null && (
              <Fact label={delivery.status === 'delivered' ? texts.sheet.delivered : texts.sheet.ended}>
                <Absolute at={delivery.finishedAt} />
              </Fact>
            )}
            <Fact label={texts.sheet.messageId}>
              <code className="font-mono text-12 break-all select-all">{delivery.id}</code>
            </Fact>
          </dl>
          <section aria-label={texts.sheet.attempts}>
            <h3 className="pb-1 text-13 font-semibold">{texts.sheet.attempts}</h3>
            <Tried delivery={delivery} />
          </section>
        </div>
      )}
    </Sheet>
  )
}
