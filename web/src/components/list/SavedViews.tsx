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
      <Menu align="end" trigger={<IconButton label={current ? `Saved views: ${current.name}` : 'Saved views'} icon={Bookmark} className={current && 'bg-accent-soft text-accent-text'} />}>
        {views.length > 0 && (
          <>
            <MenuChoice
              label="Saved views"
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
        {views.length === 0 && <MenuHeading>Keep search and filters under a name</MenuHeading>}
        {!current && <MenuItem onSelect={() => setDialog('save')}>Save this view</MenuItem>}
        {views.length > 0 && <MenuItem onSelect={() => setDialog('edit')}>Rename or delete views</MenuItem>}
      </Menu>
      {dialog === 'save' && (
        <SaveDialog
          taken={views.map(({ name }) => name)}
          onSave={(name) => {
            keep([...views, { id: crypto.randomUUID(), name, address: addressOf(address) }])
            announce(`Saved the view “${name}”.`)
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
    <Dialog open title="Save this view" description="Its search, filters and order. It stays on this device, for you." onOpenChange={(open) => !open && onClose()}>
      <form
        {...unsaved(name.trim() !== '')}
        onSubmit={(event) => {
          event.preventDefault()
          const given = name.trim()
          if (given === '') setError('Name the view.')
          else if (taken.includes(given)) setError('Another view has this name.')
          else {
            onSave(given)
            onClose()
          }
        }}
      >
        <TextField label="Name" maxLength={NAME_LENGTH} value={name} error={error} onChange={(event) => { setName(event.target.value); setError(undefined) }} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">
            Save view
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
    announce(`Deleted the view “${view.name}”.`, () => keep(views))
    if (left.length === 0) onClose()
  }
  return (
    <Dialog open title="Saved views" description="A name is saved when you leave its field." onOpenChange={(open) => !open && onClose()}>
      <ul className="flex flex-col gap-3">
        {views.map((view) => (
          <EditedView key={view.id} view={view} taken={views.filter(({ id }) => id !== view.id).map(({ name }) => name)} onRename={(name) => rename(view.id, name)} onRemove={() => remove(view)} />
        ))}
      </ul>
      <DialogActions>
        <Button onClick={onClose}>Done</Button>
      </DialogActions>
    </Dialog>
  )
}

function EditedView({ view, taken, onRename, onRemove }: { view: SavedView; taken: readonly string[]; onRename: (name: string) => void; onRemove: () => void }) {
  const [name, setName] = useState(view.name)
  const given = name.trim()
  const error = given === '' ? 'Name the view.' : taken.includes(given) ? 'Another view has this name.' : undefined
  return (
    <li className="flex items-start gap-2">
      <TextField
        label={`Name of “${view.name}”`}
        maxLength={NAME_LENGTH}
        className="flex-1"
        value={name}
        error={error}
        onChange={(event) => setName(event.target.value)}
        onBlur={() => {
          if (error === undefined && given !== view.name) onRename(given)
        }}
      />
      <IconButton label={`Delete the view ${view.name}`} icon={Trash2} className="mt-6" onClick={onRemove} />
    </li>
  )
}
