// Screen add-cluster: enrols a collector and waits for its first snapshot.

import { PageHead } from '../../parts/panel.tsx'
import { Empty } from '../../parts/states.tsx'

export const AddClusterScreen = () => (
  <>
    <PageHead title="Add a cluster" />
    <Empty title="Not built yet" />
  </>
)
