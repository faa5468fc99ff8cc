// Screen clusters: all clusters with their state.

import { PageHead } from '../../parts/panel.tsx'
import { Empty } from '../../parts/states.tsx'

export const ClustersScreen = () => (
  <>
    <PageHead title="Clusters" />
    <Empty title="Not built yet" />
  </>
)
