// Screen cluster: one cluster.

import { PageHead } from '../../parts/panel.tsx'
import { Empty } from '../../parts/states.tsx'

export const ClusterScreen = () => (
  <>
    <PageHead title="Cluster" />
    <Empty title="Not built yet" />
  </>
)
