// Routes: every address of the app with its parameters. The screens behind them are put there by router.ts, so that their types may use these.

import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, redirect, retainSearchParams } from '@tanstack/react-router'
import { isScopeText, type ScopeText } from '../data/scope.ts'
import { type Params, present, textIn } from '../data/search-params.ts'
import { session } from '../data/session.ts'
import { readActivitySearch } from '../screens/activity/search.ts'
import { readAddClusterSearch } from '../screens/add-cluster/search.ts'
import { readClusterSearch } from '../screens/cluster/search.ts'
import { readClustersSearch } from '../screens/clusters/search.ts'
import { readComplianceSearch } from '../screens/compliance/search.ts'
import { readExceptionsSearch } from '../screens/exceptions/search.ts'
import { readFindingsSearch } from '../screens/findings/search.ts'
import { readInventorySearch } from '../screens/inventory/search.ts'
import { readOverviewSearch } from '../screens/overview/search.ts'
import { readPlaygroundSearch } from '../screens/playground/search.ts'
import { readResourceSearch } from '../screens/resource/search.ts'
import { readRisksSearch } from '../screens/risks/search.ts'
import { readRulesSearch } from '../screens/rules/search.ts'
import { readStandardSearch } from '../screens/standard/search.ts'

export const root = createRootRouteWithContext<{ readonly queries: QueryClient }>()()

export const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  /** Where to go after signing in, a path of ours; and why a sign-in by the provider failed, a code of the API. */
  validateSearch: (params: Params) => present({ to: textIn(params, 'to'), failed: textIn(params, 'failed') }),
})

/** All that only who is signed in sees. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  validateSearch: (params: Params): { scope?: ScopeText | undefined } =>
    isScopeText(params.scope) ? { scope: params.scope } : {},
  search: { middlewares: [retainSearchParams(['scope'])] },
  beforeLoad: async ({ context, location }) => {
    const me = await context.queries.ensureQueryData(session)
    // What stands behind the # stays there: as a parameter it would be sent.
    const { pathname, searchStr, hash } = location
    if (!me || me.mustChangePassword)
      throw redirect({ to: '/login', search: { to: pathname + searchStr }, hash })
  },
})

const under = { getParentRoute: () => shell } as const

export const overview = createRoute({ ...under, path: '/', validateSearch: readOverviewSearch })
export const findings = createRoute({ ...under, path: '/findings', validateSearch: readFindingsSearch })
export const risks = createRoute({ ...under, path: '/risks', validateSearch: readRisksSearch })
export const compliance = createRoute({ ...under, path: '/compliance', validateSearch: readComplianceSearch })
export const standard = createRoute({
  ...under,
  path: '/compliance/$benchmark/$edition',
  validateSearch: readStandardSearch,
})
export const rules = createRoute({
  ...under,
  path: '/compliance/$benchmark/$edition/rules',
  validateSearch: readRulesSearch,
})
export const inventory = createRoute({ ...under, path: '/inventory', validateSearch: readInventorySearch })
export const resource = createRoute({
  ...under,
  path: '/inventory/$cluster/$key',
  validateSearch: readResourceSearch,
})
export const clusters = createRoute({ ...under, path: '/clusters', validateSearch: readClustersSearch })
export const cluster = createRoute({
  ...under,
  path: '/clusters/$cluster',
  validateSearch: readClusterSearch,
})
export const addCluster = createRoute({
  ...under,
  path: '/add-cluster',
  validateSearch: readAddClusterSearch,
})
export const exceptions = createRoute({ ...under, path: '/exceptions', validateSearch: readExceptionsSearch })
export const activity = createRoute({ ...under, path: '/activity', validateSearch: readActivitySearch })
export const settings = createRoute({ ...under, path: '/settings/$part' })
export const playground = createRoute({
  ...under,
  path: '/playground',
  validateSearch: readPlaygroundSearch,
})
const settingsStart = createRoute({
  ...under,
  path: '/settings',
  beforeLoad: ({ search }) => {
    throw redirect({ to: '/settings/$part', params: { part: 'account' }, search })
  },
})

export const tree = root.addChildren([
  login,
  shell.addChildren([
    overview,
    findings,
    risks,
    compliance,
    standard,
    rules,
    inventory,
    resource,
    clusters,
    cluster,
    addCluster,
    exceptions,
    activity,
    settings,
    playground,
    settingsStart,
  ]),
])
