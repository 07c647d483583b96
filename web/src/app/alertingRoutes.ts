import { createRoute } from '@tanstack/react-router'
import { frame } from './frame'
import { lazyPage } from './lazyPage'
import { PAGES } from './pages'

const rules = createRoute({
  getParentRoute: () => frame,
  path: PAGES.rules.path,
  staticData: PAGES.rules,
  validateSearch: PAGES.rules.search,
  component: lazyPage(PAGES.rules.code),
})

const newRule = createRoute({
  getParentRoute: () => frame,
  path: PAGES.newRule.path,
  staticData: PAGES.newRule,
  validateSearch: PAGES.newRule.search,
  component: lazyPage(PAGES.newRule.code),
})

const ruleTemplates = createRoute({
  getParentRoute: () => frame,
  path: PAGES.ruleTemplates.path,
  staticData: PAGES.ruleTemplates,
  validateSearch: PAGES.ruleTemplates.search,
  component: lazyPage(PAGES.ruleTemplates.code),
})

const rulesImport = createRoute({
  getParentRoute: () => frame,
  path: PAGES.rulesImport.path,
  staticData: PAGES.rulesImport,
  validateSearch: PAGES.rulesImport.search,
  component: lazyPage(PAGES.rulesImport.code),
})

const rule = createRoute({
  getParentRoute: () => frame,
  path: PAGES.rule.path,
  staticData: PAGES.rule,
  component: lazyPage(PAGES.rule.code),
})

const editRule = createRoute({
  getParentRoute: () => frame,
  path: PAGES.editRule.path,
  staticData: PAGES.editRule,
  component: lazyPage(PAGES.editRule.code),
})

const silences = createRoute({
  getParentRoute: () => frame,
  path: PAGES.silences.path,
  staticData: PAGES.silences,
  validateSearch: PAGES.silences.search,
  component: lazyPage(PAGES.silences.code),
})

const newSilence = createRoute({
  getParentRoute: () => frame,
  path: PAGES.newSilence.path,
  staticData: PAGES.newSilence,
  validateSearch: PAGES.newSilence.search,
  component: lazyPage(PAGES.newSilence.code),
})

const silence = createRoute({
  getParentRoute: () => frame,
  path: PAGES.silence.path,
  staticData: PAGES.silence,
  component: lazyPage(PAGES.silence.code),
})

const editSilence = createRoute({
  getParentRoute: () => frame,
  path: PAGES.editSilence.path,
  staticData: PAGES.editSilence,
  component: lazyPage(PAGES.editSilence.code),
})

const deliveries = createRoute({
  getParentRoute: () => frame,
  path: PAGES.deliveries.path,
  staticData: PAGES.deliveries,
  validateSearch: PAGES.deliveries.search,
  component: lazyPage(PAGES.deliveries.code),
})

const channels = createRoute({
  getParentRoute: () => frame,
  path: PAGES.channels.path,
  staticData: PAGES.channels,
  validateSearch: PAGES.channels.search,
  component: lazyPage(PAGES.channels.code),
})

const newChannel = createRoute({
  getParentRoute: () => frame,
  path: PAGES.newChannel.path,
  staticData: PAGES.newChannel,
  validateSearch: PAGES.newChannel.search,
  component: lazyPage(PAGES.newChannel.code),
})

const channel = createRoute({
  getParentRoute: () => frame,
  path: PAGES.channel.path,
  staticData: PAGES.channel,
  component: lazyPage(PAGES.channel.code),
})

const editChannel = createRoute({
  getParentRoute: () => frame,
  path: PAGES.editChannel.path,
  staticData: PAGES.editChannel,
  component: lazyPage(PAGES.editChannel.code),
})

const rotas = createRoute({
  getParentRoute: () => frame,
  path: PAGES.rotas.path,
  staticData: PAGES.rotas,
  validateSearch: PAGES.rotas.search,
  component: lazyPage(PAGES.rotas.code),
})

const newRota = createRoute({
  getParentRoute: () => frame,
  path: PAGES.newRota.path,
  staticData: PAGES.newRota,
  component: lazyPage(PAGES.newRota.code),
})

const rota = createRoute({
  getParentRoute: () => frame,
  path: PAGES.rota.path,
  staticData: PAGES.rota,
  component: lazyPage(PAGES.rota.code),
})

const editRota = createRoute({
  getParentRoute: () => frame,
  path: PAGES.editRota.path,
  staticData: PAGES.editRota,
  component: lazyPage(PAGES.editRota.code),
})

const routing = createRoute({
  getParentRoute: () => frame,
  path: PAGES.routing.path,
  staticData: PAGES.routing,
  validateSearch: PAGES.routing.search,
  component: lazyPage(PAGES.routing.code),
})

const newAlertRoute = createRoute({
  getParentRoute: () => frame,
  path: PAGES.newAlertRoute.path,
  staticData: PAGES.newAlertRoute,
  component: lazyPage(PAGES.newAlertRoute.code),
})

const alertRoute = createRoute({
  getParentRoute: () => frame,
  path: PAGES.alertRoute.path,
  staticData: PAGES.alertRoute,
  component: lazyPage(PAGES.alertRoute.code),
})

const editAlertRoute = createRoute({
  getParentRoute: () => frame,
  path: PAGES.editAlertRoute.path,
  staticData: PAGES.editAlertRoute,
  component: lazyPage(PAGES.editAlertRoute.code),
})

/** The routes of what is watched for, and of what is muted. */
export const ALERTING_ROUTES = [rules, newRule, ruleTemplates, rulesImport, rule, editRule, silences, newSilence, silence, editSilence, channels, newChannel, channel, editChannel, rotas, newRota, rota, editRota, routing, newAlertRoute, alertRoute, editAlertRoute, deliveries] as const
