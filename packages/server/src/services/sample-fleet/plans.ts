// Plans: the clusters of the sample fleet. All names are made up.

import {
  type App,
  type ClusterPlan,
  type Flaw,
  forbid,
  install,
  isolate,
  mend,
  release,
  spoil,
  together,
  uninstall,
  upgrade,
} from './cluster-plan.ts'

const registry = 'registry.example.com'
const app = (
  name: string,
  namespace: string,
  team: string,
  flaws: readonly Flaw[],
  more: Partial<App> = {},
): App => ({ name, namespace, team, image: `${registry}/${team}/${name}:1.4.2`, replicas: 2, flaws, ...more })

const agents: readonly App[] = [
  app('log-shipper', 'observability', 'platform', ['host-path', 'runs-as-root'], {
    kind: 'DaemonSet',
    image: `${registry}/platform/log-shipper:3.1.0`,
  }),
  app('node-metrics', 'observability', 'platform', ['host-network', 'host-path', 'no-limits'], {
    kind: 'DaemonSet',
  }),
  app('gitops-controller', 'delivery', 'platform', ['token-mounted'], { clusterRole: 'cluster-admin' }),
]

const shop: readonly App[] = [
  app('storefront', 'shop', 'web', []),
  app('cart', 'shop', 'web', ['no-limits']),
  app('checkout', 'shop', 'payments', ['token-mounted']),
  app('payments-gateway', 'payments', 'payments', []),
  app('ledger-db', 'payments', 'payments', ['runs-as-root'], { kind: 'StatefulSet', replicas: 3 }),
  app('settlement', 'payments', 'payments', ['latest-tag'], { kind: 'CronJob', replicas: 1 }),
  app('catalog-search', 'catalog', 'search', ['added-capability', 'no-limits'], {
    kind: 'StatefulSet',
    replicas: 3,
  }),
]

const daily = (from: number, to: number) =>
  Array.from({ length: Math.max(0, from - to) }, (_, i) => ({ daysAgo: from - i })).filter(
    (_, i) => i % 3 === 0,
  )

