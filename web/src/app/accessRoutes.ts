import { createRoute } from '@tanstack/react-router'
import { frame } from './frame'
import { lazyPage } from './lazyPage'
import { PAGES } from './pages'

const access = createRoute({
  getParentRoute: () => frame,
  path: PAGES.access.path,
  staticData: PAGES.access,
  validateSearch: PAGES.access.search,
  component: lazyPage(PAGES.access.code),
})

const matrix = createRoute({
  getParentRoute: () => frame,
  path: PAGES.matrix.path,
  staticData: PAGES.matrix,
  validateSearch: PAGES.matrix.search,
  component: lazyPage(PAGES.matrix.code),
})

const tryChange = createRoute({
  getParentRoute: () => frame,
  path: PAGES.tryChange.path,
  staticData: PAGES.tryChange,
  validateSearch: PAGES.tryChange.search,
  component: lazyPage(PAGES.tryChange.code),
})

const since = createRoute({
  getParentRoute: () => frame,
  path: PAGES.since.path,
  staticData: PAGES.since,
  validateSearch: PAGES.since.search,
  component: lazyPage(PAGES.since.code),
})

const proposals = createRoute({
  getParentRoute: () => frame,
  path: PAGES.proposals.path,
  staticData: PAGES.proposals,
  validateSearch: PAGES.proposals.search,
  component: lazyPage(PAGES.proposals.code),
})

const proposal = createRoute({
  getParentRoute: () => frame,
  path: PAGES.proposal.path,
  staticData: PAGES.proposal,
  component: lazyPage(PAGES.proposal.code),
})

const reviews = createRoute({
  getParentRoute: () => frame,
  path: PAGES.reviews.path,
  staticData: PAGES.reviews,
  validateSearch: PAGES.reviews.search,
  component: lazyPage(PAGES.reviews.code),
})

const newReview = createRoute({
  getParentRoute: () => frame,
  path: PAGES.newReview.path,
  staticData: PAGES.newReview,
  validateSearch: PAGES.newReview.search,
  component: lazyPage(PAGES.newReview.code),
})

const review = createRoute({
  getParentRoute: () => frame,
  path: PAGES.review.path,
  staticData: PAGES.review,
  validateSearch: PAGES.review.search,
  component: lazyPage(PAGES.review.code),
})

/** The routes of who can reach what. */
export const ACCESS_ROUTES = [access, matrix, tryChange, since, proposals, proposal, reviews, newReview, review] as const
