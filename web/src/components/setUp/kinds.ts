import { linkOptions } from '@tanstack/react-router'
import type { Permission } from '@/api/types'

/** What people set up so that they are told: each has a list, a page of its own, and a form. */
export type SetUpKind = 'rule' | 'channel' | 'rota' | 'route' | 'silence'

interface Look {
  many: string
  /** As in a button: "New rule". */
  capital: string
  /** Who may make, change and delete one. */
  write: Permission
}

/** How each kind is called, and where its pages are. */
export const SET_UP = {
  rule: {
    many: 'rules',
    capital: 'Rule',
    write: 'rules:write',
    list: '/rules',
    add: '/rules/new',
    page: (ruleId: string) => linkOptions({ to: '/rules/$ruleId', params: { ruleId } }),
    edit: (ruleId: string) => linkOptions({ to: '/rules/$ruleId/edit', params: { ruleId } }),
  },
  channel: {
    many: 'channels',
    capital: 'Channel',
    write: 'rules:write',
    list: '/channels',
    add: '/channels/new',
    page: (channelId: string) => linkOptions({ to: '/channels/$channelId', params: { channelId } }),
    edit: (channelId: string) => linkOptions({ to: '/channels/$channelId/edit', params: { channelId } }),
  },
  rota: {
    many: 'rotas',
    capital: 'Rota',
    write: 'rules:write',
    list: '/on-call',
    add: '/on-call/new',
    page: (rotaId: string) => linkOptions({ to: '/on-call/$rotaId', params: { rotaId } }),
    edit: (rotaId: string) => linkOptions({ to: '/on-call/$rotaId/edit', params: { rotaId } }),
  },
  route: {
    many: 'routes',
    capital: 'Route',
    write: 'rules:write',
    list: '/routing',
    add: '/routing/new',
    page: (routeId: string) => linkOptions({ to: '/routing/$routeId', params: { routeId } }),
    edit: (routeId: string) => linkOptions({ to: '/routing/$routeId/edit', params: { routeId } }),
  },
  silence: {
    many: 'silences',
    capital: 'Silence',
    write: 'alerts:suppress',
    list: '/silences',
    add: '/silences/new',
    page: (silenceId: string) => linkOptions({ to: '/silences/$silenceId', params: { silenceId } }),
    edit: (silenceId: string) => linkOptions({ to: '/silences/$silenceId/edit', params: { silenceId } }),
  },
} as const satisfies Record<SetUpKind, Look & { list: string; add: string; page: (id: string) => object; edit: (id: string) => object }>
