import { createRoute } from '@tanstack/react-router'
import { frame } from './frame'
import { PAGES } from './pages'

const rules = createRoute({
  getParentRoute: () => frame,
  path: PAGES.rules.path,
  staticData: PAGES.rules,
  validateSearch: PAGES.rules.search,
  component: PAGES.rules.component,
})

const newRule = createRoute({
  getParentRoute: () => frame,
  path: PAGES.newRule.path,
  staticData: PAGES.newRule,
  validateSearch: PAGES.newRule.search,
  component: PAGES.newRule.component,
})

const ruleTemplates = createRoute({
  getParentRoute: () => frame,
  path: PAGES.ruleTemplates.path,
  staticData: PAGES.ruleTemplates,
  validateSearch: PAGES.ruleTemplates.search,
  component: PAGES.ruleTemplates.component,
})

const rulesImport = createRoute({
  getParentRoute: () => frame,
  path: PAGES.rulesImport.path,
  staticData: PAGES.rulesImport,
  validateSearch: PAGES.rulesImport.search,
  component: PAGES.rulesImport.component,
})

const rule = createRoute({
  getParentRoute: () => frame,
  path: PAGES.rule.path,
  staticData: PAGES.rule,
  component: PAGES.rule.component,
})

const editRule = createRoute({
  getParentRoute: () => frame,
  path: PAGES.editRule.path,
  staticData: PAGES.editRule,
  component: PAGES.editRule.component,
})

const silences = createRoute({
  getParentRoute: () => frame,
  path: PAGES.silences.path,
  staticData: PAGES.silences,
  validateSearch: PAGES.silences.search,
  component: PAGES.silences.component,
})

const newSilence = createRoute({
  getParentRoute: () => frame,
  path: PAGES.newSilence.path,
  staticData: PAGES.newSilence,
  validateSearch: PAGES.newSilence.search,
  component: PAGES.newSilence.component,
})

const silence = createRoute({
  getParentRoute: () => frame,
  path: PAGES.silence.path,
  staticData: PAGES.silence,
  component: PAGES.silence.component,
})

const editSilence = createRoute({
  getParentRoute: () => frame,
  path: PAGES.editSilence.path,
  staticData: PAGES.editSilence,
  component: PAGES.editSilence.component,
})

const deliveries = createRoute({
  getParentRoute: () => frame,
  path: PAGES.deliveries.path,
  staticData: PAGES.deliveries,
  validateSearch: PAGES.deliveries.search,
  component: PAGES.deliveries.component,
})

const channels = createRoute({
  getParentRoute: () => frame,
  path: PAGES.channels.path,
  staticData: PAGES.channels,
  validateSearch: PAGES.channels.search,
  component: PAGES.channels.component,
})

const newChannel = createRoute({
  getParentRoute: () => frame,
  path: PAGES.newChannel.path,
  staticData: PAGES.newChannel,
  validateSearch: PAGES.newChannel.search,
  component: PAGES.newChannel.component,
})

const channel = createRoute({
  getParentRoute: () => frame,
  path: PAGES.channel.path,
  staticData: PAGES.channel,
  component: PAGES.channel.component,
})

const editChannel = createRoute({
  getParentRoute: () => frame,
  path: PAGES.editChannel.path,
  staticData: PAGES.editChannel,
  component: PAGES.editChannel.component,
})

const rotas = createRoute({
  getParentRoute: () => frame,
  path: PAGES.rotas.path,
  staticData: PAGES.rotas,
  validateSearch: PAGES.rotas.search,
  component: PAGES.rotas.component,
})

const newRota = createRoute({
  getParentRoute: () => frame,
  path: PAGES.newRota.path,
  staticData: PAGES.newRota,
  component: PAGES.newRota.component,
})

const rota = createRoute({
  getParentRoute: () => frame,
  path: PAGES.rota.path,
  staticData: PAGES.rota,
  component: PAGES.rota.component,
})

const editRota = createRoute({
  getParentRoute: () => frame,
  path: PAGES.editRota.path,
  staticData: PAGES.editRota,
  component: PAGES.editRota.component,
})

const routing = createRoute({
  getParentRoute: () => frame,
  path: PAGES.routing.path,
  staticData: PAGES.routing,
  validateSearch: PAGES.routing.search,
  component: PAGES.routing.component,
})

const newAlertRoute = createRoute({
  getParentRoute: () => frame,
  path: PAGES.newAlertRoute.path,
  staticData: PAGES.newAlertRoute,
  component: PAGES.newAlertRoute.component,
})

const alertRoute = createRoute({
  getParentRoute: () => frame,
  path: PAGES.alertRoute.path,
  staticData: PAGES.alertRoute,
  component: PAGES.alertRoute.component,
})

const editAlertRoute = createRoute({
  getParentRoute: () => frame,
  path: PAGES.editAlertRoute.path,
  staticData: PAGES.editAlertRoute,
  component: PAGES.editAlertRoute.component,
})

/** The routes of what is watched for, and of what is muted. */
export const ALERTING_ROUTES = [rules, newRule, ruleTemplates, rulesImport, rule, editRule, silences, newSilence, silence, editSilence, channels, newChannel, channel, editChannel, rotas, newRota, rota, editRota, routing, newAlertRoute, alertRoute, editAlertRoute, deliveries] as const
