import { limits } from '@/api/__generated__/limits'
import type { AlertPer, ClientVersionConfig } from '@/api/types'
import { TextField } from '@/components/ui/Field'
import { AlertPerField, GroupsField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { BLANK, subjectOf } from './words'
import { someGroups, wrongGroups } from './wrong'

interface Draft {
  minimum: string
  alertPer: AlertPer
  groups: string[]
}

/** One to four numbers; what follows a hyphen or a plus is not compared. */
const VERSION = /^v?\d+(\.\d+){0,3}([-+].*)?$/

function Fields(props: FieldsProps<Draft>) {
  const { draft, errorOf, change } = props
  return (
    <>
      <TextField
        label="Oldest version that will do"
        placeholder="0.60.0"
        hint="A client that is no release, such as a development build, is not judged."
        maxLength={limits.ClientVersionConfig.minimum.maxLength}
        autoComplete="off"
        spellCheck={false}
        value={draft.minimum}
        error={errorOf('minimum')}
        onChange={(event) => change({ minimum: event.target.value })}
      />
      <AlertPerField {...props} becomes="runs an older one" />
      <GroupsField {...props} />
    </>
  )
}

export const clientVersion: ConditionKind<Draft, ClientVersionConfig> = {
  // Which version will do is known to nobody but the author.
  blank: () => ({ minimum: '', alertPer: 'peer', groups: [] }),
  draftOf: ({ minimum, alertPer = 'rule', groups = [] }) => ({ minimum, alertPer, groups: [...groups] }),
  wrong: ({ minimum, groups }) => ({ ...(!VERSION.test(minimum.trim()) && { minimum: 'Enter a version such as 0.60.0.' }), ...wrongGroups(groups) }),
  toConfig: ({ minimum, alertPer, groups }) => ({ minimum: minimum.trim(), alertPer, ...someGroups(groups) }),
  clause: ({ minimum, alertPer, groups }) => `${subjectOf(alertPer, groups, 'runs', 'run')} a client older than ${minimum.trim() || BLANK}`,
  tellsEach: ({ alertPer }) => alertPer === 'peer',
  undated: true,
  Fields,
}
