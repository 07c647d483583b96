import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AlertRule } from '@/api/types'
import { announce } from '@/components/announcements'
import { usePageName } from '@/components/pageName'
import { SigningSecretDialog } from '@/components/SigningSecretDialog'
import { SkeletonRows } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { buttonClass } from '@/components/ui/Button'
import { useRuleOnce, useUpdateRule } from '@/queries/rules'
import { RuleForm } from './RuleForm'
import { createdSecret, toChange } from './ruleDraft'
import { draftOf } from './ruleDraftOf'

const route = getRouteApi('/frame/rules/$ruleId/edit')

function Edit({ rule }: { rule: AlertRule }) {
  const navigate = route.useNavigate()
  const update = useUpdateRule(rule)
  const [secret, setSecret] = useState<string>()
  usePageName(`Edit ${rule.name}`)
  const params = { ruleId: rule.id }
  const toRule = () => void navigate({ to: '/rules/$ruleId', params })
  return (
    <>
      <RuleForm
        initial={draftOf(rule)}
        mutation={update}
        request={toChange}
        action="Save changes"
        failed="The rule was not changed"
        cancel={
          <Link to="/rules/$ruleId" params={params} className={buttonClass()}>
            Cancel
          </Link>
        }
        onSuccess={(changed) => {
          announce(`Rule “${changed.name}” was changed.`)
          const made = createdSecret(changed)
          if (made) setSecret(made)
          else toRule()
        }}
      />
      {secret !== undefined && <SigningSecretDialog whose={`The webhook of “${rule.name}”`} secret={secret} onClose={toRule} />}
    </>
  )
}

export function EditRulePage() {
  const { ruleId } = route.useParams()
  const query = useRuleOnce(ruleId)
  // What somebody else saves meanwhile must not take what is typed: it is refused when this is saved.
  const [rule, setRule] = useState<AlertRule>()
  if (rule === undefined && query.data && !query.isFetching) setRule(query.data)
  return rule?.id === ruleId ? (
    <Edit rule={rule} />
  ) : (
    <Loaded query={query} what="the rule" skeleton={<SkeletonRows rows={6} className="h-13" />}>
      {() => <SkeletonRows rows={6} className="h-13" />}
    </Loaded>
  )
}
