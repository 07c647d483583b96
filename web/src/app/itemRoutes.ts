import { createRoute } from '@tanstack/react-router'
import { frame } from './frame'
import { PAGES } from './pages'

const group = createRoute({
  getParentRoute: () => frame,
  path: PAGES.group.path,
  staticData: PAGES.group,
  validateSearch: PAGES.group.search,
  component: PAGES.group.component,
})

const user = createRoute({
  getParentRoute: () => frame,
  path: PAGES.user.path,
  staticData: PAGES.user,
  validateSearch: PAGES.user.search,
  component: PAGES.user.component,
})

const policy = createRoute({
  getParentRoute: () => frame,
  path: PAGES.policy.path,
  staticData: PAGES.policy,
  validateSearch: PAGES.policy.search,
  component: PAGES.policy.component,
})

const network = createRoute({
  getParentRoute: () => frame,
  path: PAGES.network.path,
  staticData: PAGES.network,
  validateSearch: PAGES.network.search,
  component: PAGES.network.component,
})

const route = createRoute({
  getParentRoute: () => frame,
  path: PAGES.route.path,
  staticData: PAGES.route,
  validateSearch: PAGES.route.search,
  component: PAGES.route.component,
})

const nameserver = createRoute({
  getParentRoute: () => frame,
  path: PAGES.nameserver.path,
  staticData: PAGES.nameserver,
  validateSearch: PAGES.nameserver.search,
  component: PAGES.nameserver.component,
})

const postureCheck = createRoute({
  getParentRoute: () => frame,
  path: PAGES.postureCheck.path,
  staticData: PAGES.postureCheck,
  validateSearch: PAGES.postureCheck.search,
  component: PAGES.postureCheck.component,
})

const setupKey = createRoute({
  getParentRoute: () => frame,
  path: PAGES.setupKey.path,
  staticData: PAGES.setupKey,
  validateSearch: PAGES.setupKey.search,
  component: PAGES.setupKey.component,
})

/** The routes of single things of a network. */
export const ITEM_ROUTES = [group, user, policy, network, route, nameserver, postureCheck, setupKey] as const
