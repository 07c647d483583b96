import { TriangleAlert } from 'lucide-react'
import type { AlertRule, PeerFilter, RuleGroup } from '@/api/types'
import { PageFact } from '@/components/setUp/pages'
import { listed } from '@/lib/numbers'
import { takesPeers } from './conditions/conditions'
import { peersOf, systemTitle } from './conditions/peers'
import { texts } from './texts'

/** Groups of a rule, with where each of them is; what an unknown one leads to is said in `lost`. */
function Groups({ groups, lost }: { groups: readonly RuleGroup[]; lost: string }) {
  return (
    <ul className="flex flex-col gap-1">
      {groups.map(({ name, accounts }) => (
        <li key={name}>
          {name}{' '}
          <span className="text-13 text-text-3">
            {accounts.length === 0
              ? texts.groups.notFoundYet
              : accounts
                  .filter(({ missing }) => !missing)
                  .map((account) => (account.name === name ? account.accountName : texts.groups.as({ accountName: account.accountName, name: account.name })))
                  .join(' · ')}
          </span>
          {accounts
            .filter(({ missing }) => missing)
            .map(({ accountId, accountName }) => (
              <p key={accountId} className="flex items-start gap-1.5 text-13 text-warn-text">
                <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
                <span>
                  {texts.groups.unknownGroupDoesNot({ accountName, lost })}
                </span>
              </p>
            ))}
        </li>
      ))}
    </ul>
  )
}

/** Which peers a rule looks at: every list that narrows them down, whole. */
export function RulePeers({ rule }: { rule: AlertRule }) {
  const groups = rule.groups ?? []
  if (!takesPeers(rule.conditionType) && groups.length === 0) return null
  const { exceptGroups, names, operatingSystems, users } = peersOf(rule.conditionConfig as Partial<PeerFilter>)
  const isLeftOut = ({ name }: RuleGroup) => exceptGroups.includes(name)
  const [watched, leftOut] = [groups.filter((group) => !isLeftOut(group)), groups.filter(isLeftOut)]
  return (
    <>
      <PageFact label={texts.rulePeers.groups}>{watched.length === 0 ? texts.rulePeers.wholeNetwork : <Groups groups={watched} lost={texts.rulePeers.noneItsPeersWatched} />}</PageFact>
      {leftOut.length > 0 && (
        <PageFact label={texts.rulePeers.butNot}>
          <Groups groups={leftOut} lost={texts.rulePeers.nobodyLeftOutThere} />
        </PageFact>
      )}
      {names.length > 0 && <PageFact label={texts.rulePeers.names}>{listed(names, 'or')}</PageFact>}
      {operatingSystems.length > 0 && <PageFact label={texts.rulePeers.systems}>{listed(operatingSystems.map(systemTitle), 'or')}</PageFact>}
      {users.length > 0 && <PageFact label={texts.rulePeers.registeredBy}>{listed(users, 'or')}</PageFact>}
    </>
  )
}
