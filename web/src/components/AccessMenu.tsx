import { Link } from '@tanstack/react-router'
import { ArrowDownToDot, ArrowUpFromDot, ChevronDown, FlaskConical, ShieldQuestionMark } from 'lucide-react'
import { opens, writeEnd, type AccessSearch, type End } from '@/lib/accessEnds'
import { texts } from './texts/network'
import { buttonClass, IconButton, iconButtonClass } from './ui/Button'
import { peerTry, type Try } from './tries'
import { Menu, MenuHeading, MenuLink, MenuSeparator } from './ui/Menu'

/** A question about a row. */
export interface AccessChoice {
  label: string
  search: AccessSearch
}

export const whoReaches = (of: string, end: End, label: string = texts.accessMenu.whoReaches): AccessChoice => ({ label, search: { of, to: writeEnd(end) } })

/** Only a peer and a group open connections. */
export const whatItReaches = (of: string, end: End): AccessChoice => ({ label: texts.accessMenu.whatItReaches, search: { of, from: writeEnd(end) } })

/** The questions about one thing: only what opens connections reaches anything. */
export const questionsAbout = (of: string, end: End): AccessChoice[] => [whoReaches(of, end), ...(opens(end.kind) ? [whatItReaches(of, end)] : [])]

interface AccessMenuProps {
  /** The row that it is about. */
  name: string
  choices: readonly AccessChoice[]
  /** What of the row can be changed to see what would be so then. */
  tries?: readonly Try[]
}

/** At a row's end: the questions of who can reach what that it may be part of. */
export function AccessMenu({ name, choices, tries = [] }: AccessMenuProps) {
  const [only, ...others] = choices
  if (!only && tries.length === 0) return null
  if (only && others.length === 0 && tries.length === 0) {
    const label = `${only.label}: ${name}`
    return (
      <Link to="/access" search={only.search} aria-label={label} title={only.label} className={iconButtonClass()}>
        <ShieldQuestionMark aria-hidden className="size-4" />
      </Link>
    )
  }
  return (
    <Menu align="end" trigger={<IconButton label={texts.accessMenu.label({ name })} icon={ShieldQuestionMark} />}>
      {choices.map(({ label, search }) => (
        <MenuLink key={label}>
          <Link to="/access" search={search}>
            {label}
          </Link>
        </MenuLink>
      ))}
      {choices.length > 0 && tries.length > 0 && <MenuSeparator />}
      {tries.length > 0 && <MenuHeading>{texts.accessMenu.try}</MenuHeading>}
      {tries.map(({ label, search }) => (
        <MenuLink key={label}>
          <Link to="/access/change" search={search}>
            {label}
          </Link>
        </MenuLink>
      ))}
    </Menu>
  )
}

/** What has no place in a question of its own, but several things in it have. */
export function WhoReachesOneOf({ choices }: { choices: readonly AccessChoice[] }) {
  const [only, ...others] = choices
  if (!only) return null
  const words = (
    <>
      <ArrowDownToDot aria-hidden className="size-4 shrink-0" />
      {texts.accessMenu.whoReaches}
    </>
  )
  if (others.length === 0) {
    return (
      <Link to="/access" search={only.search} className={buttonClass()}>
        {words}
      </Link>
    )
  }
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className={buttonClass()}>
          {words}
          <ChevronDown aria-hidden className="size-3.5 shrink-0 text-text-3" />
        </button>
      }
    >
      {choices.map(({ label, search }) => (
        <MenuLink key={search.to}>
          <Link to="/access" search={search}>
            {label}
          </Link>
        </MenuLink>
      ))}
    </Menu>
  )
}

/** The questions about one thing, in words. */
export function AccessLinks({ of, end }: { of: string; end: End }) {
  const [to, from] = [whoReaches(of, end), whatItReaches(of, end)]
  return (
    <div className="flex flex-wrap gap-2">
      <Link to="/access" search={to.search} className={buttonClass()}>
        <ArrowDownToDot aria-hidden className="size-4 shrink-0" />
        {to.label}
      </Link>
      {opens(end.kind) && (
        <Link to="/access" search={from.search} className={buttonClass()}>
          <ArrowUpFromDot aria-hidden className="size-4 shrink-0" />
          {from.label}
        </Link>
      )}
      {end.kind === 'peer' && (
        <Link to="/access/change" search={peerTry(of, end.id)} className={buttonClass()}>
          <FlaskConical aria-hidden className="size-4 shrink-0" />
          {texts.accessMenu.try}
        </Link>
      )}
    </div>
  )
}
