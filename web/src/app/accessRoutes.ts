import { createRoute } from '@tanstack/react-router'
import { frame } from './frame'
import { PAGES } from './pages'

const access = createRoute({
  getParentRoute: () => frame,
  path: PAGES.access.path,
  staticData: PAGES.access,
  validateSearch: PAGES.access.search,
  component: PAGES.access.component,
})

const matrix = createRoute({
  getParentRoute: () => frame,
  path: PAGES.matrix.path,
  staticData: PAGES.matrix,
  validateSearch: PAGES.matrix.search,
  component: PAGES.matrix.component,
})

const tryChange = createRoute({
  getParentRoute: () => frame,
  path: PAGES.tryChange.path,
  staticData: PAGES.tryChange,
  validateSearch: PAGES.tryChange.search,
  component: PAGES.tryChange.component,
})

const since = createRoute({
  getParentRoute: () => frame,
  path: PAGES.since.path,
  staticData: PAGES.since,
  validateSearch: PAGES.since.search,
  component: PAGES.since.component,
})

const proposals = createRoute({
  getParentRoute: () => frame,
  path: PAGES.proposals.path,
  staticData: PAGES.proposals,
  validateSearch: PAGES.proposals.search,
  component: PAGES.proposals.component,
})

const proposal = createRoute({
  getParentRoute: () => frame,
  path: PAGES.proposal.path,
  staticData: PAGES.proposal,
  component: PAGES.proposal.component,
})

const reviews = createRoute({
  getParentRoute: () => frame,
  path: PAGES.reviews.path,
  staticData: PAGES.reviews,
  validateSearch: PAGES.reviews.search,
  component: PAGES.reviews.component,
})

const newReview = createRoute({
  getParentRoute: () => frame,
  path: PAGES.newReview.path,
  staticData: PAGES.newReview,
  validateSearch: PAGES.newReview.search,
  component: PAGES.newReview.component,
})

const review = createRoute({
  getParentRoute: () => frame,
  path: PAGES.review.path,
  staticData: PAGES.review,
  validateSearch: PAGES.review.search,
  component: PAGES.review.component,
})

/** The routes of who can reach what. */
export const ACCESS_ROUTES = [access, matrix, tryChange, since, proposals, proposal, reviews, newReview, review] as const
