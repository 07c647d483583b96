import { Link } from '@tanstack/react-router'
import { FileDown, FileUp } from 'lucide-react'
import { useCan } from '@/api/client'
import { announce, announceFailure } from '@/components/announcements'
import { Button } from '@/components/ui/Button'
import { Menu, MenuItem, MenuLink } from '@/components/ui/Menu'
import { download } from '@/lib/download'
import { useExportRules } from '@/queries/rules'
import { texts } from './texts'

/** The rules as a document: saved, and read back. */
export function DocumentMenu() {
  const save = useExportRules()
  const mayWrite = useCan('rules:write')
  const start = async () => {
    try {
      download(`alert-rules-${new Date().toISOString().slice(0, 10)}.yaml`, 'application/yaml', [await save.mutateAsync()])
      announce(texts.documentMenu.allRulesWereSaved)
    } catch (error) {
      announceFailure(error)
    }
  }
  const exporting = (
    <Button icon={FileDown} busy={save.isPending} onClick={() => void start()}>
      {texts.documentMenu.export}
    </Button>
  )
  if (!mayWrite) return exporting
  return (
    <Menu
      align="end"
      trigger={
        <Button icon={FileDown} busy={save.isPending}>
          {texts.documentMenu.exportImport}
        </Button>
      }
    >
      <MenuItem icon={FileDown} onSelect={() => void start()}>
        {texts.documentMenu.exportAllRulesAs}
      </MenuItem>
      <MenuLink>
        <Link to="/rules/import">
          <FileUp aria-hidden className="size-4 text-text-3" />
          {texts.documentMenu.importRules}
        </Link>
      </MenuLink>
    </Menu>
  )
}
