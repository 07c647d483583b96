import { lazyRouteComponent } from '@tanstack/react-router'
import { BellOff, SlidersHorizontal } from 'lucide-react'
import type { PageDefinition } from './pages'
import { ruleFormSearch, rulesSearch, silenceFormSearch, silencesSearch } from './searches'

/** The pages of what is watched for, and of what is muted. */
export const ALERTING_PAGES = {
  rules: {
    path: '/rules',
    title: 'Rules',
    icon: SlidersHorizontal,
    menu: 'alerting',
    permission: 'rules:read',
    what: 'rules',
    words: ['recipients', 'notifications', 'channels', 'webhooks', 'slack', 'microsoft teams', 'discord'],
    search: rulesSearch,
    component: lazyRouteComponent(() => import('@/features/rules/RulesPage'), 'RulesPage'),
  },
  newRule: {
    path: '/rules/new',
    title: 'New rule',
    parent: '/rules',
    permission: 'rules:write',
    what: 'this: only network admins and above can create rules',
    search: ruleFormSearch,
    component: lazyRouteComponent(() => import('@/features/rules/NewRulePage'), 'NewRulePage'),
  },
  rule: {
    path: '/rules/$ruleId',
    title: 'Rule',
    parent: '/rules',
    permission: 'rules:read',
    what: 'rules',
    component: lazyRouteComponent(() => import('@/features/rules/RulePage'), 'RulePage'),
  },
  editRule: {
    path: '/rules/$ruleId/edit',
    title: 'Edit rule',
    parent: '/rules',
    permission: 'rules:write',
    what: 'this: only network admins and above can change rules',
    component: lazyRouteComponent(() => import('@/features/rules/EditRulePage'), 'EditRulePage'),
  },
  silences: {
    path: '/silences',
    title: 'Silences',
    icon: BellOff,
    menu: 'alerting',
    permission: 'alerts:read',
    what: 'silences',
    words: ['maintenance', 'mute', 'window', 'downtime'],
    search: silencesSearch,
    component: lazyRouteComponent(() => import('@/features/silences/SilencesPage'), 'SilencesPage'),
  },
  newSilence: {
    path: '/silences/new',
    title: 'New silence',
    parent: '/silences',
    permission: 'alerts:suppress',
    what: 'this: only network admins and above can create silences',
    search: silenceFormSearch,
    component: lazyRouteComponent(() => import('@/features/silences/NewSilencePage'), 'NewSilencePage'),
  },
  silence: {
    path: '/silences/$silenceId',
    title: 'Silence',
    parent: '/silences',
    permission: 'alerts:read',
    what: 'silences',
    component: lazyRouteComponent(() => import('@/features/silences/SilencePage'), 'SilencePage'),
  },
  editSilence: {
    path: '/silences/$silenceId/edit',
    title: 'Edit silence',
    parent: '/silences',
    permission: 'alerts:suppress',
    what: 'this: only network admins and above can change silences',
    component: lazyRouteComponent(() => import('@/features/silences/EditSilencePage'), 'EditSilencePage'),
  },
} as const satisfies Record<string, PageDefinition>
