import { Plus, Trash2 } from 'lucide-react'
import { phrase } from '@/lib/phrase'
import { texts } from './texts/channels'
import { Button, IconButton } from './ui/Button'
import { FieldMessage, TextField } from './ui/Field'

export interface HeaderDraft {
  name: string
  value: string
  /** There is a value for it, which is not shown and stays unless another one is entered. */
  isKept?: boolean
}

interface HeaderFieldsProps {
  headers: readonly HeaderDraft[]
  error: string | undefined
  onChange: (headers: HeaderDraft[]) => void
}

/** What is sent along with every message of a webhook. */
export function HeaderFields({ headers, error, onChange }: HeaderFieldsProps) {
  const replace = (index: number, part: Partial<HeaderDraft>) => onChange(headers.map((header, at) => (at === index ? { ...header, ...part } : header)))
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-13 font-medium">
        {phrase(texts.headerFields.legend, { mark: (words) => <span className="font-normal text-text-3">{words}</span> })}
      </legend>
      {headers.map((header, index) => (
        <div key={index} className="flex items-end gap-2">
          <TextField label={texts.headerFields.name({ number: index + 1 })} className="flex-1" placeholder={texts.headerFields.placeholder} value={header.name} onChange={(event) => replace(index, { name: event.target.value })} />
          <TextField label={texts.headerFields.value({ number: index + 1 })} className="flex-1" autoComplete="off" placeholder={header.isKept ? texts.headerFields.stays : undefined} value={header.value} onChange={(event) => replace(index, { value: event.target.value })} />
          <IconButton label={texts.headerFields.remove({ number: index + 1 })} icon={Trash2} onClick={() => onChange(headers.filter((_, at) => at !== index))} />
        </div>
      ))}
      {error && <FieldMessage>{error}</FieldMessage>}
      <div>
        <Button icon={Plus} onClick={() => onChange([...headers, { name: '', value: '' }])}>
          {texts.headerFields.add}
        </Button>
      </div>
    </fieldset>
  )
}

const named = (headers: readonly HeaderDraft[]): HeaderDraft[] => headers.filter(({ name }) => name.trim() !== '')

/** As a new webhook has them. */
export const headersOf = (headers: readonly HeaderDraft[]): Record<string, string> => Object.fromEntries(named(headers).map(({ name, value }) => [name.trim(), value.trim()]))

/** As a webhook that there is has them from now on: null is as it was. */
export const changedHeadersOf = (headers: readonly HeaderDraft[]): Record<string, string | null> =>
  Object.fromEntries(named(headers).map(({ name, value, isKept }) => [name.trim(), isKept && value.trim() === '' ? null : value.trim()]))

/** What is wrong with them. */
export const headersError = (headers: readonly HeaderDraft[]): string | undefined =>
  headers.some((header) => header.name.trim() === '' && header.value !== '') ? texts.headerFields.unnamed : undefined
