import { createRoute } from '@tanstack/react-router'
import { frame } from './frame'
import { lazyPage } from './lazyPage'
import { PAGES } from './pages'

const group = createRoute({
  getParentRoute: () => frame,
  path: PAGES.group.path,
  staticData: PAGES.group,
  validateSearch: PAGES.group.search,
  component: lazyPage(PAGES.group.code),
})

const user = createRoute({
  getParentRoute: () => frame,
  path: PAGES.user.path,
  staticData: PAGES.user,
  validateSearch: PAGES.user.search,
  component: lazyPage(PAGES.user.code),
})

const policy = createRoute({
  getParentRoute: () => frame,
  path: PAGES.policy.path,
  staticData: PAGES.policy,
  validateSearch: PAGES.policy.search,
  component: lazyPage(PAGES.policy.code),
})

const network = createRoute({
  getParentRoute: () => frame,
  path: PAGES.network.path,
  staticData: PAGES.network,
  validateSearch: PAGES.network.search,
  component: lazyPage(PAGES.network.code),
})

const route = createRoute({
  getParentRoute: () => frame,
  path: PAGES.route.path,
  staticData: PAGES.route,
  validateSearch: PAGES.route.search,
  component: lazyPage(PAGES.route.code),
})

const nameserver = createRoute({
  getParentRoute: () => frame,
  path: PAGES.nameserver.path,
  staticData: PAGES.nameserver,
  validateSearch: PAGES.nameserver.search,
  component: lazyPage(PAGES.nameserver.code),
})

const postureCheck = createRoute({
  getParentRoute: () => frame,
  path: PAGES.postureCheck.path,
  staticData: PAGES.postureCheck,
  validateSearch: PAGES.postureCheck.search,
  component: lazyPage(PAGES.postureCheck.code),
})

const setupKey = createRoute({
  getParentRoute: () => frame,
  path: PAGES.setupKey.path,
  staticData: PAGES.setupKey,
  validateSearch: PAGES.setupKey.search,
  component: lazyPage(PAGES.setupKey.code),
})

/** The routes of single things of a network. */
export const ITEM_ROUTES = [group, user, policy, network, route, nameserver, postureCheck, setupKey] as const