/** The clusters, and what happened to each in the five weeks before the end of the history. */
export const samplePlans: readonly ClusterPlan[] = [
  {
    id: '5a4d7e01-0000-4000-8000-000000000001',
    name: 'shop-production',
    environment: 'production',
    provider: 'eks',
    distribution: 'eks',
    region: 'eu-central-1',
    account: '111122223333',
    nodes: 4,
    begin: {
      apps: [...shop, ...agents],
      isolated: ['payments'],
      version: 'v1.33.5-eks-3cfe0ce',
      forbidden: [],
    },
    history: [
      { daysAgo: 35 },
      { daysAgo: 32, change: mend('cart', 'no-limits') },
      { daysAgo: 28, change: release('storefront', `${registry}/web/storefront:1.5.0`) },
      { daysAgo: 25, change: spoil('checkout', 'runs-as-root', 'latest-tag') },
      { daysAgo: 24, change: mend('checkout', 'latest-tag') },
      { daysAgo: 21, change: mend('checkout', 'runs-as-root') },
      {
        daysAgo: 18,
        exception: {
          id: 'node-agents-read-host-logs',
          rules: ['host-path*'],
          namespaces: ['observability'],
          owner: 'Platform team',
          reason: 'risk-mitigated',
          comment:
            'Agents that read logs and metrics of their node; mounted read-only, images built in house.',
          holdsFor: 120,
        },
      },
      {
        daysAgo: 16,
        change: install(app('debug-shell', 'shop', 'web', ['privileged', 'host-path', 'latest-tag'])),
      },
      { daysAgo: 14, change: uninstall('debug-shell') },
      { daysAgo: 10, change: isolate('shop') },
      { daysAgo: 7, change: upgrade('v1.34.2-eks-1a2b3c4') },
      { daysAgo: 4, change: spoil('checkout', 'runs-as-root') },
      { daysAgo: 1, change: release('catalog-search', `${registry}/search/catalog-search:2.0.1`) },
      { daysAgo: 0 },
    ],
  },
  {
    id: '5a4d7e01-0000-4000-8000-000000000002',
    name: 'shop-staging',
    environment: 'staging',
    provider: 'gke',
    distribution: 'gke',
    region: 'europe-west3',
    account: 'shop-staging-4711',
    nodes: 3,
    begin: {
      apps: [
        ...shop.map(one => ({ ...one, replicas: 1, flaws: [...one.flaws, 'no-probes' as const] })),
        agents[2] as App,
        app('load-test', 'experiments', 'web', ['no-limits', 'latest-tag', 'runs-as-root']),
      ],
      isolated: [],
      version: 'v1.34.1-gke.1829001',
      forbidden: [],
    },
    history: [
      { daysAgo: 33 },
      {
        daysAgo: 27,
        change: together(mend('storefront', 'no-probes'), mend('cart', 'no-probes', 'no-limits')),
      },
      { daysAgo: 20, change: install(app('preview-42', 'experiments', 'web', ['privileged', 'no-limits'])) },
      { daysAgo: 17, change: uninstall('preview-42') },
      { daysAgo: 12, change: isolate('payments', 'shop') },
      { daysAgo: 6, change: spoil('storefront', 'no-probes') },
      { daysAgo: 2, change: mend('storefront', 'no-probes') },
      { daysAgo: 0 },
    ],
  },
  {
    id: '5a4d7e01-0000-4000-8000-000000000003',
    name: 'insights',
    environment: 'production',
    provider: 'aks',
    distribution: 'aks',
    region: 'westeurope',
    account: '5f0c7c3e-1111-4222-8333-944455556666',
    nodes: 3,
    begin: {
      apps: [
        app('etl', 'data', 'insights', ['runs-as-root', 'no-limits'], { kind: 'CronJob', replicas: 1 }),
        app('warehouse', 'data', 'insights', ['runs-as-root'], { kind: 'StatefulSet', replicas: 2 }),
        app('notebooks', 'research', 'insights', ['privileged', 'latest-tag', 'token-mounted'], {
          clusterRole: 'edit',
        }),
        app('dashboards', 'data', 'insights', []),
      ],
      isolated: ['data'],
      version: 'v1.33.3',
      forbidden: [],
    },
    history: [
      { daysAgo: 30 },
      { daysAgo: 22, change: mend('notebooks', 'privileged') },
      // The collector's rights were cut, and never given back.
      { daysAgo: 13, change: forbid('ClusterRole', 'ClusterRoleBinding', 'NetworkPolicy') },
      { daysAgo: 5, change: mend('etl', 'no-limits') },
      { daysAgo: 0 },
    ],
  },
  {
    id: '5a4d7e01-0000-4000-8000-000000000004',
    name: 'back-office',
    environment: 'production',
    provider: 'openshift',
    distribution: 'openshift',
    region: 'on-premises',
    account: 'datacentre-1',
    nodes: 5,
    begin: {
      apps: [
        app('erp', 'finance', 'back-office', []),
        app('erp-db', 'finance', 'back-office', ['no-limits'], { kind: 'StatefulSet', replicas: 2 }),
        app('invoice-mail', 'finance', 'back-office', ['token-mounted']),
        app('file-gateway', 'exchange', 'back-office', ['runs-as-root', 'added-capability']),
      ],
      isolated: ['finance'],
      version: 'v1.32.8',
      forbidden: [],
    },
    history: [
      { daysAgo: 29 },
      { daysAgo: 19, change: mend('file-gateway', 'added-capability') },
      { daysAgo: 11, change: mend('erp-db', 'no-limits') },
      { daysAgo: 3, change: release('erp', `${registry}/back-office/erp:7.2.0`) },
      { daysAgo: 0 },
    ],
  },
  {
    id: '5a4d7e01-0000-4000-8000-000000000005',
    name: 'warehouse-edge',
    environment: 'edge',
    distribution: 'kubeadm',
    region: 'site-hamburg',
    account: 'edge',
    nodes: 2,
    begin: {
      apps: [
        app('scanner-gateway', 'edge', 'logistics', ['host-network', 'runs-as-root', 'no-limits'], {
          replicas: 1,
        }),
        app('label-printer', 'edge', 'logistics', ['privileged', 'host-path', 'no-probes'], {
          kind: 'DaemonSet',
        }),
      ],
      isolated: [],
      version: 'v1.31.4',
      forbidden: [],
    },
    history: [...daily(26, 12), { daysAgo: 9, change: mend('scanner-gateway', 'no-limits') }],
    isSilent: true,
  },
]
