import { Bookmark, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useSession } from '@/api/client'
import { scopeOf } from '@/api/session'
import { usePreferences, type SavedView } from '@/lib/preferences'
import { announce } from '../announcements'
import { Button, IconButton } from '../ui/Button'
import { Dialog, DialogActions } from '../ui/Dialog'
import { TextField } from '../ui/Field'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '../ui/Menu'
import { unsaved } from '../unsaved'
import type { ListAddress } from './address'
import { texts } from './texts'
import { addressOf, changeTo, viewAt } from './views'

const NAME_LENGTH = 60
const NONE: readonly SavedView[] = []

function useViews(list: string) {
  const of = `${scopeOf(useSession())}/${list}`
  const views = usePreferences((state) => state.views[of]) ?? NONE
  const keepViews = usePreferences((state) => state.keepViews)
  return { views, keep: (next: readonly SavedView[]) => keepViews(of, next) }
}

interface SavedViewsProps {
  list: string
  address: ListAddress
}

/** Searches and filters of a list by a name, for whoever saved them, on this device. */
export function SavedViews({ list, address }: SavedViewsProps) {
  const { views, keep } = useViews(list)
  const [dialog, setDialog] = useState<'save' | 'edit' | null>(null)
  const current = viewAt(views, address)
  return (
    <>
      <Menu align="end" trigger={<IconButton label={current ? texts.views.labelOf({ name: current.name }) : texts.views.label} icon={Bookmark} className={current && 'bg-accent-soft text-accent-text'} />}>
        {views.length > 0 && (
          <>
            <MenuChoice
              label={texts.views.label}
              value={current?.id ?? ''}
              onChange={(id) => {
                const view = views.find((one) => one.id === id)
                if (view) address.set(changeTo(view, address))
              }}
              options={views.map(({ id, name }) => ({ value: id, label: <span className="max-w-64 truncate">{name}</span> }))}
            />
            <MenuSeparator />
          </>
        )}
        {views.length === 0 && <MenuHeading>{texts.views.about}</MenuHeading>}
        {!current && <MenuItem onSelect={() => setDialog('save')}>{texts.views.save}</MenuItem>}
        {views.length > 0 && <MenuItem onSelect={() => setDialog('edit')}>{texts.views.edit}</MenuItem>}
      </Menu>
      {dialog === 'save' && (
        <SaveDialog
          taken={views.map(({ name }) => name)}
          onSave={(name) => {
            keep([...views, { id: crypto.randomUUID(), name, address: addressOf(address) }])
            announce(texts.views.saved({ name }))
          }}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'edit' && <EditDialog views={views} keep={keep} onClose={() => setDialog(null)} />}
    </>
  )
}

function SaveDialog({ taken, onSave, onClose }: { taken: readonly string[]; onSave: (name: string) => void; onClose: () => void }) {
  const [name, setName] = useState('')
  const [error, setError] = useState<string>()
  return (
    <Dialog open title={texts.views.save} description={texts.views.saveAbout} onOpenChange={(open) => !open && onClose()}>
      <form
        {...unsaved(name.trim() !== '')}
        onSubmit={(event) => {
          event.preventDefault()
          const given = name.trim()
          if (given === '') setError(texts.views.unnamed)
          else if (taken.includes(given)) setError(texts.views.taken)
          else {
            onSave(given)
            onClose()
          }
        }}
      >
        <TextField label={texts.views.name} maxLength={NAME_LENGTH} value={name} error={error} onChange={(event) => { setName(event.target.value); setError(undefined) }} />
        <DialogActions>
          <Button onClick={onClose}>{texts.views.cancel}</Button>
          <Button type="submit" variant="primary">
            {texts.views.saveAction}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

interface EditDialogProps {
  views: readonly SavedView[]
  keep: (views: readonly SavedView[]) => void
  onClose: () => void
}

function EditDialog({ views, keep, onClose }: EditDialogProps) {
  const rename = (id: string, name: string) => keep(views.map((view) => (view.id === id ? { ...view, name } : view)))
  const remove = (view: SavedView) => {
    const left = views.filter(({ id }) => id !== view.id)
    keep(left)
    announce(texts.views.deleted({ name: view.name }), () => keep(views))
    if (left.length === 0) onClose()
  }
  return (
    <Dialog open title={texts.views.label} description={texts.views.editAbout} onOpenChange={(open) => !open && onClose()}>
      <ul className="flex flex-col gap-3">
        {views.map((view) => (
          <EditedView key={view.id} view={view} taken={views.filter(({ id }) => id !== view.id).map(({ name }) => name)} onRename={(name) => rename(view.id, name)} onRemove={() => remove(view)} />
        ))}
      </ul>
      <DialogActions>
        <Button onClick={onClose}>{texts.views.done}</Button>
      </DialogActions>
    </Dialog>
  )
}

function EditedView({ view, taken, onRename, onRemove }: { view: SavedView; taken: readonly string[]; onRename: (name: string) => void; onRemove: () => void }) {
  const [name, setName] = useState(view.name)
  const given = name.trim()
  const error = given === '' ? texts.views.unnamed : taken.includes(given) ? texts.views.taken : undefined
  return (
    <li className="flex items-start gap-2">
      <TextField
        label={texts.views.nameOf({ name: view.name })}
        maxLength={NAME_LENGTH}
        className="flex-1"
        value={name}
        error={error}
        onChange={(event) => setName(event.target.value)}
        onBlur={() => {
          if (error === undefined && given !== view.name) onRename(given)
        }}
      />
      <IconButton label={texts.views.deleteView({ name: view.name })} icon={Trash2} className="mt-6" onClick={onRemove} />
    </li>
  )
}
