import { Plus, Trash2 } from 'lucide-react'
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
        Headers <span className="font-normal text-text-3">(optional)</span>
      </legend>
      {headers.map((header, index) => (
        <div key={index} className="flex items-end gap-2">
          <TextField label={`Name of header ${index + 1}`} className="flex-1" placeholder="X-Team" value={header.name} onChange={(event) => replace(index, { name: event.target.value })} />
          <TextField label={`Value of header ${index + 1}`} className="flex-1" autoComplete="off" placeholder={header.isKept ? 'stays as it is' : undefined} value={header.value} onChange={(event) => replace(index, { value: event.target.value })} />
          <IconButton label={`Remove header ${index + 1}`} icon={Trash2} onClick={() => onChange(headers.filter((_, at) => at !== index))} />
        </div>
      ))}
      {error && <FieldMessage>{error}</FieldMessage>}
      <div>
        <Button icon={Plus} onClick={() => onChange([...headers, { name: '', value: '' }])}>
          Add header
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
  headers.some((header) => header.name.trim() === '' && header.value !== '') ? 'Every header needs a name.' : undefined
