import { Plus, X } from 'lucide-react'
import { useRef } from 'react'
import { Choices } from '@/components/Choices'
import { within, type FieldErrors } from '@/components/formErrors'
import { SEVERITIES } from '@/components/status'
import { Button, IconButton } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { Checkbox, FieldMessage, TextField } from '@/components/ui/Field'
import { ZoneField } from '@/components/ZoneField'
import { wordsOf } from '@/lib/named'
import { hoursWords, MOST_WINDOWS, newQuietHours, newWindow, WEEKDAYS, type QuietHours, type QuietWindow } from './quietHours'
import { texts } from './texts'

interface WindowFieldsProps {
  window: QuietWindow
  index: number
  errors: FieldErrors
  onChange: (part: Partial<QuietWindow>) => void
  /** Undefined for the only one. */
  onRemove: (() => void) | undefined
}

function WindowFields({ window, index, errors, onChange, onRemove }: WindowFieldsProps) {
  const at = `/quietHours/windows/${index}`
  return (
    <li>
      <fieldset data-window={index} className="min-w-0 rounded-md border border-line p-3">
        <legend className="sr-only">{texts.quiet.window({ number: index + 1 })}</legend>
        <div className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <Choices title={texts.quiet.weekdays} row options={WEEKDAYS.map((value) => ({ value, label: wordsOf(value) }))} chosen={window.weekdays} error={within(errors, `${at}/weekdays`)} onChange={(weekdays) => onChange({ weekdays: WEEKDAYS.filter((day) => weekdays.includes(day)) })} />
          </div>
          {onRemove && <IconButton label={texts.quiet.remove({ number: index + 1 })} icon={X} onClick={onRemove} />}
        </div>
        <div className="mt-3 grid grid-cols-2 gap-4 sm:max-w-80">
          <TextField label={texts.quiet.from} type="time" value={window.from} error={errors[`${at}/from`]} onChange={(event) => onChange({ from: event.target.value })} />
          <TextField label={texts.quiet.to} type="time" hint={window.to <= window.from ? texts.quiet.nextDay : undefined} value={window.to} error={errors[`${at}/to`]} onChange={(event) => onChange({ to: event.target.value })} />
        </div>
      </fieldset>
    </li>
  )
}

interface QuietHoursFieldsProps {
  quiet: QuietHours | null
  errors: FieldErrors
  onChange: (quiet: QuietHours | null) => void
}

/** When a channel holds its messages back. */
export function QuietHoursFields({ quiet, errors, onChange }: QuietHoursFieldsProps) {
  const part = useRef<HTMLDivElement>(null)
  /** The button that was pressed moves or goes away: what the press was about has the focus, once it is there. */
  const focus = (selector: string) => requestAnimationFrame(() => part.current?.querySelector<HTMLElement>(selector)?.focus())
  const set = (some: Partial<QuietHours>) => quiet && onChange({ ...quiet, ...some })
  return (
    <Card title={texts.quiet.title} note={quiet ? hoursWords(quiet) : undefined}>
      <div ref={part} className="flex flex-col gap-4 p-4 pt-2">
        <Checkbox
          label={texts.quiet.label}
          hint={texts.quiet.hint}
          checked={quiet !== null}
          onChange={(on) => onChange(on ? newQuietHours() : null)}
        />
        {quiet && (
          <>
            <ol aria-label={texts.quiet.title} className="flex flex-col gap-3">
              {quiet.windows.map((window, index) => (
                <WindowFields
                  key={index}
                  window={window}
                  index={index}
                  errors={errors}
                  onChange={(changed) => set({ windows: quiet.windows.map((other, place) => (place === index ? { ...other, ...changed } : other)) })}
                  onRemove={
                    quiet.windows.length > 1
                      ? () => {
                          set({ windows: quiet.windows.filter((_, place) => place !== index) })
                          focus('button[data-adds]')
                        }
                      : undefined
                  }
                />
              ))}
            </ol>
            {errors['/quietHours/windows'] && <FieldMessage>{errors['/quietHours/windows']}</FieldMessage>}
            {quiet.windows.length < MOST_WINDOWS ? (
              <div>
                <Button
                  icon={Plus}
                  data-adds="window"
                  onClick={() => {
                    set({ windows: [...quiet.windows, newWindow()] })
                    focus(`[data-window="${quiet.windows.length}"] input`)
                  }}
                >
                  {texts.quiet.add}
                </Button>
              </div>
            ) : (
              <p className="text-12 text-text-3">{texts.quiet.most({ most: MOST_WINDOWS })}</p>
            )}
            <div className="sm:max-w-80">
              <ZoneField hint={texts.quiet.zoneHint} value={quiet.timeZone} error={errors['/quietHours/timeZone']} onChange={(timeZone) => set({ timeZone })} />
            </div>
            <Choices
              title={texts.quiet.except}
              row
              options={SEVERITIES.map(({ value, word }) => ({ value, label: word }))}
              chosen={quiet.exceptSeverities}
              error={within(errors, '/quietHours/exceptSeverities')}
              onChange={(exceptSeverities) => set({ exceptSeverities })}
            />
          </>
        )}
      </div>
    </Card>
  )
}
