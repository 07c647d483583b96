import { lazyRouteComponent } from '@tanstack/react-router'
import { FlaskConical, GitPullRequestArrow, Grid3x3, ShieldQuestionMark } from 'lucide-react'
import type { PageDefinition } from './pageDefinition'
import { accessSearch, matrixSearch, proposalsSearch, trySearch } from './searches'

/** The pages of who can reach what. */
export const ACCESS_PAGES = {
  access: {
    path: '/access',
    title: 'Access',
    icon: ShieldQuestionMark,
    menu: 'access',
    permission: 'netbird:read',
    what: 'who can reach what',
    words: ['reach', 'who can', 'firewall', 'ports', 'why'],
    search: accessSearch,
    component: lazyRouteComponent(() => import('@/features/access/AccessPage'), 'AccessPage'),
  },
  matrix: {
    path: '/access/matrix',
    title: 'Access matrix',
    parent: '/access',
    icon: Grid3x3,
    menu: 'access',
    permission: 'netbird:read',
    what: 'the access matrix',
    words: ['matrix', 'who reaches whom', 'groups'],
    search: matrixSearch,
    component: lazyRouteComponent(() => import('@/features/matrix/MatrixPage'), 'MatrixPage'),
  },
  tryChange: {
    path: '/access/change',
    title: 'Try a change',
    parent: '/access',
    icon: FlaskConical,
    menu: 'access',
    permission: 'netbird:read',
    what: 'what a change would do',
    words: ['what if', 'simulate', 'plan', 'terraform', 'difference'],
    search: trySearch,
    component: lazyRouteComponent(() => import('@/features/difference/DifferencePage'), 'DifferencePage'),
  },
  proposals: {
    path: '/access/proposals',
    title: 'Proposals',
    parent: '/access',
    icon: GitPullRequestArrow,
    menu: 'access',
    permission: 'netbird:read',
    what: 'proposals',
    words: ['approve', 'review', 'change request', 'four eyes', 'discuss'],
    search: proposalsSearch,
    component: lazyRouteComponent(() => import('@/features/proposals/ProposalsPage'), 'ProposalsPage'),
  },
  proposal: {
    path: '/access/proposals/$proposalId',
    title: 'Proposal',
    parent: '/access/proposals',
    permission: 'netbird:read',
    what: 'proposals',
    component: lazyRouteComponent(() => import('@/features/proposals/ProposalPage'), 'ProposalPage'),
  },
} as const satisfies Record<string, PageDefinition>
