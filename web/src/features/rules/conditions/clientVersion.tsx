import { limits } from '@/api/__generated__/limits'
import type { ClientVersionConfig } from '@/api/types'
import { TextField } from '@/components/ui/Field'
import { GroupsField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { BLANK, placeOf } from './words'
import { someGroups, wrongGroups } from './wrong'

interface Draft {
  minimum: string
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
      <GroupsField {...props} />
    </>
  )
}

export const clientVersion: ConditionKind<Draft, ClientVersionConfig> = {
  // Which version will do is known to nobody but the author.
  blank: () => ({ minimum: '', groups: [] }),
  draftOf: ({ minimum, groups = [] }) => ({ minimum, groups: [...groups] }),
  wrong: ({ minimum, groups }) => ({ ...(!VERSION.test(minimum.trim()) && { minimum: 'Enter a version such as 0.60.0.' }), ...wrongGroups(groups) }),
  toConfig: ({ minimum, groups }) => ({ minimum: minimum.trim(), ...someGroups(groups) }),
  clause: ({ minimum, groups }) => `one or more peers of ${placeOf(groups)} run a client older than ${minimum.trim() || BLANK}`,
  Fields,
}
