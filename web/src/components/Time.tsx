import { absolute, ago, clock, duration, oneUnit } from '@/lib/time'
import { useEverySecond } from '@/lib/ticker'

interface TimeProps {
  at: string
  className?: string
}

function Stamp({ at, className, text }: TimeProps & { text: string }) {
  return (
    <time dateTime={at} title={absolute(new Date(at))} className={className}>
      {text}
    </time>
  )
}

/** "4 min ago", going on; date, time and zone on hover. */
export function Ago({ at, className }: TimeProps) {
  const text = useEverySecond((now) => ago(new Date(at), now))
  return <Stamp at={at} text={text} {...(className && { className })} />
}

/** How long something has lasted: "2 h 14 min", or "6 d" when `brief`. */
export function Lasting({ at, className, brief = false }: TimeProps & { brief?: boolean }) {
  const text = useEverySecond((now) => {
    const passed = now.getTime() - new Date(at).getTime()
    return brief ? oneUnit(passed) : duration(passed)
  })
  return <Stamp at={at} text={text} {...(className && { className })} />
}

/** Time of day; with the date when that was not today, or always when `dated`. */
export function Clock({ at, className, seconds = false, dated = false }: TimeProps & { seconds?: boolean; dated?: boolean }) {
  const text = useEverySecond((now) => clock(new Date(at), now, { seconds, dated }))
  return <Stamp at={at} text={text} {...(className && { className })} />
}

export function Absolute({ at, className }: TimeProps) {
  return <Stamp at={at} text={absolute(new Date(at))} {...(className && { className })} />
}
