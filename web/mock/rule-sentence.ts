import type { TestAlertRule } from '../src/api/types'
import { HOUR, MINUTE } from './times'

type Said = Readonly<Record<string, unknown>>

const listed = (words: readonly string[], and = 'and'): string => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1) ?? ''}`)

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

const SYSTEMS: Readonly<Record<string, string>> = { linux: 'Linux', bsd: 'BSD', windows: 'Windows', darwin: 'macOS', ios: 'iOS', android: 'Android' }

/** " of servers or db named db-*, running Linux and registered by grace@acme.example" */
function place({ groups, names, operatingSystems, users, exceptGroups }: Said, other: string): string {
  const [of, called, systems, by, but] = [texts(groups), texts(names), texts(operatingSystems).map((system) => SYSTEMS[system] ?? system), texts(users), texts(exceptGroups)]
  const rest = [...(systems.length > 0 ? [`running ${listed(systems, 'or')}`] : []), ...(by.length > 0 ? [`registered by ${listed(by, 'or')}`] : []), ...(but.length > 0 ? [`not in ${listed(but, 'or')}`] : [])]
  const who = `${of.length > 0 ? ` of ${listed(of, 'or')}` : ''}${called.length > 0 ? ` named ${listed(called, 'or')}` : ''}`
  const whose = who === '' && rest.length === 0 ? other : who
  return rest.length === 0 ? whose : `${whose}, ${listed(rest)}`
}

const lasting = (minutes: number): string => (minutes * MINUTE >= HOUR && minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`)

/** When a rule would fire, for the conditions that tests read; of the others their type. */
function clause({ conditionType, conditionConfig }: TestAlertRule): string {
  const config = conditionConfig as Said
  switch (conditionType) {
    case 'access':
      return `contractors ${config.expected === 'allowed' ? 'cannot' : 'can'} reach db on TCP 5432`
    case 'custom_metric':
      return `${String(config.metric)} is above ${String(config.value)}`
    case 'group_health':
      return `less than ${Number(config.percent)} % of the peers${place(config, ' of the network')} are online`
    case 'peer_added':
      return `a new peer${place(config, '')} joins the network`
    case 'peer_offline': {
      const [duration, threshold] = [Number(config.duration), Number(config.threshold ?? 1)]
      const byGroup = config.alertPer === 'group'
      const who = config.alertPer === 'rule' || byGroup ? `${threshold > 1 ? threshold : 'one'} or more peers${place(config, ' of the network')} are` : `any peer${place(config, ' of the network')} is`
      return `${who} offline${duration > 0 ? ` for ${lasting(duration)}` : ''}${byGroup ? ', group by group' : ''}`
    }
    default:
      return `the condition ${conditionType.replaceAll('_', ' ')} holds`
  }
}

/** As the server says it of a rule that tells nobody. */
export const ruleSentence = (rule: TestAlertRule): string => `When ${clause(rule)}${rule.forMinutes ? `, and stays so for ${lasting(rule.forMinutes)}` : ''}, open an alert.`
