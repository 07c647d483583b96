import { plural } from '@/lib/numbers'

export const texts = {
  auditExport: {
    read: ({ count }: { count: number }) => `${plural(count, 'entry', 'entries')} read`,
    downloadAll: 'Download the whole audit trail',
    saved: ({ count }: { count: number }) => `${plural(count, 'entry', 'entries')} saved`,
    failed: 'The audit trail was not saved',
    beingWritten: 'The file is being written. You may leave the page: it goes on.',
    nothing: 'Nothing is saved: there is no such entry.',
    writeInstead: 'Have a file written instead',
    export: 'Export',
    spreadsheetCsv: 'Spreadsheet (CSV)',
    jsonLines: 'JSON Lines',
    ahead: 'For a long trail, in the background',
    writeCsv: 'Have a CSV file written',
    writeJsonLines: 'Have a JSON Lines file written',
    stop: 'Stop the export',
    files: 'Files written so far',
    aheadFailed: 'No file is written',
    shownAs: 'The entries shown by the filters, as',
    allAs: 'The whole audit trail, as',
    savedShown: ({ count }: { count: number }) => `${plural(count, 'entry', 'entries')} saved: those shown by the filters.`,
    savedAll: ({ count }: { count: number }) => `${plural(count, 'entry', 'entries')} saved: the whole audit trail.`,
  },
} as const
