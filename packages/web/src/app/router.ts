// Router: puts the screens behind their addresses, each loaded when it is gone to, and makes the router of a page.

import type { QueryClient } from '@tanstack/react-query'
import { createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { Broken, NotFound } from './broken.tsx'
import * as routes from './routes.ts'
import { Shell } from './shell.tsx'

routes.shell.update({ component: Shell })
routes.login.update({
  component: lazyRouteComponent(() => import('../screens/login/screen.tsx'), 'LoginScreen'),
})
routes.overview.update({
  component: lazyRouteComponent(() => import('../screens/overview/screen.tsx'), 'OverviewScreen'),
})
routes.findings.update({
  component: lazyRouteComponent(() => import('../screens/findings/screen.tsx'), 'FindingsScreen'),
})
routes.risks.update({
  component: lazyRouteComponent(() => import('../screens/risks/screen.tsx'), 'RisksScreen'),
})
routes.compliance.update({
  component: lazyRouteComponent(() => import('../screens/compliance/screen.tsx'), 'ComplianceScreen'),
})
routes.standard.update({
  component: lazyRouteComponent(() => import('../screens/standard/screen.tsx'), 'StandardScreen'),
})
routes.rules.update({
  component: lazyRouteComponent(() => import('../screens/rules/screen.tsx'), 'RulesScreen'),
})
routes.inventory.update({
  component: lazyRouteComponent(() => import('../screens/inventory/screen.tsx'), 'InventoryScreen'),
})
routes.resource.update({
  component: lazyRouteComponent(() => import('../screens/resource/screen.tsx'), 'ResourceScreen'),
})
routes.clusters.update({
  component: lazyRouteComponent(() => import('../screens/clusters/screen.tsx'), 'ClustersScreen'),
})
routes.cluster.update({
  component: lazyRouteComponent(() => import('../screens/cluster/screen.tsx'), 'ClusterScreen'),
})
routes.addCluster.update({
  component: lazyRouteComponent(() => import('../screens/add-cluster/screen.tsx'), 'AddClusterScreen'),
})
routes.exceptions.update({
  component: lazyRouteComponent(() => import('../screens/exceptions/screen.tsx'), 'ExceptionsScreen'),
})
routes.activity.update({
  component: lazyRouteComponent(() => import('../screens/activity/screen.tsx'), 'ActivityScreen'),
})
routes.settings.update({
  component: lazyRouteComponent(() => import('../screens/settings/screen.tsx'), 'SettingsScreen'),
})
routes.playground.update({
  component: lazyRouteComponent(() => import('../screens/playground/screen.tsx'), 'PlaygroundScreen'),
})

export const createAppRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: routes.tree,
    context: { queries },
    defaultPreload: 'intent',
    // What was read is kept by the queries, not by the router.
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 300,
    defaultErrorComponent: Broken,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
